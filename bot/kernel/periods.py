"""Days, weeks, months, quarters and years: how people write them, what they are called, and which came before."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.kernel.errors import BotError
from bot.kernel.office import Say

NOON = time(12)  # of Monday: until then the week that was is the one people mean
DAY = timedelta(days=1)


class PeriodKind(StrEnum):
    """How long a period is."""

    DAY = "day"
    WEEK = "week"  # from Monday on, as ISO 8601 counts them
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True)
class Period:
    """A whole day, week, month, quarter or year; it may not be over yet."""

    kind: PeriodKind
    first: date
    last: date  # included

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


_MONTHS = (
    ("januari", "January"),
    ("februari", "February"),
    ("maart", "March"),
    ("april", "April"),
    ("mei", "May"),
    ("juni", "June"),
    ("juli", "July"),
    ("augustus", "August"),
    ("september", "September"),
    ("oktober", "October"),
    ("november", "November"),
    ("december", "December"),
)
_SHORT = {"mrt": 3, "sept": 9}  # besides the first three letters
_NOW = {
    PeriodKind.DAY: {"vandaag", "today", "dag", "day"},
    PeriodKind.WEEK: {"week", "deze week", "this week"},
    PeriodKind.MONTH: {"maand", "deze maand", "month", "this month"},
    PeriodKind.QUARTER: {"kwartaal", "dit kwartaal", "quarter", "this quarter"},
    PeriodKind.YEAR: {"jaar", "dit jaar", "year", "this year"},
}
_BEFORE = {
    PeriodKind.DAY: {"gisteren", "yesterday"},
    PeriodKind.WEEK: {"vorige week", "afgelopen week", "laatste week", "last week"},
    PeriodKind.MONTH: {"vorige maand", "afgelopen maand", "laatste maand", "last month"},
    PeriodKind.QUARTER: {"vorig kwartaal", "afgelopen kwartaal", "laatste kwartaal", "last quarter"},
    PeriodKind.YEAR: {"vorig jaar", "afgelopen jaar", "laatste jaar", "last year"},
}
_YEAR = r"(?P<year>20\d\d)"
_AFTER = rf"(?:(?:,? (?:van |of |in )?|[-/]){_YEAR})?"
_NTH = r"(?P<number>\d)(?:e|de|st|nd|rd|th)"
_WRITTEN = {
    PeriodKind.DAY: (
        rf"{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)",
        rf"(?P<day>\d\d?)[-/.](?P<month>\d\d?)[-/.]{_YEAR}",
        rf"(?P<day>\d\d?) (?P<name>[a-z]+)\.?{_AFTER}",
    ),
    PeriodKind.WEEK: (rf"{_YEAR}[- ]?w(?P<number>\d\d?)", rf"(?:week|wk|w)\.? ?(?P<number>\d\d?){_AFTER}"),
    PeriodKind.MONTH: (rf"{_YEAR}-(?P<number>\d\d?)", rf"(?P<name>[a-z]+)\.?{_AFTER}"),
    PeriodKind.QUARTER: (
        rf"{_YEAR}[- ]?[qk](?P<number>\d)",
        rf"(?:quarter |kwartaal |q|k)(?P<number>\d){_AFTER}",
        rf"{_NTH} (?:kwartaal|quarter){_AFTER}",
    ),
    PeriodKind.YEAR: (_YEAR,),
}


def period_of(kind: PeriodKind, day: date) -> Period:
    """The period of this kind that has the day in it."""
    if kind == PeriodKind.DAY:
        return Period(kind, day, day)
    if kind == PeriodKind.WEEK:
        monday = day - timedelta(days=day.weekday())
        return Period(kind, monday, monday + timedelta(days=6))
    months = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.YEAR: 12}[kind]
    begun = (day.month - 1) // months * months  # months of the year that went before
    first = date(day.year, begun + 1, 1)
    after = date(day.year + (begun + months) // 12, (begun + months) % 12 + 1, 1)
    return Period(kind, first, after - DAY)


def previous(period: Period, count: int) -> list[Period]:
    """So many periods of the same kind, the oldest first and this one last."""
    found = [period]
    while len(found) < count:
        found.insert(0, period_of(period.kind, found[0].first - DAY))
    return found[-count:]


def read_period(typed: str, now: datetime) -> Period:
    """The period that somebody means, in Dutch or English; `now` is the office's local time.

    vandaag · gisteren · 20 november [2025] · 20-11-2026 · 2026-11-20 · week · vorige week · week 47[-2025] ·
    2026-W47 · maand · november [2025] · 2026-11 · kwartaal · 3e kwartaal · Q3 [2026] · jaar · 2026. Nothing is this
    week, and until Monday noon last week. Without a year it is the last one that has begun, of weeks in this year or
    the one before. Raises BotError for one that doesn't exist, that is to come, or that can't be read.
    """
    today, text = now.date(), " ".join(typed.lower().split()).rstrip(". ")
    period = _usual(now) if not text else _named(text, today) or _written(text, today)
    if period is None:
        raise BotError(
            "I can't read {typed} as a period. Write it like week 47, november or 2026.", typed=typed.strip()[:40]
        )
    if period.first > today:
        raise BotError("{typed} is still to come.", typed=typed.strip()[:40])
    return period


def _usual(now: datetime) -> Period:
    this_week = period_of(PeriodKind.WEEK, now.date())
    return previous(this_week, 2)[0] if now.weekday() == 0 and now.time() < NOON else this_week


def _named(text: str, today: date) -> Period | None:
    for kind in PeriodKind:
        if text in _NOW[kind]:
            return period_of(kind, today)
        if text in _BEFORE[kind]:
            return previous(period_of(kind, today), 2)[0]
    return None


def _written(text: str, today: date) -> Period | None:
    for kind, ways in _WRITTEN.items():
        for way in ways:
            if found := re.fullmatch(way, text, re.ASCII):
                return _from_parts(kind, found.groupdict(), today)
    return None


def _from_parts(kind: PeriodKind, parts: dict[str, str | None], today: date) -> Period | None:
    """What was written, in its own year or in the last one in which it has begun; None where there is no such thing."""
    month = _month_called(parts["name"] or "") if "name" in parts else int(parts.get("month") or 0)
    number = int(parts.get("number") or month or 1)

    def in_year(year: int) -> Period | None:
        return _on_day(year, month, int(parts["day"] or 0)) if kind == PeriodKind.DAY else _numbered(kind, year, number)

    if "name" in parts and not month:
        return None
    year = parts["year"]
    found = in_year(int(year)) if year else _last_begun(map(in_year, _years(kind, today)), today)
    if found is None and kind == PeriodKind.WEEK:
        raise _no_week(int(year) if year else None, number, today)
    return found


def _years(kind: PeriodKind, today: date) -> Iterable[int]:
    """In which somebody looks who names none: as long ago as the last 29 February; of weeks not that far."""
    this = today.isocalendar().year
    return range(this, this - 2, -1) if kind == PeriodKind.WEEK else range(today.year, today.year - 9, -1)


def _last_begun(periods: Iterable[Period | None], today: date) -> Period | None:
    return next((one for one in periods if one is not None and one.first <= today), None)


def _no_week(year: int | None, number: int, today: date) -> BotError:
    if not 1 <= number <= 53 and year is None:
        return BotError("There is no week {number}.", number=number)
    if year is None:  # week 53: that of this year is still to come, or it has none
        this = today.isocalendar().year
        if _numbered(PeriodKind.WEEK, this, number):
            return BotError("{typed} is still to come.", typed=f"week {number}")
        year = this
    return BotError("{year} has no week {number}.", year=f"{year}", number=number)


def _month_called(name: str) -> int:
    """1 to 12; 0 when no month is called that, in full or by its first letters."""
    for number, names in enumerate(_MONTHS, 1):
        full = {one.lower() for one in names}
        if name in full or name in {one[:3] for one in full}:
            return number
    return _SHORT.get(name, 0)


def _numbered(kind: PeriodKind, year: int, number: int) -> Period | None:
    if kind == PeriodKind.WEEK:
        try:
            return period_of(kind, date.fromisocalendar(year, number, 1))
        except ValueError:
            return None
    months = {PeriodKind.QUARTER: 3}.get(kind, 1)
    day = _on_day(year, (number - 1) * months + 1, 1)
    return period_of(kind, day.first) if day else None


def _on_day(year: int, month: int, day: int) -> Period | None:
    try:
        return period_of(PeriodKind.DAY, date(year, month, day))
    except ValueError:
        return None


def code_of(period: Period) -> str:
    """What it is in addresses and keys (2026-11-20, 2026-W47, 2026-11, 2026-Q4, 2026): `read_period` reads it."""
    first = period.first
    year, week, _ = first.isocalendar()
    return {
        PeriodKind.DAY: first.isoformat(),
        PeriodKind.WEEK: f"{year}-W{week:02}",
        PeriodKind.MONTH: f"{first:%Y-%m}",
        PeriodKind.QUARTER: f"{first.year}-Q{(first.month + 2) // 3}",
        PeriodKind.YEAR: f"{first.year}",
    }[period.kind]


def name_of(period: Period, today: date | None, say: Say) -> str:
    """What people call it, to stand in a sentence: this week, week 47, november 2026.

    `today` is the office's; without it the name is one that stays right.
    """
    first = period.first
    if period.kind == PeriodKind.DAY:
        return _day_called(first, today, say)
    if period.kind == PeriodKind.WEEK:
        return _week_called(period, today, say)
    if period.kind == PeriodKind.MONTH:
        return f"{_MONTHS[first.month - 1][say.language != 'nl']} {first.year}"
    if period.kind == PeriodKind.QUARTER:
        return say("quarter {number} of {year}", number=(first.month + 2) // 3, year=first.year)
    return f"{first.year}"


def _day_called(day: date, today: date | None, say: Say) -> str:
    if today is None:
        return f"{say.day(day)} {day.year}"
    if day == today:
        return say("today")
    if day == today - DAY:
        return say("yesterday")
    return say.day(day) if day.year == today.year else f"{say.day(day)} {day.year}"


def _week_called(period: Period, today: date | None, say: Say) -> str:
    year, number, _ = period.first.isocalendar()
    if today is None:
        return say("week {number} of {year}", number=number, year=year)
    if today in period:
        return say("this week")
    if today - timedelta(days=7) in period:
        return say("last week")
    if year == today.isocalendar().year:
        return say("week {number}", number=number)
    return say("week {number} of {year}", number=number, year=year)
