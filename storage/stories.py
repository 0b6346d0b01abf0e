"""Fan stories, who helped, who applauded, and drafts of stories: the tables and their questions."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Index, delete, func, insert, literal_column
from sqlmodel import Field, Session, Text, col, select

from storage.people import Person
from storage.rows import Owned, instant, run, table_of, workspace_of


class Moment(StrEnum):
    """When fans are made: the four moments of the book, and all else."""

    SAYING_NO = "saying_no"
    COMPLAINT = "complaint"
    QUESTION = "question"
    NOT_OURS = "not_ours"
    OTHER = "other"


class Story(Owned, table=True):
    __table_args__ = (
        Index(None, "workspace_id", "teller_id", "told_at"),
        Index(None, "workspace_id", "posted_on"),
        Index(
            "ix_story_on_screen",
            "workspace_id",
            "posted_on",
            "id",
            sqlite_where=literal_column("on_screen IS 1"),
            postgresql_where=literal_column("on_screen IS true"),
        ),
        Index(
            "ix_story_board",  # covers what boards and figures count
            "workspace_id",
            "day",
            "teller_id",
            "is_shared",  # for SQLite, which would look it up in each story
            sqlite_where=literal_column("is_shared IS 1"),
            postgresql_where=literal_column("is_shared IS true"),
        ),
        Index(
            "ix_story_week",
            "workspace_id",
            "week_of",
            sqlite_where=literal_column("week_of IS NOT NULL"),
            postgresql_where=literal_column("week_of IS NOT NULL"),
        ),
        {"sqlite_autoincrement": True},  # a deleted story's id, and so its post's key, never comes back
    )

    id: int | None = Field(default=None, primary_key=True)
    teller_id: int = Field(foreign_key="person.id", ondelete="CASCADE")
    text: str = Field(sa_type=Text)
    customer: str = Field(default="", max_length=150)
    moment: str | None = Field(default=None, max_length=20)
    unasked: bool = False  # the customer asked for nothing
    spent_cents: int | None = None  # in the office's currency of that day
    minutes: int | None = None
    day: date  # the teller's local day on which it happened
    is_shared: bool = True  # with the team; otherwise kept for oneself
    on_screen: bool = False  # may be shown on the office's screen
    posted_on: date | None = None  # the office's local day on which the team got it
    told_at: datetime = instant(nullable=False)
    changed_at: datetime | None = instant(nullable=True)
    week_of: date | None = None  # the Monday of the week whose digest had it as the story of the week
    aloud_on: date | None = None  # the office's local day on which it was told aloud in a meeting


class StoryHelper(Owned, table=True):
    """A colleague who helped."""

    __tablename__ = "story_helper"

    story_id: int = Field(primary_key=True, foreign_key="story.id", ondelete="CASCADE")
    person_id: int = Field(primary_key=True, foreign_key="person.id", ondelete="CASCADE", index=True)


class Applause(Owned, table=True):
    """One person's "Mooi" for one story, given or taken back; the key makes a second one impossible."""

    story_id: int = Field(primary_key=True, foreign_key="story.id", ondelete="CASCADE")
    person_id: int = Field(primary_key=True, foreign_key="person.id", ondelete="CASCADE", index=True)
    is_given: bool = True
    changed_at: datetime = instant(nullable=False)


class Draft(Owned, table=True):
    """What somebody wrote to the bot, until they say what is to become of it."""

    __table_args__ = ({"sqlite_autoincrement": True},)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", ondelete="CASCADE", index=True)
    text: str = Field(sa_type=Text)
    written_at: datetime = instant(nullable=False)


def add_story(tx: Session, **values: Any) -> int:
    """Write a new story the quick way; answers its id."""
    return int(run(tx, _ADD, **values).scalar_one())


def story_by_id(tx: Session, story_id: int) -> Story | None:
    return tx.exec(select(Story).where(Story.id == story_id)).first()


def shared_between(first: date, last: date) -> tuple[ColumnElement[bool], ...]:
    """The team's stories of these local days, both included; as the index for boards has it, for then it is used."""
    return col(Story.is_shared).is_(True), col(Story.day).between(first, last)


def last_stories(tx: Session, teller_id: int, count: int) -> Sequence[Story]:
    newest_first = (col(Story.day).desc(), col(Story.told_at).desc())
    return tx.exec(select(Story).where(Story.teller_id == teller_id).order_by(*newest_first).limit(count)).all()


def stories_on(tx: Session, teller_id: int, day: date) -> int:
    """How many stories the teller has for that local day."""
    return tx.exec(select(func.count()).select_from(Story).where(Story.teller_id == teller_id, Story.day == day)).one()


def days_told(tx: Session, teller_id: int, since: date) -> set[date]:
    """The local days from `since` on with a story, one kept for oneself too."""
    found = select(col(Story.day)).where(Story.teller_id == teller_id, Story.day >= since)
    return set(tx.exec(found.distinct()))


def stories_since(tx: Session, teller_id: int, since: date) -> int:
    """How many stories somebody has from that local day on."""
    found = select(func.count()).select_from(Story)
    return tx.exec(found.where(Story.teller_id == teller_id, Story.day >= since)).one()


def helpers_of(tx: Session, story_id: int) -> Sequence[Person]:
    """The people who helped, in the order in which the bot came to know them."""
    found = select(Person).join(StoryHelper, col(StoryHelper.person_id) == Person.id)
    return tx.exec(found.where(StoryHelper.story_id == story_id).order_by(col(Person.id))).all()


def replace_helpers(tx: Session, story_id: int, people: Iterable[Person]) -> None:
    """These helped, and nobody else."""
    tx.exec(delete(StoryHelper).where(col(StoryHelper.story_id) == story_id))
    for person in people:
        tx.add(StoryHelper(workspace_id=workspace_of(tx), story_id=story_id, person_id=person.id or 0))
    tx.flush()


@dataclass(frozen=True)
class Posted:
    """A story that the team got, with what stands around it in its post."""

    story: Story
    teller: Person
    helpers: Sequence[Person]
    applause: int


def posted_with_helper(tx: Session, person_id: int) -> Sequence[Posted]:
    """The stories that somebody helped with and that have words, the newest first; asked in three questions."""
    ids = select(StoryHelper.story_id).where(StoryHelper.person_id == person_id)
    found = select(Story, Person).join(Person, col(Person.id) == Story.teller_id)
    found = found.where(col(Story.id).in_(ids), col(Story.posted_on).is_not(None), Story.text != "")
    told = tx.exec(found.order_by(col(Story.id).desc())).all()
    helpers: dict[int, list[Person]] = defaultdict(list)
    who = select(StoryHelper.story_id, Person).join(Person, col(Person.id) == StoryHelper.person_id)
    for story_id, helper in tx.exec(who.where(col(StoryHelper.story_id).in_(ids)).order_by(col(Person.id))):
        helpers[story_id].append(helper)
    given = select(Applause.story_id, func.count()).where(col(Applause.story_id).in_(ids))
    counts = dict(tx.exec(given.where(col(Applause.is_given).is_(True)).group_by(col(Applause.story_id))).all())
    return [Posted(story, teller, helpers[story.id or 0], counts.get(story.id or 0, 0)) for story, teller in told]


def applause_for(tx: Session, story_id: int) -> int:
    given = select(func.count()).select_from(Applause).where(Applause.story_id == story_id)
    return tx.exec(given.where(col(Applause.is_given).is_(True))).one()


def applause_by(tx: Session, story_id: int, person_id: int) -> Applause | None:
    found = select(Applause).where(Applause.story_id == story_id, Applause.person_id == person_id)
    return tx.exec(found).first()


def drafts_before(tx: Session, moment: datetime) -> Sequence[Draft]:
    """Drafts written before that; of every workspace, where the transaction was opened for all."""
    return tx.exec(select(Draft).where(col(Draft.written_at) < moment).order_by(col(Draft.id))).all()


def draft_by_id(tx: Session, draft_id: int) -> Draft | None:
    return tx.exec(select(Draft).where(Draft.id == draft_id)).first()


_ADD = insert(table_of(Story)).returning(table_of(Story).c.id)
