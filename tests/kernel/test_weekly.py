"""When the week's post is due, and what is kept of a manager's choices about it."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.kernel.calendar import Country, HolidayRules
from bot.kernel.weekly import (
    Edited,
    Weekly,
    due_moment,
    edited_as_json,
    edited_in,
    week_due,
    weekly_as_json,
    weekly_in,
)

ZONE = "Europe/Amsterdam"
WORKDAYS = frozenset(range(5))
DUTCH = ((date.min, HolidayRules(Country.NL, good_friday=True)),)
MONDAY = date(2026, 11, 16)
FRIDAYS = Weekly("C0FANS")


def moment(monday: date, weekly: Weekly = FRIDAYS, workdays: frozenset[int] = WORKDAYS) -> datetime | None:
    return due_moment(monday, weekly, workdays, DUTCH, ZONE)


def due(local: str, weekly: Weekly = FRIDAYS) -> date | None:
    now = datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(ZONE)).astimezone(UTC)
    return week_due(now, weekly, WORKDAYS, DUTCH, ZONE)


def test_it_goes_out_on_friday_at_three() -> None:
    assert moment(MONDAY) == datetime(2026, 11, 20, 15, tzinfo=ZoneInfo(ZONE))


def test_before_a_holiday_it_goes_out_on_the_last_working_day() -> None:
    good_friday_week = date(2026, 3, 30)  # and Christmas of 2026 is a Friday

    assert moment(good_friday_week) == datetime(2026, 4, 2, 15, tzinfo=ZoneInfo(ZONE))
    assert moment(date(2026, 12, 21)) == datetime(2026, 12, 24, 15, tzinfo=ZoneInfo(ZONE))


def test_a_day_on_which_the_office_never_works_is_the_working_day_before() -> None:
    assert moment(MONDAY, Weekly("C0FANS", 6, time(9))) == datetime(2026, 11, 20, 9, tzinfo=ZoneInfo(ZONE))


def test_a_week_without_a_working_day_up_to_it_has_none() -> None:
    assert moment(date(2026, 4, 6), Weekly("C0FANS", 0)) is None  # Easter Monday
    assert moment(MONDAY, workdays=frozenset({5})) is None


def test_without_a_channel_it_never_goes_out() -> None:
    assert moment(MONDAY, Weekly()) is None
    assert due("2026-11-20 16:00", Weekly()) is None


@pytest.mark.parametrize(
    ("local", "monday"),
    [
        ("2026-11-20 14:59:59", None),
        ("2026-11-20 15:00", MONDAY),
        ("2026-11-22 23:59", MONDAY),
        ("2026-11-23 11:59", MONDAY),
        ("2026-11-23 12:00", None),
        ("2026-11-19 15:00", None),
        ("2027-01-01 15:00", date(2026, 12, 28)),  # the holiday's week: it was due on Thursday, the 53rd of the year
        ("2026-12-31 15:00", date(2026, 12, 28)),
    ],
)
def test_it_is_due_from_its_hour_until_monday_noon(local: str, monday: date | None) -> None:
    assert due(local) == monday


def test_a_week_before_it_was_chosen_has_none() -> None:
    assert due("2026-11-20 15:00", replace(FRIDAYS, since=MONDAY)) == MONDAY
    assert due("2026-11-20 15:00", replace(FRIDAYS, since=MONDAY + timedelta(days=7))) is None


def test_a_day_with_a_clock_that_changes_has_it_at_its_hour() -> None:
    sunday = Weekly("C0FANS", 6, time(2, 30))
    all_days = frozenset(range(7))
    for monday in (date(2026, 3, 23), date(2026, 10, 19)):  # the nights that are an hour shorter, and longer
        found = due_moment(monday, sunday, all_days, DUTCH, ZONE)
        assert found is not None
        assert found.date() == monday + timedelta(days=6)
        assert week_due(found + timedelta(hours=1), sunday, all_days, DUTCH, ZONE) == monday


def test_what_is_kept_reads_back() -> None:
    weekly, edited = Weekly("C0FANS", 3, time(16, 30), has_digest=False), Edited(MONDAY, "Hoi", is_skipped=True)

    assert weekly_in(weekly_as_json(weekly)) == weekly
    assert edited_in(edited_as_json(edited)) == edited
    assert edited_in(edited_as_json(Edited())) == Edited()
