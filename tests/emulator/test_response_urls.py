"""Answers to a response address."""

import httpx
import pytest
from slack_sdk.webhook import WebhookClient

from bot.emulator import response_urls

BUTTON = {"type": "button", "action_id": "ja", "text": {"type": "plain_text", "text": "Ja"}}
ROW = {"type": "actions", "elements": [BUTTON]}


@pytest.fixture
def bot(connect):
    return connect()


@pytest.fixture
def from_command(bot, control):
    control("command", user="sanne", channel="#fans", command="/fan")
    return WebhookClient(bot.next().payload["response_url"])


@pytest.fixture
def from_click(bot, control, slack):
    slack.chat_postMessage(channel="C0FANS", text="vraag", blocks=[ROW])
    control("click", user="sanne", action_id="ja")
    return WebhookClient(bot.next().payload["response_url"])


def texts(messages):
    return [message["text"] for message in messages]


def test_an_answer_is_for_the_person_alone(from_command, control):
    answer = from_command.send(text="psst")

    assert (answer.status_code, answer.body) == (200, "ok")
    assert texts(control.get("ephemerals", user="sanne")) == ["psst"]
    assert control.get("messages", channel="#fans") == []


def test_an_answer_can_be_for_the_channel(from_command, control):
    from_command.send(text="hoi", response_type="in_channel")

    assert texts(control.get("messages", channel="#fans")) == ["hoi"]


def test_an_answer_can_replace_the_message_that_was_clicked(from_click, control):
    from_click.send(text="antwoord", replace_original=True)

    [message] = control.get("messages", channel="#fans")
    assert (message["text"], message["blocks"]) == ("antwoord", [])


def test_an_answer_can_delete_the_message_that_was_clicked(from_click, control, refused):
    from_click.send(delete_original=True)

    assert control.get("messages", channel="#fans") == []
    assert "message_not_found" in from_click.send(text="te laat", replace_original=True).body


def test_without_a_word_on_the_original_an_answer_comes_beside_it(from_click, control):
    from_click.send(text="psst")

    assert texts(control.get("messages", channel="#fans")) == ["vraag"]
    assert texts(control.get("ephemerals", user="sanne")) == ["psst"]


def test_an_ephemeral_message_can_be_replaced_and_deleted(bot, control, slack):
    slack.chat_postEphemeral(channel="C0FANS", user="U0SANNE", text="vraag", blocks=[ROW])
    control("click", user="sanne", action_id="ja")
    webhook = WebhookClient(bot.next().payload["response_url"])

    webhook.send(text="antwoord", replace_original=True)
    assert texts(control.get("ephemerals", user="sanne")) == ["antwoord"]
    webhook.send(delete_original=True)
    assert control.get("ephemerals", user="sanne") == []


def test_an_address_serves_five_times(from_command):
    answers = [from_command.send(text=str(number)) for number in range(response_urls.USES + 1)]

    assert [answer.status_code for answer in answers] == [200] * 5 + [404]
    assert answers[-1].body == "used_url"


def test_an_address_serves_half_an_hour(from_command, control):
    control("clock", advance=response_urls.LIFETIME - 10)
    assert from_command.send(text="nog net").status_code == 200

    control("clock", advance=11)
    late = from_command.send(text="te laat")
    assert (late.status_code, late.body) == (404, "expired_url")


def test_an_address_that_was_never_given_is_expired(url):
    assert httpx.post(f"{url}/response/verzonnen", json={"text": "x"}).status_code == 404


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"response_type": "in_channel"}, "no_text"),
        ({"text": "x" * 4001}, "msg_too_long"),
        ({"text": "x", "blocks": [{"type": "meter"}]}, "invalid"),
    ],
)
def test_an_answer_that_slack_refuses_is_refused(from_command, body, error):
    assert error in from_command.send_dict(body).body


def test_an_answer_that_is_no_json_is_refused(from_command):
    assert httpx.post(from_command.url, content=b"hoi").text == "invalid_payload"
