"""The reminders that somebody got on a day, and what they answered."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Field, Session, col, select

from storage.rows import Owned, instant


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
    reminded_at: datetime = instant(nullable=False)  # the last one


def reminder_on(tx: Session, person_id: int, day: date) -> Reminder | None:
    return tx.exec(select(Reminder).where(Reminder.person_id == person_id, Reminder.day == day)).first()


def reminders_on(tx: Session, person_ids: Collection[int], since: date) -> Mapping[tuple[int, date], Reminder]:
    """By person and day, from that day on."""
    found = select(Reminder).where(col(Reminder.person_id).in_(list(person_ids)), Reminder.day >= since)
    return {(reminder.person_id, reminder.day): reminder for reminder in tx.exec(found)}


def days_answered(tx: Session, person_id: int, answer: Answer) -> Sequence[date]:
    """The days that somebody answered like this."""
    found = select(col(Reminder.day)).where(Reminder.person_id == person_id, Reminder.answer == answer)
    return tx.exec(found.order_by(col(Reminder.day))).all()
