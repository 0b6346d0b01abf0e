"""What a wall outside Slack shows: which names, how much of a text, when it rests, and who is looked for."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import chain, zip_longest
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.kernel.calendar import due_days
from bot.kernel.office import Office
from storage.compliments import Place
from storage.letters import plain_letters
from storage.people import Part, Person, Standing

COMPLIMENTS, STORIES, IDEAS = 12, 8, 6  # that take turns on a screen: together some six minutes
MOVED_WITHIN = timedelta(days=30)  # after that a change of status is no news any more
ON_SCREEN = 320  # characters of a text: what fits in letters that can be read at six metres
OPENS, CLOSES = time(7), time(19)  # between these somebody may look
PAGE = 20  # rows of a list
SEARCHED = 1000  # rows that one page looks through for words
LONGEST_SEARCH = 100  # characters

T = TypeVar("T")


def is_resting(now: datetime, office: Office) -> bool:
    """Whether nobody is at the office: outside its hours, in its weekends, on its holidays."""
    local = now.astimezone(ZoneInfo(office.zone))
    day = local.date()
    is_open = due_days(day, day, [(date.min, office.workdays)], office.calendar, away=(), free=())
    return not is_open or not OPENS <= local.time() < CLOSES


def first_name(person: Person) -> str:
    """Of who takes part and works here; of anybody else it is empty: they didn't choose to be seen."""
    is_shown = person.part == Part.JOINED and person.standing == Standing.MEMBER
    return person.name.split()[0] if is_shown and person.name.strip() else ""


def excerpt(text: str, longest: int = ON_SCREEN) -> str:
    """A text in one paragraph, cut between two words when it is longer than that many characters."""
    whole = " ".join(text.split())
    if len(whole) <= longest:
        return whole
    cut = whole[: longest - 1]
    between = cut.rsplit(" ", 1)[0] if " " in cut[longest // 2 :] else cut
    return between.rstrip(" ,;:-–") + "…"


def words_of(title: str, about: str) -> tuple[str, str]:
    """An idea's title and what is told about it; that alone, where it begins with the title (which may be cut)."""
    begins = " ".join(title.removesuffix("…").split()).casefold()
    repeats = " ".join(about.split()).casefold().startswith(begins)
    return (about, "") if about and repeats else (title, about)


def mixed(*kinds: Sequence[T]) -> list[T]:
    """One of each kind in turn, for as long as there are any: no kind waits for the whole of another."""
    missing = object()
    in_turn = chain.from_iterable(zip_longest(*kinds, fillvalue=missing))
    return [one for one in in_turn if one is not missing]  # type: ignore[misc]


def search_of(typed: str) -> str:
    """What somebody looks for, without what a database can't keep."""
    return " ".join(typed.replace("\0", " ")[:LONGEST_SEARCH].split())


def matches(search: str, *texts: str) -> bool:
    """Whether each word that is looked for is in one of the texts, with or without accents and capitals."""
    where = plain_letters("\n".join(texts))
    return all(word in where for word in plain_letters(search).split())


def place_of(typed: str) -> Place | None:
    """Where a page of a list begins, from its address; None, the beginning, for anything that isn't a place."""
    day, _, number = typed.partition(".")
    try:
        place = date.fromisoformat(day), int(number)
    except ValueError:
        return None
    return place if 0 <= place[1] < 2**31 else None


def written_place(place: Place) -> str:
    """A place as `place_of` reads it."""
    return f"{place[0].isoformat()}.{place[1]}"
