"""What a gift costs on the ledger, once it is taken: within the caps, or as a manager agreed; and for which company."""

from typing import Any

from sqlmodel import Session

from bot.features.gifts import rules
from bot.i18n.translate import later
from bot.kernel.budgets import Verdict, judged, room_in
from bot.kernel.errors import BotError, FormError
from bot.kernel.facts import GiftOnLedger, HomesOutdated
from bot.kernel.office import Me
from bot.kernel.roles import must_belong
from bot.services import Services
from storage import gifts, people, spending
from storage.gifts import Cupboard, Gift, MoveKind
from storage.spending import Books, PaidWith, Spending, SpendingStatus


def there(tx: Session, gift: Gift | None) -> tuple[Cupboard, Gift]:
    """A gift that can be taken, and its cupboard. Raises BotError if it can't."""
    cupboard = gifts.cupboard_by_id(tx, gift.cupboard_id) if gift else None
    offered = rules.must_be_left(rules.must_be_offered(gift, cupboard))
    return rules.must_be_in_use(cupboard), offered


def book(tx: Session, services: Services, me: Me, gift: Gift, books: Books, more: dict[str, Any]) -> int | None:
    """Book the price of a gift that is taken; what a manager agreed with doesn't count against the caps.

    Answers the expense's id. `more` are columns of the expense. Raises TooDearError when it costs more than may be
    spent without asking.
    """
    if agreed := _agreed(tx, me, gift, is_staff=more["is_staff"]):
        agreed.story_id = more.get("story_id", agreed.story_id)
        return _book_agreed(tx, services, agreed, books)
    verdict = judged(gift.price_cents, me.office.caps, books)
    if verdict is Verdict.ASK:
        left = me.say.money(room_in(me.office.caps, books).cents, me.office.currency)
        price = me.say.money(gift.price_cents, me.office.currency)
        raise rules.TooDearError(
            later(
                "{gift} costs {price}, and without asking you can spend {left} now. In the gift cupboard you can ask"
                " a manager for it."
            ),
            gift=gift.name, price=price, left=left,
        )  # fmt: skip
    return spending.book(
        tx, books, now=services.clock.now(), is_over=verdict is Verdict.OVER, **_columns(gift, me), **more
    ).id


def _book_agreed(tx: Session, services: Services, agreed: Spending, books: Books) -> int | None:
    agreed.is_spent = True
    if spending.standing_entry(tx, agreed.id or 0) is None:  # one of before had its entry when it was agreed with
        agreed.day = books.day
        spending.enter(tx, agreed, agreed.cents, services.clock.now(), books.closed_until, is_asked=True)
    tx.flush()
    return agreed.id


def withdraw_waiting(tx: Session, services: Services, me: Me, gift: Gift, *, is_staff: bool) -> None:
    """Who has taken a gift asks for it no longer, whatever it cost when they asked."""
    for one in gifts.asked_by(tx, me.person_id):
        if (one.gift.id, one.spending.is_staff) == (gift.id, is_staff):
            asked = spending.spending_to_change(tx, one.spending.id or 0)
            if asked is not None and asked.status == SpendingStatus.WAITING:
                asked.status = SpendingStatus.UNDONE
                tx.flush()
                services.announce(tx, GiftOnLedger(me, asked.id or 0))


def ask_for_gift(
    services: Services, me: Me, gift_id: int, *, for_colleague: bool, is_urgent: bool = False
) -> Gift:  # fmt: skip
    """Ask the managers for a gift that costs more than fits; once they agree it can be taken. Raises BotError.

    What was asked already, and not taken since, is asked once. `is_urgent`: the customer is waiting.
    """
    must_belong(me)
    with services.database.writing(me) as tx:
        books = spending.books_for(tx, me.person_id, services.clock.today(me.zone))
        _, gift = there(tx, gifts.gift_to_move(tx, gift_id))
        if not set(_managers(tx, me)) - {me.person_id}:
            raise BotError("There is no other manager yet who can decide on it. The office's settings name them.")
        asked = _asked(tx, me, gift, is_staff=for_colleague) or _ask(
            tx, services, me, gift, books, is_staff=for_colleague
        )
        asked.is_urgent = asked.is_urgent or is_urgent
        tx.flush()
        _announce(tx, services, me, asked)
        return gift


def withdraw_ask(services: Services, me: Me, spending_id: int) -> None:
    """Ask no longer for a gift, or need it no more though a manager agreed. Raises BotError when it was taken."""
    must_belong(me)
    with services.database.writing(me) as tx:
        spending.hold_books(tx)
        mine = {one.spending.id for one in gifts.asked_by(tx, me.person_id)}
        asked = spending.spending_to_change(tx, spending_id) if spending_id in mine else None
        if asked is None or asked.status not in (SpendingStatus.WAITING, SpendingStatus.APPROVED):
            raise BotError("You don't ask for this any more.")
        spending.take_back(tx, asked, services.clock.now(), spending.closed_until(tx))
        asked.status = SpendingStatus.UNDONE
        tx.flush()
        _announce(tx, services, me, asked)


def gift_for_company(services: Services, me: Me, move_id: int) -> tuple[Gift, Spending]:
    """A gift that somebody took for a customer, and its expense, for the form. Raises BotError."""
    must_belong(me)
    with services.database.reading(me) as tx:
        taken = rules.must_be_taken(gifts.move_by_id(tx, move_id), gifts.is_put_back(tx, move_id), me)
        gift, booked = gifts.gift_by_id(tx, taken.gift_id), spending.spending_by_id(tx, taken.spending_id or 0)
        if gift is None:
            raise BotError("This gift is not in the cupboard any more.")
        return gift, rules.must_be_for_customer(booked)


def name_company(services: Services, me: Me, move_id: int, typed: str) -> None:
    """The company of the customer who got it; empty for a private person. Raises FormError, BotError."""
    must_belong(me)
    try:
        company = rules.read_company(typed)
    except BotError as error:
        raise FormError({"company": error}) from None
    with services.database.writing(me) as tx:
        spending.hold_books(tx)
        taken = rules.must_be_taken(gifts.move_by_id(tx, move_id), gifts.is_put_back(tx, move_id), me)
        booked = rules.must_be_for_customer(spending.spending_to_change(tx, taken.spending_id or 0))
        if booked.company == company:
            return
        if spending.is_in_closed_books(tx, booked, spending.closed_until(tx)):
            raise FormError({"company": BotError("The books of that month are closed. Ask a manager about it.")})
        booked.company = company
        tx.flush()


def _ask(tx: Session, services: Services, me: Me, gift: Gift, books: Books, *, is_staff: bool) -> Spending:
    now = services.clock.now()
    asked = spending.add_spending(
        tx, books, now=now, status=SpendingStatus.WAITING, is_spent=False, is_staff=is_staff, **_columns(gift, me)
    )
    gifts.move_gift(tx, gift, MoveKind.ASKED, 0, person_id=me.person_id, spending_id=asked.id, moved_at=now)
    return asked


def _announce(tx: Session, services: Services, me: Me, asked: Spending) -> None:
    """The Homes in one fact, and so in one order: two who act at one moment then don't wait for each other."""
    services.announce(tx, GiftOnLedger(me, asked.id or 0))
    services.announce(tx, HomesOutdated(tuple(sorted({me.person_id, *_managers(tx, me)}))))


def _managers(tx: Session, me: Me) -> list[int]:
    return [one.id or 0 for one in people.colleagues_among(tx, me.office.managers)]


def _asked(tx: Session, me: Me, gift: Gift, *, is_staff: bool) -> Spending | None:
    """What this person asked for this gift as it costs now, and did not take yet; held."""
    for one in gifts.asked_by(tx, me.person_id):
        if (one.gift.id, one.spending.is_staff, one.spending.cents) == (gift.id, is_staff, gift.price_cents):
            return spending.spending_to_change(tx, one.spending.id or 0)
    return None


def _agreed(tx: Session, me: Me, gift: Gift, *, is_staff: bool) -> Spending | None:
    asked = _asked(tx, me, gift, is_staff=is_staff)
    return asked if asked is not None and asked.status == SpendingStatus.APPROVED else None


def _columns(gift: Gift, me: Me) -> dict[str, Any]:
    return {
        "cents": gift.price_cents, "currency": me.office.currency, "what_for": f"{gift.emoji} {gift.name}",
        "paid_with": PaidWith.CUPBOARD,
    }  # fmt: skip
