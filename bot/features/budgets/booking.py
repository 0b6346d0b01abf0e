"""Writing an expense in the books, or asking the managers for it: for all the ways in which money is spent."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlmodel import Session

from bot.features.budgets import notices
from bot.features.budgets.rules import Spent
from bot.i18n.translate import later
from bot.kernel.budgets import Verdict, judged, room_in
from bot.kernel.office import Me
from bot.kernel.sentence import Sentence
from bot.services import Services
from storage import spending as ledger
from storage.spending import Books, Spending, SpendingStatus

WAITS = Sentence(later("The amount waits for a manager."))
NOBODY_DECIDES = Sentence(later("There is no other manager yet who can decide on it. The office's settings name them."))


def book_or_ask(
    tx: Session, services: Services, me: Me, books: Books, *, was_asked: bool = False, **columns: Any
) -> Spent:
    """Book an expense of `me` on the day of these books within the caps; above them it waits for a manager.

    `columns` are those of Spending, without person and day; `was_asked`: it stands in place of what waited until now.
    """
    now, verdict = services.clock.now(), judged(columns["cents"], me.office.caps, books)
    if verdict is Verdict.ASK:
        spending = ledger.add_spending(tx, books, now=now, status=SpendingStatus.WAITING, **columns)
    else:
        spending = ledger.book(tx, books, now=now, is_over=verdict is Verdict.OVER, **columns)
    notices.ask(tx, services, me.office, spending)
    return told(tx, services, me, books, spending, verdict, is_question=was_asked or verdict is Verdict.ASK)


def told(
    tx: Session, services: Services, me: Me, books: Books, spending: Spending, verdict: Verdict, *, is_question: bool
) -> Spent:
    """Announce what happened to an expense; `books` are those before it was booked.

    `is_question`: it waits, or waited until now, which managers see at Home.
    """
    booked = 0 if verdict is Verdict.ASK else spending.cents
    after = replace(books, spent_day=books.spent_day + booked, spent_month=books.spent_month + booked)
    remarks = notices.announce(tx, services, me.office, [me.person_id], is_question=is_question)
    return Spent(spending, verdict, room_in(me.office.caps, after), [*_remarks(tx, me, verdict), *remarks])


def _remarks(tx: Session, me: Me, verdict: Verdict) -> Sequence[Sentence]:
    is_stuck = verdict is Verdict.ASK and not notices.managers_of(tx, me.office, me.person_id)
    return [NOBODY_DECIDES] if is_stuck else []
