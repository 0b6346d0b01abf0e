"""When somebody is reminded: whatever the days, the hours, the zones, and both nights of daylight saving."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.features.habit.rules import (
    LATEST,
    UNANSWERED,
    Calm,
    Due,
    PartOfDay,
    Plan,
    Snooze,
    Verdict,
    Volume,
    asks_calmer,
    day_number,
    judge,
    line_for,
    moment_of,
    next_due,
    part_of_day,
    snooze_until,
    wants_topic,
)
from bot.kernel.calendar import Country, HolidayRules, Span
from bot.kernel.clock import local_day

AMSTERDAM = "Europe/Amsterdam"
SUNDAY, MONDAY, FRIDAY = date(2026, 11, 1), date(2026, 11, 2), date(2026, 11, 6)
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)  # Amsterdam: 2:00 becomes 3:00, and 3:00 becomes 2:00
MON_FRI = frozenset(range(5))
EVERY_DAY = frozenset(range(7))

ZONES = st.sampled_from(
    [
        AMSTERDAM,
        "America/New_York",
        "America/St_Johns",
        "Asia/Kathmandu",
        "Pacific/Auckland",
        "Pacific/Honolulu",
        "Australia/Lord_Howe",  # half an hour of daylight saving
        "Asia/Beirut",  # at midnight
        "America/Nuuk",  # an hour before midnight: a time of one day that comes on the next
        "Pacific/Kiritimati",
        "UTC",
    ]
)
DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))
TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))
MOMENTS = st.builds(datetime.combine, DAYS, st.times(), st.just(UTC))
NEAR = st.dates(date(2026, 9, 1), date(2026, 12, 31))


def next_reminder(plan: Plan, after: datetime, not_on: date | None = None) -> datetime | None:
    """The moment of what is due next."""
    due = next_due(plan, after, not_on)
    return due.moment if due else None


def plan(
    at: time = time(8, 30),
    volume: Volume = Volume.LIGHT,
    second_at: time = time(16),
    zone: str = AMSTERDAM,
    since: datetime = datetime(2026, 1, 1, tzinfo=UTC),
    workdays: frozenset[int] = MON_FRI,
    away: Sequence[Span] = (),
    free: Collection[date] = (),
) -> Plan:
    rows = [(date(2026, 1, 1), workdays)]
    return Plan(at, volume, second_at, zone, since, rows, [(date(2026, 1, 1), HolidayRules(Country.NL))], away, free)


def at(day: date, hour: int, minute: int = 0, zone: str = AMSTERDAM) -> datetime:
    return datetime.combine(day, time(hour, minute), ZoneInfo(zone)).astimezone(UTC)


def all_of(plan: Plan, after: datetime, until: datetime) -> list[Due]:
    """All reminders between two moments, the way the clock finds them: each from the one before."""
    found: list[Due] = []
    due = next_due(plan, after)
    while due is not None and due.moment <= until:
        found.append(due)
        due = next_due(plan, due.moment, due.day, due.is_second)
    return found


def shown(moment: datetime, zone: str = AMSTERDAM) -> str:
    return f"{moment.astimezone(ZoneInfo(zone)):%d-%m %H:%M}"


def test_a_time_is_that_of_the_clock_on_the_wall_in_summer_and_winter() -> None:
    assert moment_of(date(2026, 7, 1), time(8, 30), AMSTERDAM) == datetime(2026, 7, 1, 6, 30, tzinfo=UTC)
    assert moment_of(date(2026, 12, 1), time(8, 30), AMSTERDAM) == datetime(2026, 12, 1, 7, 30, tzinfo=UTC)


@pytest.mark.parametrize("minute", [0, 1, 30, 59])
def test_a_time_that_spring_skips_becomes_the_next_that_exists(minute: int) -> None:
    assert moment_of(SPRING, time(2, minute), AMSTERDAM) == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    assert shown(moment_of(SPRING, time(2, minute), AMSTERDAM)) == "29-03 03:00"


def test_a_time_that_comes_twice_in_autumn_is_the_first() -> None:
    assert moment_of(AUTUMN, time(2, 30), AMSTERDAM) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert moment_of(AUTUMN, time(3), AMSTERDAM) == datetime(2026, 10, 25, 2, 0, tzinfo=UTC)


@given(DAYS, TIMES, ZONES)
def test_any_time_is_shown_by_the_clock_or_is_the_first_after_a_gap(day: date, at: time, zone: str) -> None:
    moment = moment_of(day, at, zone)
    wall, wanted = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None), datetime.combine(day, at)

    assert moment.utcoffset() == timedelta(0)
    assert wall >= wanted
    if wall > wanted:
        before = (moment - timedelta(minutes=1)).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        assert before < wanted
    for earlier in (timedelta(minutes=30), timedelta(hours=1)):
        assert (moment - earlier).astimezone(ZoneInfo(zone)).replace(tzinfo=None) != wall


@given(DAYS, TIMES, TIMES, ZONES)
def test_later_on_the_wall_is_never_earlier_in_time(day: date, one: time, other: time, zone: str) -> None:
    early, late = sorted([one, other])

    assert moment_of(day, early, zone) <= moment_of(day, late, zone) < moment_of(day + timedelta(days=2), early, zone)


def test_a_week_has_five_reminders_at_ones_own_time() -> None:
    found = all_of(plan(), at(SUNDAY, 12), at(SUNDAY, 12) + timedelta(days=7))

    assert [shown(due.moment) for due in found] == [f"0{day}-11 08:30" for day in range(2, 7)]


def test_normal_has_a_second_one_each_day() -> None:
    found = all_of(plan(volume=Volume.NORMAL), at(SUNDAY, 12), at(MONDAY, 23))

    assert [(shown(due.moment), due.is_second) for due in found] == [("02-11 08:30", False), ("02-11 16:00", True)]


@pytest.mark.parametrize("first", [time(16), time(16, 30)])
def test_a_second_one_that_would_come_first_does_not_come(first: time) -> None:
    found = all_of(plan(at=first, volume=Volume.NORMAL), at(SUNDAY, 12), at(MONDAY, 23))

    assert [due.is_second for due in found] == [False]


def test_weekly_is_on_the_first_own_day_that_counts() -> None:
    weekly = plan(volume=Volume.WEEKLY, away=[(MONDAY, date(2026, 11, 3))])

    found = all_of(weekly, at(SUNDAY, 12), at(date(2026, 11, 20), 12))

    assert [due.day for due in found] == [date(2026, 11, 4), date(2026, 11, 9), date(2026, 11, 16)]


def test_weekly_comes_once_when_its_day_is_taken_off_afterwards() -> None:
    weekly = plan(volume=Volume.WEEKLY, free=[MONDAY])

    due = next_due(weekly, at(MONDAY, 9), not_on=MONDAY)

    assert due
    assert due.day == date(2026, 11, 9)


def test_a_whole_week_off_has_no_weekly_one() -> None:
    weekly = plan(volume=Volume.WEEKLY, away=[(MONDAY, FRIDAY)])

    assert [due.day for due in all_of(weekly, at(SUNDAY, 0), at(FRIDAY, 23))] == []


def test_who_joined_today_after_the_time_is_not_reminded_today() -> None:
    before, after = plan(since=at(MONDAY, 8, 29)), plan(since=at(MONDAY, 8, 30))

    assert next_reminder(before, at(SUNDAY, 12)) == at(MONDAY, 8, 30)
    assert next_reminder(after, at(SUNDAY, 12)) == at(date(2026, 11, 3), 8, 30)


def test_a_reminder_comes_strictly_after_the_moment() -> None:
    assert next_reminder(plan(), at(MONDAY, 8, 30) - timedelta(microseconds=1)) == at(MONDAY, 8, 30)
    assert next_reminder(plan(), at(MONDAY, 8, 30)) == at(date(2026, 11, 3), 8, 30)


def test_nothing_is_due_for_who_has_no_day_in_the_year_to_come() -> None:
    assert next_reminder(plan(workdays=frozenset()), at(MONDAY, 9)) is None
    assert next_reminder(plan(away=[(MONDAY, MONDAY + timedelta(days=800))]), at(MONDAY, 8)) is None


def test_the_longest_absence_ends_with_a_reminder() -> None:
    back = MONDAY + timedelta(days=366)

    assert next_reminder(plan(away=[(MONDAY, back - timedelta(days=1))]), at(MONDAY, 8)) == at(back, 8, 30)


@pytest.mark.parametrize("wall", [time(2), time(2, 30), time(3)])
@pytest.mark.parametrize("night", [SPRING, AUTUMN])
def test_both_nights_of_daylight_saving_have_one_reminder(night: date, wall: time) -> None:
    """Each minute of the night asks anew, as a tick does."""
    nightly = plan(at=wall, workdays=EVERY_DAY)
    evening = at(night, 0) - timedelta(hours=1)
    sent: list[Due] = []
    for minute in range(7 * 60):
        now = evening + timedelta(minutes=minute)
        due = next_due(nightly, sent[-1].moment if sent else evening, sent[-1].day if sent else None)
        if due and due.moment <= now:
            sent.append(due)

    assert [due.day for due in sent] == [night]


def test_a_clock_that_went_back_an_hour_reminds_nobody_again() -> None:
    due = next_due(plan(), at(MONDAY, 8), not_on=MONDAY)

    assert due
    assert due.day == date(2026, 11, 3)


def test_who_flies_west_is_not_reminded_twice_on_a_day() -> None:
    """Reminded at 9:00 in Auckland; in Honolulu it is the day before then, and that one was reminded as well."""
    honolulu = plan(at=time(9), zone="Pacific/Honolulu")
    monday_in_auckland = moment_of(MONDAY, time(9), "Pacific/Auckland")

    due = next_due(honolulu, monday_in_auckland, not_on=MONDAY)

    assert due == Due(moment_of(date(2026, 11, 3), time(9), "Pacific/Honolulu"), date(2026, 11, 3))


def test_who_flies_east_past_their_time_still_gets_todays() -> None:
    """8:45 in Amsterdam is 9:45 in Athens."""
    now = at(MONDAY, 8, 45)
    athens = plan(at=time(9), zone="Europe/Athens")

    due = next_due(athens, now - LATEST, not_on=SUNDAY)

    assert due == Due(moment_of(MONDAY, time(9), "Europe/Athens"), MONDAY)
    assert judge(due, athens, now, told=[]) == Verdict.SEND


def test_the_second_one_is_not_repeated_in_another_zone() -> None:
    normal = plan(volume=Volume.NORMAL)
    in_new_york = replace(normal, zone="America/New_York")
    now = at(MONDAY, 16, 1)

    again = next_due(in_new_york, now, not_on=MONDAY, has_second=True)
    still = next_due(in_new_york, now, not_on=MONDAY)

    assert again
    assert again.day == date(2026, 11, 3)
    assert still == Due(moment_of(MONDAY, time(16), "America/New_York"), MONDAY, is_second=True)


@settings(max_examples=60)
@given(
    at=TIMES,
    second_at=TIMES,
    volume=st.sampled_from(Volume),
    zone=ZONES,
    workdays=st.frozensets(st.integers(0, 6)),
    away=st.lists(st.tuples(NEAR, NEAR).map(lambda ends: (min(ends), max(ends))), max_size=2),
    free=st.sets(NEAR, max_size=5),
)
def test_every_due_day_has_exactly_one_moment_and_every_other_none(
    at: time, second_at: time, volume: Volume, zone: str, workdays: frozenset[int], away: list[Span], free: set[date]
) -> None:
    mine = plan(at, volume, second_at, zone, workdays=workdays, away=away, free=free)
    first, last = date(2026, 9, 1), date(2026, 12, 30)  # both nights of autumn, north and south
    found = all_of(mine, moment_of(first, time(), zone) - timedelta(seconds=1), moment_of(last, time(23, 59), zone))
    days = [due.day for due in found if not due.is_second]

    expected = mine.due_days(first, last)
    if volume == Volume.WEEKLY:
        weeks = {day.isocalendar()[:2]: day for day in reversed(mine.due_days(first - timedelta(days=1), last))}
        expected = [day for day in weeks.values() if day >= first][::-1]
    assert days == sorted(set(days)) == expected
    assert all(moment_of(due.day, second_at if due.is_second else at, zone) == due.moment for due in found)
    assert [due.moment for due in found] == sorted({due.moment for due in found})


@settings(max_examples=60)
@given(st.lists(st.tuples(ZONES, st.integers(0, 60)), min_size=2, max_size=8), TIMES, st.sampled_from(Volume))
def test_no_journey_gives_a_local_day_two_reminders(legs: list[tuple[str, int]], at: time, volume: Volume) -> None:
    """From zone to zone; each leg looks from four hours back, as after any change of zone."""
    now = datetime(2026, 10, 1, tzinfo=UTC)
    sent: list[Due] = []
    for zone, hours in legs:
        mine = plan(at, volume, zone=zone, workdays=EVERY_DAY)
        after, end = now - LATEST, now + timedelta(hours=hours)
        while True:
            last = sent[-1] if sent else None
            due = next_due(mine, after, last and last.day, bool(last and last.is_second))
            if due is None or due.moment > end:
                break
            sent.append(due)
            after = max(due.moment, after)
        now = end

    keys = [(due.day, due.is_second) for due in sent]
    assert keys == sorted(set(keys))


def test_a_reminder_is_sent_up_to_four_hours_late() -> None:
    due = Due(at(MONDAY, 8, 30), MONDAY)

    assert judge(due, plan(), at(MONDAY, 8, 30), told=[]) == Verdict.SEND
    assert judge(due, plan(), at(MONDAY, 12, 30), told=[]) == Verdict.SEND
    assert judge(due, plan(), at(MONDAY, 12, 30) + timedelta(seconds=1), told=[]) == Verdict.TOO_LATE
    assert judge(due, plan(), at(MONDAY, 8, 29), told=[]) == Verdict.EARLY


def test_a_told_day_a_skipped_day_and_a_day_off_are_left_alone() -> None:
    due, now = Due(at(MONDAY, 8, 30), MONDAY), at(MONDAY, 9)

    assert judge(due, plan(), now, told={MONDAY}) == Verdict.TOLD
    assert judge(due, plan(), now, told=set(), skipped={MONDAY}) == Verdict.SKIPPED
    assert judge(due, plan(free=[MONDAY]), now, told=set()) == Verdict.DAY_OFF
    assert judge(due, plan(away=[(SUNDAY, FRIDAY)]), now, told=set()) == Verdict.DAY_OFF
    assert judge(due, plan(), now, told={SUNDAY}, skipped={SUNDAY}) == Verdict.SEND


def test_a_holiday_that_was_added_since_is_kept() -> None:
    closed = HolidayRules(Country.NL, company_days=((MONDAY, "Studiedag"),))
    mine = replace(plan(), rules=[(date(2026, 1, 1), closed)])

    assert judge(Due(at(MONDAY, 8, 30), MONDAY), mine, at(MONDAY, 9), told=[]) == Verdict.DAY_OFF


def test_five_unanswered_reminders_lead_to_one_question_and_then_to_weekly() -> None:
    asked, steps = False, []
    for unanswered in range(8):
        calm = asks_calmer(unanswered, asked)
        asked = asked or calm == Calm.ASK
        steps.append(calm)

    assert steps == [Calm.KEEP] * UNANSWERED + [Calm.ASK] + [Calm.WEEKLY] * 2


def test_who_is_reminded_weekly_is_never_asked() -> None:
    assert {asks_calmer(unanswered, False, Volume.WEEKLY) for unanswered in range(20)} == {Calm.KEEP}


@pytest.mark.parametrize(
    ("choice", "now", "until"),
    [
        (Snooze.HOUR, (8, 30), "02-11 09:30"),
        (Snooze.LUNCH, (8, 30), "02-11 13:00"),
        (Snooze.LUNCH, (13, 0), "02-11 14:00"),
        (Snooze.LUNCH, (15, 10), "02-11 16:10"),
        (Snooze.END, (8, 30), "02-11 16:30"),
        (Snooze.END, (16, 30), "02-11 17:00"),
        (Snooze.HOUR, (23, 30), "02-11 23:59"),
        (Snooze.END, (23, 45), "02-11 23:59"),
        (Snooze.LUNCH, (23, 59), "02-11 23:59"),
    ],
)
def test_later_today_is_later_today(choice: Snooze, now: tuple[int, int], until: str) -> None:
    assert shown(snooze_until(choice, at(MONDAY, *now), AMSTERDAM)) == until


@given(st.sampled_from(Snooze), MOMENTS, ZONES)
def test_a_snooze_never_ends_before_now_or_on_another_day(choice: Snooze, now: datetime, zone: str) -> None:
    until = snooze_until(choice, now, zone)

    assert until >= now
    assert local_day(until, zone) == local_day(now, zone)


@pytest.mark.parametrize(
    ("at", "part"),
    [
        (time(0), PartOfDay.MORNING),
        (time(11, 59), PartOfDay.MORNING),
        (time(12), PartOfDay.AFTERNOON),
        (time(17, 59), PartOfDay.AFTERNOON),
        (time(18), PartOfDay.EVENING),
    ],
)
def test_the_words_follow_the_hour(at: time, part: PartOfDay) -> None:
    assert part_of_day(at) == part


@given(st.integers(0, 500), st.integers(1, 10_000), st.integers(2, 12))
def test_no_line_comes_two_due_days_in_a_row(number: int, person_id: int, count: int) -> None:
    lines = range(count)

    assert line_for(number, person_id, lines) != line_for(number + 1, person_id, lines)
    assert line_for(number, person_id, lines) == line_for(number, person_id, lines)


def test_every_line_comes_before_one_comes_again() -> None:
    lines = "abcdefgh"
    rounds = ["".join(line_for(8 * turn + place, 7, lines) for place in range(8)) for turn in range(10)]

    assert {"".join(sorted(once)) for once in rounds} == {lines}
    assert len(set(rounds)) > 5
    assert line_for(3, 7, ["only one"]) == "only one"


@given(DAYS, st.sets(st.integers(0, 6), min_size=1).map(frozenset))
def test_each_working_day_has_the_next_number(day: date, workdays: frozenset[int]) -> None:
    days = [day + timedelta(days=ahead) for ahead in range(30)]
    numbers = [day_number(one, workdays) for one in days if one.weekday() in workdays]

    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def test_the_first_topic_comes_at_once_and_the_next_after_a_month() -> None:
    assert wants_topic(None, MONDAY)
    assert not wants_topic(MONDAY, MONDAY)
    assert not wants_topic(MONDAY, MONDAY + timedelta(days=29))
    assert wants_topic(MONDAY, MONDAY + timedelta(days=30))
