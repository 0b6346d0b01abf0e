"""What a form holds, who counts as one sender, and who is meant by a name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.customer_page.rules import (
    BY_ADDRESS,
    BY_LINK,
    Door,
    Said,
    TooManyError,
    Typed,
    colleague_meant,
    must_be_few,
    own_token,
    preferred_language,
    read_form,
    sender_of,
    typed_form,
)
from bot.kernel.errors import FormError
from bot.kernel.links import is_token
from storage.people import Person


def named(*names: str) -> list[Person]:
    return [Person(id=number, slack_id=f"U{number}", name=name) for number, name in enumerate(names, 1)]


@given(st.dictionaries(st.sampled_from(["door", "text", "name", "whom", "consent", "contact", "once"]), st.text()))
def test_whatever_is_sent_becomes_checked_words_or_errors_at_fields(fields: dict[str, str]) -> None:
    typed = typed_form(fields)
    if typed is None:
        assert fields.get("door") not in list(Door)
        return
    try:
        said = read_form(typed)
    except FormError as error:
        wrong, said = set(error.fields), Said()
    else:
        wrong = set()
    assert wrong <= {"text", "name", "whom", "contact"}
    assert len(said.text) <= 2000
    assert "\n" not in said.name + said.whom + said.contact


@given(st.text(), st.text(), st.text())
def test_a_customers_token_is_always_one(link: str, once: str, text: str) -> None:
    link, once, text = (one.encode("utf-8", "ignore").decode() for one in (link, once, text))
    assert is_token(own_token(link, once, Door.COMPLIMENT, Said(text)))


def test_addresses_of_one_household_are_one_sender_and_lead_back_to_nobody() -> None:
    assert sender_of("2001:db8:1:2::1", "t") == sender_of("2001:db8:1:2:ffff::9", "t")
    assert sender_of("2001:db8:1:2::1", "t") != sender_of("2001:db8:1:3::1", "t")
    assert sender_of("192.0.2.1", "t") != sender_of("192.0.2.2", "t")
    assert sender_of("192.0.2.1", "t") != sender_of("192.0.2.1", "another link")
    assert "192" not in sender_of("192.0.2.1", "t") or len(sender_of("192.0.2.1", "t")) == 64
    assert sender_of("", "t") == sender_of("", "t")


def test_the_last_that_fits_is_taken_and_the_next_is_not() -> None:
    must_be_few(BY_ADDRESS - 1, BY_LINK - 1)
    for counts in ((BY_ADDRESS, 0), (0, BY_LINK)):
        with pytest.raises(TooManyError):
            must_be_few(*counts)


@pytest.mark.parametrize(
    ("whom", "meant"),
    [("Daan", 1), ("daan bakker", 1), ("DAÁN", 1), ("Noor", None), ("noor smit", 2), ("Bakker", None), ("", None),
     ("de man", None), ("Daan van de kassa", None)],
)  # fmt: skip
def test_a_colleague_is_meant_when_nobody_else_can_be(whom: str, meant: int | None) -> None:
    found = colleague_meant(whom, named("Daan Bakker", "Noor Smit", "Noor Visser", ""))

    assert (found.id if found else None) == meant


@given(st.text())
def test_no_wish_of_a_browser_is_too_odd(accepted: str) -> None:
    assert preferred_language(accepted, ("nl", "en")) in ("nl", "en", None)


def test_an_answer_to_the_open_question_keeps_nothing_but_words() -> None:
    typed = Typed(Door.BETTER, "Meer stoelen", name="Els", whom="Bram", contact="0612345678")

    assert read_form(typed) == Said("Meer stoelen")
