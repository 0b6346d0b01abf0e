"""A board says what one would count by hand: over zones, the turns of clock and year, deletions and late entries."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.features.leaderboards.actions import board_of, see_board
from bot.features.leaderboards.rules import GroupsBoard, Others, PeopleBoard, TeamBoard
from bot.kernel.clock import DomainClock
from bot.kernel.office import Me
from bot.kernel.periods import code_of, period_of, previous
from bot.kernel.weekly import BoardMode
from bot.services import Services
from bot.wiring.gateway import me_of
from bot.wiring.requests import Asking
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


def others(made: Mapping[str, int], shown: set[str]) -> tuple[Others | None, int | None]:
    rest = [fans for name, fans in made.items() if name not in shown]
    if not rest:
        return None, sum(made.values())
    return (Others(len(rest), sum(rest)), sum(made.values())) if len(rest) > 3 else (Others(None, None), None)


def check_people(services: Services, me: Me, drawn: World) -> None:
    period = period_of(drawn.kind, drawn.turn.date())
    seen = see_board(services, me, code_of(period), BoardMode.PEOPLE)
    made = drawn.fans(period, works_here)
    named = {one.name: one for one in drawn.people if one.is_named and made[one.name]}

    assert isinstance(seen.board, PeopleBoard)
    assert [vars(row) for row in seen.board.rows] == [
        {
            "place": 1 + sum(made[other] > made[name] for other in named),
            "name": name,
            "fans": made[name],
            "compliments": drawn.compliments(one.number, period),
            "ideas": drawn.ideas(one.number, period),
            "applause": drawn.applause(one.number, period),
        }
        for name, one in sorted(named.items(), key=lambda item: (-made[item[0]], item[0]))
    ]
    assert (seen.board.others, seen.board.total) == others(made, set(named))


def check_groups(services: Services, me: Me, drawn: World) -> None:
    period = period_of(drawn.kind, drawn.turn.date())
    with services.database.reading(me) as tx:
        board = board_of(tx, me.office, period, BoardMode.GROUPS)
    made = drawn.fans(period, works_here)
    teams = {
        f"G{number}": {drawn.people[one].name for one in members if works_here(drawn.people[one])}
        for number, members in enumerate(drawn.groups)
    }
    shown = {name: team for name, team in teams.items() if len(team) > 3 and sum(made.get(one, 0) for one in team)}

    assert isinstance(board, GroupsBoard)
    assert {row.name: (row.heads, row.fans) for row in board.rows} == {
        name: (len(team), sum(made.get(one, 0) for one in team)) for name, team in shown.items()
    }
    assert (board.others, board.total) == others(made, set().union(*shown.values()))


def check_team(services: Services, me: Me, drawn: World) -> None:
    period = period_of(drawn.kind, drawn.turn.date())
    with services.database.reading(me) as tx:
        board = board_of(tx, me.office, period, BoardMode.TEAM)

    assert isinstance(board, TeamBoard)
    assert board.points == [
        (one, sum(drawn.fans(one, lambda _: True).values())) for one in previous(period, len(board.points))
    ]
