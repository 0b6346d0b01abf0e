"""kill -9 in the middle of reminding many: everybody is reminded once after all."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select

from storage.database import Database
from storage.migrate import upgrade
from storage.outbox import Post
from storage.participants import Participant
from storage.reminders import Reminder
from storage.rows import table_of
from storage.tips import TipShown
from tests.benchmarks.tick import TODAY, fill, queued
from tests.faults.ticking import remind
from tests.programs import Forked, wait_until


def remind_and_kill(database: Database, people: int, kills: int) -> None:
    """Let programs remind them, and kill all but the last as soon as they have begun; then look at the record."""
    upgrade(database)
    fill(database, people, due=people)
    for _ in range(kills):
        before = reminded(database)
        program = Forked(remind, database.address)
        wait_until(more_than(before, database), "somebody is reminded")
        program.kill()
    assert Forked(remind, database.address).wait(timeout=60) == 0
    assert_each_once(database, people)


def more_than(before: int, database: Database) -> Callable[[], bool]:
    return lambda: reminded(database) > before


def reminded(database: Database) -> int:
    with database.engine.execution_options(kind="reading").connect() as connection:
        posts = select(func.count()).select_from(table_of(Post)).where(table_of(Post).c.key.like("reminder:%"))
        return int(connection.execute(posts).scalar_one())


def assert_each_once(database: Database, people: int) -> None:
    posts = Counter(post["target"] for post in queued(database))
    assert (len(posts), set(posts.values())) == (people, {1})
    of_today = ((Reminder, "day", TODAY), (TipShown, "shown_on", TODAY), (Participant, "last_day", TODAY))
    with database.engine.execution_options(kind="reading").connect() as connection:
        for table, column, day in of_today:
            found = select(table_of(table).c.person_id).where(table_of(table).c[column] == day)
            times = Counter(connection.execute(found).scalars())
            assert (len(times), set(times.values())) == (people, {1}), table.__name__
    database.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def new_database(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Database]:
    """An empty database that other programs can open too."""
    if request.param == "sqlite":
        return lambda: Database(f"sqlite:///{tmp_path / 'fans.db'}")
    address: str = request.getfixturevalue("empty_postgresql")
    return lambda: Database(address, threads=4)


def test_who_was_being_reminded_is_reminded_once(new_database: Callable[[], Database]) -> None:
    remind_and_kill(new_database(), people=400, kills=1)


@pytest.mark.long
def test_it_holds_twenty_times(new_database: Callable[[], Database]) -> None:
    remind_and_kill(new_database(), people=10_000, kills=20)
