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


CHART = Message("Vier fans", [{"type": "data_visualization"}], plainer=[line("▓▓▓▓ 4")])


@pytest.mark.parametrize("body", [{"command": "/topfans"}, {"type": "block_actions"}])
def test_where_slack_refuses_a_chart_the_plainer_answer_is_given(
    small_server: SmallServer, body: dict[str, Any]
) -> None:
    small_server.answer = Answered(200, '{"ok":false,"error":"invalid_blocks"}')
    reply, _ = reply_to(body | {"response_url": small_server.url})
    reply.privately(CHART)

    drawn, plain = [said for _, said in small_server.asked]
    assert drawn["blocks"] == CHART.blocks
    assert plain["blocks"] == CHART.plainer
    assert not {"plainer"} & {*drawn, *plain}
    assert (plain["text"], plain["response_type"]) == ("Vier fans", "ephemeral")


@pytest.mark.parametrize("answer", [Answered(200, "ok"), Answered(404, "used_url"), Answered(500, "oops")])
def test_a_chart_is_not_drawn_again_for_another_reason(small_server: SmallServer, answer: Answered) -> None:
    small_server.answer = answer
    reply, _ = reply_to({"type": "block_actions", "response_url": small_server.url})
    reply.privately(CHART)

    assert len(small_server.asked) == 1


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


@pytest.mark.parametrize("view_type", ["modal", "home"])
def test_where_there_is_no_conversation_a_line_is_a_window(view_type: str) -> None:
    slack = FakeSlack()
    reply, ack = reply_to({"type": "block_actions", "trigger_id": "t", "view": {"type": view_type}}, slack)
    reply.tell(HELLO, "Fanclub", "Sluiten")

    [call] = slack.asked("views_push" if view_type == "modal" else "views_open")
    assert call["view"]["blocks"] == HELLO.blocks
    assert ack.response is not None


@pytest.mark.parametrize("is_ephemeral", [True, False])
@pytest.mark.parametrize("instead", [True, False])
def test_only_a_private_line_makes_place_for_the_next(
    small_server: SmallServer, is_ephemeral: bool, instead: bool
) -> None:
    container = {"type": "message", "is_ephemeral": is_ephemeral}
    reply, _ = reply_to({"type": "block_actions", "response_url": small_server.url, "container": container})
    reply.tell(HELLO, "Fanclub", "Sluiten", instead=instead)

    assert small_server.asked[0][1]["replace_original"] is (is_ephemeral and instead)


def test_a_command_is_told_in_its_acknowledgement() -> None:
    slack = FakeSlack()
    reply, ack = reply_to({"command": "/fanclub", "trigger_id": "t"}, slack)
    reply.tell(HELLO, "Fanclub", "Sluiten", instead=True)

    assert ack.response is not None
    assert "ephemeral" in ack.response.body
    assert not slack.calls


def test_the_window_that_was_clicked_in_is_drawn_anew() -> None:
    slack = FakeSlack()
    reply, ack = reply_to({"type": "block_actions", "view": {"type": "modal", "id": "V1", "hash": "h"}}, slack)
    reply.renew(MODAL)

    assert slack.asked("views_update") == [{"view_id": "V1", "hash": "h", "view": MODAL}]
    assert ack.response is not None


def test_a_window_that_slack_does_not_draw_anew_breaks_nothing() -> None:
    slack = FakeSlack()
    slack.fail("views_update", "hash_conflict")
    reply, ack = reply_to({"type": "block_actions", "view": {"type": "modal", "id": "V1", "hash": "h"}}, slack)
    reply.renew(MODAL)

    assert ack.response is not None


def test_the_window_beneath_gets_another_content() -> None:
    slack = FakeSlack()
    reply, _ = reply_to({"type": "view_submission", "view": {"id": "V2", "previous_view_id": "V1"}}, slack)
    reply.beneath(MODAL)

    assert slack.asked("views_update") == [{"view": MODAL, "view_id": "V1"}]


def test_without_a_window_beneath_slack_is_not_asked() -> None:
    slack = FakeSlack()
    for body in ({"view": {"id": "V1", "previous_view_id": None}}, {"command": "/fan"}):
        reply_to(body, slack)[0].beneath(MODAL)

    assert slack.calls == []


@pytest.mark.parametrize("broken", [lambda slack: slack.fail("views_update", "not_found"),
                                    lambda slack: slack.lose("views_update", TimeoutError())])  # fmt: skip
def test_a_window_beneath_that_slack_does_not_renew_is_left_as_it_is(broken: Any) -> None:
    slack = FakeSlack()
    broken(slack)
    reply_to({"type": "view_submission", "view": {"id": "V2", "previous_view_id": "V1"}}, slack)[0].beneath(MODAL)

    assert len(slack.asked("views_update")) == 1
