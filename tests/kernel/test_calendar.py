"""Which days count: what people type for them, what the law says of them, and whose own they are."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kernel.calendar import (
    Country,
    HolidayRules,
    Workdays,
    due_days,
    holidays_in,
    in_force,
    read_country,
    read_time,
    read_workdays,
)
from bot.kernel.errors import BotError

NL, BE = HolidayRules(Country.NL), HolidayRules(Country.BE)
MON_FRI = frozenset(range(5))
START = date(2026, 1, 1)

DAYS = st.dates(date(2025, 12, 1), date(2027, 2, 1))
WORKDAYS = st.frozensets(st.integers(0, 6))
RULES = st.builds(
    HolidayRules,
    country=st.sampled_from(Country),
    good_friday=st.booleans(),
    liberation_day=st.booleans(),
    flemish_day=st.booleans(),
    company_days=st.lists(st.tuples(DAYS, st.just("Day of our own")), max_size=3).map(tuple),
)
AWAY = st.lists(st.tuples(DAYS, DAYS).map(lambda ends: (min(ends), max(ends))), max_size=4)


def is_closed(day: date, rules: HolidayRules) -> bool:
    """Whether the office is closed on this day, weekends apart."""
    return day in holidays_in(day.year, rules, "en")


def dated(values: st.SearchStrategy) -> st.SearchStrategy:
    """Rows with the day from which each holds, in order; more than one may begin on a day."""
    return st.lists(st.tuples(DAYS, values), min_size=1, max_size=4).map(lambda rows: sorted(rows, key=lambda r: r[0]))


Value = TypeVar("Value")


def read_or_refused(read: Callable[[], Value]) -> Value | BotError:
    try:
        return read()
    except BotError as error:
        return error


def named(year: int, rules: HolidayRules, language: str = "en") -> dict[str, str]:
    return {f"{day:%d-%m}": name for day, name in holidays_in(year, rules, language).items()}


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("mon-fri", {0, 1, 2, 3, 4}),
        ("mon,tue,thu", {0, 1, 3}),
        ("ma-vr", {0, 1, 2, 3, 4}),
        ("ma di do", {0, 1, 3}),
        ("Maandag t/m Donderdag", {0, 1, 2, 3}),
        ("ma. en wo.", {0, 2}),
        ("ma, di & do", {0, 1, 3}),
        ("vr-ma", {4, 5, 6, 0}),
        ("sat – sun", {5, 6}),
        ("monday to wednesday, sat", {0, 1, 2, 5}),
        ("za/zo", {5, 6}),
        ("mon-mon", {0}),
        ("  wo ", {2}),
        ("ma-zo", {0, 1, 2, 3, 4, 5, 6}),
        ("ma-wo, wo, di-do", {0, 1, 2, 3}),
    ],
)
def test_working_days_are_read_as_people_write_them(typed: str, days: set[int]) -> None:
    assert read_workdays(typed) == days


@pytest.mark.parametrize("typed", ["", "  ", ",", "en", " , ;"])
def test_no_working_day_is_an_error(typed: str) -> None:
    with pytest.raises(BotError, match="Choose at least one working day"):
        read_workdays(typed)


@pytest.mark.parametrize("typed", ["m", "mon-", "-fri", "mon-wed-fri", "every day", "mon,lundi", "1-5", "maandagen"])
def test_what_is_no_day_of_the_week_is_an_error(typed: str) -> None:
    with pytest.raises(BotError, match="as days of the week"):
        read_workdays(typed)


@given(st.text())
def test_any_text_is_working_days_or_an_error(typed: str) -> None:
    days = read_or_refused(lambda: read_workdays(typed))

    assert str(days) if isinstance(days, BotError) else days and days <= set(range(7))


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("8:30", time(8, 30)),
        ("08.30", time(8, 30)),
        ("0830", time(8, 30)),
        ("830", time(8, 30)),
        ("8u30", time(8, 30)),
        ("8h30", time(8, 30)),
        ("om 8:30 uur", time(8, 30)),
        ("8 uur", time(8)),
        ("8u", time(8)),
        ("8", time(8)),
        ("16 uur", time(16)),
        ("half 9", time(8, 30)),
        ("half negen", time(8, 30)),
        ("acht", time(8)),
        ("kwart voor 9", time(8, 45)),
        ("kwart over negen", time(9, 15)),
        ("4:30", time(4, 30)),
        ("04 uur", time(4)),
        ("4:30 pm", time(16, 30)),
        ("4 p.m.", time(16)),
        ("12 am", time(0)),
        ("12pm", time(12)),
        ("00:00", time(0)),
        ("23:59", time(23, 59)),
        ("  9:00\n", time(9)),
    ],
)
def test_a_time_is_read_as_people_write_it(typed: str, at: time) -> None:
    assert read_time(typed) == at


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "24:00",
        "25",
        "8:60",
        "8:5",
        "straks",
        "half 9:30",
        "half 0",
        "half 13",
        "13 pm",
        "0 am",
        "8:30:00",
        "-8",
        "٨",
    ],
)
def test_what_is_no_time_is_an_error(typed: str) -> None:
    with pytest.raises(BotError, match=r"as a time\. Write it like 8:30"):
        read_time(typed)


@pytest.mark.parametrize(
    ("typed", "early", "late"),
    [
        ("half vijf", "04:30", "16:30"),
        ("4 uur", "04:00", "16:00"),
        ("half 1", "00:30", "12:30"),
        ("6", "06:00", "18:00"),
    ],
)
def test_an_hour_of_the_night_may_be_meant_for_the_afternoon(typed: str, early: str, late: str) -> None:
    with pytest.raises(BotError, match=f"{typed} could mean {early} or {late}"):
        read_time(typed)


@given(st.times())
def test_any_time_can_be_typed_to_the_minute(at: time) -> None:
    assert read_time(f"{at:%H:%M}") == read_time(f"{at:%H%M}") == at.replace(second=0, microsecond=0)


@given(st.one_of(st.text(), st.from_regex(r"(half |kwart voor )?\d{1,4}( uur|u| ?pm)?")))
def test_any_text_is_a_time_or_an_error(typed: str) -> None:
    at = read_or_refused(lambda: read_time(typed))

    assert str(at) if isinstance(at, BotError) else (at.second, at.microsecond, at.tzinfo) == (0, 0, None)


def test_a_country_without_a_calendar_is_an_error() -> None:
    assert (read_country("nl"), read_country(" BE ")) == (Country.NL, Country.BE)
    for typed in ("FR", "", "Nederland"):
        with pytest.raises(BotError, match="I have no calendar of"):
            read_country(typed)


def test_the_dutch_year_2026() -> None:
    assert named(2026, NL, "nl") == {
        "01-01": "Nieuwjaarsdag",
        "05-04": "Eerste paasdag",
        "06-04": "Tweede paasdag",
        "27-04": "Koningsdag",
        "14-05": "Hemelvaartsdag",
        "24-05": "Eerste pinksterdag",
        "25-05": "Tweede pinksterdag",
        "25-12": "Eerste kerstdag",
        "26-12": "Tweede kerstdag",
    }


def test_the_belgian_year_2026() -> None:
    assert named(2026, BE) == {
        "01-01": "New Year's Day",
        "05-04": "Easter Sunday",
        "06-04": "Easter Monday",
        "01-05": "Labor Day",
        "14-05": "Ascension Day",
        "24-05": "Pentecost",
        "25-05": "Pentecost Monday",
        "21-07": "National Day",
        "15-08": "Assumption Day",
        "01-11": "All Saints' Day",
        "11-11": "Armistice Day",
        "25-12": "Christmas Day",
    }


@pytest.mark.parametrize(
    ("year", "easter_monday", "ascension", "whit_monday"),
    [(2025, "21-04", "29-05", "09-06"), (2026, "06-04", "14-05", "25-05"), (2027, "29-03", "06-05", "17-05")],
)
@pytest.mark.parametrize("rules", [NL, BE])
def test_what_moves_with_easter(
    year: int, easter_monday: str, ascension: str, whit_monday: str, rules: HolidayRules
) -> None:
    found = named(year, rules)

    assert (found[easter_monday], found[ascension], found[whit_monday]) == (
        "Easter Monday",
        "Ascension Day",
        "Pentecost Monday",
    )


@pytest.mark.parametrize(("year", "day"), [(2024, 27), (2025, 26), (2026, 27), (2027, 27), (2031, 26)])
def test_kings_day_moves_off_a_sunday(year: int, day: int) -> None:
    assert [found for found, name in holidays_in(year, NL, "nl").items() if name == "Koningsdag"] == [
        date(year, 4, day)
    ]


@pytest.mark.parametrize("year", range(2024, 2036))
@pytest.mark.parametrize("language", ["nl", "en"])
def test_good_friday_and_5_may_are_for_the_company_to_choose(year: int, language: str) -> None:
    """Also in lustrum years, when the package has 5 May among the public ones."""
    both = HolidayRules(Country.NL, good_friday=True, liberation_day=True)
    plain, chosen = named(year, NL, language), named(year, both, language)
    easter = next(day for day, name in holidays_in(year, NL, "nl").items() if name == "Eerste paasdag")
    good_friday = easter - timedelta(days=2)

    assert not is_closed(good_friday, NL)
    assert not is_closed(date(year, 5, 5), NL)
    assert chosen.keys() - plain.keys() == {f"{good_friday:%d-%m}", "05-05"}
    assert chosen["05-05"] == {"nl": "Bevrijdingsdag", "en": "Liberation Day"}[language]


def test_ascension_day_on_5_may_stays_closed_whatever_the_switch() -> None:
    assert named(2016, NL, "nl")["05-05"] == "Hemelvaartsdag"
    assert (
        named(2016, HolidayRules(Country.NL, liberation_day=True), "nl")["05-05"] == "Hemelvaartsdag · Bevrijdingsdag"
    )


def test_belgium_has_its_own_switches() -> None:
    every = HolidayRules(Country.BE, good_friday=True, liberation_day=True, flemish_day=True)

    assert set(named(2026, every)) - set(named(2026, BE)) == {"03-04", "11-07"}
    assert named(2026, every, "nl")["11-07"] == "Feestdag van de Vlaamse Gemeenschap"
    assert named(2026, every, "nl")["03-04"] == "Goede vrijdag"
    assert named(2026, HolidayRules(Country.NL, flemish_day=True)) == named(2026, NL)


def test_the_day_after_christmas_is_dutch() -> None:
    assert is_closed(date(2026, 12, 26), NL)
    assert not is_closed(date(2026, 12, 26), BE)


def test_a_company_adds_days_of_its_own_and_replacement_days() -> None:
    own = HolidayRules(Country.BE, company_days=((date(2026, 11, 2), "Brugdag"), (date(2026, 12, 25), "Sluiting")))

    assert named(2026, own, "nl")["02-11"] == "Brugdag"
    assert named(2026, own, "nl")["25-12"] == "Kerstmis"
    assert named(2027, own) == named(2027, BE)
    assert list(holidays_in(2026, own, "nl")) == sorted(holidays_in(2026, own, "nl"))


def test_nobody_can_change_the_calendar_that_all_share() -> None:
    with pytest.raises(TypeError):
        holidays_in(2026, NL, "nl")[START] = "Feest"  # type: ignore[index]


def test_a_later_value_leaves_what_was_before_it() -> None:
    rows = [(date(2026, 2, 1), "a"), (date(2026, 3, 1), "b"), (date(2026, 3, 1), "c"), (date(2026, 4, 1), "d")]

    assert [
        in_force(rows, date(2026, month, day)) for month, day in [(1, 1), (2, 1), (2, 28), (3, 1), (3, 31), (5, 1)]
    ] == (["a", "a", "a", "c", "c", "d"])


def test_a_week_with_kings_day_an_absence_and_a_day_off() -> None:
    away = [(date(2026, 4, 29), date(2026, 4, 29)), (date(2026, 4, 29), date(2026, 4, 30))]

    found = due_days(date(2026, 4, 20), date(2026, 5, 3), [(START, MON_FRI)], [(START, NL)], away, {date(2026, 4, 22)})

    assert [day.day for day in found] == [20, 21, 23, 24, 28, 1]


def test_other_working_days_from_a_day_on_do_not_rewrite_the_weeks_before() -> None:
    rows = [(START, MON_FRI), (date(2026, 6, 10), frozenset({0, 1}))]
    found = due_days(date(2026, 6, 1), date(2026, 6, 16), rows, [(START, NL)], [], [])

    assert [day.day for day in found] == [1, 2, 3, 4, 5, 8, 9, 15, 16]


@given(DAYS, DAYS, dated(WORKDAYS), dated(RULES), AWAY, st.sets(DAYS, max_size=5))
def test_a_due_day_is_a_working_day_without_a_holiday_absence_or_day_off(
    first: date,
    last: date,
    workdays: list[tuple[date, Workdays]],
    rules: list[tuple[date, HolidayRules]],
    away: list[tuple[date, date]],
    free: set[date],
) -> None:
    every = [first + timedelta(days=ahead) for ahead in range((last - first).days + 1)]

    assert due_days(first, last, workdays, rules, away, free) == [
        day
        for day in every
        if day.weekday() in in_force(workdays, day)
        and not is_closed(day, in_force(rules, day))
        and not any(start <= day <= end for start, end in away)
        and day not in free
    ]
