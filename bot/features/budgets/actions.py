"""Spending, correcting, taking back, and what is left to spend."""

from dataclasses import asdict, replace
from datetime import date
from typing import Any

from sqlmodel import Session

from bot.features.budgets import booking, digests, notices, own_month, reading, rules
from bot.features.budgets.quoting import as_told
from bot.features.budgets.rules import Balance, SpendingValues, Spent, TypedSpending
from bot.kernel.budgets import Verdict, caps_of, judged, room_in
from bot.kernel.errors import BotError, FormError
from bot.kernel.office import Me
from bot.kernel.roles import must_belong
from bot.services import Services
from storage import spending as ledger
from storage import spending_questions as questions
from storage.spending import LedgerEntry, Spending, SpendingStatus
from storage.stories import story_by_id


def spend(services: Services, me: Me, typed: TypedSpending) -> Spent:
    """Book an expense, or ask the managers for it when it is above the caps. Raises FormError, BotError."""
    must_belong(me)
    values = reading.read_spending(typed, services.clock.today(me.zone), me.office.currency)
    with services.database.writing(me) as tx:
        books = ledger.books_for(tx, me.person_id, values.day)
        reading.must_be_open(values.day, books.closed_until, services.clock.today(me.zone))
        _must_be_own_story(tx, me, values.story_id)
        return booking.book_or_ask(tx, services, me, books, currency=me.office.currency, **_columns(values))


def spend_by_command(services: Services, me: Me, typed: str) -> Spent:
    """Book an expense from one line such as "7,50 bloemen voor een jarige klant": today, own money.

    The same line within two minutes is the same expense, and the answer says so. Raises BotError.
    """
    must_belong(me)
    values = reading.read_line(typed, services.clock.today(me.zone), me.office.currency)
    with services.database.writing(me) as tx:
        books = ledger.books_for(tx, me.person_id, values.day)
        columns = {"currency": me.office.currency} | _columns(values)
        like = Spending(workspace_id=me.workspace_id, person_id=me.person_id, day=values.day, **columns)
        if same := questions.same_spending(tx, like, services.clock.now() - rules.SAME_WITHIN):
            verdict = Verdict.ASK if same.status == SpendingStatus.WAITING else Verdict.BOOK
            return Spent(same, verdict, room_in(me.office.caps, books), is_again=True)
        return booking.book_or_ask(tx, services, me, books, **columns)


def spend_again(services: Services, me: Me, spending_id: int) -> Spent:
    """Book the same amount for the same thing once more: today, own money. Raises BotError."""
    must_belong(me)
    today = services.clock.today(me.zone)
    with services.database.writing(me) as tx:
        books = ledger.books_for(tx, me.person_id, today)
        same = rules.must_be_own(ledger.spending_by_id(tx, spending_id), me.person_id)
        columns = _columns(SpendingValues(same.cents, same.what_for, today))
        return booking.book_or_ask(tx, services, me, books, currency=same.currency, **columns)


def correct_spending(services: Services, me: Me, spending_id: int, typed: TypedSpending) -> Spent:
    """Give one's own expense another content; an amount or a day that changes is a new entry.

    What was booked can't become more than the caps allow: the rest is asked apart. Raises FormError, BotError.
    """
    must_belong(me)
    with services.database.writing(me) as tx:
        ledger.hold_books(tx)
        spending = rules.must_be_correctable(ledger.spending_to_change(tx, spending_id), me.person_id)
        values = reading.read_spending(typed, services.clock.today(me.zone), spending.currency, spending)
        _must_be_own_story(tx, me, None if values.story_id == spending.story_id else values.story_id)
        rules.must_keep_what_is_fixed(spending, values)
        if rules.what_counts(values) == rules.what_counts(spending):
            return _keep_amount(tx, services, me, spending, values)
        return _rebook(tx, services, me, spending, values)


def hurry_spending(services: Services, me: Me, spending_id: int) -> Spending:
    """The customer is waiting: the managers hear at once of what somebody asked. Raises BotError."""
    must_belong(me)
    with services.database.writing(me) as tx:
        spending = rules.must_be_waiting(ledger.spending_to_change(tx, spending_id), me.person_id)
        spending.is_urgent = True
        tx.flush()
        _renew(tx, services, me, spending, is_question=True)
        notices.announce(tx, services, me.office, [me.person_id], is_question=True)
        return spending


def spend_now(services: Services, me: Me, spending_id: int) -> Spending:
    """What fits, or what a manager agreed with, is spent by now; own money is to be paid back from here on.

    Raises BotError.
    """
    must_belong(me)
    with services.database.writing(me) as tx:
        spending = rules.must_be_spendable(ledger.spending_to_change(tx, spending_id), me.person_id)
        spending.is_spent = True
        tx.flush()
        notices.announce(tx, services, me.office, [me.person_id], is_question=False)
        return spending


def undo_spending(services: Services, me: Me, spending_id: int, seen: str = "") -> Spending | None:
    """Take one's own expense back; None when it counted no more already.

    Raises BotError, also when it was seen waiting and a manager has decided since.
    """
    must_belong(me)
    with services.database.writing(me) as tx:
        books = ledger.books_for(tx, me.person_id, services.clock.today(me.zone))
        spending = rules.must_be_undoable(ledger.spending_to_change(tx, spending_id), me.person_id)
        if spending.status in (SpendingStatus.UNDONE, SpendingStatus.REFUSED):
            return None
        if seen == SpendingStatus.WAITING and spending.status != seen:
            budget = me.office.commands["budget"]
            raise BotError(
                "A manager has decided on this meanwhile: see {budget}. There you can undo it.", budget=budget
            )
        was_waiting = take_back(tx, services, spending, books.closed_until)
        notices.announce(tx, services, me.office, [me.person_id], is_question=was_waiting)
        return spending


def spending_to_correct(services: Services, me: Me, spending_id: int) -> Spending:
    """One's own expense that may be corrected, for the form. Raises BotError."""
    must_belong(me)
    with services.database.reading(me) as tx:
        return rules.must_be_correctable(ledger.spending_by_id(tx, spending_id), me.person_id)


def balance(services: Services, me: Me, page: int = 0) -> Balance:
    """What one may spend today, what one spent (`page` counts from 0), and what waits.

    Raises BotError for who can't take part.
    """
    must_belong(me)
    with services.database.reading(me) as tx:
        today = services.clock.today(me.zone)
        done = questions.last_spendings(tx, me.person_id, rules.LISTED + 1, page * rules.LISTED)
        return replace(
            balance_of(tx, me, today),
            month=own_month.month_in(tx, me, today),
            unspent=as_told(tx, questions.unspent_of(tx, me.person_id), me.person_id),
            last=as_told(tx, done[: rules.LISTED], me.person_id),
            page=page,
            has_older=len(done) > rules.LISTED,
        )


def balance_of(tx: Session, me: Me, today: date) -> Balance:
    """What of `balance` stands at Home, within a transaction: nothing that was spent; `today` is their local day."""
    books = ledger.books_of(tx, me.person_id, today)
    return Balance(
        caps=caps_of(me.office.caps, books.own_caps, today),
        spent_day=books.spent_day,
        spent_month=books.spent_month,
        room=room_in(me.office.caps, books),
        minutes_today=questions.minutes_on(tx, me.person_id, today),
        last=(),
        waiting=as_told(tx, questions.waiting_of(tx, me.person_id), me.person_id),
        closed_until=books.closed_until,
    )


def take_back(tx: Session, services: Services, spending: Spending, closed_until: str) -> bool:
    """Let an expense count no more: its entry is taken back, and who was asked sees so; answers whether it waited.

    The caller announces it.
    """
    was_waiting = spending.status == SpendingStatus.WAITING
    ledger.take_back(tx, spending, services.clock.now(), closed_until)
    spending.status = SpendingStatus.UNDONE
    tx.flush()
    notices.renew(tx, services, spending)
    if was_waiting:
        digests.renew(tx, services)
    return was_waiting


def _rebook(tx: Session, services: Services, me: Me, spending: Spending, values: SpendingValues) -> Spent:
    """Another amount or day: what stood is taken back and judged anew, without itself."""
    kept_day, now, was_waiting = spending.day, services.clock.now(), spending.status == SpendingStatus.WAITING
    spending, old = _taken_out(tx, services, spending)
    books = ledger.books_of(tx, me.person_id, values.day)
    reading.must_be_open(values.day, books.closed_until, services.clock.today(me.zone), kept_day)
    verdict = judged(values.cents, me.office.caps, books)
    if verdict is Verdict.ASK and not was_waiting:
        raise FormError({"amount": BotError("That is more than you may spend without asking. Ask for the rest apart.")})
    _write(spending, values)
    if verdict is not Verdict.ASK:
        spending.status, spending.is_over = SpendingStatus.BOOKED, verdict is Verdict.OVER
        ledger.enter(tx, spending, values.cents, now, books.closed_until, corrects=old)
    tx.flush()
    _renew(tx, services, me, spending, is_question=was_waiting)
    return booking.told(tx, services, me, books, spending, verdict, is_question=was_waiting)


def _taken_out(tx: Session, services: Services, spending: Spending) -> tuple[Spending, LedgerEntry | None]:
    """An expense without what stood in the books for it, and that; another row where the books are closed.

    The accountant has what stands there, with its words: what is corrected later is an expense of its own.
    """
    closed = ledger.closed_until(tx)
    is_closed = ledger.is_in_closed_books(tx, spending, closed)
    new = ledger.add_copy(tx, spending) if is_closed else spending
    old = ledger.take_back(tx, spending, services.clock.now(), closed)
    if is_closed:
        spending.status = SpendingStatus.UNDONE
    return new, old


def _keep_amount(tx: Session, services: Services, me: Me, spending: Spending, values: SpendingValues) -> Spent:
    closed = ledger.closed_until(tx)
    is_other = rules.what_is_exported(values) != rules.what_is_exported(spending)
    if is_other and ledger.is_in_closed_books(tx, spending, closed):
        spending, old = _taken_out(tx, services, spending)
        if old is not None:
            now = services.clock.now()
            ledger.enter(tx, spending, old.cents, now, closed, is_asked=old.is_asked, corrects=old)
    _write(spending, values)
    tx.flush()
    books, is_question = ledger.books_of(tx, me.person_id, spending.day), spending.status == SpendingStatus.WAITING
    _renew(tx, services, me, spending, is_question=is_question)
    notices.announce(tx, services, me.office, [me.person_id], is_question=is_question)
    return Spent(spending, Verdict.ASK if is_question else Verdict.BOOK, room_in(me.office.caps, books))


def _renew(tx: Session, services: Services, me: Me, spending: Spending, *, is_question: bool) -> None:
    """Show managers what an expense is about now; `is_question`: it waits, or did until now."""
    notices.renew(tx, services, spending)
    notices.ask(tx, services, me.office, spending)
    if is_question:
        digests.renew(tx, services)


def _must_be_own_story(tx: Session, me: Me, story_id: int | None) -> None:
    if story_id is None:
        return
    story = story_by_id(tx, story_id)
    if story is None or story.teller_id != me.person_id:
        raise FormError({"story_id": BotError("That is not a story of yours.")})


def _write(spending: Spending, values: SpendingValues) -> None:
    for column, value in _columns(values).items():
        setattr(spending, column, value)
    spending.day = values.day


def _columns(values: SpendingValues) -> dict[str, Any]:
    """An expense's content as the record keeps it, but for its day, which the books name."""
    return {name: value for name, value in asdict(values).items() if name != "day"}
