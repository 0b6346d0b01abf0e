"""Requests that no honest client sends: each is refused, and the page and the record live on."""

import httpx
import pytest

from bot.emulator import sockets
from bot.emulator.json_text import DEEPEST, read_json
from tests.emulator.clients import PATIENCE

DEEP = "[" * 50_000 + "]" * 50_000
LONG_NUMBER = "9" * 5000
ODD = {"half a character": r'"a\ud800"', "NaN": "NaN", "infinity": "1e999", "a nest": DEEP, "a number": LONG_NUMBER}


@pytest.fixture
def http(url):
    with httpx.Client(base_url=url, trust_env=False, timeout=PATIENCE) as client:
        yield client


@pytest.fixture
def call(http):
    """One call of the Web API, with a body as it is."""

    def post(method, body="", **more):
        headers = {"Authorization": "Bearer xoxb-1", "Content-Type": "application/json", **more}
        return http.post(f"/api/{method}", content=body, headers=headers)

    return post


def lives_on(http, channel="C0FANS"):
    pages = [f"/?as=U0SANNE&at={channel}", f"/?as=U0SANNE&at={channel}&developer=1", "/control/calls"]
    return [http.get(page).status_code for page in pages] == [200] * len(pages)


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_json_that_could_not_be_kept_is_refused_by_the_web_api(call, http, emulator, odd):
    metadata = f'{{"event_type": "a", "event_payload": {{"v": {odd}}}}}'

    answer = call("chat.postMessage", f'{{"channel": "C0FANS", "text": "x", "metadata": {metadata}}}')

    assert answer.json()["error"] == "invalid_json"
    assert emulator.workspace.messages["C0FANS"] == []
    in_a_form = http.post("/api/chat.postMessage", data={"token": "xoxb-1", "channel": "C0FANS", "metadata": metadata})
    assert not in_a_form.json()["ok"]
    assert lives_on(http)


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
@pytest.mark.parametrize("deed", ["say", "clock", "user", "manifest"])
def test_json_that_could_not_be_kept_is_refused_by_the_control_interface(http, deed, odd):
    answer = http.post(f"/control/{deed}", content=f'{{"user": "sanne", "channel": "#fans", "text": {odd}}}')

    assert (answer.status_code, answer.json()["error"][:5]) == (400, "body:")


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_json_that_could_not_be_kept_is_refused_at_a_response_address(http, connect, control, emulator, odd):
    bot = connect()
    control("command", user="sanne", channel="#fans", command="/fan")
    address = bot.next().payload["response_url"]

    assert http.post(address, content=f'{{"text": {odd}}}').text == "invalid_payload"
    assert lives_on(http)


def test_what_is_nested_as_deep_as_may_be_is_read():
    assert read_json("[" * DEEPEST + "]" * DEEPEST)
    with pytest.raises(ValueError, match="deep"):
        read_json("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1))


def test_an_answer_that_could_not_be_kept_is_no_answer(http, connect, control, monkeypatch):
    monkeypatch.setattr(sockets, "ACK_SECONDS", 0.2)
    connect(lambda request: {"text": "a\ud800"})

    assert control("command", user="sanne", channel="#fans", command="/fan")["failure"] == "timeout"
    assert lives_on(http)


@pytest.mark.parametrize(
    ("method", "arguments", "error"),
    [
        ("conversations.history", {"channel": "C0FANS", "limit": LONG_NUMBER}, "invalid_limit"),
        ("conversations.history", {"channel": "C0FANS", "limit": "٣"}, "invalid_limit"),
        ("files.getUploadURLExternal", {"filename": "x", "length": LONG_NUMBER}, "invalid_arguments"),
        ("chat.postMessage", {"channel": "C0FANS", "text": "x", "thread_ts": "nooit"}, "invalid_thread_ts"),
        (
            "chat.postEphemeral",
            {"channel": "C0FANS", "user": "U0SANNE", "text": "x", "thread_ts": "nooit"},
            "invalid_thread_ts",
        ),
    ],
)
def test_an_argument_that_is_no_such_number_is_refused(http, method, arguments, error):
    assert http.post(f"/api/{method}", data={"token": "xoxb-1", **arguments}).json()["error"] == error
    assert lives_on(http)


@pytest.mark.parametrize("number", [LONG_NUMBER, "-1", "x", "٣"])
def test_an_exchange_of_an_odd_number_is_not_there(http, number):
    assert http.get(f"/exchanges/{number}").status_code == 404


def test_a_file_in_the_place_of_an_argument_is_refused_and_kept_on_record(http):
    fields = {"token": "xoxb-1", "channel": "C0FANS", "text": "x"}
    answer = http.post("/api/chat.postMessage", data=fields, files={"blocks": ("a", "[]")})

    assert answer.json()["error"] == "invalid_blocks_format"
    assert lives_on(http)


@pytest.mark.parametrize("thread", [{"a": 1}, [1], "nooit"])
def test_a_thread_that_is_no_timestamp_is_refused_at_a_response_address(http, connect, control, thread):
    bot = connect()
    control("command", user="sanne", channel="#fans", command="/fan")

    body = {"text": "x", "thread_ts": thread, "response_type": "in_channel"}
    assert http.post(bot.next().payload["response_url"], json=body).json()["error"] == "invalid_thread_ts"
    assert control.get("messages", channel="#fans") == []
    assert lives_on(http)


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://elders.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}],
)
def test_a_page_from_elsewhere_can_not_call_the_web_api(http, call, emulator, headers):
    assert call("chat.postMessage", '{"channel": "C0FANS", "text": "x"}', **headers).status_code == 403
    image = {"token": "xoxb-1", "channel": "C0FANS", "text": "x"}
    assert http.get("/api/chat.postMessage", params=image, headers=headers).status_code == 403
    assert emulator.workspace.messages["C0FANS"] == []


def test_nobody_answers_in_a_thread_that_is_not_there(http, emulator, control):
    said = {"as": "U0SANNE", "channel": "C0FANS", "text": "hoi", "thread": "1.000001"}

    assert http.post("/do/say", data=said).text == "Dat kan niet: thread_not_found."
    assert control.post("say", user="sanne", channel="#fans", text="hoi", thread_ts="1.000001").status_code == 400
    assert emulator.workspace.messages["C0FANS"] == []


MENUS = [
    {"type": "users_select", "action_id": "wie"},
    {"type": "channels_select", "action_id": "waar"},
    {"type": "conversations_select", "action_id": "gesprek"},
]


@pytest.mark.parametrize(
    ("action", "value", "error"),
    [
        ("wie", "UNIEMAND", "user_not_found"),
        ("waar", "CNERGENS", "channel_not_found"),
        ("waar", "D0BRAM", "channel_not_found"),
        ("gesprek", "CNERGENS", "channel_not_found"),
    ],
)
def test_who_or_what_is_not_in_the_workspace_can_not_be_chosen(http, emulator, slack, action, value, error):
    emulator.workspace.im_of("U0BRAM")
    words = {"type": "plain_text", "text": "x"}
    fields = [{"type": "input", "block_id": one["action_id"], "label": words, "element": one} for one in MENUS]
    view = {"type": "modal", "title": words, "submit": words, "blocks": fields}
    opened = emulator.teams["T0LINDE"].views.open("U0SANNE", view)
    ts = slack.chat_postMessage(
        channel="C0FANS", text="x", blocks=[{"type": "actions", "block_id": "b", "elements": MENUS}]
    )["ts"]

    submitted = {"as": "U0SANNE", "view": opened.id, f"{action}|{action}": value}
    assert http.post("/do/submit", data=submitted).text == f"Dat kan niet: {error}."
    clicked = {"as": "U0SANNE", "channel": "C0FANS", "ts": ts, "block": "b", "action": action, "value": value}
    assert http.post("/do/click", data=clicked).text == f"Dat kan niet: {error}."
