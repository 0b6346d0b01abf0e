"""What the team can stop doing, when it is agreed, and who may do what with it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from bot.kernel.errors import BotError, FormError, Wrong
from bot.kernel.office import Me
from bot.slack.text import tidy
from storage.to_nots import ToNot

LONGEST = 150  # characters
MOST_MINUTES = 10_000  # a week, of the team together: more is a slip of the finger
MOST = 30  # on the list and proposed: a window holds 100 blocks
VOTES = 3  # colleagues who agree, or one manager; as many end what was agreed on


@dataclass(frozen=True)
class TypedToNot:
    """A form as it was filled in."""

    text: str
    minutes: str


def read_to_not(typed: TypedToNot, there: Collection[ToNot]) -> tuple[str, int]:
    """The words, and the minutes a week. Raises FormError with what is wrong at each field."""
    wrong = Wrong()
    text, minutes = " ".join(tidy(typed.text).split()), _minutes(typed.minutes)
    if error := _wrong_text(text, there):
        wrong["text"] = error
    if minutes is None:
        wrong["minutes"] = BotError("Write the minutes as a whole number, from 1 to {most}.", most=MOST_MINUTES)
    if wrong or minutes is None:
        raise FormError(wrong)
    return text, minutes


def _wrong_text(text: str, there: Collection[ToNot]) -> BotError | None:
    if not any(character.isalnum() for character in text):
        return BotError("What could the team do without? Write it in a few words.")
    if len(text) > LONGEST:
        return BotError("That is too long: {longest} characters at most.", longest=LONGEST)
    if text.casefold() in {one.text.casefold() for one in there}:
        return BotError("That is in the list already.")
    if len(there) >= MOST:
        return BotError("There are {most} already; let one go first.", most=MOST)
    return None


def _minutes(typed: str) -> int | None:
    text = typed.strip()
    minutes = int(text.lstrip("0")[:6] or "0") if text.isascii() and text.isdigit() else 0
    return minutes if 1 <= minutes <= MOST_MINUTES else None


def is_enough(votes: int, *, by_manager: bool) -> bool:
    """Whether a proposal comes on the list, or what is on it goes, now that somebody voted so."""
    return by_manager or votes >= VOTES


def must_be_open(to_not: ToNot | None) -> ToNot:
    """The thing, if it is on the list or proposed. Raises BotError if it isn't."""
    if to_not is None or to_not.ended_on is not None:
        raise BotError("This is not on the list any more.")
    return to_not


def must_be_agreed(to_not: ToNot | None) -> ToNot:
    """The thing, if it is on the list. Raises BotError if it isn't, or not yet."""
    if must_be_open(to_not).agreed_on is None:
        raise BotError("The team hasn't agreed to this yet.")
    return must_be_open(to_not)


def may_withdraw(to_not: ToNot, me: Me) -> bool:
    """Whether somebody may withdraw a proposal: who proposed it, and the managers."""
    return me.is_manager or to_not.proposed_by == me.person_id


def must_let_go(to_not: ToNot | None, me: Me) -> ToNot:
    """The thing, if this person may withdraw it, or vote on letting it go. Raises BotError if not."""
    found = must_be_open(to_not)
    if found.agreed_on is None and not may_withdraw(found, me):
        raise BotError("Only who proposed it, and the managers, can withdraw it.")
    return found


def is_let_go(to_not: ToNot, votes: int, me: Me) -> bool:
    """Whether it ends now: a proposal at once, what was agreed on by a manager or by as many as can agree on it."""
    return to_not.agreed_on is None or is_enough(votes, by_manager=me.is_manager)


def month_of(day: date) -> str:
    """As the record keeps it: YYYY-MM."""
    return f"{day:%Y-%m}"


def minutes_won(to_nots: Iterable[ToNot]) -> int:
    """The minutes a week that all of what was agreed gives back."""
    return sum(one.minutes for one in to_nots if one.agreed_on is not None)
