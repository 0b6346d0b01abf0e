"""What somebody typed about money: amounts, days, receipts, decisions, caps."""

from datetime import date

import pytest

from bot.features.budgets import reading
from bot.features.budgets.rules import LARGEST_RECEIPT, Decision, Receipt, TypedSpending
from bot.kernel.errors import BotError, FormError
from storage.spending import PaidWith

MONDAY = date(2026, 11, 2)


@pytest.mark.parametrize(
    ("typed", "cents", "what_for"),
    [
        ("7,50 bloemen voor een jarige klant", 750, "bloemen voor een jarige klant"),
        ("€ 7,50 bloemen", 750, "bloemen"),
        ("€7.50 bloemen", 750, "bloemen"),
        ("7,50 euro bloemen", 750, "bloemen"),
        ("7,50€ bloemen", 750, "bloemen"),
        ("EUR 12 taart", 1200, "taart"),
        ("12 EUR taart", 1200, "taart"),
        ("5 een kopje koffie", 500, "een kopje koffie"),
        ("5 all you can eat", 500, "all you can eat"),
        ("5 USB-stick", 500, "USB-stick"),
        ("7,50, bloemen", 750, "bloemen"),
        ("7,50: bloemen", 750, "bloemen"),
        ("7,50 euro; bloemen", 750, "bloemen"),
        ("7, bloemen", 700, "bloemen"),
        ("7,50 lunch om 12.30", 750, "lunch om 12.30"),
        ("2 koffies 2026", 200, "koffies 2026"),
        ("7,- gebak\nbij de bakker", 700, "gebak\nbij de bakker"),
    ],
)
def test_a_line_is_an_amount_and_what_it_is_for(typed: str, cents: int, what_for: str) -> None:
    values = reading.read_line(typed, MONDAY, "EUR")

    assert (values.cents, values.what_for, values.day) == (cents, what_for, MONDAY)
    assert values.paid_with == PaidWith.OWN


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("bloemen", "Begin with the amount"),
        ("", "Begin with the amount"),
        ("7,50", "What is it for"),
        ("€", "I can't read"),
        ("€ bloemen", "I can't read"),
        ("-5 bloemen", "can't be negative"),
        ("−5 bloemen", "can't be negative"),
        ("0 bloemen", "more than nothing"),
        ("0,00 bloemen", "more than nothing"),
        ("1e9 bloemen", "I can't read"),
        ("7,505 bloemen", "could mean"),
        ("$5 flowers", "Amounts are in EUR"),
        ("5 USD flowers", "Amounts are in EUR"),
        ("£ 5 flowers", "Amounts are in EUR"),
        ("5 dollar bloemen", "Amounts are in EUR"),
        ("999999999999 bloemen", "more than this form takes"),
        ("7,50bloemen", "I can't read"),
        ("0,750 bloemen", "I can't read"),
        ("1 250,00 taart", "two amounts: 1 and 250,00"),
        ("2 koffies 7,50", "two amounts: 2 and 7,50"),
        ("５ bloemen", "I can't read"),
    ],
)
def test_a_line_that_is_none_says_why(typed: str, said: str) -> None:
    with pytest.raises(BotError, match=said):
        reading.read_line(typed, MONDAY, "EUR")


def test_amounts_are_in_the_offices_currency() -> None:
    assert reading.read_spent("£ 7.50", "GBP") == 750
    assert reading.read_spent("7.50 USD", "USD") == 750
    with pytest.raises(BotError, match="Amounts are in GBP"):
        reading.read_spent("€ 7.50", "GBP")


def wrong(typed: TypedSpending) -> dict[str, str]:
    with pytest.raises(FormError) as refused:
        reading.read_spending(typed, MONDAY, "EUR")
    return {name: str(error) for name, error in refused.value.fields.items()}


def test_each_mistake_in_the_form_is_told_at_its_own_field() -> None:
    found = wrong(
        TypedSpending(
            amount="7,505", what_for=" ", paid_with="cupboard", day="2026-11-03", company="x" * 151, vat_rate="7",
            receipt=Receipt("F1", "text/html", 10), no_receipt="x" * 301,
        )
    )  # fmt: skip

    assert set(found) == {
        "amount", "what_for", "paid_with", "day", "company", "vat_rate", "receipt", "no_receipt",
    }  # fmt: skip
    assert found["day"] == "That day is still to come."


@pytest.mark.parametrize("amount", ["", "-1", "0", "1e9", "7,505", "€", "$ 5", "NaN", "٣"])
def test_what_is_no_amount_is_told_at_the_amount(amount: str) -> None:
    assert set(wrong(TypedSpending(amount, "bloemen"))) == {"amount"}


@pytest.mark.parametrize("day", ["2026-11-03", "2026-10-01", "gisteren", "2026-13-01"])
def test_a_day_is_at_most_a_month_back_and_never_to_come(day: str) -> None:
    assert set(wrong(TypedSpending("5", "bloemen", day=day))) == {"day"}
    assert reading.spent_day("2026-10-02", MONDAY) == date(2026, 10, 2)


def test_a_receipt_is_a_picture_or_a_pdf_of_ten_megabytes_at_most() -> None:
    for receipt in (Receipt("F1", "image/jpeg", LARGEST_RECEIPT), Receipt("F2", "application/pdf", 1)):
        assert reading.read_spending(TypedSpending("5", "taart", receipt=receipt), MONDAY, "EUR").receipt
    for receipt in (Receipt("F1", "image/jpeg", LARGEST_RECEIPT + 1), Receipt("F2", "application/zip", 1)):
        assert set(wrong(TypedSpending("5", "taart", receipt=receipt))) == {"receipt"}


def test_a_part_is_more_than_nothing_and_less_than_all() -> None:
    assert reading.read_decision(Decision.PARTLY, "5", "", 1000, "EUR") == (500, "")
    assert reading.read_decision(Decision.APPROVE, "", "", 1000, "EUR") == (1000, "")
    for amount in ("10", "11", "0", "-1", "", "$ 5"):
        with pytest.raises(FormError) as refused:
            reading.read_decision(Decision.PARTLY, amount, "", 1000, "EUR")
        assert set(refused.value.fields) == {"amount"}


def test_a_no_comes_with_a_reason() -> None:
    assert reading.read_decision(Decision.REFUSE, "", "te duur", 1000, "EUR") == (None, "te duur")
    with pytest.raises(FormError) as refused:
        reading.read_decision(Decision.REFUSE, "", "  ", 1000, "EUR")
    assert set(refused.value.fields) == {"reason"}


def test_a_cap_of_nothing_means_ask_always_and_an_empty_one_the_offices() -> None:
    assert reading.read_caps("0", "", "", "EUR") == (0, None, None)
    assert reading.read_caps("0,00", "50", "30", "EUR") == (0, 5000, 30)
    with pytest.raises(FormError) as refused:
        reading.read_caps("-1", "x", "half an hour", "EUR")
    assert set(refused.value.fields) == {"day_cap", "month_cap", "day_minutes"}


@pytest.mark.parametrize("typed", ["2026-13", "2026-1", "november", "", "2026-11-01", "٢٠٢٦-11"])
def test_a_month_is_written_with_its_year_first(typed: str) -> None:
    assert reading.read_month("2026-11") == "2026-11"
    with pytest.raises(BotError):
        reading.read_month(typed)


def test_caps_hold_from_today_or_a_later_day() -> None:
    assert reading.read_first_day("", MONDAY) == MONDAY
    assert f"{reading.read_first_day('2026-12-01', MONDAY)}" == "2026-12-01"
    for wrong in ("2026-11-01", "tomorrow"):
        with pytest.raises(FormError) as refused:
            reading.read_first_day(wrong, MONDAY)
        assert set(refused.value.fields) == {"first_day"}
