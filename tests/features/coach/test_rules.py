"""Which moment is meant, which tip comes next, and what makes a refusal."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.coach.rules import (
    LONGEST_WHAT,
    LONGEST_WHY,
    Refusal,
    TypedRefusal,
    moment_named,
    moment_of,
    next_tip,
    read_refusal,
)
from bot.features.coach.screens import MOMENTS
from bot.i18n.translate import speakers
from bot.kernel.errors import BotError, FormError
from bot.kernel.tips import Cost, Tip
from storage.stories import Moment

TODAY = date(2026, 11, 2)


def a_tip(name: str, moment: Moment) -> Tip:
    return Tip(name, moment, Cost.NOTHING, {"nl": name, "en": name})


NO, ALSO_NO, COMPLAINT = (
    a_tip("no", Moment.SAYING_NO), a_tip("also-no", Moment.SAYING_NO), a_tip("complaint", Moment.COMPLAINT),
)  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("nee", Moment.SAYING_NO),
        ("Nee, maar…", Moment.SAYING_NO),
        ("saying_no", Moment.SAYING_NO),
        ("klacht", Moment.COMPLAINT),
        (" Een KLACHT! ", Moment.COMPLAINT),
        ("voor een klacht", Moment.COMPLAINT),
        ("about a complaint", Moment.COMPLAINT),
        ("vraag", Moment.QUESTION),
        ("probleem", Moment.QUESTION),
        ("vraag/probleem", Moment.QUESTION),
        ("niet  van\nons", Moment.NOT_OURS),
        ("not-ours", Moment.NOT_OURS),
    ],
)
def test_a_moment_is_understood_the_way_people_type_it(typed: str, moment: Moment) -> None:
    assert moment_named(typed) == moment


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_moment_is_understood_by_what_it_is_called_on_the_screen(language: str) -> None:
    say = speakers()[language]

    assert {moment_named(say(label)) for label in MOMENTS.values()} == set(MOMENTS)


@pytest.mark.parametrize("typed", ["", "  ", "…", "een", "voor een"])
def test_nothing_in_particular_is_any_moment(typed: str) -> None:
    assert moment_named(typed) is None


@pytest.mark.parametrize("typed", ["maandag", "neef", "niet", "other", "klacht " * 40, "<!channel>", "{typed}"])
def test_an_unknown_moment_says_which_there_are(typed: str) -> None:
    with pytest.raises(BotError, match="no, complaint, question, not ours") as raised:
        moment_named(typed)

    assert len(str(raised.value)) < 140


@given(st.text())
def test_no_words_break_the_question_which_moment_is_meant(typed: str) -> None:
    with suppress(BotError):
        assert moment_named(typed) in {None, *MOMENTS}


@pytest.mark.parametrize("value", [None, "", "other", "; drop table", 7, ["complaint"]])
def test_a_button_without_a_moment_means_any(value: object) -> None:
    assert moment_of(value) is None
    assert moment_of("complaint") == Moment.COMPLAINT


def test_the_moment_that_was_asked_for_comes_first() -> None:
    given = next_tip([NO, ALSO_NO, COMPLAINT], {"no"}, TODAY, 7, Moment.SAYING_NO)

    assert given.tip == ALSO_NO
    assert not given.is_of_another_moment


def test_a_moment_that_is_used_up_gives_way_to_another() -> None:
    given = next_tip([NO, ALSO_NO, COMPLAINT], {"no", "also-no"}, TODAY, 7, Moment.SAYING_NO)

    assert given.tip == COMPLAINT
    assert given.is_of_another_moment


def test_a_tip_for_any_moment_is_never_of_another() -> None:
    assert not next_tip([COMPLAINT], (), TODAY, 7, None).is_of_another_moment


@pytest.mark.parametrize("asked", [None, Moment.SAYING_NO])
def test_who_has_had_everything_gets_nothing_twice(asked: Moment | None) -> None:
    given = next_tip([NO, COMPLAINT], {"no", "complaint"}, TODAY, 7, asked)

    assert given.tip is None
    assert not given.is_of_another_moment


@pytest.mark.parametrize(
    ("typed", "what"),
    [
        ("ruilen zonder bon", "Ruilen zonder bon"),
        ("  Ruilen\n zonder  bon. ", "Ruilen zonder bon"),
        ("ijsjes bezorgen?", "IJsjes bezorgen"),
        ("iPhones inruilen…", "iPhones inruilen"),
        ("2 kopjes :coffee:", "2 kopjes ☕"),
        ("{what} *vet* <!channel>", "{what} *vet* <!channel>"),
        ("é", "É"),
    ],
)
def test_what_is_refused_can_begin_a_sentence(typed: str, what: str) -> None:
    assert read_refusal(TypedRefusal(typed)) == Refusal(what)


def test_the_reason_is_a_part_of_a_sentence() -> None:
    refusal = read_refusal(TypedRefusal("korting", " de marge is op. "))

    assert refusal == Refusal("Korting", "de marge is op")
    assert read_refusal(TypedRefusal("korting", "…")).why == ""


@pytest.mark.parametrize("typed", ["", "   ", "...", "🎉", "\u200b", "\u202e"])
def test_a_refusal_without_a_word_is_told_at_its_field(typed: str) -> None:
    with pytest.raises(FormError) as raised:
        read_refusal(TypedRefusal(typed, "daarom"))

    assert set(raised.value.fields) == {"what"}


def test_each_field_says_that_it_is_too_long() -> None:
    with pytest.raises(FormError) as raised:
        read_refusal(TypedRefusal("x" * (LONGEST_WHAT + 1), "y" * (LONGEST_WHY + 1)))

    assert {name: str(error) for name, error in raised.value.fields.items()} == {
        "what": "That is too long: 150 characters at most.",
        "why": "That is too long: 200 characters at most.",
    }


@given(st.text(), st.text())
def test_every_refusal_is_a_sentence_or_an_error_at_a_field(what: str, why: str) -> None:
    with suppress(FormError):
        refusal = read_refusal(TypedRefusal(what, why))
        assert refusal.what
        assert "\n" not in refusal.what + refusal.why
