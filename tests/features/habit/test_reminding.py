"""The tick: who gets a reminder when, exactly once, and what it says. On both databases."""

import dataclasses
from collections.abc import Sequence
from datetime import date, time, timedelta
from itertools import pairwise
from typing import Any

import pytest
from sqlmodel import Session
from structlog.testing import capture_logs

from bot.features.habit.reminding import remind_due
from bot.features.habit.rules import Volume
from bot.features.habit.screens import CALMER, FREE, KEEP, LINES, MILESTONES, SKIP, SNOOZE, TELL
from bot.kernel.office import Me
from bot.kernel.tips import tip_in_turn
from bot.slack.outbox import Outbox
from storage.participants import plan_anew
from storage.people import Part, Standing, person_by_slack_id
from storage.reminders import Answer, reminder_on
from storage.tips import show_tip, tips_shown_since
from tests.fakes import FakeOffice, StoppedClock
from tests.features.habit.club import (
    MONDAY,
    TUESDAY,
    actions_of,
    arrived,
    at,
    away,
    day_of,
    days_sent,
    join,
    row_of,
    sent,
    set_values,
    tick,
    told,
    words_of,
)
from tests.limits import complaints_about_message

NEXT_MONDAY = date(2026, 11, 9)


@pytest.fixture(autouse=True)
def _early(clock: StoppedClock) -> None:
    """The tests begin on Monday at seven in Amsterdam, before anybody is reminded."""
    clock.pass_time(hours=-3)


@pytest.fixture
def english(office: FakeOffice) -> Me:
    return office.person("U0WARD", "Ward", language="en")


def reminded_on(office: FakeOffice, me: Me, days: Sequence[date], hour: int = 9) -> None:
    for day in days:
        tick(office, at(day, hour))


def workdays_from(day: date, count: int) -> list[date]:
    found = [day + timedelta(days=ahead) for ahead in range(count * 2)]
    return [one for one in found if one.weekday() < 5][:count]


# When


def test_somebody_is_reminded_at_their_own_time(office: FakeOffice, sanne: Me) -> None:
    join(office, sanne)
    tick(office)
    assert row_of(office, sanne).due_at == at(MONDAY, 8, 30)

    tick(office, at(MONDAY, 8, 29))
    assert sent(office) == {}
    tick(office, at(MONDAY, 8, 30))
    tick(office, at(MONDAY, 8, 31))

    assert days_sent(office, sanne) == ["2026-11-02"]
    assert row_of(office, sanne).due_at == at(TUESDAY, 8, 30)
    assert [post.target for post in sent(office).values()] == ["U0SANNE"]


def test_who_joins_after_their_time_is_reminded_the_next_day(office: FakeOffice, sanne: Me) -> None:
    office.services.clock.move_to(at(MONDAY, 9))
    join(office, sanne)

    tick(office)
    assert sent(office) == {}
    tick(office, at(TUESDAY, 8, 30))
    assert days_sent(office, sanne) == ["2026-11-03"]


def test_a_week_has_a_reminder_for_each_working_day(office: FakeOffice, sanne: Me, bram: Me) -> None:
    join(office, sanne, days={0, 2, 4})
    join(office, bram, days={5})

    for day in range(7):
        tick(office, at(MONDAY + timedelta(days=day), 8, 30))

    assert days_sent(office, sanne) == ["2026-11-02", "2026-11-04", "2026-11-06"]
    assert days_sent(office, bram) == ["2026-11-07"]


def test_who_told_today_is_left_alone(office: FakeOffice, sanne: Me, bram: Me) -> None:
    join(office, sanne)
    join(office, bram)
    told(office, sanne, MONDAY)
    told(office, bram, MONDAY - timedelta(days=1))

    tick(office, at(MONDAY, 8, 30))

    assert list(sent(office)) == [f"reminder:{bram.person_id}:2026-11-02"]
    assert row_of(office, sanne).due_at == at(TUESDAY, 8, 30)


def test_of_volume_normal_a_second_one_comes_when_nothing_was_told(office: FakeOffice, sanne: Me, bram: Me) -> None:
    join(office, sanne, volume="normal")
    join(office, bram, volume="normal")

    tick(office, at(MONDAY, 8, 30))
    told(office, bram, MONDAY)
    tick(office, at(MONDAY, 16))
    tick(office, at(MONDAY, 16, 1))

    assert days_sent(office, sanne) == ["2026-11-02", "2026-11-02:2"]
    assert days_sent(office, bram) == ["2026-11-02"]
    reminder = day_of(office, sanne, MONDAY)
    assert reminder is not None
    assert (reminder.posts, reminder.last_key) == (2, f"reminder:{sanne.person_id}:2026-11-02:2")


def test_of_volume_weekly_one_comes_on_the_first_working_day(office: FakeOffice, sanne: Me) -> None:
    join(office, sanne, days={1, 2, 3}, volume="weekly")

    for day in range(10):
        tick(office, at(MONDAY + timedelta(days=day), 12))

    assert days_sent(office, sanne) == ["2026-11-03", "2026-11-10"]


def test_of_volume_weekly_a_change_of_plan_loses_no_week(office: FakeOffice, sanne: Me, bram: Me) -> None:
    """Away on Monday, the first own day of that week is Thursday, whenever it is worked out."""
    for me in (sanne, bram):
        join(office, me, days={0, 3, 4}, volume="weekly")
    tick(office, at(MONDAY, 9))
    away(office, sanne, NEXT_MONDAY, NEXT_MONDAY)
    for ahead in range(6):
        for hour in (7, 9, 12, 20):
            moment = at(NEXT_MONDAY + timedelta(days=ahead), hour)
            with office.services.database.writing(sanne) as tx:
                plan_anew(tx, moment)
            tick(office, moment)

    assert days_sent(office, sanne) == ["2026-11-02", "2026-11-12"]
    assert days_sent(office, bram) == ["2026-11-02", "2026-11-09"]


def test_nothing_comes_during_an_absence_or_on_a_holiday(office: FakeOffice, sanne: Me) -> None:
    join(office, sanne)
    away(office, sanne, TUESDAY, date(2026, 12, 23))

    for day in range(60):
        tick(office, at(MONDAY + timedelta(days=day), 9))

    assert days_sent(office, sanne) == [
        *("2026-11-02", "2026-12-24", "2026-12-28", "2026-12-29", "2026-12-30", "2026-12-31"),
    ]  # 25 December is a Friday


def test_an_absence_that_is_set_while_a_reminder_is_planned_holds_it_back(office: FakeOffice, sanne: Me) -> None:
    join(office, sanne)
    tick(office)
    away(office, sanne, MONDAY, MONDAY)

    tick(office, at(MONDAY, 8, 30))

    assert sent(office) == {}
    assert row_of(office, sanne).due_at == at(TUESDAY, 8, 30)


def test_who_left_or_is_gone_is_planned_no_more(office: FakeOffice, sanne: Me, bram: Me) -> None:
    for me, values in ((sanne, {"part": Part.LEFT}), (bram, {"standing": Standing.GONE})):
        join(office, me)
        with office.services.database.writing(me) as tx:
            person = person_by_slack_id(tx, me.slack_id)
            for name, value in values.items():
                setattr(person, name, value)

    tick(office, at(MONDAY, 9))

    assert sent(office) == {}
    assert [row_of(office, me).due_at for me in (sanne, bram)] == [None, None]


def test_each_is_reminded_by_their_own_clock(office: FakeOffice) -> None:
    zones = ("Asia/Tokyo", "Europe/Amsterdam", "America/New_York")
    people = [join(office, office.person(f"U0{zone[-4:]}", zone, zone=zone)) for zone in zones]
    tick(office)

    assert [row_of(office, me).due_at for me in people] == [
        at(TUESDAY, 8, 30, "Asia/Tokyo"), at(MONDAY, 8, 30), at(MONDAY, 8, 30, "America/New_York"),
    ]  # fmt: skip


def test_a_zone_that_nobody_knows_is_the_offices(office: FakeOffice) -> None:
    martian = office.person("U0MARS", "Mark")
    join(office, martian)
    with office.services.database.writing(martian) as tx:
        person = person_by_slack_id(tx, "U0MARS")
        assert person is not None
        person.zone = "Mars/Olympus_Mons"

    tick(office, at(MONDAY, 8, 30))

    assert days_sent(office, martian) == ["2026-11-02"]


@pytest.mark.parametrize(
    ("sunday", "hour", "moments"),
    [
        (date(2026, 3, 29), (2, 30), ["01:00"]),  # there is no half past two: at three, which is 1:00 in UTC
        (date(2026, 10, 25), (2, 30), ["00:30"]),  # it comes twice: the first time
    ],
)
def test_in_both_nights_of_daylight_saving_one_reminder_comes(
    office: FakeOffice, sanne: Me, sunday: date, hour: tuple[int, int], moments: list[str]
) -> None:
    office.services.clock.move_to(at(sunday - timedelta(days=1), 20))
    join(office, sanne, days={6}, remind_at=time(*hour))
    found = []
    for minutes in range(0, 12 * 60, 15):
        before = len(sent(office))
        moment = at(sunday - timedelta(days=1), 22) + timedelta(minutes=minutes)
        tick(office, moment)
        found += [f"{moment:%H:%M}"] * (len(sent(office)) - before)

    assert found == moments
    assert days_sent(office, sanne) == [sunday.isoformat()]


# Exactly once


def test_a_clock_that_is_set_back_reminds_nobody_twice(office: FakeOffice, sanne: Me) -> None:
    join(office, sanne, volume="normal")
    tick(office, at(MONDAY, 8, 30))
    tick(office, at(MONDAY, 16))
    for hour in range(8):
        tick(office, at(MONDAY, hour))
    with office.services.database.writing(sanne) as tx:
        plan_anew(tx, at(MONDAY, 7))

    tick(office, at(MONDAY, 17))

    assert days_sent(office, sanne) == ["2026-11-02", "2026-11-02:2"]
    assert row_of(office, sanne).due_at == at(TUESDAY, 8, 30)


class CutShort(Outbox):
    """An outbox whose program ends in the middle of queueing, once."""

    def __init__(self, clock: StoppedClock) -> None:
        super().__init__(clock, lambda: None)
        self.is_cut = False

    def post_many(self, tx: Session, posts: Any, *more: Any) -> None:
        super().post_many(tx, posts, *more)
        if not self.is_cut:
            self.is_cut = True
            raise SystemExit


def test_a_program_that_ends_in_the_middle_reminds_everybody_once_after_all(
    office: FakeOffice, clock: StoppedClock, sanne: Me, bram: Me
) -> None:
    join(office, sanne)
    join(office, bram)
    tick(office)
    office.services.clock.move_to(at(MONDAY, 8, 30))
    with pytest.raises(SystemExit):
        remind_due(dataclasses.replace(office.services, outbox=CutShort(clock)))
    assert sent(office) == {}
    assert row_of(office, sanne).last_day is None

    tick(office, at(MONDAY, 8, 31))

    assert sorted(sent(office)) == sorted(f"reminder:{me.person_id}:2026-11-02" for me in (sanne, bram))


def test_what_is_less_than_four_hours_late_is_sent_and_older_is_dropped_and_counted(
    office: FakeOffice, sanne: Me, bram: Me
) -> None:
    join(office, sanne)
    join(office, bram, remind_at=time(13, 0))
    tick(office)

    with capture_logs() as logs:
        tick(office, at(date(2026, 11, 4), 16))

    assert days_sent(office, sanne) == []  # of Monday, Tuesday and Wednesday
    assert days_sent(office, bram) == ["2026-11-04"]
    assert [(line["event"], line["workspace"], line["count"]) for line in logs] == [
        ("reminders dropped", office.workspace_id, 5)
    ]
    assert row_of(office, sanne).due_at == at(date(2026, 11, 5), 8, 30)


def test_what_was_queued_and_is_four_hours_late_when_slack_is_there_again_stays_away(
    office: FakeOffice, clock: StoppedClock, sanne: Me, bram: Me
) -> None:
    join(office, sanne)
    join(office, bram, remind_at=time(11, 0))
    tick(office)
    tick(office, at(MONDAY, 11, 30))  # the demo's clock was moved; the real one stands at seven

    ends = {post.target: post.not_after for post in sent(office).values()}
    assert ends == {"U0SANNE": clock.now() + timedelta(hours=1), "U0BRAM": clock.now() + timedelta(hours=3, minutes=30)}


def test_yesterdays_reminder_that_slack_never_got_does_not_come_as_a_new_message(office: FakeOffice, sanne: Me) -> None:
    join(office, sanne)
    tick(office, at(MONDAY, 8, 30))
    tick(office, at(TUESDAY, 8, 30))

    yesterday, today = sent(office).values()
    assert (yesterday.body, yesterday.is_waiting) == (None, False)
    assert today.is_waiting


def test_a_dropped_day_that_was_told_is_not_counted(office: FakeOffice, sanne: Me) -> None:
    join(office, sanne)
    tick(office)
    told(office, sanne, MONDAY)

    with capture_logs() as logs:
        tick(office, at(TUESDAY, 20))

    assert [line["count"] for line in logs] == [1]


def test_after_a_change_of_plan_the_next_one_is_worked_out_again(office: FakeOffice, sanne: Me) -> None:
    join(office, sanne)
    tick(office, at(MONDAY, 8, 30))
    set_values(office, sanne, remind_at=time(10, 0))
    with office.services.database.writing(sanne) as tx:
        plan_anew(tx, at(MONDAY, 9), [sanne.person_id])

    tick(office, at(MONDAY, 10))
    tick(office, at(TUESDAY, 10))

    assert days_sent(office, sanne) == ["2026-11-02", "2026-11-03"]


def test_a_change_in_the_seconds_before_the_tick_comes_loses_no_reminder(office: FakeOffice, sanne: Me) -> None:
    join(office, sanne)
    tick(office, at(MONDAY, 8))
    with office.services.database.writing(sanne) as tx:
        plan_anew(tx, at(MONDAY, 8, 30) + timedelta(seconds=5))  # somebody changes the calendar
    tick(office, at(MONDAY, 8, 30) + timedelta(seconds=14))
    tick(office, at(TUESDAY, 9))

    assert days_sent(office, sanne) == ["2026-11-02", "2026-11-03"]


def test_who_joined_is_not_planned_before_that(office: FakeOffice, sanne: Me) -> None:
    office.services.clock.move_to(at(MONDAY, 9))
    join(office, sanne)
    with office.services.database.writing(sanne) as tx:
        plan_anew(tx, at(MONDAY, 5))  # their zone changed: looked at from four hours ago on

    tick(office)

    assert sent(office) == {}


# Many, and many offices


def test_many_people_are_reminded_in_batches_and_spread_over_time(office: FakeOffice, clock: StoppedClock) -> None:
    people = [join(office, office.person(f"U0{number:03}", f"Collega {number}")) for number in range(23)]

    tick(office, at(MONDAY, 8, 30), batch=5)

    assert len(sent(office)) == 23
    waits = [post.due_at - clock.now() for post in sent(office).values()]
    assert all(later - earlier == timedelta(seconds=0.25) for earlier, later in pairwise(waits))
    assert waits[0] == timedelta(0)
    assert {row_of(office, me).due_at for me in people} == {at(TUESDAY, 8, 30)}


def test_a_broken_office_delays_no_other(office: FakeOffice, sanne: Me) -> None:
    elsewhere = office.person_elsewhere("T0EIK", "U0JOOST", "Joost")
    join(office, elsewhere)
    join(office, sanne)
    set_values(office, elsewhere, volume="hourly")  # which nobody knows

    with capture_logs() as logs:
        tick(office, at(MONDAY, 8, 30))

    assert days_sent(office, sanne) == ["2026-11-02"]
    assert [(line["event"], line["workspace"]) for line in logs] == [("reminders failed", elsewhere.workspace_id)]
    set_values(office, elsewhere, volume="light")
    tick(office, at(MONDAY, 8, 31))
    assert row_of(office, elsewhere).last_day == MONDAY


def test_a_large_office_and_a_small_one_take_turns(office: FakeOffice) -> None:
    for number in range(12):
        join(office, office.person(f"U0{number:03}", f"Collega {number}"))
    elsewhere = office.person_elsewhere("T0EIK", "U0JOOST", "Joost")
    tick(office)
    join(office, elsewhere)
    order: list[int] = []

    class Watched(Outbox):
        def post_many(self, tx: Session, posts: Any, *more: Any) -> None:
            order.append(tx.info["workspace_id"])
            super().post_many(tx, posts, *more)

    services = dataclasses.replace(office.services, outbox=Watched(office.real_clock, lambda: None))
    services.clock.move_to(at(MONDAY, 8, 30))
    remind_due(services, batch=4)

    there = elsewhere.workspace_id
    assert there in order[:3]
    assert row_of(office, elsewhere).last_day == MONDAY


# What it says


def test_a_reminder_has_a_line_a_tip_and_ways_to_answer(office: FakeOffice, english: Me) -> None:
    join(office, english, said_milestone=1, last_topic_on=MONDAY)

    tick(office, at(MONDAY, 8, 30))

    (post,) = sent(office).values()
    body = post.body or {}
    assert body["text"] in LINES["morning"]  # type: ignore[index]
    assert actions_of(post) == [TELL, SNOOZE, SKIP, FREE]
    assert complaints_about_message(body) == []
    with office.services.database.reading(english) as tx:
        (tip_id,) = tips_shown_since(tx, english.person_id, MONDAY)
    assert next(tip for tip in office.services.tips if tip.id == tip_id).texts["en"] in words_of(post)


@pytest.mark.parametrize(("hour", "part"), [(8, "morning"), (13, "afternoon"), (19, "evening")])
def test_the_words_follow_the_hour(office: FakeOffice, english: Me, hour: int, part: str) -> None:
    join(office, english, remind_at=time(hour))

    tick(office, at(MONDAY, hour))

    (post,) = sent(office).values()
    assert (post.body or {})["text"] in LINES[part]  # type: ignore[index]


def test_each_day_has_another_tip(office: FakeOffice, english: Me) -> None:
    join(office, english, days=range(7), unanswered=-1000)

    days = [MONDAY + timedelta(days=ahead) for ahead in range(45)]
    reminded_on(office, english, days)

    with office.services.database.reading(english) as tx:
        tips = tips_shown_since(tx, english.person_id, MONDAY)
    assert len(days_sent(office, english)) == len(tips) == 45  # no tip twice


def test_a_tip_that_was_asked_for_is_not_given_again(office: FakeOffice, english: Me) -> None:
    join(office, english)
    turn = tip_in_turn(office.services.tips, MONDAY, english.person_id)
    with office.services.database.writing(english) as tx:
        show_tip(tx, english.person_id, turn.id, date(2026, 10, 20))

    tick(office, at(MONDAY, 8, 30))

    with office.services.database.reading(english) as tx:
        today = tips_shown_since(tx, english.person_id, MONDAY)
    assert len(today) == 1
    assert today != {turn.id}


def test_without_tips_and_topics_there_is_a_reminder_all_the_same(office: FakeOffice, english: Me) -> None:
    join(office, english)
    services = dataclasses.replace(office.services, tips=(), topics=())
    services.clock.move_to(at(MONDAY, 8, 30))

    remind_due(services)

    assert days_sent(office, english) == ["2026-11-02"]


def test_the_first_day_has_a_kind_word_and_the_second_a_topic(office: FakeOffice, english: Me) -> None:
    join(office, english)
    reminded_on(office, english, [MONDAY, TUESDAY, date(2026, 11, 4)])

    assert row_of(office, english).said_milestone == 1
    assert row_of(office, english).last_topic_on == TUESDAY
    assert row_of(office, english).said_topics == 1


def test_who_is_reminded_once_a_week_reads_nothing_of_a_first_day_on_the_sixth(office: FakeOffice, english: Me) -> None:
    join(office, english, volume=Volume.WEEKLY, unanswered=-1000, joined_on=MONDAY - timedelta(days=3))
    monday = MONDAY + timedelta(days=7)  # the seventh due day
    tick(office, at(MONDAY, 9))
    [first] = sent(office).values()
    assert all(word not in words_of(first) for word in MILESTONES.values())
    assert row_of(office, english).said_milestone == 1

    tick(office, at(monday, 9))
    assert MILESTONES[7] in words_of(sent(office)[f"reminder:{english.person_id}:{monday}"])
    assert row_of(office, english).said_milestone == 7


def test_a_topic_comes_once_a_month_and_milestones_on_their_days(office: FakeOffice, english: Me) -> None:
    join(office, english, unanswered=-1000)
    said: dict[int, date] = {}
    topics: dict[int, date] = {}

    for day in workdays_from(MONDAY, 80):
        tick(office, at(day, 9))
        row = row_of(office, english)
        said.setdefault(row.said_milestone, day)
        topics.setdefault(row.said_topics, day)

    due = [day for day in workdays_from(MONDAY, 80) if day not in (date(2026, 12, 25), date(2027, 1, 1))]
    assert said == {milestone: due[milestone - 1] for milestone in MILESTONES}
    assert len(topics) >= 4
    assert all(later - earlier >= timedelta(days=30) for earlier, later in pairwise(list(topics.values())[1:]))


# Silence


def test_after_five_unanswered_reminders_it_asks_once_and_then_goes_weekly(office: FakeOffice, english: Me) -> None:
    join(office, english)
    days = workdays_from(MONDAY, 7)

    reminded_on(office, english, days[:5])
    assert row_of(office, english).unanswered == 5
    tick(office, at(days[5], 9))
    assert row_of(office, english).was_asked_calmer
    asking = sent(office)[f"reminder:{english.person_id}:{days[5]}"]
    assert {CALMER, KEEP, TELL} <= set(actions_of(asking))
    assert complaints_about_message(asking.body or {}) == []
    assert row_of(office, english).volume == Volume.LIGHT

    tick(office, at(days[6], 9))
    row = row_of(office, english)
    assert (row.volume, row.due_at) == (Volume.WEEKLY, at(date(2026, 11, 16), 8, 30))
    going = sent(office)[f"reminder:{english.person_id}:{days[6]}"]
    assert "once a week" in words_of(going)
    assert CALMER not in actions_of(going)
    for ahead in range(14):
        tick(office, at(date(2026, 11, 11) + timedelta(days=ahead), 9))
    assert days_sent(office, english)[-2:] == ["2026-11-16", "2026-11-23"]


def test_the_second_of_a_day_does_not_count_as_another_silence(office: FakeOffice, sanne: Me) -> None:
    join(office, sanne, volume="normal")

    tick(office, at(MONDAY, 8, 30))
    tick(office, at(MONDAY, 16))

    assert row_of(office, sanne).unanswered == 1


def test_no_dead_button_stays_behind_when_the_next_one_comes(office: FakeOffice, sanne: Me, bram: Me) -> None:
    join(office, sanne)
    join(office, bram, volume="normal")

    for moment in (at(MONDAY, 8, 30), at(MONDAY, 16), at(TUESDAY, 8, 30)):
        tick(office, moment)
        arrived(office)

    posts = sent(office)
    closed = {key for key, post in posts.items() if not actions_of(post)}
    assert closed == {
        f"reminder:{sanne.person_id}:2026-11-02",
        f"reminder:{bram.person_id}:2026-11-02",
        f"reminder:{bram.person_id}:2026-11-02:2",
    }


def test_what_was_answered_keeps_what_it_says(office: FakeOffice, sanne: Me) -> None:
    join(office, sanne)
    tick(office, at(MONDAY, 8, 30))
    before = sent(office)[f"reminder:{sanne.person_id}:2026-11-02"].body
    with office.services.database.writing(sanne) as tx:
        reminder = reminder_on(tx, sanne.person_id, MONDAY)
        assert reminder is not None
        reminder.answer = Answer.SKIPPED

    tick(office, at(TUESDAY, 8, 30))

    assert sent(office)[f"reminder:{sanne.person_id}:2026-11-02"].body == before
