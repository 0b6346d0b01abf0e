"""Who stands where on a leaderboard, who is named, and what would say too much about one person."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby
from typing import TypeVar

from bot.kernel.boards import MIN_GROUP, totals
from bot.kernel.periods import Period, PeriodKind
from bot.kernel.weekly import BoardMode
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
    person_id: int = field(default=0, compare=False)


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
    """Who made fans and isn't on the board.

    Both are empty of a single day, which could be subtracted from a longer one, and where there are fewer than
    MIN_GROUP: then nobody is on the board, or the others work here no more.
    """

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
    total: int | None  # of everybody; None: of a single day, with others
    tied_first: TiedFirst | None = None  # then there are no rows


@dataclass(frozen=True)
class GroupsBoard:
    """The ten groups that made the most fans per head."""

    rows: Sequence[GroupRow]
    others: Others | None  # who is in none of these groups, and made fans; None: there are none
    total: int | None  # of everybody, each counted once; None as with people, and of a day on which few told
    tied_first: TiedFirst | None = None


@dataclass(frozen=True)
class TeamBoard:
    """The team's fans in this period, the last, beside those before it."""

    points: Sequence[tuple[Period, int]]  # without the days on which fewer than MIN_GROUP told
    is_few: bool = False  # this period is such a day

    @property
    def total(self) -> int | None:
        return None if self.is_few else self.points[-1][1]


Board = PeopleBoard | GroupsBoard | TeamBoard


def leaders(tellers: Sequence[Teller]) -> tuple[list[tuple[int, Teller]], TiedFirst | None]:
    """Who is named on the board, with their places; or how many share the first, when that are more than fit."""
    named = sorted((one for one in tellers if one.is_named), key=lambda one: (-one.fans, one.name.casefold(), one.name))
    top, tied = _top(named, lambda one: Decimal(one.fans))
    first = [one for one in named if tied and one.fans == tied.each]
    return _with_enough_others(top, tied, first, lambda shown: _not_among(tellers, {one.person_id for one in shown}))


def people_board(
    tellers: Sequence[Teller], beside: Mapping[int, Beside], kind: PeriodKind = PeriodKind.WEEK
) -> PeopleBoard:
    """The board of these people, each with at least one fan; `beside` has those who are named on it."""
    top, tied = leaders(tellers)
    rows = [_row(place, one, beside.get(one.person_id, Beside())) for place, one in top]
    on_it = {one.person_id for _, one in top}
    if tied:
        on_it = {one.person_id for one in tellers if one.is_named and one.fans == tied.each}
    return PeopleBoard(rows, *_rest(tellers, on_it, kind), tied)


def groups_board(tellers: Sequence[Teller], teams: Sequence[Team], kind: PeriodKind = PeriodKind.WEEK) -> GroupsBoard:
    """The board of these groups; one that is too small, too like another, or made no fans, isn't on it.

    Of a day on which few told it has no numbers: the team's total is left out then too.
    """
    if kind == PeriodKind.DAY and _is_few(len(tellers)):
        return GroupsBoard([], Others(None, None), None)
    fans = {one.person_id: one.fans for one in tellers}
    each = [(team, sum(fans.get(one, 0) for one in team.members)) for team in apart(teams)]
    made = [(team, number, _per_head(number, team)) for team, number in each if number]
    made.sort(key=lambda one: (-one[2], one[0].name.casefold(), one[0].name))
    top, tied = _top(made, lambda one: one[2])
    first = [one for one in made if tied and one[2] == tied.each]
    top, tied = _with_enough_others(
        top, tied, first, lambda shown: _not_among(tellers, {person for team, _, _ in shown for person in team.members})
    )
    rows = [GroupRow(place, team.name, len(team.members), number, share) for place, (team, number, share) in top]
    shown = first if tied else [one for _, one in top]
    on_it = {person for team, _, _ in shown for person in team.members}
    return GroupsBoard(rows, *_rest(tellers, on_it, kind), tied)


def team_board(
    periods: Sequence[Period], by_day: Mapping[date, int], tellers_by_day: Mapping[date, int] | None = None
) -> TeamBoard:
    """The totals of these periods, the oldest first; there is at least one.

    `tellers_by_day` is needed for days alone: what fewer than MIN_GROUP made on one is left out.
    """
    few = {day for day, count in (tellers_by_day or {}).items() if count < MIN_GROUP}
    told = [(period, fans) for period, fans in totals(periods, by_day) if not _is_day_in(few, period)]
    return TeamBoard(told, _is_day_in(few, periods[-1]))


def modes_for(chosen: BoardMode, is_manager: bool) -> list[BoardMode]:
    """The modes in which somebody may see a board: managers all, others the office's and those that say less."""
    modes = list(BoardMode)  # from the one that says the most about people
    return modes if is_manager else modes[modes.index(chosen) :]


def apart(teams: Sequence[Team]) -> list[Team]:
    """The groups whose numbers, however added up and subtracted, are never those of fewer than MIN_GROUP people.

    That holds where whoever is in the same groups as somebody else has enough company: larger groups are taken first,
    and one that would leave fewer alike, in it or beside it, isn't. One that is hardly more than those inside it
    stands back for them.
    """
    found: list[Team] = []
    alike: dict[int, int] = {}  # of each person a number; who has the same is in the same of these groups
    for team in sorted(teams, key=lambda one: (-len(one.members), one.name.casefold(), one.name)):
        inside = Counter(alike.get(one, 0) for one in team.members)
        whole = Counter(alike.values())
        beside = {mark: whole[mark] - count for mark, count in inside.items() if mark}
        if _is_few(len(_beside_those_inside(team, teams))) or len(team.members) < MIN_GROUP:
            continue
        if any(_is_few(count) for count in (*inside.values(), *beside.values())):
            continue
        found.append(team)
        new = {mark: max(whole, default=0) + 1 + at for at, mark in enumerate(inside)}
        alike |= {one: new[alike.get(one, 0)] for one in team.members}
    return found


def _beside_those_inside(team: Team, teams: Sequence[Team]) -> frozenset[int]:
    inside = (one.members for one in teams if one.members < team.members)
    return team.members.difference(*(members for members in inside if len(team.members) - len(members) >= MIN_GROUP))


def _is_few(people: int) -> bool:
    return 0 < people < MIN_GROUP


def _is_day_in(days: Collection[date], period: Period) -> bool:
    return period.kind == PeriodKind.DAY and period.first in days


def _not_among(tellers: Sequence[Teller], on_it: Collection[int]) -> list[int]:
    """Of who works here: no name goes from a board because somebody left the company."""
    return [one.person_id for one in tellers if one.works_here and one.person_id not in on_it]


def _with_enough_others(
    top: list[tuple[int, T]], tied: TiedFirst | None, first: Sequence[T], others: Callable[[Sequence[T]], Sequence[int]]
) -> tuple[list[tuple[int, T]], TiedFirst | None]:
    """Without the lowest places, as long as the others are so few that their number would be one person's.

    `first` are those who share the first place, when that is `tied`. What the team made together stands elsewhere:
    to keep silent about the others is not enough.
    """
    if tied:
        return top, None if _is_few(len(others(first))) else tied
    while top and _is_few(len(others([one for _, one in top]))):
        lowest = top[-1][0]
        top = [(place, one) for place, one in top if place < lowest]
    return top, None


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
    return Row(
        place, teller.name, teller.fans, beside.compliments, beside.ideas, beside.applause, person_id=teller.person_id
    )


def _per_head(fans: int, team: Team) -> Decimal:
    """As it is shown: who have the same number on the board have the same place."""
    return (Decimal(fans) / len(team.members)).quantize(TENTH, ROUND_HALF_UP)


def _rest(tellers: Sequence[Teller], on_it: Collection[int], kind: PeriodKind) -> tuple[Others | None, int | None]:
    """The others, and everybody together."""
    others = [one.fans for one in tellers if one.person_id not in on_it]
    total = sum(one.fans for one in tellers)
    if not others:
        return None, total
    if kind == PeriodKind.DAY:
        return Others(None, None), None
    return Others(None, None) if len(others) < MIN_GROUP else Others(len(others), sum(others)), total
