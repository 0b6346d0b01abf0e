"""An office with a gift cupboard, and what one would see of it."""

from typing import Any

from sqlmodel import col, select

from bot.features.gifts import managing
from bot.features.gifts.rules import TypedGift
from bot.kernel.office import Me
from storage import gifts, spending
from storage.gifts import Gift
from storage.people import person_by_slack_id
from storage.spending import LedgerEntry, Spending
from tests.fakes import FakeOffice


class Shelf:
    """A cupboard in the shop, that Bram keeps."""

    def __init__(self, office: FakeOffice, manager: Me, keeper: Me | None = None) -> None:
        self.office, self.services, self.manager = office, office.services, manager
        managing.keep_cupboard(self.services, manager, "De winkel", keeper.slack_id if keeper else "")
        with self._reading() as tx:
            self.cupboard_id = gifts.cupboards(tx)[-1].id or 0

    def has(self, name: str = "Chocolade", price: str = "2,50", stock: int = 5, **typed: Any) -> int:
        """A gift in the cupboard; its number."""
        values = {"emoji": "🍫", "low_at": "0"} | typed
        filled = TypedGift(name, price=price, stock=str(stock), **values)
        return managing.add_gift(self.services, self.manager, self.cupboard_id, filled).id or 0

    def gift(self, gift_id: int) -> Gift:
        with self._reading() as tx:
            found = gifts.gift_by_id(tx, gift_id)
            assert found is not None
            assert found.stock == gifts.sum_of_moves(tx, gift_id)
            return found

    def entries(self, me: Me) -> list[int]:
        """The lines of somebody's ledger, in cents."""
        with self._reading() as tx:
            found = select(LedgerEntry.cents).where(LedgerEntry.person_id == me.person_id)
            return list(tx.exec(found.order_by(col(LedgerEntry.id))))

    def spent(self, me: Me) -> list[Spending]:
        with self._reading() as tx:
            found = select(Spending).where(Spending.person_id == me.person_id)
            return list(tx.exec(found.order_by(col(Spending.id))))

    def spent_today(self, me: Me) -> int:
        with self._reading() as tx:
            return spending.spent(tx, me.person_id, self.services.clock.today(me.zone))[0]

    def anew(self, me: Me, **profile: Any) -> Me:
        """The person as their next request finds them."""
        with self.services.database.writing(me) as tx:
            person = person_by_slack_id(tx, me.slack_id)
            assert person is not None
            for name, value in profile.items():
                setattr(person, name, value)
            return self.services.me(tx, person)

    def _reading(self) -> Any:
        return self.services.database.reading(self.manager)
