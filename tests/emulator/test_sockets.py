"""Socket Mode as slack_sdk's own client speaks it: hello, envelopes, acks, reconnects, large frames."""

import json
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from queue import Queue

import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from bot.emulator import sockets
from tests.emulator.clients import NO_ACK, PATIENCE, hang_up

UPGRADE = (
    "GET /socket/{ticket} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)


def handshake(url, ticket):
    """The raw socket after the answer to the handshake, and its status."""
    host, port = url.removeprefix("http://").split(":")
    raw = socket.create_connection((host, int(port)), timeout=PATIENCE)
    raw.sendall(UPGRADE.format(ticket=ticket).encode())
    head = b""
    while b"\r\n\r\n" not in head:
        head += raw.recv(1)
    return raw, int(head.split()[1])


def frame(raw):
    """The text of one short frame of the server."""
    first = raw.recv(2)
    size = first[1] if first[1] < 126 else int.from_bytes(raw.recv(2), "big")
    return json.loads(raw.recv(size))


def test_a_connection_begins_with_hello(emulator, url):
    raw, status = handshake(url, emulator.delivery.sockets.ticket())
    with raw:
        hello = frame(raw)

    assert status == 101
    assert hello["connection_info"] == {"app_id": "A0BOT"}
    assert (hello["type"], hello["num_connections"]) == ("hello", 1)
    assert hello["debug_info"]["host"]


def test_a_ticket_lets_in_once(emulator, url):
    ticket = emulator.delivery.sockets.ticket()
    for expected in (101, 403):
        raw, status = handshake(url, ticket)
        with raw:
            assert status == expected


def test_an_eleventh_connection_is_sent_away(emulator, url):
    opened = [handshake(url, emulator.delivery.sockets.ticket())[0] for _ in range(sockets.MOST_CONNECTIONS)]
    for raw in opened:
        frame(raw)

    eleventh, _ = handshake(url, emulator.delivery.sockets.ticket())

    assert frame(eleventh)["reason"] == "too_many_websockets"
    for raw in [*opened, eleventh]:
        raw.close()


def test_an_address_for_a_socket_comes_from_the_request(url):
    answer = WebClient(base_url=f"{url}/api/").apps_connections_open(app_token="xapp-1")

    assert answer["url"].startswith(url.replace("http", "ws"))


def test_a_command_reaches_the_bot_and_its_answer_comes_back(connect, control):
    bot = connect(lambda _request: {"text": "gehoord"})

    outcome = control("command", user="sanne", channel="#fans", command="/fan", text="Mevrouw Smit & zoon")

    request = bot.next()
    assert outcome["ack"] == {"text": "gehoord"}
    assert request.type == "slash_commands"
    assert request.accepts_response_payload
    assert request.payload["text"] == "Mevrouw Smit &amp; zoon"


def test_without_a_connection_a_command_fails_at_once(control):
    outcome = control("command", user="sanne", channel="#fans", command="/fan")

    assert (outcome["ok"], outcome["failure"]) == (False, "no_connection")
    assert "dispatch_failed" in control.get("ephemerals", user="sanne")[0]["text"]


def test_without_an_ack_a_command_times_out(connect, control, monkeypatch):
    monkeypatch.setattr(sockets, "ACK_SECONDS", 0.1)
    connect(lambda _request: NO_ACK)

    outcome = control("command", user="sanne", channel="#fans", command="/fan")

    assert outcome["failure"] == "timeout"
    assert "operation_timeout" in control.get("ephemerals", user="sanne")[0]["text"]


def test_an_ack_may_come_over_another_connection(connect, control):
    """slack_sdk sends it over its current session, which after a reconnect isn't the one the envelope came by."""
    other = connect()

    def ack_elsewhere(request):
        other.client.send_socket_mode_response({"envelope_id": request.envelope_id})
        return NO_ACK

    connect(ack_elsewhere)

    assert all(control("command", user="sanne", channel="#fans", command="/fan")["ok"] for _ in range(2))


def test_a_client_reconnects_when_asked(connect, control):
    bot = connect()

    assert control("disconnect")["connections"] == 1
    bot.await_word('"hello"')

    assert control("command", user="sanne", channel="#fans", command="/fan")["ok"]


def test_a_client_reconnects_after_a_cut(connect, control):
    bot = connect()

    assert control("disconnect", cut=True)["connections"] == 1
    bot.await_word('"hello"')

    assert control("command", user="sanne", channel="#fans", command="/fan")["ok"]


def test_each_envelope_goes_to_one_connection(connect, control):
    bots = [connect(), connect()]

    for _ in range(6):
        control("command", user="sanne", channel="#fans", command="/fan")

    heard = [[bot.next().envelope_id for _ in range(3)] for bot in bots]
    assert len({*heard[0], *heard[1]}) == 6
    assert all(bot.requests.empty() for bot in bots)


def test_large_frames_that_come_together_all_arrive(connect, control, slack):
    connect(lambda request: {"response_type": "in_channel", "text": request.payload["text"][:10]})
    long = "x" * 60_000

    def command(number):
        return control("command", user="sanne", channel="#fans", command="/fan", text=f"{number} {long}")["ok"]

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(command, range(8)))
    assert len(control.get("messages", channel="#fans")) == 8


def test_a_client_s_ping_is_answered(connect, control):
    bot = connect()
    session = bot.client.current_session
    before = session.last_ping_pong_time

    session.ping(f"{session.session_id}:{time.time()}")
    control("command", user="sanne", channel="#fans", command="/fan")

    assert session.last_ping_pong_time > (before or 0)


@pytest.fixture
def bolt(url):
    return App(
        client=WebClient("xoxb-test", base_url=f"{url}/api/"),
        token_verification_enabled=False,
        process_before_response=True,
    )


@pytest.fixture
def started(bolt, url):
    handlers = []

    def start():
        web = WebClient("xoxb-test", base_url=f"{url}/api/")
        handler = SocketModeHandler(bolt, "xapp-test", web_client=web)
        handler.client.receive_buffer_size = 65_536
        hello = Queue()
        handler.client.on_message_listeners.append(hello.put)
        handler.connect()
        hello.get(timeout=PATIENCE)
        handlers.append(handler)

    yield start
    for handler in handlers:
        hang_up(url, handler.client)


def test_a_bolt_app_opens_a_modal_and_reads_what_is_submitted(bolt, started, control):
    told = Queue()
    view = {
        "type": "modal",
        "callback_id": "verhaal",
        "title": {"type": "plain_text", "text": "Verhaal"},
        "submit": {"type": "plain_text", "text": "Delen"},
        "blocks": [
            {
                "type": "input",
                "block_id": "tekst",
                "label": {"type": "plain_text", "text": "Wat gebeurde er?"},
                "element": {"type": "plain_text_input", "action_id": "invoer"},
            }
        ],
    }

    @bolt.command("/fan")
    def fan(ack, body, client):
        client.views_open(trigger_id=body["trigger_id"], view=view)
        ack()

    @bolt.view("verhaal")
    def shared(ack, body, client):
        told.put(body["view"]["state"]["values"]["tekst"]["invoer"]["value"])
        client.chat_postMessage(channel="C0FANS", text="gedeeld")
        ack()

    started()
    assert control("command", user="bram", channel="#fans", command="/fan")["ok"]
    outcome = control("submit", user="bram", values={"Wat gebeurde er?": "Taart & koffie"})

    assert (outcome["ok"], outcome["closed"]) == (True, True)
    assert told.get(timeout=PATIENCE) == "Taart & koffie"
    assert control.get("messages", channel="#fans")[0]["text"] == "gedeeld"


def test_a_bolt_app_hears_home_and_direct_messages(bolt, started, control):
    heard = Queue()

    @bolt.event("app_home_opened")
    def opened(event, client):
        client.views_publish(user_id=event["user"], view={"type": "home", "blocks": [{"type": "divider"}]})
        heard.put(event["tab"])

    @bolt.event("message")
    def message(event):
        heard.put((event["channel_type"], event["text"]))

    started()
    control("home", user="fatima")
    control("say", user="fatima", channel="@fatima", text="hoi <b>")

    assert heard.get(timeout=PATIENCE) == "home"
    assert heard.get(timeout=PATIENCE) == ("im", "hoi &lt;b&gt;")
    assert control.get("home", user="fatima")["type"] == "home"
