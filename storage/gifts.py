"""The gift cupboards, what is in them, and every move of a gift: the tables and their questions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, func
from sqlalchemy.orm import aliased
from sqlmodel import Field, Session, col, select

from storage.people import Person
from storage.rows import Owned, instant, workspace_of
from storage.spending import Spending, SpendingStatus


class Says(StrEnum):
    """What a gift says."""

    SORRY = "sorry"
    THANKS = "thanks"
    CONGRATULATIONS = "congratulations"


class MoveKind(StrEnum):
    """Why stock went up or down."""

    TAKEN = "taken"
    PUT_BACK = "put_back"
    REFILLED = "refilled"
    COUNTED = "counted"  # the difference that counting found
    ASKED = "asked"  # nothing moved: a manager is to decide whether it may be taken


class Cupboard(Owned, table=True):
    """A place with gifts, and who keeps it."""

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=80)  # where it stands
    keeper_id: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL", index=True)
    is_open: bool = True  # otherwise it is history


class Gift(Owned, table=True):
    """A kind of gift in one cupboard. `stock` is the sum of its moves."""

    __table_args__ = (CheckConstraint("stock >= 0", name="stock"),)

    id: int | None = Field(default=None, primary_key=True)
    cupboard_id: int = Field(foreign_key="cupboard.id", ondelete="CASCADE", index=True)
    name: str = Field(max_length=80)
    emoji: str = Field(default="🎁", max_length=40)
    price_cents: int  # of one
    says: str | None = Field(default=None, max_length=20)
    stock: int = 0
    low_at: int = 2  # as many or fewer: who keeps the cupboard hears of it, once
    alerted_at: datetime | None = instant(nullable=True)  # empty again once there are more
    is_offered: bool = True  # otherwise it is history


class GiftMove(Owned, table=True):
    """Stock that went up or down; never changed, but for whom it was once they are erased, and never deleted."""

    __tablename__ = "gift_move"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: int | None = Field(default=None, primary_key=True)
    gift_id: int = Field(foreign_key="gift.id", ondelete="CASCADE", index=True)
    kind: str = Field(max_length=10)
    count: int  # below zero for what was taken; 0 for what was asked
    person_id: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL", index=True)
    for_person_id: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL", index=True)
    spending_id: int | None = Field(default=None, foreign_key="spending.id", ondelete="SET NULL", index=True)
    undoes_id: int | None = Field(default=None, foreign_key="gift_move.id", ondelete="SET NULL", unique=True)
    moved_at: datetime = instant(nullable=False)


Kept = tuple[Cupboard, Gift | None]  # None: the cupboard is empty
Taken = tuple[GiftMove, Gift]


@dataclass(frozen=True)
class AskedFor:
    """A gift for which somebody asked the managers, and what became of that."""

    gift: Gift
    spending: Spending


def cupboards(tx: Session) -> Sequence[Cupboard]:
    """The cupboards in use, by name."""
    found = select(Cupboard).where(col(Cupboard.is_open).is_(True))
    return tx.exec(found.order_by(func.lower(Cupboard.name), col(Cupboard.id))).all()


def cupboard_by_id(tx: Session, cupboard_id: int) -> Cupboard | None:
    return tx.exec(select(Cupboard).where(Cupboard.id == cupboard_id)).first()


def cupboards_kept_by(tx: Session, person_id: int) -> Sequence[Cupboard]:
    """What somebody keeps, or kept when it was in use."""
    return tx.exec(select(Cupboard).where(Cupboard.keeper_id == person_id)).all()


def keeper_of(tx: Session, cupboard_id: int) -> Person | None:
    """Who keeps it, if anybody does."""
    found = select(Person).join(Cupboard, col(Cupboard.keeper_id) == Person.id)
    return tx.exec(found.where(Cupboard.id == cupboard_id)).first()


def everything_kept(tx: Session) -> Sequence[Kept]:
    """The gifts on offer with their cupboards, by name; a cupboard without any as well."""
    is_its = (col(Gift.cupboard_id) == Cupboard.id) & col(Gift.is_offered).is_(True)
    found = select(Cupboard, Gift).outerjoin(Gift, is_its).where(col(Cupboard.is_open).is_(True))
    in_order = (func.lower(Cupboard.name), col(Cupboard.id), func.lower(Gift.name), col(Gift.id))
    return tx.exec(found.order_by(*in_order)).all()


def in_stock(tx: Session, limit: int) -> Sequence[tuple[Cupboard, Gift]]:
    """The gifts that one can take now, with their cupboards; by name."""
    found = select(Cupboard, Gift).join(Gift, col(Gift.cupboard_id) == Cupboard.id)
    found = found.where(col(Cupboard.is_open).is_(True), col(Gift.is_offered).is_(True), col(Gift.stock) > 0)
    return tx.exec(found.order_by(func.lower(Gift.name), col(Gift.id)).limit(limit)).all()


def gifts_in(tx: Session, cupboard_id: int) -> Sequence[Gift]:
    """What is, and once was, in a cupboard."""
    return tx.exec(select(Gift).where(Gift.cupboard_id == cupboard_id).order_by(col(Gift.id))).all()


def gift_by_id(tx: Session, gift_id: int) -> Gift | None:
    return tx.exec(select(Gift).where(Gift.id == gift_id)).first()


def gift_to_move(tx: Session, gift_id: int) -> Gift | None:
    """The gift as it is now; whoever wants to move or change it as well waits until this is saved."""
    found = select(Gift).where(Gift.id == gift_id).with_for_update()
    return tx.exec(found.execution_options(populate_existing=True)).first()


def move_gift(tx: Session, gift: Gift, kind: MoveKind, count: int, **values: Any) -> GiftMove:
    """Let the stock of a gift that is held (see `gift_to_move`) go up by `count`, or down when that is below zero.

    `values` are the move's other columns. Once there are more than `low_at`, a next alert is due again.
    """
    gift.stock += count
    if gift.stock > gift.low_at:
        gift.alerted_at = None
    move = GiftMove(workspace_id=workspace_of(tx), gift_id=gift.id or 0, kind=kind, count=count, **values)
    tx.add(move)
    tx.flush()
    return move


def move_by_id(tx: Session, move_id: int) -> GiftMove | None:
    return tx.exec(select(GiftMove).where(GiftMove.id == move_id)).first()


def is_put_back(tx: Session, move_id: int) -> bool:
    return tx.exec(select(GiftMove.id).where(GiftMove.undoes_id == move_id)).first() is not None


def taken_by(tx: Session, person_id: int, since: datetime) -> Sequence[Taken]:
    """What somebody took since then and has not put back, the newest first; without what went with thanks."""
    undoing = aliased(GiftMove)
    found = select(GiftMove, Gift).join(Gift, col(GiftMove.gift_id) == Gift.id)
    found = found.outerjoin(undoing, col(undoing.undoes_id) == GiftMove.id).where(col(undoing.id).is_(None))
    found = found.where(GiftMove.person_id == person_id, GiftMove.kind == MoveKind.TAKEN, GiftMove.moved_at >= since)
    found = found.where(col(GiftMove.for_person_id).is_(None))
    return tx.exec(found.order_by(col(GiftMove.id).desc())).all()


def asked_by(tx: Session, person_id: int) -> Sequence[AskedFor]:
    """The gifts that wait for a manager, or that one agreed with and that were not taken yet; the oldest first."""
    taking = aliased(GiftMove)
    was_taken = select(taking.id).where(taking.spending_id == Spending.id, taking.kind == MoveKind.TAKEN).exists()
    found = select(Gift, Spending).select_from(GiftMove).join(Gift, col(GiftMove.gift_id) == Gift.id)
    found = found.join(Spending, col(Spending.id) == GiftMove.spending_id)
    found = found.where(GiftMove.person_id == person_id, GiftMove.kind == MoveKind.ASKED, ~was_taken)
    found = found.where(col(Spending.status).in_((SpendingStatus.WAITING, SpendingStatus.APPROVED)))
    return [AskedFor(gift, spending) for gift, spending in tx.exec(found.order_by(col(GiftMove.id)))]


def spendings_of(tx: Session, moves: Sequence[GiftMove]) -> Mapping[int, Spending]:
    """The expenses of these moves, by the move's id; those that cost nothing have none."""
    found = select(GiftMove.id, Spending).join(Spending, col(Spending.id) == GiftMove.spending_id)
    found = found.where(col(GiftMove.id).in_([move.id for move in moves]))
    return {move_id or 0: spending for move_id, spending in tx.exec(found)}


def forget_receiver(tx: Session, person_id: int) -> None:
    """Nothing says any more that a gift was for this person: who took it can put it back as any other."""
    for move in tx.exec(select(GiftMove).where(GiftMove.for_person_id == person_id)):
        move.for_person_id = None
    tx.flush()


def sum_of_moves(tx: Session, gift_id: int) -> int:
    """What the stock has to be."""
    return tx.exec(select(func.coalesce(func.sum(GiftMove.count), 0)).where(GiftMove.gift_id == gift_id)).one()
