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
    first_week,
    time_left,
    week_due,
    weekly_as_json,
    weekly_in,
)

ZONE = "Europe/Amsterdam"
WORKDAYS = frozenset(range(5))
DUTCH = ((date.min, HolidayRules(Country.NL, good_friday=True)),)
MONDAY = date(2026, 11, 16)
FRIDAYS = Weekly("C0FANS")
MONDAYS = Weekly("C0FANS", 0, time(9))


def moment(monday: date, weekly: Weekly = FRIDAYS, workdays: frozenset[int] = WORKDAYS) -> datetime | None:
    return due_moment(monday, weekly, workdays, DUTCH, ZONE)


def due(local: str, weekly: Weekly = FRIDAYS) -> date | None:
    now = datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(ZONE)).astimezone(UTC)
    return week_due(now, weekly, WORKDAYS, DUTCH, ZONE)


@pytest.mark.parametrize(
    ("local", "weekly", "hours"),
    [
        ("2026-11-20T15:00", FRIDAYS, 69),
        ("2026-11-23T11:00", FRIDAYS, 1),
        ("2026-11-23T12:00", FRIDAYS, 0),
        ("2026-11-25T12:00", FRIDAYS, 0),
        ("2026-11-23T09:00", MONDAYS, 24),
        ("2026-11-20T15:00", Weekly(), 0),
    ],
)
def test_a_post_is_news_until_the_next_week_is_under_way(local: str, weekly: Weekly, hours: int) -> None:
    now = datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(ZONE)).astimezone(UTC)

    assert time_left(now, MONDAY, weekly, WORKDAYS, DUTCH, ZONE) == timedelta(hours=hours)


def test_it_goes_out_on_friday_at_three() -> None:
    assert moment(MONDAY) == datetime(2026, 11, 20, 15, tzinfo=ZoneInfo(ZONE))


def test_before_a_holiday_it_goes_out_on_the_last_working_day() -> None:
    good_friday_week = date(2026, 3, 30)  # and Christmas of 2026 is a Friday

    assert moment(good_friday_week) == datetime(2026, 4, 2, 15, tzinfo=ZoneInfo(ZONE))
    assert moment(date(2026, 12, 21)) == datetime(2026, 12, 24, 15, tzinfo=ZoneInfo(ZONE))


def test_a_day_on_which_the_office_never_works_is_the_working_day_before() -> None:
    assert moment(MONDAY, Weekly("C0FANS", 6, time(9))) == datetime(2026, 11, 20, 9, tzinfo=ZoneInfo(ZONE))


def test_a_week_without_a_working_day_up_to_it_has_none() -> None:
    assert moment(date(2026, 3, 30), MONDAYS, frozenset({0})) is None  # the Monday after is Easter's
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


@pytest.mark.parametrize(
    ("local", "monday"),
    [
        ("2026-11-23 08:59", None),
        ("2026-11-23 09:00", MONDAY),
        ("2026-11-23 12:00", MONDAY),
        ("2026-11-24 08:59", MONDAY),
        ("2026-11-24 09:00", None),
        ("2026-11-20 15:00", None),
    ],
)
def test_on_monday_it_is_about_the_week_before_for_a_day(local: str, monday: date | None) -> None:
    assert due(local, MONDAYS) == monday


def test_on_a_monday_off_it_goes_out_on_the_last_working_day_before() -> None:
    assert moment(date(2026, 3, 30), MONDAYS) == datetime(2026, 4, 2, 9, tzinfo=ZoneInfo(ZONE))  # Easter, Good Friday
    assert due("2026-04-02 09:00", MONDAYS) == date(2026, 3, 30)
    assert due("2026-04-06 11:59", MONDAYS) == date(2026, 3, 30)
    assert due("2026-04-07 09:00", MONDAYS) is None


def test_what_is_due_on_sunday_afternoon_is_so_for_a_day() -> None:
    sundays, all_days = Weekly("C0FANS", 6, time(15)), frozenset(range(7))
    for local, monday in (("2026-11-23 14:59", MONDAY), ("2026-11-23 15:00", None)):
        now = datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(ZONE))
        assert week_due(now, sundays, all_days, DUTCH, ZONE) == monday


@pytest.mark.parametrize(
    ("local", "weekly", "monday"),
    [
        ("2026-11-20 14:59", FRIDAYS, MONDAY),
        ("2026-11-20 15:00", FRIDAYS, MONDAY + timedelta(days=7)),
        ("2026-11-21 10:00", Weekly("C0FANS", 6), MONDAY + timedelta(days=7)),  # Sunday is no working day: Friday
        ("2026-11-23 08:00", MONDAYS, MONDAY),
        ("2026-11-23 10:00", MONDAYS, MONDAY + timedelta(days=7)),
        ("2026-11-20 18:00", Weekly(), MONDAY),
    ],
)
def test_the_first_week_is_one_whose_moment_is_to_come(local: str, weekly: Weekly, monday: date) -> None:
    now = datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(ZONE))

    assert first_week(now, weekly, WORKDAYS, DUTCH, ZONE) == monday


def test_changes_of_two_open_weeks_are_kept_and_of_one_that_is_over_not() -> None:
    after, later = MONDAY + timedelta(days=7), MONDAY + timedelta(days=14)
    kept = Edited().with_week(Edited(after, is_skipped=True), [MONDAY, after])
    kept = kept.with_week(Edited(MONDAY, "Hoi"), [MONDAY, after])

    assert kept.of(after) == Edited(after, is_skipped=True)
    assert kept.of(MONDAY) == Edited(MONDAY, "Hoi")
    assert kept.of(later) == Edited(later)
    assert kept.monday == after  # the last one is the one that is seen first
    assert edited_in(edited_as_json(kept)) == kept
    assert kept.with_week(Edited(later, "Dag"), [after, later]).of(MONDAY) == Edited(MONDAY)


def test_what_was_kept_of_one_week_alone_is_still_read() -> None:
    value = {"monday": MONDAY.isoformat(), "words": "Hoi", "is_skipped": True}

    assert edited_in(value) == Edited(MONDAY, "Hoi", is_skipped=True)
    assert edited_as_json(edited_in(value)) == value


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
