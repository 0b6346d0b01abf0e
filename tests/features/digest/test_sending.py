"""The digest on its way to Slack: a chart that is refused, a channel that the bot is not in, a restart."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bot.features.leaderboards.jobs import post_weekly_boards
from bot.kernel.office import Me
from bot.slack.delivery import MENDABLE
from bot.slack.pace import Pace
from bot.slack.sender import Sender
from storage.outbox import release_first_parked, release_parked
from tests.fakes import FANS, FakeSlack, StoppedClock
from tests.features.digest.club import FIRST, FRIDAY, Club, at, weeks

Send = Callable[[], None]


@pytest.fixture
def send(club: Club, slack: FakeSlack, clock: StoppedClock) -> Iterator[Send]:
    """A sender that has half a minute for what is queued."""
    client: Any = slack
    database, pace = club.services.database, Pace(clock.seconds)
    sender = Sender(database, lambda _: client, clock, pace, lambda *_: None, threading.Event())

    def send_all() -> None:
        for _ in range(30):
            while sender.send_due():
                pass
            clock.pass_time(seconds=1)

    yield send_all
    sender.stop()


@pytest.fixture
def posted(club: Club, sanne: Me) -> None:
    club.told(sanne, "Met de klant meegelopen")
    club.said()
    club.tick()


@pytest.mark.usefixtures("posted")
def test_the_rest_stands_in_the_thread_of_the_post(slack: FakeSlack, send: Send) -> None:
    send()

    [first, *others] = reversed(slack.messages)
    assert first.get("thread_ts") is None
    assert [one["thread_ts"] for one in others] == [first["ts"]] * 3
    assert "The story of the week" in others[0]["text"]


@pytest.mark.usefixtures("posted")
def test_where_slack_refuses_the_chart_the_weeks_stand_as_squares(slack: FakeSlack, send: Send) -> None:
    slack.fail("post", "invalid_blocks")
    send()

    stands = str(slack.messages[-1]["blocks"])
    assert "🟪" in stands
    assert "data_visualization" not in stands
    assert len(slack.messages) == 4


@pytest.mark.usefixtures("posted")
def test_in_a_channel_that_the_bot_is_not_in_it_stands_once_it_was_invited(
    club: Club, slack: FakeSlack, send: Send, clock: StoppedClock
) -> None:
    [post] = club.digests()
    slack.closed[post.target] = "not_in_channel"
    send()
    assert slack.messages == []
    slack.closed.clear()
    with club.services.database.writing(club.here) as tx:
        release_parked(tx, MENDABLE, clock.now())
    send()

    assert len(slack.messages) == 4


def test_weeks_that_slack_refused_dont_come_all_at_once(
    club: Club, sanne: Me, slack: FakeSlack, send: Send, clock: StoppedClock
) -> None:
    slack.closed[FANS] = "not_in_channel"
    for week in range(3):
        club.told(sanne, f"Verhaal {week}", day=FIRST + weeks(week))
        club.tick(at(FRIDAY + weeks(week)))
        post_weekly_boards(club.services)
        send()
        clock.pass_time(days=7)
    slack.closed.clear()
    for _ in range(9):
        with club.services.database.writing() as tx:
            release_first_parked(tx, MENDABLE, clock.now())
        send()

    assert slack.messages == []
    assert [post.key for post in club.office.queued(FANS) if post.is_waiting or post.parked_reason] == []


def test_the_board_of_a_digest_that_is_old_news_stays_away_too(
    club: Club, sanne: Me, slack: FakeSlack, send: Send, clock: StoppedClock
) -> None:
    slack.closed[FANS] = "not_in_channel"
    club.told(sanne)
    club.tick()
    post_weekly_boards(club.services)
    send()
    ends = {post.not_after for post in club.office.queued(FANS)}

    assert len(ends) == 1
    assert ends != {None}


@pytest.mark.usefixtures("posted")
def test_what_stood_before_a_restart_isnt_posted_again(club: Club, slack: FakeSlack, send: Send) -> None:
    send()
    club.tick()
    send()

    assert len(slack.messages) == 4
