"""Rows for a spreadsheet in which no cell does anything."""

from datetime import date
from io import StringIO

import pytest

from bot.kernel.spreadsheets import harmless, write_csv


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
