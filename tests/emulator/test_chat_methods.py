"""Posting, changing and deleting messages."""

import pytest

PATIENCE_SECONDS = 30
SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "*hoi*"}}


def test_a_posted_message_is_in_the_channel(slack, control):
    answer = slack.chat_postMessage(channel="C0FANS", text="hoi", blocks=[SECTION])

    [message] = control.get("messages", channel="#fans")
    assert message["ts"] == answer["ts"] == answer["message"]["ts"]
    assert answer["message"]["bot_id"] == "B0BOT"
    assert message["blocks"][0]["block_id"]


def test_a_channel_may_be_named_in_a_post(slack):
    assert slack.chat_postMessage(channel="#fans", text="hoi")["channel"] == "C0FANS"


def test_a_post_to_a_person_goes_to_the_direct_conversation(slack, control):
    answer = slack.chat_postMessage(channel="U0SANNE", text="hoi")

    assert answer["channel"] == slack.conversations_open(users="U0SANNE")["channel"]["id"]
    assert control.get("messages", channel="@sanne")[0]["text"] == "hoi"


@pytest.mark.filterwarnings("ignore:The top-level `text` argument")
@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"channel": "C0NERGENS", "text": "hoi"}, "channel_not_found"),
        ({"channel": "U0OUD", "text": "hoi"}, "channel_not_found"),
        ({"channel": "USLACKBOT", "text": "hoi"}, "cannot_dm_bot"),
        ({"channel": "C0ALGEMEEN", "text": "hoi"}, "not_in_channel"),
        ({"channel": "C0FANS", "text": " "}, "no_text"),
        ({"channel": "C0FANS", "text": "x" * 4001}, "msg_too_long"),
        ({"channel": "C0FANS", "text": "hoi", "thread_ts": "1.000000"}, "thread_not_found"),
        ({"channel": "C0FANS", "text": "hoi", "blocks": "geen json"}, "invalid_blocks_format"),
        ({"channel": "C0FANS", "text": "hoi", "blocks": [{"type": "meter"}]}, "invalid_blocks"),
        ({"channel": "C0FANS", "text": "hoi", "metadata": {"event_type": "x"}}, "invalid_metadata_format"),
        (
            {"channel": "C0FANS", "text": "hoi", "metadata": {"event_type": "x", "event_payload": {"a": "b" * 8000}}},
            "metadata_too_large",
        ),
    ],
)
def test_a_post_that_slack_refuses_is_refused(slack, refused, arguments, error):
    assert refused(slack.chat_postMessage, **arguments).response["error"] == error


def test_a_post_in_an_archived_channel_is_refused(emulator, slack, refused):
    emulator.workspace.channels["C0FANS"].is_archived = True

    assert refused(slack.chat_postMessage, channel="C0FANS", text="hoi").response["error"] == "is_archived"


def test_refused_blocks_come_with_an_explanation(slack, refused):
    error = refused(slack.chat_postMessage, channel="C0FANS", text="hoi", blocks=[{"type": "section"}])

    assert error.response["response_metadata"]["messages"] == [
        "[ERROR] missing required field: text [json-pointer:/blocks/0]"
    ]


def test_an_update_with_text_alone_deletes_the_blocks(slack, control):
    ts = slack.chat_postMessage(channel="C0FANS", text="hoi", blocks=[SECTION])["ts"]

    slack.chat_update(channel="C0FANS", ts=ts, text="dag")

    [message] = control.get("messages", channel="fans")
    assert (message["text"], message["blocks"], message["edited"]) == ("dag", [], True)


def test_an_update_keeps_the_metadata(slack, control):
    metadata = {"event_type": "post", "event_payload": {"id": "7"}}
    ts = slack.chat_postMessage(channel="C0FANS", text="hoi", metadata=metadata)["ts"]

    slack.chat_update(channel="C0FANS", ts=ts, text="dag")

    assert control.get("messages", channel="fans")[0]["metadata"] == metadata


def test_only_own_messages_can_be_changed_or_deleted(slack, control, refused):
    control("say", user="sanne", channel="#fans", text="van mij")
    ts = control.get("messages", channel="#fans")[0]["ts"]

    update = refused(slack.chat_update, channel="C0FANS", ts=ts, text="x")
    delete = refused(slack.chat_delete, channel="C0FANS", ts=ts)

    assert update.response["error"] == "cant_update_message"
    assert delete.response["error"] == "cant_delete_message"


def test_what_is_not_there_can_not_be_changed_or_deleted(slack, refused):
    for call, more in ((slack.chat_update, {"text": "x"}), (slack.chat_delete, {})):
        assert refused(call, channel="C0FANS", ts="1.000000", **more).response["error"] == "message_not_found"


def test_a_deleted_message_is_gone(slack, control):
    ts = slack.chat_postMessage(channel="C0FANS", text="hoi")["ts"]

    slack.chat_delete(channel="C0FANS", ts=ts)

    assert control.get("messages", channel="fans") == []


def test_a_deleted_message_with_replies_leaves_a_mark(slack, control):
    ts = slack.chat_postMessage(channel="C0FANS", text="hoi")["ts"]
    slack.chat_postMessage(channel="C0FANS", text="antwoord", thread_ts=ts)

    slack.chat_delete(channel="C0FANS", ts=ts)

    assert [m["text"] for m in control.get("messages", channel="fans")] == ["This message was deleted.", "antwoord"]
    assert slack.conversations_replies(channel="C0FANS", ts=ts)["messages"][0]["subtype"] == "tombstone"


def test_an_ephemeral_message_is_seen_by_one_person_and_by_no_history(slack, control):
    slack.chat_postEphemeral(channel="C0FANS", user="U0SANNE", text="alleen jij")

    assert [m["text"] for m in control.get("ephemerals", user="sanne")] == ["alleen jij"]
    assert control.get("ephemerals", user="bram") == []
    assert slack.conversations_history(channel="C0FANS")["messages"] == []


def test_an_ephemeral_message_is_no_message_to_change(slack, refused):
    ts = slack.chat_postEphemeral(channel="C0FANS", user="U0SANNE", text="alleen jij")["message_ts"]

    assert refused(slack.chat_update, channel="C0FANS", ts=ts, text="x").response["error"] == "message_not_found"


def test_an_ephemeral_message_needs_a_member(slack, refused):
    error = refused(slack.chat_postEphemeral, channel="C0FANS", user="U0GAST", text="hoi")

    assert error.response["error"] == "user_not_in_channel"


def test_a_permalink_leads_to_an_existing_message(slack, refused):
    ts = slack.chat_postMessage(channel="C0FANS", text="hoi")["ts"]

    assert ts.replace(".", "") in slack.chat_getPermalink(channel="C0FANS", message_ts=ts)["permalink"]
    error = refused(slack.chat_getPermalink, channel="C0FANS", message_ts="1.000000")
    assert error.response["error"] == "message_not_found"


def test_messages_keep_their_order_when_the_clock_goes_back(slack, control):
    control("clock", now="2026-11-02T09:00:00+01:00")
    first = slack.chat_postMessage(channel="C0FANS", text="eerst")["ts"]
    control("clock", advance=-3600)
    second = slack.chat_postMessage(channel="C0FANS", text="daarna")["ts"]

    assert float(first) == pytest.approx(1793606400, abs=PATIENCE_SECONDS)
    assert second > first
