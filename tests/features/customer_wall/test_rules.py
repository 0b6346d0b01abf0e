"""What is read from a form, whom a text mentions, and which conversations are private."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.customer_wall import reading, rules
from bot.features.customer_wall.reading import TypedCompliment
from bot.kernel.errors import BotError, FormError
from storage.compliments import CameIn, Compliment, Consent

TODAY = date(2026, 11, 2)


def a_compliment(**more: object) -> Compliment:
    return Compliment(**{"workspace_id": 1, "text": "Fijn", "day": date(2020, 1, 1)} | more)  # type: ignore[arg-type]


def test_an_old_day_is_kept_and_not_chosen_anew() -> None:
    assert reading.said_day("2020-01-01", TODAY, date(2020, 1, 1)) == date(2020, 1, 1)
    for day in ("2020-01-01", "2026-11-03", "gisteren", "2026-02-30"):
        with pytest.raises(BotError):
            reading.said_day(day, TODAY)
    assert reading.said_day("", TODAY) == TODAY
    assert reading.said_day("2025-11-01", TODAY) == date(2025, 11, 1)


def test_what_is_not_on_the_list_becomes_what_it_was() -> None:
    odd = TypedCompliment("Fijn", consent="allemaal", came_in="duif")
    assert reading.read_compliment(odd, TODAY).consent == Consent.ANONYMOUS
    assert reading.read_compliment(odd, TODAY).came_in == CameIn.TALK
    kept = a_compliment(consent=Consent.FULL_NAME, came_in=CameIn.LETTER)
    assert reading.read_compliment(odd, TODAY, kept).consent == Consent.FULL_NAME
    assert reading.read_compliment(odd, TODAY, kept).came_in == CameIn.LETTER


def test_nobody_says_that_it_came_by_the_page() -> None:
    assert reading.read_compliment(TypedCompliment("Fijn", came_in="page"), TODAY).came_in == CameIn.TALK


@pytest.mark.parametrize("before", reading.CONSENTS)
@pytest.mark.parametrize("after", reading.CONSENTS)
def test_a_customer_s_own_consent_becomes_less_and_never_more(before: Consent, after: Consent) -> None:
    kept = a_compliment(came_in=CameIn.PAGE, consent=before)
    typed = TypedCompliment("Fijn", consent=after)
    if reading.CONSENTS.index(after) > reading.CONSENTS.index(before):
        with pytest.raises(FormError):
            reading.read_compliment(typed, TODAY, kept)
    else:
        assert reading.read_compliment(typed, TODAY, kept).consent == after


def test_a_longer_compliment_from_before_stays_as_long_as_it_is() -> None:
    kept = a_compliment(text="x" * 2100)

    assert len(reading.read_compliment(TypedCompliment("x" * 2100), TODAY, kept).text) == 2100
    with pytest.raises(FormError):
        reading.read_compliment(TypedCompliment("x" * 2101), TODAY, kept)


def test_each_colleague_is_mentioned_once() -> None:
    raw = "<@U0BRAM|bram> en <@U0BRAM>, <@W0SANNE> &lt;@U0NIET&gt; <!channel> <#C0FANS|fans> <@kwaad>"

    assert rules.mentioned(raw) == ["U0BRAM", "W0SANNE"]
    assert rules.with_names(raw, {"U0BRAM": "Bram B"}).startswith("@Bram B en @Bram B, <@W0SANNE>")


@pytest.mark.parametrize(
    ("channel", "name", "is_private"),
    [
        ("C0FANS", "fans", False),
        ("D0SANNE", "directmessage", True),
        ("G0OUD", "geheim", True),
        ("C0GEHEIM", "privategroup", True),
        ("C0MPIM", "mpdm-sanne--bram-1", True),
        ("C0WEET", "", True),
        ("", "", True),
    ],
)
def test_what_may_be_private_is_asked_about(channel: str, name: str, is_private: bool) -> None:
    assert rules.is_private(channel, name) is is_private


@given(st.dates(min_value=date(1, 1, 1)), st.integers(min_value=1, max_value=10**9 - 1))
def test_a_place_on_the_wall_travels_in_a_button(day: date, number: int) -> None:
    assert rules.place_in(rules.place_written(a_compliment(id=number, day=day))) == (day, number)


@pytest.mark.parametrize("written", ["", "2026-11-02", "2026-11-02:", "2026-11-02:x", "2026-99-01:1", "٢٠٢٦-11-02:1"])
def test_what_is_no_place_is_the_beginning(written: str) -> None:
    assert rules.place_in(written) is None


def test_a_period_ends_today() -> None:
    assert rules.since_when("week", TODAY) == date(2026, 10, 27)
    assert rules.since_when("eeuw", TODAY) is None


@pytest.mark.parametrize(
    "raw",
    ["<@U0SANNE|sanne> de Vries hielp", "<@U0SANNE> Vries hielp", "<@U0SANNE> De  VRIES hielp", "<@U0SANNE> hielp"],
)
def test_a_surname_typed_behind_a_mention_is_no_second_one(raw: str) -> None:
    assert rules.with_names(raw, {"U0SANNE": "Sanne de Vries"}) == "@Sanne de Vries hielp"
    assert rules.with_names("<@U0SANNE> Vriesland", {"U0SANNE": "Sanne de Vries"}) == "@Sanne de Vries Vriesland"


def test_a_whole_name_behind_an_at_is_a_mention_unless_two_have_it() -> None:
    names = {"U0BRAM": "Bram Jansen", "U0KIM": "Kim Bos", "U1KIM": "Kim Bos"}

    assert rules.with_marks("@bram Jansen en @Kim Bos", names) == "<@U0BRAM> en @Kim Bos"
    assert rules.with_marks("bram@Bram Jansens", names) == "bram@Bram Jansens"
