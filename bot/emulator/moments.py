"""Dates and times as a Dutch reader sees them."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time, format_timedelta

LOCALE = "nl"
_TOKEN = re.compile(r"\{(\w+)\}")
_NEAR = {-1: "gisteren", 0: "vandaag", 1: "morgen"}
_DATES = {"date": "d MMMM y", "date_short": "d MMM y", "date_long": "EEEE d MMMM y", "date_num": "y-MM-dd"}
_TIMES = {"time": "HH:mm", "time_secs": "HH:mm:ss"}


def at(epoch: float, zone: str) -> datetime:
    return datetime.fromtimestamp(epoch, ZoneInfo(zone))


def clock_time(moment: datetime) -> str:
    return format_time(moment, "HH:mm", locale=LOCALE)


def full_moment(moment: datetime) -> str:
    return f"{format_date(moment, _DATES['date_long'], locale=LOCALE)} om {clock_time(moment)}"


def short_moment(moment: datetime, *, with_year: bool = False) -> str:
    day = format_date(moment, "EEE d MMM y" if with_year else "EEE d MMM", locale=LOCALE)
    return f"{day} {clock_time(moment)}"


def day_label(day: date, today: date) -> str:
    near = _NEAR.get((day - today).days)
    style = "EEEE d MMMM" if day.year == today.year else _DATES["date_long"]
    return (near or format_date(day, style, locale=LOCALE)).capitalize()


def slack_date(moment: datetime, pattern: str, now: datetime) -> str:
    """What Slack's date pattern, such as `{date_short_pretty} om {time}`, shows at `now`; both in the reader's zone."""
    return _TOKEN.sub(lambda found: _part(found[1], moment, now) or found[0], pattern)


def _part(name: str, moment: datetime, now: datetime) -> str | None:
    if name in _TIMES:
        return format_time(moment, _TIMES[name], locale=LOCALE)
    if name == "ago":
        seconds = timedelta(seconds=round((moment - now).total_seconds()))
        return format_timedelta(seconds, add_direction=True, locale=LOCALE)
    near = _NEAR.get((moment.date() - now.date()).days) if name.endswith("_pretty") else None
    style = _DATES.get(name.removesuffix("_pretty"))
    return near or (format_date(moment, style, locale=LOCALE) if style else None)
