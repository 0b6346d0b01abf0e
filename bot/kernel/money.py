"""Amounts as people type them, in cents."""

import re

from babel.numbers import list_currencies

from bot.kernel.errors import BotError

LARGEST = 100_000_00  # cents; a gesture that costs more is a slip of the finger

_CURRENCY = re.compile(r"^(?:€|eur(?:os?)?)|(?:€|eur(?:os?)?)$", re.IGNORECASE)  # € 7 · 7 euro · EUR7
_PLAIN = re.compile(r"(\d+)(?:[.,](?P<decimals>\d{1,2}|-+|–|—))?", re.ASCII)  # 7 · 7,5 · 7.50 · 7,-
_ONE_GROUP = re.compile(r"([1-9]\d{0,2})[.,](\d{3})", re.ASCII)  # 1.250: a thousand and more, or one and a quarter
_GROUPS = re.compile(
    r"([1-9]\d{0,2}([.,' ])\d{3}(?:\2\d{3})*)(?:(?!\2)[.,](?P<decimals>\d{1,2}|-+|–|—))?", re.ASCII
)  # 1.250,00; a group at the head has no nought: 0,750 is no 750

SIGNS = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY"}
_NAMES = {"euro": "EUR", "euros": "EUR", "dollar": "USD", "dollars": "USD", "pond": "GBP", "pounds": "GBP"}
_MARKED = re.compile(r"([^\W\d_]+|[€$£¥])?\s*(.*?)\s*([^\W\d_]+|[€$£¥])?", re.DOTALL)


def read_cents(typed: str) -> int:
    """An amount in cents, from how Dutch and English people write it: 7,50 · € 7.50 · 7,- · 1.250,00 · 1,250.00.

    Raises BotError when it is no amount, is negative or absurdly large, or could mean two things (1.250).
    """
    text = _CURRENCY.sub("", typed.replace("\u00a0", " ").replace("\u202f", " ").strip()).strip()
    if text.startswith(("-", "−", "–")):
        raise BotError("An amount can't be negative.")
    if found := _ONE_GROUP.fullmatch(text):
        raise BotError(
            "{typed} could mean {whole}.{part} or {whole}{rest}. Write the one you mean.",
            typed=typed.strip(), whole=found[1], part=found[2][:2], rest=found[2],
        )  # fmt: skip
    found = _PLAIN.fullmatch(text) or _GROUPS.fullmatch(text)
    if found is None:
        raise BotError("I can't read {typed} as an amount. Write it like 7.50 or 12.", typed=typed.strip()[:40])
    decimals = (found["decimals"] or "").strip("-–—")
    whole = re.sub(r"\D", "", found[1]).lstrip("0")[:12]  # far beyond the largest already
    cents = int(whole or "0") * 100 + int(decimals.ljust(2, "0"))
    if cents > LARGEST:
        raise BotError("{typed} is more than this form takes. Is there a comma missing?", typed=typed.strip()[:40])
    return cents


def read_amount(typed: str, currency: str) -> int:
    """An amount in this currency (three letters), in cents, with or without its name or sign beside it.

    Raises BotError as `read_cents` does, and when another currency stands beside it.
    """
    found = _MARKED.fullmatch(typed.replace("\u00a0", " ").replace("\u202f", " ").strip())
    bare = typed
    for mark in (found[1], found[3]) if found else ():
        named = _currency(mark or "")
        if named and named != currency:
            raise BotError("Amounts are in {currency} here. How much is it in {currency}?", currency=currency)
        bare = bare.replace(mark, "") if named else bare
    return read_cents(bare if bare.strip() else typed)


def _currency(mark: str) -> str | None:
    """Which currency somebody names; None for another word."""
    named = SIGNS.get(mark) or _NAMES.get(mark.lower())
    return named or (mark.upper() if mark.upper() in list_currencies() else None)


def typed_amount(cents: int, language: str) -> str:
    """An amount as somebody with this language would type it: 7,50 or 7.50."""
    return f"{cents // 100}{',' if language == 'nl' else '.'}{cents % 100:02d}"


def read_currency(typed: str) -> str:
    """A currency by its three letters: EUR · eur · USD. Raises BotError."""
    code = typed.strip().upper()
    if code not in list_currencies():
        raise BotError("I know no currency {typed}. Write its three letters, like EUR.", typed=typed.strip()[:40])
    return code
