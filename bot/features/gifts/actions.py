"""Taking a gift from the cupboard and putting it back: stock and ledger as one act."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from bot.features.gifts import booking, posting, rules, screens
from bot.features.gifts.window import Cupboards
from bot.kernel.budgets import Room, room_in
from bot.kernel.errors import BotError
from bot.kernel.facts import CupboardMoved, GiftOnLedger, GiftPromised, GiftReturned
from bot.kernel.office import Me
from bot.kernel.roles import must_belong
from bot.services import Services
from bot.slack.blocks import Json
from storage import gifts, people, spending, thanks
from storage.gifts import Cupboard, Gift, GiftMove, MoveKind
from storage.spending import Books, Spending, SpendingStatus

AT_HOME = 12  # kinds of gifts in one line


@dataclass(frozen=True)
class Took:
    """A gift that was taken, and what this person may still spend today and this month."""

    move_id: int
    gift: Gift
    room: Room
    spending: Spending | None  # None: it costs nothing


def see_cupboards(services: Services, me: Me) -> Cupboards:
    """All that is in the cupboards. Raises BotError for who can't take part."""
    must_belong(me)
    with services.database.reading(me) as tx:
        kept = gifts.everything_kept(tx)
        keepers = people.people_by_ids(tx, {cupboard.keeper_id or 0 for cupboard, _ in kept})
        since = services.clock.now() - rules.PUT_BACK_WITHIN
        mine = gifts.taken_by(tx, me.person_id, since)
        booked = gifts.spendings_of(tx, [move for move, _ in mine])
        asked = gifts.asked_by(tx, me.person_id)
        return Cupboards(kept, {keeper.id or 0: keeper for keeper in keepers}, mine, booked, asked)


def gift_to_take(services: Services, me: Me, gift_id: int) -> tuple[Cupboard, Gift]:
    """A gift of which there are some, for the question for whom it is. Raises BotError."""
    must_belong(me)
    with services.database.reading(me) as tx:
        return booking.there(tx, gifts.gift_by_id(tx, gift_id))


def take_gift(services: Services, me: Me, gift_id: int, *, for_colleague: bool) -> Took:
    """Take one: it goes from the stock, and its price goes on the taker's ledger.

    Raises BotError when it is gone, and TooDearError when it costs more than may be spent without asking.
    """
    must_belong(me)
    with services.database.writing(me) as tx:
        books = spending.books_for(tx, me.person_id, services.clock.today(me.zone))
        gift, move = _take(tx, services, me, gift_id, books, is_staff=for_colleague)
        services.announce(tx, CupboardMoved(me))
        books = spending.books_of(tx, me.person_id, books.day)
        booked = spending.spending_by_id(tx, move.spending_id) if move.spending_id else None
        return Took(move.id or 0, gift, room_in(me.office.caps, books), booked)


def put_back(services: Services, me: Me, move_id: int) -> Gift:
    """Put back what one took; the ledger gets the opposite of its price. Raises BotError."""
    must_belong(me)
    with services.database.writing(me) as tx:
        rules.must_be_alone(gifts.move_by_id(tx, move_id))
        gift = _put_back(tx, services, me, move_id)
        services.announce(tx, CupboardMoved(me))
        return gift


def dismiss_alert(services: Services, me: Me, which: str) -> None:
    """Take the alert away for who doesn't want to see it any more."""
    with services.database.writing(me) as tx:
        posting.take_away(tx, services, which, me.slack_id)


def hand_out(tx: Session, services: Services, fact: GiftPromised) -> None:
    """A reaction: take the gift that goes with thanks. Raises BotError when that can't be, and undoes the thanks."""
    me, given = fact.me, thanks.thanks_by_id(tx, fact.thanks_id)
    if given is None:
        return
    books = spending.books_for(tx, me.person_id, services.clock.today(me.zone))
    story = {"story_id": given.story_id}
    _, move = _take(tx, services, me, fact.gift_id, books, is_staff=True, for_person_id=given.to_id, booked=story)
    given.move_id = move.id
    tx.flush()


def take_in(tx: Session, services: Services, fact: GiftReturned) -> None:
    """A reaction: what went with thanks that were taken back is in the cupboard again, unless it was already."""
    if not gifts.is_put_back(tx, fact.move_id):
        _put_back(tx, services, fact.me, fact.move_id)


def home_card(tx: Session, _services: Services, me: Me) -> list[Json]:
    """At Home: what is at hand to give; nothing where there is no cupboard."""
    return screens.at_hand_card([gift for _, gift in gifts.in_stock(tx, AT_HOME)], me) if gifts.cupboards(tx) else []


def forget_keeper(tx: Session, _services: Services, me: Me) -> None:
    """Nobody keeps what they kept: the managers hear what runs low."""
    for cupboard in gifts.cupboards_kept_by(tx, me.person_id):
        cupboard.keeper_id = None
    tx.flush()


def _take(
    tx: Session, services: Services, me: Me, gift_id: int, books: Books, *, is_staff: bool,
    for_person_id: int | None = None, booked: dict[str, Any] | None = None,
) -> tuple[Gift, GiftMove]:  # fmt: skip
    """Take one of a gift and book it; `booked` are columns of the expense. Raises BotError, TooDearError."""
    cupboard, gift = booking.there(tx, gifts.gift_to_move(tx, gift_id))
    more = {"is_staff": is_staff, **(booked or {})}
    spending_id = booking.book(tx, services, me, gift, books, more) if gift.price_cents else None
    move = gifts.move_gift(
        tx, gift, MoveKind.TAKEN, -1, person_id=me.person_id, for_person_id=for_person_id, spending_id=spending_id,
        moved_at=services.clock.now(),
    )  # fmt: skip
    booking.withdraw_waiting(tx, services, me, gift, is_staff=is_staff)
    if spending_id:
        services.announce(tx, GiftOnLedger(me, spending_id))
    posting.alert(tx, services, me.office, cupboard, gift)
    posting.follow(tx, services, cupboard, gift)
    return gift, move


def _put_back(tx: Session, services: Services, me: Me, move_id: int) -> Gift:
    spending.hold_books(tx)  # before the gift, as in taking: else the two could wait for each other
    found = gifts.move_by_id(tx, move_id)
    gift = gifts.gift_to_move(tx, found.gift_id) if found else None
    now = services.clock.now()
    move = rules.must_be_returnable(found, gifts.is_put_back(tx, move_id), me, now)
    if gift is None:
        raise BotError("This gift is not in the cupboard any more.")
    gifts.move_gift(
        tx, gift, MoveKind.PUT_BACK, -move.count, person_id=me.person_id, for_person_id=move.for_person_id,
        spending_id=move.spending_id, undoes_id=move.id, moved_at=now,
    )  # fmt: skip
    booked = spending.spending_to_change(tx, move.spending_id) if move.spending_id else None
    if booked is not None and booked.status != SpendingStatus.UNDONE:
        spending.take_back(tx, booked, now, spending.closed_until(tx))
        booked.status = SpendingStatus.UNDONE
        tx.flush()
        services.announce(tx, GiftOnLedger(me, booked.id or 0))
    if cupboard := gifts.cupboard_by_id(tx, gift.cupboard_id):
        posting.follow(tx, services, cupboard, gift)
    return gift
