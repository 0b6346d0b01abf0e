"""Answering a reminder, what a story means to it, and the card at Home. On both databases."""

import dataclasses
import re
from datetime import date, datetime, time, timedelta

import pytest
from sqlmodel import Session
from structlog.testing import capture_logs

from bot.features.habit import actions
from bot.features.habit.rules import Snooze, Volume
from bot.features.habit.screens import TELL
from bot.features.office.actions import remember_profiles
from bot.features.participants import actions as club
from bot.features.participants.gaps import follow_standing
from bot.features.participants.rules import TypedChoices
from bot.features.stories.actions import remove_story, share_story
from bot.kernel.facts import Fact, PlanChanged, ReminderAnswered, StandingChanged, StoryChanged, StoryRemoved, StoryTold
from bot.kernel.office import Me
from bot.services import Services
from bot.slack.profiles import Profile
from storage import participants
from storage.absences import Absence, absences_of
from storage.database import InWorkspace
from storage.participants import plan_anew
from storage.people import Part, Standing, person_by_slack_id
from storage.reminders import Answer
from tests.fakes import FakeOffice, StoppedClock
from tests.features.habit.club import (
    FRIDAY,
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
    untold,
    words_of,
)
from tests.limits import complaints_about_view


@pytest.fixture
def heard() -> list[Fact]:
    """The facts that were announced."""
    return []


@pytest.fixture
def office(services: Services, clock: StoppedClock, heard: list[Fact]) -> FakeOffice:
    """An office on Monday at seven, in which nothing but the habit and taking part respond."""

    def hear(_tx: Session, _services: Services, fact: Fact) -> None:
        heard.append(fact)

    clock.pass_time(hours=-3)
    follow = (actions.follow_story,)
    reactions = {
        StoryTold: (actions.close_reminder,), StoryChanged: follow, StoryRemoved: follow,
        PlanChanged: (hear,), ReminderAnswered: (hear,), StandingChanged: (follow_standing,),
    }  # fmt: skip
    return FakeOffice(dataclasses.replace(services, reactions=reactions), clock)


@pytest.fixture
def ward(office: FakeOffice) -> Me:
    """Takes part, in English, and was reminded at half past eight."""
    me = join(office, office.person("U0WARD", "Ward", language="en"))
    tick(office, at(MONDAY, 8, 30))
    arrived(office)
    return me


def said(office: FakeOffice, me: Me, key: str = "2026-11-02") -> str:
    return words_of(sent(office)[f"reminder:{me.person_id}:{key}"])


def answer_to(office: FakeOffice, me: Me, day: date = MONDAY) -> str | None:
    reminder = day_of(office, me, day)
    assert reminder is not None
    return reminder.answer


# Putting off


def test_a_reminder_that_is_put_off_comes_back(office: FakeOffice, ward: Me, heard: list[Fact]) -> None:
    actions.snooze_reminder(office.services, ward, MONDAY, Snooze.HOUR)
    assert "09:30" in said(office, ward)
    assert actions_of(sent(office)[f"reminder:{ward.person_id}:2026-11-02"]) == [TELL]
    assert [type(fact) for fact in heard] == [ReminderAnswered]

    tick(office, at(MONDAY, 9, 29))
    assert days_sent(office, ward) == ["2026-11-02"]
    tick(office, at(MONDAY, 9, 30))
    tick(office, at(MONDAY, 9, 31))
    assert days_sent(office, ward) == ["2026-11-02", "2026-11-02:s1"]
    assert row_of(office, ward).due_at == at(TUESDAY, 8, 30)
    assert row_of(office, ward).unanswered == 1
    assert said(office, ward) == "I'm back, see below."


def test_who_changes_their_mind_need_not_wait_for_it(office: FakeOffice, ward: Me) -> None:
    actions.snooze_reminder(office.services, ward, MONDAY, Snooze.HOUR)
    share_story(office.services, ward, "Paraplu meegegeven aan een klant")
    tick(office, at(MONDAY, 9, 30))

    assert said(office, ward) == "Told. Lovely."
    assert days_sent(office, ward) == ["2026-11-02"]


def test_what_was_put_off_and_did_not_come_back_has_no_buttons_the_next_day(office: FakeOffice, ward: Me) -> None:
    actions.snooze_reminder(office.services, ward, MONDAY, Snooze.HOUR)
    tick(office, at(TUESDAY, 8, 30))  # it was away for a night

    assert "over" in said(office, ward)
    assert actions_of(sent(office)[f"reminder:{ward.person_id}:2026-11-02"]) == []


@pytest.mark.parametrize("is_planned_anew", [False, True])
def test_what_was_put_off_and_came_due_four_hours_ago_is_dropped_and_counted_once(
    office: FakeOffice, ward: Me, is_planned_anew: bool
) -> None:
    actions.snooze_reminder(office.services, ward, MONDAY, Snooze.HOUR)
    if is_planned_anew:  # just before the bot went away
        with office.services.database.writing(ward) as tx:
            plan_anew(tx, at(MONDAY, 9), [ward.person_id])

    with capture_logs() as logs:
        tick(office, at(MONDAY, 14))
        tick(office, at(MONDAY, 15))

    assert [(line["event"], line["count"]) for line in logs] == [("reminders dropped", 1)]
    assert days_sent(office, ward) == ["2026-11-02"]
    assert row_of(office, ward).due_at == at(TUESDAY, 8, 30)


def test_it_may_be_put_off_again_and_again(office: FakeOffice, ward: Me) -> None:
    for hour in (8, 9, 10):
        office.services.clock.move_to(at(MONDAY, hour, 30))
        actions.snooze_reminder(office.services, ward, MONDAY, Snooze.HOUR)
        tick(office, at(MONDAY, hour + 1, 30))

    assert days_sent(office, ward) == ["2026-11-02", "2026-11-02:s1", "2026-11-02:s2", "2026-11-02:s3"]


def test_what_was_put_off_does_not_come_when_the_story_is_told(office: FakeOffice, ward: Me) -> None:
    actions.snooze_reminder(office.services, ward, MONDAY, Snooze.LUNCH)
    share_story(office.services, ward, "Paraplu meegegeven aan een klant")

    tick(office, at(MONDAY, 13))

    assert days_sent(office, ward) == ["2026-11-02"]
    assert row_of(office, ward).due_at == at(TUESDAY, 8, 30)


def test_a_change_of_plan_does_not_lose_what_was_put_off(office: FakeOffice, ward: Me) -> None:
    actions.snooze_reminder(office.services, ward, MONDAY, Snooze.LUNCH)
    with office.services.database.writing(ward) as tx:
        plan_anew(tx, at(MONDAY, 9), [ward.person_id])

    tick(office, at(MONDAY, 9))
    assert row_of(office, ward).due_at == at(MONDAY, 13)
    tick(office, at(MONDAY, 13))

    assert days_sent(office, ward) == ["2026-11-02", "2026-11-02:s1"]


def test_of_volume_normal_the_second_comes_after_what_was_put_off(office: FakeOffice, ward: Me) -> None:
    set_values(office, ward, volume="normal")
    actions.snooze_reminder(office.services, ward, MONDAY, Snooze.HOUR)

    for hour in (10, 16, 17):
        tick(office, at(MONDAY, hour))

    assert days_sent(office, ward) == ["2026-11-02", "2026-11-02:s1", "2026-11-02:2"]


# Not today, and a day off


def test_not_today_closes_the_message_and_the_day(office: FakeOffice, ward: Me, heard: list[Fact]) -> None:
    set_values(office, ward, volume="normal", unanswered=3, was_asked_calmer=True)
    actions.skip_reminder(office.services, ward, MONDAY)

    tick(office, at(MONDAY, 16))

    assert days_sent(office, ward) == ["2026-11-02"]
    assert actions_of(sent(office)[f"reminder:{ward.person_id}:2026-11-02"]) == []
    assert answer_to(office, ward) == Answer.SKIPPED
    row = row_of(office, ward)
    assert (row.unanswered, row.was_asked_calmer) == (0, False)
    assert [type(fact) for fact in heard] == [ReminderAnswered]


def test_a_day_off_is_kept_and_neutral(office: FakeOffice, ward: Me) -> None:
    actions.snooze_reminder(office.services, ward, MONDAY, Snooze.HOUR)
    actions.take_day_off(office.services, ward, MONDAY)

    tick(office, at(MONDAY, 12))

    assert days_sent(office, ward) == ["2026-11-02"]
    assert answer_to(office, ward) == Answer.FREE
    assert "day off" in said(office, ward)


def test_a_button_of_yesterday_only_loses_its_message_the_buttons(
    office: FakeOffice, ward: Me, heard: list[Fact]
) -> None:
    office.services.clock.move_to(at(TUESDAY, 8))

    actions.skip_reminder(office.services, ward, MONDAY)
    actions.take_day_off(office.services, ward, MONDAY)
    actions.snooze_reminder(office.services, ward, MONDAY, Snooze.HOUR)
    actions.answer_calmer(office.services, ward, MONDAY, is_weekly=True)

    assert answer_to(office, ward) is None
    assert actions_of(sent(office)[f"reminder:{ward.person_id}:2026-11-02"]) == []
    assert "over" in said(office, ward)
    assert row_of(office, ward).volume == Volume.LIGHT
    assert heard == []


def test_a_button_of_a_day_without_a_reminder_does_nothing(office: FakeOffice, ward: Me, bram: Me) -> None:
    before = {key: post.body for key, post in sent(office).items()}

    actions.skip_reminder(office.services, ward, FRIDAY)
    actions.skip_reminder(office.services, bram, MONDAY)

    assert {key: post.body for key, post in sent(office).items()} == before


def test_who_left_answers_nothing_any_more(office: FakeOffice, ward: Me) -> None:
    with office.services.database.writing(ward) as tx:
        person = person_by_slack_id(tx, ward.slack_id)
        assert person is not None
        person.part = Part.LEFT
        left = office.services.me(tx, person)

    actions.snooze_reminder(office.services, left, MONDAY, Snooze.HOUR)

    assert actions_of(sent(office)[f"reminder:{ward.person_id}:2026-11-02"]) == []
    assert answer_to(office, ward) is None


# Rustiger?


def test_once_a_week_is_once_a_week(office: FakeOffice, ward: Me, heard: list[Fact]) -> None:
    set_values(office, ward, unanswered=6, was_asked_calmer=True)

    actions.answer_calmer(office.services, ward, MONDAY, is_weekly=True)
    tick(office, at(MONDAY, 9))

    row = row_of(office, ward)
    assert (row.volume, row.unanswered, row.was_asked_calmer) == (Volume.WEEKLY, 0, False)
    assert row.due_at == at(date(2026, 11, 9), 8, 30)
    assert [type(fact) for fact in heard] == [ReminderAnswered, PlanChanged]
    assert actions_of(sent(office)[f"reminder:{ward.person_id}:2026-11-02"]) == [TELL]


def test_keep_it_like_this_keeps_it(office: FakeOffice, ward: Me) -> None:
    set_values(office, ward, unanswered=6, was_asked_calmer=True)

    actions.answer_calmer(office.services, ward, MONDAY, is_weekly=False)

    row = row_of(office, ward)
    assert (row.volume, row.unanswered, row.was_asked_calmer) == (Volume.LIGHT, 0, False)
    assert row.due_at == at(TUESDAY, 8, 30)


# What a story means to it


def test_a_story_closes_the_reminder_of_its_day(office: FakeOffice, ward: Me) -> None:
    set_values(office, ward, unanswered=5, was_asked_calmer=True)

    share_story(office.services, ward, "Paraplu meegegeven aan een klant")

    assert said(office, ward) == "Told. Lovely."
    assert answer_to(office, ward) == Answer.TOLD
    row = row_of(office, ward)
    assert (row.unanswered, row.was_asked_calmer) == (0, False)
    actions.skip_reminder(office.services, ward, MONDAY)
    assert answer_to(office, ward) == Answer.TOLD


def test_a_story_of_yesterday_leaves_todays_reminder_open(office: FakeOffice, ward: Me) -> None:
    tick(office, at(TUESDAY, 8, 30))
    story = told(office, ward, MONDAY)
    with office.services.database.writing(ward) as tx:
        actions.close_reminder(tx, office.services, StoryTold(ward, story))

    assert answer_to(office, ward) == Answer.TOLD
    assert answer_to(office, ward, TUESDAY) is None
    assert TELL in actions_of(sent(office)[f"reminder:{ward.person_id}:2026-11-03"])


def test_a_story_before_the_reminder_needs_no_closing(office: FakeOffice, sanne: Me) -> None:
    me = join(office, sanne)

    share_story(office.services, me, "Paraplu meegegeven aan een klant")
    tick(office, at(MONDAY, 8, 30))

    assert sent(office) == {}
    assert day_of(office, me, MONDAY) is None


def test_a_story_of_who_takes_no_part_changes_nothing(office: FakeOffice, sanne: Me) -> None:
    share_story(office.services, sanne, "Paraplu meegegeven aan een klant")

    with office.services.database.reading(sanne) as tx:
        assert participants.participant_of(tx, sanne.person_id) is None


def test_when_the_only_story_goes_the_day_is_open_again_and_the_message_stays(office: FakeOffice, ward: Me) -> None:
    set_values(office, ward, volume="normal")
    first = share_story(office.services, ward, "Paraplu meegegeven aan een klant").story_id
    second = share_story(office.services, ward, "Een lekke band geplakt").story_id

    remove_story(office.services, ward, first)
    assert answer_to(office, ward) == Answer.TOLD
    remove_story(office.services, ward, second)

    assert answer_to(office, ward) is None
    assert said(office, ward) == "Told. Lovely."


def test_a_story_that_is_moved_to_today_closes_the_reminder(office: FakeOffice, ward: Me) -> None:
    story = told(office, ward, MONDAY)
    with office.services.database.writing(ward) as tx:
        actions.follow_story(tx, office.services, StoryChanged(ward, story))
    assert answer_to(office, ward) == Answer.TOLD

    untold(office, ward, story)
    with office.services.database.writing(ward) as tx:
        actions.follow_story(tx, office.services, StoryRemoved(ward, story))
    assert answer_to(office, ward) is None


def test_a_day_off_stays_off_when_its_story_goes(office: FakeOffice, ward: Me) -> None:
    actions.take_day_off(office.services, ward, MONDAY)
    story = share_story(office.services, ward, "Paraplu meegegeven aan een klant").story_id
    assert said(office, ward) == "Told. Lovely."
    assert "1 story day on a day off." in card(office, ward)
    remove_story(office.services, ward, story)

    assert answer_to(office, ward) == Answer.FREE
    told(office, ward, TUESDAY)
    assert "1 day in a row" in card(office, ward, at(TUESDAY, 18))


def test_a_reminder_that_slack_has_not_got_does_not_come_once_the_story_is_told(office: FakeOffice, sanne: Me) -> None:
    me = join(office, sanne)
    tick(office, at(MONDAY, 8, 30))
    share_story(office.services, me, "Paraplu meegegeven aan een klant")

    [post] = sent(office).values()
    assert (post.body, post.is_waiting) == (None, False)
    assert answer_to(office, me) == Answer.TOLD


# Another plan


def absent(office: FakeOffice, me: Me, first: date, last: date) -> None:
    with office.services.database.writing(me) as tx:
        theirs = {"workspace_id": me.workspace_id, "person_id": me.person_id, "entered_at": office.services.clock.now()}
        tx.add(Absence(**theirs, first_day=first, last_day=last))
        tx.flush()
        plan_anew(tx, office.services.clock.now(), [me.person_id])
        actions.follow_plan(tx, office.services, PlanChanged(me))


def present_after_all(office: FakeOffice, me: Me) -> None:
    with office.services.database.writing(me) as tx:
        for one in absences_of(tx, me.person_id):
            tx.delete(one)
        tx.flush()
        plan_anew(tx, office.services.clock.now(), [me.person_id])
        actions.follow_plan(tx, office.services, PlanChanged(me))


@pytest.mark.parametrize("is_put_off", [True, False])
def test_an_absence_over_today_closes_todays_reminder(office: FakeOffice, ward: Me, is_put_off: bool) -> None:
    if is_put_off:
        actions.snooze_reminder(office.services, ward, MONDAY, Snooze.HOUR)
    absent(office, ward, MONDAY - timedelta(days=1), TUESDAY)
    tick(office, at(MONDAY, 9, 30))

    assert "day off" in said(office, ward)
    assert actions_of(sent(office)[f"reminder:{ward.person_id}:2026-11-02"]) == []
    assert days_sent(office, ward) == ["2026-11-02"]


def test_who_is_there_after_all_gets_what_was_put_off(office: FakeOffice, ward: Me) -> None:
    actions.snooze_reminder(office.services, ward, MONDAY, Snooze.HOUR)
    absent(office, ward, MONDAY, MONDAY)
    tick(office, at(MONDAY, 9))
    present_after_all(office, ward)
    for minute in (0, 30):
        tick(office, at(MONDAY, 9, minute))

    assert days_sent(office, ward) == ["2026-11-02", "2026-11-02:s1"]


def test_an_absence_of_other_days_leaves_todays_reminder_alone(office: FakeOffice, ward: Me) -> None:
    before = said(office, ward)
    absent(office, ward, TUESDAY, TUESDAY)

    assert said(office, ward) == before
    assert answer_to(office, ward) is None


def test_what_was_answered_keeps_its_answer_when_an_absence_comes(office: FakeOffice, ward: Me) -> None:
    actions.skip_reminder(office.services, ward, MONDAY)
    absent(office, ward, MONDAY, MONDAY)

    assert "not today" in said(office, ward)


def test_who_stops_is_promised_nothing_more(office: FakeOffice, ward: Me) -> None:
    actions.snooze_reminder(office.services, ward, MONDAY, Snooze.HOUR)
    left = dataclasses.replace(ward, part=Part.LEFT)
    with office.services.database.writing(ward) as tx:
        actions.follow_plan(tx, office.services, PlanChanged(left))

    assert "over" in said(office, ward)
    assert actions_of(sent(office)[f"reminder:{ward.person_id}:2026-11-02"]) == []


# The card at Home


def card(office: FakeOffice, me: Me, moment: datetime | None = None) -> str:
    if moment is not None:
        office.services.clock.move_to(moment)
    with office.services.database.reading(me) as tx:
        blocks = actions.home_card(tx, office.services, me)
    assert complaints_about_view({"type": "home", "blocks": blocks}) == []
    return " ".join(text for block in blocks for text in _texts(block))


def _texts(thing: object) -> list[str]:
    if isinstance(thing, list):
        return [text for one in thing for text in _texts(one)]
    if not isinstance(thing, dict):
        return []
    own = [thing["text"]] if isinstance(thing.get("text"), str) else []
    return own + [text for value in thing.values() for text in _texts(value)]


def test_the_card_of_the_first_day_promises_nothing(office: FakeOffice, ward: Me) -> None:
    shown = card(office, ward)

    assert "No days in a row yet" in shown
    assert "of 100" not in shown
    assert "At this pace" not in shown
    assert "🔵" in shown
    assert "Next reminder: tomorrow at 08:30." in shown


def test_the_card_tells_how_it_goes(office: FakeOffice, ward: Me) -> None:
    for day in (2, 3, 5, 6, 7, 9, 10):  # not Wednesday the 4th; the 7th is a Saturday
        told(office, ward, date(2026, 11, day))

    shown = card(office, ward, at(date(2026, 11, 11), 7))

    assert "4 days in a row" in shown
    assert "1 story day on a day off." in shown
    assert "a fan on 6 of your 8 days" in shown
    assert "🟢🟢⚪🟢🟢⭐➖🟢🟢🔵" in shown
    assert "➖🟢🟢⚪" not in shown  # nothing of before somebody took part
    assert "fans this year" in shown


def test_a_day_off_and_an_absence_break_no_streak(office: FakeOffice, ward: Me) -> None:
    told(office, ward, MONDAY)
    tick(office, at(TUESDAY, 8, 30))
    actions.take_day_off(office.services, ward, TUESDAY)
    away(office, ward, date(2026, 11, 4), date(2026, 11, 5))
    told(office, ward, FRIDAY)

    assert "2 days in a row" in card(office, ward, at(FRIDAY, 18))


def test_who_stops_and_comes_back_goes_on_where_they_were(office: FakeOffice, ward: Me) -> None:
    for day in range(2, 6):
        told(office, ward, date(2026, 11, day))
    typed = TypedChoices(at="8:30", days=tuple("01234"), volume="light", board="no")
    office.services.clock.move_to(at(date(2026, 11, 5), 17))
    club.leave_club(office.services, ward)
    for wait in (0, 11):
        office.services.clock.move_to(at(date(2026, 11, 5) + timedelta(days=wait), 18))
        back = club.join_club(office.services, office.person("U0WARD", "Ward"), typed)
        assert back.at == time(8, 30)
        assert "4 days in a row" in card(office, office.person("U0WARD", "Ward"))
        club.leave_club(office.services, office.person("U0WARD", "Ward"))


def test_who_is_deactivated_in_slack_and_comes_back_goes_on_where_they_were(office: FakeOffice, ward: Me) -> None:
    for day in range(2, 7):
        told(office, ward, date(2026, 11, day))
    before = card(office, ward, at(FRIDAY, 18))
    for day, standing in ((9, Standing.GONE), (23, Standing.MEMBER)):
        office.services.clock.move_to(at(date(2026, 11, day), 7))
        profile = Profile("U0WARD", "Ward", ward.zone, standing, is_admin=False)
        remember_profiles(office.services, office.workspace_id, [profile])
    after = card(office, office.person("U0WARD", "Ward"))

    assert "5 days in a row" in before
    assert "5 days in a row" in after
    assert strength_in(after) == strength_in(before) != []


def strength_in(said: str) -> list[str]:
    return re.findall(r"(\d+) of 100", said)


def test_other_working_days_do_not_rewrite_the_past(office: FakeOffice, ward: Me) -> None:
    for day in range(2, 7):
        told(office, ward, date(2026, 11, day))
    with office.services.database.writing(ward) as tx:
        participants.work_on(tx, ward.person_id, {1, 3}, date(2026, 11, 9))
    told(office, ward, date(2026, 11, 10))

    assert "6 days in a row" in card(office, ward, at(date(2026, 11, 11), 9))


def test_the_next_reminder_is_known_before_the_tick_has_planned_it(office: FakeOffice, sanne: Me) -> None:
    me = join(office, office.person("U0WARD", "Ward", language="en"))
    assert "Next reminder: today at 08:30." in card(office, me)

    set_values(office, me, remind_at=time(9, 15), due_at=at(FRIDAY, 12), due_day=None)
    shown = card(office, me, at(FRIDAY, 12))
    assert "Next reminder: Monday 9 November at 09:15." in shown

    set_values(office, me, due_at=None)
    assert "No reminder is planned." in card(office, me)


def test_who_takes_no_part_has_no_card(office: FakeOffice, sanne: Me) -> None:
    with office.services.database.reading(sanne) as tx:
        assert actions.home_card(tx, office.services, sanne) == []


def test_ten_years_of_stories_make_a_small_card(office: FakeOffice, ward: Me) -> None:
    long_ago = MONDAY - timedelta(days=3650)
    set_values(office, ward, joined_on=long_ago, joined_at=at(long_ago, 9))
    with office.services.database.writing(InWorkspace(office.workspace_id)) as tx:
        participants.work_on(tx, ward.person_id, range(5), long_ago)
    for back in range(0, 3650, 30):
        told(office, ward, MONDAY - timedelta(days=back))

    with office.services.database.reading(ward) as tx:
        assert len(actions.home_card(tx, office.services, ward)) < 10
