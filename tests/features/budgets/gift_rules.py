"""An office whose money and gifts move: how it is opened, and what can happen at its gift cupboard."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from sqlmodel import col, select

from bot.features.budgets import deciding, following
from bot.features.budgets.rules import Decision
from bot.features.gifts import actions as gift_actions
from bot.features.gifts import booking as gift_booking
from bot.features.gifts import managing
from bot.features.gifts.rules import TypedGift
from bot.kernel.choices import Choice
from bot.kernel.clock import DomainClock
from bot.kernel.errors import BotError
from bot.kernel.facts import GiftOnLedger, StoryAmountSet
from bot.kernel.office import Me
from bot.services import Services
from bot.wiring.gateway import me_of
from bot.wiring.requests import Asking
from storage import gifts
from storage.ledger_export import ExportedEntry
from storage.office import change_office
from storage.spending import LedgerEntry, Spending, SpendingStatus
from tests.fakes import StoppedClock

SPENDERS, MANAGERS = ("U0SANNE", "U0BRAM", "U0FATIMA"), ("U0FATIMA", "U0ILSE")
COUNTS = (SpendingStatus.BOOKED, SpendingStatus.APPROVED)
_offices = count(1)

who, boss = st.sampled_from(SPENDERS), st.sampled_from(MANAGERS)
cents = st.one_of(st.integers(1, 1400), st.sampled_from([1, 250, 500, 1000, 1001, 5000]))
days_back = st.one_of(st.just(0), st.integers(0, 3), st.integers(0, 35))
which, kind = st.integers(0, 30), st.integers(0, 1)


class GiftRules(RuleBasedStateMachine):
    """An office of its own for each run, in a database that is shared; and its cupboard."""

    services: Services  # of the test that runs it

    @initialize()
    def open_office(self) -> None:
        self.clock = StoppedClock()
        reactions = {StoryAmountSet: (following.follow_story,), GiftOnLedger: (following.follow_gift,)}
        self.office = replace(self.services, clock=DomainClock(self.clock), reactions=reactions)
        self.team = f"T{next(_offices):08}"
        self.stories: list[tuple[str, int]] = []
        self.moves: list[tuple[str, int]] = []
        self.written: list[LedgerEntry] = []
        self.counted: dict[tuple[int, date], int] = {}
        self.closed: dict[int, ExportedEntry] = {}
        fatima = self.me("U0FATIMA")
        with self.office.database.writing(fatima) as tx:
            change_office(tx, Choice.MANAGERS, list(MANAGERS), fatima.person_id, self.clock.now())
        fatima = self.me("U0FATIMA")
        managing.keep_cupboard(self.office, fatima, "De winkel", "")
        with self.office.database.reading(fatima) as tx:
            cupboard = tx.exec(select(managing.gifts.Cupboard)).one().id or 0
        kinds = [
            TypedGift(name, price=price, stock="3", low_at="0") for name, price in (("Reep", "2,50"), ("Roos", "8"))
        ]
        self.gifts = [managing.add_gift(self.office, fatima, cupboard, kind).id or 0 for kind in kinds]

    def me(self, slack_id: str) -> Me:
        return me_of(self.office, Asking(self.team, slack_id, slack_id, is_stranger=False, request_key=None))

    def attempt(self, deed: Callable[[], Any]) -> Any:
        """Do it; None when it is refused, which is an answer like another."""
        try:
            return deed()
        except BotError:
            return None

    def day(self, back: int) -> str:
        return f"{self.clock.now().date() - timedelta(days=back)}"

    def a_spending(self, number: int) -> Spending | None:
        with self.office.database.reading(self.me("U0FATIMA")) as tx:
            found = tx.exec(select(Spending).order_by(col(Spending.id))).all()
        return found[number % len(found)] if found else None

    def owner(self, spending: Spending) -> Me:
        return next(me for me in map(self.me, SPENDERS) if me.person_id == spending.person_id)

    @rule(who=who, kind=kind, for_colleague=st.booleans())
    def takes_a_gift(self, who: str, kind: int, for_colleague: bool) -> None:
        self.take(self.me(who), self.gifts[kind], for_colleague)

    @rule(which=which)
    def takes_what_was_asked(self, which: int) -> None:
        """Whether a manager agreed with it, or it waits still and fits by now."""
        asked = [(me, one) for me in map(self.me, SPENDERS) for one in self.asked_by(me)]
        if asked:
            me, one = asked[which % len(asked)]
            self.take(me, one.gift.id or 0, one.spending.is_staff)

    def asked_by(self, me: Me) -> Sequence[gifts.AskedFor]:
        with self.office.database.reading(me) as tx:
            return gifts.asked_by(tx, me.person_id)

    def take(self, me: Me, gift: int, for_colleague: bool) -> None:
        """Whoever has taken it asks for it no longer."""
        took = self.attempt(lambda: gift_actions.take_gift(self.office, me, gift, for_colleague=for_colleague))
        if took:
            self.moves.append((me.slack_id, took.move_id))
            left = [one.spending for one in self.asked_by(me) if one.gift.id == gift]
            assert not any(one.status == "waiting" and one.is_staff == for_colleague for one in left)

    @rule(who=who, kind=kind, for_colleague=st.booleans(), urgent=st.booleans())
    def asks_for_a_gift(self, who: str, kind: int, for_colleague: bool, urgent: bool) -> None:
        me, gift = self.me(who), self.gifts[kind]
        self.attempt(
            lambda: gift_booking.ask_for_gift(self.office, me, gift, for_colleague=for_colleague, is_urgent=urgent)
        )

    @rule(which=which)
    def asks_no_longer_for_a_gift(self, which: int) -> None:
        if spending := self.a_spending(which):
            self.attempt(lambda: gift_booking.withdraw_ask(self.office, self.owner(spending), spending.id or 0))

    @rule(which=which, decision=st.sampled_from([Decision.APPROVE, Decision.PARTLY]))
    def decides_on_a_gift(self, which: int, decision: Decision) -> None:
        """An approval is permission: what it says stands in no book, until the gift is taken. Never of a part."""
        with self.office.database.reading(self.me("U0ILSE")) as tx:
            found = tx.exec(select(Spending).where(Spending.paid_with == "cupboard", Spending.status == "waiting"))
            waiting = [one.id or 0 for one in found]
        if waiting:
            asked, me = waiting[which % len(waiting)], self.me("U0ILSE")
            decided = self.attempt(lambda: deciding.decide_spending(self.office, me, asked, decision, "5", "omdat"))
            assert not (decided and decision is Decision.PARTLY)

    @rule(which=which)
    def puts_a_gift_back(self, which: int) -> None:
        if self.moves:
            who, move = self.moves[which % len(self.moves)]
            self.attempt(lambda: gift_actions.put_back(self.office, self.me(who), move))

    @rule(kind=kind, number=st.integers(0, 6))
    def counts_the_gifts(self, kind: int, number: int) -> None:
        self.attempt(lambda: managing.count(self.office, self.me("U0FATIMA"), self.gifts[kind], str(number)))
