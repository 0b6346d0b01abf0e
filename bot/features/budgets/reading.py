"""What somebody typed about an expense, a decision or a cap, checked."""

import re
from collections.abc import Mapping
from datetime import date

from bot.features.budgets.rules import (
    DAYS_BACK,
    LARGEST_RECEIPT,
    LONGEST,
    LONGEST_COMPANY,
    VAT_RATES,
    Decision,
    Receipt,
    SpendingValues,
    TypedSpending,
)
from bot.kernel.calendar import read_past_day
from bot.kernel.errors import BotError, FormError, Wrong
from bot.kernel.money import SIGNS, read_amount
from bot.slack.text import tidy
from storage.spending import PaidWith, Spending, month_of

LONGEST_REASON = 1000  # characters
DAY = 24 * 60  # minutes

# Three letters behind an amount are mostly a word of what it is for ("5 een bloem"): there they are capitals.
_BEHIND = r"[€$£¥]|\s(?i:euros?|dollars?|pounds?)|\s?(?:EUR|USD|GBP|CHF)"
_IN_A_LINE = re.compile(
    rf"(?P<amount>(?:[A-Za-z]{{3}}\b|[€$£¥])?\s*[-−–+]?\s*[€$£¥]?\s*[.,]?\d\S*?(?:\s?(?:{_BEHIND}))?)"
    r"[,:;]?(?:\s+(?P<for>.*))?",
    re.DOTALL,
)

_WITH_CENTS = re.compile(r"(?<![\w.,])\d+[.,]\d{2}(?![\w]|[.,]\d)", re.ASCII)


def read_line(typed: str, today: date, currency: str) -> SpendingValues:
    """An expense of today from one line: `7,50 flowers for a customer`. Raises BotError."""
    text = tidy(typed)
    found = _IN_A_LINE.fullmatch(text)
    if found is None:
        if text[:1] in SIGNS:
            raise BotError("I can't read {typed} as an amount. Write it like 7.50 or 12.", typed=text[:40])
        raise BotError("Begin with the amount, and then what it is for: 7.50 flowers.")
    cents, rest = read_spent(found["amount"], currency), found["for"] or ""
    if (another := _WITH_CENTS.search(rest)) and not _WITH_CENTS.search(found["amount"]):
        raise BotError(
            "I see two amounts: {first} and {second}. Begin with the one you mean, and its cents: 7.50 flowers.",
            first=found["amount"].strip(), second=another[0],
        )  # fmt: skip
    return SpendingValues(cents, _what_for(rest), today)


def read_spent(typed: str, currency: str) -> int:
    """An amount in the office's currency, in cents; more than nothing. Raises BotError."""
    cents = read_amount(typed, currency)
    if cents == 0:
        raise BotError("An amount is more than nothing.")
    return cents


def read_spending(
    typed: TypedSpending, today: date, currency: str, kept: Spending | None = None
) -> SpendingValues:  # fmt: skip
    """A form's content. Raises FormError with what is wrong at each field.

    An expense that is corrected (`kept`) may keep its day, however long ago that is, and keeps its receipt; the one
    of a story stays with it.
    """
    wrong = Wrong()
    read = wrong.read
    receipt = read("receipt", lambda _: _receipt(typed.receipt), "", None)
    values = SpendingValues(
        cents=read("amount", lambda amount: read_spent(amount, currency), typed.amount, 0),
        what_for=read("what_for", tidy if kept and kept.is_from_story else _what_for, typed.what_for, ""),
        day=read("day", lambda day: spent_day(day, today, kept.day if kept else None), typed.day, today),
        paid_with=read("paid_with", _paid_with, typed.paid_with, PaidWith.OWN),
        company=read("company", _company, typed.company, ""),
        vat_rate=read("vat_rate", _vat_rate, typed.vat_rate, 0) if typed.vat_rate.strip() else None,
        story_id=kept.story_id if kept and kept.is_from_story else typed.story_id,
        receipt=receipt.file_id if receipt else kept.receipt if kept else None,
        receipt_link=(receipt.link or None) if receipt else kept.receipt_link if kept else None,
        no_receipt=read("no_receipt", _short, typed.no_receipt, ""),
        is_urgent=typed.is_urgent,
        is_spent=typed.is_spent,
        is_staff=typed.is_staff,
    )
    wrong.must_be_none()
    return values


def spent_day(typed: str, today: date, kept_day: date | None = None) -> date:
    """The local day on which it was spent: today, or at most a month back. Raises BotError for another one."""
    return read_past_day(typed, today, DAYS_BACK, kept_day)


def must_be_open(day: date, closed_until: str, today: date, kept_day: date | None = None) -> None:
    """Raise FormError for a day whose month's books are closed; one that was written there already may stay.

    Today may be one where it is still yesterday's month: it stands in the books of the month that is open.
    """
    if month_of(day) <= closed_until and day not in (today, kept_day):
        raise FormError({"day": BotError("The books of that month are closed. Ask a manager about it.")})


def read_decision(
    decision: Decision, amount: str, reason: str, asked: int, currency: str
) -> tuple[int | None, str]:  # fmt: skip
    """How many cents are approved (None: none are), and why not all. `asked` is in cents. Raises FormError."""
    words = tidy(reason)[:LONGEST_REASON]
    if decision is Decision.APPROVE:
        return asked, words
    if decision is Decision.REFUSE:
        if not words:
            raise FormError({"reason": BotError("Write why not, and what is possible: they read it.")})
        return None, words
    wrong = Wrong()
    cents = wrong.read("amount", lambda typed: _part(typed, asked, currency), amount, 0)
    wrong.must_be_none()
    return cents, words


def _part(typed: str, asked: int, currency: str) -> int:
    cents = read_spent(typed, currency)
    if cents >= asked:
        raise BotError("That is not less than what was asked.")
    return cents


def read_caps(day: str, month: str, minutes: str, currency: str) -> tuple[int | None, int | None, int | None]:
    """Somebody's own caps: cents a day and a month, minutes a day; None for the office's. Raises FormError."""
    wrong = Wrong()
    amounts = [
        wrong.read(name, lambda typed: read_amount(typed, currency), typed, None) if typed.strip() else None
        for name, typed in (("day_cap", day), ("month_cap", month))
    ]
    time = wrong.read("day_minutes", _minutes, minutes, None)
    wrong.must_be_none()
    return amounts[0], amounts[1], time


def _minutes(typed: str) -> int | None:
    text = typed.strip()
    if not text:
        return None
    if not re.fullmatch(r"\d{1,4}", text, re.ASCII) or int(text) > DAY:
        raise BotError("Minutes a day are a whole number, {most} at most.", most=DAY)
    return int(text)


def read_first_day(typed: str, today: date) -> date:
    """From which day on caps hold: today where it is empty, or a later one. Raises FormError."""
    wrong = Wrong()
    day = wrong.read("first_day", lambda day: _from_today(day, today), typed, today)
    wrong.must_be_none()
    return day


def _from_today(typed: str, today: date) -> date:
    try:
        day = date.fromisoformat(typed) if typed else today
    except ValueError:
        raise BotError("I can't read that as a day.") from None
    if day < today:
        raise BotError("What was spent before stays as it is: choose today or a later day.")
    return day


def read_month(typed: str) -> str:
    """A month such as 2026-11. Raises BotError."""
    if not re.fullmatch(r"[12]\d{3}-(0[1-9]|1[0-2])", typed, re.ASCII):
        raise BotError("I can't read {typed} as a month. Write it like 2026-11.", typed=typed.strip()[:40])
    return typed


def _what_for(typed: str) -> str:
    text = tidy(typed)
    if not text:
        raise BotError("What is it for? A few words are enough.")
    return _short(text)


def _short(typed: str) -> str:
    return _at_most(LONGEST, typed)


def _company(typed: str) -> str:
    return _at_most(LONGEST_COMPANY, typed)


def _at_most(longest: int, typed: str) -> str:
    text = tidy(typed)
    if len(text) > longest:
        raise BotError("That is too long: {longest} characters at most.", longest=longest)
    return text


_PAID_BY_HAND: Mapping[str, PaidWith] = {one.value: one for one in PaidWith if one is not PaidWith.CUPBOARD}


def _paid_with(typed: str) -> PaidWith:
    """Whose money it was. A gift from the cupboard is taken there, for it goes out of stock as well."""
    if typed and typed not in _PAID_BY_HAND:
        raise BotError("Choose own money, the till or a company card.")
    return _PAID_BY_HAND.get(typed, PaidWith.OWN)


def _vat_rate(typed: str) -> int:
    text = typed.strip().removesuffix("%").strip()
    if not (text.isascii() and text.isdigit() and len(text) < 4 and int(text) in VAT_RATES):
        raise BotError("The VAT is one of {rates} per cent.", rates=", ".join(map(str, VAT_RATES)))
    return int(text)


def _receipt(receipt: Receipt | None) -> Receipt | None:
    if receipt is None:
        return None
    if not (receipt.mimetype.startswith("image/") or receipt.mimetype == "application/pdf"):
        raise BotError("A receipt is a picture or a PDF.")
    if receipt.size > LARGEST_RECEIPT:
        raise BotError("That file is over 10 MB. A picture of the receipt is enough.")
    return receipt
