"""How methods are called: tokens, the ways to send arguments, what goes wrong before a method begins."""

import httpx
import pytest
from slack_sdk import WebClient

from bot.emulator.server import Emulator, running


def test_a_token_is_needed(url):
    assert httpx.post(f"{url}/api/auth.test").json() == {"ok": False, "error": "not_authed"}


def test_an_api_test_needs_no_token(url):
    assert httpx.post(f"{url}/api/api.test", data={"foo": "bar"}).json() == {"ok": True, "args": {"foo": "bar"}}


@pytest.mark.parametrize(
    ("token", "method", "error"),
    [
        ("xoxp-anders", "auth.test", "invalid_auth"),
        ("xapp-1", "auth.test", "not_allowed_token_type"),
        ("xoxb-1", "apps.connections.open", "not_allowed_token_type"),
        ("xoxb-1", "chat.postMesage", "unknown_method"),
    ],
)
def test_a_call_that_fits_no_method_is_refused(url, token, method, error):
    answer = httpx.post(f"{url}/api/{method}", headers={"Authorization": f"Bearer {token}"})

    assert (answer.status_code, answer.json()["error"]) == (200, error)


def test_an_emulator_can_insist_on_its_own_tokens(refused):
    with running(Emulator(tokens=["xoxb-goed"])) as url:
        assert WebClient("xoxb-goed", base_url=f"{url}/api/").auth_test()["team_id"] == "T0LINDE"
        assert refused(WebClient("xoxb-fout", base_url=f"{url}/api/").auth_test).response["error"] == "invalid_auth"


@pytest.mark.parametrize(
    "send",
    [
        lambda url, fields: httpx.get(url, params={**fields, "token": "xoxb-1"}),
        lambda url, fields: httpx.post(url, data={**fields, "token": "xoxb-1"}),
        lambda url, fields: httpx.post(url, json={**fields, "token": "xoxb-1"}),
        lambda url, fields: httpx.post(url, json=fields, headers={"Authorization": "Bearer xoxb-1"}),
        lambda url, fields: httpx.post(url, params=fields, data={"token": "xoxb-1"}),
        lambda url, fields: httpx.post(url, files={"x": b"y"}, data={**fields, "token": "xoxb-1"}),
    ],
)
def test_arguments_come_in_each_way_that_clients_have(url, send):
    assert send(f"{url}/api/users.info", {"user": "U0SANNE"}).json()["user"]["name"] == "sanne"


@pytest.mark.parametrize(("body", "error"), [(b"{", "invalid_json"), (b"[]", "json_not_object")])
def test_a_body_that_is_no_json_object_is_refused(url, body, error):
    answer = httpx.post(f"{url}/api/auth.test", content=body, headers={"Content-Type": "application/json"})

    assert answer.json()["error"] == error


def test_calls_are_kept_with_their_arguments_and_answers(slack, control):
    slack.chat_postMessage(channel="C0FANS", text="hoi")
    slack.auth_test()

    [call] = control.get("calls", method="chat.postMessage")
    assert call["arguments"]["text"] == "hoi"
    assert call["answer"]["ok"]


def test_a_call_to_a_method_is_refused_when_its_rate_is_kept(slack, control, refused):
    control("faults", rates=True)

    for _ in range(20):
        slack.users_list()
    error = refused(slack.users_list)

    assert error.response.status_code == 429
    assert 1 <= int(error.response.headers["Retry-After"]) <= 60


def test_a_channel_takes_about_one_message_a_second_when_rates_are_kept(slack, control, refused):
    control("faults", rates=True)

    def flood():
        for _ in range(20):
            slack.chat_postMessage(channel="C0FANS", text="hoi")

    assert refused(flood).response.headers["Retry-After"] == "1"
    assert slack.chat_postMessage(channel="C0KLANTWAND", text="elders wel")["ok"]


@pytest.mark.parametrize(
    ("method", "arguments", "most"),
    [
        ("users.info", {"user": "U0SANNE"}, 100),
        ("chat.postEphemeral", {"channel": "C0FANS", "user": "U0SANNE", "text": "x"}, 100),
        ("conversations.members", {"channel": "C0FANS"}, 100),
        ("files.info", {"file": "F1"}, 100),
        ("views.publish", {"user_id": "U0SANNE", "view": {"type": "home", "blocks": []}}, 100),
        ("chat.update", {"channel": "C0FANS", "ts": "1.0", "text": "x"}, 50),
        ("chat.delete", {"channel": "C0FANS", "ts": "1.0"}, 50),
        ("conversations.open", {"users": "U0SANNE"}, 50),
        ("conversations.info", {"channel": "C0FANS"}, 50),
        ("conversations.history", {"channel": "C0FANS"}, 50),
        ("conversations.replies", {"channel": "C0FANS", "ts": "1.0"}, 50),
        ("conversations.join", {"channel": "C0FANS"}, 50),
        ("reactions.add", {"channel": "C0FANS", "timestamp": "1.0", "name": "eyes"}, 50),
        ("users.list", {"limit": 1}, 20),
        ("conversations.list", {}, 20),
        ("usergroups.list", {}, 20),
    ],
)
def test_each_method_has_the_rate_of_its_tier(url, control, method, arguments, most):
    """Whether a call goes well or not, it counts."""
    control("faults", rates=True)
    with httpx.Client(headers={"Authorization": "Bearer xoxb-test"}) as app:
        codes = [app.post(f"{url}/api/{method}", json=arguments).status_code for _ in range(most + 1)]

    assert codes == [200] * most + [429]


def test_a_person_s_channel_is_one_by_either_name(slack, control, refused):
    control("faults", rates=True)

    def flood():
        for _ in range(10):
            slack.chat_postMessage(channel="U0SANNE", text="hoi")
            slack.chat_postMessage(channel="D0SANNE", text="hoi")

    flooded = refused(flood)
    assert flooded.response.headers["Retry-After"] == "1"
    assert len(control.get("messages", channel="@sanne")) < 10
