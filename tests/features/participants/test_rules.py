"""What people fill in about taking part: a time, days, dates; and which of it is refused."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.participants.rules import (
    Choices,
    Skip,
    TypedChoices,
    coming,
    must_be_invitable,
    offered_time,
    read_absence,
    read_choices,
    read_language,
    second_after,
    why_skipped,
)
from bot.kernel.errors import FormError
from storage.absences import Absence
from storage.participants import Volume
from storage.people import Part, Person, Standing

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
        ("2026-11-02", "2027-11-01"),
        ("2027-11-02", "2028-11-01"),
        ("2028-02-29", "2029-02-28"),
        ("9999-01-01", "9999-12-31"),
        ("2025-11-01", "2025-11-01"),
    ],
)
def test_an_absence_is_a_range_of_days(first: str, last: str) -> None:
    assert read_absence(first, last, MONDAY) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("first", "last", "wrong"),
    [
        ("2026-11-03", "2026-11-02", {"last": "This is before the first day."}),
        ("2026-11-02", "2027-11-02", {"last": "That is more than a year. Set a year at most, and the rest later."}),
        ("2028-02-29", "2029-03-01", {"last": "That is more than a year. Set a year at most, and the rest later."}),
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
        fields = set() if timedelta(0) <= end - start < timedelta(days=366) else {"neither"}

    assert fields <= {"first", "last"}


def typed(**fields: Any) -> TypedChoices:
    values: dict[str, Any] = {"at": "8:30", "days": tuple("01234"), "volume": "light", "board": "yes"}
    return TypedChoices(**values | fields)


def wrong_with(**fields: Any) -> dict[str, str]:
    with pytest.raises(FormError) as caught:
        read_choices(typed(**fields))
    return {field: str(error) for field, error in caught.value.fields.items()}


def test_a_whole_form_is_read() -> None:
    choices = read_choices(typed(at="half 9", second="16:30", volume="normal"))

    assert choices == Choices(time(8, 30), time(16, 30), frozenset(range(5)), Volume.NORMAL, on_board=True)
    assert not read_choices(typed(board="no")).on_board


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"at": ""}, {"at": "Write a time, such as 8:30."}),
        ({"at": "25:00"}, {"at": "I can't read 25:00 as a time. Write it like 8:30."}),
        ({"at": "straks"}, {"at": "I can't read straks as a time. Write it like 8:30."}),
        ({"days": ()}, {"days": "Choose at least one working day."}),
        ({"days": ("7", "maandag", "", "01")}, {"days": "Choose at least one working day."}),
        ({"volume": ""}, {"volume": "Choose one of these."}),
        ({"volume": "loud"}, {"volume": "Choose one of these."}),
        ({"board": ""}, {"board": "Choose one of these."}),
        ({"board": "perhaps"}, {"board": "Choose one of these."}),
        ({"second": "nooit"}, {"second": "I can't read nooit as a time. Write it like 8:30."}),
        ({"second": "8:30", "volume": "normal"}, {"second": "The second time has to be later than the first."}),
    ],
)
def test_what_is_wrong_is_said_at_its_field(fields: dict[str, Any], wrong: dict[str, str]) -> None:
    assert wrong_with(**fields) == wrong


def test_all_that_is_wrong_is_said_at_once() -> None:
    assert set(wrong_with(at="x", second="y", days=(), volume="", board="")) == {
        "at", "second", "days", "volume", "board",
    }  # fmt: skip


def test_a_second_time_counts_for_who_is_reminded_twice() -> None:
    assert read_choices(typed(at="17:00", second="16:00")).second_at == time(16)
    assert read_choices(typed(at="9:00", second="", volume="normal")).second_at == time(16)


@given(st.times().map(lambda at: at.replace(second=0, microsecond=0)))
def test_the_usual_second_time_is_later_than_the_first_all_day_long(at: time) -> None:
    assert second_after(at) > at or at == time(23, 59)


@given(
    st.builds(
        TypedChoices, at=st.text(), second=st.text(), days=st.lists(st.text()).map(tuple), volume=st.text(),
        board=st.text(),
    )
)  # fmt: skip
def test_any_form_is_a_choice_or_errors_at_its_fields(filled: TypedChoices) -> None:
    try:
        at_fields = set() if read_choices(filled).days else {"nowhere"}
    except FormError as wrong:
        at_fields = set(wrong.fields) or {"nowhere"}

    assert at_fields <= {"at", "second", "days", "volume", "board"}


@pytest.mark.parametrize(
    ("typed_in", "language"), [("nl", "nl"), ("en", "en"), ("office", None), ("", None), ("fr", None)]
)
def test_a_language_is_one_that_the_bot_speaks(typed_in: str, language: str | None) -> None:
    assert read_language(typed_in) == language


@pytest.mark.parametrize(
    ("value", "at"), [("08:30", time(8, 30)), ("16:30", time(16, 30)), ("08:31", None), (None, None)]
)
def test_a_button_carries_a_time_that_is_offered(value: object, at: time | None) -> None:
    assert offered_time(value) == at


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({}, None),
        ({"part": Part.ASKED}, Skip.ASKED),
        ({"part": Part.LEFT}, Skip.ASKED),
        ({"part": Part.JOINED}, Skip.IN),
        ({"standing": Standing.GUEST}, Skip.CANNOT),
        ({"standing": Standing.BOT}, Skip.CANNOT),
        ({"standing": Standing.GONE, "part": Part.JOINED}, Skip.CANNOT),
        ({"standing": Standing.STRANGER}, Skip.CANNOT),
        ({"profile_at": None}, Skip.UNKNOWN),
        ({"id": 1}, Skip.YOURSELF),
    ],
)
def test_who_gets_no_invitation(fields: dict[str, Any], why: Skip | None) -> None:
    values: dict[str, Any] = {
        "id": 2,
        "workspace_id": 1,
        "slack_id": "U2",
        "profile_at": datetime(2026, 1, 1, tzinfo=UTC),
    }

    assert why_skipped(Person(**values | fields), 1) == why


def test_twenty_can_be_invited_at_a_time() -> None:
    must_be_invitable(["U1"] * 20)
    for slack_ids, said in ([], "Choose who"), (["U1"] * 21, "At most 20 at a time"):
        with pytest.raises(FormError) as caught:
            must_be_invitable(slack_ids)
        assert str(caught.value.fields["who"]).startswith(said)


def test_an_absence_is_coming_until_its_last_day_is_over() -> None:
    away = Absence(workspace_id=1, person_id=1, first_day=MONDAY, last_day=MONDAY + timedelta(days=4))

    assert coming([away], MONDAY + timedelta(days=4)) == [away]
    assert coming([away], MONDAY + timedelta(days=5)) == []
