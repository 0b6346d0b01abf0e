"""What an export holds: the stories that the team may read, with names and counts beside them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlmodel import Session, col

from storage.people import Person
from storage.rows import Owned
from storage.spending import span_of
from storage.stories import Applause, Story, StoryHelper
from storage.workspaces import Workspace

AT_A_TIME = 500  # rows


@dataclass(frozen=True)
class ExportedStory:
    """A line of the export; what is empty was not filled in."""

    workspace: str  # Slack's id of the team
    id: int
    day: date
    told_at: datetime  # UTC
    teller: str
    text: str
    moment: str | None
    unasked: bool
    customer: str
    helpers: str  # names, with semicolons in between
    spent_cents: int | None
    minutes: int | None
    applause: int


def in_month(day: Any, month: str) -> list[ColumnElement[bool]]:
    """Whether a column that holds a day lies in this month (YYYY-MM); no condition for the empty one."""
    return [col(day).between(*span_of(month))] if month else []


def count_of(tx: Session, table: type[Owned], *conditions: ColumnElement[bool]) -> int:
    """How many rows of a table an export will hold."""
    return int(tx.execute(select(func.count()).select_from(table).where(*conditions)).scalar_one())


def stories_count(tx: Session, month: str = "") -> int:
    return count_of(tx, Story, *_exported(month))


def _exported(month: str) -> list[ColumnElement[bool]]:
    return [col(Story.is_shared).is_(True), *in_month(Story.day, month)]


def stories_to_export(tx: Session, month: str = "") -> Iterator[ExportedStory]:
    """Of every workspace, in the order of telling; without what people kept for themselves. Reads as it goes.

    `month` is YYYY-MM, of the teller's day; empty: all.
    """
    helper = select(func.aggregate_strings(col(Person.name), "; ")).join(
        StoryHelper, col(StoryHelper.person_id) == Person.id
    )
    named = helper.where(col(StoryHelper.story_id) == Story.id, col(Person.name) != "")  # not yet, or not any more
    helpers = named.scalar_subquery()
    by_others = col(Applause.person_id) != col(Story.teller_id)
    given = (
        select(func.count())
        .select_from(Applause)
        .where(col(Applause.story_id) == Story.id, col(Applause.is_given).is_(True), by_others)
    )
    applause = given.scalar_subquery()
    teller = select(col(Person.name)).where(col(Person.id) == Story.teller_id).scalar_subquery()
    found = (
        select(Story, col(Workspace.team_id), teller, helpers, applause)
        .join(Workspace, col(Workspace.id) == Story.workspace_id)
        .where(*_exported(month))
        .order_by(col(Story.id))
        .execution_options(yield_per=AT_A_TIME)
    )
    for story, team, teller_name, helper_names, count in tx.execute(found):
        yield ExportedStory(
            workspace=team,
            id=story.id,
            day=story.day,
            told_at=story.told_at,
            teller=teller_name or "",
            text=story.text,
            moment=story.moment,
            unasked=story.unasked,
            customer=story.customer,
            helpers=helper_names or "",
            spent_cents=story.spent_cents,
            minutes=story.minutes,
            applause=count,
        )
