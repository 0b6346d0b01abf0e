"""What was given away in the week of the tests."""

from typing import Any

from storage.gifts import Cupboard, Gift, GiftMove, MoveKind
from storage.spending import PaidWith, Spending, SpendingStatus
from tests.features.digest.club import FIRST, Club, at, weeks


def moves(club: Club) -> None:
    """Three bars were taken this week and one of them put back; one was taken the week before."""
    own: dict[str, Any] = {"workspace_id": club.office.workspace_id}
    with club.services.database.writing(club.here) as tx:
        cupboard = Cupboard(**own, name="Kantine")
        tx.add(cupboard)
        tx.flush()
        gift = Gift(**own, cupboard_id=cupboard.id or 0, name="Chocolade", emoji="🍫", price_cents=250, stock=9)
        tx.add(gift)
        tx.flush()
        moved: dict[str, Any] = own | {"gift_id": gift.id, "kind": MoveKind.TAKEN, "count": -1}
        tx.add_all([GiftMove(**moved, moved_at=at(FIRST, 10)) for _ in range(2)])
        tx.add(GiftMove(**moved, moved_at=at(FIRST, 0).replace(month=10)))
        undone = GiftMove(**moved, moved_at=at(FIRST, 11))
        tx.add(undone)
        tx.flush()
        back = {"kind": MoveKind.PUT_BACK, "count": 1, "undoes_id": undone.id}
        tx.add(GiftMove(**moved | back, moved_at=at(FIRST, 12)))


def flowers(club: Club) -> None:
    """One bunch was bought for a customer; what else was asked or booked doesn't count."""
    own: dict[str, Any] = {
        "workspace_id": club.office.workspace_id, "person_id": club.fatima.person_id, "day": FIRST, "cents": 750,
        "currency": "EUR", "what_for": "Bloemen", "asked_at": at(FIRST, 10),
    }  # fmt: skip
    others: list[dict[str, Any]] = [
        {}, {"status": SpendingStatus.REFUSED}, {"status": SpendingStatus.WAITING}, {"is_staff": True},
        {"paid_with": PaidWith.CUPBOARD}, {"is_spent": False}, {"asked_at": at(FIRST, 10) - weeks(1)},
    ]  # fmt: skip
    with club.services.database.writing(club.here) as tx:
        tx.add_all([Spending(**own | other) for other in others])
