"""Posts that have an end: what Slack hasn't got by then stays away; on both databases."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from bot.slack.blocks import Message
from tests.fakes import FANS, FakeOffice, FakeSlack, StoppedClock
from tests.slack.test_sender import Desk

SANNE, DM = "U0SANNE", "D0SANNE"
HOURS = timedelta(hours=1)


class Late(Desk):
    """A desk that queues reminders, which are worth something for four hours."""

    def remind(self, *keys: str, within: timedelta = 4 * HOURS) -> None:
        with self.writing() as tx:
            self.outbox.post_many(tx, [(key, Message(key), SANNE) for key in keys], within=[within] * len(keys))

    def tell(self, key: str, thread: str | None = None) -> None:
        """News of the same four hours, in the channel or in a thread there."""
        with self.writing() as tx:
            self.outbox.post(tx, key, Message(key), to=FANS, thread=thread, within=4 * HOURS)

    def close(self, *keys: str) -> None:
        with self.writing() as tx:
            self.outbox.close_alike(tx, keys, Message("voorbij"))

    def dropped(self, seconds: int = 3) -> list[tuple[int, int]]:
        """What the log says was dropped, when all is sent."""
        with capture_logs() as logs:
            self.send_all(seconds)
        return [(line["workspace"], line["count"]) for line in logs if line["event"] == "posts dropped"]


@pytest.fixture
def desk(office: FakeOffice, slack: FakeSlack, clock: StoppedClock) -> Iterator[Late]:
    desk = Late(office, slack, clock)
    yield desk
    for sender in desk.senders:
        sender.stop()


def test_what_is_in_time_is_posted(desk: Late) -> None:
    desk.remind("reminder:1")
    desk.clock.pass_time(hours=4)
    desk.send_all(3)

    assert desk.stand(DM) == ["reminder:1"]


def test_what_is_too_late_is_dropped_all_at_once_and_counted(desk: Late) -> None:
    desk.remind(*(f"reminder:{number}" for number in range(45)))
    desk.clock.pass_time(hours=4, seconds=20)
    desk.post("story:1")

    assert desk.dropped() == [(desk.office.workspace_id, 45)]
    assert [call.arguments["channel"] for call in desk.slack.calls] == ["C0FANS"]
    row = desk.row("reminder:7")
    assert (row.body, row.is_waiting, row.sent_revision) == (None, False, 1)


def test_what_is_dropped_is_posted_no_more_by_a_change_or_once_more(desk: Late) -> None:
    desk.remind("reminder:1")
    desk.clock.pass_time(hours=5)
    desk.send_all(3)
    desk.change("reminder:1", "anders")
    desk.remind("reminder:1")
    desk.send_all(3)

    assert desk.slack.calls == []


def test_what_waits_and_was_changed_is_dropped_too(desk: Late) -> None:
    desk.remind("reminder:1")
    desk.change("reminder:1", "anders")
    desk.clock.pass_time(hours=5)

    assert desk.dropped() == [(desk.office.workspace_id, 1)]
    assert desk.slack.calls == []


def test_what_stands_can_be_changed_long_after(desk: Late) -> None:
    desk.remind("reminder:1")
    desk.send_all(2)
    desk.clock.pass_time(days=1)
    desk.change("reminder:1", "anders")

    assert desk.dropped() == []
    assert desk.stand(DM) == ["anders"]


def test_what_may_have_arrived_is_looked_for_before_it_is_dropped(desk: Late) -> None:
    desk.slack.lose("post", TimeoutError(), after=True)
    desk.remind("reminder:1")
    desk.sender.send_due()
    desk.clock.pass_time(hours=5)
    desk.change("reminder:1", "anders")

    assert desk.dropped() == []
    assert desk.stand(DM) == ["anders"]


def test_what_did_not_arrive_after_all_is_dropped(desk: Late) -> None:
    desk.slack.lose("post", TimeoutError())
    desk.remind("reminder:1")
    desk.sender.send_due()
    desk.clock.pass_time(hours=5)

    assert desk.dropped() == [(desk.office.workspace_id, 1)]
    assert desk.stand(DM) == []
    assert not desk.row("reminder:1").is_waiting


def test_each_post_has_its_own_end(desk: Late) -> None:
    desk.remind("reminder:1", within=HOURS)
    desk.remind("reminder:2", within=3 * HOURS)
    desk.clock.pass_time(hours=2)

    assert desk.dropped() == [(desk.office.workspace_id, 1)]
    assert desk.stand(DM) == ["reminder:2"]


def test_what_is_erased_while_it_is_late_is_forgotten_all_the_same(desk: Late) -> None:
    desk.slack.lose("post", ConnectionRefusedError())
    desk.remind("reminder:1")
    with_it = desk.writing

    def erase() -> None:
        with with_it() as tx:
            desk.outbox.erase_for(tx, SANNE)

    desk.slack.meanwhile["post"] = erase
    desk.sender.send_due()
    desk.clock.pass_time(hours=5)
    desk.send_all(3)

    assert desk.office.rows("outbox") == 0


# In a thread


def test_what_answers_a_post_that_is_too_late_stays_away_with_it(desk: Late) -> None:
    desk.slack.closed[FANS] = "not_in_channel"
    desk.tell("digest")
    desk.tell("part", thread="digest")
    desk.send_all(3)
    desk.clock.pass_time(hours=5)
    desk.slack.closed.clear()
    desk.post("story:1")
    desk.send_all(3)

    assert desk.stand() == ["story:1"]
    assert [(desk.row(key).body, desk.row(key).is_waiting) for key in ("digest", "part")] == [(None, False)] * 2


def test_what_answers_a_post_that_was_in_time_comes_too_however_late(desk: Late) -> None:
    desk.tell("digest")
    desk.send_all(3)
    desk.tell("part", thread="digest")
    desk.clock.pass_time(hours=5)
    desk.remind("reminder:1", within=-HOURS)

    assert desk.dropped() == [(desk.office.workspace_id, 1)]
    assert desk.stand() == ["digest", "part"]


def test_an_answer_waits_while_nobody_knows_whether_its_first_message_is_there(desk: Late) -> None:
    desk.slack.lose("post", TimeoutError(), after=True)
    desk.tell("digest")
    desk.tell("part", thread="digest")
    desk.sender.send_due()
    desk.clock.pass_time(hours=5)
    desk.remind("reminder:1", within=-HOURS)

    desk.send_all(3)
    assert desk.stand() == ["digest", "part"]


def test_without_an_end_a_post_comes_however_late(desk: Late) -> None:
    desk.post("story:1")
    desk.clock.pass_time(hours=5000)
    desk.send_all(3)

    assert desk.stand() == ["story:1"]


# Closing


def test_what_stands_says_that_it_is_over(desk: Late) -> None:
    desk.remind("reminder:1")
    desk.send_all(2)
    desk.close("reminder:1")
    desk.send_all(2)

    assert desk.stand(DM) == ["voorbij"]


def test_what_is_over_before_slack_got_it_does_not_come(desk: Late) -> None:
    desk.remind("reminder:1")
    desk.close("reminder:1")
    desk.send_all(2)

    assert desk.slack.calls == []
    assert not desk.row("reminder:1").is_waiting


@pytest.mark.parametrize("arrived", [True, False])
def test_what_is_over_while_nobody_knows_whether_it_arrived_does_not_stand(desk: Late, arrived: bool) -> None:
    desk.slack.lose("post", TimeoutError(), after=arrived)
    desk.remind("reminder:1")
    desk.sender.send_due()
    desk.close("reminder:1")
    desk.send_all(5)

    assert desk.stand(DM) == []
    assert len(desk.slack.asked("post")) == 1
