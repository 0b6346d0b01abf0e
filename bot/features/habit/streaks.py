"""What keeping it up amounts to: streak, strength, pace, and the 66-day start.

A due day is a day of one's own to do it: a working day, less holidays, absence and days taken off (see `due_days`).
`due` is always in order, and may go on after today; `told` are the days with a story, in no order.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence, Set
from datetime import date, timedelta
from enum import StrEnum

HALF_LIFE = 13  # due days
PACE_OVER = 20  # due days: the last four weeks of who works five days
PACE_FROM = 5  # due days; of fewer nothing can be said
FANS_A_YEAR = 300  # what one person who keeps it up makes, by the book
MILESTONES = (1, 7, 21, 42, 66)  # due days


class DayState(StrEnum):
    """How a day went."""

    TOLD = "told"
    MISSED = "missed"
    OFF = "off"  # nothing due, nothing told
    BONUS = "bonus"  # nothing due, and told all the same
    OPEN = "open"  # today, and not told yet


def streak(due: Sequence[date], told: Set[date], today: date) -> int:
    """How many due days in a row have a story, up to today; today itself breaks nothing as long as it lasts."""
    length = 0
    for day in reversed(_counting(due, told, today)):
        if day not in told:
            break
        length += 1
    return length


def bonus_days(due: Sequence[date], told: Set[date], since: date, today: date) -> int:
    """On how many days off there is a story, from when somebody joined up to today."""
    return sum(since <= day <= today for day in told - set(due))


def strength(due: Sequence[date], told: Set[date], today: date) -> int:
    """How settled the habit is, from 0 to 100: all due days, the recent ones counting most.

    Exponential smoothing in which a day's weight halves every 13 due days, as the habit score of Loop Habit
    Tracker does for a daily habit (`0.5 ** (sqrt(frequency) / 13)`, frequency 1: `Score.kt` in iSoron/uhabits).
    A missed day takes 5 of 100 points at most; 13 kept days in a row make 50, and 66 make 97. Days off weigh nothing.
    """
    keeps = 0.5 ** (1 / HALF_LIFE)
    score = 0.0
    for day in _counting(due, told, today):
        score = score * keeps + (day in told) * (1 - keeps)
    return round(100 * score)


def last_days(
    due: Sequence[date], told: Set[date], today: date, count: int = 14, since: date = date.min
) -> list[tuple[date, DayState]]:
    """The last `count` calendar days and how each went, today last; none from before `since`."""
    days = [today - timedelta(days=back) for back in reversed(range(count))]
    return [(day, _state(day, _is_in(due, day), day in told, today)) for day in days if day >= since]


def _state(day: date, is_due: bool, is_told: bool, today: date) -> DayState:
    if is_told:
        return DayState.TOLD if is_due else DayState.BONUS
    if not is_due:
        return DayState.OFF
    return DayState.OPEN if day == today else DayState.MISSED


def pace(stories: int, due: Sequence[date], told: Set[date], today: date) -> int | None:
    """How many stories this year will have if it goes on like this; None as long as that would be a guess.

    `stories` this year so far, plus one for each due day that is left of the year, times the part of the last 20
    due days that have a story. `due` runs from at least those 20 to 31 December. The book's measure is 300 a year.
    """
    seen = _counting(due, told, today)[-PACE_OVER:]
    if len(seen) < PACE_FROM:
        return None
    rate = sum(day in told for day in seen) / len(seen)
    left = bisect_right(due, date(today.year, 12, 31)) - bisect_right(due, today)
    is_open = _is_in(due, today) and today not in told
    return stories + round(rate * (left + is_open))


def programme_day(joined_on: date, due: Sequence[date], today: date) -> int:
    """Which day of the 66-day start it is: how many due days there were since somebody joined, today included.

    After 66 days, the median, doing something daily goes by itself; they ranged from 18 to 254, and a missed
    chance did no harm (Lally and others, 2010, doi:10.1002/ejsp.674). Due days are counted, for each is a chance
    to repeat it: the start waits during a holiday, and no milestone falls on a day off.
    """
    return max(bisect_right(due, today) - bisect_left(due, joined_on), 0)


def passed(day: int) -> int:
    """The last milestone up to this day of the programme, said or not; 0 for none."""
    return max((one for one in MILESTONES if one <= day), default=0)


def milestone(day: int, said: int) -> int | None:
    """The milestone to say a kind word about, on this day of the programme; None when there is nothing to say.

    `said` is the last milestone that got its word, or was passed; 0 for none. Who told their story before the
    reminder came reads it a day later: seven days are as true on the eighth. Later than that, with one reminder a
    week, it would be a word about another day, so it is skipped; and the first day is the first day alone.
    """
    last = passed(day)
    late = 0 if last == MILESTONES[0] else 1  # due days
    return last if said < last and day - last <= late else None


def _counting(due: Sequence[date], told: Set[date], today: date) -> Sequence[date]:
    """The due days that can be judged: those up to today, and today only when its story is there."""
    is_told = today in told
    return due[: bisect_right(due, today) if is_told else bisect_left(due, today)]


def _is_in(due: Sequence[date], day: date) -> bool:
    place = bisect_left(due, day)
    return place < len(due) and due[place] == day
