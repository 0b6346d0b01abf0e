"""Who stands where on a leaderboard, and what it doesn't say."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.leaderboards.rules import (
    GroupRow,
    GroupsBoard,
    Others,
    PeopleBoard,
    Row,
    TiedFirst,
    apart,
    groups_board,
    leaders,
    people_board,
    team_board,
)
from bot.kernel.periods import PeriodKind, period_of, previous
from storage.boards import Beside, Team, Teller

TELLERS = st.lists(st.tuples(st.integers(1, 6), st.booleans()), max_size=30).map(
    lambda drawn: [teller(number, fans, is_named=named) for number, (fans, named) in enumerate(drawn, 1)]
)
TEAMS = st.lists(st.frozensets(st.integers(1, 30), max_size=9), max_size=14).map(
    lambda drawn: [Team(f"Groep {number}", members) for number, members in enumerate(drawn)]
)


def teller(number: int, fans: int, name: str = "", *, is_named: bool = True) -> Teller:
    return Teller(number, name or f"Collega {number:02}", fans, is_named)


def places(board: PeopleBoard) -> list[tuple[int, str]]:
    return [(row.place, row.name) for row in board.rows]


def test_who_have_as_many_share_a_place() -> None:
    board = people_board([teller(1, 3, "Sanne"), teller(2, 5, "Bram"), teller(3, 5, "Ans"), teller(4, 1, "Eva")], {})

    assert places(board) == [(1, "Ans"), (1, "Bram"), (3, "Sanne"), (4, "Eva")]


def test_a_row_says_what_stands_beside_the_fans() -> None:
    board = people_board([teller(1, 3, "Sanne")], {1: Beside(compliments=2, ideas=1, applause=4)})

    assert board == PeopleBoard([Row(1, "Sanne", 3, 2, 1, 4)], others=None, total=3)


def test_a_place_that_does_not_fit_is_counted_among_the_others() -> None:
    ahead = [teller(number, 9) for number in range(1, 9)]
    tied = [teller(number, 4) for number in range(9, 13)]

    board = people_board(ahead + tied, {})

    assert len(board.rows) == 8
    assert board.others == Others(4, 16)
    assert board.total == 88


def test_a_first_place_that_does_not_fit_names_nobody() -> None:
    board = people_board([*(teller(number, 3) for number in range(12)), *(teller(20 + one, 1) for one in range(5))], {})

    assert board == PeopleBoard([], Others(5, 5), 41, TiedFirst(12, Decimal(3)))


def test_with_a_few_others_the_lowest_places_are_among_them() -> None:
    named = [teller(1, 9, "Sanne"), teller(2, 4, "Bram"), teller(3, 2, "Eva"), teller(4, 2, "Ans")]

    board = people_board([*named, *(teller(5 + one, 5, is_named=False) for one in range(2))], {})

    assert places(board) == [(1, "Sanne"), (2, "Bram")]
    assert (board.others, board.total) == (Others(4, 14), 27)


def test_a_shared_first_place_is_among_the_others_too_where_those_are_few() -> None:
    tied = [teller(number, 3) for number in range(12)]

    board = people_board([*tied, teller(20, 1)], {})

    assert board == PeopleBoard([], Others(13, 37), 37)


def test_where_few_told_at_all_nobody_is_named_beside_what_they_made_together() -> None:
    board = people_board([teller(1, 3, "Sanne"), teller(2, 5, is_named=False)], {})

    assert board == PeopleBoard([], Others(None, None), 8)


def test_few_who_all_want_their_names_on_it_are_named() -> None:
    assert places(people_board([teller(1, 3, "Sanne"), teller(2, 1, "Bram")], {})) == [(1, "Sanne"), (2, "Bram")]


def test_four_others_are_told_together() -> None:
    board = people_board([teller(1, 3, "Sanne"), *(teller(2 + one, 5, is_named=False) for one in range(4))], {})

    assert (board.others, board.total) == (Others(4, 20), 23)


def test_nobody_told_anything() -> None:
    assert people_board([], {}) == PeopleBoard([], None, 0)
    assert groups_board([], []).rows == []


@given(tellers=TELLERS)
def test_whoever_made_fans_counts_once_and_only_those_who_want_it_are_named(tellers: list[Teller]) -> None:
    board = people_board(tellers, {})
    named = {one.name: one for one in tellers if one.is_named}
    tied = (board.tied_first.count, board.tied_first.count * int(board.tied_first.each)) if board.tied_first else (0, 0)
    few = board.others is not None and board.others.people is None

    assert len(board.rows) <= 10
    assert not (board.rows and board.tied_first)
    assert all(named[row.name].fans == row.fans for row in board.rows)
    for row in board.rows:
        assert row.place == 1 + sum(one.fans > row.fans for one in named.values())
        assert sum(other.fans == row.fans for other in board.rows) == sum(
            one.fans == row.fans for one in named.values()
        )
    people = len(board.rows) + tied[0]
    fans = sum(row.fans for row in board.rows) + tied[1]
    assert board.total == sum(one.fans for one in tellers)
    if few:
        assert len(tellers) < 4
        assert people == 0
    else:
        others = board.others or Others(0, 0)
        assert (people + (others.people or 0), fans + (others.fans or 0)) == (len(tellers), board.total)
        assert people == len(tellers) or len(tellers) - people >= 4  # what is left of the team's total


@given(tellers=TELLERS, teams=TEAMS)
def test_of_a_single_day_no_number_of_others_is_told(tellers: list[Teller], teams: list[Team]) -> None:
    for board in (people_board(tellers, {}, PeriodKind.DAY), groups_board(tellers, teams, PeriodKind.DAY)):
        assert board.others in (None, Others(None, None))
        assert board.others is None or board.total is None


@given(tellers=TELLERS)
def test_who_is_named_is_known_before_the_rest_is_asked(tellers: list[Teller]) -> None:
    top, _ = leaders(tellers)

    assert [(place, one.name) for place, one in top] == places(people_board(tellers, {}))


def team(name: str, *members: int) -> Team:
    return Team(name, frozenset(members))


def test_a_small_group_can_win() -> None:
    tellers = [teller(number, 3) for number in range(1, 5)] + [teller(10 + number, 2) for number in range(8)]

    board = groups_board(tellers, [team("Balie", 1, 2, 3, 4), team("Winkel", *range(10, 20))])

    assert board.rows == [
        GroupRow(1, "Balie", 4, 12, Decimal("3.0")),
        GroupRow(2, "Winkel", 10, 16, Decimal("1.6")),
    ]
    assert (board.others, board.total) == (None, 28)


def test_a_group_under_four_people_is_not_shown_by_itself() -> None:
    tellers = [teller(number, 2) for number in range(1, 9)]

    board = groups_board(tellers, [team("Balie", 1, 2, 3, 4), team("Kas", 5, 6, 7)])

    assert [row.name for row in board.rows] == ["Balie"]
    assert board.others == Others(4, 8)


def test_what_is_the_same_on_the_board_has_the_same_place() -> None:
    tellers = [teller(1, 2), teller(11, 3), teller(21, 1)]  # 2 of 7, 3 of 10, 1 of 4

    board = groups_board(tellers, [team("A", *range(1, 8)), team("B", *range(11, 21)), team("C", *range(21, 25))])

    assert [(row.place, row.name, str(row.per_head)) for row in board.rows] == [
        (1, "A", "0.3"),
        (1, "B", "0.3"),
        (1, "C", "0.3"),
    ]


def test_a_group_without_fans_is_not_shown() -> None:
    board = groups_board([teller(1, 2)], [team("A", 1, 2, 3, 4), team("B", 5, 6, 7, 8)])

    assert [row.name for row in board.rows] == ["A"]


@given(tellers=TELLERS, teams=TEAMS)
def test_groups_are_never_so_small_that_a_number_is_one_persons(tellers: list[Teller], teams: list[Team]) -> None:
    board = groups_board(tellers, teams)
    shown = {one.name: one.members for one in teams if one.name in {row.name for row in board.rows}}
    fans = {one.person_id: one.fans for one in tellers}

    assert len(board.rows) <= 10
    assert all(row.heads >= 4 for row in board.rows)
    assert all(row.fans == sum(fans.get(one, 0) for one in shown[row.name]) for row in board.rows)
    assert board.others is None or board.others.people is None or board.others.people >= 4
    assert board.total == sum(fans.values())
    if board.others and board.others.people is None:
        assert (board.rows, len(tellers) < 4) == ([], True)
    if not board.tied_first and board.others and board.others.fans is not None:
        on_it = frozenset().union(*shown.values())
        assert board.others.fans == sum(number for one, number in fans.items() if one not in on_it)


def test_of_two_groups_that_differ_by_one_the_larger_is_shown() -> None:
    tellers = [*(teller(number, 1) for number in range(1, 5)), teller(5, 5)]

    board = groups_board(tellers, [team("Winkel", 1, 2, 3, 4), team("Allen", 1, 2, 3, 4, 5)])

    assert [row.name for row in board.rows] == ["Allen"]


def test_a_group_of_which_one_is_left_beside_the_groups_inside_it_is_not_shown() -> None:
    tellers = [teller(number, number) for number in range(1, 10)]
    inside = [team("Winkel", 1, 2, 3, 4), team("Balie", 5, 6, 7, 8)]

    assert [one.name for one in apart([*inside, team("Allen", *range(1, 10))])] == ["Balie", "Winkel"]
    board = groups_board([*tellers, *(teller(number, 1) for number in range(20, 24))], inside)
    assert board.others == Others(5, 13)


@pytest.mark.parametrize(
    "groups",
    [
        [team("A", 1, 2, 3, 9), team("B", 4, 5, 6, 9)],  # A + B - all of them is 9
        [team("A", 9, 1, 2, 3), team("B", 9, 4, 5, 6), team("C", 1, 2, 3, 4, 5, 6)],  # A + B - C is twice 9
        [team("A", 1, 2, 3, 4, 9), team("B", 5, 6, 7, 8, 9)],
    ],
)
def test_groups_of_which_one_person_is_what_they_have_in_common_are_not_shown_together(groups: list[Team]) -> None:
    assert len(apart(groups)) == 1


def test_somebody_in_two_groups_who_has_company_there_keeps_neither_away() -> None:
    first, second = team("Ochtend", *range(1, 13)), team("BHV", 1, 2, 3, 4, *range(20, 25))

    assert apart([first, second]) == [first, second]


@given(teams=TEAMS)
def test_nobody_is_alone_in_the_groups_that_are_shown(teams: list[Team]) -> None:
    shown = apart(teams)
    alike = Counter(
        tuple(person in one.members for one in shown) for person in frozenset[int]().union(*(o.members for o in shown))
    )

    assert all(count >= 4 for count in alike.values())


def test_of_a_day_on_which_few_told_no_group_has_a_number() -> None:
    winkel = team("Winkel", 1, 2, 3, 4)

    assert groups_board([teller(1, 3)], [winkel], PeriodKind.DAY) == GroupsBoard([], Others(None, None), None)
    assert groups_board([teller(1, 3)], [winkel]).total == 3


def test_the_team_is_measured_against_its_own_past() -> None:
    weeks = previous(period_of(PeriodKind.WEEK, date(2026, 11, 20)), 3)

    board = team_board(weeks, {date(2026, 11, 2): 4, date(2026, 11, 16): 1, date(2026, 11, 20): 2})

    assert [number for _, number in board.points] == [4, 0, 3]
    assert board.total == 3


@pytest.mark.parametrize("fans", [0, 1])
def test_the_team_of_nobody_has_a_total_too(fans: int) -> None:
    day = date(2026, 11, 20)

    assert team_board([period_of(PeriodKind.DAY, day)], {day: fans} if fans else {}).total == fans
