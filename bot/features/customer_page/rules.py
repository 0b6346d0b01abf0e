"""What a customer's form has to hold, how much may be sent, and who may do what with it."""

import re
from base64 import urlsafe_b64encode
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from ipaddress import IPv6Address, ip_address, ip_network

from bot.kernel.errors import BotError, FormError, Wrong
from bot.slack.text import tidy
from storage.compliments import Consent
from storage.customers import CustomerNote, NoteKind
from storage.letters import plain_letters
from storage.people import Part, Person, Standing

LONGEST = 2000  # characters
LONGEST_NAME, LONGEST_CONTACT = 100, 200  # characters
FEWEST_DIGITS = 6  # of a telephone number
BY_ADDRESS, BY_LINK = 10, 100  # times that the form may be sent …
WITHIN = timedelta(hours=1)  # … in this time
SAME_WITHIN = timedelta(minutes=2)
TAKEN_FOR = timedelta(hours=24)  # a working day and the night after it; then another may take a call over
MOST_WISHES = 20  # languages that a browser may name
NETWORK = 64  # bits of an IPv6 address that a household shares

_WEIGHT = re.compile(r"q=([01](?:\.[0-9]{0,3})?)")


class Door(StrEnum):
    """What a customer comes for."""

    COMPLIMENT = "compliment"
    BETTER = "better"
    CALL = "call"


class TooManyError(Exception):
    """This address, or everybody together, sent so much that they had better wait a while."""


@dataclass(frozen=True)
class Typed:
    """A form as it was filled in."""

    door: Door
    text: str = ""
    name: str = ""
    whom: str = ""
    consent: str = Consent.ANONYMOUS
    contact: str = ""
    once: str = ""  # what this very form carries, so that sending it twice counts once
    website: str = ""  # a field that people don't see


@dataclass(frozen=True)
class Said:
    """What a customer said, checked."""

    text: str = ""
    name: str = ""
    whom: str = ""
    consent: Consent = Consent.ANONYMOUS
    contact: str = ""


def door_in(typed: str) -> Door | None:
    return Door(typed) if typed in list(Door) else None


def typed_form(fields: Mapping[str, str]) -> Typed | None:
    """The fields of a form that was sent, by their names; None when it is for no door."""
    door = door_in(fields.get("door", ""))
    if door is None:
        return None
    known = ("text", "name", "whom", "consent", "contact", "once", "website")
    return Typed(door, **{name: fields[name] for name in known if name in fields})


def read_form(typed: Typed) -> Said:
    """The form's content. Raises FormError with what is wrong at each field."""
    wrong = Wrong()
    read = wrong.read
    text = read("text", _words if typed.door is Door.CALL else _some_words, typed.text, "")
    if typed.door is Door.BETTER:
        said = Said(text)
    elif typed.door is Door.CALL:
        said = Said(text, read("name", _name, typed.name, ""), contact=read("contact", _telephone, typed.contact, ""))
    else:
        consent = Consent(typed.consent) if typed.consent in list(Consent) else Consent.ANONYMOUS
        said = Said(
            text,
            read("name", _shown_name if is_named(consent) else _name, typed.name, ""),
            read("whom", _name, typed.whom, ""),
            consent,
            read("contact", _contact, typed.contact, ""),
        )
    wrong.must_be_none()
    return said


def is_named(consent: Consent) -> bool:
    return consent in (Consent.FULL_NAME, Consent.FIRST_NAME)


def answer_text(typed: str) -> str:
    """What a colleague heard from a customer. Raises BotError when there are no words in it, or too many."""
    return _some_words(typed)


def answer_of_form(typed: str) -> str:
    """The same, from a form. Raises FormError."""
    try:
        return answer_text(typed)
    except BotError as error:
        raise FormError({"text": error}) from None


def _some_words(typed: str) -> str:
    text = _words(typed)
    if not any(character.isalnum() for character in text):
        raise BotError("Write it in a few words.")
    return text


def _words(typed: str) -> str:
    text = tidy(typed)
    if len(text) > LONGEST:
        raise BotError(
            "That is {length} characters, and {longest} fit. Can it be a little shorter?",
            length=len(text), longest=LONGEST,
        )  # fmt: skip
    return text


def _name(typed: str) -> str:
    return _short(typed, LONGEST_NAME)


def _shown_name(typed: str) -> str:
    name = _name(typed)
    if not any(character.isalpha() for character in name):
        raise BotError("Write the name that may be shown, or choose to stay anonymous.")
    return name


def _contact(typed: str) -> str:
    return _short(typed, LONGEST_CONTACT)


def _telephone(typed: str) -> str:
    contact = _contact(typed)
    if sum(character.isdigit() for character in contact) < FEWEST_DIGITS:
        raise BotError("On which number can we call? Write it with the area code.")
    return contact


def _short(typed: str, longest: int) -> str:
    """A line of words."""
    text = " ".join(tidy(typed).split())
    if len(text) > longest:
        raise BotError("That is too long: {longest} characters at most.", longest=longest)
    return text


def is_trapped(typed: Typed) -> bool:
    """Whether a program filled in the form: no person sees that field."""
    return bool(typed.website)


def must_be_few(by_address: int, by_link: int) -> None:
    """Raise TooManyError when the form was sent so often within the hour."""
    if by_address >= BY_ADDRESS or by_link >= BY_LINK:
        raise TooManyError


def sender_of(address: str, link_token: str) -> str:
    """What an address is known by at one link, and leads back to nobody: a hash.

    Of an IPv6 address the network counts, for a household has billions of them.
    """
    try:
        number = ip_address(address)
        known = str(ip_network(f"{number}/{NETWORK}", strict=False)) if isinstance(number, IPv6Address) else address
    except ValueError:
        known = address
    return sha256(f"{link_token}:{known}".encode()).hexdigest()


def own_token(link_token: str, once: str, door: Door, said: Said) -> str:
    """The token of a customer's own link: as random as `once`, and the same when the same form is sent again."""
    whole = "\0".join((link_token, once, door, said.text, said.name, said.whom, said.consent, said.contact))
    return urlsafe_b64encode(sha256(whole.encode()).digest()).decode().rstrip("=")


def preferred_language(accepted: str, known: Collection[str]) -> str | None:
    """The first of the languages that we speak in a browser's wishes, such as `fr;q=0.9, nl-BE, en;q=0.8`."""
    wishes = [_wish(wish) for wish in accepted.split(",")[:MOST_WISHES]]
    best = sorted((wish for wish in wishes if wish[1] > 0), key=lambda wish: -wish[1])
    return next((language for language, _ in best if language in known), None)


def _wish(wish: str) -> tuple[str, float]:
    language, _, weight = wish.partition(";")
    found = _WEIGHT.fullmatch(weight.strip())
    return language.strip().lower().partition("-")[0], float(found[1]) if found else 0.0 if weight else 1.0


def first_name(name: str) -> str:
    return next(iter(name.split()), "")


def name_on_page(colleague: Person | None) -> str:
    """What the page calls the colleague whom a link is about; empty for who left, or doesn't take part."""
    if colleague is None or colleague.standing != Standing.MEMBER or colleague.part != Part.JOINED:
        return ""
    return first_name(colleague.name)


def colleague_meant(whom: str, colleagues: Sequence[Person]) -> Person | None:
    """The one colleague of that name, or first name; None when it is nobody, or could be several."""
    wanted = plain_letters(whom).split()
    named = [(one, plain_letters(one.name).split()) for one in colleagues]
    for found in (
        [one for one, name in named if wanted and name == wanted],
        [one for one, name in named if wanted and name[:1] == wanted],
    ):
        if found:
            return found[0] if len(found) == 1 else None
    return None


def must_be_open_call(note: CustomerNote | None) -> CustomerNote:
    """The call that is still to be made. Raises BotError when it was, or is gone."""
    if note is None or note.kind != NoteKind.CALL or note.settled_at is not None:
        raise BotError("Somebody called this customer already.")
    return note


def must_be_answer(note: CustomerNote | None) -> CustomerNote:
    """The answer to the open question. Raises BotError when it is gone."""
    if note is None or note.kind != NoteKind.ANSWER:
        raise BotError("This answer is not there any more.")
    return note


def must_be_unsettled(note: CustomerNote | None) -> CustomerNote:
    """The answer, if no idea was made of it yet. Raises BotError."""
    found = must_be_answer(note)
    if found.settled_at is not None:
        raise BotError("It became an idea already.")
    return found


def is_free(note: CustomerNote, taker: Person | None, managers: Collection[str]) -> bool:
    """Whether somebody can take it up: nobody did, or who did has left, or is not among the managers (Slack ids)."""
    if note.taken_at is None or taker is None:
        return True
    return taker.standing != Standing.MEMBER or taker.slack_id not in managers


def is_late(note: CustomerNote, now: datetime) -> bool:
    """Whether a call was taken up so long ago, and is still open, that another may take it over."""
    return note.settled_at is None and note.taken_at is not None and now - note.taken_at >= TAKEN_FOR
