"""People who take part, written the way the bot writes them, and what the tick sent them."""

from collections.abc import Collection
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from bot.features.habit.reminding import remind_due
from bot.kernel.office import Me
from storage import participants
from storage.absences import Absence
from storage.database import InWorkspace
from storage.outbox import Post
from storage.participants import Participant
from storage.people import Part, person_by_slack_id
from storage.reminders import Reminder, reminder_on
from storage.stories import Story, add_story
from tests.fakes import FakeOffice

MONDAY, TUESDAY, FRIDAY = date(2026, 11, 2), date(2026, 11, 3), date(2026, 11, 6)
AMSTERDAM = "Europe/Amsterdam"
MON_FRI = frozenset(range(5))


def at(day: date, hour: int, minute: int = 0, zone: str = AMSTERDAM) -> datetime:
    """A moment by a clock on the wall."""
    return datetime.combine(day, time(hour, minute), ZoneInfo(zone)).astimezone(UTC)


def join(office: FakeOffice, me: Me, days: Collection[int] = MON_FRI, **values: Any) -> Me:
    """Somebody takes part from now on; `values` are columns of the participant. They are planned by the next tick."""
    services = office.services
    now, today = services.clock.now(), services.clock.today(me.zone)
    first = {
        "joined_at": now, "joined_on": today, "on_board": False, "remind_at": time(8, 30), "second_at": time(16),
        "volume": "light", "due_at": now,
    }  # fmt: skip
    with services.database.writing(me) as tx:
        person = person_by_slack_id(tx, me.slack_id)
        assert person is not None
        person.part = Part.JOINED
        tx.add(Participant(workspace_id=me.workspace_id, person_id=me.person_id, **first | values))
        tx.flush()
        participants.work_on(tx, me.person_id, days, today)
        return services.me(tx, person)


def tick(office: FakeOffice, moment: datetime | None = None, batch: int = 500) -> None:
    """Let it be this moment, and do what is due."""
    if moment is not None:
        office.services.clock.move_to(moment)
    remind_due(office.services, batch)


def row_of(office: FakeOffice, me: Me) -> Participant:
    with office.services.database.reading(me) as tx:
        found = participants.participant_of(tx, me.person_id)
        assert found is not None
        return found


def day_of(office: FakeOffice, me: Me, day: date) -> Reminder | None:
    with office.services.database.reading(me) as tx:
        return reminder_on(tx, me.person_id, day)


def sent(office: FakeOffice) -> dict[str, Post]:
    """The reminders that stand, by their key."""
    with office.services.database.reading(InWorkspace(office.workspace_id)) as tx:
        found = select(Post).where(col(Post.key).like("reminder:%")).order_by(col(Post.id))
        return {post.key: post for post in tx.exec(found)}


def arrived(office: FakeOffice) -> None:
    """Let Slack have all that is queued."""
    with office.services.database.writing(InWorkspace(office.workspace_id)) as tx:
        for post in tx.exec(select(Post).where(col(Post.body).is_not(None))):
            post.channel, post.ts = f"D{post.target[1:]}", f"{post.id}.000100"
            post.is_waiting, post.sent_revision = False, post.revision


def days_sent(office: FakeOffice, me: Me) -> list[str]:
    """What somebody got: the day, and what stands behind it."""
    start = f"reminder:{me.person_id}:"
    return [key.removeprefix(start) for key in sent(office) if key.startswith(start)]


def words_of(post: Post) -> str:
    """All that a message says, in one line."""
    return " ".join(_texts((post.body or {})["blocks"]))


def _texts(thing: Any) -> list[str]:
    if isinstance(thing, list):
        return [text for one in thing for text in _texts(one)]
    if not isinstance(thing, dict):
        return []
    own = [thing["text"]] if isinstance(thing.get("text"), str) else []
    return own + [text for value in thing.values() for text in _texts(value)]


def actions_of(post: Post) -> list[str]:
    """The action ids of the buttons in a message."""
    rows = [block for block in (post.body or {})["blocks"] if block["type"] == "actions"]
    return [element["action_id"] for row in rows for element in row["elements"]]


def told(office: FakeOffice, me: Me, day: date, told_at: datetime | None = None) -> int:
    """A story of that day, in the record alone: nobody hears of it."""
    told_at = told_at or office.services.clock.now()
    with office.services.database.writing(me) as tx:
        values = {"workspace_id": me.workspace_id, "teller_id": me.person_id, "text": "Paraplu uitgeleend"}
        return add_story(tx, **values, day=day, told_at=told_at)


def untold(office: FakeOffice, me: Me, story_id: int) -> None:
    with office.services.database.writing(me) as tx:
        tx.delete(tx.exec(select(Story).where(Story.id == story_id)).one())


def away(office: FakeOffice, me: Me, first: date, last: date) -> None:
    now = office.services.clock.now()
    with office.services.database.writing(me) as tx:
        tx.add(
            Absence(
                workspace_id=me.workspace_id, person_id=me.person_id, first_day=first, last_day=last, entered_at=now
            )
        )
        participants.plan_anew(tx, now, [me.person_id])


def set_values(office: FakeOffice, me: Me, **values: Any) -> None:
    """Other values of the participant's columns."""
    with office.services.database.writing(me) as tx:
        found = participants.participant_of(tx, me.person_id)
        for name, value in values.items():
            setattr(found, name, value)
