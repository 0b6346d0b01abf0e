"""What an export holds of the walls: placed compliments and posted suggestions, with names and counts beside them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from storage.compliments import Compliment, ComplimentAbout, ComplimentApplause, shown_name
from storage.export import AT_A_TIME, count_of, in_month
from storage.ideas import Idea, IdeaVote
from storage.people import Person
from storage.workspaces import Workspace


@dataclass(frozen=True)
class ExportedCompliment:
    """A line of the export; what is empty was not given, or may not be told."""

    workspace: str  # Slack's id of the team
    id: int
    day: date  # on which it was said
    entered_at: datetime  # UTC
    text: str
    customer: str  # as far as the customer allows
    consent: str
    came_in: str
    about: str  # names, with semicolons in between; empty: everybody
    applause: int


@dataclass(frozen=True)
class ExportedIdea:
    """A line of the export; what is empty was not given. Of an anonymous suggestion nothing leads to who made it."""

    workspace: str  # Slack's id of the team
    id: int
    posted_on: date  # the office's local day
    suggester: str  # empty: anonymous, or no longer known
    title: str
    about: str
    pain: str
    status: str
    owner: str
    due_on: date | None
    votes: int
    answered_at: datetime | None  # UTC
    moved_at: datetime | None  # UTC, the last change of status
    merged_into: int | None  # the id of another


def compliments_count(tx: Session, month: str = "") -> int:
    return count_of(tx, Compliment, *_placed(month))


def compliments_to_export(tx: Session, month: str = "") -> Iterator[ExportedCompliment]:
    """Those on the wall of every workspace, in the order of entering. `month` is YYYY-MM. Reads as it goes."""
    about = (
        select(func.aggregate_strings(col(Person.name), "; "))
        .join(ComplimentAbout, col(ComplimentAbout.person_id) == Person.id)
        .where(col(ComplimentAbout.compliment_id) == Compliment.id, col(Person.name) != "")
        .scalar_subquery()
    )
    given = select(func.count()).select_from(ComplimentApplause)
    is_its = (col(ComplimentApplause.compliment_id) == Compliment.id, col(ComplimentApplause.is_given).is_(True))
    found = (
        select(Compliment, col(Workspace.team_id), about, given.where(*is_its).scalar_subquery())
        .join(Workspace, col(Workspace.id) == Compliment.workspace_id)
        .where(*_placed(month))
        .order_by(col(Compliment.id))
        .execution_options(yield_per=AT_A_TIME)
    )
    for compliment, team, names, applause in tx.execute(found):
        yield ExportedCompliment(
            workspace=team, id=compliment.id, day=compliment.day, entered_at=compliment.entered_at,
            text=compliment.text, customer=shown_name(compliment), consent=compliment.consent,
            came_in=compliment.came_in, about=names or "", applause=applause,
        )  # fmt: skip


def ideas_count(tx: Session, month: str = "") -> int:
    return count_of(tx, Idea, *_posted(month))


def ideas_to_export(tx: Session, month: str = "") -> Iterator[ExportedIdea]:
    """Those on the wall of every workspace, in the order of suggesting. `month` is YYYY-MM. Reads as it goes."""
    suggester, owner = aliased(Person), aliased(Person)
    is_known = (col(suggester.id) == Idea.suggester_id) & col(Idea.is_anonymous).is_(False)
    votes = select(func.count()).select_from(IdeaVote)
    votes = votes.where(col(IdeaVote.idea_id) == Idea.id, col(IdeaVote.is_given).is_(True))
    found = (
        select(Idea, col(Workspace.team_id), col(suggester.name), col(owner.name), votes.scalar_subquery())
        .join(Workspace, col(Workspace.id) == Idea.workspace_id)
        .outerjoin(suggester, is_known)
        .outerjoin(owner, col(owner.id) == Idea.owner_id)
        .where(*_posted(month))
        .order_by(col(Idea.id))
        .execution_options(yield_per=AT_A_TIME)
    )
    for idea, team, suggested_by, owned_by, count in tx.execute(found):
        yield ExportedIdea(
            workspace=team, id=idea.id, posted_on=idea.posted_on, suggester=suggested_by or "", title=idea.title,
            about=idea.about, pain=idea.pain, status=idea.status, owner=owned_by or "", due_on=idea.due_on,
            votes=count, answered_at=idea.answered_at, moved_at=idea.moved_at, merged_into=idea.merged_into,
        )  # fmt: skip


def _placed(month: str) -> list[ColumnElement[bool]]:
    return [col(Compliment.is_placed).is_(True), *in_month(Compliment.day, month)]


def _posted(month: str) -> list[ColumnElement[bool]]:
    return [col(Idea.posted_on).is_not(None), *in_month(Idea.posted_on, month)]
