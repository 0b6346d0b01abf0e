"""Clicks on messages, in modals and in Home; commands, shortcuts, and what people say."""

import pytest

from bot.emulator import triggers
from bot.emulator.model import Channel

BUTTONS = {
    "type": "actions",
    "block_id": "knoppen",
    "elements": [
        {"type": "button", "action_id": "ja", "text": {"type": "plain_text", "text": "Ja"}, "value": "1"},
        {"type": "button", "action_id": "nee", "text": {"type": "plain_text", "text": "Nee"}, "value": "2"},
    ],
}
SELECT = {
    "type": "section",
    "block_id": "keuze",
    "text": {"type": "mrkdwn", "text": "Kies"},
    "accessory": {
        "type": "static_select",
        "action_id": "kleur",
        "options": [{"text": {"type": "plain_text", "text": "Rood"}, "value": "red"}],
    },
}
MODAL = {"type": "modal", "title": {"type": "plain_text", "text": "Titel"}, "blocks": [BUTTONS, SELECT]}


def test_a_click_on_a_message_tells_the_bot_where_and_what(connect, control, slack):
    bot = connect()
    ts = slack.chat_postMessage(channel="C0FANS", text="hoi", blocks=[BUTTONS])["ts"]

    assert control("click", user="bram", action_id="nee")["ok"]

    payload = bot.next().payload
    [action] = payload["actions"]
    assert payload["type"] == "block_actions"
    assert payload["user"]["id"] == "U0BRAM"
    assert payload["container"] == {
        "type": "message",
        "message_ts": ts,
        "channel_id": "C0FANS",
        "is_ephemeral": False,
    }
    assert payload["message"]["ts"] == ts
    assert payload["response_url"].startswith("http://127.0.0.1:")
    assert (action["value"], action["block_id"], action["text"]["text"]) == ("2", "knoppen", "Nee")


def test_a_click_in_home_tells_the_view(connect, control, slack):
    bot = connect()
    slack.views_publish(user_id="U0BRAM", view={"type": "home", "blocks": [SELECT]})

    assert control("click", user="bram", action_id="kleur", value="Rood")["ok"]

    payload = bot.next().payload
    assert payload["container"]["type"] == "view"
    assert payload["view"]["type"] == "home"
    assert payload["view"]["state"]["values"]["keuze"]["kleur"]["selected_option"]["value"] == "red"
    assert payload["actions"][0]["selected_option"]["value"] == "red"
    assert "response_url" not in payload


def test_the_newest_message_with_the_button_is_clicked(connect, control, slack):
    bot = connect()
    slack.chat_postMessage(channel="C0FANS", text="oud", blocks=[BUTTONS])
    newest = slack.chat_postMessage(channel="C0KLANTWAND", text="nieuw", blocks=[BUTTONS])["ts"]

    control("click", user="bram", action_id="ja")

    assert bot.next().payload["message"]["ts"] == newest


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"user": "niemand", "action_id": "ja"}, "user"),
        ({"user": "bram"}, "action_id"),
        ({"user": "bram", "action_id": "weg"}, "action_id"),
        ({"user": "bram", "action_id": "ja", "text": "Misschien"}, "action_id"),
        ({"user": "bram", "action_id": "ja", "value": "9"}, "action_id"),
        ({"user": "bram", "action_id": "ja", "channel": "#weg"}, "channel"),
        ({"user": "bram", "action_id": "ja", "view_id": "V1"}, "view_id"),
        ({"user": "bram", "action_id": "ja", "ts": "1.0"}, "action_id"),
    ],
)
def test_a_click_on_nothing_names_what_is_wrong(control, slack, asked, field):
    slack.chat_postMessage(channel="C0FANS", text="hoi", blocks=[BUTTONS])

    response = control.post("click", **asked)

    assert response.status_code == 400
    assert response.json()["error"].startswith(f"{field}:")


def test_a_button_for_others_can_not_be_clicked(connect, control, slack):
    connect()
    button = {**BUTTONS["elements"][0], "visible_to_user_ids": ["U0FATIMA"]}
    slack.chat_postMessage(channel="C0FANS", text="hoi", blocks=[{"type": "actions", "elements": [button]}])

    assert "can't see" in control.post("click", user="bram", action_id="ja").json()["error"]
    assert control("click", user="fatima", action_id="ja")["ok"]


def test_a_click_that_nobody_answers_leaves_a_word_at_the_message(control, slack):
    slack.chat_postMessage(channel="C0FANS", text="hoi", blocks=[BUTTONS])

    assert control("click", user="bram", action_id="ja")["failure"] == "no_connection"
    assert "trouble" in control.get("messages", channel="#fans")[0]["failed"]


def test_an_ephemeral_button_can_be_clicked(connect, control, slack):
    bot = connect()
    slack.chat_postEphemeral(channel="C0FANS", user="U0BRAM", text="psst", blocks=[BUTTONS])

    assert control("click", user="bram", action_id="ja")["ok"]
    payload = bot.next().payload
    assert payload["container"]["is_ephemeral"]
    assert "message" not in payload


def test_a_command_has_slack_s_fields(connect, control):
    bot = connect()

    control("command", user="sanne", channel="#fans", command="/fan", text="help")

    payload = bot.next().payload
    assert payload["channel_name"] == "fans"
    assert payload["is_enterprise_install"] == "false"
    assert {"token", "team_id", "team_domain", "user_name", "api_app_id", "response_url", "trigger_id"} <= set(payload)


def test_a_command_is_answered_to_the_person_or_to_the_channel(connect, control):
    connect(lambda request: {"text": "klaar", "response_type": request.payload["text"]})

    control("command", user="sanne", channel="#fans", command="/fan", text="ephemeral")
    control("command", user="sanne", channel="#fans", command="/fan", text="in_channel")

    assert [m["text"] for m in control.get("ephemerals", user="sanne")] == ["klaar"]
    assert [m["text"] for m in control.get("messages", channel="#fans")] == ["klaar"]


def test_a_command_that_the_manifest_does_not_know_never_reaches_the_bot(connect, control):
    bot = connect()
    control("manifest", features={"slash_commands": [{"command": "/fan"}]})

    outcome = control("command", user="sanne", channel="#fans", command="/fen")

    assert outcome["failure"] == "unknown_command"
    assert "not a valid command" in control.get("ephemerals", user="sanne")[0]["text"]
    assert bot.requests.empty()


def test_a_command_typed_as_a_message_is_a_command(connect, control):
    bot = connect()

    control("say", user="sanne", channel="#fans", text="/fan mooi  verhaal")

    assert bot.next().payload["text"] == "mooi  verhaal"
    assert control.get("messages", channel="#fans") == []


def test_a_command_does_not_work_in_a_thread(connect, control, slack):
    bot = connect()
    ts = slack.chat_postMessage(channel="C0FANS", text="hoi")["ts"]

    control("say", user="sanne", channel="#fans", text="/fan", thread_ts=ts)

    assert "not supported in threads" in control.get("ephemerals", user="sanne")[0]["text"]
    assert bot.requests.empty()


def test_names_in_a_command_are_resolved_when_the_manifest_says_so(connect, control):
    bot = connect()
    control("manifest", features={"slash_commands": [{"command": "/fan", "should_escape": True}]})

    control("command", user="sanne", channel="#fans", command="/fan", text="met @bram in #fans, niet @niemand & co")

    assert bot.next().payload["text"] == "met <@U0BRAM|bram> in <#C0FANS|fans>, niet @niemand &amp; co"


def test_somebody_who_is_no_member_can_not_type_in_a_channel(control):
    response = control.post("say", user="gast", channel="#fans", text="hoi")

    assert (response.status_code, response.json()["error"]) == (400, "not_in_channel")


def test_somebody_who_left_can_not_do_anything(control):
    assert control.post("home", user="petra").json()["error"] == "account_inactive"


def test_what_people_say_to_the_bot_reaches_it_and_what_they_say_in_a_channel_does_not(connect, control):
    bot = connect()

    control("say", user="sanne", channel="#fans", text="in het kanaal")
    control("say", user="sanne", channel="@sanne", text="tegen @bram & jou")

    event = bot.next().payload["event"]
    assert (event["type"], event["channel_type"], event["text"]) == ("message", "im", "tegen <@U0BRAM> &amp; jou")
    assert event["client_msg_id"]
    assert event["blocks"][0]["elements"][0]["elements"][1] == {"type": "user", "user_id": "U0BRAM"}
    assert bot.requests.empty()


def test_events_that_the_manifest_does_not_ask_for_do_not_come(connect, control):
    bot = connect()
    control("manifest", settings={"event_subscriptions": {"bot_events": ["message.im"]}})

    control("home", user="sanne")
    control("say", user="sanne", text="hoi")

    assert bot.next().payload["event"]["type"] == "message"


def test_a_global_and_a_message_shortcut_reach_the_bot(connect, control, slack):
    bot = connect()
    ts = slack.chat_postMessage(channel="C0FANS", text="hoi")["ts"]

    control("shortcut", user="sanne", callback_id="vertel")
    control("shortcut", user="sanne", callback_id="bewaar", channel="#fans", ts=ts)

    first, second = bot.next().payload, bot.next().payload
    assert (first["type"], first["callback_id"]) == ("shortcut", "vertel")
    assert (second["type"], second["message"]["text"]) == ("message_action", "hoi")
    assert second["response_url"]


def test_a_message_shortcut_tells_where_the_message_is_also_where_the_bot_is_not(connect, control, emulator, slack):
    bot = connect()
    private = Channel("C0STIL", "stil", members={"U0SANNE"}, is_private=True)
    emulator.workspace.add_channel(private)
    said = {}
    for place in ("#stil", "#algemeen", "@sanne"):
        control("say", user="sanne", channel=place, text="Klant belde: <geweldig> & @bram hielp")
        said[place] = control.get("messages", channel=place)[-1]["ts"]
    while not bot.requests.empty():
        bot.next()

    heard = []
    for place, ts in said.items():
        control("shortcut", user="sanne", callback_id="bewaar", channel=place, ts=ts)
        heard.append(next(one for one in iter(lambda: bot.next().payload, None) if one["type"] == "message_action"))

    assert [one["channel"] for one in heard] == [
        {"id": "C0STIL", "name": "privategroup"},
        {"id": "C0ALGEMEEN", "name": "algemeen"},
        {"id": "D0SANNE", "name": "directmessage"},
    ]
    assert {one["message"]["text"] for one in heard} == {"Klant belde: &lt;geweldig&gt; &amp; <@U0BRAM> hielp"}
    assert {one["message"]["user"] for one in heard} == {"U0SANNE"}


def test_nobody_takes_a_message_from_a_private_channel_that_they_are_not_in(control, emulator):
    emulator.workspace.add_channel(Channel("C0STIL", "stil", members={"U0SANNE"}, is_private=True))
    control("say", user="sanne", channel="#stil", text="onder ons")
    ts = control.get("messages", channel="#stil")[0]["ts"]

    assert control.post("shortcut", user="bram", callback_id="bewaar", channel="#stil", ts=ts).status_code == 400


def test_a_private_channel_is_not_there_for_a_bot_that_nobody_invited(emulator, slack, refused):
    emulator.workspace.add_channel(Channel("C0STIL", "stil", members={"U0SANNE"}, is_private=True))
    for call, more in (
        (slack.conversations_info, {}), (slack.conversations_history, {}), (slack.conversations_join, {}),
        (slack.chat_postMessage, {"text": "hoi"}),
    ):  # fmt: skip
        assert refused(call, channel="C0STIL", **more).response["error"] == "channel_not_found"
    assert slack.conversations_list(types="private_channel")["channels"] == []

    emulator.workspace.channels["C0STIL"].members.add("U0BOT")
    [listed] = slack.conversations_list(types="private_channel")["channels"]
    assert (listed["id"], listed["is_private"], listed["is_channel"]) == ("C0STIL", True, False)
    assert slack.chat_postMessage(channel="C0STIL", text="hoi")["ok"]
    assert refused(slack.conversations_join, channel="C0STIL").response["error"] == (
        "method_not_supported_for_channel_type"
    )


def test_a_trigger_can_be_used_once(connect, control, slack, refused):
    bot = connect()
    control("shortcut", user="sanne", callback_id="vertel")
    trigger = bot.next().payload["trigger_id"]

    slack.views_open(trigger_id=trigger, view=MODAL)

    assert refused(slack.views_open, trigger_id=trigger, view=MODAL).response["error"] == "exchanged_trigger_id"


def test_a_trigger_expires_and_must_be_a_real_one(connect, control, slack, refused, monkeypatch):
    bot = connect()
    control("shortcut", user="sanne", callback_id="vertel")
    monkeypatch.setattr(triggers, "LIFETIME", 0.0)

    late = refused(slack.views_open, trigger_id=bot.next().payload["trigger_id"], view=MODAL)
    invented = refused(slack.views_open, trigger_id="1.2.3", view=MODAL)

    assert late.response["error"] == "expired_trigger_id"
    assert invented.response["error"] == "invalid_trigger_id"
