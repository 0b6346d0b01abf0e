"""How people write a day, week, month, quarter or year, and which one they mean."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.i18n.translate import speakers
from bot.kernel.boards import PAST, totals
from bot.kernel.errors import BotError
from bot.kernel.periods import DAY, Period, PeriodKind, code_of, name_of, period_of, previous, read_period


def at(month: int, day: int, clock: str, year: int = 2026) -> datetime:
    """A moment on the office's clock."""
    return datetime.combine(date(year, month, day), time.fromisoformat(clock), ZoneInfo("Europe/Amsterdam"))


FRIDAY = at(11, 20, "15:00")  # in week 47
DAYS = st.dates(date(2019, 1, 1), date(2040, 12, 31))
KINDS = st.sampled_from(PeriodKind)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "2026-W47"),
        ("vandaag", "2026-11-20"),
        ("Today", "2026-11-20"),
        ("gisteren", "2026-11-19"),
        ("2026-11-02", "2026-11-02"),
        ("week", "2026-W47"),
        ("deze week", "2026-W47"),
        ("  Vorige   week ", "2026-W46"),
        ("last week", "2026-W46"),
        ("week 47", "2026-W47"),
        ("wk 3", "2026-W03"),
        ("week 48", "2025-W48"),
        ("week 47-2025", "2025-W47"),
        ("week 47/2025", "2025-W47"),
        ("wk. 47", "2026-W47"),
        ("laatste week", "2026-W46"),
        ("20 november", "2026-11-20"),
        ("20 november 2025", "2025-11-20"),
        ("21 nov.", "2025-11-21"),
        ("29 februari", "2024-02-29"),
        ("20-11-2026", "2026-11-20"),
        ("vandaag.", "2026-11-20"),
        ("week 47 ...", "2026-W47"),
        ("3e kwartaal", "2026-Q3"),
        ("3e kwartaal 2025", "2025-Q3"),
        ("2nd quarter", "2026-Q2"),
        ("week 1 2025", "2025-W01"),
        ("week 1 van 2025", "2025-W01"),
        ("2026-w7", "2026-W07"),
        ("2020-W53", "2020-W53"),
        ("maand", "2026-11"),
        ("vorige maand", "2026-10"),
        ("last month", "2026-10"),
        ("november", "2026-11"),
        ("December", "2025-12"),
        ("december 2024", "2024-12"),
        ("mei", "2026-05"),
        ("may", "2026-05"),
        ("mrt 2025", "2025-03"),
        ("sept.", "2026-09"),
        ("2026-02", "2026-02"),
        ("kwartaal", "2026-Q4"),
        ("vorig kwartaal", "2026-Q3"),
        ("last quarter", "2026-Q3"),
        ("Q3", "2026-Q3"),
        ("q4", "2026-Q4"),
        ("Q1 2025", "2025-Q1"),
        ("kwartaal 2", "2026-Q2"),
        ("2025-Q4", "2025-Q4"),
        ("jaar", "2026"),
        ("this year", "2026"),
        ("vorig jaar", "2025"),
        ("2024", "2024"),
    ],
)
def test_a_period_is_read_as_people_write_it(typed: str, code: str) -> None:
    assert code_of(read_period(typed, FRIDAY)) == code


@pytest.mark.parametrize(
    ("now", "code"),
    [
        (at(11, 22, "23:59"), "2026-W47"),
        (at(11, 23, "00:00"), "2026-W47"),
        (at(11, 23, "11:59"), "2026-W47"),
        (at(11, 23, "12:00"), "2026-W48"),
        (at(11, 24, "08:00"), "2026-W48"),
        (at(1, 4, "09:00", 2027), "2026-W53"),
    ],
)
def test_until_monday_noon_the_week_that_people_mean_is_the_last_one(now: datetime, code: str) -> None:
    assert code_of(read_period("", now)) == code


@pytest.mark.parametrize("typed", ["2026-W48", "2026-W53", "2026-12", "december 2026", "2026-11-21", "2027", "2027-Q1"])
def test_a_period_that_is_to_come_is_refused(typed: str) -> None:
    with pytest.raises(BotError, match="still to come"):
        read_period(typed, FRIDAY)


@pytest.mark.parametrize("typed", ["2026-W54", "2025-W53", "week 0 2026", "week 53 2025"])
def test_a_week_that_does_not_exist_is_refused(typed: str) -> None:
    with pytest.raises(BotError, match="has no week"):
        read_period(typed, FRIDAY)


@pytest.mark.parametrize("typed", ["week 54", "week 99", "week 0", "wk. 54."])
def test_a_week_that_no_year_has_is_refused(typed: str) -> None:
    with pytest.raises(BotError, match="There is no week"):
        read_period(typed, FRIDAY)


@pytest.mark.parametrize(
    ("now", "said"), [(FRIDAY, "week 53 is still to come"), (at(3, 3, "12:00", 2028), "2028 has no week 53")]
)
def test_week_53_is_not_looked_for_years_ago(now: datetime, said: str) -> None:
    with pytest.raises(BotError) as refused:
        read_period("week 53", now)

    assert speakers()["en"].error(refused.value).startswith(said)


@pytest.mark.parametrize(
    "typed",
    [
        "alles",
        "31 juni",
        "3 weken",
        "0 november",
        "2026-13",
        "2026-00",
        "2026-Q5",
        "Q0",
        "2026-02-30",
        "1999",
        "47",
        "novembre",
        "२०२६",
        *("week 47; drop", "2026-W", "x" * 3000),
    ],
)
def test_what_is_no_period_is_refused(typed: str) -> None:
    with pytest.raises(BotError, match="I can't read"):
        read_period(typed, FRIDAY)


@given(typed=st.text(max_size=30))
def test_whatever_is_typed_is_read_or_refused(typed: str) -> None:
    try:
        assert read_period(typed, FRIDAY).first <= FRIDAY.date()
    except BotError:
        return


@given(day=DAYS, kind=KINDS)
def test_a_periods_code_is_read_back(day: date, kind: PeriodKind) -> None:
    period = period_of(kind, day)

    assert read_period(code_of(period), at(day.month, day.day, "00:00", day.year)) == period


@given(day=DAYS, kind=KINDS)
def test_every_day_is_in_one_period_of_a_kind(day: date, kind: PeriodKind) -> None:
    period = period_of(kind, day)

    assert day in period
    assert period_of(kind, period.first) == period_of(kind, period.last) == period
    assert period_of(kind, period.last + DAY).first == period.last + DAY


@given(day=DAYS, kind=KINDS, count=st.integers(1, 15))
def test_the_periods_before_one_follow_each_other(day: date, kind: PeriodKind, count: int) -> None:
    found = previous(period_of(kind, day), count)

    assert len(found) == count
    assert day in found[-1]
    assert all(before.last + DAY == after.first for before, after in pairwise(found))


@given(day=DAYS, number=st.integers(1, 53))
def test_a_week_without_a_year_is_the_last_one_that_has_begun(day: date, number: int) -> None:
    weeks = (day - timedelta(days=7 * back) for back in range(2 * 53))
    recent = (week for week in weeks if week.isocalendar().year >= day.isocalendar().year - 1)
    expected = next((week for week in recent if week.isocalendar().week == number), None)
    if expected is None:
        with pytest.raises(BotError, match="has no week"):
            read_period("week 53", at(day.month, day.day, "15:00", day.year))
        return

    assert read_period(f"week {number}", at(day.month, day.day, "15:00", day.year)) == period_of(
        PeriodKind.WEEK, expected
    )


@pytest.mark.parametrize(
    ("code", "english", "dutch"),
    [
        ("2026-11-20", "today", None),
        ("2026-11-19", "yesterday", None),
        ("2026-11-18", "Wednesday 18 November", "woensdag 18 november"),
        ("2025-11-18", "Tuesday 18 November 2025", "dinsdag 18 november 2025"),
        ("2026-W47", "this week", None),
        ("2026-W46", "last week", None),
        ("2026-W40", "week 40", None),
        ("2020-W53", "week 53 of 2020", None),
        ("2026-11", "November 2026", "november 2026"),
        ("2025-05", "May 2025", "mei 2025"),
        ("2026-Q3", "quarter 3 of 2026", None),
        ("2025", "2025", "2025"),
    ],
)
def test_a_period_has_a_name(code: str, english: str, dutch: str | None) -> None:
    period = read_period(code, FRIDAY)

    assert name_of(period, FRIDAY.date(), speakers()["en"]) == english
    assert dutch is None or name_of(period, FRIDAY.date(), speakers()["nl"]) == dutch


def test_a_total_has_the_days_of_its_period_alone() -> None:
    weeks = previous(period_of(PeriodKind.WEEK, date(2027, 1, 3)), 2)
    by_day = {date(2026, 12, 20): 1, date(2026, 12, 21): 2, date(2026, 12, 31): 4, date(2027, 1, 3): 8}

    assert totals(weeks, by_day) == [(weeks[0], 2), (weeks[1], 12)]


def test_every_kind_of_period_has_a_past_to_be_measured_against() -> None:
    assert set(PAST) == set(PeriodKind)
    assert all(isinstance(previous(period_of(kind, date(2026, 11, 20)), PAST[kind])[0], Period) for kind in PeriodKind)
