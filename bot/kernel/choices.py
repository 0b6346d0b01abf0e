"""What managers choose for their office, as the record keeps it (JSON): the names, and the shapes."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date, time
from enum import StrEnum
from typing import Any

from bot.kernel.calendar import Country, Dated, HolidayRules, Workdays, in_force
from bot.kernel.caps import Caps


class Choice(StrEnum):
    """The settings that can be changed in Slack. Each value is what JSON knows; the comment says its shape."""

    NAME = "name"  # of the company, as customers know it; at first the workspace's
    LANGUAGE = "language"  # "nl", "en"
    ZONE = "zone"  # "Europe/Amsterdam"
    CURRENCY = "currency"  # "EUR"
    CALENDAR = "calendar"  # see calendar_as_json
    WORKDAYS = "workdays"  # "01234", 0 = Monday
    REMIND_AT = "remind_at"  # "09:00"
    STORIES_CHANNEL = "stories_channel"  # a channel's id; "" for none
    CUSTOMER_WALL_CHANNEL = "customer_wall_channel"
    CHANGE_WALL_CHANNEL = "change_wall_channel"
    TEAM_WALL_CHANNEL = "team_wall_channel"
    MODERATORS = "moderators"  # Slack ids; beside the managers
    WEEKEND_BIRTHDAYS = "weekend_birthdays"  # "before", "after": the working day on which they are congratulated
    MANAGERS = "managers"  # Slack ids
    CAPS = "caps"  # see caps_as_json
    GIFT_NOTICE = "gift_notice"  # cents a year to one company, above which the managers are told
    BOARD_MODE = "board_mode"  # "people", "groups", "team": how a leaderboard shows the team, unless asked otherwise
    WEEKLY = "weekly"  # see weekly_as_json: what goes out each week, when, and where
    DIGEST = "digest"  # see edited_as_json: what a manager changed in one week's digest
    SET_UP = "set_up"  # true: somebody was led through the settings


def workdays_as_json(days: Workdays) -> str:
    return "".join(map(str, sorted(days)))


def workdays_in(value: str) -> Workdays:
    return frozenset(map(int, value))


def time_in(value: str) -> time:
    return time.fromisoformat(value)


def calendar_as_json(calendar: Dated[HolidayRules]) -> list[list[Any]]:
    """`[[first day, {country, the switches, company_days: [[day, name], …]}], …]`, days as YYYY-MM-DD."""
    return [[day.isoformat(), _rules_as_json(rules)] for day, rules in calendar]


def calendar_in(value: list[list[Any]]) -> Dated[HolidayRules]:
    return tuple((date.fromisoformat(day), _rules_in(rules)) for day, rules in value)


def changed_from(calendar: Dated[HolidayRules], day: date, **changes: Any) -> Dated[HolidayRules]:
    """The calendar with other rules from that day on; what was before stays as it was."""
    rules = replace(in_force(calendar, day), **changes)
    return (*(row for row in calendar if row[0] < day), (day, rules))


def caps_as_json(caps: Dated[Caps]) -> list[list[Any]]:
    """`[[first day as YYYY-MM-DD, {day_cents, month_cents, day_minutes, is_soft}], …]`."""
    return [[day.isoformat(), asdict(one)] for day, one in caps]


def caps_in(value: list[list[Any]]) -> Dated[Caps]:
    return tuple((date.fromisoformat(day), Caps(**one)) for day, one in value)


def caps_from(caps: Dated[Caps], day: date, new: Caps) -> Dated[Caps]:
    """Other caps from that day on; what was before stays as it was."""
    return (*(row for row in caps if row[0] < day), (day, new))


def _rules_as_json(rules: HolidayRules) -> dict[str, Any]:
    return {
        "country": rules.country.value,
        "good_friday": rules.good_friday,
        "liberation_day": rules.liberation_day,
        "flemish_day": rules.flemish_day,
        "company_days": [[day.isoformat(), name] for day, name in rules.company_days],
    }


def _rules_in(value: Mapping[str, Any]) -> HolidayRules:
    return HolidayRules(
        country=Country(value["country"]),
        good_friday=value["good_friday"],
        liberation_day=value["liberation_day"],
        flemish_day=value["flemish_day"],
        company_days=tuple((date.fromisoformat(day), name) for day, name in value["company_days"]),
    )
