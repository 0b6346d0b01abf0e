"""Both languages: whole, up to date with the code, and in the house's tone."""

import re
from datetime import date
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message

from bot.i18n.translate import LANGUAGES, later, speakers
from bot.kernel.errors import BotError, FormError
from tests.catalogue import FILES, known, renewed, sentences

SPEAKERS = speakers()
NO_BREAK = "\u00a0"


def forms(text: str | tuple[str, ...] | list[str]) -> list[str]:
    """A message has one form, or one for each number."""
    return [text] if isinstance(text, str) else list(text)


def messages(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


CASES = [
    pytest.param(language, message, id=f"{language}: {message.id}")
    for language in FILES
    for message in messages(known(language))
]


def test_there_is_a_catalogue_for_each_language() -> None:
    assert set(FILES) == set(LANGUAGES) == set(SPEAKERS)
    assert [SPEAKERS[language].language for language in LANGUAGES] == list(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_has_every_sentence_of_the_code_and_no_other(language: str) -> None:
    """Otherwise: `make catalogue`, and translate what is new."""
    assert {str(message.id) for message in messages(known(language))} == {
        str(message.id) for message in messages(sentences())
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_is_as_make_catalogue_writes_it(language: str) -> None:
    assert FILES[language].read_bytes() == renewed(language)


def test_the_code_says_something() -> None:
    """The sentences are found at all; the three ways to say one are among them."""
    found = {str(message.id) for message in sentences() if message.id}

    assert {"Tell your story", "A complaint", "An amount can't be negative."} <= found
    assert len(found) > 50


@pytest.mark.parametrize(("language", "message"), CASES)
def test_each_sentence_is_translated(language: str, message: Message) -> None:
    assert forms(message.string)
    assert all(forms(message.string))
    assert not message.fuzzy


@pytest.mark.parametrize(("language", "message"), CASES)
def test_a_translation_is_filled_in_with_the_values_of_its_sentence(language: str, message: Message) -> None:
    """A number may stay unsaid in the form for one."""
    wanted = placeholders(forms(message.id)[-1])

    for form in forms(message.string):
        assert placeholders(form) | ({"number"} & wanted) == wanted
        assert placeholders(form) == wanted or message.pluralizable


@pytest.mark.parametrize(("language", "message"), CASES)
def test_a_sentence_does_not_shout(language: str, message: Message) -> None:
    for form in forms(message.string):
        assert form.count("!") <= 1
        assert "?!" not in form
        assert not re.search(r"\b[A-Z]{4,}\b", form)


@pytest.mark.parametrize(("language", "message"), CASES)
def test_a_sentence_has_no_space_too_many(language: str, message: Message) -> None:
    for form in forms(message.string):
        assert form == form.strip()
        assert "  " not in form


@pytest.mark.parametrize("message", messages(known("nl")), ids=lambda message: str(message.id))
def test_dutch_says_je_and_keeps_the_kind_of_sentence(message: Message) -> None:
    for english, dutch in zip(forms(message.id), forms(message.string), strict=True):
        assert not re.search(r"\bu\b|\buw\b", dutch, re.IGNORECASE)
        assert english.endswith("?") == dutch.endswith("?")
        assert english.endswith(":") == dutch.endswith(":")


@pytest.mark.parametrize("message", messages(known("en")), ids=lambda message: str(message.id))
def test_english_says_what_the_code_says(message: Message) -> None:
    assert forms(message.string) == forms(message.id)


def test_a_sentence_is_said_in_each_language() -> None:
    assert SPEAKERS["nl"]("Tell your story") == "Vertel je verhaal"
    assert SPEAKERS["en"]("Tell your story") == "Tell your story"


def test_values_are_filled_in_and_never_read_as_a_pattern() -> None:
    tricky = "{story} {0} {who.__class__} %s {"

    assert SPEAKERS["nl"]("{who} made a fan: {story}", who=tricky, story="{who}") == f"{tricky} maakte een fan: {{who}}"


def test_a_sentence_without_a_translation_is_said_in_english() -> None:
    assert SPEAKERS["nl"]("This was written {when}.", when="today") == "This was written today."


def test_an_error_is_said_in_the_language_of_who_made_it() -> None:
    error = BotError("That is too long ago: at most {days} days back.", days=7)

    assert SPEAKERS["nl"].error(error) == "Dat is te lang geleden: het kan tot 7 dagen terug."
    assert SPEAKERS["en"].error(error) == str(error) == "That is too long ago: at most 7 days back."


def test_what_was_typed_comes_back_in_the_error_as_it_was() -> None:
    typed = "{typed} <!channel> %s"
    error = BotError("I can't read {typed} as an amount. Write it like 7.50 or 12.", typed=typed)

    assert SPEAKERS["nl"].error(error).startswith(typed + " kan ik niet als een bedrag lezen.")


def test_a_form_error_has_a_sentence_of_its_own() -> None:
    error = FormError({"story": BotError("Only the teller can do that.")})

    assert SPEAKERS["nl"].error(error)
    assert list(error.fields) == ["story"]


@pytest.mark.parametrize(("number", "said"), [(0, "0 times"), (1, "once"), (2, "2 times"), (1000, "1000 times")])
def test_a_number_takes_its_own_form(number: int, said: str) -> None:
    for speaker in SPEAKERS.values():
        assert speaker.plural("once", "{number} times", number) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [("nl", ["dinsdag 3 november", "zondag 1 maart"]), ("en", ["Tuesday 3 November", "Sunday 1 March"])],
)
def test_a_day_is_said_with_its_weekday(language: str, said: list[str]) -> None:
    assert [SPEAKERS[language].day(day) for day in (date(2026, 11, 3), date(2026, 3, 1))] == said


@pytest.mark.parametrize(
    ("cents", "dutch", "english"),
    [
        (750, f"€{NO_BREAK}7,50", "€7.50"),
        (0, f"€{NO_BREAK}0,00", "€0.00"),
        (5, f"€{NO_BREAK}0,05", "€0.05"),
        (125_000, f"€{NO_BREAK}1.250,00", "€1,250.00"),
        (10_000_000, f"€{NO_BREAK}100.000,00", "€100,000.00"),
    ],
)
def test_money_is_written_as_the_language_does(cents: int, dutch: str, english: str) -> None:
    assert SPEAKERS["nl"].money(cents, "EUR") == dutch
    assert SPEAKERS["en"].money(cents, "EUR") == english


def test_every_cent_is_written_as_it_is() -> None:
    for cents in range(0, 100_000, 7):
        digits = re.sub(r"\D", "", SPEAKERS["nl"].money(cents, "EUR"))
        assert int(digits) == cents


def test_a_sentence_for_later_is_itself() -> None:
    assert later("A complaint") == "A complaint"
