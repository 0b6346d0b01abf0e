"""How fast Slack may be called."""

import pytest

from bot.slack.pace import CHANNEL_GAP, WORKSPACE_BURST, WORKSPACE_GAP, Pace
from tests.fakes import StoppedClock


@pytest.fixture
def pace(clock: StoppedClock) -> Pace:
    return Pace(clock.seconds)


def test_a_channel_waits_a_second_after_a_message(pace: Pace, clock: StoppedClock) -> None:
    pace.count(1, "C1")
    assert pace.blocked() == ({(1, "C1")}, set())
    assert pace.wait() == pytest.approx(CHANNEL_GAP)

    clock.pass_time(seconds=CHANNEL_GAP)
    assert pace.blocked() == (set(), set())
    assert pace.wait() is None


def test_the_same_channel_id_in_another_workspace_does_not_wait(pace: Pace) -> None:
    pace.count(1, "C1")

    assert (2, "C1") not in pace.blocked()[0]


def test_a_call_that_posts_nothing_holds_up_no_channel(pace: Pace) -> None:
    pace.count(1)

    assert pace.blocked() == (set(), set())


def test_after_a_burst_a_workspace_goes_on_at_its_average(pace: Pace, clock: StoppedClock) -> None:
    calls = 0
    for _ in range(600):  # a minute, in tenths of a second
        while 1 not in pace.blocked()[1]:
            pace.count(1)
            calls += 1
        clock.pass_time(seconds=0.1)

    assert 60 / WORKSPACE_GAP <= calls <= 60 / WORKSPACE_GAP + WORKSPACE_BURST + 2
    assert pace.blocked()[1] <= {1}


def test_a_quiet_workspace_is_not_held_up_by_a_busy_one(pace: Pace) -> None:
    for _ in range(100):
        pace.count(1)

    assert pace.blocked()[1] == {1}


def test_the_wait_is_that_of_the_first_that_may_go_on(pace: Pace, clock: StoppedClock) -> None:
    pace.pause(1, "C1", 30)
    pace.pause(1, "C2", 5)

    assert pace.wait() == pytest.approx(5)
    clock.pass_time(seconds=6)
    assert pace.blocked()[0] == {(1, "C1")}


def test_a_pause_that_slack_asked_for_is_not_shortened_by_a_message(pace: Pace, clock: StoppedClock) -> None:
    pace.pause(1, "C1", 30)
    pace.count(1, "C1")  # one that was under way already
    clock.pass_time(seconds=CHANNEL_GAP)

    assert (1, "C1") in pace.blocked()[0]


def test_a_pace_that_is_lifted_counts_nothing_and_comes_back(pace: Pace) -> None:
    with pace.lifted():
        pace.count(1, "C1")
    assert pace.blocked() == (set(), set())

    pace.count(1, "C1")
    assert pace.blocked()[0] == {(1, "C1")}
