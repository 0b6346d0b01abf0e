"""What goes out by itself once a week: when it is due, and what a manager changed in one week's."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from bot.kernel.calendar import Dated, HolidayRules, Workdays, due_days

FRIDAY = 4
NOON = time(12)
WEEK = timedelta(days=7)


class BoardMode(StrEnum):
    """How a leaderboard shows the team."""

    PEOPLE = "people"  # the ten who made the most fans, of those who want their name on it
    GROUPS = "groups"  # per head
    TEAM = "team"  # its total against its own past, and nobody's name


@dataclass(frozen=True)
class Weekly:
    """What a manager lets go out each week, on the office's clock."""

    channel: str = ""  # Slack's id; empty: nothing goes out by itself
    weekday: int = FRIDAY  # 0 = Monday; on a day off it is the last working day before, in that week
    at: time = time(15)
    has_digest: bool = True
    has_board: bool = True  # with the digest it stands in its thread
    since: date = date.min  # the Monday of the first week that has it


@dataclass(frozen=True)
class Edited:
    """What a manager changed in the digest of one week."""

    monday: date | None = None  # of that week; empty: of none
    words: str = ""  # in place of those that it opens with
    is_skipped: bool = False


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def due_moment(
    monday: date, weekly: Weekly, workdays: Workdays, calendar: Dated[HolidayRules], zone: str
) -> datetime | None:
    """When the week that begins on `monday` has its post: an aware moment in the zone; None: never.

    It never is for who chose no channel, and in a week without a working day up to the chosen one.
    """
    last = monday + timedelta(days=weekly.weekday)
    days = due_days(monday, last, [(monday, workdays)], calendar, (), ())
    return datetime.combine(days[-1], weekly.at, ZoneInfo(zone)) if weekly.channel and days else None


def week_due(
    now: datetime, weekly: Weekly, workdays: Workdays, calendar: Dated[HolidayRules], zone: str
) -> date | None:
    """The Monday of the week whose post is due at this moment: from its hour on until noon of the Monday after.

    What wasn't posted by then is old news.
    """
    local = now.astimezone(ZoneInfo(zone))
    monday = monday_of(local.date())
    if local.weekday() == 0 and local.time() < NOON:
        monday -= WEEK
    moment = due_moment(monday, weekly, workdays, calendar, zone)
    return monday if moment is not None and moment <= now and monday >= weekly.since else None


def first_week(today: date, weekday: int) -> date:
    """The Monday of the first week that has a post, for who chooses today on which day it comes."""
    return monday_of(today) + (WEEK if today.weekday() > weekday else timedelta(0))


def weekly_as_json(weekly: Weekly) -> dict[str, Any]:
    return {**vars(weekly), "at": f"{weekly.at:%H:%M}", "since": weekly.since.isoformat()}


def weekly_in(value: Mapping[str, Any]) -> Weekly:
    return Weekly(**{**value, "at": time.fromisoformat(value["at"]), "since": date.fromisoformat(value["since"])})


def edited_as_json(edited: Edited) -> dict[str, Any]:
    return {**vars(edited), "monday": edited.monday.isoformat() if edited.monday else None}


def edited_in(value: Mapping[str, Any]) -> Edited:
    return Edited(**{**value, "monday": date.fromisoformat(value["monday"]) if value["monday"] else None})
