"""Amounts as people type them, in cents."""

import re

from babel.numbers import list_currencies

from bot.kernel.errors import BotError

LARGEST = 100_000_00  # cents; a gesture that costs more is a slip of the finger

_CURRENCY = re.compile(r"^(?:€|eur(?:os?)?)|(?:€|eur(?:os?)?)$", re.IGNORECASE)  # € 7 · 7 euro · EUR7
_PLAIN = re.compile(r"(\d+)(?:[.,](?P<decimals>\d{1,2}|-+|–|—))?", re.ASCII)  # 7 · 7,5 · 7.50 · 7,-
_ONE_GROUP = re.compile(r"(\d{1,3})[.,](\d{3})", re.ASCII)  # 1.250: a thousand and more, or one and a quarter
_GROUPS = re.compile(
    r"(\d{1,3}([.,' ])\d{3}(?:\2\d{3})*)(?:(?!\2)[.,](?P<decimals>\d{1,2}|-+|–|—))?", re.ASCII
)  # 1.250,00


def read_cents(typed: str) -> int:
    """An amount in cents, from how Dutch and English people write it: 7,50 · € 7.50 · 7,- · 1.250,00 · 1,250.00.

    Raises BotError when it is no amount, is negative or absurdly large, or could mean two things (1.250).
    """
    text = _CURRENCY.sub("", typed.replace("\u00a0", " ").replace("\u202f", " ").strip()).strip()
    if text.startswith(("-", "−", "–")):
        raise BotError("An amount can't be negative.")
    if (found := _ONE_GROUP.fullmatch(text)) and found[1] != "0":
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


def typed_amount(cents: int, language: str) -> str:
    """An amount as somebody with this language would type it: 7,50 or 7.50."""
    return f"{cents // 100}{',' if language == 'nl' else '.'}{cents % 100:02d}"


def read_currency(typed: str) -> str:
    """A currency by its three letters: EUR · eur · USD. Raises BotError."""
    code = typed.strip().upper()
    if code not in list_currencies():
        raise BotError("I know no currency {typed}. Write its three letters, like EUR.", typed=typed.strip()[:40])
    return code
