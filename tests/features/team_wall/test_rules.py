"""Whom the wall congratulates on which day, and what can be on it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.team_wall import rules
from bot.features.team_wall.rules import JUBILEES, LONGEST, Found, TypedCelebration, TypedDates
from bot.kernel.calendar import Country, HolidayRules
from bot.kernel.errors import FormError
from storage.celebrations import Occasion, OwnDates

NL = ((date.min, HolidayRules(Country.NL)),)
MON_FRI = frozenset(range(5))
TODAY = date(2026, 11, 2)
DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))


def celebrated(today: date, weekend: str = "before", workdays: frozenset[int] = MON_FRI) -> list[date]:
    return rules.days_to_celebrate(today, workdays, NL, weekend)


def congratulated(day: date, birthday: str | None = None, began: date | None = None) -> list[Found]:
    dates = OwnDates(workspace_id=1, person_id=1, birthday=birthday, began_on=began)
    return rules.found_for(dates, rules.birthdays_of([day]), rules.beginnings_of([day]))


def test_a_birthday_in_a_weekend_is_on_the_friday_before_it() -> None:
    assert celebrated(date(2026, 11, 6)) == [date(2026, 11, 6), date(2026, 11, 7), date(2026, 11, 8)]
    assert celebrated(date(2026, 11, 9)) == [date(2026, 11, 9)]


def test_or_on_the_monday_after_it_as_the_office_chose() -> None:
    assert celebrated(date(2026, 11, 6), "after") == [date(2026, 11, 6)]
    assert celebrated(date(2026, 11, 9), "after") == [date(2026, 11, 7), date(2026, 11, 8), date(2026, 11, 9)]


@pytest.mark.parametrize("closed", [date(2026, 11, 7), date(2026, 12, 25), date(2026, 4, 27)])
def test_on_a_day_off_nobody_is_congratulated(closed: date) -> None:
    assert celebrated(closed) == []


def test_christmas_joins_the_weekend_beside_it() -> None:
    assert celebrated(date(2026, 12, 24)) == [date(2026, 12, day) for day in (24, 25, 26, 27)]


def test_an_office_that_works_on_saturdays_congratulates_on_saturdays() -> None:
    assert celebrated(date(2026, 11, 7), workdays=frozenset({5})) == [
        date(2026, 11, 7) + timedelta(days=number) for number in range(7)
    ]


@given(DAYS, st.sampled_from(["before", "after"]), st.frozensets(st.integers(0, 6), min_size=1))
def test_every_day_of_a_year_is_celebrated_once(first: date, weekend: str, workdays: frozenset[int]) -> None:
    shown = [day for number in range(400) for day in celebrated(first + timedelta(days=number), weekend, workdays)]

    assert len(shown) == len(set(shown))
    assert {first + timedelta(days=number) for number in range(30, 365)} <= set(shown)


@pytest.mark.parametrize(
    ("day", "is_shown"),
    [(date(2026, 2, 28), True), (date(2028, 2, 29), True), (date(2028, 2, 28), False), (date(2026, 3, 1), False)],
)
def test_29_february_is_on_the_28th_of_a_year_that_has_none(day: date, is_shown: bool) -> None:
    assert bool(congratulated(day, birthday="02-29")) is is_shown


def test_28_february_is_a_birthday_as_well() -> None:
    assert congratulated(date(2026, 2, 28), birthday="02-28") == [Found(Occasion.BIRTHDAY, date(2026, 2, 28))]


@pytest.mark.parametrize(
    ("day", "months"),
    [
        (date(2015, 3, 15), 12), (date(2019, 3, 15), 60), (date(2024, 3, 15), 120), (date(2026, 9, 15), 150),
        (date(2029, 3, 15), 180), (date(2034, 3, 15), 240), (date(2039, 3, 15), 300), (date(2044, 3, 15), 360),
        (date(2054, 3, 15), 480),
    ],
)  # fmt: skip
def test_jubilees_are_those_that_people_count_twelve_and_a_half_years_too(day: date, months: int) -> None:
    assert congratulated(day, began=date(2014, 3, 15)) == [Found(Occasion.JUBILEE, day, months)]


@pytest.mark.parametrize("day", [date(2014, 3, 15), date(2016, 3, 15), date(2026, 3, 15), date(2026, 9, 14)])
def test_other_years_are_no_jubilee(day: date) -> None:
    assert congratulated(day, began=date(2014, 3, 15)) == []


@given(DAYS, st.sampled_from(JUBILEES))
def test_whoever_began_on_any_day_has_each_jubilee(began: date, months: int) -> None:
    assert congratulated(rules.jubilee(began, months), began=began) == [
        Found(Occasion.JUBILEE, rules.jubilee(began, months), months)
    ]


def test_who_began_on_the_last_of_a_long_month_has_a_jubilee_on_the_last_of_a_short_one() -> None:
    assert rules.jubilee(date(2014, 8, 31), 150) == date(2027, 2, 28)
    assert rules.jubilee(date(2020, 2, 29), 12) == date(2021, 2, 28)


def test_the_first_days_of_the_calendar_have_no_beginnings() -> None:
    assert rules.beginnings_of([date(1, 6, 1)]) == {}


# What somebody fills in


@pytest.mark.parametrize(
    ("text", "error"),
    [("", "Write in a sentence"), ("  \n ", "Write in a sentence"), ("***", "Write in a sentence"),
     ("🎉", "Write in a sentence"), ("x" * (LONGEST + 1), "too long")],
)  # fmt: skip
def test_words_that_are_none_are_an_error_at_their_field(text: str, error: str) -> None:
    with pytest.raises(FormError) as raised:
        rules.read_celebration(TypedCelebration(text))
    assert error in str(raised.value.fields["text"])


def test_a_file_that_is_no_photo_is_an_error_at_its_field() -> None:
    with pytest.raises(FormError) as raised:
        rules.read_celebration(TypedCelebration("Taart", photo="F1", photo_kind="pdf"))
    assert list(raised.value.fields) == ["photo"]


@pytest.mark.parametrize(
    ("typed", "photo"),
    [
        (TypedCelebration("Taart"), "F1"),
        (TypedCelebration("Taart", photo="F2", photo_kind="PNG"), "F2"),
        (TypedCelebration("Taart", without_photo=True), None),
        (TypedCelebration("Taart", photo="F2", photo_kind="jpg", without_photo=True), "F2"),
    ],
)
def test_a_post_keeps_its_photo_until_there_is_another(typed: TypedCelebration, photo: str | None) -> None:
    assert rules.read_celebration(typed, kept_photo="F1").photo == photo


@pytest.mark.parametrize("occasion", ["", "birthday", "nonsense"])
def test_what_it_is_when_nobody_knows_is_good_news(occasion: str) -> None:
    assert rules.read_celebration(TypedCelebration("Taart", occasion)).occasion == Occasion.GOOD_NEWS


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (TypedDates(), (None, None)),
        (TypedDates("3", "7"), ("07-03", None)),
        (TypedDates("29", "2"), ("02-29", None)),
        (TypedDates(began="2020-02-29"), (None, date(2020, 2, 29))),
        (TypedDates("31", "12", "2026-11-02"), ("12-31", TODAY)),
    ],
)
def test_dates_are_a_day_and_a_month_and_the_first_working_day(typed: TypedDates, read: object) -> None:
    assert rules.read_dates(typed, TODAY) == read


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        (TypedDates("31", "2"), "day"), (TypedDates("30", "2"), "day"), (TypedDates("1", ""), "day"),
        (TypedDates("", "5"), "day"), (TypedDates("x", "y"), "day"), (TypedDates(began="gisteren"), "began"),
        (TypedDates(began="2026-11-03"), "began"), (TypedDates(began="1899-01-01"), "began"),
    ],
)  # fmt: skip
def test_dates_that_cannot_be_are_an_error_at_their_field(typed: TypedDates, field: str) -> None:
    with pytest.raises(FormError) as raised:
        rules.read_dates(typed, TODAY)
    assert list(raised.value.fields) == [field]
