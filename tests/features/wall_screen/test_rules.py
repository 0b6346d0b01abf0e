"""Which names and how much of a text a wall shows, and when it rests."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.wall_screen import rules
from bot.i18n.translate import speakers
from storage.people import Part, Person, Standing
from tests.fakes import an_office

OFFICE = an_office(speakers()["nl"])
MONDAY = datetime(2026, 11, 2, tzinfo=UTC)  # one o'clock at night in Amsterdam


@pytest.mark.parametrize(
    ("moment", "rests"),
    [
        (MONDAY + timedelta(hours=5, minutes=59), True),
        (MONDAY + timedelta(hours=6), False),  # seven o'clock there
        (MONDAY + timedelta(hours=17, minutes=59), False),
        (MONDAY + timedelta(hours=18), True),
        (MONDAY - timedelta(hours=12), True),  # a Sunday
        (datetime(2026, 12, 25, 11, tzinfo=UTC), True),  # a Friday, and Christmas
        (datetime(2026, 7, 6, 5, tzinfo=UTC), False),  # seven o'clock, in summer time
    ],
)
def test_the_screen_rests_when_nobody_is_at_the_office(moment: datetime, rests: bool) -> None:
    assert rules.is_resting(moment, OFFICE) is rests


@pytest.mark.parametrize(
    ("person", "shown"),
    [
        (Person(name="Sanne de Boer", part=Part.JOINED, standing=Standing.MEMBER), "Sanne"),
        (Person(name="Sanne de Boer", part=Part.ASKED, standing=Standing.MEMBER), ""),
        (Person(name="Sanne de Boer", part=Part.LEFT, standing=Standing.MEMBER), ""),
        (Person(name="Sanne de Boer", part=Part.JOINED, standing=Standing.GONE), ""),
        (Person(name="", part=Part.JOINED, standing=Standing.MEMBER), ""),
        (Person(name="  ", part=Part.JOINED, standing=Standing.MEMBER), ""),
    ],
)
def test_a_colleague_is_named_when_they_take_part_and_still_work_here(person: Person, shown: str) -> None:
    assert rules.first_name(person) == shown


def test_a_text_that_fits_is_shown_whole_and_in_one_paragraph() -> None:
    assert rules.excerpt("Wat een\n\nfijne   winkel ") == "Wat een fijne winkel"


def test_a_long_text_is_cut_between_two_words() -> None:
    assert rules.excerpt("Wat een fijne, lange middag", 16) == "Wat een fijne…"


@given(st.text(max_size=800), st.integers(2, 400))
def test_what_is_shown_of_a_text_is_never_too_long(text: str, longest: int) -> None:
    assert len(rules.excerpt(text, longest)) <= longest


def test_kinds_take_turns() -> None:
    assert rules.mixed(["c1", "c2", "c3"], ["s1"], ["i1", "i2"]) == ["c1", "s1", "i1", "c2", "i2", "c3"]


def test_words_are_found_with_and_without_accents_and_capitals() -> None:
    assert rules.matches("Cafe EEN", "Naar het café", "Eén koffie")
    assert not rules.matches("café thee", "Naar het café")
    assert rules.matches("", "alles")


def test_what_is_searched_for_is_short_and_can_be_asked_of_a_database() -> None:
    assert rules.search_of("  fijne\0winkel\n") == "fijne winkel"
    assert len(rules.search_of("a" * 5000)) == rules.LONGEST_SEARCH


@given(st.dates(), st.integers(0, 2**31 - 1))
def test_a_place_in_a_list_is_read_as_it_was_written(day: date, number: int) -> None:
    assert rules.place_of(rules.written_place((day, number))) == (day, number)


@pytest.mark.parametrize("typed", ["", "2026-11-02", "2026-13-02.5", "2026-11-02.-1", "2026-11-02.99999999999", "x.y"])
def test_a_place_that_is_none_is_the_beginning(typed: str) -> None:
    assert rules.place_of(typed) is None
