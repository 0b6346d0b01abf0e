"""The reminders that somebody got on a day, and what they answered."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Executable, bindparam
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Field, Session, select

from storage.rows import Owned, as_list, instant, listed, run, run_for_each, table_of, workspace_of


class Answer(StrEnum):
    """What became of a day's reminder."""

    TOLD = "told"
    SKIPPED = "skipped"  # "not today"
    FREE = "free"  # a day off: neutral for the streak
    SNOOZED = "snoozed"  # it comes back


class Reminder(Owned, table=True):
    """One person's local day. The key makes a second first reminder impossible."""

    person_id: int = Field(primary_key=True, foreign_key="person.id", ondelete="CASCADE")
    day: date = Field(primary_key=True)
    posts: int = 0  # how many went out, the snoozed ones too; 0: the day was answered before there was any
    answer: str | None = Field(default=None, max_length=10)
    snoozed_until: datetime | None = instant(nullable=True)
    last_key: str | None = Field(default=None, max_length=60)  # the outbox's, of the last post
    reminded_at: datetime = instant(nullable=False)  # the last one


def reminder_on(tx: Session, person_id: int, day: date) -> Reminder | None:
    return tx.exec(select(Reminder).where(Reminder.person_id == person_id, Reminder.day == day)).first()


def days_free(tx: Session, person_ids: Collection[int], since: date) -> Mapping[int, list[date]]:
    """The days from `since` on that each of these people took off by their reminder, in order."""
    days: dict[int, list[date]] = {person_id: [] for person_id in person_ids}
    found: Iterable[Any] = run(tx, _FREE, in_workspace=workspace_of(tx), people=as_list(days), since=since)
    for person_id, day in found:
        days[person_id].append(day)
    return days


def note_reminders(tx: Session, sent: Sequence[Mapping[str, Any]]) -> None:
    """Write that reminders went out: `person_id`, `day`, `posts` of that day so far, `last_key`, `reminded_at`.

    What was answered before is no answer to the new one.
    """
    here = {"workspace_id": workspace_of(tx), "answer": None, "snoozed_until": None}
    run_for_each(tx, _NOTE[tx.get_bind().dialect.name], [{**row, **here} for row in sent])


def _noting(insert: Any) -> Executable:
    statement = insert(table_of(Reminder))
    names = ("posts", "answer", "snoozed_until", "last_key", "reminded_at")
    again = {name: statement.excluded[name] for name in names}
    noted: Executable = statement.on_conflict_do_update(index_elements=["person_id", "day"], set_=again)
    return noted


_NOTE = {name: _noting(insert) for name, insert in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))}
_REMINDER = table_of(Reminder).c
_FREE = (
    select(_REMINDER.person_id, _REMINDER.day)
    .where(
        _REMINDER.workspace_id == bindparam("in_workspace"),
        _REMINDER.person_id.in_(listed("people")),
        _REMINDER.day >= bindparam("since"),
        _REMINDER.answer == Answer.FREE,
    )
    .order_by(_REMINDER.day)
)
