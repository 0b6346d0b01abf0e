"""Who takes part: when and how often each is reminded, on which days they work, and what comes next."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, time
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import Index, bindparam, case, func, or_, update
from sqlmodel import Field, Session, col, select

from storage.rows import Owned, as_list, instant, listed, run, table_of, workspace_of


class Volume(StrEnum):
    """How often somebody is reminded."""

    LIGHT = "light"  # once a due day
    NORMAL = "normal"  # and once more when nothing was told yet
    WEEKLY = "weekly"  # on the first due day of the week


class Participant(Owned, table=True):
    """Somebody who joined; the row stays when they leave."""

    __table_args__ = (Index(None, "workspace_id", "due_at"),)

    person_id: int = Field(primary_key=True, foreign_key="person.id", ondelete="CASCADE")
    joined_at: datetime = instant(nullable=False)  # the last time
    joined_on: date  # their local day, the first time; since then they may have been away for a while
    left_at: datetime | None = instant(nullable=True)
    on_board: bool  # may their name be on a leaderboard; otherwise they count in totals alone
    remind_at: time  # on their own clock
    second_at: time  # of volume normal
    volume: str = Field(max_length=10)
    due_at: datetime | None = instant(nullable=True, index=True)  # the next reminder; empty: none is to come
    due_day: date | None = None  # the local day it is for; empty while `due_at` is there: to be planned from then on
    due_is_second: bool = False
    last_day: date | None = None  # the last local day that had a reminder
    has_second: bool = False  # that day had both
    unanswered: int = 0  # reminders in a row
    was_asked_calmer: bool = False  # in this silence
    said_milestone: int = 0  # of the 66-day start: the last one that got its word, or was passed without
    said_topics: int = 0  # of the months
    last_topic_on: date | None = None


class WorkingDays(Owned, table=True):
    """On which days of the week somebody works, from a day on."""

    __tablename__ = "working_days"

    person_id: int = Field(primary_key=True, foreign_key="person.id", ondelete="CASCADE")
    from_day: date = Field(primary_key=True)
    days: str = Field(max_length=7)  # 0 = Monday: "01234"


def participant_of(tx: Session, person_id: int) -> Participant | None:
    return tx.exec(select(Participant).where(Participant.person_id == person_id)).first()


def participants_count(tx: Session) -> int:
    """How many take part now."""
    here = select(func.count()).select_from(Participant).where(col(Participant.left_at).is_(None))
    return tx.exec(here).one()


def plan_anew(tx: Session, after: datetime, person_ids: Collection[int] | None = None) -> None:
    """Let the next tick work out when these people (or all who take part) are reminded next.

    From `after` on, and not before they joined. Whose reminder was due by then keeps it: the tick, which hasn't come
    to it yet, looks at what holds now, and plans the next.
    """
    waits = or_(col(Participant.due_at).is_(None), col(Participant.due_at) > after)
    these = [] if person_ids is None else [col(Participant.person_id).in_(list(person_ids))]
    joined = col(Participant.joined_at)
    anew = update(Participant).where(col(Participant.left_at).is_(None), waits, *these)
    tx.exec(anew.values(due_at=case((joined > after, joined), else_=after), due_day=None, due_is_second=False))


def workspaces_with_due(tx: Session, now: datetime) -> Sequence[int]:
    """Of every workspace: those in which somebody's reminder is due; the one that waits longest first."""
    workspace = col(Participant.workspace_id) + 0  # so that SQLite looks at those who are due, and not at everybody
    due = select(workspace).where(col(Participant.due_at) <= now)
    return tx.exec(due.group_by(workspace).order_by(func.min(Participant.due_at))).all()


def working_days_of(tx: Session, person_ids: Collection[int]) -> Mapping[int, list[tuple[date, frozenset[int]]]]:
    """Each one's working days, from the first row on."""
    rows: dict[int, list[tuple[date, frozenset[int]]]] = {person_id: [] for person_id in person_ids}
    found: Iterable[Any] = run(tx, _WORKING_DAYS, in_workspace=workspace_of(tx), people=as_list(rows))
    for person_id, from_day, days in found:
        rows[person_id].append((from_day, _days_in(days)))
    return rows


@lru_cache(maxsize=128)
def _days_in(written: str) -> frozenset[int]:
    return frozenset(map(int, written))


def work_on(tx: Session, person_id: int, days: Collection[int], from_day: date) -> None:
    """From that day on somebody works on these days of the week (0 = Monday); what was before stays as it was."""
    written = "".join(map(str, sorted(days)))
    row = tx.exec(
        select(WorkingDays).where(WorkingDays.person_id == person_id, WorkingDays.from_day == from_day)
    ).first()
    if row is None:
        tx.add(WorkingDays(workspace_id=workspace_of(tx), person_id=person_id, from_day=from_day, days=written))
    else:
        row.days = written
    tx.flush()


_DAYS = table_of(WorkingDays).c
_WORKING_DAYS = (
    select(_DAYS.person_id, _DAYS.from_day, _DAYS.days)
    .where(_DAYS.workspace_id == bindparam("in_workspace"), _DAYS.person_id.in_(listed("people")))
    .order_by(_DAYS.from_day)
)
