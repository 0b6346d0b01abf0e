"""What the tick has to know of everybody whose reminder is due, and what it writes: a few statements a batch.

Who has the same next moment is written with one statement: a statement for each took longer than all else.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, NamedTuple

from sqlalchemy import String, bindparam, cast, insert, literal, select, update
from sqlmodel import Session

from storage.participants import Participant
from storage.people import Person
from storage.reminders import Reminder
from storage.rows import as_list, listed, run, run_for_each, table_of, workspace_of
from storage.stories import Story
from storage.workspaces import Workspace


class DuePerson(NamedTuple):
    """What the tick has to know of somebody. A plain tuple: of the result's own rows each look costs ten times this."""

    volume: str
    remind_at: time
    second_at: time
    zone: str | None  # Slack's
    due_at: datetime
    due_day: date | None
    due_is_second: bool
    last_day: date | None
    has_second: bool
    last_answer: str | None  # to the last reminder, of `last_day`
    last_until: datetime | None  # that was put off until then
    day_answer: str | None  # to what came before on the day that is due
    is_told: bool  # the day that is due has a story
    # Up to here, with their days, it decides when the next is due.
    person_id: int
    joined_on: date
    unanswered: int
    was_asked_calmer: bool
    said_milestone: int
    said_topics: int
    last_topic_on: date | None
    slack_id: str
    language: str | None
    standing: str
    part: str
    last_key: str | None  # of the last reminder's post
    day_posts: int | None  # reminders of the day that is due so far; None: nothing is known of that day


DECIDING = DuePerson._fields.index("person_id")


def people_due(tx: Session, now: datetime, limit: int, told_since: datetime) -> Sequence[DuePerson]:
    """Those whose reminder is due, the longest first, held for this transaction; another replica gets others.

    Of stories those count that were told at `told_since` or later. Nobody while the office is being changed.
    """
    here = workspace_of(tx)
    if run(tx, _HOLD_OFFICE, in_workspace=here).first() is None:
        return []
    held = run(tx, _HOLD, in_workspace=here, now=now, limit=limit).scalars().all()
    if not held:
        return []
    return [
        DuePerson._make(row) for row in run(tx, _KNOWN, in_workspace=here, people=as_list(held), told_since=told_since)
    ]


@dataclass(frozen=True)
class Next:
    """When somebody is reminded next, and for which local day; empty: not any more."""

    due_at: datetime | None = None
    due_day: date | None = None
    is_second: bool = False


def plan_people(tx: Session, person_ids: Collection[int], then: Next) -> None:
    """Write when all of these are reminded next."""
    run(tx, _PLAN, in_workspace=workspace_of(tx), people=as_list(person_ids), **_next(then))


def note_reminded(
    tx: Session, person_ids: Collection[int], then: Next, day: date, has_second: bool, unanswered: int
) -> None:
    """Write that all of these had a reminder of this day, and when the next comes.

    `has_second`: they had both of that day; `unanswered`: so many more in a row wait for an answer.
    """
    had = {"on_day": day, "had_second": has_second, "more": unanswered, **_next(then)}
    run(tx, _REMINDED, in_workspace=workspace_of(tx), people=as_list(person_ids), **had)


def _next(then: Next) -> dict[str, Any]:
    return {"next_at": then.due_at, "next_day": then.due_day, "next_is_second": then.is_second}


def note_first_reminders(
    tx: Session, person_ids: Collection[int], day: date, ends: tuple[str, str], now: datetime
) -> None:
    """Write the first reminder of a day for all of these. Its key has the person's id between two `ends`."""
    key = {"before": ends[0], "behind": ends[1]}
    run(tx, _NOTE_FIRST, in_workspace=workspace_of(tx), people=as_list(person_ids), on_day=day, now=now, **key)


def change_people(tx: Session, changes: Sequence[Mapping[str, Any]]) -> None:
    """Write other values of the participant's columns for each: `of_person` whom, and the same columns for all."""
    here = workspace_of(tx)
    run_for_each(tx, _CHANGE, [{**change, "in_workspace": here} for change in changes])


_WHO, _PERSON, _STORY, _WORKSPACE = (table_of(table) for table in (Participant, Person, Story, Workspace))
_REMINDER = table_of(Reminder)
_LAST, _DAY = _REMINDER.alias("last_one"), _REMINDER.alias("of_the_day")
_HERE = _WHO.c.workspace_id == bindparam("in_workspace")
# `+ 0`: of two ways in, SQLite would take the index on the workspace, and look through everybody in it.
_THEM = (
    _WHO.c.workspace_id + 0 == bindparam("in_workspace"),
    _WHO.c.person_id.in_(listed("people")),
)

# Locked in this order, for two reasons. A row that refers to a locked one is written only when the lock is gone, so
# that who changes the office, or acts, and the tick would wait for each other. And what is asked after the lock is as
# it is then: a story that was told a moment before is seen.
_HOLD_OFFICE = (
    select(_WORKSPACE.c.id)
    .where(_WORKSPACE.c.id == bindparam("in_workspace"))
    .with_for_update(read=True, key_share=True, skip_locked=True)
)
_HOLD = (
    select(_WHO.c.person_id)
    .join(_PERSON, _PERSON.c.id == _WHO.c.person_id)
    .where(_HERE, _WHO.c.due_at <= bindparam("now"))
    .order_by(_WHO.c.due_at)
    .limit(bindparam("limit"))
    .with_for_update(of=[_WHO, _PERSON], key_share=True, skip_locked=True)
)
_IS_TOLD = (
    select(_STORY.c.id)
    .where(
        _STORY.c.workspace_id == bindparam("in_workspace"),
        _STORY.c.teller_id == _WHO.c.person_id,
        _STORY.c.told_at >= bindparam("told_since"),
        _STORY.c.day == _WHO.c.due_day,
    )
    .exists()
)
_OTHERS = {
    **{name: _PERSON.c[name] for name in ("zone", "slack_id", "language", "standing", "part")},
    "last_answer": _LAST.c.answer,
    "last_until": _LAST.c.snoozed_until,
    "last_key": _LAST.c.last_key,
    "day_answer": _DAY.c.answer,
    "day_posts": _DAY.c.posts,
    "is_told": _IS_TOLD,
}
_KNOWN = (
    select(*((_OTHERS[name] if name in _OTHERS else _WHO.c[name]).label(name) for name in DuePerson._fields))
    .join(_PERSON, _PERSON.c.id == _WHO.c.person_id)
    .outerjoin(_LAST, (_LAST.c.person_id == _WHO.c.person_id) & (_LAST.c.day == _WHO.c.last_day))
    .outerjoin(_DAY, (_DAY.c.person_id == _WHO.c.person_id) & (_DAY.c.day == _WHO.c.due_day))
    .where(*_THEM)
    .order_by(_WHO.c.due_at)
)
_NEXT: dict[str, Any] = {
    "due_at": bindparam("next_at", type_=_WHO.c.due_at.type),
    "due_day": bindparam("next_day", type_=_WHO.c.due_day.type),
    "due_is_second": bindparam("next_is_second"),
}
_HAD: dict[str, Any] = {
    "last_day": bindparam("on_day", type_=_WHO.c.last_day.type),
    "has_second": bindparam("had_second"),
    "unanswered": _WHO.c.unanswered + bindparam("more"),
}
_PLAN = update(_WHO).where(*_THEM).values(_NEXT)
_REMINDED = update(_WHO).where(*_THEM).values(_NEXT | _HAD)
_NOTE_FIRST = insert(_REMINDER).from_select(
    ["workspace_id", "person_id", "day", "posts", "last_key", "reminded_at"],
    select(
        _WHO.c.workspace_id,
        _WHO.c.person_id,
        bindparam("on_day", type_=_REMINDER.c.day.type),
        literal(1),
        bindparam("before", type_=String) + cast(_WHO.c.person_id, String) + bindparam("behind", type_=String),
        bindparam("now", type_=_REMINDER.c.reminded_at.type),
    ).where(*_THEM),
)
_CHANGE = update(_WHO).where(_HERE, _WHO.c.person_id == bindparam("of_person"))  # of the columns that it has values for
