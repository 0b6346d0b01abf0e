"""Who may do what with a gift, when there are few left, and what makes a gift, a cupboard and a count."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import emoji

from bot.kernel.errors import BotError, Wrong
from bot.kernel.money import read_amount
from bot.kernel.office import Me
from bot.kernel.roles import must_be_manager, must_belong
from bot.slack.text import tidy
from storage.gifts import Cupboard, Gift, GiftMove, MoveKind, Says
from storage.spending import Spending, SpendingStatus

PUT_BACK_WITHIN = timedelta(days=31)  # as long as an expense can be told afterwards
LONGEST_NAME = 80  # characters, of a gift and of a place
LONGEST_COMPANY = 150  # characters
MOST = 10_000  # of one gift; more is a slip of the finger
FIRST_EMOJI = "🎁"


class TooDearError(BotError):
    """A gift costs more than this person may spend without asking: a manager can decide on it."""


@dataclass(frozen=True)
class TypedGift:
    """The form of a gift as it was filled in."""

    name: str
    emoji: str = ""
    price: str = ""
    says: str = ""
    stock: str = ""  # of a new one; later it is refilled and counted
    low_at: str = ""
    is_offered: bool = True


@dataclass(frozen=True)
class GiftValues:
    """A gift, checked."""

    name: str
    emoji: str
    price_cents: int
    says: Says | None
    low_at: int
    is_offered: bool = True


def read_gift(typed: TypedGift, currency: str) -> tuple[GiftValues, int]:
    """The gift, and how many of it there are at first; its price is in this currency.

    Raises FormError with what is wrong at each field.
    """
    wrong = Wrong()
    read = wrong.read
    values = GiftValues(
        name=read("name", read_name, typed.name, ""),
        emoji=read("emoji", read_emoji, typed.emoji, ""),
        price_cents=read("price", lambda price: read_amount(price, currency), typed.price, 0),
        says=Says(typed.says) if typed.says in list(Says) else None,
        low_at=read("low_at", read_number, typed.low_at, 0),
        is_offered=typed.is_offered,
    )
    stock = read("stock", read_number, typed.stock, 0)
    wrong.must_be_none()
    return values, stock


def read_name(typed: str) -> str:
    """What a gift or a place is called. Raises BotError."""
    name = " ".join(tidy(typed).split())
    if not any(character.isalnum() for character in name):
        raise BotError("What is it called? A word is enough.")
    if len(name) > LONGEST_NAME:
        raise BotError("That is too long: {longest} characters at most.", longest=LONGEST_NAME)
    return name


def read_emoji(typed: str) -> str:
    """One emoji, such as 🍫 or :chocolate_bar:; without any, a wrapped gift. Raises BotError."""
    drawn = tidy(typed)
    if drawn and not emoji.is_emoji(drawn):
        raise BotError("Choose one emoji, such as 🍫 or :bouquet:.")
    return drawn or FIRST_EMOJI


def read_company(typed: str) -> str:
    """The company of a customer; empty for a private person. Raises BotError."""
    company = " ".join(tidy(typed).split())
    if len(company) > LONGEST_COMPANY:
        raise BotError("That is too long: {longest} characters at most.", longest=LONGEST_COMPANY)
    return company


def read_number(typed: str) -> int:
    """How many there are: 0 or more. Raises BotError."""
    text = typed.strip()
    number = int(text.lstrip("0")[:8] or "0") if text.isascii() and text.isdigit() else None
    if number is None or number > MOST:
        raise BotError("Write it as a whole number, {most} at most.", most=MOST)
    return number


def read_refill(typed: str, stock: int) -> int:
    """How many came in, beside the `stock` that is there. Raises BotError."""
    number = read_number(typed)
    if number == 0:
        raise BotError("How many came in? One or more.")
    if stock + number > MOST:
        raise BotError("Then there would be more than {most}.", most=MOST)
    return number


def must_be_offered(gift: Gift | None, cupboard: Cupboard | None) -> Gift:
    """The gift, if it is in a cupboard that is in use. Raises BotError if not."""
    if gift is None or cupboard is None or not gift.is_offered or not cupboard.is_open:
        raise BotError("This gift is not in the cupboard any more.")
    return gift


def must_be_left(gift: Gift) -> Gift:
    """Raises BotError when somebody took the last one."""
    if gift.stock <= 0:
        raise BotError("Just gone: somebody took the last {gift}.", gift=gift.name)
    return gift


def must_be_in_use(cupboard: Cupboard | None) -> Cupboard:
    """The cupboard, if it is in use. Raises BotError if not."""
    if cupboard is None or not cupboard.is_open:
        raise BotError("This cupboard is not in use any more.")
    return cupboard


def may_keep(cupboard: Cupboard, me: Me) -> bool:
    """Who keeps a cupboard refills and counts it, and so do the managers."""
    return me.is_manager or me.person_id == cupboard.keeper_id


def must_keep(cupboard: Cupboard, me: Me) -> None:
    """Raise BotError for who neither keeps this cupboard nor is a manager."""
    must_belong(me)
    if me.person_id != cupboard.keeper_id:
        must_be_manager(me)


def must_be_returnable(move: GiftMove | None, is_put_back: bool, me: Me, now: datetime) -> GiftMove:
    """The move with which this person took something that they can still put back. Raises BotError if not."""
    move = must_be_taken(move, is_put_back, me)
    if now - move.moved_at > PUT_BACK_WITHIN:
        raise BotError("That was too long ago: at most {days} days back.", days=PUT_BACK_WITHIN.days)
    return move


def must_be_taken(move: GiftMove | None, is_put_back: bool, me: Me) -> GiftMove:
    """The move with which this person took something that is not back. Raises BotError if there is none such."""
    if move is None or move.kind != MoveKind.TAKEN or move.person_id != me.person_id:
        raise BotError("Only who took it can put it back, or say for whom it was.")
    if is_put_back:
        raise BotError("It is back in the cupboard already.")
    return move


def is_for_customer(booked: Spending | None) -> bool:
    """Whether a gift stands on the ledger as one for a customer, so that it can name a company."""
    return booked is not None and not booked.is_staff and booked.status != SpendingStatus.UNDONE


def must_be_for_customer(booked: Spending | None) -> Spending:
    """The expense of a gift for a customer. Raises BotError for another gift."""
    if booked is None or not is_for_customer(booked):
        raise BotError("Only what cost something and was for a customer can name a company.")
    return booked


def must_be_alone(move: GiftMove | None) -> None:
    """Raise BotError for what went with thanks: it comes back with them."""
    if move is not None and move.for_person_id is not None:
        raise BotError("This went with your thanks. Take those back, and it is in the cupboard again.")


def is_alert_due(gift: Gift) -> bool:
    """Whether who keeps the cupboard is to hear how few are left: once, until there are more again."""
    return gift.alerted_at is None and gift.stock <= gift.low_at
