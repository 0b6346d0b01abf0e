"""Employees' suggestions, their votes, followers and answers: the tables and their questions."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum
from secrets import token_hex

from sqlalchemy import Index, delete, update
from sqlmodel import Field, Session, Text, col, select

from storage.people import Person
from storage.rows import Owned, instant, workspace_of


class Status(StrEnum):
    """How far a suggestion is."""

    NEW = "new"
    CONSIDERED = "considered"
    PLANNED = "planned"
    DOING = "doing"
    DONE = "done"
    NO_BUT = "no_but"


class Idea(Owned, table=True):
    """A suggestion. Merged into another it keeps its own votes and followers: they count there, and come back."""

    __table_args__ = (
        Index(None, "workspace_id", "posted_on", "id"),
        Index(None, "workspace_id", "moved_at"),  # the screens ask each second
        {"sqlite_autoincrement": True},  # a deleted one's id, and so its post's key, never comes back
    )

    id: int | None = Field(default=None, primary_key=True)
    title: str = Field(max_length=150)
    about: str = Field(default="", sa_type=Text)
    pain: str = Field(default="", sa_type=Text)  # of customers, that it takes away
    suggester_id: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL", index=True)
    is_anonymous: bool = False  # then the suggester is shown to nobody but themself
    status: str = Field(default=Status.NEW, max_length=20)
    owner_id: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL", index=True)
    due_on: date | None = None  # when the owner means to have it done
    suggested_at: datetime = instant(nullable=False)
    posted_on: date | None = None  # the office's local day; empty: the suggester still looks at likely duplicates
    changed_at: datetime | None = instant(nullable=True)
    answered_at: datetime | None = instant(nullable=True)  # the first answer
    moved_at: datetime | None = instant(nullable=True)  # the last change of status
    comments: int = 0  # in the post's thread, as last counted
    counted_at: datetime | None = instant(nullable=True)
    merged_into: int | None = Field(default=None, foreign_key="idea.id", ondelete="SET NULL", index=True)
    merged_at: datetime | None = instant(nullable=True)
    note_id: int | None = Field(default=None, foreign_key="customer_note.id", ondelete="SET NULL", index=True)


class IdeaVote(Owned, table=True):
    """One person's support of one suggestion, given or taken back."""

    __tablename__ = "idea_vote"

    idea_id: int = Field(primary_key=True, foreign_key="idea.id", ondelete="CASCADE")
    person_id: int = Field(primary_key=True, foreign_key="person.id", ondelete="CASCADE", index=True)
    is_given: bool = True
    changed_at: datetime = instant(nullable=False)


class IdeaFollower(Owned, table=True):
    """Somebody who hears how a suggestion goes on: who made it, and who voted for it."""

    __tablename__ = "idea_follower"

    idea_id: int = Field(primary_key=True, foreign_key="idea.id", ondelete="CASCADE")
    person_id: int = Field(primary_key=True, foreign_key="person.id", ondelete="CASCADE", index=True)
    mark: str = Field(max_length=32)  # stands for the person in keys and logs: it tells nobody who suggested it


class IdeaAnswer(Owned, table=True):
    """What the managers answered, with the status that it brought."""

    __tablename__ = "idea_answer"

    id: int | None = Field(default=None, primary_key=True)
    idea_id: int = Field(foreign_key="idea.id", ondelete="CASCADE", index=True)
    status: str = Field(max_length=20)
    words: str = Field(sa_type=Text)
    possible: str = Field(default="", sa_type=Text)  # with "no, but…": what can be done instead
    answered_by: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL", index=True)
    answered_at: datetime = instant(nullable=False)


def idea_by_id(tx: Session, idea_id: int) -> Idea | None:
    return tx.exec(select(Idea).where(Idea.id == idea_id)).first()


def ideas_to_change(tx: Session, ids: Collection[int]) -> Sequence[Idea]:
    """These ideas as they are now, in the order of their ids; nobody else changes them until this is saved."""
    found = select(Idea).where(col(Idea.id).in_(ids)).order_by(col(Idea.id)).with_for_update()
    return tx.exec(found.execution_options(populate_existing=True)).all()


def root_to_change(tx: Session, idea: Idea) -> Idea | None:
    """The idea into which this one was merged in the end, or itself; nobody else changes it until this is saved.

    None when it was withdrawn meanwhile.
    """
    root: Idea | None = idea
    while root is not None:
        while root.merged_into is not None:
            root = tx.exec(select(Idea).where(Idea.id == root.merged_into)).one()
        root = next(iter(ideas_to_change(tx, [root.id or 0])), None)
        if root is not None and root.merged_into is None:
            return root
    return None


def above(tx: Session, idea: Idea) -> Sequence[Idea]:
    """What this one was merged into, and what that one was, and so on: these count its votes too."""
    found: list[Idea] = []
    while idea.merged_into is not None:
        idea = tx.exec(select(Idea).where(Idea.id == idea.merged_into)).one()
        found.append(idea)
    return found


def family_of(tx: Session, idea_id: int) -> set[int]:
    """The ids of an idea and of all that was merged into it, at whatever remove."""
    family, newest = {idea_id}, {idea_id}
    while newest:
        found = tx.exec(select(Idea.id).where(col(Idea.merged_into).in_(newest)))
        newest = {one or 0 for one in found} - family
        family |= newest
    return family


def votes_by(tx: Session, ids: Collection[int], person_id: int) -> Sequence[IdeaVote]:
    """Somebody's votes for these, those that were taken back too."""
    found = select(IdeaVote).where(col(IdeaVote.idea_id).in_(ids), IdeaVote.person_id == person_id)
    return tx.exec(found.order_by(col(IdeaVote.idea_id))).all()


def give_vote(tx: Session, idea_id: int, person_id: int, now: datetime) -> None:
    """Somebody supports an idea, and hears how it goes on."""
    for vote in votes_by(tx, [idea_id], person_id):
        vote.is_given, vote.changed_at = True, now
        break
    else:
        tx.add(IdeaVote(workspace_id=workspace_of(tx), idea_id=idea_id, person_id=person_id, changed_at=now))
    follow(tx, idea_id, person_id)


def follow(tx: Session, idea_id: int, person_id: int) -> None:
    """Somebody hears how an idea goes on; nothing changes the second time."""
    there = select(IdeaFollower).where(IdeaFollower.idea_id == idea_id, IdeaFollower.person_id == person_id)
    if tx.exec(there).first() is None:
        own = {"workspace_id": workspace_of(tx), "idea_id": idea_id, "person_id": person_id}
        tx.add(IdeaFollower(**own, mark=token_hex(16)))
    tx.flush()


def unfollow(tx: Session, ids: Collection[int], person_id: int) -> None:
    """Somebody takes their support back, and hears no more of these; but of their own ideas they do."""
    own = select(Idea.id).where(Idea.suggester_id == person_id)
    gone = delete(IdeaFollower).where(col(IdeaFollower.idea_id).in_(ids), col(IdeaFollower.person_id) == person_id)
    tx.exec(gone.where(col(IdeaFollower.idea_id).not_in(own)).execution_options(synchronize_session=False))


def followers_of(tx: Session, ids: Collection[int]) -> Sequence[tuple[Person, str]]:
    """Who hears of these ideas, each once, with the mark that stands for them."""
    found = select(Person, IdeaFollower.mark).join(IdeaFollower, col(IdeaFollower.person_id) == Person.id)
    order = found.where(col(IdeaFollower.idea_id).in_(ids)).order_by(col(Person.id), col(IdeaFollower.idea_id))
    once: dict[int, tuple[Person, str]] = {}
    for person, mark in tx.exec(order):
        once.setdefault(person.id or 0, (person, mark))
    return sorted(once.values(), key=lambda one: one[1])  # by the mark, for an order may tell who came first


def same_idea(tx: Session, person_id: int, title: str, about: str, since: datetime) -> Idea | None:
    """What somebody suggested in the very same words at `since` or later."""
    found = select(Idea).where(Idea.suggester_id == person_id, Idea.title == title, Idea.about == about)
    return tx.exec(found.where(col(Idea.suggested_at) >= since).order_by(col(Idea.id).desc())).first()


def idea_of_note(tx: Session, note_id: int) -> Idea | None:
    """What became of a customer's answer."""
    return tx.exec(select(Idea).where(Idea.note_id == note_id).order_by(col(Idea.id))).first()


def undecided_before(tx: Session, moment: datetime) -> Sequence[Idea]:
    """Ideas of before that moment whose suggester never said whether to post them."""
    found = select(Idea).where(col(Idea.posted_on).is_(None), col(Idea.suggested_at) < moment)
    return tx.exec(found.order_by(col(Idea.id))).all()


def workspaces_with_ideas(tx: Session) -> Sequence[int]:
    """Of all workspaces those in which somebody suggested something."""
    return tx.exec(select(Idea.workspace_id).distinct().order_by(col(Idea.workspace_id))).all()


def merged_into(tx: Session, ids: Collection[int]) -> Sequence[Idea]:
    """What was merged into these themselves, the oldest first."""
    return tx.exec(select(Idea).where(col(Idea.merged_into).in_(ids)).order_by(col(Idea.id))).all()


def ideas_about(tx: Session, column: str, person_id: int) -> Sequence[Idea]:
    """The ideas whose `column` holds this person, the newest first."""
    return tx.exec(select(Idea).where(getattr(Idea, column) == person_id).order_by(col(Idea.id).desc())).all()


def answers_to(tx: Session, idea_id: int) -> Sequence[IdeaAnswer]:
    return tx.exec(select(IdeaAnswer).where(IdeaAnswer.idea_id == idea_id).order_by(col(IdeaAnswer.id))).all()


def ideas_answered_by(tx: Session, person_id: int) -> Sequence[Idea]:
    """The ideas that somebody answered, the newest first."""
    ids = select(IdeaAnswer.idea_id).where(IdeaAnswer.answered_by == person_id)
    return tx.exec(select(Idea).where(col(Idea.id).in_(ids)).order_by(col(Idea.id).desc())).all()


def make_answers_nameless(tx: Session, person_id: int) -> None:
    """The office's answers stay; who gave them is forgotten."""
    given = update(IdeaAnswer).where(col(IdeaAnswer.answered_by) == person_id).values(answered_by=None)
    tx.execute(given.execution_options(synchronize_session=False))


def unfollow_all(tx: Session, ids: Iterable[int], person_id: int) -> None:
    """Somebody is a follower of these no more, of their own ideas neither."""
    gone = delete(IdeaFollower).where(col(IdeaFollower.idea_id).in_(list(ids)))
    tx.exec(gone.where(col(IdeaFollower.person_id) == person_id).execution_options(synchronize_session=False))
