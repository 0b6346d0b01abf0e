"""What goes out by itself once a week: when it is due, and what a manager changed in one week's."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from bot.kernel.calendar import Dated, HolidayRules, Workdays, due_days

FRIDAY = 4
NOON = time(12)
DAY = timedelta(days=1)
WEEK = 7 * DAY


class BoardMode(StrEnum):
    """How a leaderboard shows the team."""

    PEOPLE = "people"  # the ten who made the most fans, of those who want their name on it
    GROUPS = "groups"  # per head
    TEAM = "team"  # its total against its own past, and nobody's name


@dataclass(frozen=True)
class Weekly:
    """What a manager lets go out each week, on the office's clock."""

    channel: str = ""  # Slack's id; empty: nothing goes out by itself
    weekday: int = FRIDAY  # 0 = Monday, after the week; on a day off it is the last working day before
    at: time = time(15)
    has_digest: bool = True
    has_board: bool = True  # with the digest it stands in its thread
    since: date = date.min  # the Monday of the first week that has it


@dataclass(frozen=True)
class Edited:
    """What a manager changed in the digest of one week; beside it of the week before, while that is open too."""

    monday: date | None = None  # of that week; empty: of none
    words: str = ""  # in place of those that it opens with
    is_skipped: bool = False
    before: "Edited | None" = None

    def of(self, monday: date) -> "Edited":
        """What was changed in the week of that Monday."""
        found = next((one for one in (self, self.before) if one is not None and one.monday == monday), None)
        return Edited(monday, found.words, found.is_skipped) if found else Edited(monday)

    def with_week(self, edited: "Edited", opened: Collection[date]) -> "Edited":
        """The same with what was changed in one of the `opened` weeks; of weeks that are over nothing is kept."""
        weeks = {one.monday: one for one in (self, self.before, edited) if one is not None and one.monday is not None}
        left = [self.of(monday) if monday != edited.monday else edited for monday in sorted(weeks) if monday in opened]
        return replace(left[-1], before=left[-2] if len(left) > 1 else None) if left else Edited()


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def due_moment(
    monday: date, weekly: Weekly, workdays: Workdays, calendar: Dated[HolidayRules], zone: str
) -> datetime | None:
    """When the week that begins on `monday` has its post: an aware moment in the zone; None: never.

    On a Monday it is about the week before. It never is for who chose no channel, and in a week without a working day
    up to the chosen one.
    """
    first, last = (monday, monday + weekly.weekday * DAY) if weekly.weekday else (monday + DAY, monday + WEEK)
    days = due_days(first, last, [(monday, workdays)], calendar, (), ())
    return datetime.combine(days[-1], weekly.at, ZoneInfo(zone)) if weekly.channel and days else None


def week_due(
    now: datetime, weekly: Weekly, workdays: Workdays, calendar: Dated[HolidayRules], zone: str
) -> date | None:
    """The Monday of the week whose post is due at this moment, the last one that is; None: of none.

    From its hour on until noon of the Monday after, but for a day at least. What wasn't posted by then is old news.
    """
    this = monday_of(now.astimezone(ZoneInfo(zone)).date())
    for monday in (this, this - WEEK):
        moment = due_moment(monday, weekly, workdays, calendar, zone)
        if moment is not None and moment <= now < _end(monday, moment) and monday >= weekly.since:
            return monday
    return None


def time_left(
    now: datetime, monday: date, weekly: Weekly, workdays: Workdays, calendar: Dated[HolidayRules], zone: str
) -> timedelta:
    """How long from this moment on the post of a week that is due still fits its moment; none at all without one."""
    moment = due_moment(monday, weekly, workdays, calendar, zone)
    return max(_end(monday, moment) - now, timedelta()) if moment is not None else timedelta()


def _end(monday: date, moment: datetime) -> datetime:
    """When it is too late for the post of a week that was due at `moment`."""
    return max(datetime.combine(monday + WEEK, NOON, moment.tzinfo), moment + DAY)


def first_week(now: datetime, weekly: Weekly, workdays: Workdays, calendar: Dated[HolidayRules], zone: str) -> date:
    """The Monday of the first week that has a post, for who chooses at this moment when it comes: none that is past."""
    this = monday_of(now.astimezone(ZoneInfo(zone)).date())
    for monday in (this - WEEK, this):
        moment = due_moment(monday, weekly, workdays, calendar, zone)
        if moment is not None and moment > now:
            return monday
    return this + WEEK if weekly.channel else this


def weekly_as_json(weekly: Weekly) -> dict[str, Any]:
    return {**vars(weekly), "at": f"{weekly.at:%H:%M}", "since": weekly.since.isoformat()}


def weekly_in(value: Mapping[str, Any]) -> Weekly:
    return Weekly(**{**value, "at": time.fromisoformat(value["at"]), "since": date.fromisoformat(value["since"])})


def edited_as_json(edited: Edited) -> dict[str, Any]:
    week = {**vars(edited), "monday": edited.monday.isoformat() if edited.monday else None}
    before = week.pop("before")
    return week | ({"before": edited_as_json(before)} if before else {})


def edited_in(value: Mapping[str, Any]) -> Edited:
    monday = date.fromisoformat(value["monday"]) if value["monday"] else None
    before = edited_in(value["before"]) if value.get("before") else None
    return Edited(**{**value, "monday": monday, "before": before})
