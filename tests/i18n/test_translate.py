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


def forms(text: str | tuple[str, ...] | list[str] | None) -> list[str]:
    """A message has one form, or one for each number."""
    return [text] if isinstance(text, str) else list(text or ())


def messages(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def translations(*languages: str) -> list[tuple[Message, str]]:
    """Each message with each of its forms."""
    found = [message for language in languages for message in messages(known(language))]
    return [(message, form) for message in found for form in forms(message.string)]


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


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_sentence_is_translated(language: str) -> None:
    assert [message.id for message in messages(known(language)) if not all(forms(message.string) or [""])] == []
    assert [message.id for message in messages(known(language)) if message.fuzzy] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_is_filled_in_with_the_values_of_its_sentence(language: str) -> None:
    """The form for one may leave its number unsaid."""
    for message, form in translations(language):
        wanted = placeholders(forms(message.id)[-1])
        optional = {"number"} if message.pluralizable else set()
        assert wanted - optional <= placeholders(form) <= wanted, message.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_does_not_shout(language: str) -> None:
    for _, form in translations(language):
        assert form.count("!") <= 1, form
        assert "?!" not in form
        assert not re.search(r"\b[A-Z]{4,}\b", form), form


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_has_no_space_too_many(language: str) -> None:
    assert [form for _, form in translations(language) if form != form.strip() or "  " in form] == []


def test_dutch_says_je_and_asks_what_english_asks() -> None:
    for message, dutch in translations("nl"):
        english = forms(message.id)[0]
        assert not re.search(r"\b(u|uw)\b", dutch, re.IGNORECASE), dutch
        assert (english.endswith("?"), english.endswith(":")) == (dutch.endswith("?"), dutch.endswith(":")), dutch


def test_english_says_what_the_code_says() -> None:
    assert [message.id for message in messages(known("en")) if forms(message.string) != forms(message.id)] == []


def test_a_sentence_is_said_in_each_language() -> None:
    assert SPEAKERS["nl"]("Tell your story") == "Vertel je verhaal"
    assert SPEAKERS["en"]("Tell your story") == "Tell your story"


def test_values_are_filled_in_and_never_read_as_a_pattern() -> None:
    tricky = "{story} {0} {who.__class__} %s {"

    assert SPEAKERS["nl"]("{who} made a fan: {story}", who=tricky, story="{who}") == f"{tricky} maakte een fan: {{who}}"


def test_an_error_is_said_in_the_language_of_who_made_it() -> None:
    error = BotError("That is too long ago: at most {days} days back.", days=7)

    assert SPEAKERS["nl"].error(error) == "Dat is te lang geleden: het kan tot 7 dagen terug."
    assert SPEAKERS["en"].error(error) == str(error) == "That is too long ago: at most 7 days back."


def test_what_was_typed_comes_back_in_the_error_as_it_was() -> None:
    typed = "{typed} <!channel> %s"
    error = BotError("I can't read {typed} as an amount. Write it like 7.50 or 12.", typed=typed)

    assert SPEAKERS["nl"].error(error).startswith(typed + " kan ik niet als een bedrag lezen.")


def test_each_error_of_a_form_is_said_at_its_field() -> None:
    error = FormError(
        {"story": BotError("Only the teller can do that."), "day": BotError("That day is still to come.")}
    )

    assert {name: SPEAKERS["nl"].error(wrong) for name, wrong in error.fields.items()} == {
        "story": "Dat kan alleen wie het verhaal vertelde.",
        "day": "Die dag moet nog komen.",
    }


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
    for cents in range(0, 100_000, 97):
        digits = re.sub(r"\D", "", SPEAKERS["nl"].money(cents, "EUR"))
        assert int(digits) == cents


def test_a_sentence_for_later_is_itself() -> None:
    assert later("A complaint") == "A complaint"
