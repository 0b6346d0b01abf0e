"""The thread that posts what is queued, on both databases, against a Slack that misbehaves when told to."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from bot.slack import sender as sender_module
from bot.slack.blocks import Message
from bot.slack.delivery import MENDABLE
from bot.slack.outbox import Outbox
from bot.slack.pace import Pace
from bot.slack.sender import PATIENCE, Sender
from storage.database import Database, InWorkspace
from storage.outbox import Post, post_by_key, release_first_parked, release_parked
from tests.fakes import FANS, FakeOffice, FakeSlack, StoppedClock

HOME = {"type": "home", "blocks": [{"type": "divider"}]}
SOON = 10.0  # seconds that a thread gets before a test gives up on it; it needs milliseconds


class Killed(BaseException):
    """The process ends here."""


class Desk:
    """Queues posts, lets senders send them, and looks at what then stands."""

    def __init__(self, office: FakeOffice, slack: FakeSlack, clock: StoppedClock) -> None:
        self.office, self.slack, self.clock = office, slack, clock
        self.database = office.services.database
        self.work = threading.Event()
        self.outbox = Outbox(clock, self.work.set)
        self.parked: list[tuple[str, str]] = []
        self.pace = Pace(clock.seconds)
        self.senders: list[Sender] = []
        self.sender = self.new_sender()

    def new_sender(self, database: Any = None, pace: Pace | None = None) -> Sender:
        def when_parked(_tx: Session, post: Post, reason: str) -> None:
            self.parked.append((post.key, reason))

        client: Any = self.slack
        sender = Sender(
            database or self.database, lambda _: client, self.clock, pace or self.pace, when_parked, self.work
        )
        self.senders.append(sender)
        return sender

    def writing(self) -> Any:
        return self.database.writing(InWorkspace(self.office.workspace_id))

    def post(self, key: str, text: str = "", to: str = FANS, thread: str | None = None) -> None:
        with self.writing() as tx:
            self.outbox.post(tx, key, Message(text or key), to=to, thread=thread)

    def change(self, key: str, text: str) -> None:
        with self.writing() as tx:
            self.outbox.change(tx, key, Message(text))

    def remove(self, key: str) -> None:
        with self.writing() as tx:
            self.outbox.remove(tx, key)

    def row(self, key: str) -> Post:
        with self.database.reading(InWorkspace(self.office.workspace_id)) as tx:
            post = post_by_key(tx, key)
        assert post is not None
        return post

    def send_all(self, seconds: int, step: int = 1) -> None:
        """Send what is due, now and at each `step` of the coming `seconds`."""
        for _ in range(0, seconds, step):
            while self.sender.send_due():
                pass
            self.clock.pass_time(seconds=step)

    def stand(self, channel: str = FANS) -> list[str]:
        """The texts in a channel, the oldest first."""
        return [message["text"] for message in reversed(self.slack.messages) if message["channel"] == channel]


@pytest.fixture
def desk(office: FakeOffice, slack: FakeSlack, clock: StoppedClock) -> Iterator[Desk]:
    desk = Desk(office, slack, clock)
    yield desk
    for sender in desk.senders:
        sender.stop()


# The ordinary day


def test_what_is_queued_is_posted_once_and_remembers_where_it_stands(desk: Desk) -> None:
    desk.post("story:1")
    desk.send_all(3)

    assert desk.stand() == ["story:1"]
    row = desk.row("story:1")
    assert (row.channel, row.ts, row.is_waiting, row.claim) == (FANS, desk.slack.messages[0]["ts"], False, None)


def test_changes_that_wait_are_posted_as_one(desk: Desk) -> None:
    desk.post("story:1", "een")
    desk.change("story:1", "twee")
    desk.change("story:1", "drie")
    desk.send_all(3)

    assert desk.stand() == ["drie"]
    assert [call.method for call in desk.slack.calls] == ["post"]


def test_a_change_after_sending_changes_the_same_message(desk: Desk) -> None:
    desk.post("story:1", "een")
    desk.send_all(2)
    desk.change("story:1", "twee")
    desk.change("story:1", "drie")
    desk.send_all(2)

    assert desk.stand() == ["drie"]
    assert [call.method for call in desk.slack.calls] == ["post", "update"]


def test_a_change_while_it_is_being_posted_follows_it(desk: Desk) -> None:
    desk.post("story:1", "een")
    desk.slack.meanwhile["post"] = lambda: desk.change("story:1", "twee")
    desk.send_all(3)

    assert [call.method for call in desk.slack.calls] == ["post", "update"]
    assert desk.stand() == ["twee"]


def test_what_is_removed_before_sending_is_never_posted(desk: Desk) -> None:
    desk.post("story:1")
    desk.remove("story:1")
    desk.send_all(3)

    assert desk.slack.calls == []
    assert not desk.row("story:1").is_waiting


def test_what_is_removed_after_sending_is_deleted(desk: Desk) -> None:
    desk.post("story:1")
    desk.send_all(2)
    desk.remove("story:1")
    desk.send_all(2)

    assert desk.stand() == []
    assert desk.row("story:1").ts is None


def test_what_is_removed_while_it_is_being_posted_is_deleted_after_it(desk: Desk) -> None:
    desk.post("story:1")
    desk.slack.meanwhile["post"] = lambda: desk.remove("story:1")
    desk.send_all(3)

    assert [call.method for call in desk.slack.calls] == ["post", "delete"]
    assert desk.stand() == []


def test_what_was_deleted_can_be_posted_anew(desk: Desk) -> None:
    desk.post("story:1", "een")
    desk.send_all(2)
    desk.remove("story:1")
    desk.send_all(2)
    desk.post("story:1", "twee")
    desk.send_all(2)

    assert desk.stand() == ["twee"]
    ids = [call["metadata"]["event_payload"]["id"] for call in desk.slack.asked("post")]
    assert len(set(ids)) == 2  # a look for the second must not find the first


def test_a_home_is_published_the_latest_one_alone(desk: Desk) -> None:
    for blocks in ([], [{"type": "divider"}]):
        with desk.writing() as tx:
            desk.outbox.show_home(tx, "home:1", {"type": "home", "blocks": blocks}, to="U0SANNE")
    desk.send_all(3)

    [published] = desk.slack.asked("views_publish")
    assert published == {"user_id": "U0SANNE", "view": {"type": "home", "blocks": [{"type": "divider"}]}}


def test_a_channel_gets_its_messages_in_the_order_in_which_they_were_queued(desk: Desk) -> None:
    for number in range(6):
        desk.post(f"story:{number}")
    desk.send_all(10)

    assert desk.stand() == [f"story:{number}" for number in range(6)]


def test_an_answer_in_a_thread_waits_for_the_message_it_answers(desk: Desk) -> None:
    desk.slack.fail("post", "internal_error")
    desk.post("stories:today", "Wat een dag")
    desk.post("story:16", thread="stories:today")
    desk.send_all(10)

    first, answer = reversed(desk.slack.messages)
    assert (first["text"], answer["text"]) == ("Wat een dag", "story:16")
    assert answer["thread_ts"] == first["ts"]


# Pace


def test_a_channel_gets_about_one_message_a_second(desk: Desk) -> None:
    for number in range(4):
        desk.post(f"story:{number}")
    sent_in_second = []
    for _ in range(4):
        sent_in_second.append(sum(desk.sender.send_due() for _ in range(3)))
        desk.clock.pass_time(seconds=1)

    assert sent_in_second == [1, 1, 1, 1]


def test_another_channel_and_a_home_do_not_wait_for_a_busy_channel(desk: Desk) -> None:
    desk.post("story:1")
    desk.post("story:2")
    desk.post("welcome", to="U0BRAM")
    with desk.writing() as tx:
        desk.outbox.show_home(tx, "home:1", HOME, to="U0SANNE")
    desk.sender.send_due()

    assert desk.stand() == ["story:1"]
    assert desk.stand("D0BRAM") == ["welcome"]
    assert len(desk.slack.asked("views_publish")) == 1


def test_a_workspace_is_not_called_faster_than_its_budget(desk: Desk) -> None:
    for number in range(70):
        desk.post(f"reminder:{number}", to=f"U{number:04}")
    for _ in range(5):
        while desk.sender.send_due():
            pass
        desk.clock.pass_time(seconds=1)

    assert 20 <= len(desk.slack.asked("post")) <= 52  # 10 at once, 4 a second, and a round of 20 that had begun
    desk.send_all(30)
    assert len(desk.slack.asked("post")) == 70


# What goes wrong in passing


def test_a_rate_limit_is_kept_and_holds_up_no_other_channel(desk: Desk) -> None:
    desk.slack.fail("post", "ratelimited", 429, {"Retry-After": "30"})
    desk.post("story:1")
    desk.post("story:2")
    desk.send_all(2)
    desk.post("welcome", to="U0BRAM")
    desk.send_all(20)
    assert desk.stand() == []
    assert desk.stand("D0BRAM") == ["welcome"]

    desk.send_all(12)
    assert sorted(desk.stand()) == ["story:1", "story:2"]
    assert not desk.slack.asked("history")  # what Slack refused is certain not to stand


@pytest.mark.parametrize("error", [TimeoutError(), ConnectionResetError(), OSError("away")])
def test_an_answer_that_never_came_is_looked_for_before_posting_again(desk: Desk, error: Exception) -> None:
    desk.slack.lose("post", error, after=True)
    desk.post("story:1", "een")
    desk.send_all(10)

    assert desk.stand() == ["een"]
    assert [call.method for call in desk.slack.calls][:2] == ["post", "history"]
    assert len(desk.slack.asked("post")) == 1


@pytest.mark.parametrize("where", ["channel", "thread", "person"])
def test_a_lost_answer_is_found_wherever_it_was_posted(desk: Desk, where: str) -> None:
    if where == "thread":
        desk.post("first")
        desk.send_all(2)
    desk.slack.lose("post", TimeoutError(), after=True)
    target = "U0SANNE" if where == "person" else FANS
    desk.post("story:1", "een", to=target, thread="first" if where == "thread" else None)
    desk.send_all(10)

    assert [message["text"] for message in desk.slack.messages].count("een") == 1
    assert not desk.row("story:1").is_waiting
    assert desk.row("story:1").ts == desk.slack.messages[0]["ts"]


def test_a_change_in_the_meantime_reaches_the_message_whose_answer_was_lost(desk: Desk) -> None:
    desk.slack.lose("post", TimeoutError(), after=True)
    desk.post("story:1", "een")
    desk.send_all(1)
    desk.change("story:1", "twee")
    desk.send_all(10)

    assert desk.stand() == ["twee"]


def test_a_removal_in_the_meantime_takes_away_the_message_whose_answer_was_lost(desk: Desk) -> None:
    desk.slack.lose("post", TimeoutError(), after=True)
    desk.post("story:1", "een")
    desk.send_all(1)
    desk.remove("story:1")
    desk.send_all(10)

    assert desk.stand() == []
    assert not desk.row("story:1").is_waiting


def test_a_server_error_is_tried_again_with_a_growing_pause(desk: Desk) -> None:
    tries: list[float] = []
    start = desk.clock.seconds()
    for _ in range(4):
        desk.slack.fail("post", "", 503)
    desk.post("story:1")
    for _ in range(40):
        if desk.sender.send_due():
            tries.append(desk.clock.seconds() - start)
        desk.clock.pass_time(seconds=1)

    gaps = [later - earlier for earlier, later in pairwise(tries)]
    assert desk.stand() == ["story:1"]
    assert len(tries) == 5
    assert gaps == sorted(gaps)
    assert gaps[-1] >= 10 > gaps[0]


def test_nothing_is_lost_while_slack_is_away_for_an_hour(desk: Desk) -> None:
    for _ in range(30):
        desk.slack.lose("post", ConnectionRefusedError())
    desk.post("story:1")
    desk.send_all(3 * 3600, step=60)

    assert desk.stand() == ["story:1"]
    assert not desk.parked


# What Slack will never take


@pytest.mark.parametrize("word", ["channel_not_found", "not_in_channel", "invalid_blocks", "token_revoked"])
def test_what_is_refused_is_parked_with_its_reason_and_not_tried_again(desk: Desk, word: str) -> None:
    desk.slack.fail("post", word)
    desk.post("story:1")
    desk.send_all(700, step=50)

    assert desk.parked == [("story:1", word)]
    assert desk.row("story:1").parked_reason == word
    assert len(desk.slack.asked("post")) == 1


def test_a_parked_post_holds_up_nothing(desk: Desk) -> None:
    desk.slack.fail("post", "invalid_blocks")
    desk.post("story:1")
    desk.post("story:2")
    desk.send_all(5)

    assert desk.stand() == ["story:2"]


def test_a_post_that_gets_through_lets_the_refused_ones_there_follow(desk: Desk) -> None:
    desk.slack.fail("post", "not_in_channel")
    desk.post("story:1")
    desk.post("story:2", to="C0OTHER")
    desk.send_all(3)
    assert desk.stand() == []

    desk.post("story:3")  # in the meantime somebody invited the bot
    desk.send_all(5)

    assert sorted(desk.stand()) == ["story:1", "story:3"]
    assert desk.row("story:1").parked_reason is None


def test_now_and_then_one_refused_post_a_channel_is_tried_again(desk: Desk) -> None:
    desk.slack.closed[FANS] = "not_in_channel"
    for number in range(3):
        desk.post(f"story:{number}")
    desk.send_all(5)
    del desk.slack.closed[FANS]

    with desk.database.writing() as tx:
        assert release_first_parked(tx, MENDABLE, desk.clock.now()) == 1
    desk.send_all(6)

    assert sorted(desk.stand()) == ["story:0", "story:1", "story:2"]


def test_an_answer_whose_first_message_somebody_deleted_goes_into_the_channel(desk: Desk) -> None:
    desk.post("busy")
    desk.post("story:16", thread="busy")
    desk.send_all(1)
    desk.slack.fail("post", "thread_not_found")
    desk.send_all(4)

    assert "story:16" in desk.stand()
    assert desk.slack.asked("post")[-1].get("thread_ts") is None
    assert desk.parked == []


def test_a_change_gives_a_parked_post_another_chance(desk: Desk) -> None:
    desk.slack.fail("post", "invalid_blocks")
    desk.post("story:1", "een")
    desk.send_all(2)
    desk.change("story:1", "twee")
    desk.send_all(2)

    assert desk.stand() == ["twee"]
    assert desk.row("story:1").parked_reason is None


def test_what_was_parked_for_a_reason_that_was_mended_is_posted_after_all(desk: Desk) -> None:
    desk.slack.fail("post", "not_in_channel")
    desk.post("story:1")
    desk.send_all(2)
    with desk.database.writing() as tx:
        assert release_parked(tx, {"not_in_channel"}, desk.clock.now()) == 1
    desk.send_all(2)

    assert desk.stand() == ["story:1"]


def test_a_message_that_somebody_deleted_in_slack_is_posted_anew_when_it_changes(desk: Desk) -> None:
    desk.post("story:1", "een")
    desk.send_all(2)
    desk.slack.messages.clear()
    desk.slack.fail("update", "message_not_found")
    desk.change("story:1", "twee")
    desk.send_all(2)
    assert desk.stand() == []

    desk.change("story:1", "drie")
    desk.send_all(2)
    assert desk.stand() == ["drie"]


# Crashes, and several senders


def test_a_post_of_a_sender_that_died_after_posting_is_found_and_not_posted_again(desk: Desk) -> None:
    desk.slack.lose("post", Killed(), after=True)
    desk.post("story:1")
    with pytest.raises(Killed):
        desk.sender.send_due()

    other = desk.new_sender()
    assert other.send_due() == 0  # the claim still holds: the first one could be slow, and not dead
    desk.clock.pass_time(seconds=PATIENCE.total_seconds() + 1)
    assert other.send_due() == 1
    desk.send_all(3)
    assert desk.stand() == ["story:1"]
    assert len(desk.slack.asked("post")) == 1


def test_a_post_of_a_sender_that_died_before_posting_is_posted_by_another(desk: Desk) -> None:
    desk.slack.lose("post", Killed())
    desk.post("story:1")
    with pytest.raises(Killed):
        desk.sender.send_due()
    desk.clock.pass_time(seconds=PATIENCE.total_seconds() + 1)
    desk.new_sender().send_due()

    assert desk.stand() == ["story:1"]


def test_two_senders_on_one_database_never_post_twice(desk: Desk) -> None:
    for number in range(30):
        desk.post(f"reminder:{number}", to=f"U{number:04}")
    senders = [desk.new_sender(pace=Pace(desk.clock.seconds)) for _ in range(2)]
    together = threading.Barrier(2)

    def send(sender: Sender) -> int:
        together.wait(SOON)
        return sum(sender.send_due() for _ in range(4))

    with ThreadPoolExecutor(2) as threads:
        attempts = list(threads.map(send, senders))

    texts = [message["text"] for message in desk.slack.messages]
    assert len(texts) == len(set(texts)) == sum(attempts)
    desk.send_all(30)
    assert sorted(message["text"] for message in desk.slack.messages) == sorted(f"reminder:{n}" for n in range(30))
    assert len(desk.slack.asked("post")) == 30


def test_while_one_sender_posts_another_finds_nothing_to_do(desk: Desk) -> None:
    seen: list[int] = []
    other = desk.new_sender(pace=Pace(desk.clock.seconds))
    desk.post("story:1")
    desk.slack.meanwhile["post"] = lambda: seen.append(other.send_due())
    desk.send_all(3)

    assert seen == [0]
    assert desk.stand() == ["story:1"]


# The thread


def test_what_is_saved_wakes_the_thread(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sender_module, "POLL", 3600.0)  # so that it is the commit that wakes it, and no poll
    posted = threading.Event()
    desk.sender.start()
    desk.slack.meanwhile["post"] = posted.set
    desk.post("story:1")

    assert posted.wait(SOON)
    desk.sender.stop()
    assert desk.stand() == ["story:1"]


def test_what_was_queued_by_another_process_is_found_by_looking(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sender_module, "POLL", 0.01)
    posted = threading.Event()
    desk.slack.meanwhile["post"] = posted.set
    desk.sender.start()
    elsewhere = Outbox(desk.clock, lambda: None)
    with desk.writing() as tx:
        elsewhere.post(tx, "story:1", Message("een"), to=FANS)

    assert posted.wait(SOON)


def test_stopping_waits_for_the_post_that_is_under_way(desk: Desk) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def linger() -> None:
        begun.set()
        go_on.wait(SOON)

    desk.slack.meanwhile["post"] = linger
    desk.post("story:1")
    desk.sender.start()
    assert begun.wait(SOON)
    stopping = threading.Thread(target=desk.sender.stop)
    stopping.start()
    assert desk.sender._stopping.wait(SOON)
    assert stopping.is_alive()
    go_on.set()
    stopping.join(SOON)

    assert not stopping.is_alive()
    assert desk.row("story:1").ts is not None


class FlakyDatabase:
    """A database that is away for its first few transactions."""

    def __init__(self, database: Database, failures: int) -> None:
        self._database, self._failures = database, failures
        self.failed = threading.Event()

    def asking(self) -> Any:
        if self._failures:
            self._failures -= 1
            self.failed.set()
            raise OperationalError("SELECT 1", {}, Exception("connection refused"))
        return self._database.asking()

    def writing(self, *arguments: Any, **more: Any) -> Any:
        return self._database.writing(*arguments, **more)


def test_a_database_that_is_away_for_a_while_does_not_end_the_thread(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sender_module, "POLL", 0.01)
    flaky = FlakyDatabase(desk.database, failures=3)
    posted = threading.Event()
    desk.slack.meanwhile["post"] = posted.set
    desk.post("story:1")
    desk.new_sender(flaky).start()

    assert flaky.failed.wait(SOON)
    assert posted.wait(SOON)
