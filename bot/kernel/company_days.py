"""The days on which a company is closed by its own choice, from how people write them."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

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
_UNTIL = re.compile(r"\s*(?:t/m|tot en met|tot|until|through|to|[-–—])\s*", re.ASCII | re.IGNORECASE)
_DAY = timedelta(days=1)


def as_typed(days: Sequence[Named]) -> str:
    """The days as somebody would write them, in order: one a line, or those that follow each other under one name."""
    spans: list[tuple[date, date, str]] = []
    for day, name in days:
        first, last, called = spans[-1] if spans else (day, day, None)
        if (called, last + _DAY) == (name, day):
            spans[-1] = (first, day, name)
        else:
            spans.append((day, day, name))
    return "\n".join(
        f"{first:%d-%m-%Y} {name}" if first == last else f"{first:%d-%m-%Y} - {last:%d-%m-%Y} {name}"
        for first, last, name in spans
    )


def read_company_days(typed: str, today: date) -> tuple[Named, ...]:
    """Days on which the office is closed, a day or a range a line, in order of time.

    31-12-2026 Inventory · 24 december Kerstavond · 24-12-2026 t/m 2-1-2027 Kerstsluiting. A day without a year is the
    next one from today on; the last one of a range is the next one after its first. Raises BotError for the first line
    that is no such day.
    """
    found: dict[date, str] = {}
    for line in typed.splitlines():
        if line.strip():
            found |= dict.fromkeys(*_company_days(line.strip(), today))
    if len(found) > MOST:
        raise BotError("At most {most} days.", most=MOST)
    return tuple(sorted(found.items()))


def _company_days(line: str, today: date) -> tuple[list[date], str]:
    """The days of a line, and what they are called."""
    first, rest = _day_at(line, today)
    if first is None:
        raise BotError("I can't read {line} as a day. Write it like 31-12-2026 Stocktaking.", line=line[:40])
    last, name = _last_of(first, rest)
    name = name.strip(" \t:-–—,.")
    if not name:
        raise BotError("Write behind {day} what it is called.", day=line[:40])
    if len(name) > LONGEST_NAME:
        raise BotError("{name} is too long a name: {most} characters at most.", name=name[:40], most=LONGEST_NAME)
    if first < today:
        raise BotError("{line} has gone by; what was stays as it was.", line=line[:40])
    if last < first:
        raise BotError("{line} ends before it begins.", line=line[:40])
    if last.year > today.year + YEARS_AHEAD:
        raise BotError("{line} is too far ahead.", line=line[:40])
    return [first + step * _DAY for step in range((last - first).days + 1)], name


def _last_of(first: date, rest: str) -> tuple[date, str]:
    """The last day of a line that begins with `first`, and what is left of it; `first` itself when it is no range."""
    if until := _UNTIL.match(rest):
        last, name = _day_at(rest[until.end() :], first)
        if last is not None:
            return last, name
    return first, rest


def _day_at(line: str, today: date) -> tuple[date | None, str]:
    """The day with which a line begins, if it does with one, and what is behind it."""
    written = _ISO.match(line) or _WRITTEN.match(line)
    return (_date_of(written, today), line[written.end() :]) if written else (None, line)


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
