"""What makes an idea, in one go or by the form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.change_wall.rules import LONGEST_ABOUT, LONGEST_TITLE, TypedIdea, read_idea, typed_in_one_go
from bot.kernel.errors import BotError, FormError
from bot.slack.text import tidy


def test_a_short_idea_is_a_title_and_a_longer_one_has_a_first_line() -> None:
    assert typed_in_one_go(" Koffie voor wie wacht ") == TypedIdea("Koffie voor wie wacht")
    assert typed_in_one_go("Koffie\n\nVoor wie wacht") == TypedIdea("Koffie", about="Koffie\n\nVoor wie wacht")


@given(st.text(max_size=LONGEST_ABOUT + 10))
def test_whatever_is_typed_is_an_idea_that_fits_or_is_refused(typed: str) -> None:
    try:
        found = typed_in_one_go(typed)
    except BotError:
        return
    assert 0 < len(found.title) <= LONGEST_TITLE
    assert len(found.about) <= LONGEST_ABOUT
    assert tidy(typed) in (found.title, found.about)


def test_each_field_says_what_is_wrong_with_it() -> None:
    with pytest.raises(FormError) as caught:
        read_idea(TypedIdea(" ", about="x" * 2001, pain="x" * 1001))
    assert sorted(caught.value.fields) == ["about", "pain", "title"]


def test_a_title_is_one_line() -> None:
    assert read_idea(TypedIdea("Koffie\n\nvoor  wie wacht")).title == "Koffie voor wie wacht"


@pytest.mark.parametrize("typed", ["@channel", "<!channel>", "#algemeen", ":tada: :tada:"])
def test_marks_alone_are_no_idea(typed: str) -> None:
    with pytest.raises(BotError):
        typed_in_one_go(typed)
