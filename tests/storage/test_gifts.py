"""Cupboards, gifts and moves, on both databases."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from storage import gifts
from storage.database import Database, InWorkspace
from storage.gifts import Cupboard, Gift, MoveKind

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)


def a_gift(database: Database, who: InWorkspace, stock: int = 0, name: str = "Reep") -> int:
    with database.writing(who) as tx:
        cupboard = Cupboard(workspace_id=who.workspace_id, name="Winkel")
        tx.add(cupboard)
        tx.flush()
        gift = Gift(workspace_id=who.workspace_id, cupboard_id=cupboard.id or 0, name=name, price_cents=250)
        tx.add(gift)
        tx.flush()
        gifts.move_gift(tx, gift, MoveKind.REFILLED, stock, moved_at=NOW)
        return gift.id or 0


def test_stock_is_the_sum_of_the_moves(database: Database, here: InWorkspace, sanne: int) -> None:
    gift_id = a_gift(database, here, 5)
    with database.writing(here) as tx:
        gift = gifts.gift_to_move(tx, gift_id)
        assert gift is not None
        gifts.move_gift(tx, gift, MoveKind.TAKEN, -2, person_id=sanne, moved_at=NOW)

        assert gift.stock == gifts.sum_of_moves(tx, gift_id) == 3


def test_stock_never_goes_below_zero(database: Database, here: InWorkspace) -> None:
    gift_id = a_gift(database, here, 1)
    with database.reading(here) as tx:
        gift = gifts.gift_by_id(tx, gift_id)
        assert gift is not None
        with pytest.raises(IntegrityError):
            gifts.move_gift(tx, gift, MoveKind.TAKEN, -2, moved_at=NOW)


def test_one_workspace_sees_and_moves_nothing_of_another(
    database: Database, here: InWorkspace, there: InWorkspace
) -> None:
    gift_id = a_gift(database, here, 3)
    with database.reading(there) as tx:
        assert gifts.everything_kept(tx) == gifts.in_stock(tx, 10) == gifts.cupboards(tx) == []
        assert gifts.gift_to_move(tx, gift_id) is None
        assert gifts.sum_of_moves(tx, gift_id) == 0


def test_what_is_gone_or_not_offered_is_not_in_stock(database: Database, here: InWorkspace) -> None:
    for name, stock in (("Reep", 2), ("Kaart", 0), ("Bloemen", 3)):
        a_gift(database, here, stock, name)
    with database.writing(here) as tx:
        flowers = next(gift for _, gift in gifts.in_stock(tx, 10) if gift.name == "Bloemen")
        flowers.is_offered = False
        tx.flush()

        assert [gift.name for _, gift in gifts.in_stock(tx, 10)] == ["Reep"]
        assert [gift and gift.name for _, gift in gifts.everything_kept(tx)] == ["Reep", "Kaart", None]


def test_what_was_put_back_is_not_with_them_any_more(database: Database, here: InWorkspace, sanne: int) -> None:
    gift_id = a_gift(database, here, 5)
    with database.writing(here) as tx:
        gift = gifts.gift_to_move(tx, gift_id)
        assert gift is not None
        moves = [gifts.move_gift(tx, gift, MoveKind.TAKEN, -1, person_id=sanne, moved_at=NOW) for _ in range(3)]
        gifts.move_gift(tx, gift, MoveKind.PUT_BACK, 1, person_id=sanne, undoes_id=moves[1].id, moved_at=NOW)

        assert [move.id for move, _ in gifts.taken_by(tx, sanne, NOW)] == [moves[2].id, moves[0].id]
        assert gifts.taken_by(tx, sanne, NOW + timedelta(seconds=1)) == []
        assert [gifts.is_put_back(tx, move.id or 0) for move in moves] == [False, True, False]


def test_a_move_is_undone_once(database: Database, here: InWorkspace, sanne: int) -> None:
    gift_id = a_gift(database, here, 5)
    with database.reading(here) as tx:
        gift = gifts.gift_by_id(tx, gift_id)
        assert gift is not None
        taken = gifts.move_gift(tx, gift, MoveKind.TAKEN, -1, person_id=sanne, moved_at=NOW)
        gifts.move_gift(tx, gift, MoveKind.PUT_BACK, 1, undoes_id=taken.id, moved_at=NOW)
        with pytest.raises(IntegrityError):
            gifts.move_gift(tx, gift, MoveKind.PUT_BACK, 1, undoes_id=taken.id, moved_at=NOW)
