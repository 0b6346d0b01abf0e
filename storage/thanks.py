"""Thanks for stories: the table and its questions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Index, func
from sqlmodel import Field, Session, Text, col, select

from storage.gifts import Gift, GiftMove
from storage.outbox import Post
from storage.people import Person, Standing
from storage.rows import Owned, instant
from storage.standing import is_under
from storage.stories import Story


class Thanks(Owned, table=True):
    """What somebody said to who told a story, perhaps with something from the cupboard."""

    __table_args__ = (
        Index(None, "workspace_id", "to_id", "thanked_at"),
        Index(None, "workspace_id", "from_id", "thanked_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    story_id: int | None = Field(default=None, foreign_key="story.id", ondelete="SET NULL", index=True)
    from_id: int = Field(foreign_key="person.id", ondelete="CASCADE", index=True)
    to_id: int = Field(foreign_key="person.id", ondelete="CASCADE", index=True)
    words: str = Field(sa_type=Text)
    is_private: bool = True  # otherwise in the thread of the story
    move_id: int | None = Field(default=None, foreign_key="gift_move.id", ondelete="SET NULL", unique=True)
    thanked_at: datetime = instant(nullable=False)


@dataclass(frozen=True)
class Thanked:
    """Thanks, the one at the other side of it, and what went with it."""

    thanks: Thanks
    other: Person
    gift: Gift | None


@dataclass(frozen=True)
class Teller:
    """Who told stories, and the last one of them."""

    person: Person
    story_id: int


def thanks_by_id(tx: Session, thanks_id: int) -> Thanks | None:
    return tx.exec(select(Thanks).where(Thanks.id == thanks_id)).first()


def thanks_for(tx: Session, story_id: int, from_id: int) -> Thanks | None:
    """What somebody said of a story already."""
    return tx.exec(select(Thanks).where(Thanks.story_id == story_id, Thanks.from_id == from_id)).first()


def given_since(tx: Session, from_id: int, since: datetime) -> int:
    """How often somebody thanked a colleague from that moment on."""
    found = select(func.count()).select_from(Thanks)
    return tx.exec(found.where(Thanks.from_id == from_id, Thanks.thanked_at >= since)).one()


def received_by(tx: Session, person_id: int, limit: int) -> Sequence[Thanked]:
    """The last thanks that somebody had, and of whom; the newest first."""
    return _thanked(tx, person_id, "to_id", "from_id", limit)


def given_by(tx: Session, person_id: int, limit: int) -> Sequence[Thanked]:
    """The last thanks that somebody gave, and to whom; the newest first."""
    return _thanked(tx, person_id, "from_id", "to_id", limit)


def _thanked(tx: Session, person_id: int, mine: str, theirs: str, limit: int) -> Sequence[Thanked]:
    found = select(Thanks, Person, Gift).join(Person, col(Person.id) == getattr(Thanks, theirs))
    found = found.outerjoin(GiftMove, col(GiftMove.id) == Thanks.move_id)
    found = found.outerjoin(Gift, col(Gift.id) == GiftMove.gift_id).where(getattr(Thanks, mine) == person_id)
    in_order = (col(Thanks.thanked_at).desc(), col(Thanks.id).desc())
    return [Thanked(*row) for row in tx.exec(found.order_by(*in_order).limit(limit))]


def all_about(tx: Session, column: str, person_id: int) -> Sequence[Thanks]:
    """All thanks whose `column` (from_id, to_id) is this person."""
    return tx.exec(select(Thanks).where(getattr(Thanks, column) == person_id).order_by(col(Thanks.id))).all()


def told_between(tx: Session, teller_id: int, first: date, last: date) -> int:
    """How many stories of somebody the team got on these local days of the office."""
    found = select(func.count()).select_from(Story).where(Story.teller_id == teller_id, Story.text != "")
    return tx.exec(found.where(col(Story.posted_on).between(first, last))).one()


def stories_of(tx: Session, teller_id: int) -> Sequence[int | None]:
    """The ids of all that somebody told."""
    return tx.exec(select(Story.id).where(Story.teller_id == teller_id)).all()


def received_since(tx: Session, person_id: int, since: datetime) -> int:
    """How often somebody was thanked from that moment on."""
    found = select(func.count()).select_from(Thanks)
    return tx.exec(found.where(Thanks.to_id == person_id, Thanks.thanked_at >= since)).one()


def without_thanks(tx: Session, first: date, last: date, since: datetime) -> Sequence[Teller]:
    """Whose stories the team got on these local days of the office, and who had no thanks since that moment; by name.

    Colleagues alone, and with a name.
    """
    thanked = select(Thanks.to_id).where(Thanks.thanked_at >= since)
    found = select(Person, func.max(Story.id)).join(Story, col(Story.teller_id) == Person.id)
    found = found.where(col(Story.posted_on).between(first, last), Story.text != "", col(Person.id).not_in(thanked))
    found = found.where(Person.standing == Standing.MEMBER, Person.name != "").group_by(col(Person.id))
    in_order = (func.lower(Person.name), col(Person.id))
    return [Teller(person, story_id or 0) for person, story_id in tx.exec(found.order_by(*in_order))]


def workspaces_with_stories(tx: Session, since: date) -> Sequence[int]:
    """Of all workspaces those whose team got a story from that day on."""
    found = select(Story.workspace_id).where(col(Story.posted_on) >= since)
    return tx.exec(found.distinct().order_by(col(Story.workspace_id))).all()


def posts_about(tx: Session, story_id: int) -> Sequence[str]:
    """The keys of the thanks that stand in a story's thread; also once the story is gone."""
    found = select(Post.key).where(is_under(f"thanks:{story_id}:"), col(Post.body).is_not(None))
    return tx.exec(found.order_by(col(Post.id))).all()
