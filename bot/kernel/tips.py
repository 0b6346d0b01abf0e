"""The coach's tips and the topics of the month: read once, at the start, from files that anybody can edit."""

import re
import tomllib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from importlib.resources.abc import Traversable
from math import gcd
from typing import Any, TypeVar
from zlib import crc32

from storage.stories import Moment

LANGUAGES = ("nl", "en")
MOMENTS = (Moment.SAYING_NO, Moment.COMPLAINT, Moment.QUESTION, Moment.NOT_OURS)  # those of the book
LONGEST_ID, LONGEST_TIP, LONGEST_TITLE, LONGEST_TOPIC = 40, 200, 60, 300  # characters
NOT_AGAIN_FOR = timedelta(days=40)  # a tip that one has seen

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Cost(StrEnum):
    """What following a tip takes."""

    NOTHING = "nothing"
    TIME = "time"
    MONEY = "money"  # a little: within what everybody may spend


@dataclass(frozen=True)
class Tip:
    """One small thing to do for a customer, in each language."""

    id: str
    moment: Moment
    cost: Cost
    texts: Mapping[str, str]  # by language


@dataclass(frozen=True)
class Topic:
    """One idea of the book, introduced in a month."""

    id: str
    titles: Mapping[str, str]  # by language
    texts: Mapping[str, str]


Entry = TypeVar("Entry", Tip, Topic)


def read_tips(path: Traversable) -> tuple[Tip, ...]:
    """The tips in a file such as bot/i18n/tips.toml. Raises ValueError that names the tip and what is wrong."""
    return _read(path, "tip", _tip)


def read_topics(path: Traversable) -> tuple[Topic, ...]:
    """The topics in a file such as bot/i18n/topics.toml, in order. Raises ValueError as `read_tips` does."""
    return _read(path, "topic", _topic)


def seen_since(day: date) -> date:
    """The first day whose tips may not be shown again on `day`."""
    return day - NOT_AGAIN_FOR


def fresh_tip(
    tips: Sequence[Tip], seen: Collection[str], day: date, person_id: int, moment: Moment | None = None
) -> Tip | None:
    """A tip that isn't in `seen`, for this moment when one is given; None when there is none left.

    The same question has the same answer, so a reminder that is made twice says the same; people next to each other
    get different ones.
    """
    fitting = tips if moment is None else [tip for tip in tips if tip.moment == moment]
    left = [tip for tip in fitting if tip.id not in seen]
    # One draw a person, and not one a tip: the tick asks this for everybody who is due.
    return left[crc32(f"{person_id} {day}".encode()) % len(left)] if left else None


def tip_in_turn(tips: Sequence[Tip], day: date, person_id: int) -> Tip:
    """The tip whose turn it is: each comes once in as many days as there are tips, and people begin at different ones.

    Whether somebody had it lately all the same (by asking, or because tips were added) has to be asked. There must be
    at least one.
    """
    return tips[(crc32(b"%d" % person_id) + day.toordinal() * _stride(len(tips))) % len(tips)]


@lru_cache(maxsize=8)
def _stride(count: int) -> int:
    """A step that visits all of so many, and not neighbours, which in the file are about the same moment."""
    return next(step for step in range(max(count * 5 // 8, 1), 2 * count + 1) if gcd(step, count) == 1)


def _read(path: Traversable, kind: str, make: Callable[[Mapping[str, Any]], Entry]) -> tuple[Entry, ...]:
    found: dict[str, Entry] = {}
    for number, written in enumerate(_written(path, kind), start=1):
        try:
            entry = make(written)
            if entry.id in found:
                raise ValueError(f"there is another {kind} with this id")
        except ValueError as error:
            raise ValueError(f"{path.name}, {kind} {written.get('id') or f'number {number}'}: {error}") from None
        found[entry.id] = entry
    return tuple(found.values())


def _written(path: Traversable, kind: str) -> list[Mapping[str, Any]]:
    """What stands in the file, not yet looked at."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))  # Notepad begins a file with a mark
    except UnicodeDecodeError:
        raise ValueError(f"{path.name}: save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{path.name}: {error}. Is there a quote missing, or one too many?") from None
    entries = data.pop(kind, None)
    if data or not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise ValueError(f"{path.name}: every {kind} begins with [[{kind}]], and nothing else stands in the file")
    return entries


def _tip(written: Mapping[str, Any]) -> Tip:
    _must_have_only(written, {"id", "moment", "cost", *LANGUAGES})
    return Tip(
        id=_id(written),
        moment=Moment(_one_of(written, "moment", MOMENTS)),
        cost=Cost(_one_of(written, "cost", tuple(Cost))),
        texts={language: _text(written, language, LONGEST_TIP) for language in LANGUAGES},
    )


def _topic(written: Mapping[str, Any]) -> Topic:
    _must_have_only(written, {"id", *(f"{part}_{language}" for part in ("title", "text") for language in LANGUAGES)})
    return Topic(
        id=_id(written),
        titles={language: _text(written, f"title_{language}", LONGEST_TITLE) for language in LANGUAGES},
        texts={language: _text(written, f"text_{language}", LONGEST_TOPIC) for language in LANGUAGES},
    )


def _must_have_only(written: Mapping[str, Any], names: Collection[str]) -> None:
    if strange := sorted(set(written) - set(names)):
        raise ValueError(f"I don't know {', '.join(strange)}; it has {', '.join(sorted(names))}")


def _id(written: Mapping[str, Any]) -> str:
    name = _text(written, "id", LONGEST_ID)
    if not _ID.fullmatch(name):
        raise ValueError("an id has small letters, digits and single dashes alone")
    return name


def _text(written: Mapping[str, Any], name: str, longest: int) -> str:
    value = written.get(name)
    text = value.strip() if isinstance(value, str) else ""
    if not text:
        raise ValueError(f"{name} is missing")
    if len(text) > longest:
        raise ValueError(f"{name} has {len(text)} characters, and {longest} is the most")
    if not text.isprintable():
        raise ValueError(f"{name} has to be one line, without tabs")
    return text


def _one_of(written: Mapping[str, Any], name: str, known: Sequence[StrEnum]) -> str:
    value = written.get(name)
    if value not in list(known):
        said = f"is {value}" if value else "is missing"
        raise ValueError(f"{name} {said}; it is one of {', '.join(known)}")
    return str(value)
