"""What somebody typed about an expense, a decision or a cap, checked."""

import re
from collections.abc import Mapping
from datetime import date

from babel.numbers import list_currencies

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
from bot.kernel.money import read_cents
from bot.slack.text import tidy
from storage.spending import PaidWith, Spending, month_of

LONGEST_REASON = 1000  # characters


_SIGNS = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY"}
_NAMES = {"euro": "EUR", "euros": "EUR", "dollar": "USD", "dollars": "USD", "pond": "GBP", "pounds": "GBP"}
_MARKED = re.compile(r"([^\W\d_]+|[€$£¥])?\s*(.*?)\s*([^\W\d_]+|[€$£¥])?", re.DOTALL)
# Three letters behind an amount are mostly a word of what it is for ("5 een bloem"): there they are capitals.
_BEHIND = r"[€$£¥]|\s(?i:euros?|dollars?|pounds?)|\s?(?:EUR|USD|GBP|CHF)"
_IN_A_LINE = re.compile(
    rf"(?P<amount>(?:[A-Za-z]{{3}}\b|[€$£¥])?\s*[-−–+]?\s*[€$£¥]?\s*[.,]?\d\S*?(?:\s?(?:{_BEHIND}))?)(?:\s+(?P<for>.*))?",
    re.DOTALL,
)


def read_line(typed: str, today: date, currency: str) -> SpendingValues:
    """An expense of today from one line: `7,50 flowers for a customer`. Raises BotError."""
    text = tidy(typed)
    found = _IN_A_LINE.fullmatch(text)
    if found is None:
        if text[:1] in _SIGNS:
            raise BotError("I can't read {typed} as an amount. Write it like 7.50 or 12.", typed=text[:40])
        raise BotError("Begin with the amount, and then what it is for: 7.50 flowers.")
    cents = read_amount(found["amount"], currency)
    return SpendingValues(cents, _what_for(found["for"] or ""), today)


def read_amount(typed: str, currency: str) -> int:
    """An amount in the office's currency, in cents; more than nothing. Raises BotError."""
    found = _MARKED.fullmatch(typed.replace("\u00a0", " ").replace("\u202f", " ").strip())
    bare = typed
    for mark in (found[1], found[3]) if found else ():
        named = _currency(mark or "")
        if named and named != currency:
            raise BotError("Amounts are in {currency} here. How much is it in {currency}?", currency=currency)
        bare = bare.replace(mark, "") if named else bare
    cents = read_cents(bare if bare.strip() else typed)
    if cents == 0:
        raise BotError("An amount is more than nothing.")
    return cents


def _currency(mark: str) -> str | None:
    """Which currency somebody names; None for another word."""
    named = _SIGNS.get(mark) or _NAMES.get(mark.lower())
    return named or (mark.upper() if mark.upper() in list_currencies() else None)


def read_spending(
    typed: TypedSpending, today: date, currency: str, kept: Spending | None = None
) -> SpendingValues:  # fmt: skip
    """A form's content. Raises FormError with what is wrong at each field.

    An expense that is corrected (`kept`) may keep its day, however long ago that is, and keeps its receipt.
    """
    wrong = Wrong()
    read = wrong.read
    values = SpendingValues(
        cents=read("amount", lambda amount: read_amount(amount, currency), typed.amount, 0),
        what_for=read("what_for", tidy if kept and kept.is_from_story else _what_for, typed.what_for, ""),
        day=read("day", lambda day: spent_day(day, today, kept.day if kept else None), typed.day, today),
        paid_with=read("paid_with", _paid_with, typed.paid_with, PaidWith.OWN),
        company=read("company", _company, typed.company, ""),
        vat_rate=read("vat_rate", _vat_rate, typed.vat_rate, 0) if typed.vat_rate.strip() else None,
        story_id=typed.story_id,
        receipt=read("receipt", lambda _: _receipt(typed.receipt), "", None) or (kept.receipt if kept else None),
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


def must_be_open(day: date, closed_until: str, kept_day: date | None = None) -> None:
    """Raise FormError for a day whose month's books are closed; one that was written there already may stay."""
    if month_of(day) <= closed_until and day != kept_day:
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
    cents = read_amount(typed, currency)
    if cents >= asked:
        raise BotError("That is not less than what was asked.")
    return cents


def read_caps(day: str, month: str, currency: str) -> tuple[int | None, int | None]:
    """Somebody's own caps in cents, a day's and a month's; None for the office's. Raises FormError."""
    wrong = Wrong()
    caps = tuple(
        wrong.read(name, lambda typed: _cap(typed, currency), typed, None)
        for name, typed in (("day_cap", day), ("month_cap", month))
    )
    wrong.must_be_none()
    return caps[0], caps[1]


def read_month(typed: str) -> str:
    """A month such as 2026-11. Raises BotError."""
    if not re.fullmatch(r"[12]\d{3}-(0[1-9]|1[0-2])", typed, re.ASCII):
        raise BotError("I can't read {typed} as a month. Write it like 2026-11.", typed=typed.strip()[:40])
    return typed


def _cap(typed: str, currency: str) -> int | None:
    if not typed.strip():
        return None
    return 0 if re.fullmatch(r"0+([.,]0*)?", typed.strip(), re.ASCII) else read_amount(typed, currency)


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


def _receipt(receipt: Receipt | None) -> str | None:
    if receipt is None:
        return None
    if not (receipt.mimetype.startswith("image/") or receipt.mimetype == "application/pdf"):
        raise BotError("A receipt is a picture or a PDF.")
    if receipt.size > LARGEST_RECEIPT:
        raise BotError("That file is over 10 MB. A picture of the receipt is enough.")
    return receipt.file_id
