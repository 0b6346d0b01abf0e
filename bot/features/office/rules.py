"""What may be an office's settings, and what a form of them comes to."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from bot.features.office.typed import (
    Typed,
    TypedBudgets,
    TypedCalendar,
    TypedChannels,
    TypedGeneral,
    TypedManagers,
    TypedReminder,
    TypedWeek,
)
from bot.i18n.translate import LANGUAGES
from bot.kernel.calendar import Country, HolidayRules, Workdays, in_force, read_country, read_time
from bot.kernel.caps import Caps
from bot.kernel.choices import Choice, calendar_as_json, caps_as_json, caps_from, changed_from, workdays_as_json
from bot.kernel.clock import read_zone
from bot.kernel.company_days import Named, read_company_days
from bot.kernel.errors import BotError, FormError, Wrong
from bot.kernel.money import read_amount, read_currency
from bot.kernel.office import LONGEST_NAME, Me, Office
from bot.kernel.weekly import BoardMode, Weekly, edited_as_json, first_week, weekly_as_json
from bot.slack.text import tidy

LATEST = timedelta(hours=4)  # as late as a reminder may come: so far back is planned anew after a change of zone
MOST_MANAGERS = 25
MOST_MINUTES = 600  # a day
WEEKEND_BIRTHDAYS = ("before", "after")  # on which working day they are congratulated

T = TypeVar("T")
Values = Mapping[Choice, Any]  # as the record keeps them (JSON), by what they are of


class Step(StrEnum):
    """A form of settings that belong together; each is a button and a form."""

    GENERAL = "office.general"
    CALENDAR = "office.calendar"
    REMINDER = "office.reminder"
    CHANNELS = "office.channels"
    MANAGERS = "office.managers"
    BUDGETS = "office.budgets"
    WEEK = "office.week"


SET_UP = (Step.GENERAL, Step.CALENDAR, Step.REMINDER, Step.CHANNELS, Step.MANAGERS)  # in this order, the first time


def read_form(typed: Typed, office: Office, now: datetime) -> Values:
    """The settings that a form comes to, whether or not they differ from what they were. Raises FormError."""
    today = now.astimezone(ZoneInfo(office.zone)).date()
    match typed:
        case TypedGeneral():
            return _general(typed)
        case TypedCalendar():
            return _calendar(typed, office, today)
        case TypedReminder():
            return _reminder(typed)
        case TypedChannels():
            return _channels(typed)
        case TypedManagers():
            return _managers(typed)
        case TypedBudgets():
            return _budgets(typed, office, today)
        case TypedWeek():
            return _week(typed, office, now)


def _general(typed: TypedGeneral) -> Values:
    wrong = Wrong()
    if typed.language not in LANGUAGES:
        wrong["language"] = BotError("I speak Dutch and English.")
    field = "other_zone" if typed.other_zone.strip() else "zone"
    zone = wrong.read(field, read_zone, typed.other_zone.strip() or typed.zone, "")
    currency = wrong.read("currency", read_currency, typed.currency, "")
    wrong.must_be_none()
    name = tidy(typed.name)[:LONGEST_NAME]
    return {Choice.NAME: name, Choice.LANGUAGE: typed.language, Choice.ZONE: zone, Choice.CURRENCY: currency}


def read_calendar(typed: TypedCalendar, now: HolidayRules, today: date) -> HolidayRules:
    """The rules that hold from today on; the company days of this year that went by stay. Raises FormError."""
    wrong = Wrong()
    country = wrong.read("country", read_country, typed.country, now.country)
    none: tuple[Named, ...] = ()
    days = wrong.read("company_days", lambda lines: read_company_days(tidy(lines), today), typed.company_days, none)
    wrong.must_be_none()
    gone_by = tuple(day for day in _of_this_year_on(now, today) if day[0] < today)
    return HolidayRules(
        country=country,
        good_friday="good_friday" in typed.switches,
        liberation_day="liberation_day" in typed.switches and country == Country.NL,
        flemish_day="flemish_day" in typed.switches and country == Country.BE,
        company_days=gone_by + days,
    )


def _of_this_year_on(rules: HolidayRules, today: date) -> tuple[Named, ...]:
    """The company days that are still shown; older ones count in the rules of their own time."""
    return tuple(day for day in rules.company_days if day[0].year >= today.year)


def _calendar(typed: TypedCalendar, office: Office, today: date) -> Values:
    now = in_force(office.calendar, today)
    rules = read_calendar(typed, now, today)
    if rules == replace(now, company_days=_of_this_year_on(now, today)):
        return {}
    return {Choice.CALENDAR: calendar_as_json(changed_from(office.calendar, today, **vars(rules)))}


def _reminder(typed: TypedReminder) -> Values:
    wrong = Wrong()
    at = wrong.read("remind_at", lambda text: f"{read_time(text):%H:%M}", typed.at, "")
    days: Workdays = frozenset(int(day) for day in typed.workdays if day in {*"0123456"})
    if not days:
        wrong["workdays"] = BotError("Choose at least one working day.")
    wrong.must_be_none()
    return {Choice.REMIND_AT: at, Choice.WORKDAYS: workdays_as_json(days)}


def _channels(typed: TypedChannels) -> Values:
    chosen = {
        Choice.STORIES_CHANNEL: typed.stories,
        Choice.CUSTOMER_WALL_CHANNEL: typed.customer_wall,
        Choice.CHANGE_WALL_CHANNEL: typed.change_wall,
        Choice.TEAM_WALL_CHANNEL: typed.team_wall,
    }
    no_channels = [name.value for name, channel in chosen.items() if not _is_channel(channel)]
    wrong = Wrong({name: BotError("Choose a channel.") for name in no_channels})
    wrong.must_be_none()
    if typed.weekend_birthdays not in WEEKEND_BIRTHDAYS:
        raise FormError({"weekend_birthdays": BotError("Choose the day before or after.")})
    return chosen | {Choice.WEEKEND_BIRTHDAYS: typed.weekend_birthdays}


def _is_channel(slack_id: str) -> bool:
    return not slack_id or re.fullmatch(r"[CG][A-Z0-9]{1,39}", slack_id) is not None


def _managers(typed: TypedManagers) -> Values:
    chosen = sorted(set(typed.slack_ids))
    if not chosen:
        raise FormError({"managers": BotError("Choose at least one manager.")})
    if len(chosen) > MOST_MANAGERS:
        raise FormError({"managers": BotError("At most {most} managers.", most=MOST_MANAGERS)})
    moderators = sorted(set(typed.moderators))
    if len(moderators) > MOST_MANAGERS:
        raise FormError({"moderators": BotError("At most {most} moderators.", most=MOST_MANAGERS)})
    return {Choice.MANAGERS: chosen, Choice.MODERATORS: moderators}


def must_keep_oneself(values: Values, me: Me) -> None:
    """Raise FormError for a manager who would lock themselves out with this."""
    chosen = values.get(Choice.MANAGERS)
    if chosen is not None and me.is_manager and not me.is_admin and me.slack_id not in chosen:
        raise FormError({"managers": BotError("Leave yourself in it. Another manager can take you off.")})


def _budgets(typed: TypedBudgets, office: Office, today: date) -> Values:
    wrong = Wrong()

    def read(amount: str) -> int:
        return read_amount(amount, office.currency)

    per_day = wrong.read("per_day", read, typed.per_day, 0)
    per_month = wrong.read("per_month", read, typed.per_month, 0)
    minutes = wrong.read("minutes", _minutes, typed.minutes, None) if typed.minutes.strip() else None
    notice = wrong.read("notice", read, typed.notice, 0) if typed.notice.strip() else office.gift_notice
    wrong.must_be_none()
    if per_day > per_month:
        raise FormError({"per_day": BotError("That is more than for the whole month.")})
    caps = Caps(per_day, per_month, minutes, typed.is_soft)
    values: dict[Choice, Any] = {Choice.GIFT_NOTICE: notice}
    if caps != in_force(office.caps, today):
        values[Choice.CAPS] = caps_as_json(caps_from(office.caps, today, caps))
    return values


def _minutes(typed: str) -> int:
    text = typed.strip()
    if not (text.isascii() and text.isdigit()) or int(text[:6]) > MOST_MINUTES:
        raise BotError("Write the minutes as a whole number, {most} at most.", most=MOST_MINUTES)
    return int(text)


def _week(typed: TypedWeek, office: Office, now: datetime) -> Values:
    wrong = Wrong()
    at = wrong.read("at", read_time, typed.at, Weekly.at)
    if typed.board_mode not in {mode.value for mode in BoardMode}:
        wrong["board_mode"] = BotError("Choose how the board shows the team.")
    if typed.weekday not in {*"0123456"}:
        wrong["weekday"] = BotError("Choose a day of the week.")
    if not _is_channel(typed.channel):
        wrong["channel"] = BotError("Choose a channel.")
    if typed.channel and not typed.posts:
        wrong["posts"] = BotError("Choose what goes out, or leave the channel empty.")
    wrong.must_be_none()
    weekly = Weekly(
        typed.channel, int(typed.weekday), at, "digest" in typed.posts, "board" in typed.posts, office.weekly.since
    )
    if not office.weekly.channel or replace(weekly, channel=office.weekly.channel) != office.weekly:
        since = first_week(now, weekly, office.workdays, office.calendar, office.zone)
        weekly = replace(weekly, since=since)  # another channel alone changes nothing of when it comes
    return {Choice.BOARD_MODE: typed.board_mode, Choice.WEEKLY: weekly_as_json(weekly)}


def values_of(office: Office) -> Values:
    """All settings as they are, in the shapes of the record."""
    return {
        Choice.NAME: office.name,
        Choice.LANGUAGE: office.say.language,
        Choice.ZONE: office.zone,
        Choice.CURRENCY: office.currency,
        Choice.CALENDAR: calendar_as_json(office.calendar),
        Choice.WORKDAYS: workdays_as_json(office.workdays),
        Choice.REMIND_AT: f"{office.remind_at:%H:%M}",
        Choice.STORIES_CHANNEL: office.stories_channel or "",
        Choice.CUSTOMER_WALL_CHANNEL: office.customer_wall_channel or "",
        Choice.CHANGE_WALL_CHANNEL: office.change_wall_channel or "",
        Choice.TEAM_WALL_CHANNEL: office.team_wall_channel or "",
        Choice.WEEKEND_BIRTHDAYS: office.weekend_birthdays,
        Choice.MANAGERS: sorted(office.managers),
        Choice.MODERATORS: sorted(office.moderators),
        Choice.CAPS: caps_as_json(office.caps),
        Choice.GIFT_NOTICE: office.gift_notice,
        Choice.BOARD_MODE: office.board_mode.value,
        Choice.WEEKLY: weekly_as_json(office.weekly),
        Choice.DIGEST: edited_as_json(office.digest),
        Choice.SET_UP: office.is_set_up,
    }


def differing(values: Values, office: Office) -> Values:
    """Those that are another value than the office has."""
    known = values_of(office)
    return {name: value for name, value in values.items() if value != known[name]}


def channels_of(office: Office) -> Mapping[Choice, str]:
    """The channels that were chosen, by what is posted there; by WEEKLY the one of what goes out each week."""
    chosen = {
        Choice.STORIES_CHANNEL: office.stories_channel,
        Choice.CUSTOMER_WALL_CHANNEL: office.customer_wall_channel,
        Choice.CHANGE_WALL_CHANNEL: office.change_wall_channel,
        Choice.TEAM_WALL_CHANNEL: office.team_wall_channel,
        Choice.WEEKLY: office.weekly.channel,
    }
    return {name: channel for name, channel in chosen.items() if channel}


def step_after(step: Step) -> Step | None:
    """What comes next the first time; None after the last."""
    return dict(pairwise(SET_UP)).get(step)
