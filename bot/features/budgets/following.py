"""The amount in a story is an expense as any other: it is booked, corrected and taken back with the story."""

from typing import Any

from sqlmodel import Session

from bot.features.budgets import booking
from bot.features.budgets.actions import take_back
from bot.kernel.budgets import Verdict
from bot.kernel.facts import StoryAmountSet
from bot.kernel.sentence import Sentence
from bot.services import Services
from storage import spending as ledger
from storage.spending import PaidWith, Spending
from storage.spending_questions import spending_of_story

PAID_BACK = Sentence("That money was paid back already, so the books keep the amount as it was.")
KEPT = ("currency", "what_for", "paid_with", "company", "vat_rate", "is_staff", "receipt", "no_receipt")


def follow_story(tx: Session, services: Services, fact: StoryAmountSet) -> Sentence | None:
    """A reaction: let the ledger say what the story says."""
    books, cents = ledger.books_for(tx, fact.me.person_id, fact.day), fact.cents or None
    found = spending_of_story(tx, fact.story_id)
    current = ledger.spending_to_change(tx, found.id or 0) if found else None
    before = (current.cents, current.day) if current else (None, fact.day)
    if before == (cents, fact.day):
        return None
    if current is not None and current.paid_back_at is not None:
        current.is_from_story = cents is not None
        return PAID_BACK
    columns = _columns(fact, current)
    if current is not None:
        take_back(tx, services, current, books.closed_until)
        books = ledger.books_of(tx, fact.me.person_id, fact.day)
    if cents is None:
        return None
    spent = booking.book_or_ask(tx, services, fact.me, books, cents=cents, **columns)
    return next(iter(spent.remarks), booking.WAITS) if spent.verdict is Verdict.ASK else None


def _columns(fact: StoryAmountSet, before: Spending | None) -> dict[str, Any]:
    """What is known of it besides the amount: as it was, or as a story says nothing about it."""
    first: dict[str, Any] = {"currency": fact.me.office.currency, "what_for": "", "paid_with": PaidWith.TILL}
    kept = {name: getattr(before, name) for name in KEPT} if before else first
    return kept | {"story_id": fact.story_id, "is_from_story": True}
