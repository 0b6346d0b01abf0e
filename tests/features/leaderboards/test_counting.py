"""A board says what one would count by hand: over zones, the turns of clock and year, deletions and late entries."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.features.leaderboards.actions import board_of, see_board
from bot.features.leaderboards.rules import GroupsBoard, Others, PeopleBoard, TeamBoard, apart
from bot.kernel.boards import PAST
from bot.kernel.clock import DomainClock
from bot.kernel.office import Me
from bot.kernel.periods import Period, PeriodKind, code_of, period_of, previous
from bot.kernel.weekly import BoardMode
from bot.services import Services
from bot.wiring.gateway import me_of
from bot.wiring.requests import Asking
from storage.boards import teams
from storage.people import Standing
from tests.fakes import StoppedClock
from tests.features.leaderboards.counted import Someone, World, world

_offices = count(1)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**9))
def test_a_board_says_what_one_would_count_by_hand(services: Services, seed: int) -> None:
    drawn = world(seed)
    now = drawn.turn + timedelta(days=5)
    own = replace(
        services,
        clock=DomainClock(StoppedClock(now)),
        settings=services.settings.model_copy(update={"timezone": drawn.zone}),
    )
    me = me_of(own, Asking(f"T{next(_offices):08}", "U0FATIMA", "Fatima", is_stranger=False, request_key=None))
    with own.database.writing(me) as tx:
        drawn.write(tx)

    check_people(own, me, drawn)
    check_groups(own, me, drawn)
    check_team(own, me, drawn)


def works_here(one: Someone) -> bool:
    return one.standing == Standing.MEMBER


def anybody(_one: Someone) -> bool:
    return True


def others(made: Mapping[str, int], shown: set[str], kind: PeriodKind) -> tuple[Others | None, int | None]:
    rest = [fans for name, fans in made.items() if name not in shown]
    if not rest:
        return None, sum(made.values())
    if kind == PeriodKind.DAY:
        return Others(None, None), None
    return Others(len(rest), sum(rest)) if len(rest) > 3 else Others(None, None), sum(made.values())


def with_enough_others(
    scores: Mapping[str, int | Decimal], members: Mapping[str, set[str]], made: Mapping[str, int]
) -> set[str]:
    """Who stays on the board, when the lowest go until no colleague can be subtracted from what all made together."""
    shown = set(scores)
    while shown and 0 < len(set(made) - set().union(*(members[one] for one in shown))) < 4:
        lowest = min(scores[one] for one in shown)
        shown = {one for one in shown if scores[one] != lowest}
    return shown


def check_people(services: Services, me: Me, drawn: World) -> None:
    period = period_of(drawn.kind, drawn.turn.date())
    seen = see_board(services, me, code_of(period), BoardMode.PEOPLE)
    made, here = drawn.fans(period, anybody), drawn.fans(period, works_here)
    wanting = {one.name: here[one.name] for one in drawn.people if one.is_named and here[one.name]}
    shown = with_enough_others(wanting, {name: {name} for name in wanting}, here)
    named = {one.name: one for one in drawn.people if one.name in shown}

    assert isinstance(seen.board, PeopleBoard)
    assert [(row.person_id, {**vars(row), "person_id": None}) for row in seen.board.rows] == [
        (
            one.id,
            {
                "place": 1 + sum(made[other] > made[name] for other in named),
                "name": name,
                "fans": made[name],
                "compliments": drawn.compliments(one.number, period),
                "ideas": drawn.ideas(one.number, period),
                "applause": drawn.applause(one.number, period),
                "person_id": None,
            },
        )
        for name, one in sorted(named.items(), key=lambda item: (-made[item[0]], item[0]))
    ]
    assert (seen.board.others, seen.board.total) == others(made, set(named), drawn.kind)


def check_groups(services: Services, me: Me, drawn: World) -> None:
    period = period_of(drawn.kind, drawn.turn.date())
    with services.database.reading(me) as tx:
        board = board_of(tx, me.office, period, BoardMode.GROUPS)
        stand_apart = {team.name for team in apart(teams(tx))}
    made, here = drawn.fans(period, anybody), drawn.fans(period, works_here)
    members = {
        f"G{number}": {drawn.people[one].name for one in group if works_here(drawn.people[one])}
        for number, group in enumerate(drawn.groups)
        if f"G{number}" in stand_apart
    }
    fans = {name: sum(here.get(one, 0) for one in team) for name, team in members.items()}
    scores = {
        name: (Decimal(number) / len(members[name])).quantize(Decimal("0.1"), ROUND_HALF_UP)
        for name, number in fans.items()
        if number
    }
    shown = with_enough_others(scores, members, here)

    assert isinstance(board, GroupsBoard)
    if drawn.kind == PeriodKind.DAY and 0 < len(made) < 4:
        assert board == GroupsBoard([], Others(None, None), None)
        return
    assert {row.name: (row.heads, row.fans) for row in board.rows} == {
        name: (len(members[name]), fans[name]) for name in shown
    }
    on_it: set[str] = set().union(*(members[name] for name in shown))
    assert (board.others, board.total) == others(made, on_it, drawn.kind)


def check_team(services: Services, me: Me, drawn: World) -> None:
    period = period_of(drawn.kind, drawn.turn.date())
    with services.database.reading(me) as tx:
        board = board_of(tx, me.office, period, BoardMode.TEAM)

    def made(one: Period) -> Mapping[str, int]:
        return drawn.fans(one, anybody)

    def is_told(one: Period) -> bool:
        return drawn.kind != PeriodKind.DAY or not 0 < len(made(one)) < 4

    assert isinstance(board, TeamBoard)
    assert board.is_few == (not is_told(period))
    assert board.points == [
        (one, sum(made(one).values())) for one in previous(period, PAST[drawn.kind]) if is_told(one)
    ]
