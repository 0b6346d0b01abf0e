"""Keeping cupboards: refilling and counting for who keeps one, adding and changing for managers."""

from dataclasses import asdict

from sqlmodel import Session

from bot.features.gifts import posting, rules
from bot.features.gifts.rules import TypedGift
from bot.kernel.errors import BotError, FormError
from bot.kernel.facts import CupboardMoved
from bot.kernel.office import Me
from bot.kernel.roles import must_be_manager
from bot.services import Services
from storage import gifts, people
from storage.gifts import Cupboard, Gift, MoveKind
from storage.people import Person, Standing
from storage.rows import workspace_of


def gift_to_keep(services: Services, me: Me, gift_id: int) -> Gift:
    """A gift, for who refills or counts it. Raises BotError."""
    with services.database.reading(me) as tx:
        return _kept(tx, me, gifts.gift_by_id(tx, gift_id))[1]


def refill(services: Services, me: Me, gift_id: int, typed: str) -> Gift:
    """So many came in. Raises FormError, BotError."""
    with services.database.writing(me) as tx:
        cupboard, gift = _kept(tx, me, gifts.gift_to_move(tx, gift_id))
        try:
            number = rules.read_refill(typed, gift.stock)
        except BotError as error:
            raise FormError({"count": error}) from None
        _move(tx, services, me, cupboard, gift, MoveKind.REFILLED, number)
        return gift


def count(services: Services, me: Me, gift_id: int, typed: str) -> Gift:
    """So many are there: the difference is a move of its own. Raises FormError, BotError."""
    with services.database.writing(me) as tx:
        cupboard, gift = _kept(tx, me, gifts.gift_to_move(tx, gift_id))
        try:
            number = rules.read_number(typed)
        except BotError as error:
            raise FormError({"count": error}) from None
        if number != gift.stock:
            _move(tx, services, me, cupboard, gift, MoveKind.COUNTED, number - gift.stock)
            posting.alert(tx, services, me.office, cupboard, gift)
        return gift


def cupboard_to_change(services: Services, me: Me, cupboard_id: int) -> tuple[Cupboard, Person | None]:
    """A cupboard in use and who keeps it, for the form. Raises BotError."""
    must_be_manager(me)
    with services.database.reading(me) as tx:
        cupboard = rules.must_be_in_use(gifts.cupboard_by_id(tx, cupboard_id))
        return cupboard, gifts.keeper_of(tx, cupboard_id)


def keep_cupboard(
    services: Services, me: Me, name: str, keeper: str, cupboard_id: int | None = None, *, is_open: bool = True
) -> None:
    """Add a cupboard, or change the one that is named; `keeper` is a Slack id, or empty. Raises FormError, BotError."""
    must_be_manager(me)
    try:
        called = rules.read_name(name)
    except BotError as error:
        raise FormError({"name": error}) from None
    with services.database.writing(me) as tx:
        who = _keeper(tx, keeper)
        if cupboard_id is None:
            cupboard = Cupboard(workspace_id=workspace_of(tx), name=called)
        else:
            cupboard = rules.must_be_in_use(gifts.cupboard_by_id(tx, cupboard_id))
        kept_by, cupboard.keeper_id = cupboard.keeper_id, who.id if who else None
        cupboard.name, cupboard.is_open = called, is_open
        tx.add(cupboard)
        tx.flush()
        if not is_open or kept_by != cupboard.keeper_id:
            posting.hand_over(tx, services, me.office, cupboard)
        services.announce(tx, CupboardMoved(me))


def gift_to_change(services: Services, me: Me, gift_id: int) -> Gift:
    """A gift on offer, for the form. Raises BotError."""
    must_be_manager(me)
    return gift_to_keep(services, me, gift_id)


def add_gift(services: Services, me: Me, cupboard_id: int, typed: TypedGift) -> Gift:
    """Put a new kind of gift in a cupboard, with what is there of it. Raises FormError, BotError."""
    must_be_manager(me)
    values, stock = rules.read_gift(typed, me.office.currency)
    with services.database.writing(me) as tx:
        cupboard = rules.must_be_in_use(gifts.cupboard_by_id(tx, cupboard_id))
        gift = Gift(workspace_id=workspace_of(tx), cupboard_id=cupboard.id or 0, **asdict(values))
        tx.add(gift)
        tx.flush()
        # Who fills in that there are few knows it: they needn't hear of it before there were more.
        gift.alerted_at = services.clock.now()
        _move(tx, services, me, cupboard, gift, MoveKind.REFILLED, stock)
        return gift


def change_gift(services: Services, me: Me, gift_id: int, typed: TypedGift) -> Gift:
    """Give a gift another name, price and so on; what is on the ledger stays as it is. Raises FormError, BotError."""
    must_be_manager(me)
    values, _ = rules.read_gift(typed, me.office.currency)
    with services.database.writing(me) as tx:
        cupboard, gift = _kept(tx, me, gifts.gift_to_move(tx, gift_id))
        for column, value in asdict(values).items():
            setattr(gift, column, value)
        if gift.stock > gift.low_at:
            gift.alerted_at = None
        tx.flush()
        posting.follow(tx, services, cupboard, gift)
        services.announce(tx, CupboardMoved(me))
        return gift


def _kept(tx: Session, me: Me, gift: Gift | None) -> tuple[Cupboard, Gift]:
    """A gift that this person may refill and count, with its cupboard. Raises BotError."""
    cupboard = gifts.cupboard_by_id(tx, gift.cupboard_id) if gift else None
    offered = rules.must_be_offered(gift, cupboard)
    in_use = rules.must_be_in_use(cupboard)
    rules.must_keep(in_use, me)
    return in_use, offered


def _move(
    tx: Session, services: Services, me: Me, cupboard: Cupboard, gift: Gift, kind: MoveKind, number: int
) -> None:  # fmt: skip
    if number:
        gifts.move_gift(tx, gift, kind, number, person_id=me.person_id, moved_at=services.clock.now())
    posting.follow(tx, services, cupboard, gift)
    services.announce(tx, CupboardMoved(me))


def _keeper(tx: Session, slack_id: str) -> Person | None:
    """Raises FormError for who can keep nothing."""
    found = people.known_people(tx, [slack_id]) if slack_id else []
    if any(one.standing != Standing.MEMBER for one in found):
        raise FormError({"keeper": BotError("Choose a colleague: a guest or a bot can't keep it.")})
    return next(iter(found), None)
