"""Answers that belong to the request itself."""

from typing import Any

import pytest
from slack_bolt import Ack

from bot.slack.blocks import Message, line
from bot.slack.reply import Reply
from tests.fakes import Answered, FakeSlack, SmallServer

HELLO = Message("Hallo & <welkom>", [line("Hallo")])
MODAL = {"type": "modal", "title": {"type": "plain_text", "text": "x"}, "blocks": []}


def reply_to(body: dict[str, Any], slack: FakeSlack | None = None) -> tuple[Reply, Ack]:
    ack = Ack()  # type: ignore[no-untyped-call]
    return Reply(body, ack, slack or FakeSlack()), ack  # type: ignore[arg-type]


def test_a_command_is_answered_in_its_acknowledgement(small_server: SmallServer) -> None:
    reply, ack = reply_to({"command": "/fan", "response_url": small_server.url})
    reply.privately(HELLO)

    assert ack.response is not None
    assert '"response_type": "ephemeral"' in ack.response.body
    assert "&lt;welkom&gt;" in ack.response.body
    assert not small_server.asked


def test_a_click_is_acknowledged_and_answered_at_its_address(small_server: SmallServer) -> None:
    reply, ack = reply_to({"type": "block_actions", "response_url": small_server.url + "r/1"})
    reply.privately(HELLO)

    [(path, said)] = small_server.asked
    assert path == "/r/1"
    assert (said["response_type"], said["replace_original"], said["text"]) == (
        "ephemeral", False, "Hallo &amp; &lt;welkom&gt;",
    )  # fmt: skip
    assert ack.response is not None
    assert not ack.response.body


def test_a_private_line_can_be_replaced(small_server: SmallServer) -> None:
    reply, _ = reply_to({"type": "block_actions", "response_url": small_server.url})
    reply.instead(HELLO)

    assert small_server.asked[0][1]["replace_original"] is True


@pytest.mark.parametrize("answer", [Answered(404, "expired_url"), Answered(500, "oops"), Answered(silent=True)])
def test_an_answer_that_slack_does_not_take_breaks_nothing(small_server: SmallServer, answer: Answered) -> None:
    small_server.answer = answer
    reply, ack = reply_to({"type": "block_actions", "response_url": small_server.url})
    reply.privately(HELLO)

    assert ack.response is not None
    assert len(small_server.asked) == 1  # no second try: it could say a thing twice


def test_slack_out_of_reach_breaks_nothing(small_server: SmallServer) -> None:
    small_server.stop()
    reply, ack = reply_to({"type": "block_actions", "response_url": small_server.url})
    reply.instead(HELLO)

    assert ack.response is not None


def test_a_window_opens_over_a_conversation_and_over_another_window() -> None:
    slack = FakeSlack()
    reply_to({"trigger_id": "t1"}, slack)[0].open(MODAL)
    reply_to({"trigger_id": "t2", "view": {"type": "home"}}, slack)[0].open(MODAL)
    reply_to({"trigger_id": "t3", "view": {"type": "modal"}}, slack)[0].open(MODAL)

    assert [call["trigger_id"] for call in slack.asked("views_open")] == ["t1", "t2"]
    assert [call["trigger_id"] for call in slack.asked("views_push")] == ["t3"]


def test_a_window_that_does_not_open_is_said_to_be_shut() -> None:
    slack = FakeSlack()
    slack.fail("views_open", "expired_trigger_id")
    slack.lose("views_open", TimeoutError())
    reply, _ = reply_to({"trigger_id": "t"}, slack)

    assert not reply.open(MODAL)
    assert not reply.open(MODAL)
    assert reply.open(MODAL)


def test_errors_stand_at_their_fields() -> None:
    reply, ack = reply_to({"type": "view_submission"})
    reply.errors({"spent": "Dat kan twee dingen betekenen."})

    assert ack.response is not None
    assert '"response_action": "errors"' in ack.response.body
    assert '"spent": "Dat kan twee dingen betekenen."' in ack.response.body
