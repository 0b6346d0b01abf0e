"""The days on which a company is closed by its own choice, from how people write them."""

import re
from collections.abc import Sequence
from datetime import date

from bot.kernel.errors import BotError

Named = tuple[date, str]  # a day, and what it is called

MOST, LONGEST_NAME = 60, 60  # days; characters of what one is called
YEARS_AHEAD = 5

_MONTHS = (
    ("jan",), ("feb",), ("mrt", "maa", "mar"), ("apr",), ("mei", "may"), ("jun",),
    ("jul",), ("aug",), ("sep",), ("okt", "oct"), ("nov",), ("dec",),
)  # fmt: skip
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?=\D|$)", re.ASCII)
_WRITTEN = re.compile(
    r"(?P<day>\d{1,2})(?:[-/.](?P<month>\d{1,2})|[ -]?(?P<word>[a-z]{3,9})\b\.?)"
    r"(?:[-/. ](?P<year>\d{4})|[-/.](?P<short>\d{2}))?(?=\D|$)(?![-/.]\d)",
    re.ASCII | re.IGNORECASE,
)


def as_typed(days: Sequence[Named]) -> str:
    """The days as somebody would write them, one a line."""
    return "\n".join(f"{day:%d-%m-%Y} {name}" for day, name in days)


def read_company_days(typed: str, today: date) -> tuple[Named, ...]:
    """Days on which the office is closed, one a line, in order: 31-12-2026 Inventory · 24 december Kerstavond.

    A day without a year is the next one from today on. Raises BotError for the first line that is no such day.
    """
    found: dict[date, str] = {}
    for line in typed.splitlines():
        if line.strip():
            day, name = _company_day(line.strip(), today)
            found[day] = name
    if len(found) > MOST:
        raise BotError("At most {most} days.", most=MOST)
    return tuple(sorted(found.items()))


def _company_day(line: str, today: date) -> Named:
    written = _ISO.match(line) or _WRITTEN.match(line)
    day = _date_of(written, today) if written else None
    if written is None or day is None:
        raise BotError("I can't read {line} as a day. Write it like 31-12-2026 Stocktaking.", line=line[:40])
    name = line[written.end() :].strip(" \t:-–—,.")
    if not name:
        raise BotError("Write behind {day} what it is called.", day=line[:40])
    if len(name) > LONGEST_NAME:
        raise BotError("{name} is too long a name: {most} characters at most.", name=name[:40], most=LONGEST_NAME)
    if day < today:
        raise BotError("{line} has gone by; what was stays as it was.", line=line[:40])
    if day.year > today.year + YEARS_AHEAD:
        raise BotError("{line} is too far ahead.", line=line[:40])
    return day, name


def _date_of(written: re.Match[str], today: date) -> date | None:
    """None when there is no such day."""
    parts = written.groupdict()
    month = int(parts["month"]) if parts["month"] else _month_named(parts.get("word") or "")
    written_year = parts["year"] or (f"20{parts['short']}" if parts.get("short") else None)
    try:
        day = date(int(written_year or today.year), month, int(parts["day"]))
        return day if written_year or day >= today else day.replace(year=today.year + 1)
    except ValueError:
        return None


def _month_named(word: str) -> int:
    """The month that begins like this, in Dutch or English; 0 for none."""
    begin = word[:3].lower()
    return next((number for number, names in enumerate(_MONTHS, start=1) if begin in names), 0)
