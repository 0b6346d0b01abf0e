"""The control interface: the clock, people, events, waiting, and input that is no good."""

import threading
from datetime import datetime

import httpx
import pytest


def test_the_clock_can_be_set_and_moved(control):
    now = control("clock", now="2026-11-02T09:00:00+01:00")["now"]
    later = control("clock", advance=3600)["now"]

    assert now.startswith("2026-11-02T08:00")
    assert (datetime.fromisoformat(later) - datetime.fromisoformat(now)).total_seconds() == pytest.approx(3600, abs=30)


def test_who_listens_to_the_clock_hears_of_a_move(emulator, control):
    moments = []
    emulator.clock.on_move.append(moments.append)

    control("clock", now="2026-11-02T09:00:00+01:00")
    control("clock", reset=True)

    assert moments[0].isoformat().startswith("2026-11-02T08:00:00")
    assert len(moments) == 2


def test_messages_carry_the_clock_s_time(control, slack):
    control("clock", now="2030-01-01T00:00:00+00:00")

    assert slack.chat_postMessage(channel="C0FANS", text="hoi")["ts"].startswith("18934")


def test_somebody_new_and_a_change_are_told_to_the_bot(connect, control, slack):
    bot = connect()

    added = control("user", name="nieuw", real_name="Nora Nieuw")
    changed = control("user", id=added["id"], tz="Europe/Brussels", deleted=True)

    assert changed["id"] == added["id"]
    joined, change = bot.next().payload["event"], bot.next().payload["event"]
    assert (joined["type"], joined["user"]["real_name"]) == ("team_join", "Nora Nieuw")
    assert (change["type"], change["user"]["tz"], change["user"]["deleted"]) == ("user_change", "Europe/Brussels", True)
    assert slack.users_info(user=added["id"])["user"]["name"] == "nieuw"


def test_any_event_can_be_sent(connect, control, emulator):
    bot = connect()

    control("event", event={"type": "tokens_revoked", "tokens": {"bot": ["U0BOT"]}})
    control("event", type="member_joined_channel", user="gast", channel="#fans")

    revoked, joined = bot.next().payload, bot.next().payload
    assert revoked["event"]["tokens"] == {"bot": ["U0BOT"]}
    assert revoked["authorizations"][0]["user_id"] == "U0BOT"
    assert (joined["event"]["channel"], joined["event"]["user"]) == ("C0FANS", "U0GAST")
    assert "U0GAST" in emulator.workspace.channels["C0FANS"].members


def test_a_manifest_gives_the_app_its_name_commands_and_shortcuts(control, emulator):
    answer = control(
        "manifest",
        display_information={"name": "Fan"},
        features={
            "slash_commands": [{"command": "/fan", "usage_hint": "[verhaal]", "description": "Vertel"}],
            "shortcuts": [{"name": "Bewaar", "type": "message", "callback_id": "bewaar"}],
        },
    )

    workspace = emulator.workspace
    assert answer["commands"] == ["/fan"]
    assert (workspace.app_name, workspace.commands[0].usage) == ("Fan", "[verhaal]")
    assert (workspace.shortcuts[0].callback_id, workspace.shortcuts[0].kind) == ("bewaar", "message")


def test_a_shortcut_that_the_manifest_does_not_know_is_bad_input(control):
    control("manifest", features={"shortcuts": [{"name": "x", "type": "global", "callback_id": "wel"}]})

    assert control.post("shortcut", user="sanne", callback_id="niet").json()["error"] == "shortcut_not_found"


def test_people_and_channels_are_listed(control):
    users = {user["id"]: user for user in control.get("users")}
    channels = {channel["name"]: channel for channel in control.get("channels")}

    assert [name for name in users if users[name]["is_persona"]] == ["U0SANNE", "U0BRAM", "U0FATIMA", "U0JEROEN"]
    assert "U0BOT" in channels["fans"]["members"]


def test_a_script_can_wait_for_a_message(control, slack, url):
    found = []
    query = {"channel": "#fans", "contains": "tweede", "wait": 10}
    waiting = threading.Thread(
        target=lambda: found.extend(httpx.get(f"{url}/control/messages", params=query).json()["messages"])
    )
    waiting.start()

    slack.chat_postMessage(channel="C0FANS", text="eerste")
    slack.chat_postMessage(channel="C0FANS", text="tweede")
    waiting.join(10)

    assert [message["text"] for message in found] == ["tweede"]


def test_waiting_in_vain_gives_an_empty_answer(control):
    assert control.get("messages", channel="#fans", wait=0.05) == []
    assert control.get("home", user="sanne", wait=0.05) is None


@pytest.mark.parametrize(
    ("deed", "fields", "word"),
    [
        ("say", {"user": "sanne", "channel": "#fans"}, "text"),
        ("say", {"channel": "#fans", "text": "x"}, "user"),
        ("say", {"user": 7, "channel": "#fans", "text": "x"}, "user"),
        ("say", {"user": "sanne", "channel": "#weg", "text": "x"}, "channel"),
        ("command", {"user": "sanne", "channel": "#fans", "command": "fan"}, "command"),
        ("command", {"user": "sanne", "channel": "#fans"}, "command"),
        ("shortcut", {"user": "sanne"}, "callback_id"),
        ("submit", {"user": "sanne"}, "view_id"),
        ("submit", {"user": "sanne", "view_id": "V1"}, "view_id"),
        ("close", {"user": "sanne"}, "view_id"),
        ("home", {"user": "niemand"}, "user"),
        ("event", {}, "event"),
        ("event", {"event": "x"}, "event"),
        ("user", {"id": "U1"}, "name"),
        ("user", {"name": "x", "leeftijd": 7}, "leeftijd"),
        ("user", {"name": "x", "deleted": "ja"}, "deleted"),
        ("clock", {"now": "morgen"}, "now"),
        ("clock", {"now": "2026-11-02T09:00:00"}, "now"),
        ("clock", {"advance": "lang"}, "advance"),
        ("clock", {"advance": 1e30}, "clock"),
        ("clock", {"now": "0001-01-01T00:00:00+01:00"}, "clock"),
        ("manifest", {"features": []}, "manifest"),
        ("manifest", {"settings": {"event_subscriptions": {"bot_events": 7}}}, "manifest"),
        ("manifest", {"features": {"slash_commands": [{"command": "fan"}]}}, "manifest"),
        ("manifest", {"features": {"shortcuts": [{"name": "x"}]}}, "manifest"),
    ],
)
def test_bad_input_is_refused_and_names_its_field(control, deed, fields, word):
    response = control.post(deed, **fields)

    assert response.status_code == 400
    assert response.json()["ok"] is False
    assert response.json()["error"].startswith(f"{word}:")


@pytest.mark.parametrize("body", [b"{", b"[]", b'"hoi"'])
def test_a_body_that_is_no_object_is_refused(url, body):
    response = httpx.post(f"{url}/control/say", content=body)

    assert (response.status_code, response.json()["error"][:5]) == (400, "body:")


@pytest.mark.parametrize("what", ["messages", "ephemerals", "home", "views"])
def test_a_question_about_nobody_is_refused(url, what):
    assert httpx.get(f"{url}/control/{what}").status_code == 400


@pytest.mark.parametrize("origin", ["https://elders.example", "null", "http://["])
def test_a_page_from_elsewhere_can_not_control_the_workspace(url, origin):
    response = httpx.post(f"{url}/control/reset", headers={"Origin": origin})

    assert response.status_code == 403
