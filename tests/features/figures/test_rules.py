"""What figures say: lines, averages, pace, and what is left out because it would be somebody's own."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.figures import rules
from bot.features.figures.rules import DAY, Pace
from bot.kernel.boards import MIN_GROUP
from storage.figures import Gesture, Told

TODAY = date(2026, 11, 2)  # a Monday
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


def told(kind: str | None, stories: int = 10, tellers: int = 4, applause: int = 20, compliments: int = 5) -> Told:
    return Told(kind, stories, tellers, applause, compliments)


@given(DAYS)
def test_twelve_months_hold_each_day_of_the_year_once(today: date) -> None:
    first, last = rules.year_until(today)

    assert last == today
    assert (last - first).days + 1 in (365, 366)
    assert rules.span_to_read(today)[0] <= first


@given(DAYS, st.data())
def test_lines_count_each_story_in_its_own_week_and_month(today: date, data: st.DataObject) -> None:
    ago = data.draw(st.dictionaries(st.integers(0, 420), st.integers(1, 9), max_size=30))
    by_day = {today - timedelta(days=days): count for days, count in ago.items()}
    weeks, months = rules.lines_of(by_day, today)

    assert len(weeks) == len(months) == 12
    for line in (weeks, months):
        for period, count in line:
            assert count == sum(number for day, number in by_day.items() if period.first <= day <= period.last)
        assert line[-1][0].first <= today <= line[-1][0].last


def test_what_a_few_told_has_no_number_and_nothing_is_nothing() -> None:
    weeks = rules.lines_of({TODAY: 9, TODAY - 7 * DAY: 8, TODAY - 14 * DAY: 7}, TODAY)[0]
    found = rules.without_few(weeks, [0] * 9 + [MIN_GROUP - 1, MIN_GROUP, 1])

    assert [count for _, count in found] == [0] * 9 + [None, 8, None]


def test_of_what_has_a_number_the_smallest_goes_first_and_nothing_stays() -> None:
    weeks = rules.lines_of({TODAY: 7, TODAY - 7 * DAY: 7, TODAY - 14 * DAY: 9}, TODAY)[0]
    first = rules.without_least(weeks, [week for week, _ in weeks])

    assert [count for _, count in first] == [0] * 9 + [9, None, 7]
    assert [count for _, count in rules.without_least(first, [weeks[0][0], weeks[9][0]])] == [0] * 9 + [None, None, 7]


def test_a_leap_day_has_its_year_from_the_28th() -> None:
    assert rules.same_day_before(date(2028, 2, 29), 1) == date(2027, 2, 28)
    assert rules.year_until(date(2028, 2, 29)) == (date(2027, 3, 1), date(2028, 2, 29))


def test_the_best_day_is_the_one_with_most_stories() -> None:
    assert rules.best_weekday({TODAY: 3, TODAY - 7 * DAY: 2, TODAY - DAY: 4}) == 0


@pytest.mark.parametrize("by_day", [{}, {TODAY: 4}, {TODAY: 3, TODAY - DAY: 3}])
def test_no_day_is_the_best_of_few_or_of_two_alike(by_day: dict[date, int]) -> None:
    assert rules.best_weekday(by_day) is None


def test_one_story_of_many_makes_its_day_the_best() -> None:
    assert rules.best_weekday({TODAY: rules.BEST_FROM}) == 0


def test_without_fans_nothing_has_a_cost() -> None:
    assert rules.cents_a_fan(500, 0) is None
    assert rules.cents_a_fan(1000, 3) == 333


def test_fans_a_working_day_count_from_the_first_story_on() -> None:
    workdays = [TODAY - 30 * DAY, TODAY - 2 * DAY, TODAY - DAY, TODAY, TODAY + DAY]

    assert rules.a_working_day({TODAY - 2 * DAY: 4, TODAY: 2}, workdays, TODAY) == 2.0
    assert rules.a_working_day({}, workdays, TODAY) is None
    assert rules.a_working_day({TODAY: 2}, [], TODAY) is None


def weekdays(first: date, last: date) -> list[date]:
    days = [first + step * DAY for step in range((last - first).days + 1)]
    return [day for day in days if day.weekday() < 5]


def test_a_pace_is_what_was_told_and_the_rate_of_the_last_weeks() -> None:
    workdays = weekdays(date(2026, 1, 1), date(2026, 12, 31))
    by_day = {day: 4 for day in workdays if day <= TODAY}
    found = rules.pace(by_day, by_day, 4, workdays, TODAY)

    assert found == Pace(4 * len(workdays), len(workdays))


def test_a_pace_has_all_that_was_told_and_the_rate_of_who_takes_part() -> None:
    workdays = weekdays(date(2026, 1, 1), date(2026, 12, 31))
    own = {day: 4 for day in workdays if day < TODAY}
    found = rules.pace(dict.fromkeys(own, 100), own, 4, workdays, TODAY)

    assert found == Pace(100 * len(own) + 4 * (len(workdays) - len(own) - 1), len(workdays))


@given(
    st.dictionaries(st.integers(0, 400), st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=40),
    st.dates(date(2026, 1, 1), date(2026, 12, 31)),
)
def test_a_year_never_ends_below_what_was_made_in_it(ago: dict[int, tuple[int, int]], today: date) -> None:
    own = {today - timedelta(days=days): mine for days, (mine, _) in ago.items()}
    by_day = {today - timedelta(days=days): mine + theirs for days, (mine, theirs) in ago.items()}
    found = rules.pace(by_day, own, 4, weekdays(date(2025, 1, 1), date(2026, 12, 31)), today)

    assert found is None or found.fans >= rules.within(by_day, date(2026, 1, 1), today)


def test_a_pace_of_few_people_or_of_a_few_days_is_not_said() -> None:
    workdays = weekdays(date(2026, 1, 1), date(2026, 12, 31))
    lately = {TODAY - 3 * DAY: 9}

    daily = {day: 1 for day in workdays if day < TODAY}

    assert rules.pace(daily, daily, MIN_GROUP - 1, workdays, TODAY) is None
    assert rules.pace(daily, lately, 10, workdays, TODAY) is None
    assert rules.pace(daily, {}, 10, workdays, TODAY) is None


def test_at_the_end_of_the_year_the_pace_is_what_was_told() -> None:
    last, by_day = date(2026, 12, 31), {date(2026, 12, 18): 36, date(2026, 12, 31): 8}
    workdays = weekdays(date(2026, 1, 1), last)
    found = rules.pace(by_day, by_day, 4, workdays, last)

    assert found == Pace(44, len(workdays))  # four a working day, in the nine from the 18th on


def test_stories_of_last_year_count_for_the_rate_and_not_for_this_year() -> None:
    second = date(2027, 1, 4)
    workdays = weekdays(date(2026, 11, 1), date(2027, 12, 31))
    by_day = {day: 8 for day in workdays if day < date(2027, 1, 1)}
    found = rules.pace(by_day, by_day, 4, workdays, second)

    assert found is not None
    assert found.fans < 8 * 261


def test_the_most_applauded_kind_comes_first_and_what_few_told_is_left_out() -> None:
    found = rules.moments([
        told("question", applause=10), told("complaint", applause=30), told("not_ours", tellers=3, applause=99),
        told(None, applause=99, tellers=9),
    ])  # fmt: skip

    assert [share.kind for share in found] == ["complaint", "question"]
    assert (found[0].applause, found[0].compliments) == (3.0, 0.5)


def test_what_is_left_out_cannot_be_taken_from_the_total() -> None:
    many, few = told("question", stories=5, tellers=5), told("complaint", stories=2, tellers=1)

    assert rules.moments([many, few]) == []
    assert [one.kind for one in rules.moments([many, told("other"), few])] == ["other"]
    assert rules.moments([]) == []


@given(st.lists(st.builds(Told, st.none(), st.integers(1, 9), st.integers(1, 9), st.just(0), st.just(0)), max_size=6))
def test_all_moments_that_are_not_shown_are_together_of_enough_people(kinds: list[Told]) -> None:
    all_told = [Told(str(at) if at else None, one.stories, one.tellers, 0, 0) for at, one in enumerate(kinds)]
    shown = {one.kind for one in rules.moments(all_told)}
    rest = [one.tellers for one in all_told if one.kind not in shown]

    assert all(one.tellers >= MIN_GROUP for one in all_told if one.kind in shown)
    assert not shown or not rest or max(rest) >= MIN_GROUP


def test_gestures_stand_in_their_own_order() -> None:
    found = rules.gestures([told(Gesture.GIFT), told(Gesture.FREE), told(Gesture.PAID)])

    assert [share.kind for share in found] == list(Gesture)


def test_what_few_took_from_the_cupboard_counts_as_paid() -> None:
    found = rules.gestures([told(Gesture.GIFT, stories=2, tellers=1), told(Gesture.FREE), told(Gesture.PAID)])

    assert [(share.kind, share.stories) for share in found] == [(Gesture.FREE, 10), (Gesture.PAID, 12)]


@pytest.mark.parametrize("few", [Gesture.PAID, Gesture.FREE])
def test_what_few_people_spent_cannot_be_taken_from_the_total(few: Gesture) -> None:
    many = Gesture.FREE if few == Gesture.PAID else Gesture.PAID

    assert rules.gestures([told(many), told(few, tellers=MIN_GROUP - 1)]) == []


def test_where_all_was_free_that_is_what_is_shown() -> None:
    assert [share.kind for share in rules.gestures([told(Gesture.FREE)])] == [Gesture.FREE]
    assert rules.gestures([]) == []
