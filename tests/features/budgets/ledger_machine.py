"""Anything that can happen to money in an office, in any order, and what must hold after each step."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlmodel import col, select

from bot.features.budgets import actions, closing, deciding, following
from bot.features.budgets.rules import Decision, TypedSpending
from bot.features.gifts import actions as gift_actions
from bot.features.gifts import managing
from bot.features.gifts.rules import TypedGift
from bot.features.stories import actions as stories
from bot.features.stories.rules import TypedStory
from bot.kernel.budgets import caps_of
from bot.kernel.caps import Caps
from bot.kernel.choices import Choice, caps_as_json, caps_from
from bot.kernel.clock import DomainClock
from bot.kernel.errors import BotError
from bot.kernel.facts import StoryAmountSet
from bot.kernel.money import typed_amount
from bot.kernel.office import Me
from bot.services import Services
from bot.wiring.gateway import me_of
from bot.wiring.requests import Asking
from storage import spending as ledger
from storage.gifts import Gift, GiftMove
from storage.ledger_export import ExportedEntry, entries_to_export
from storage.office import change_office
from storage.spending import LedgerEntry, Spending, SpendingStatus, month_of
from storage.spending_questions import all_own_caps
from tests.fakes import StoppedClock

SPENDERS, MANAGERS = ("U0SANNE", "U0BRAM", "U0FATIMA"), ("U0FATIMA", "U0ILSE")
COUNTS = (SpendingStatus.BOOKED, SpendingStatus.APPROVED)
_offices = count(1)

who, boss = st.sampled_from(SPENDERS), st.sampled_from(MANAGERS)
cents = st.one_of(st.integers(1, 1400), st.sampled_from([1, 250, 500, 1000, 1001, 5000]))
days_back = st.one_of(st.just(0), st.integers(0, 3), st.integers(0, 35))
which = st.integers(0, 30)


class LedgerMachine(RuleBasedStateMachine):
    """An office of its own for each run, in a database that is shared."""

    services: Services  # of the test that runs it

    @initialize()
    def open_office(self) -> None:
        self.clock = StoppedClock()
        reactions = {StoryAmountSet: (following.follow_story,)}
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
        managing.keep_cupboard(self.office, self.me("U0FATIMA"), "De winkel", "")
        with self.office.database.reading(fatima) as tx:
            cupboard = tx.exec(select(managing.gifts.Cupboard)).one().id or 0
        gift = TypedGift("Chocolade", emoji="🍫", price="2,50", stock="3", low_at="0")
        self.gift = managing.add_gift(self.office, self.me("U0FATIMA"), cupboard, gift).id or 0

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

    @rule(who=who, cents=cents, back=days_back, urgent=st.booleans())
    def spends(self, who: str, cents: int, back: int, urgent: bool) -> None:
        typed = TypedSpending(typed_amount(cents, "nl"), "bloemen", day=self.day(back), is_urgent=urgent)
        self.attempt(lambda: actions.spend(self.office, self.me(who), typed))

    @rule(who=who, cents=cents)
    def spends_by_command(self, who: str, cents: int) -> None:
        self.attempt(
            lambda: actions.spend_by_command(self.office, self.me(who), f"{typed_amount(cents, 'nl')} bloemen")
        )

    @rule(which=which, cents=st.one_of(st.none(), cents), back=days_back, story=st.one_of(st.none(), which))
    def corrects(self, which: int, cents: int | None, back: int, story: int | None) -> None:
        """Another amount and day, or (without `cents`) only whose money it was; of a story, of another, of none."""
        if spending := self.a_spending(which):
            me = self.owner(spending)
            told = [story_id for who, story_id in self.stories if who == me.slack_id]
            chosen = told[story % len(told)] if told and story is not None else None
            day = self.day(back) if cents else f"{spending.day}"
            typed = TypedSpending(
                typed_amount(cents or spending.cents, "nl"), "rozen", "own", day, company="Jansen", story_id=chosen
            )
            self.attempt(lambda: actions.correct_spending(self.office, me, spending.id or 0, typed))

    @rule(which=which)
    def takes_back(self, which: int) -> None:
        if spending := self.a_spending(which):
            self.attempt(lambda: actions.undo_spending(self.office, self.owner(spending), spending.id or 0))

    @rule(boss=boss, which=which, decision=st.sampled_from(Decision), cents=cents)
    def decides(self, boss: str, which: int, decision: Decision, cents: int) -> None:
        if spending := self.a_spending(which):
            amount, me = typed_amount(cents, "nl"), self.me(boss)
            self.attempt(lambda: deciding.decide_spending(self.office, me, spending.id or 0, decision, amount, "omdat"))

    @rule(boss=boss, which=which)
    def pays_back(self, boss: str, which: int) -> None:
        if spending := self.a_spending(which):
            self.attempt(lambda: deciding.mark_paid_back(self.office, self.me(boss), [spending.id or 0]))

    @rule(day=st.integers(0, 2000), month=st.integers(0, 8000), is_soft=st.booleans())
    def changes_the_offices_caps(self, day: int, month: int, is_soft: bool) -> None:
        me = self.me("U0FATIMA")
        caps = caps_from(me.office.caps, self.clock.now().date(), Caps(day, month, is_soft=is_soft))
        with self.office.database.writing(me) as tx:
            change_office(tx, Choice.CAPS, caps_as_json(caps), me.person_id, self.clock.now())

    @rule(who=who, day=st.sampled_from(["", "0", "5", "25"]), month=st.sampled_from(["", "12", "60"]))
    def gives_somebody_caps(self, who: str, day: str, month: str) -> None:
        self.attempt(lambda: closing.set_person_cap(self.office, self.me("U0ILSE"), who, day, month))

    @rule(boss=boss, back=st.integers(0, 70))
    def closes_a_month(self, boss: str, back: int) -> None:
        month = self.day(back)[:7]
        self.attempt(lambda: closing.close_month(self.office, self.me(boss), month))

    @rule(boss=boss)
    def a_month_goes_by_and_is_closed(self, boss: str) -> None:
        month = self.day(0)[:7]
        self.clock.pass_time(days=31)
        self.attempt(lambda: closing.close_month(self.office, self.me(boss), month))

    @rule(days=st.integers(1, 20))
    def time_passes(self, days: int) -> None:
        self.clock.pass_time(days=days)

    @rule(who=who, cents=cents, back=st.integers(0, 8))
    def tells_a_story(self, who: str, cents: int, back: int) -> None:
        typed = TypedStory("Bloemen gebracht bij een klant", spent=typed_amount(cents, "nl"), day=self.day(back))
        if told := self.attempt(lambda: stories.tell_story(self.office, self.me(who), typed)):
            self.stories.append((who, told.story_id))

    @rule(which=which, cents=st.one_of(st.none(), cents), back=st.integers(0, 8))
    def changes_a_story(self, which: int, cents: int | None, back: int) -> None:
        if self.stories:
            who, story_id = self.stories[which % len(self.stories)]
            spent = typed_amount(cents, "nl") if cents else ""
            typed = TypedStory("Rozen gebracht bij een klant", spent=spent, day=self.day(back))
            self.attempt(lambda: stories.change_story(self.office, self.me(who), story_id, typed))

    @rule(which=which)
    def removes_a_story(self, which: int) -> None:
        if self.stories:
            who, story_id = self.stories.pop(which % len(self.stories))
            stories.remove_story(self.office, self.me(who), story_id)

    @rule(who=who, for_colleague=st.booleans())
    def takes_a_gift(self, who: str, for_colleague: bool) -> None:
        me = self.me(who)
        took = self.attempt(lambda: gift_actions.take_gift(self.office, me, self.gift, for_colleague=for_colleague))
        if took:
            self.moves.append((who, took.move_id))

    @rule(which=which)
    def puts_a_gift_back(self, which: int) -> None:
        if self.moves:
            who, move = self.moves[which % len(self.moves)]
            self.attempt(lambda: gift_actions.put_back(self.office, self.me(who), move))

    @rule(number=st.integers(0, 6))
    def counts_the_gifts(self, number: int) -> None:
        self.attempt(lambda: managing.count(self.office, self.me("U0FATIMA"), self.gift, str(number)))

    @invariant()
    def the_books_are_right(self) -> None:
        if not hasattr(self, "office"):
            return
        me = self.me("U0FATIMA")
        with self.office.database.reading(me) as tx:
            entries = list(tx.exec(select(LedgerEntry).order_by(col(LedgerEntry.id))))
            spendings = {one.id: one for one in tx.exec(select(Spending))}
            closed, own = ledger.closed_until(tx), all_own_caps(tx)
            exported = {one.entry: replace(one, story=None, paid_back=None) for one in entries_to_export(tx)}
            stock = tx.exec(select(Gift.stock).where(Gift.id == self.gift)).one()
            assert 0 <= stock == sum(tx.exec(select(GiftMove.count).where(GiftMove.gift_id == self.gift)))
            sums = self._unasked(entries)
            for (person, day), booked in sums.items():
                month = sum(value for (one, at), value in sums.items() if one == person and at[:7] == day[:7])
                assert ledger.spent(tx, person, date.fromisoformat(day)) == (booked, month)
        self._is_appended_only(entries, closed)
        self._stands_as_decided(entries, spendings)
        assert {entry: exported[entry] for entry in self.closed} == self.closed  # what the accountant has
        self.closed = {one.entry: one for one in exported.values() if one.month <= closed}
        of_stories = [one.story_id for one in spendings.values() if one.is_from_story and one.status in COUNTS]
        assert len(of_stories) == len(set(of_stories))
        self._new_is_within_the_caps(sums, own, me)
        self.written, self.counted = entries, sums  # type: ignore[assignment]

    def _unasked(self, entries: list[LedgerEntry]) -> dict[tuple[int, str], int]:
        """Cents booked without asking, by person and day."""
        sums: dict[tuple[int, str], int] = defaultdict(int)
        for entry in entries:
            if not entry.is_asked:
                sums[entry.person_id, f"{entry.day}"] += entry.cents
        return sums

    def _is_appended_only(self, entries: list[LedgerEntry], closed: str) -> None:
        assert [one.model_dump() for one in entries[: len(self.written)]] == [one.model_dump() for one in self.written]
        known = {one.id: one for one in entries}
        taken = [one.corrects_id for one in entries if one.cents < 0]
        assert len(taken) == len(set(taken))
        for one in entries:
            assert one.month >= month_of(one.day)
            if one.cents < 0:
                old = known[one.corrects_id or 0]
                assert (old.cents, old.day, old.is_asked, old.spending_id) == (
                    -one.cents, one.day, one.is_asked, one.spending_id,
                )  # fmt: skip
        assert all(one.month > closed for one in entries[len(self.written) :])

    def _stands_as_decided(self, entries: list[LedgerEntry], spendings: dict[int | None, Spending]) -> None:
        sums: dict[int, int] = defaultdict(int)
        for entry in entries:
            sums[entry.spending_id] += entry.cents
        for spending_id, spending in spendings.items():
            agreed = spending.cents if spending.cents_approved is None else spending.cents_approved
            assert sums[spending_id or 0] == (agreed if spending.status in COUNTS else 0)
            assert spending.decided_by != spending.person_id

    def _new_is_within_the_caps(self, sums: dict[tuple[int, str], int], own: dict[int, Any], me: Me) -> None:
        """What was booked in this step without asking is within the caps that hold now for its day and its month."""
        before: dict[Any, int] = self.counted  # type: ignore[assignment]
        for (person, day), booked in sums.items():
            if booked <= before.get((person, day), 0):
                continue
            caps = caps_of(me.office.caps, own.get(person, ()), date.fromisoformat(day))
            month = sum(value for (one, at), value in sums.items() if one == person and at[:7] == day[:7])
            assert month <= caps.month_cents
            assert caps.is_soft or booked <= caps.day_cents
