"""What people's words hold: names are taken out where they are names, and marks alone say nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kernel.wording import letters_in, without_name


@given(st.text(max_size=60), st.text(max_size=20))
def test_a_name_is_taken_out_of_any_text(text: str, name: str) -> None:
    assert without_name(text, "", "een collega") == text
    left = without_name(f"{text} @bram en Bram {text}", "Bram de Boer", "een collega")
    assert " een collega en een collega " in left.replace("Een", "een")
    without_name(text, name, "een collega")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Abrams Bramson Bram's", "Abrams Bramson x's"),
        ("Bram-Jan en Klaas-Bram", "Bram-Jan en Klaas-Bram"),
        ("BRAM DE BOER en bram  de boer", "X en x"),
        ("Dank @bram.de.boer, @bramdeboer, @BRAM en @bramm", "Dank x, x, x en @bramm"),
        ("mail bram@linde.nl", "mail bram@linde.nl"),
    ],
)
def test_a_name_is_a_whole_word(text: str, left: str) -> None:
    assert without_name(text, "Bram de Boer", "x") == left


@pytest.mark.parametrize("name", ["Mei", "Mei Chen"])
def test_a_word_that_is_spelled_like_a_name_stays(name: str) -> None:
    assert without_name("Al in mei hielp Mei mij", name, "een collega") == "Al in mei hielp een collega mij"


def test_a_name_without_capitals_is_found_with_one() -> None:
    assert without_name("Dank Bram", "bram", "x") == "Dank x"


@pytest.mark.parametrize("text", ["@channel", "<!channel>", "@here @bram", "#fans", ":tada: 🎉", "1️⃣", "…!", ""])
def test_marks_alone_say_nothing(text: str) -> None:
    assert letters_in(text) == 0
    assert letters_in(f"{text} Dank") == 4


@pytest.mark.parametrize("before", ["", "“", "Fijn. ", "Fijn!\n"])
def test_what_comes_in_place_of_a_name_begins_a_sentence_with_a_capital(before: str) -> None:
    assert without_name(f"{before}Bram hielp Bram", "Bram", "een collega") == f"{before}Een collega hielp een collega"
