"""The amount in a story is an expense as any other: it is booked, corrected and taken back with the story."""

from typing import Any

from sqlmodel import Session

from bot.features.budgets import booking, digests, notices, reading
from bot.features.budgets.actions import take_back
from bot.features.budgets.screens import BALANCE
from bot.i18n.translate import later
from bot.kernel.budgets import Verdict
from bot.kernel.facts import GiftOnLedger, StoryAmountSet, StoryChanged
from bot.kernel.sentence import Choice, Sentence
from bot.services import Services
from storage import spending as ledger
from storage.spending import PaidWith, Spending, SpendingStatus
from storage.spending_questions import spending_of_story

PAID_BACK = Sentence(later("That money was paid back already, so the books keep the amount as it was."))
FROM_TILL = Sentence(later("The amount counts as paid from the till. Was it your own money? Then choose Change there."),
                     choices=[Choice(later("My budget"), BALANCE)])  # fmt: skip
KEPT = ("currency", "what_for", "paid_with", "company", "vat_rate", "is_staff", "receipt", "receipt_link", "no_receipt")


def follow_story(tx: Session, services: Services, fact: StoryAmountSet) -> Sentence | None:
    """A reaction: let the ledger say what the story says. Raises FormError (`day`) where its books are closed."""
    books, cents = ledger.books_for(tx, fact.me.person_id, fact.day), fact.cents or None
    found = spending_of_story(tx, fact.story_id)
    current = ledger.spending_to_change(tx, found.id or 0) if found else None
    before = (current.cents, current.day) if current else (None, fact.day)
    if before == (cents, fact.day):
        return None
    if current is not None and current.paid_back_at is not None:
        current.is_from_story = cents is not None
        return PAID_BACK
    if cents is not None:
        today = services.clock.today(fact.me.zone)
        reading.must_be_open(fact.day, books.closed_until, today, current.day if current else None)
    columns = _columns(fact, current)
    was_asked = False
    if current is not None:
        was_asked = take_back(tx, services, current, books.closed_until)
        books = ledger.books_of(tx, fact.me.person_id, fact.day)
    if cents is None:
        notices.announce(tx, services, fact.me.office, [fact.me.person_id], is_question=was_asked)
        return None
    spent = booking.book_or_ask(tx, services, fact.me, books, was_asked=was_asked, cents=cents, **columns)
    if spent.verdict is Verdict.ASK:
        return next(iter(spent.remarks), booking.WAITS)
    return FROM_TILL if current is None else None


def follow_words(tx: Session, services: Services, fact: StoryChanged) -> None:
    """A reaction: managers read the first words of a story while its amount waits, as long as the team may."""
    found = spending_of_story(tx, fact.story_id)
    if found is not None and found.status == SpendingStatus.WAITING:
        notices.renew(tx, services, found)
        digests.renew(tx, services)
        notices.announce(tx, services, fact.me.office, [fact.me.person_id], is_question=True)


def follow_gift(tx: Session, services: Services, fact: GiftOnLedger) -> None:
    """A reaction: managers see what is asked of the cupboard, what is withdrawn, and what went above a soft cap."""
    spending = ledger.spending_by_id(tx, fact.spending_id)
    if spending is not None:
        notices.ask(tx, services, fact.me.office, spending)
        notices.renew(tx, services, spending)
        digests.renew(tx, services)
        notices.announce(tx, services, fact.me.office, [spending.person_id], is_question=True)


def _columns(fact: StoryAmountSet, before: Spending | None) -> dict[str, Any]:
    """What is known of it besides the amount: as it was, or as a story says nothing about it."""
    first: dict[str, Any] = {"currency": fact.me.office.currency, "what_for": "", "paid_with": PaidWith.TILL}
    kept = {name: getattr(before, name) for name in KEPT} if before else first
    return kept | {"story_id": fact.story_id, "is_from_story": True}
