"""When a story is a story, which days and numbers are taken, and who may do what: without a database."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta
from typing import TypeVar

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.features.stories.rules import (
    DAYS_BACK,
    LONGEST,
    LONGEST_CUSTOMER,
    MOST_MINUTES,
    SAME_WITHIN,
    SHORTEST,
    TypedStory,
    must_be_applaudable,
    must_be_own,
    read_story,
    story_text,
    told_day,
)
from bot.kernel.errors import BotError, FormError
from storage.stories import Moment, Story
from tests.fakes import MONDAY

TODAY = date(2026, 11, 2)
UMBRELLA = "Paraplu meegegeven aan een klant in de regen"
SANNE, BRAM = 1, 2
STEERING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def story(teller_id: int = SANNE, is_shared: bool = True) -> Story:
    return Story(workspace_id=1, teller_id=teller_id, text=UMBRELLA, day=TODAY, told_at=MONDAY, is_shared=is_shared)


Value = TypeVar("Value")


def read_or_refused(read: Callable[[], Value]) -> Value | BotError:
    try:
        return read()
    except BotError as error:
        return error


def errors_of(typed: TypedStory) -> dict[str, str]:
    with pytest.raises(FormError) as caught:
        read_story(typed, TODAY, "EUR")
    return {field: str(error) for field, error in caught.value.fields.items()}


@pytest.mark.parametrize("typed", ["", " ", "\n\t \r\n", "\u00a0\u2003\u3000", "\u202e\u2066 \ufeff", "\x00"])
def test_nothing_but_space_is_a_question_for_a_story(typed: str) -> None:
    with pytest.raises(BotError, match="Write what you did for a customer"):
        story_text(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "🎉",
        "🎉 🎉\n🎉",
        ":tada:",
        ":tada: :+1::skin-tone-3: :flag-nl:",
        ":clap::clap::clap::clap::clap:",
        "👍🏽👍🏿 👩‍👩‍👧‍👦",
        "❤️❤️❤️❤️❤️❤️❤️❤️❤️❤️",
        "1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣",
        "ℹ️ℹ️ℹ️ℹ️ℹ️ℹ️ℹ️ℹ️ℹ️ℹ️",
        "…………………………",
        "!!! ??? -- :-) ;-)",
        "🎉" * 3000,
        "\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b",
    ],
)
def test_a_story_has_a_word_in_it(typed: str) -> None:
    with pytest.raises(BotError, match="There is no word in it yet"):
        story_text(typed)


@pytest.mark.parametrize(
    "typed",
    ["Ja", "Paraplu", "  Paraplu!  ", "Ok 👍🏽", "客", "a\u202e\u202e\u202e\u202e\u202e\u202e\u202e\u202e\u202e"],
)
def test_a_word_or_two_is_very_short(typed: str) -> None:
    with pytest.raises(BotError, match="That is very short"):
        story_text(typed)


def test_a_story_is_as_long_as_slack_takes_and_no_longer() -> None:
    assert story_text("a" * SHORTEST) == "a" * SHORTEST
    assert story_text(" " + "a" * LONGEST + "\n") == "a" * LONGEST
    with pytest.raises(BotError, match="That is very short"):
        story_text("a" * (SHORTEST - 1))
    with pytest.raises(BotError, match=re.escape("That is 3001 characters, and a story holds 3000 at most.")):
        story_text("a" * (LONGEST + 1))


def test_three_thousand_emoji_around_a_word_are_one_too_many() -> None:
    assert story_text("Gelukt, zei ze " + "🎉" * 2900).endswith("🎉")
    with pytest.raises(BotError, match="That is 3015 characters"):
        story_text("Gelukt, zei ze " + "🎉" * 3000)


@pytest.mark.parametrize(
    "typed",
    [
        UMBRELLA,
        "נתתי ללקוח מטריה בגשם",
        "أعطيت العميل مظلة في المطر",
        "在雨中把伞借给了客户，他很高兴",
        "Klant om 12:15:30 gebeld, om 13:00:00 klaar",
        "Eén regel\nen nog een",
        "1 paraplu, 2 klanten",
        "Zei ze: 'mooi' & <b>dank</b> *je* `wel`",
        "{who} kreeg {alles} {0}",
        "👩‍👩‍👧‍👦 familie geholpen",
    ],
)
def test_words_in_any_script_are_kept_as_they_are(typed: str) -> None:
    assert story_text(f"  {typed}\n") == typed


def test_an_emoji_from_slack_is_kept_as_people_see_it() -> None:
    told = story_text("Gaf :tada: weg :+1::skin-tone-3: en zei :onze-eigen-emoji:")

    assert told == "Gaf 🎉 weg 👍🏼 en zei :onze-eigen-emoji:"


@given(st.text(st.sampled_from(STEERING + "ab א 🎉"), min_size=30, max_size=60))
def test_nothing_that_steers_the_writing_gets_into_a_story(typed: str) -> None:
    text = story_text("Dit was het verhaal " + typed + "\u202e")

    assert not set(text) & set(STEERING)
    assert [sign for sign in text if sign.strip()] == [
        sign for sign in "Dit was het verhaal " + typed if sign.strip() and sign not in STEERING
    ]


@given(st.one_of(st.text(), st.text(min_size=SHORTEST), st.from_regex(r"(:[a-z0-9_+-]{1,9}:| ){1,20}")))
@example("\ud83d paraplu meegegeven")
@example("a\x00bcdefghijklm")
def test_any_text_is_a_story_that_can_be_kept_or_an_error_to_read(typed: str) -> None:
    text = read_or_refused(lambda: story_text(typed))
    if isinstance(text, BotError):
        assert str(text)
        return
    assert SHORTEST <= len(text) <= LONGEST
    assert text == text.strip() == story_text(text)
    assert not any(unicodedata.category(sign) in ("Cc", "Cs") for sign in text if sign not in "\n\t")
    text.encode()


@given(st.integers(0, DAYS_BACK))
def test_a_story_can_be_told_a_week_afterwards(back: int) -> None:
    day = TODAY - timedelta(days=back)

    assert told_day(day.isoformat(), TODAY) == day


@given(st.integers(DAYS_BACK + 1, 10_000))
def test_longer_ago_is_too_long_ago(back: int) -> None:
    with pytest.raises(BotError, match="That is too long ago: at most 7 days back"):
        told_day((TODAY - timedelta(days=back)).isoformat(), TODAY)


@given(st.integers(1, 10_000))
def test_a_day_to_come_has_no_story_yet(ahead: int) -> None:
    with pytest.raises(BotError, match="That day is still to come"):
        told_day((TODAY + timedelta(days=ahead)).isoformat(), TODAY)


@given(st.dates())
def test_a_changed_story_may_keep_its_day_however_long_ago(day: date) -> None:
    assert told_day(day.isoformat(), TODAY, kept_day=day) == day


def test_a_changed_story_may_not_move_to_another_day_long_ago() -> None:
    long_ago = TODAY - timedelta(days=60)

    with pytest.raises(BotError, match="too long ago"):
        told_day((long_ago + timedelta(days=1)).isoformat(), TODAY, kept_day=long_ago)


def test_no_day_is_today() -> None:
    assert told_day("", TODAY) == TODAY


@given(st.text(min_size=1))
@example("2026-02-30")
@example("gisteren")
@example("0000-00-00")
@example("99999-01-01")
def test_any_text_is_a_day_of_this_week_or_an_error(typed: str) -> None:
    day = read_or_refused(lambda: told_day(typed, TODAY))

    assert TODAY - timedelta(days=DAYS_BACK) <= day <= TODAY if isinstance(day, date) else str(day)


@given(st.integers(0, MOST_MINUTES), st.sampled_from(["{}", " {} ", "0{}", "000000{}"]))
def test_minutes_are_a_whole_number(minutes: int, form: str) -> None:
    assert read_story(TypedStory(UMBRELLA, minutes=form.format(minutes)), TODAY, "EUR").minutes == minutes


@pytest.mark.parametrize(
    "typed",
    [
        "-1",
        "1,5",
        "1.5",
        "een uur",
        "601",
        "10m",
        "٣",
        "²",
        "1 0",
        "0000601",
        "000000999999",
        "9" * 3000,
        "0" * 5000 + "9999",
    ],
)
def test_other_minutes_are_an_error_at_their_field(typed: str) -> None:
    assert errors_of(TypedStory(UMBRELLA, minutes=typed)) == {
        "minutes": "Write the minutes as a whole number, 600 at most."
    }


@given(st.text())
def test_any_text_is_minutes_in_range_or_an_error(typed: str) -> None:
    values = read_or_refused(lambda: read_story(TypedStory(UMBRELLA, minutes=typed), TODAY, "EUR"))

    if isinstance(values, BotError):
        assert list(getattr(values, "fields", ())) == ["minutes"]
    else:
        assert values.minutes is None or 0 <= values.minutes <= MOST_MINUTES


def test_a_whole_form_is_read() -> None:
    values = read_story(
        TypedStory(
            f" {UMBRELLA} ", customer=" mevrouw met hond ", moment="complaint", unasked=True, helpers=("U1", "U2"),
            spent="€ 7,50", minutes="15", day="2026-10-30", is_shared=True, on_screen=True,
        ),
        TODAY, "EUR",
    )  # fmt: skip

    assert (values.text, values.customer, values.moment) == (UMBRELLA, "mevrouw met hond", Moment.COMPLAINT)
    assert (values.spent_cents, values.minutes, values.day) == (750, 15, date(2026, 10, 30))
    assert (values.unasked, values.helpers, values.is_shared, values.on_screen) == (True, ("U1", "U2"), True, True)


def test_what_was_left_empty_stays_unknown() -> None:
    values = read_story(TypedStory(UMBRELLA, spent="  ", minutes=" "), TODAY, "EUR")

    assert (values.day, values.spent_cents, values.minutes, values.moment) == (TODAY, None, None, None)
    assert (values.customer, values.helpers, values.on_screen) == ("", (), False)


def test_nothing_spent_is_not_the_same_as_not_filled_in() -> None:
    values = read_story(TypedStory(UMBRELLA, spent="0", minutes="0"), TODAY, "EUR")

    assert (values.spent_cents, values.minutes) == (0, 0)


def test_all_that_is_wrong_with_a_form_is_said_at_once() -> None:
    assert errors_of(
        TypedStory("kort", customer="k" * (LONGEST_CUSTOMER + 1), spent="1.250", minutes="veel", day="2026-11-03")
    ) == {
        "story": "That is very short. Tell a little more: what did you do for the customer?",
        "customer": "That is too long: 150 characters at most.",
        "spent": "1.250 could mean 1.25 or 1250. Write the one you mean.",
        "minutes": "Write the minutes as a whole number, 600 at most.",
        "day": "That day is still to come.",
    }


def test_a_form_with_one_mistake_has_one_error() -> None:
    assert list(errors_of(TypedStory(UMBRELLA, spent="7 50"))) == ["spent"]


def test_a_customer_is_named_without_tricks() -> None:
    assert read_story(TypedStory(UMBRELLA, customer="  Ans\u202e\x00 \n"), TODAY, "EUR").customer == "Ans"
    assert (
        len(read_story(TypedStory(UMBRELLA, customer="k" * LONGEST_CUSTOMER), TODAY, "EUR").customer)
        == LONGEST_CUSTOMER
    )


@pytest.mark.parametrize("moment", list(Moment))
def test_every_moment_can_be_chosen(moment: Moment) -> None:
    assert read_story(TypedStory(UMBRELLA, moment=moment.value), TODAY, "EUR").moment is moment


def test_a_moment_that_does_not_exist_is_no_moment() -> None:
    assert read_story(TypedStory(UMBRELLA, moment="lunch"), TODAY, "EUR").moment is None


def test_what_is_kept_for_oneself_is_never_on_the_screen() -> None:
    values = read_story(TypedStory(UMBRELLA, is_shared=False, on_screen=True), TODAY, "EUR")

    assert (values.is_shared, values.on_screen) == (False, False)


@given(st.builds(TypedStory, text=st.text(), customer=st.text(), moment=st.none() | st.text(), spent=st.text(),
                 minutes=st.text(), day=st.text(), is_shared=st.booleans(), on_screen=st.booleans()))  # fmt: skip
def test_any_form_is_a_story_or_errors_at_its_fields(typed: TypedStory) -> None:
    values = read_or_refused(lambda: read_story(typed, TODAY, "EUR"))

    if isinstance(values, BotError):
        assert isinstance(values, FormError)
        assert set(values.fields) <= {"story", "customer", "spent", "minutes", "day"}
        assert values.fields
    else:
        assert values.is_shared or not values.on_screen


def test_the_same_words_count_as_one_story_for_two_minutes() -> None:
    assert timedelta(minutes=2) == SAME_WITHIN


def test_the_teller_may_change_their_own_story() -> None:
    own = story(SANNE)

    assert must_be_own(own, SANNE) is own


def test_somebody_else_may_not_change_it() -> None:
    with pytest.raises(BotError, match="Only the teller can do that"):
        must_be_own(story(SANNE), BRAM)


def test_a_story_that_is_gone_can_be_neither_changed_nor_applauded() -> None:
    with pytest.raises(BotError, match="not there any more"):
        must_be_own(None, SANNE)
    with pytest.raises(BotError, match="not there any more"):
        must_be_applaudable(None, BRAM)


def test_a_colleague_may_applaud_and_the_teller_may_not() -> None:
    told = story(SANNE)

    assert must_be_applaudable(told, BRAM) is told
    with pytest.raises(BotError, match="for your colleagues"):
        must_be_applaudable(told, SANNE)


@pytest.mark.parametrize("person_id", [SANNE, BRAM])
def test_nobody_learns_of_a_story_that_was_kept_private(person_id: int) -> None:
    """The same words as for a story that is gone: a click tells nothing about what is kept."""
    with pytest.raises(BotError, match="not there any more"):
        must_be_applaudable(story(SANNE, is_shared=False), person_id)
