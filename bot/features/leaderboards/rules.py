"""Who stands where on a leaderboard, who is named, and what would say too much about one person."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby
from typing import TypeVar

from bot.kernel.boards import MIN_GROUP, totals
from bot.kernel.periods import Period
from storage.boards import Beside, Team, Teller

MOST_ROWS = 10
TENTH = Decimal("0.1")
T = TypeVar("T")


@dataclass(frozen=True)
class Row:
    """Somebody on the board."""

    place: int  # who have as many share it: 1, 1, 3
    name: str
    fans: int
    compliments: int
    ideas: int  # of theirs, that got done
    applause: int


@dataclass(frozen=True)
class GroupRow:
    """A group on the board, of at least MIN_GROUP people."""

    place: int
    name: str
    heads: int
    fans: int
    per_head: Decimal  # one decimal


@dataclass(frozen=True)
class Others:
    """Who made fans and isn't on the board. Of fewer than MIN_GROUP both are empty: "and a few colleagues"."""

    people: int | None
    fans: int | None


@dataclass(frozen=True)
class TiedFirst:
    """So many share the first place that they don't fit on the board."""

    count: int  # people, or groups
    each: Decimal  # fans; of groups those per head


@dataclass(frozen=True)
class PeopleBoard:
    """The ten who made the most fans; nobody is on it who didn't ask for it."""

    rows: Sequence[Row]
    others: Others | None  # None: there are none
    total: int | None  # of everybody who works here; None: together with the rows it would be one person's number
    tied_first: TiedFirst | None = None  # then there are no rows


@dataclass(frozen=True)
class GroupsBoard:
    """The ten groups that made the most fans per head."""

    rows: Sequence[GroupRow]
    others: Others | None  # who is in none of these groups, and made fans; None: there are none
    total: int | None  # of everybody who works here, each counted once; None as with people
    tied_first: TiedFirst | None = None


@dataclass(frozen=True)
class TeamBoard:
    """The team's fans in this period, the last, beside those before it."""

    points: Sequence[tuple[Period, int]]

    @property
    def total(self) -> int:
        return self.points[-1][1]


Board = PeopleBoard | GroupsBoard | TeamBoard


def leaders(tellers: Sequence[Teller]) -> tuple[list[tuple[int, Teller]], TiedFirst | None]:
    """Who is named on the board, with their places; or how many share the first, when that are more than fit."""
    named = sorted((one for one in tellers if one.is_named), key=lambda one: (-one.fans, one.name.casefold(), one.name))
    return _top(named, lambda one: Decimal(one.fans))


def people_board(tellers: Sequence[Teller], beside: Mapping[int, Beside]) -> PeopleBoard:
    """The board of these people, each with at least one fan; `beside` has those who are named on it."""
    top, tied = leaders(tellers)
    rows = [_row(place, one, beside.get(one.person_id, Beside())) for place, one in top]
    on_it = {one.person_id for _, one in top}
    if tied:
        on_it = {one.person_id for one in tellers if one.is_named and one.fans == tied.each}
    others = _others([one for one in tellers if one.person_id not in on_it])
    return PeopleBoard(rows, others, _total(tellers, others), tied)


def groups_board(tellers: Sequence[Teller], teams: Sequence[Team]) -> GroupsBoard:
    """The board of these groups; one that is too small, or made no fans, isn't on it."""
    fans = {one.person_id: one.fans for one in tellers}
    each = [(team, sum(fans.get(one, 0) for one in team.members)) for team in teams if len(team.members) >= MIN_GROUP]
    made = [(team, number, _per_head(number, team)) for team, number in each if number]
    made.sort(key=lambda one: (-one[2], one[0].name.casefold(), one[0].name))
    top, tied = _top(made, lambda one: one[2])
    rows = [GroupRow(place, team.name, len(team.members), number, share) for place, (team, number, share) in top]
    on_it = {person for _, (team, _, _) in top for person in team.members}
    if tied:
        on_it = {person for team, _, share in made if share == tied.each for person in team.members}
    others = _others([one for one in tellers if one.person_id not in on_it])
    return GroupsBoard(rows, others, _total(tellers, others), tied)


def team_board(periods: Sequence[Period], by_day: Mapping[date, int]) -> TeamBoard:
    """The totals of these periods, the oldest first; there is at least one."""
    return TeamBoard(totals(periods, by_day))


def _top(ranked: Sequence[T], score: Callable[[T], Decimal]) -> tuple[list[tuple[int, T]], TiedFirst | None]:
    """The places that fit on the board whole: where a name falls in the alphabet is no merit."""
    found: list[tuple[int, T]] = []
    for each, sharing in groupby(ranked, score):
        equals = list(sharing)
        if len(found) + len(equals) > MOST_ROWS:
            return found, None if found else TiedFirst(len(equals), each)
        place = len(found) + 1
        found += [(place, one) for one in equals]
    return found, None


def _row(place: int, teller: Teller, beside: Beside) -> Row:
    return Row(place, teller.name, teller.fans, beside.compliments, beside.ideas, beside.applause)


def _per_head(fans: int, team: Team) -> Decimal:
    """As it is shown: who have the same number on the board have the same place."""
    return (Decimal(fans) / len(team.members)).quantize(TENTH, ROUND_HALF_UP)


def _others(tellers: Sequence[Teller]) -> Others | None:
    if not tellers:
        return None
    if len(tellers) < MIN_GROUP:
        return Others(None, None)
    return Others(len(tellers), sum(one.fans for one in tellers))


def _total(tellers: Sequence[Teller], others: Others | None) -> int | None:
    return None if others and others.fans is None else sum(one.fans for one in tellers)
