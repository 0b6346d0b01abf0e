"""Whom a compliment is about, what somebody looks for on the wall, and who may do what with a compliment."""

import html
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.kernel.errors import BotError
from bot.kernel.office import Me
from storage.compliments import CameIn, Compliment, Place

MOST_ABOUT = 25  # more names and the longest words don't fit in one message
SAME_WITHIN = timedelta(minutes=2)  # the same words from the same person: Slack showed an error, they tried again
LISTED = 10  # compliments on one page of the window
PRIVATE_NAMES = ("directmessage", "privategroup", "mpdm-")  # the beginning of what Slack calls such conversations

_MENTION = re.compile(r"<@([UW][A-Z0-9]{1,38})(?:\|([^<>]*))?>")
_PLACE = re.compile(r"(\d{4}-\d{2}-\d{2}):([0-9]{1,9})", re.ASCII)


class Period(StrEnum):
    """How far back somebody looks."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


_DAYS = {Period.WEEK: 7, Period.MONTH: 31, Period.QUARTER: 92, Period.YEAR: 366}


@dataclass(frozen=True)
class Looked:
    """What somebody chose in the window, as it came."""

    colleague: str = ""  # a Slack id
    period: str = ""
    came_in: str = ""
    search: str = ""
    before: str = ""  # as place_written writes it; empty: from the newest on


def mentioned(raw: str) -> list[str]:
    """The Slack ids of the people whom a text as Slack sends it mentions; the first ones, each once."""
    return list(dict.fromkeys(found[1] for found in _MENTION.finditer(raw)))[:MOST_ABOUT]


def without_mentions(raw: str) -> str:
    return _MENTION.sub("", raw)


def with_names(raw: str, names: Mapping[str, str]) -> str:
    """The text with the names of `names` (by Slack id) where people are mentioned; of others what Slack calls them.

    A name that is known can be taken out again when it is not to be shown. Who chose a first name from Slack's list and
    typed the rest behind it wrote one name, not a name and a half.
    """

    def named(found: re.Match[str]) -> str:
        name = names.get(found[1]) or found[2]
        return f"@{name}" if name else found[0]

    for slack_id, name in names.items():
        if rests := _rests(name):
            raw = re.sub(rf"(<@{slack_id}(?:\|[^<>]*)?>)\s+(?:{rests})(?!\w|-\w)", r"\1", raw, flags=re.IGNORECASE)
    return _MENTION.sub(named, raw)


def _rests(name: str) -> str:
    """What can stand behind a first name, as a pattern, the longest first; empty for a single word."""
    parts = [re.escape(html.escape(part, quote=False)) for part in name.split()]
    return "|".join(r"\s+".join(parts[first:]) for first in range(1, len(parts)))


def with_marks(raw: str, colleagues: Mapping[str, str]) -> str:
    """The text in which an @ with a whole name became a mention; `colleagues` are names by Slack id.

    Slack sends it as it was typed when nobody was chosen from its list. A name that two people have says not who it is.
    """
    names = [name.casefold() for name in colleagues.values()]
    for slack_id, name in sorted(colleagues.items(), key=lambda one: -len(one[1])):
        if names.count(name.casefold()) == 1:
            spelled = r"\s+".join(re.escape(html.escape(part, quote=False)) for part in name.split())
            raw = re.sub(rf"(?<![\w<@])@{spelled}(?!\w|-\w)", f"<@{slack_id}>", raw, flags=re.IGNORECASE)
    return raw


def has_typed_name(raw: str) -> bool:
    """Whether there is an @ in it that Slack made no mention of."""
    return "@" in without_mentions(raw)


def is_private(channel_id: str, name: str) -> bool:
    """Whether a conversation is, or may be, one that not everybody can read."""
    return not channel_id.startswith("C") or not name or name.startswith(PRIVATE_NAMES)


def since_when(period: str, today: date) -> date | None:
    """The first day of a period that ends today; None for no period, or one that isn't there."""
    return today - timedelta(days=_DAYS[Period(period)] - 1) if period in list(Period) else None


def place_written(compliment: Compliment) -> str:
    """A compliment's place on the wall, as a button carries it."""
    return f"{compliment.day.isoformat()}:{compliment.id}"


def place_in(written: str) -> Place | None:
    """The place that a button carries; None for anything else."""
    found = _PLACE.fullmatch(written)
    try:
        return (date.fromisoformat(found[1]), int(found[2])) if found else None
    except ValueError:
        return None


def must_be_changeable(compliment: Compliment | None, about: Collection[int], me: Me) -> Compliment:
    """The compliment, if this person may change it; `about` are the ids of whom it is about. Raises BotError if not."""
    compliment = must_be_placed(compliment)
    if may_change(compliment, about, me):
        return compliment
    if compliment.came_in == CameIn.PAGE:
        raise BotError("The customer wrote this. Only managers, and colleagues whom they named for it, can change it.")
    raise BotError("Only who entered it, or the colleague it is about, can do that.")


def must_be_withdrawable(compliment: Compliment | None, about: Collection[int], me: Me) -> Compliment:
    """The compliment, if this person may take it off the wall. Raises BotError if not."""
    compliment = must_be_placed(compliment)
    if not may_withdraw(compliment, about, me):
        raise BotError("Only who entered it, or the colleague it is about, can do that.")
    return compliment


def may_change(compliment: Compliment, about: Collection[int], me: Me) -> bool:
    """Who entered it and whom it is about. What a customer wrote themselves: who decides on what comes from outside.

    The form holds the customer's whole name, and the words are theirs: that is nothing for whom it is about.
    """
    if compliment.came_in == CameIn.PAGE:
        return me.is_moderator
    return me.person_id == compliment.entered_by or me.person_id in about


def may_withdraw(compliment: Compliment, about: Collection[int], me: Me) -> bool:
    """Who may change it, and always whom it is about."""
    return me.person_id in about or may_change(compliment, about, me)


def must_be_placed(compliment: Compliment | None) -> Compliment:
    """The compliment, if it is on the wall. Raises BotError if not."""
    if compliment is None or not compliment.is_placed:
        raise BotError("This compliment is not there any more.")
    return compliment


def must_be_waiting(compliment: Compliment | None) -> Compliment:
    """The compliment, if nobody decided on it yet. Raises BotError if somebody did."""
    if compliment is None or compliment.is_placed:
        raise BotError("Somebody decided on this already.")
    return compliment


def must_want_answer(compliment: Compliment | None) -> Compliment:
    """The compliment, if its customer still waits for an answer. Raises BotError if not."""
    if compliment is None:
        raise BotError("This compliment is not there any more.")
    if not compliment.contact:
        raise BotError("This customer was thanked already.")
    return compliment


def must_be_applaudable(compliment: Compliment | None, about: Collection[int], me: Me) -> Compliment:
    """The compliment, if this person may applaud it. Raises BotError if not."""
    compliment = must_be_placed(compliment)
    if me.person_id in about:
        raise BotError("Kind of you, but applause is for your colleagues.")
    return compliment
