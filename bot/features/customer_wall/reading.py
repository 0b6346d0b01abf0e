"""What somebody typed as a compliment, read and checked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.features.customer_wall.rules import MOST_ABOUT
from bot.kernel.calendar import read_past_day
from bot.kernel.errors import BotError, Wrong
from bot.kernel.wording import letters_in
from bot.slack.photos import read_photo
from bot.slack.text import tidy
from storage.compliments import CameIn, Compliment, Consent

LONGEST = 2000  # characters, as on the page for customers
LONGEST_CUSTOMER, LONGEST_ANSWER = 150, 3000  # characters
DAYS_BACK = 366  # a letter may have lain somewhere; an older day is a slip of the finger
# From the least to the most that is shown of a customer.
CONSENTS = (Consent.NOT_ON_SCREEN, Consent.ANONYMOUS, Consent.FIRST_NAME, Consent.FULL_NAME)


@dataclass(frozen=True)
class TypedCompliment:
    """A form as it was filled in."""

    text: str
    customer: str = ""
    consent: str = Consent.ANONYMOUS
    about: tuple[str, ...] = ()  # Slack ids
    came_in: str = CameIn.TALK
    day: str = ""  # YYYY-MM-DD; empty: today
    photo: str = ""  # Slack's id of a file
    photo_kind: str = ""  # such as png
    without_photo: bool = False  # the one that was there goes


@dataclass(frozen=True)
class ComplimentValues:
    """A compliment's content, checked."""

    text: str
    day: date
    customer: str = ""
    consent: Consent = Consent.ANONYMOUS
    came_in: CameIn = CameIn.TALK
    photo: str | None = None
    about: tuple[str, ...] = ()  # Slack ids


def compliment_text(typed: str, longest: int = LONGEST) -> str:
    """The words of a compliment without what doesn't belong. Raises BotError when they don't make one."""
    text = tidy(typed)
    if not text:
        raise BotError("What did the customer say? Write it in their own words.")
    if len(text) > longest:
        raise BotError(
            "That is {length} characters, and a compliment holds {longest} at most. Can it be a little shorter?",
            length=len(text), longest=longest,
        )  # fmt: skip
    if not letters_in(text):
        raise BotError("There is no word in it yet. What did the customer say?")
    return text


def answer_text(typed: str) -> str:
    """The words that were sent to a customer. Raises BotError when there are none."""
    text = tidy(typed)
    if not any(character.isalnum() for character in text):
        raise BotError("Which words did you send? The next colleague can see then what was promised.")
    if len(text) > LONGEST_ANSWER:
        raise BotError("That is too long: {longest} characters at most.", longest=LONGEST_ANSWER)
    return text


def read_compliment(typed: TypedCompliment, today: date, kept: Compliment | None = None) -> ComplimentValues:
    """A form's content. Raises FormError with what is wrong at each field.

    A compliment that is changed (`kept`) may keep its day, its photo and how it came in; what a customer allowed on the
    page becomes no more than they allowed.
    """
    wrong = Wrong()
    read = wrong.read
    values = ComplimentValues(
        text=read("compliment", lambda text: compliment_text(text, longest_of(kept)), typed.text, ""),
        day=read("day", lambda day: said_day(day, today, kept.day if kept else None), typed.day, today),
        customer=read("customer", _customer, typed.customer, ""),
        consent=read("consent", lambda consent: _consent(consent, kept), typed.consent, Consent.ANONYMOUS),
        came_in=_came_in(typed.came_in, kept),
        photo=read("photo", lambda one: _photo(one, typed, kept), typed.photo, None),
        about=typed.about[:MOST_ABOUT],
    )
    wrong.must_be_none()
    return values


def said_day(typed: str, today: date, kept_day: date | None = None) -> date:
    """The day on which it was said: today, or at most a year back. Raises BotError for another one."""
    return read_past_day(typed, today, DAYS_BACK, kept_day, BotError("That is too long ago: at most a year back."))


def longest_of(kept: Compliment | None) -> int:
    """How many characters its words may have: one that is there may stay as long as it is."""
    return max(LONGEST, len(kept.text)) if kept else LONGEST


def consents_for(kept: Compliment | None) -> Sequence[Consent]:
    """How a compliment may be shown: one that a customer left themselves, no further than they said."""
    if kept is None or kept.came_in != CameIn.PAGE:
        return CONSENTS
    return CONSENTS[: CONSENTS.index(Consent(kept.consent)) + 1]


def _consent(typed: str, kept: Compliment | None) -> Consent:
    if typed not in list(Consent):
        return Consent(kept.consent) if kept else Consent.ANONYMOUS
    if typed not in consents_for(kept):
        raise BotError("The customer didn't allow that much.")
    return Consent(typed)


def _came_in(typed: str, kept: Compliment | None) -> CameIn:
    if kept is not None and (kept.came_in == CameIn.PAGE or typed not in list(CameIn)):
        return CameIn(kept.came_in)
    return CameIn(typed) if typed in list(CameIn) and typed != CameIn.PAGE else CameIn.TALK


def _customer(typed: str) -> str:
    name = " ".join(tidy(typed).split())
    if len(name) > LONGEST_CUSTOMER:
        raise BotError("That is too long: {longest} characters at most.", longest=LONGEST_CUSTOMER)
    return name


def _photo(photo: str, typed: TypedCompliment, kept: Compliment | None) -> str | None:
    return read_photo(photo, typed.photo_kind, typed.without_photo, kept.photo if kept else None)
