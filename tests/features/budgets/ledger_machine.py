"""Anything that can happen to money in an office, in any order, and what must hold after each step."""

from collections import defaultdict
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule
from sqlmodel import col, select

from bot.features.budgets import actions, closing, deciding, repaying
from bot.features.budgets.rules import Decision, TypedSpending
from bot.features.stories import actions as stories
from bot.features.stories.rules import TypedStory
from bot.kernel.budgets import caps_of
from bot.kernel.caps import Caps
from bot.kernel.choices import Choice, caps_as_json, caps_from
from bot.kernel.money import typed_amount
from bot.kernel.office import Me
from storage import spending as ledger
from storage.gifts import Gift, GiftMove
from storage.ledger_export import entries_to_export
from storage.office import change_office
from storage.spending import LedgerEntry, Spending, month_of
from storage.spending_questions import all_own_caps
from tests.features.budgets.gift_rules import COUNTS, GiftRules, boss, cents, days_back, which, who


class LedgerMachine(GiftRules):
    """Spending, deciding, telling and closing; the gifts come with the office."""

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
            self.attempt(lambda: repaying.mark_paid_back(self.office, self.me(boss), [spending.id or 0]))

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

    @rule(which=which)
    def spends_now(self, which: int) -> None:
        if spending := self.a_spending(which):
            self.attempt(lambda: actions.spend_now(self.office, self.owner(spending), spending.id or 0))

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
            prices = {gift.id: (gift.price_cents, gift.stock) for gift in tx.exec(select(Gift))}
            moves = list(tx.exec(select(GiftMove)))
            sums = self._unasked(entries)
            for (person, day), booked in sums.items():
                month = sum(value for (one, at), value in sums.items() if one == person and at[:7] == day[:7])
                assert ledger.spent(tx, person, date.fromisoformat(day)) == (booked, month)
        self._is_appended_only(entries, closed)
        self._stands_as_decided(entries, spendings)
        self._is_booked_as_taken(entries, spendings, moves, prices)
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
            is_permission = spending.paid_with == "cupboard" and not spending.is_spent
            assert sums[spending_id or 0] == (agreed if spending.status in COUNTS and not is_permission else 0)
            assert spending.decided_by != spending.person_id

    def _is_booked_as_taken(
        self, entries: list[LedgerEntry], spendings: dict[int | None, Spending], moves: list[GiftMove],
        gifts_of: dict[int | None, tuple[int, int]],
    ) -> None:  # fmt: skip
        """In the books is the price of what was taken and is not back, of each person, and nothing else."""
        booked: dict[int | None, int] = defaultdict(int)
        for entry in entries:
            if spendings[entry.spending_id].paid_with == "cupboard":
                booked[entry.person_id] += entry.cents
        for gift_id, (price, stock) in gifts_of.items():
            assert 0 <= stock == sum(move.count for move in moves if move.gift_id == gift_id)
            for move in moves:
                if move.gift_id == gift_id and move.kind in ("taken", "put_back"):
                    booked[move.person_id] += price * move.count
        assert not any(booked.values())

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
