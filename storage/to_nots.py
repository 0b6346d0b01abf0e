"""What the team stops doing, to have time for customers: the tables and their questions."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import func
from sqlmodel import Field, Session, col, select

from storage.rows import Owned, instant, workspace_of


class ToNot(Owned, table=True):
    """One thing on the list, with the minutes a week that it gives back to the team together."""

    __tablename__ = "to_not"

    id: int | None = Field(default=None, primary_key=True)
    text: str = Field(max_length=150)
    minutes: int  # a week
    proposed_by: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL", index=True)
    proposed_at: datetime = instant(nullable=False)
    agreed_on: date | None = None  # the office's local day; empty: proposed
    ended_on: date | None = None  # the office's local day on which the team let it go


class ToNotVote(Owned, table=True):
    """One person's vote: for what is proposed, or for letting go what is on the list; the key allows one."""

    __tablename__ = "to_not_vote"

    to_not_id: int = Field(primary_key=True, foreign_key="to_not.id", ondelete="CASCADE")
    person_id: int = Field(primary_key=True, foreign_key="person.id", ondelete="CASCADE", index=True)
    voted_at: datetime = instant(nullable=False)
    is_for: bool = True  # otherwise it is for letting it go


class ToNotKept(Owned, table=True):
    """Somebody says that the team held on to it that month."""

    __tablename__ = "to_not_kept"

    to_not_id: int = Field(primary_key=True, foreign_key="to_not.id", ondelete="CASCADE")
    month: str = Field(primary_key=True, max_length=7)  # YYYY-MM
    person_id: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL", index=True)
    said_at: datetime = instant(nullable=False)


def to_not_to_change(tx: Session, to_not_id: int) -> ToNot | None:
    """One of them as it is now; nobody else changes it, or agrees to it, until this is saved."""
    found = select(ToNot).where(ToNot.id == to_not_id).with_for_update()
    return tx.exec(found.execution_options(populate_existing=True)).first()


def to_nots_open(tx: Session) -> Sequence[ToNot]:
    """What is on the list and what is proposed, the oldest first; without what was let go."""
    return tx.exec(select(ToNot).where(col(ToNot.ended_on).is_(None)).order_by(col(ToNot.id))).all()


def open_with_month(tx: Session, month: str) -> Sequence[tuple[ToNot, bool]]:
    """The same in one question, each with whether somebody said that the team held on to it that month."""
    kept = (col(ToNotKept.to_not_id) == ToNot.id) & (col(ToNotKept.month) == month)
    found = select(ToNot, ToNotKept.month).outerjoin(ToNotKept, kept)
    found = found.where(col(ToNot.ended_on).is_(None)).order_by(col(ToNot.id))
    return [(to_not, said is not None) for to_not, said in tx.exec(found)]


def to_nots_proposed_by(tx: Session, person_id: int) -> Sequence[ToNot]:
    return tx.exec(select(ToNot).where(ToNot.proposed_by == person_id).order_by(col(ToNot.id))).all()


def add_to_not(tx: Session, text: str, minutes: int, proposed_by: int, now: datetime) -> ToNot:
    """Write a new proposal; `minutes` are those of a week."""
    to_not = ToNot(workspace_id=workspace_of(tx), text=text, minutes=minutes, proposed_by=proposed_by, proposed_at=now)
    tx.add(to_not)
    tx.flush()
    return to_not


def vote_of(tx: Session, to_not_id: int, person_id: int) -> ToNotVote | None:
    found = select(ToNotVote).where(ToNotVote.to_not_id == to_not_id, ToNotVote.person_id == person_id)
    return tx.exec(found).first()


def vote(tx: Session, to_not_id: int, person_id: int, now: datetime, *, is_for: bool = True) -> None:
    """Somebody agrees, or wants to let it go, whatever they voted before; for who holds the row."""
    found = vote_of(tx, to_not_id, person_id)
    cast = found or ToNotVote(workspace_id=workspace_of(tx), to_not_id=to_not_id, person_id=person_id, voted_at=now)
    cast.is_for, cast.voted_at = is_for, now
    tx.add(cast)
    tx.flush()


def votes_for(tx: Session, ids: Collection[int], *, is_for: bool = True) -> Mapping[int, int]:
    """How many agree to each of these, or want to let it go; those for which nobody voted so are left out."""
    found = select(ToNotVote.to_not_id, func.count()).where(col(ToNotVote.to_not_id).in_(ids))
    found = found.where(col(ToNotVote.is_for).is_(is_for))
    return dict(tx.exec(found.group_by(col(ToNotVote.to_not_id))).all())


def voted_by(tx: Session, ids: Collection[int], person_id: int, *, is_for: bool = True) -> set[int]:
    """Those of these to which somebody agrees, or that they want to let go."""
    found = select(ToNotVote.to_not_id).where(col(ToNotVote.to_not_id).in_(ids), ToNotVote.person_id == person_id)
    return set(tx.exec(found.where(col(ToNotVote.is_for).is_(is_for))))


def months_kept(tx: Session, ids: Collection[int]) -> Mapping[int, Sequence[str]]:
    """The months (YYYY-MM, in their order) in which the team held on to each of these."""
    months: dict[int, list[str]] = defaultdict(list)
    for one in tx.exec(select(ToNotKept).where(col(ToNotKept.to_not_id).in_(ids)).order_by(col(ToNotKept.month))):
        months[one.to_not_id].append(one.month)
    return months


def note_kept(tx: Session, to_not_id: int, month: str, person_id: int, now: datetime) -> None:
    """The team held on to it that month; for who holds the row, and found that nobody said so yet."""
    tx.add(ToNotKept(workspace_id=workspace_of(tx), to_not_id=to_not_id, month=month, person_id=person_id, said_at=now))
    tx.flush()
