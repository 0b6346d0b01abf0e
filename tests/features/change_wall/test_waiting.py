"""What time does to ideas: clocks, nudges, comments, and what nobody decided on; on both databases."""

from datetime import date
from typing import Any

import pytest

from bot.features.change_wall import actions, jobs, managing
from bot.features.change_wall.rules import TypedAnswer
from bot.kernel.office import Me
from bot.slack.threads import address_of, replies
from storage.ideas import Status
from storage.outbox import Post
from tests.fakes import FakeOffice, FakeSlack, StoppedClock
from tests.features.change_wall.conftest import WALL, Suggest
from tests.features.change_wall.test_actions import HOURS, UMBRELLAS, post_of, says
from tests.features.heard import texts_in


class Threads(FakeSlack):
    """A Slack in which every message has `answers` in its thread, and an address."""

    answers_each = 3

    def _replies(self, **arguments: Any) -> Any:
        return {"messages": [{"ts": arguments["ts"], "reply_count": self.answers_each}]}

    def chat_getPermalink(self, **arguments: Any) -> Any:
        return self._call("permalink", arguments)

    def _permalink(self, **arguments: Any) -> Any:
        return {"permalink": f"https://linde.slack.com/archives/{arguments['channel']}/p{arguments['message_ts']}"}


@pytest.fixture
def slack() -> Threads:
    return Threads()


def stand(office: FakeOffice, me: Me) -> None:
    """Let all that is queued on the wall stand there."""
    with office.services.database.writing(me) as tx:
        for post in office.queued(WALL):
            found = tx.get(Post, post.id)
            assert found is not None
            found.channel, found.ts, found.is_waiting = WALL, f"{post.id}.1", False


def weekly(office: FakeOffice, me: Me) -> list[str]:
    return [texts_in(post.body or {}) for post in office.queued(me.slack_id) if post.key.startswith("idea-week:")]


def test_the_clock_runs_in_the_post_until_the_first_answer(
    office: FakeOffice, sanne: Me, fatima: Me, suggest: Suggest, clock: StoppedClock
) -> None:
    idea = suggest(sanne, HOURS)
    first = says(office, idea)
    clock.pass_time(days=3)
    jobs.refresh_clocks(office.services)
    assert says(office, idea) != first
    assert " 3 " in says(office, idea)
    clock.pass_time(days=60)
    jobs.refresh_clocks(office.services)
    assert " 9 we" in says(office, idea)
    managing.answer_idea(office.services, fatima, idea, TypedAnswer(Status.CONSIDERED, "We kijken ernaar"))
    assert " 9 we" not in says(office, idea)


def test_a_post_that_says_it_already_is_left_alone(
    office: FakeOffice, sanne: Me, suggest: Suggest, clock: StoppedClock
) -> None:
    ideas = [suggest(sanne, f"{HOURS} {number}") for number in range(3)]
    clock.pass_time(days=1)
    jobs.refresh_clocks(office.services)
    before = [post_of(office, idea).revision for idea in ideas]
    jobs.refresh_clocks(office.services)
    assert [post_of(office, idea).revision for idea in ideas] == before


def test_managers_are_nudged_after_two_weeks_once_a_week(
    office: FakeOffice, sanne: Me, fatima: Me, suggest: Suggest, clock: StoppedClock
) -> None:
    suggest(sanne, HOURS)
    clock.pass_time(days=13)
    jobs.nudge_managers(office.services)
    assert weekly(office, fatima) == []
    for _ in range(4):  # Monday to Thursday of the third week
        clock.pass_time(days=1)
        jobs.nudge_managers(office.services)
        jobs.nudge_managers(office.services)
    [nudge] = weekly(office, fatima)
    assert HOURS in nudge
    clock.pass_time(days=7)
    jobs.nudge_managers(office.services)
    assert len(weekly(office, fatima)) == 2
    assert weekly(office, sanne) == []


def test_a_nudge_names_nobody_who_suggested_without_a_name(
    office: FakeOffice, sanne: Me, fatima: Me, suggest: Suggest, clock: StoppedClock
) -> None:
    suggest(sanne, HOURS, is_anonymous=True)
    clock.pass_time(days=14)
    jobs.nudge_managers(office.services)
    [nudge] = weekly(office, fatima)
    assert "Sanne" not in nudge


def test_no_nudge_comes_at_night_nor_on_a_day_off(
    office: FakeOffice, sanne: Me, fatima: Me, suggest: Suggest, clock: StoppedClock
) -> None:
    suggest(sanne, HOURS)
    clock.pass_time(days=19)  # a Saturday
    jobs.nudge_managers(office.services)
    clock.pass_time(days=1, hours=16)  # the night to Monday
    jobs.nudge_managers(office.services)
    assert weekly(office, fatima) == []


def test_overdue_ideas_are_listed_weekly(
    office: FakeOffice, sanne: Me, fatima: Me, suggest: Suggest, clock: StoppedClock
) -> None:
    idea = suggest(sanne, HOURS)
    managing.answer_idea(office.services, fatima, idea, TypedAnswer(Status.DOING, "Komt eraan", due="2026-11-03"))
    clock.pass_time(days=1)
    jobs.nudge_managers(office.services)
    assert weekly(office, fatima) == []
    clock.pass_time(days=1)
    jobs.nudge_managers(office.services)
    assert HOURS in weekly(office, fatima)[0]


def test_a_new_idea_with_a_date_is_listed_weekly_once_that_is_past(
    office: FakeOffice, sanne: Me, fatima: Me, suggest: Suggest, clock: StoppedClock
) -> None:
    idea = suggest(sanne, HOURS)
    managing.answer_idea(office.services, fatima, idea, TypedAnswer(Status.NEW, owner="U0FATIMA", due="2026-11-03"))
    clock.pass_time(days=2)
    jobs.nudge_managers(office.services)
    assert HOURS in weekly(office, fatima)[0]


def test_a_post_says_once_that_its_date_is_past(
    office: FakeOffice, sanne: Me, fatima: Me, suggest: Suggest, clock: StoppedClock
) -> None:
    idea, day = suggest(sanne, HOURS), fatima.office.say.day(date(2026, 11, 5))
    managing.answer_idea(office.services, fatima, idea, TypedAnswer(Status.DOING, "Komt eraan", due="2026-11-05"))
    revisions = []
    for days in (3, 1, 1, 1):
        clock.pass_time(days=days)
        jobs.refresh_clocks(office.services)
        revisions.append(post_of(office, idea).revision)
        late = fatima.office.say("it was to be ready on {day}", day=day)
        assert (late in says(office, idea)) is (len(revisions) > 1)
    assert [one - revisions[0] for one in revisions] == [0, 1, 1, 1]


def test_what_nobody_decided_on_is_forgotten_after_a_day(
    office: FakeOffice, sanne: Me, bram: Me, clock: StoppedClock
) -> None:
    actions.suggest_in_one_go(office.services, sanne, HOURS)
    assert actions.suggest_in_one_go(office.services, bram, f"{HOURS} graag").alike
    clock.pass_time(days=1)
    jobs.forget_undecided(office.services)
    assert office.rows("idea") == 2
    clock.pass_time(seconds=1)
    jobs.forget_undecided(office.services)
    assert office.rows("idea") == 1


def test_comments_are_counted_without_the_bots_own(
    office: FakeOffice, sanne: Me, fatima: Me, suggest: Suggest, clock: StoppedClock, slack: Threads
) -> None:
    one, other = suggest(sanne, HOURS), suggest(sanne, UMBRELLAS)
    managing.merge_ideas(office.services, fatima, one, other)
    stand(office, sanne)
    clock.pass_time(minutes=11)
    jobs.follow_threads(office.services, lambda _: slack)  # type: ignore[arg-type,return-value]
    assert "2 " in says(office, other)
    asked = len(slack.asked("replies"))
    jobs.follow_threads(office.services, lambda _: slack)  # type: ignore[arg-type,return-value]
    assert len(slack.asked("replies")) == asked == 2  # each had its turn just now


def test_when_slack_is_away_the_count_stays_and_the_next_turn_is_later(
    office: FakeOffice, sanne: Me, suggest: Suggest, clock: StoppedClock, slack: Threads
) -> None:
    idea = suggest(sanne, HOURS)
    stand(office, sanne)
    for passes, count in ((False, ""), (True, "3 ")):
        clock.pass_time(minutes=11)
        if not passes:
            slack.fail("replies", "ratelimited", 429)
        jobs.follow_threads(office.services, lambda _: slack)  # type: ignore[arg-type,return-value]
        assert count in says(office, idea)


def test_merged_threads_lead_to_each_other_once_both_stand(
    office: FakeOffice, sanne: Me, fatima: Me, suggest: Suggest, slack: Threads
) -> None:
    one, other = suggest(sanne, HOURS), suggest(sanne, UMBRELLAS)
    stand(office, sanne)
    managing.merge_ideas(office.services, fatima, one, other)
    for _ in range(2):
        jobs.follow_threads(office.services, lambda _: slack)  # type: ignore[arg-type,return-value]
    notes = [str(post.body) for post in office.queued(WALL) if post.thread_key]
    assert len(notes) == 2
    assert all("https://linde.slack.com/archives/C0WALL/p" in note for note in notes)
    assert len(slack.asked("permalink")) == 2


def test_slack_tells_nothing_of_a_thread_that_is_gone(slack: Threads) -> None:
    slack.fail("replies", "thread_not_found")
    slack.fail("permalink", "message_not_found")
    assert replies(slack, WALL, "1.1") is None  # type: ignore[arg-type]
    assert address_of(slack, WALL, "1.1") is None  # type: ignore[arg-type]
    assert replies(slack, WALL, "1.1") == 3  # type: ignore[arg-type]


def test_jobs_of_one_workspace_do_not_stop_at_another(
    office: FakeOffice, sanne: Me, suggest: Suggest, clock: StoppedClock
) -> None:
    ilse = office.person_elsewhere("T0EIK", "U0ILSE", "Ilse")
    suggest(ilse, HOURS)
    idea = suggest(sanne, HOURS)
    clock.pass_time(days=2)
    jobs.refresh_clocks(office.services)
    assert " 2 " in says(office, idea)
