"""What people fill in about taking part: a time, days, dates; and which of it is refused."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.participants.rules import read_absence
from bot.kernel.errors import FormError

MONDAY = date(2026, 11, 2)
DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))


def errors_of(first: str, last: str) -> dict[str, str]:
    with pytest.raises(FormError) as caught:
        read_absence(first, last, MONDAY)
    return {field: str(error) for field, error in caught.value.fields.items()}


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2026-11-02", "2026-11-02"),
        ("2026-10-01", "2026-11-30"),
        ("2026-11-02", "2027-11-02"),
        ("2025-11-01", "2025-11-01"),
    ],
)
def test_an_absence_is_a_range_of_days(first: str, last: str) -> None:
    assert read_absence(first, last, MONDAY) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("first", "last", "wrong"),
    [
        ("2026-11-03", "2026-11-02", {"last": "This is before the first day."}),
        ("2026-11-02", "2027-11-03", {"last": "That is more than a year. Set a year at most, and the rest later."}),
        ("2025-10-20", "2025-10-31", {"last": "That is more than a year ago."}),
        ("", "", {"first": "Choose a day.", "last": "Choose a day."}),
        ("maandag", "2026-02-30", {"first": "I can't read that as a day.", "last": "I can't read that as a day."}),
    ],
)
def test_what_is_wrong_with_an_absence_is_said_at_its_field(first: str, last: str, wrong: dict[str, str]) -> None:
    assert errors_of(first, last) == wrong


@given(st.one_of(st.text(), DAYS.map(str)), st.one_of(st.text(), DAYS.map(str)))
def test_any_texts_are_an_absence_or_errors_at_their_fields(first: str, last: str) -> None:
    try:
        start, end = read_absence(first, last, MONDAY)
    except FormError as wrong:
        fields = set(wrong.fields)
    else:
        fields = set() if timedelta(0) <= end - start <= timedelta(days=366) else {"neither"}

    assert fields <= {"first", "last"}
