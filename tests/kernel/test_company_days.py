"""The days on which a company is closed, as people write them."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kernel.company_days import LONGEST_NAME, MOST, as_typed, read_company_days
from bot.kernel.errors import BotError

TODAY = date(2026, 11, 2)
YEAR_END = date(2026, 12, 31)


@pytest.mark.parametrize(
    "line",
    [
        "31-12-2026 Inventaris", "31/12/2026 Inventaris", "31.12.2026 Inventaris", "2026-12-31 Inventaris",
        "31-12 Inventaris", "31 december Inventaris", "31 dec. 2026 Inventaris", "31 December 2026: Inventaris",
        "  31-12-2026  -  Inventaris  ", "31 dec Inventaris", "31-12-2026, Inventaris", "31-dec-2026 Inventaris",
        "31-12-26 Inventaris", "31/12/26: Inventaris",
    ],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(line: str) -> None:
    assert read_company_days(line, TODAY) == ((YEAR_END, "Inventaris"),)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("2 nov Vandaag", TODAY),
        ("1-11 Allerheiligen", date(2027, 11, 1)),
        ("5 mei Feest", date(2027, 5, 5)),
        ("5 May Party", date(2027, 5, 5)),
        ("3 mrt Dies", date(2027, 3, 3)),
        ("3 maart Dies", date(2027, 3, 3)),
    ],
)
def test_a_day_without_a_year_is_the_next_one(line: str, day: date) -> None:
    assert read_company_days(line, TODAY)[0][0] == day


@pytest.mark.parametrize(
    "line",
    [
        "31-12-2026 t/m 2-1-2027 Kerstsluiting", "31 december tot en met 2 januari Kerstsluiting",
        "31-12-2026 - 02-01-2027 Kerstsluiting", "31/12–2/1 Kerstsluiting",
        "2026-12-31 until 2027-01-02: Kerstsluiting",
    ],
)  # fmt: skip
def test_a_range_is_all_its_days(line: str) -> None:
    days = [YEAR_END, date(2027, 1, 1), date(2027, 1, 2)]

    assert read_company_days(line, TODAY) == tuple((day, "Kerstsluiting") for day in days)


def test_days_that_follow_each_other_are_shown_as_a_range() -> None:
    typed = "24-12-2026 Kerstavond\n25-12-2026 - 02-01-2027 Kerstsluiting\n03-01-2027 Teamdag"

    assert as_typed(read_company_days(typed, TODAY)) == typed


def test_several_are_sorted_and_empty_lines_do_not_count() -> None:
    typed = "\n24-12-2026 Kerstavond\n\n  \n2026-11-20 Teamdag\n"

    assert [name for _, name in read_company_days(typed, TODAY)] == ["Teamdag", "Kerstavond"]
    assert read_company_days("", TODAY) == ()


def test_what_a_day_is_called_may_begin_with_a_number() -> None:
    assert read_company_days("20-11-2026 25 jaar Linde", TODAY)[0][1] == "25 jaar Linde"
    assert read_company_days("20 november 25 jaar Linde", TODAY)[0][1] == "25 jaar Linde"


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("31-02-2027 Niets", "can't read 31-02-2027 Niets as a day"),
        ("2-1-2027 t/m 31-12-2026 Sluiting", "ends before it begins"),
        ("1-1-2027 t/m 1-1-2028 Sluiting", "At most 60 days"),
        ("1-1-2027 t/m 1-1-3028 Sluiting", "too far ahead"),
        ("1-1-2027 t/m 2-1-2027", "what it is called"),
        ("31-02 Niets", "can't read"),
        ("29 februari 2027 Niets", "can't read"),
        ("00-12-2026 Niets", "can't read"),
        ("12-13-2026 Niets", "can't read"),
        ("morgen", "can't read"),
        ("5 floreal Feest", "can't read"),
        ("311-12-2026 Niets", "can't read"),
        ("31-12-20266 Niets", "can't read"),
        ("٣١-12-2026 Niets", "can't read"),
        ("31-12-2026", "what it is called"),
        ("31-12-2026 - ", "what it is called"),
        ("01-11-2026 Gisteren", "has gone by"),
        ("31-12-2062 Ooit", "too far ahead"),
        ("31-12-2026 " + "x" * (LONGEST_NAME + 1), "too long a name"),
    ],
)
def test_a_line_that_is_no_such_day_is_named(line: str, error: str) -> None:
    with pytest.raises(BotError, match=error):
        read_company_days(f"24-12-2026 Kerstavond\n{line}", TODAY)


def test_more_days_than_a_calendar_should_have_are_refused() -> None:
    typed = as_typed([(TODAY + timedelta(days=number), f"Vrij {number}") for number in range(MOST + 1)])

    with pytest.raises(BotError, match="At most 60 days"):
        read_company_days(typed, TODAY)
    assert len(read_company_days(typed.rpartition("\n")[0], TODAY)) == MOST


names = st.text(st.characters(categories=["L"]), min_size=1, max_size=LONGEST_NAME)
days = st.dates(TODAY, date(2031, 12, 31))


@given(st.dictionaries(days, names, max_size=MOST))
def test_what_is_shown_in_the_form_is_read_back_as_it_was(found: dict[date, str]) -> None:
    kept = tuple(sorted(found.items()))

    assert read_company_days(as_typed(kept), TODAY) == kept


@given(st.text(max_size=100))
def test_nothing_that_is_typed_breaks_it(typed: str) -> None:
    with suppress(BotError):
        assert all(day >= TODAY and name for day, name in read_company_days(typed, TODAY))
