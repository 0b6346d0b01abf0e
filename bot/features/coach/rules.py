"""Which moment somebody means, which tip they get, and what makes a refusal."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.kernel.errors import BotError, Wrong
from bot.kernel.tips import MOMENTS, Tip, fresh_tip
from bot.slack.text import tidy
from storage.stories import Moment

LONGEST_WHAT, LONGEST_WHY = 150, 200  # characters: each comes back in three sentences that one has to be able to say

# What people type, whatever language the bot speaks to them.
_WORDS: Mapping[Moment, Sequence[str]] = {
    Moment.SAYING_NO: (
        *("nee", "nee maar", "nee zeggen", "weigeren", "weigering"),
        *("no", "no but", "say no", "saying no", "refuse", "refusing", "refusal"),
    ),
    Moment.COMPLAINT: ("klacht", "klachten", "klagen", "complaint", "complaints", "complaining"),
    Moment.QUESTION: (
        *("vraag", "vragen", "probleem", "problemen", "question", "questions", "problem", "problems"),
        *("vraag probleem", "vraag of probleem", "vraag of een probleem"),
        *("question problem", "question or problem", "question or a problem"),
    ),
    Moment.NOT_OURS: (
        *("niet van ons", "niet ons probleem", "niet ons", "niet onze zaak", "paraplu"),
        *("not ours", "not our problem", "not us", "umbrella"),
    ),
}
_MOMENT_OF = {word: moment for moment, words in _WORDS.items() for word in words}
_LEADING = re.compile(r"^(?:(?:een|de|het|bij|voor|over|a|an|the|for|about)\b ?)+")


@dataclass(frozen=True)
class Given:
    """A tip for who asked for one, of the moment that was asked for when there was one left of it."""

    tip: Tip | None
    asked: Moment | None = None

    @property
    def is_of_another_moment(self) -> bool:
        return self.tip is not None and self.asked not in (None, self.tip.moment)


@dataclass(frozen=True)
class TypedRefusal:
    """A form as it was filled in."""

    what: str
    why: str = ""


@dataclass(frozen=True)
class Refusal:
    """What has to be refused, and why (empty: unsaid), ready to stand in a sentence."""

    what: str
    why: str = ""


def moment_named(typed: str) -> Moment | None:
    """The moment that somebody means, in Dutch or English; None for no moment in particular. Raises BotError."""
    name = _LEADING.sub("", " ".join(re.sub(r"[\W_]", " ", typed.casefold()).split()))
    if not name:
        return None
    if name not in _MOMENT_OF:
        raise BotError(
            "I have no tips for {typed}. Choose one of these: no, complaint, question, not ours.",
            typed=tidy(typed)[:40],
        )
    return _MOMENT_OF[name]


def moment_of(value: object) -> Moment | None:
    """The moment that a button carries; None when it carries none."""
    return next((moment for moment in MOMENTS if moment == value), None)


def next_tip(tips: Sequence[Tip], seen: Collection[str], day: date, person_id: int, asked: Moment | None) -> Given:
    """A tip that this person hasn't seen: of the moment they asked for, else of another one."""
    tip = fresh_tip(tips, seen, day, person_id, asked) or fresh_tip(tips, seen, day, person_id)
    return Given(tip, asked)


def read_refusal(typed: TypedRefusal) -> Refusal:
    """A form's content. Raises FormError with what is wrong at each field."""
    what, why = _part_of_sentence(typed.what), _part_of_sentence(typed.why)
    wrong = Wrong()
    if not what:
        wrong["what"] = BotError("Write in a few words what you have to say no to.")
    for name, text, longest in (("what", what, LONGEST_WHAT), ("why", why, LONGEST_WHY)):
        if len(text) > longest:
            wrong[name] = BotError("That is too long: {longest} characters at most.", longest=longest)
    wrong.must_be_none()
    return Refusal(_capitalised(what), why)


def _part_of_sentence(typed: str) -> str:
    """The words on one line, without the full stop that our own sentence has; empty when there is no word in it."""
    text = " ".join(tidy(typed).split()).rstrip(" .,;:!?…")
    return text if any(character.isalnum() for character in text) else ""


def _capitalised(text: str) -> str:
    if text.startswith("ij"):  # one letter in Dutch: IJsjes
        return "IJ" + text[2:]
    return text if text[1:2].isupper() else text[0].upper() + text[1:]  # iPhones stay iPhones
