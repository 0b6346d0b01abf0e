"""Rows for a spreadsheet in which no cell does anything."""

from datetime import date
from decimal import Decimal
from io import StringIO

import pytest

from bot.kernel.spreadsheets import harmless, sheet, write_csv


@pytest.mark.parametrize("typed", ["=1+1", "+31", "-1", "@SUM", "\tx", "\rx"])
def test_what_a_spreadsheet_would_run_is_words(typed: str) -> None:
    assert harmless(typed) == "'" + typed


def test_numbers_days_and_words_stay_what_they_are() -> None:
    assert [harmless(one) for one in (-750, None, "bloemen", date(2026, 11, 2))] == [
        -750,
        None,
        "bloemen",
        "2026-11-02",
    ]


def test_rows_stand_beneath_their_names() -> None:
    out = StringIO(newline="")

    assert write_csv([{"a": 1, "b": "x, y"}, {"a": None, "b": 'zegt "ja"'}], ["a", "b"], out) == 2
    assert out.getvalue() == 'a,b\r\n1,"x, y"\r\n,"zegt ""ja"""\r\n'


def test_a_file_for_people_opens_in_an_excel_that_writes_amounts_with_a_comma() -> None:
    made = sheet([(1, "x; y", Decimal("2.5")), (None, "=1+1", date(2026, 11, 2))], ["Plek", "Één", "Fans"])

    assert made == '\ufeffPlek;Één;Fans\r\n1;"x; y";2,5\r\n;\'=1+1;2026-11-02\r\n'
