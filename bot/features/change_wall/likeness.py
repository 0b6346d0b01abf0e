"""Whether a new suggestion looks like one that is there: by the words they share, the long ones most."""

import re
from collections.abc import Iterable, Mapping, Sequence

from storage.idea_wall import Candidate
from storage.letters import plain_letters

COMPARED = 1000  # of the newest ideas: in a long record the oldest are history
WHILE_OTHERS_WAIT = 250  # of them, where nobody else can write meanwhile
MOST = 3  # that are shown
ALIKE = 0.6  # of the lighter one's letters; below it pairs that only share a subject came up
STEM = 5  # letters: klant, klanten and klantenservice are the same word here
LONG = 9  # letters: a word such as paraplubak says by itself what an idea is about; a shorter one alone doesn't
HEAVIEST = 10  # letters that count of a word

Words = Mapping[str, str]  # by its stem the longest word with it

# Words that any two suggestions share.
_EMPTY = """
    een het van voor met naar over door onze ons wij julli dat die dit deze als dan ook niet wel meer beter graag kunne
    zoude moete wille laten maken hebbe worde zijn waar hier bij aan uit zou kan moet wil heeft heb klant the and for
    with our from that this can could shoul would have make more bette there their into when what where you your are not
    custo stop elke ieder altij
"""  # each cut to a stem
_SAID_BY_ALL = frozenset(_EMPTY.split())


def stems(text: str) -> Words:
    """The words that say what it is about, without accents, by their beginnings."""
    found = sorted(re.findall(r"[^\W_]{3,}", plain_letters(text)), key=len)
    return {word[:STEM]: word for word in found if word[:STEM] not in _SAID_BY_ALL}


def likeness(one: Words, other: Words) -> float:
    """How much of the lighter one's letters the other has too, from 0 to 1; a single short word is half at most."""
    shared = [_alike(one[stem], other[stem]) for stem in one.keys() & other.keys()]
    lighter = min(_weight(map(len, one.values())), _weight(map(len, other.values())))
    if not shared or not lighter:
        return 0.0
    alike = _weight(shared) / lighter
    return alike if len(shared) > 1 or shared[0] >= LONG else min(alike, 0.5)


def likely_duplicates(text: str, candidates: Sequence[Candidate]) -> list[int]:
    """The ids of ideas on the wall that a new one may be the same as, the most alike first; three at most.

    Of one that was merged it is the id of what it went into. What stands before the first comma or full stop is
    compared by itself too: what follows is the reason, which two who want the same put in different words.
    """
    own, head, into = stems(text), stems(_head(text)), {one.id: one.merged_into for one in candidates}
    scored = [
        (max(likeness(own, stems(one.words)), likeness(head, stems(_head(one.words)))), one.id) for one in candidates
    ]
    alike = sorted((pair for pair in scored if pair[0] >= ALIKE), key=lambda pair: (-pair[0], -pair[1]))
    return list(dict.fromkeys(_root(idea_id, into) for _, idea_id in alike))[:MOST]


def _alike(one: str, other: str) -> int:
    """The letters with which two words begin alike."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _head(text: str) -> str:
    return re.split(r"[,.;:!?\n]", text.strip(), maxsplit=1)[0]


def _weight(lengths: Iterable[int]) -> int:
    return sum(min(length, HEAVIEST) for length in lengths)


def _root(idea_id: int, into: dict[int, int | None]) -> int:
    while (further := into.get(idea_id)) is not None:
        idea_id = further
    return idea_id
