"""What keeping it up amounts to: whatever days were due, told, taken off, or told afterwards."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.habit.streaks import (
    MILESTONES,
    DayState,
    bonus_days,
    last_days,
    milestone,
    pace,
    passed,
    programme_day,
    streak,
    strength,
)
from bot.kernel.calendar import Country, HolidayRules, Span, Workdays, due_days
from bot.kernel.clock import local_day

MONDAY = date(2026, 11, 2)
MON_FRI = frozenset(range(5))
NL = HolidayRules(Country.NL)
YEAR_END = date(2026, 12, 31)


def weekdays(first: date, last: date, away: Sequence[Span] = (), free: Sequence[date] = ()) -> list[date]:
    return due_days(first, last, [(first, MON_FRI)], [(first, NL)], away, free)


def back(days: int) -> date:
    return MONDAY - timedelta(days=days)


@dataclass(frozen=True)
class History:
    """What happened to somebody's days."""

    workdays: list[tuple[date, Workdays]]
    rules: list[tuple[date, HolidayRules]]
    away: list[Span]
    free: set[date]
    told: set[date]  # local days: a change of zone may leave one out, or tell one twice
    first: date

    @property
    def due(self) -> list[date]:
        return due_days(self.first, MONDAY + timedelta(days=59), self.workdays, self.rules, self.away, self.free)

    def entered_otherwise(self, seed: int) -> "History":
        """The same, entered in another order."""
        order = random.Random(seed)
        away, told, free = (
            order.sample(entries, len(entries)) for entries in (self.away, sorted(self.told), sorted(self.free))
        )
        return replace(self, away=away, told=set(told), free=set(free))


DAYS = st.dates(MONDAY - timedelta(days=120), MONDAY + timedelta(days=60))


def dated(values: st.SearchStrategy) -> st.SearchStrategy:
    """Rows with the day from which each holds, in order."""
    return st.lists(st.tuples(DAYS, values), min_size=1, max_size=4).map(lambda rows: sorted(rows, key=lambda r: r[0]))


RULES = st.builds(
    HolidayRules,
    country=st.sampled_from(Country),
    liberation_day=st.booleans(),
    company_days=st.lists(st.tuples(DAYS, st.just("Ours")), max_size=2).map(tuple),
)
HISTORIES = st.builds(
    History,
    workdays=dated(st.frozensets(st.integers(0, 6))),
    rules=dated(RULES),
    away=st.lists(st.tuples(DAYS, DAYS).map(lambda ends: (min(ends), max(ends))), max_size=3),
    free=st.sets(DAYS, max_size=5),
    told=st.sets(DAYS, max_size=150),
    first=DAYS,
)


@given(HISTORIES)
def test_a_streak_is_never_negative_nor_longer_than_the_days_that_were_due(lived: History) -> None:
    so_far = [day for day in lived.due if day <= MONDAY]

    assert 0 <= streak(lived.due, lived.told, MONDAY) <= len(so_far)
    assert streak(lived.due, lived.told, MONDAY) <= len(lived.told & set(so_far))
    assert 0 <= strength(lived.due, lived.told, MONDAY) <= 100
    assert 0 <= programme_day(lived.first, lived.due, MONDAY) <= len(so_far)
    assert bonus_days(lived.due, lived.told, lived.first, MONDAY) <= len(lived.told - set(lived.due))


@given(HISTORIES, st.integers())
def test_in_which_order_things_were_entered_makes_no_difference(lived: History, seed: int) -> None:
    other = lived.entered_otherwise(seed)

    assert lived.due == other.due
    assert streak(lived.due, lived.told, MONDAY) == streak(other.due, other.told, MONDAY)
    assert strength(lived.due, lived.told, MONDAY) == strength(other.due, other.told, MONDAY)
    assert last_days(lived.due, lived.told, MONDAY) == last_days(other.due, other.told, MONDAY)


@given(HISTORIES)
def test_what_is_to_come_changes_nothing_yet(lived: History) -> None:
    due, told = ([day for day in days if day <= MONDAY] for days in (lived.due, lived.told))

    assert streak(lived.due, lived.told, MONDAY) == streak(due, set(told), MONDAY)
    assert strength(lived.due, lived.told, MONDAY) == strength(due, set(told), MONDAY)


@given(HISTORIES, DAYS)
def test_one_story_more_never_makes_it_less_and_taking_it_back_undoes_it(lived: History, day: date) -> None:
    before, after = lived.told - {day}, lived.told | {day}

    assert streak(lived.due, before, MONDAY) <= streak(lived.due, after, MONDAY)
    assert strength(lived.due, before, MONDAY) <= strength(lived.due, after, MONDAY)
    assert streak(lived.due, after - {day}, MONDAY) == streak(lived.due, before, MONDAY)


@given(HISTORIES, DAYS)
def test_a_story_on_a_day_off_is_a_bonus_and_breaks_nothing(lived: History, day: date) -> None:
    before, after = lived.told - {day}, lived.told | {day}
    if day in lived.due:
        return

    assert streak(lived.due, before, MONDAY) == streak(lived.due, after, MONDAY)
    assert bonus_days(lived.due, after, lived.first, MONDAY) - bonus_days(lived.due, before, lived.first, MONDAY) == (
        lived.first <= day <= MONDAY
    )


@given(HISTORIES, DAYS)
def test_a_day_taken_off_never_shortens_a_streak_by_more_than_itself(lived: History, day: date) -> None:
    off = [due for due in lived.due if due != day]
    lost = 1 if day in lived.told else 0

    assert streak(off, lived.told, MONDAY) >= streak(lived.due, lived.told, MONDAY) - lost


@given(HISTORIES, st.frozensets(st.integers(0, 6)))
def test_other_working_days_from_now_on_leave_the_past_as_it_was(lived: History, workdays: Workdays) -> None:
    so_far = [row for row in lived.workdays if row[0] <= MONDAY] or [(lived.first, MON_FRI)]
    lived = replace(lived, workdays=so_far)
    later = replace(lived, workdays=[*so_far, (MONDAY + timedelta(days=1), workdays)])

    assert streak(lived.due, lived.told, MONDAY) == streak(later.due, later.told, MONDAY)
    assert last_days(lived.due, lived.told, MONDAY) == last_days(later.due, later.told, MONDAY)


ZONES = st.sampled_from(("Pacific/Kiritimati", "Europe/Amsterdam", "America/New_York", "Pacific/Pago_Pago"))
MOMENTS = st.integers(0, 180 * 24 * 60).map(
    lambda minutes: datetime(2026, 7, 5, tzinfo=UTC) + timedelta(minutes=minutes)
)
TELLINGS = st.lists(st.tuples(MOMENTS, ZONES), max_size=80)  # when, and where somebody was then


@given(HISTORIES, TELLINGS, MOMENTS, ZONES, ZONES, st.randoms())
def test_who_travels_rewrites_no_day_that_is_over(
    lived: History, tellings: list[tuple[datetime, str]], now: datetime, here: str, there: str, lot: random.Random
) -> None:
    told, other = ({local_day(*one) for one in order} for order in (tellings, lot.sample(tellings, len(tellings))))
    todays = local_day(now, here), local_day(now, there)
    before, seen = min(todays) - timedelta(days=1), []
    for today in todays:
        days = streak(lived.due, told, today)
        assert 0 <= days <= len([day for day in lived.due if day <= today])
        assert days == streak(lived.due, other, today)
        assert strength(lived.due, told, today) == strength(lived.due, other, today)
        seen.append([state for state in last_days(lived.due, told, today, 60) if state[0] <= before][-50:])

    assert seen[0] == seen[1]


def test_today_breaks_nothing_as_long_as_it_lasts() -> None:
    due = weekdays(back(7), MONDAY)

    assert streak(due, set(due) - {MONDAY}, MONDAY) == 5
    assert streak(due, set(due), MONDAY) == 6
    assert streak(due, set(due) - {MONDAY}, MONDAY + timedelta(days=1)) == 0


def test_a_missed_day_breaks_it_and_telling_it_afterwards_mends_it() -> None:
    due = weekdays(back(14), MONDAY)
    friday = back(3)

    assert streak(due, set(due) - {friday}, MONDAY) == 1
    assert streak(due, set(due), MONDAY) == 11


def test_a_pause_does_not_break_a_streak() -> None:
    away = [(back(13), back(3))]
    due = weekdays(back(21), MONDAY, away)
    told = set(weekdays(back(21), back(14))) | {MONDAY}

    assert streak(due, told, MONDAY) == 7
    assert streak(weekdays(back(21), MONDAY), told, MONDAY) == 1


def test_nobody_who_just_joined_has_a_streak() -> None:
    assert streak([], set(), MONDAY) == strength([], set(), MONDAY) == bonus_days([], set(), MONDAY, MONDAY) == 0
    assert streak([MONDAY], set(), MONDAY) == strength([MONDAY], set(), MONDAY) == 0


@pytest.mark.parametrize(("kept", "points"), [(1, 5), (13, 50), (26, 75), (66, 97), (200, 100)])
def test_half_of_the_way_to_a_hundred_takes_thirteen_due_days(kept: int, points: int) -> None:
    due = weekdays(back(400), MONDAY)[-kept:]

    assert strength(due, set(due), MONDAY) == points


def test_a_single_missed_day_hardly_dents_it() -> None:
    due = weekdays(back(400), MONDAY)

    assert strength(due, set(due), MONDAY) - strength(due, set(due) - {due[-2]}, MONDAY) == 5
    assert strength(due, set(due), MONDAY) - strength(due, set(due) - {due[-30]}, MONDAY) <= 1


def test_today_untold_is_not_counted_as_missed() -> None:
    due = weekdays(back(60), MONDAY)
    told = set(due) - {MONDAY}

    assert strength(due, told, MONDAY) == strength(due[:-1], told, MONDAY)


def test_a_fortnight_day_by_day() -> None:
    due = weekdays(back(20), MONDAY, away=[(back(4), back(4))])
    told = {back(13), back(11), back(9), back(6)}

    states = last_days(due, told, MONDAY)

    assert [day for day, _ in states] == [back(days) for days in range(13, -1, -1)]
    assert [state.value for _, state in states] == [
        *("told", "missed", "told", "missed", "bonus", "off"),
        *("missed", "told", "missed", "off", "missed", "off", "off"),
        "open",
    ]


def test_a_strip_of_today_alone() -> None:
    assert last_days([MONDAY], {MONDAY}, MONDAY, count=1) == [(MONDAY, DayState.TOLD)]
    assert last_days([], set(), MONDAY, count=1) == [(MONDAY, DayState.OFF)]


def test_who_tells_every_day_ends_the_year_with_all_of_its_days() -> None:
    due = weekdays(date(2026, 1, 1), YEAR_END)
    told = {day for day in due if day <= MONDAY}

    assert pace(len(told), due, told, MONDAY) == len(due)
    assert pace(len(told) - 1, due, told - {MONDAY}, MONDAY) == len(due)


def test_half_of_the_days_is_half_of_what_is_left() -> None:
    due = weekdays(date(2026, 1, 1), YEAR_END)
    seen = [day for day in due if day <= MONDAY]
    left = len(due) - len(seen)

    assert pace(100, due, set(seen[::-2]), MONDAY) == 100 + round(left / 2)
    assert pace(100, due, set(), MONDAY) == 100


def test_a_pace_is_about_the_last_four_weeks() -> None:
    due = weekdays(date(2026, 1, 1), YEAR_END)
    seen = [day for day in due if day <= MONDAY]

    assert pace(20, due, set(seen[-20:]), MONDAY) == 20 + len(due) - len(seen)
    assert pace(180, due, set(seen[:-21]), MONDAY) == 180


def test_of_the_first_days_nothing_can_be_said() -> None:
    due = weekdays(back(4), YEAR_END)  # Thursday, Friday, Monday

    assert pace(3, due, set(due), MONDAY) is None
    assert pace(0, [], set(), MONDAY) is None


@given(HISTORIES)
def test_a_pace_lies_between_what_there_is_and_what_can_be(lived: History) -> None:
    due = [day for day in lived.due if day <= YEAR_END]
    stories = len({day for day in lived.told if date(2026, 1, 1) <= day <= MONDAY})
    foreseen = pace(stories, lived.due, lived.told, MONDAY)

    assert foreseen is None or stories <= foreseen <= stories + sum(day >= MONDAY for day in due)


def test_the_programme_counts_due_days_and_waits_during_a_holiday() -> None:
    due = weekdays(back(30), MONDAY, away=[(back(20), back(4))])

    days = [programme_day(back(30), due, back(days)) for days in range(30, -1, -1)]

    assert days[0] == 0  # a Saturday
    assert days == sorted(days)
    assert days[2] == 1
    assert days[10] == days[26]
    assert days[-1] == len(due)


def test_days_before_joining_are_not_of_the_programme() -> None:
    assert programme_day(MONDAY, weekdays(back(30), MONDAY), MONDAY) == 1
    assert programme_day(MONDAY, weekdays(back(30), MONDAY), back(1)) == 0


@given(st.lists(st.booleans(), min_size=120, max_size=120))
def test_each_milestone_gets_its_word_once_and_when_it_is_true(is_reminded: list[bool]) -> None:
    """Whatever the days without a reminder: on its day, or on the next; the first day on itself alone."""
    words, said = [], 0
    for day, reminded in enumerate(is_reminded, start=1):
        if reminded and (word := milestone(day, said)):
            words.append(word)
            assert day - word in ((0, 1) if word > 1 else (0,))
        said = max(said, passed(day)) if reminded else said

    days = [(word, is_reminded[word - 1] or (word > 1 and is_reminded[word])) for word in MILESTONES]
    assert words == [word for word, is_heard in days if is_heard]


def test_who_is_reminded_once_a_week_hears_of_no_milestone_that_was_passed() -> None:
    said, words = 0, {}
    for day in range(6, 100, 5):
        words[day] = milestone(day, said)
        said = max(said, passed(day))

    assert {day: word for day, word in words.items() if word} == {21: 21, 66: 66}


def test_who_is_reminded_every_due_day_hears_each_word_on_its_day() -> None:
    heard: list[int] = []
    for day in range(1, 100):
        if milestone(day, heard[-1] if heard else 0):
            heard.append(day)

    assert heard == list(MILESTONES)
