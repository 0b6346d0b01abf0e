"""The two clocks: which day it is for whom, and what moving the domain's clock does."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kernel.clock import DomainClock, RealClock, is_double_click, is_zone, local_day, read_zone
from bot.kernel.errors import BotError
from tests.fakes import MONDAY, StoppedClock

MOMENTS = st.datetimes(MONDAY.replace(2020, tzinfo=None), MONDAY.replace(2040, tzinfo=None), timezones=st.just(UTC))


def test_the_real_clock_tells_an_instant_with_its_zone() -> None:
    assert RealClock().now().utcoffset() == timedelta(0)


def test_seconds_never_go_back() -> None:
    clock = RealClock()
    told = [clock.seconds() for _ in range(100)]

    assert told == sorted(told)


def test_the_domain_clock_follows_the_real_one() -> None:
    real = StoppedClock()
    clock = DomainClock(real)

    assert clock.now() == MONDAY
    real.pass_time(minutes=5)
    assert clock.now() == MONDAY + timedelta(minutes=5)


@given(MOMENTS, st.timedeltas(timedelta(0), timedelta(days=400)))
def test_a_moved_clock_runs_on_from_where_it_was_moved(moment: datetime, later: timedelta) -> None:
    real = StoppedClock()
    clock = DomainClock(real)

    clock.move_to(moment)
    assert clock.now() == moment
    real.pass_time(seconds=later.total_seconds())
    assert abs(clock.now() - moment - later) < timedelta(milliseconds=1)


def test_moving_the_domain_clock_leaves_the_real_one_alone() -> None:
    real = StoppedClock()
    DomainClock(real).move_to(MONDAY + timedelta(days=30))

    assert real.now() == MONDAY


def test_who_waits_for_a_time_is_woken_when_the_clock_has_moved() -> None:
    clock = DomainClock(StoppedClock())
    seen: list[datetime] = []
    clock.when_moved(lambda: seen.append(clock.now()))
    clock.when_moved(lambda: seen.append(clock.now()))

    tomorrow = MONDAY + timedelta(days=1)
    clock.move_to(tomorrow)

    assert seen == [tomorrow, tomorrow]


def test_it_is_another_day_elsewhere() -> None:
    late = datetime(2026, 11, 2, 23, 30, tzinfo=UTC)
    clock = DomainClock(StoppedClock(late))

    assert clock.today("Europe/Amsterdam") == date(2026, 11, 3)
    assert clock.today("America/New_York") == date(2026, 11, 2)
    assert clock.today("Pacific/Auckland") == date(2026, 11, 3)


def test_a_day_ends_at_midnight_on_the_night_the_clock_goes_back() -> None:
    """25 October 2026 has 25 hours in Amsterdam."""
    first, last = datetime(2026, 10, 24, 22, 0, tzinfo=UTC), datetime(2026, 10, 25, 22, 59, 59, tzinfo=UTC)

    assert {local_day(first, "Europe/Amsterdam"), local_day(last, "Europe/Amsterdam")} == {date(2026, 10, 25)}
    assert local_day(first - timedelta(seconds=1), "Europe/Amsterdam") == date(2026, 10, 24)
    assert local_day(last + timedelta(seconds=1), "Europe/Amsterdam") == date(2026, 10, 26)


@given(MOMENTS, st.sampled_from(["Europe/Amsterdam", "America/Los_Angeles", "Asia/Kathmandu", "Pacific/Kiritimati"]))
def test_a_moment_has_one_local_day_however_its_zone_is_written(moment: datetime, zone: str) -> None:
    elsewhere = moment.astimezone(ZoneInfo("America/St_Johns"))

    assert local_day(moment, zone) == local_day(elsewhere, zone)
    assert abs(local_day(moment, zone) - moment.date()) <= timedelta(days=1)


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Europe/Amsterdam", "Europe/Amsterdam"),
        (" europe/amsterdam ", "Europe/Amsterdam"),
        ("America/New York", "America/New_York"),
        ("UTC", "UTC"),
    ],
)
def test_a_zone_is_read_however_it_is_written(typed: str, zone: str) -> None:
    assert read_zone(typed) == zone
    assert is_zone(zone)


@pytest.mark.parametrize("typed", ["", "Amsterdam", "Europe/Atlantis", "../../etc/passwd", "Europe/", "{typed}", "+1"])
def test_what_is_no_zone_is_named(typed: str) -> None:
    assert not is_zone(typed)
    with pytest.raises(BotError, match="no time zone"):
        read_zone(typed)


@pytest.mark.parametrize("milliseconds", [0, 200, 699])
def test_a_second_click_at_once_slipped(milliseconds: int) -> None:
    assert is_double_click(MONDAY, MONDAY + timedelta(milliseconds=milliseconds))


@pytest.mark.parametrize("seconds", [1, 60, 86400])
def test_a_later_click_takes_applause_back(seconds: int) -> None:
    assert not is_double_click(MONDAY, MONDAY + timedelta(seconds=seconds))


def test_a_clock_that_went_back_an_hour_makes_no_double_click() -> None:
    assert not is_double_click(MONDAY, MONDAY - timedelta(hours=1))
