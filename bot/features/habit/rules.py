"""When somebody is reminded, and when better not."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from math import gcd
from typing import TypeVar
from zlib import crc32
from zoneinfo import ZoneInfo

from bot.kernel.calendar import Dated, HolidayRules, Span, Workdays, due_days
from bot.kernel.calendar import read_time as read_time  # settings and the office read a time as well
from bot.kernel.clock import local_day
from storage.participants import Volume as Volume

LATEST = timedelta(hours=4)  # after downtime; a later reminder no longer fits its moment
UNANSWERED = 5  # reminders, before it asks whether fewer would be better
LOOKS_AHEAD = 58  # weeks, some 400 days: beyond the longest absence, a year
MONTH = timedelta(days=30)  # from one topic to the next
LUNCH, END = time(13, 0), time(16, 30)
NOON, EVENING = time(12, 0), time(18, 0)

Line = TypeVar("Line")


@dataclass(frozen=True)
class Plan:
    """All that decides when one person is reminded, as it is now."""

    at: time
    volume: Volume
    second_at: time  # of volume normal; counts only when it is later than `at`
    zone: str
    since: datetime  # when they joined: nothing before it, nor at it
    workdays: Dated[Workdays]
    rules: Dated[HolidayRules]
    away: Sequence[Span] = ()
    free: Collection[date] = frozenset()

    def due_days(self, first: date, last: date) -> list[date]:
        return due_days(first, last, self.workdays, self.rules, self.away, self.free)


@dataclass(frozen=True)
class Due:
    """A reminder that is to come."""

    moment: datetime
    day: date  # the local day it is for
    is_second: bool = False


def moment_of(day: date, at: time, zone: str) -> datetime:
    """The moment in UTC at which a clock in the zone shows this time.

    A time that is skipped in spring gives the next one that exists; one that comes twice in autumn the first.
    """
    wall = datetime.combine(day, at)
    while True:
        moment = wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
        if moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == wall:
            return moment
        wall += timedelta(minutes=1)


def next_due(plan: Plan, after: datetime, not_on: date | None = None, has_second: bool = False) -> Due | None:
    """The next reminder strictly after a moment; None when there is none within some 400 days.

    `not_on` is the last local day that had one: neither it nor a day before it gets one again, wherever somebody
    has travelled to; of volume normal its second may still come, unless it `has_second` already. When the zone has
    changed, look from `now - LATEST` on: whose time has just gone by in the new zone would miss a day otherwise.
    """
    after = max(after, plan.since)
    yesterday = local_day(after, plan.zone) - timedelta(days=1)  # its reminder may be skipped into today
    monday = yesterday - timedelta(days=yesterday.weekday())
    for week in range(LOOKS_AHEAD):
        for due in _of_week(plan, monday + timedelta(weeks=week), not_on, yesterday):
            if due.moment > after and not _is_had(due, not_on, has_second):
                return due
    return None


def _is_had(due: Due, not_on: date | None, has_second: bool) -> bool:
    if not_on is None or due.day > not_on:
        return False
    return due.day < not_on or has_second or not due.is_second


def _of_week(plan: Plan, monday: date, not_on: date | None, first: date) -> Iterator[Due]:
    """The reminders of a week, in order, of those days that are not before `first`."""
    days = plan.due_days(monday, monday + timedelta(days=6))
    if plan.volume == Volume.WEEKLY:
        is_had = not_on is not None and not_on.isocalendar()[:2] == monday.isocalendar()[:2]
        days = [] if is_had else days[:1]
    for day in (day for day in days if day >= first):
        yield Due(moment_of(day, plan.at, plan.zone), day)
        if plan.volume == Volume.NORMAL and plan.second_at > plan.at:
            yield Due(moment_of(day, plan.second_at, plan.zone), day, is_second=True)


class Verdict(StrEnum):
    """What becomes of a reminder."""

    SEND = "send"
    EARLY = "early"  # its moment is still to come: a clock went back
    DAY_OFF = "day off"
    TOLD = "told"
    SKIPPED = "skipped"  # "not today"
    TOO_LATE = "too late"  # to be counted in the log


def judge(
    due: Due, plan: Plan, now: datetime, told: Collection[date], skipped: Collection[date] = frozenset()
) -> Verdict:
    """Whether a reminder goes out now, or why not; of several reasons the one that comes first in `Verdict`.

    `told` and `skipped` are local days. Also for a reminder that was snoozed: `due.moment` is then the later one.
    """
    if now < due.moment:
        return Verdict.EARLY
    if not plan.due_days(due.day, due.day):
        return Verdict.DAY_OFF
    if due.day in told:
        return Verdict.TOLD
    if due.day in skipped:
        return Verdict.SKIPPED
    return Verdict.SEND if now - due.moment <= LATEST else Verdict.TOO_LATE


class Calm(StrEnum):
    """What silence leads to."""

    KEEP = "keep"
    ASK = "ask"  # this reminder asks whether fewer would be better
    WEEKLY = "weekly"  # from this one on


def asks_calmer(unanswered: int, was_asked: bool, volume: Volume = Volume.LIGHT) -> Calm:
    """What the next reminder does, after so many in a row without an answer.

    After five it asks, once; when that one gets no answer either, it goes weekly. `was_asked` is about this
    silence: an answer ends it, and both begin anew.
    """
    if volume == Volume.WEEKLY or unanswered < UNANSWERED:
        return Calm.KEEP
    if not was_asked:
        return Calm.ASK
    return Calm.WEEKLY if unanswered > UNANSWERED else Calm.KEEP


def wants_topic(last_on: date | None, day: date) -> bool:
    """Whether it is time for the next topic: one a month."""
    return last_on is None or day - last_on >= MONTH


class Snooze(StrEnum):
    """Until when a reminder is put off."""

    HOUR = "hour"
    LUNCH = "lunch"
    END = "end"


def snooze_until(choice: Snooze, now: datetime, zone: str) -> datetime:
    """When the reminder comes back: in an hour, after lunch (13:00) or at the end of the day (16:30).

    After lunch is over, in an hour; at the end of the day, in half an hour. Always on the same local day: late in
    the evening in its last minute.
    """
    day = local_day(now, zone)
    until = now + (timedelta(minutes=30) if choice == Snooze.END else timedelta(hours=1))
    if choice != Snooze.HOUR:
        fixed = moment_of(day, LUNCH if choice == Snooze.LUNCH else END, zone)
        until = fixed if fixed > now else until
    if local_day(until, zone) == day:
        return until
    return max(now, moment_of(day + timedelta(days=1), time(), zone) - timedelta(minutes=1))


class PartOfDay(StrEnum):
    """Which words fit the hour."""

    MORNING = "morning"  # "will you make"
    AFTERNOON = "afternoon"  # "have you made"
    EVENING = "evening"


def part_of_day(at: time) -> PartOfDay:
    """Morning until twelve, evening from six."""
    if at < NOON:
        return PartOfDay.MORNING
    return PartOfDay.AFTERNOON if at < EVENING else PartOfDay.EVENING


def day_number(day: date, workdays: Workdays) -> int:
    """Which working day this is, counted from a day long ago by the working days of now, so without looking back."""
    weeks, weekday = divmod(day.toordinal() - 1, 7)  # day 1 was a Monday
    return weeks * len(workdays) + sum(one < weekday for one in workdays)


def line_for(number: int, person_id: int, lines: Sequence[Line]) -> Line:
    """A line for somebody's day with this number (`day_number`): always the same, and never the day before's.

    Each line comes once before one comes again; the order differs from person to person and from round to round.
    """
    rounds, place = divmod(number, len(lines))
    if len(lines) < 3:
        return lines[place]
    first, before = _line_at(0, rounds, person_id, len(lines)), _line_at(-1, rounds - 1, person_id, len(lines))
    if first == before and place < 2:
        place = 1 - place
    return lines[_line_at(place, rounds, person_id, len(lines))]


def _line_at(place: int, rounds: int, person_id: int, count: int) -> int:
    """What comes at a place of a round, which may begin with what the one before ended with."""
    lot = crc32(b"%d %d" % (person_id, rounds))
    steps = _steps(count)
    return (lot // 64 + place * steps[lot % len(steps)]) % count


@lru_cache(maxsize=8)
def _steps(count: int) -> Sequence[int]:
    """The steps by which one visits all of so many."""
    return [step for step in range(1, count) if gcd(step, count) == 1]
