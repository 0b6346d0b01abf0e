"""Which days count: working days, public holidays, company days; and how people write days and times."""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import TypeVar

import holidays

from bot.kernel.errors import BotError

Workdays = frozenset[int]  # 0 = Monday
T = TypeVar("T")
Dated = Sequence[tuple[date, T]]  # values and the day from which each holds, sorted by that day
Span = tuple[date, date]  # first and last day, both included

_WEEKDAYS = (
    ("monday", "maandag"),
    ("tuesday", "dinsdag"),
    ("wednesday", "woensdag"),
    ("thursday", "donderdag"),
    ("friday", "vrijdag"),
    ("saturday", "zaterdag"),
    ("sunday", "zondag"),
)
_UNTIL = re.compile(r"\s*(?:[-–—]|\bt/m\b|\btot en met\b|\btot\b|\bthrough\b|\bto\b)\s*")
_BETWEEN = re.compile(r"[\s,;+&/.]+|\ben\b|\band\b")

_HOURS = ("een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf")
_NUMBER = re.compile(rf"\b({'|'.join(_HOURS)})\b")
_TIME = re.compile(
    r"(?:(?:om|at) )?(?:(?P<shift>half|kwart over|kwart voor) )?"
    r"(?P<hour>\d{1,2})(?:[:.uh]?(?P<minute>\d\d))?(?: ?(?:uur|u|h))?(?: ?(?P<half>[ap])\.?m\.?)?",
    re.ASCII,
)
_SHIFTS = {None: 0, "half": -30, "kwart voor": -15, "kwart over": 15}  # minutes from the hour that is named
_MORNING = 7 * 60  # minutes; who says "half vijf" hardly means the night

_LANGUAGES = {"nl": "nl", "en": "en_US"}  # as the package calls them
_GOOD_FRIDAY = frozenset({"Goede vrijdag", "Good Friday"})
_LIBERATION_DAY = frozenset({"Bevrijdingsdag", "Liberation Day"})
_NONE: frozenset[str] = frozenset()
_SWITCHED = _GOOD_FRIDAY | _LIBERATION_DAY
_FLEMISH_DAY = {"nl": "Feestdag van de Vlaamse Gemeenschap", "en": "Day of the Flemish Community"}


class Country(StrEnum):
    """The countries whose calendar is known."""

    NL = "NL"
    BE = "BE"


# Besides the public ones: where the package keeps 5 May, and Belgium's Good Friday (a day on which banks are closed).
_OTHERS = {Country.NL: holidays.OPTIONAL, Country.BE: holidays.BANK}


@dataclass(frozen=True)
class HolidayRules:
    """On which days an office is closed, besides its weekends.

    In the Netherlands Good Friday and 5 May are for the company to choose, whatever the year; in Belgium 11 July
    is, and a holiday in a weekend is replaced by a day that the company sets among its own.
    """

    country: Country
    good_friday: bool = False
    liberation_day: bool = False  # 5 May; the Netherlands alone
    flemish_day: bool = False  # 11 July; Belgium alone
    company_days: tuple[tuple[date, str], ...] = ()  # also the replacement days; a day and what it is called


def read_workdays(typed: str) -> Workdays:
    """Days of the week from how people write them: mon-fri · mon,tue,thu · ma-vr · ma di do · vr t/m ma.

    A range may run over the weekend. Raises BotError when there is no day in it, or something else.
    """
    text = _UNTIL.sub("-", typed.strip().lower())
    parts = [part for part in _BETWEEN.split(text) if part]
    if not parts:
        raise BotError("Choose at least one working day.")
    days: set[int] = set()
    for part in parts:
        ends = [_weekday(name) for name in part.split("-")]
        first, last = ends[0], ends[-1]
        if first is None or last is None or len(ends) > 2:
            raise BotError(
                "I can't read {typed} as days of the week. Write them like mon-fri.", typed=typed.strip()[:40]
            )
        days.update((first + step) % 7 for step in range((last - first) % 7 + 1))
    return frozenset(days)


def _weekday(name: str) -> int | None:
    """The day that begins like this: two letters tell all fourteen names apart."""
    found = [day for day, names in enumerate(_WEEKDAYS) if len(name) > 1 and any(n.startswith(name) for n in names)]
    return found[0] if found else None


def read_time(typed: str) -> time:
    """A time of the day from how people write it: 8:30 · 08.30 · 0830 · 8u30 · 8 uur · half 9 · 4:30 pm.

    Raises BotError when it isn't one, or when it could be night or afternoon (half vijf).
    """
    text = " ".join(typed.lower().replace("één", "een").split())
    found = _TIME.fullmatch(_NUMBER.sub(lambda name: str(_HOURS.index(name[0]) + 1), text))
    minutes = _minutes_of(found) if found else None
    if found is None or minutes is None:
        raise BotError("I can't read {typed} as a time. Write it like 8:30.", typed=typed.strip()[:40])
    is_said = not (found["minute"] or found["half"] or found["hour"].startswith("0"))
    if is_said and minutes < _MORNING:
        raise BotError(
            "{typed} could mean {early} or {late}. Write the one you mean.",
            typed=typed.strip()[:40], early=f"{_time(minutes):%H:%M}", late=f"{_time(minutes + 12 * 60):%H:%M}",
        )  # fmt: skip
    return _time(minutes)


def _minutes_of(found: re.Match[str]) -> int | None:
    """Minutes from midnight; None when there is no such time."""
    hour, minute, half = int(found["hour"]), int(found["minute"] or 0), found["half"]
    if found["shift"] and (found["minute"] or not 1 <= hour <= 12):
        return None
    if hour > 23 or minute > 59 or (half and not 1 <= hour <= 12):
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return (hour * 60 + minute + _SHIFTS[found["shift"]]) % (24 * 60)


def _time(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)


def read_country(typed: str) -> Country:
    """A country by its two letters. Raises BotError for one without a calendar."""
    try:
        return Country(typed.strip().upper())
    except ValueError:
        raise BotError("I have no calendar of {typed}. Choose NL or BE.", typed=typed.strip()[:40]) from None


@lru_cache(maxsize=4096)
def holidays_in(year: int, rules: HolidayRules, language: str) -> Mapping[date, str]:
    """The days of a year on which the office is closed, in order, and what they are called in nl or en.

    Two may fall together, such as Ascension Day and 5 May in 2016; a company day that is a holiday has its name.
    """
    chosen = (_GOOD_FRIDAY if rules.good_friday else _NONE) | (_LIBERATION_DAY if rules.liberation_day else _NONE)
    found = dict(_public_holidays(year, rules.country, chosen, language))
    if rules.flemish_day and rules.country == Country.BE:
        found[date(year, 7, 11)] = _FLEMISH_DAY[language]
    for day, name in rules.company_days:
        if day.year == year:
            found.setdefault(day, name)
    return MappingProxyType(dict(sorted(found.items())))


@lru_cache(maxsize=1024)
def _public_holidays(year: int, country: Country, chosen: frozenset[str], language: str) -> Mapping[date, str]:
    public, others = (
        holidays.country_holidays(country.value, years=year, language=_LANGUAGES[language], categories=(category,))
        for category in (holidays.PUBLIC, _OTHERS[country])
    )
    found = {}
    for day in {*public, *others}:
        names = [name for name in public.get_list(day) if name not in _SWITCHED]
        names += sorted({*public.get_list(day), *others.get_list(day)} & chosen)
        if names:
            found[day] = " · ".join(names)
    return found


def in_force(rows: Dated[T], day: date) -> T:
    """What holds on a day, out of dated values: the last one that has begun, and before the first one the first.

    Of two that begin on one day the later in the row holds. There must be at least one.
    """
    return rows[max(bisect_right(rows, day, key=_first_day) - 1, 0)][1]


def _first_day(row: tuple[date, object]) -> date:
    return row[0]


def due_days(
    first: date,
    last: date,
    workdays: Dated[Workdays],
    rules: Dated[HolidayRules],
    away: Sequence[Span],
    free: Collection[date],
) -> list[date]:
    """The days from first to last that are somebody's own to do: working days, less holidays, absence, days off.

    In order. Absences include both ends, and may overlap. About a millisecond for ten years.
    """
    closed = set(free)
    for start, end, value in _spans(first, last, rules):
        for year in range(start.year, end.year + 1):
            closed.update(day for day in holidays_in(year, value, "en") if start <= day <= end)
    for start, end in away:
        closed.update(_days(max(start, first), min(end, last)))
    return [
        day
        for start, end, value in _spans(first, last, workdays)
        for day in _days(start, end)
        if day.weekday() in value and day not in closed
    ]


def _spans(first: date, last: date, rows: Dated[T]) -> Iterator[tuple[date, date, T]]:
    """The stretches between two days in which one value holds; none is empty."""
    starts = [first, *(start for start, _ in rows[1:])]
    ends = [start - timedelta(days=1) for start in starts[1:]] + [last]
    for start, end, (_, value) in zip(starts, ends, rows, strict=True):
        if max(start, first) <= min(end, last):
            yield max(start, first), min(end, last), value


def _days(first: date, last: date) -> Iterator[date]:
    return map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1))


def read_past_day(
    typed: str, today: date, days_back: int, kept_day: date | None = None, too_long_ago: BotError | None = None
) -> date:
    """A day of YYYY-MM-DD on which something happened: today (also when it is empty), or at most so many days back.

    What is changed may keep its day, however long ago that is. Raises BotError, `too_long_ago` if there is one.
    """
    if not typed:
        return today
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        raise BotError("I can't read that as a day.") from None
    if day > today and day != kept_day:
        raise BotError("That day is still to come.")
    if day < today - timedelta(days=days_back) and day != kept_day:
        raise too_long_ago or BotError("That is too long ago: at most {days} days back.", days=days_back)
    return day
