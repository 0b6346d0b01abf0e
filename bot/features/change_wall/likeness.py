"""Whether a new suggestion looks like one that is there: by the words they share."""

import re
import unicodedata
from collections.abc import Sequence

from storage.idea_wall import Candidate

COMPARED = 1000  # of the newest ideas: in a long record the oldest are history
MOST = 3  # that are shown
ALIKE = 0.6  # of the shorter one's words; below it pairs that only share a subject came up
STEM = 5  # letters: klant, klanten and klantenservice are the same word here

# Words that any two suggestions share.
_EMPTY = """
    een het van voor met naar over door onze ons wij julli dat die dit deze als dan ook niet wel meer beter graag kunne
    zoude moete wille laten maken hebbe worde zijn waar hier bij aan uit zou kan moet wil heeft heb klant the and for
    with our from that this can could shoul would have make more bette there their into when what where you your are not
    custo
"""  # each cut to a stem
_SAID_BY_ALL = frozenset(_EMPTY.split())


def stems(text: str) -> frozenset[str]:
    """The words that say what it is about, without accents and endings."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    folded = "".join(letter for letter in letters if not unicodedata.combining(letter))
    words = (word[:STEM] for word in re.findall(r"[^\W_]{3,}", folded))
    return frozenset(words) - _SAID_BY_ALL


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """How much of the shorter one's words the other has too, from 0 to 1; a single shared word counts for half."""
    shared = len(one & other)
    shorter = min(len(one), len(other))
    return shared / max(shorter, 2) if shorter else 0.0


def likely_duplicates(text: str, candidates: Sequence[Candidate]) -> list[int]:
    """The ids of ideas on the wall that a new one may be the same as, the most alike first; three at most.

    Of one that was merged it is the id of what it went into.
    """
    own, into = stems(text), {one.id: one.merged_into for one in candidates}
    scored = [(likeness(own, stems(one.words)), one.id) for one in candidates]
    alike = sorted((pair for pair in scored if pair[0] >= ALIKE), key=lambda pair: (-pair[0], -pair[1]))
    return list(dict.fromkeys(_root(idea_id, into) for _, idea_id in alike))[:MOST]


def _root(idea_id: int, into: dict[int, int | None]) -> int:
    while (further := into.get(idea_id)) is not None:
        idea_id = further
    return idea_id
