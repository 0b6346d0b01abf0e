"""Amounts, as Dutch and English people type them."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.kernel.errors import BotError
from bot.kernel.money import LARGEST, read_amount, read_cents, read_currency, typed_amount

CENTS = st.integers(0, LARGEST)
LANGUAGES = st.sampled_from(["nl", "en"])
BESIDE = st.sampled_from(
    ["{}", "€ {}", "€{}", "{} euro", "{}euro", "EUR {}", "EUR{}", "{} eur", "{} €", " {}\u00a0", "€\u202f{}"]
)


def read_or_refused(typed: str) -> int | BotError:
    try:
        return read_cents(typed)
    except BotError as error:
        return error


def grouped(cents: int, separator: str, decimal: str) -> str:
    """An amount with its thousands apart: 1.250,00."""
    return f"{cents // 100:,}".replace(",", separator) + f"{decimal}{cents % 100:02d}"


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("7", 700),
        ("7,50", 750),
        ("7.50", 750),
        ("7,5", 750),
        ("7.5", 750),
        ("7,05", 705),
        ("0,05", 5),
        ("0", 0),
        ("7,-", 700),
        ("7.-", 700),
        ("7,--", 700),
        ("7,–", 700),
        ("7,—", 700),
        ("€ 7.50", 750),
        ("€7,50", 750),
        ("7,50 €", 750),
        ("7,50 euro", 750),
        ("7,50euro", 750),
        ("7 Euros", 700),
        ("EUR 7,50", 750),
        ("eur7,50", 750),
        ("  7,50\t", 750),
        ("€\u00a07,50", 750),
        ("1250", 125_000),
        ("1250,00", 125_000),
        ("1.250,00", 125_000),
        ("1,250.00", 125_000),
        ("1.250,5", 125_050),
        ("1.250,-", 125_000),
        ("1 250", 125_000),
        ("1'250,00", 125_000),
        ("1\u00a0250,00", 125_000),
        ("€ 12.345,67 euro", 1_234_567),
    ],
)
def test_an_amount_is_read_as_it_is_typed(typed: str, cents: int) -> None:
    assert read_cents(typed) == cents


@pytest.mark.parametrize(
    ("typed", "small", "large"),
    [
        ("1.250", "1.25", "1250"),
        ("1,250", "1.25", "1250"),
        ("€ 12.500", "12.50", "12500"),
        ("1,250 euro", "1.25", "1250"),
    ],
)
def test_an_amount_that_could_mean_two_things_is_asked_about(typed: str, small: str, large: str) -> None:
    with pytest.raises(BotError) as caught:
        read_cents(typed)

    assert f"could mean {small} or {large}." in str(caught.value)
    assert typed in str(caught.value)


@given(st.integers(1, 99), st.integers(0, 999), st.sampled_from(".,"))
def test_what_an_ambiguous_amount_could_mean_can_be_typed(whole: int, rest: int, separator: str) -> None:
    with pytest.raises(BotError) as caught:
        read_cents(f"{whole}{separator}{rest:03d}")

    found = re.search(r"could mean (\S+) or (\S+)\. ", str(caught.value))
    assert found is not None
    assert [read_cents(found[1]), read_cents(found[2])] == [whole * 100 + rest // 10, (whole * 1000 + rest) * 100]


@pytest.mark.parametrize("typed", ["-7", "- 7,50", "€ -7", "−7", "–7"])
def test_an_amount_is_never_negative(typed: str) -> None:
    with pytest.raises(BotError, match="can't be negative"):
        read_cents(typed)


@pytest.mark.parametrize(
    "typed",
    [
        *("", "   ", "€", "euro", "zeven", "7,50,00", "1.250.00", "1.25.000", "12.50.000,00", "1.250 000,00"),
        *("0,005", "0,750", "0.500", "01,250", "00.750", "0.250,00", "€ 0,750"),
        *("7,505 x", "7 50", "1e3", "7%", "$ 7", "٧", "7³", "Ⅶ", "7/8", "7,50 of 8", "1€250", "neuro 7", "7 europa"),
    ],
)
def test_what_is_no_amount_is_an_error_that_shows_how_to_write_one(typed: str) -> None:
    with pytest.raises(
        BotError, match=re.escape(f"I can't read {typed.strip()} as an amount. Write it like 7.50 or 12.")
    ):
        read_cents(typed)


@pytest.mark.parametrize("typed", ["100.000,01", "100001", "1.000.000", "9" * 13, "9" * 5000, "€ 123456789012,00"])
def test_an_absurd_amount_is_asked_about(typed: str) -> None:
    with pytest.raises(BotError, match="more than this form takes"):
        read_cents(typed)


def test_the_largest_amount_is_still_taken() -> None:
    assert read_cents("100.000,00") == LARGEST


@pytest.mark.parametrize("typed", ["0007,50", "0" * 14 + "7,50", "0" * 5000 + "7,50"])
def test_noughts_in_front_change_nothing(typed: str) -> None:
    assert read_cents(typed) == 750


@given(st.text(min_size=100))
@example("€" * 2000 + "1.250")
@example("9" * 2000)
def test_an_error_never_repeats_a_page_of_typing(typed: str) -> None:
    assert len(str(read_or_refused(typed))) < 200


@given(CENTS, LANGUAGES, BESIDE)
def test_an_amount_written_in_either_language_reads_back(cents: int, language: str, beside: str) -> None:
    assert read_cents(beside.format(typed_amount(cents, language))) == cents


@given(CENTS, st.sampled_from([(".", ","), (",", "."), (" ", ","), ("'", "."), ("\u00a0", ","), (" ", ".")]), BESIDE)
def test_an_amount_with_its_thousands_apart_reads_back(cents: int, signs: tuple[str, str], beside: str) -> None:
    assert read_cents(beside.format(grouped(cents, *signs))) == cents


@given(
    st.integers(0, LARGEST // 100),
    st.sampled_from(["{}", "{},-", "{}.-", "{},--", "{},–", "{},—", "{},0", "{}.00"]),
    BESIDE,
)
def test_a_whole_amount_reads_back_in_each_way_of_writing_it(whole: int, form: str, beside: str) -> None:
    assert read_cents(beside.format(form.format(whole))) == whole * 100


@given(st.one_of(st.text(), st.text("0123456789.,-–—' €eurEUR\u00a0\u202f−+{}", max_size=30)))
@example("{typed}")
@example("{0}")
@example("\ud800")
def test_any_text_is_an_amount_in_range_or_an_error_to_read(typed: str) -> None:
    read = read_or_refused(typed)

    assert 0 <= read <= LARGEST if isinstance(read, int) else str(read)


@given(CENTS)
def test_dutch_has_a_comma_and_english_a_point(cents: int) -> None:
    dutch, english = typed_amount(cents, "nl"), typed_amount(cents, "en")

    assert dutch.replace(",", ".") == english
    assert re.fullmatch(r"\d+,\d\d", dutch)


@pytest.mark.parametrize(("typed", "code"), [("EUR", "EUR"), (" eur ", "EUR"), ("usd", "USD"), ("SRD", "SRD")])
def test_a_currency_is_read_by_its_three_letters(typed: str, code: str) -> None:
    assert read_currency(typed) == code


@pytest.mark.parametrize("typed", ["", "euro", "€", "EU", "XQZ", "{typed}"])
def test_what_is_no_currency_is_named(typed: str) -> None:
    with pytest.raises(BotError, match="no currency"):
        read_currency(typed)


@pytest.mark.parametrize(
    ("typed", "currency", "cents"),
    [("£ 5", "GBP", 500), ("5 pond", "GBP", 500), ("CHF 7.50", "CHF", 750), ("€ 0", "EUR", 0), ("7,50", "USD", 750)],
)
def test_an_amount_may_name_the_currency_that_is_meant(typed: str, currency: str, cents: int) -> None:
    assert read_amount(typed, currency) == cents


@pytest.mark.parametrize(("typed", "currency"), [("€ 5", "GBP"), ("5 euro", "GBP"), ("£5", "EUR"), ("5 CHF", "EUR")])
def test_an_amount_in_another_currency_is_refused(typed: str, currency: str) -> None:
    with pytest.raises(BotError, match=f"Amounts are in {currency} here"):
        read_amount(typed, currency)
