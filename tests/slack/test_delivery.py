"""One attempt to let a post stand in Slack, by a real WebClient where what matters is on the wire."""

from datetime import timedelta
from typing import Any

import pytest

from bot.slack.client import web_client
from bot.slack.delivery import PAUSES, Found, Later, Refused, Stands, attempt, pause_before
from storage.outbox import Post
from tests.fakes import MONDAY, Answered, FakeSlack, SmallServer

BODY = {"text": "Hallo", "blocks": []}


def a_post(**fields: Any) -> Post:
    values: dict[str, Any] = {"id": 1, "workspace_id": 1, "key": "story:1", "target": "C0FANS", "body": BODY}
    return Post(**values | {"token": "token-1", "due_at": MONDAY} | fields)


def wait(outcome: Any) -> tuple[float, bool, bool]:
    """Of an attempt that is to be made again: seconds, whether it is uncertain, whether Slack asked for it."""
    assert isinstance(outcome, Later)
    assert outcome.reason  # for the log
    return outcome.seconds, outcome.is_uncertain, outcome.is_rate_limit


def tried(slack: FakeSlack, post: Post, thread_ts: str | None = None) -> Any:
    return attempt(slack, post, thread_ts)  # type: ignore[arg-type]


def test_a_new_post_carries_our_own_id_and_unfurls_nothing(slack: FakeSlack) -> None:
    stands = tried(slack, a_post(), "12.34")

    [asked] = slack.asked("post")
    assert stands == Stands("C0FANS", slack.messages[0]["ts"])
    assert asked["metadata"]["event_payload"] == {"id": "token-1"}
    assert (asked["unfurl_links"], asked["unfurl_media"], asked["thread_ts"]) == (False, False, "12.34")
    assert (asked["text"], asked["blocks"]) == ("Hallo", [])


def test_what_stands_is_changed_in_place(slack: FakeSlack) -> None:
    first = tried(slack, a_post())
    again = tried(slack, a_post(channel=first.channel, ts=first.ts, body={"text": "Anders", "blocks": []}))

    assert again == first
    assert [message["text"] for message in slack.messages] == ["Anders"]


CHART = {"text": "Vier fans", "blocks": [{"type": "data_visualization"}], "plainer": [{"type": "divider"}]}


@pytest.mark.parametrize("word", ["invalid_blocks", "msg_blocks_too_long"])
def test_where_slack_refuses_a_chart_the_plainer_message_stands(slack: FakeSlack, word: str) -> None:
    slack.fail("post", word)
    first = tried(slack, a_post(body=CHART))
    slack.fail("update", word)
    again = tried(slack, a_post(body=CHART, channel=first.channel, ts=first.ts))

    assert again == first
    assert [call["blocks"] for call in slack.asked("post")] == [CHART["blocks"], CHART["plainer"]]
    assert [call["blocks"] for call in slack.asked("update")] == [CHART["blocks"], CHART["plainer"]]
    assert all("plainer" not in call for call in slack.asked("post"))


def test_a_chart_that_is_refused_for_another_reason_is_not_posted_plainer(slack: FakeSlack) -> None:
    slack.fail("post", "not_in_channel")

    assert tried(slack, a_post(body=CHART)) == Refused("not_in_channel")
    assert len(slack.asked("post")) == 1


def test_what_stands_is_taken_away_and_what_never_stood_asks_nothing(slack: FakeSlack) -> None:
    first = tried(slack, a_post())

    assert tried(slack, a_post(channel=first.channel, ts=first.ts, body=None)) == Stands(None, None)
    assert slack.messages == []
    assert tried(FakeSlack(), a_post(body=None)) == Stands(None, None)
    assert len(slack.calls) == 2


def test_home_is_published_to_its_person(slack: FakeSlack) -> None:
    view = {"type": "home", "blocks": [{"type": "divider"}]}

    assert tried(slack, a_post(is_home=True, target="U0SANNE", body=view)) == Stands(None, None)
    assert slack.asked("views_publish") == [{"user_id": "U0SANNE", "view": view}]


@pytest.mark.parametrize(
    ("target", "thread_ts", "asked"),
    [("C0FANS", None, "history"), ("C0FANS", "1.2", "replies"), ("U0SANNE", None, "history")],
)
def test_a_message_whose_answer_was_lost_is_found_by_our_own_id(
    slack: FakeSlack, target: str, thread_ts: str | None, asked: str
) -> None:
    slack.lose("post", TimeoutError(), after=True)
    assert wait(tried(slack, a_post(target=target), thread_ts)) == (PAUSES[0], True, False)
    [lost] = slack.messages

    found = tried(slack, a_post(target=target, is_uncertain=True), thread_ts)

    assert found == Found(lost["channel"], lost["ts"])
    assert slack.asked(asked)[0]["include_all_metadata"] is True
    assert len(slack.asked("post")) == 1


@pytest.mark.parametrize(("target", "thread_ts"), [("C0FANS", None), ("C0FANS", "1.2"), ("U0SANNE", None)])
def test_a_message_that_never_arrived_is_posted_after_a_look(
    slack: FakeSlack, target: str, thread_ts: str | None
) -> None:
    tried(slack, a_post(target=target, token="another"), thread_ts)  # somebody else's message is not ours
    stands = tried(slack, a_post(target=target, is_uncertain=True), thread_ts)

    assert isinstance(stands, Stands)
    assert len(slack.messages) == 2


def test_without_a_look_at_the_history_nothing_uncertain_is_posted(slack: FakeSlack) -> None:
    slack.fail("history", "ratelimited", 429, {"Retry-After": "60"})

    assert wait(tried(slack, a_post(is_uncertain=True))) == (60, True, True)
    assert not slack.asked("post")


@pytest.mark.parametrize("header", ["Retry-After", "retry-after"])
def test_slack_says_itself_when_to_come_back(slack: FakeSlack, header: str) -> None:
    slack.fail("post", "ratelimited", 429, {header: "17"})

    assert wait(tried(slack, a_post())) == (17, False, True)


@pytest.mark.parametrize(
    ("error", "status"),
    [("internal_error", 200), ("fatal_error", 200), ("service_unavailable", 503), ("", 500), ("request_timeout", 200)],
)
def test_what_passes_is_tried_again_with_a_growing_pause(slack: FakeSlack, error: str, status: int) -> None:
    slack.fail("post", error, status)
    slack.fail("post", error, status)

    assert wait(tried(slack, a_post(attempts=0))) == (PAUSES[0], True, False)
    assert wait(tried(slack, a_post(attempts=3))) == (PAUSES[3], True, False)


def test_pauses_grow_to_minutes_and_no_further() -> None:
    pauses = [pause_before(number) for number in range(100)]

    assert pauses == sorted(pauses)
    assert pauses[-1] <= timedelta(minutes=5).total_seconds()


@pytest.mark.parametrize(
    "word",
    ["channel_not_found", "not_in_channel", "account_inactive", "invalid_blocks", "token_revoked", "is_archived"],
)
def test_what_slack_will_never_take_is_given_up_with_its_word(slack: FakeSlack, word: str) -> None:
    slack.fail("post", word)

    assert tried(slack, a_post()) == Refused(word)


def test_a_message_that_somebody_deleted_in_slack_is_no_trouble(slack: FakeSlack) -> None:
    slack.fail("update", "message_not_found")
    slack.fail("delete", "message_not_found")
    slack.fail("delete", "channel_not_found")

    standing = {"channel": "C0FANS", "ts": "1.2"}
    assert tried(slack, a_post(**standing)) == Stands(None, None)
    assert tried(slack, a_post(**standing, body=None)) == Stands(None, None)
    assert tried(slack, a_post(**standing, body=None)) == Stands(None, None)


# On the wire


def test_a_gateways_page_is_no_refusal(small_server: SmallServer) -> None:
    slack = web_client("xoxb-1", small_server.url)
    for status in (502, 503, 403, 200):
        small_server.answer = Answered(status, "<html>Bad gateway</html>")
        assert wait(attempt(slack, a_post(), None)) == (PAUSES[0], True, False)


@pytest.mark.parametrize("answer", [Answered(silent=True), Answered(cut=True), Answered(body="null")])
def test_a_broken_answer_leaves_it_uncertain(small_server: SmallServer, answer: Answered) -> None:
    small_server.answer = answer

    assert wait(attempt(web_client("xoxb-1", small_server.url), a_post(), None)) == (PAUSES[0], True, False)
    assert len(small_server.asked) == 1  # and the client did not try again by itself


def test_a_pause_is_read_from_the_wire(small_server: SmallServer) -> None:
    small_server.answer = Answered(429, '{"ok": false, "error": "ratelimited"}', {"retry-after": "9"})

    outcome = attempt(web_client("xoxb-1", small_server.url), a_post(), None)

    assert wait(outcome) == (9, False, True)
    assert len(small_server.asked) == 1


def test_a_slack_that_could_not_be_reached_got_nothing(small_server: SmallServer) -> None:
    small_server.stop()

    assert wait(attempt(web_client("xoxb-1", small_server.url), a_post(), None)) == (PAUSES[0], False, False)


def test_localhost_is_never_asked_through_a_proxy(small_server: SmallServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9/")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9/")
    small_server.answer = Answered(body='{"ok": true, "channel": "C0FANS", "ts": "1.2"}')

    assert attempt(web_client("xoxb-1", small_server.url), a_post(), None) == Stands("C0FANS", "1.2")
