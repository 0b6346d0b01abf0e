"""Delivery to a request address: signed, form encoded or JSON, redelivered when it is an event."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Queue
from urllib.parse import parse_qs

import pytest
from slack_sdk.signature import SignatureVerifier

from bot.emulator import http_delivery
from bot.emulator.server import Emulator
from tests.emulator.clients import PATIENCE

SECRET = "geheim"


class Bot:
    """A small HTTP server that answers with what a test put in line, else with an empty 200."""

    def __init__(self):
        self.heard, self.answers, self.challenges = Queue(), Queue(), Queue()
        self.meets_challenge = str
        self.hold = threading.Event()
        self.hold.set()
        bot = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                if '"url_verification"' in body:
                    bot.challenges.put((dict(self.headers), body))
                    self.send_response(200)
                    self.end_headers()
                    self.wfile.write(bot.meets_challenge(json.loads(body)["challenge"]).encode())
                    return
                bot.heard.put((dict(self.headers), body))
                bot.hold.wait(PATIENCE)
                status, headers, answer = bot.answers.get() if bot.answers.qsize() else (200, {}, "")
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(answer.encode())

            def log_message(self, *_args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/slack/events"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def next(self):
        return self.heard.get(timeout=PATIENCE)


@pytest.fixture
def bot():
    bot = Bot()
    yield bot
    bot.hold.set()
    bot.server.shutdown()
    bot.server.server_close()


@pytest.fixture
def emulator(bot):
    return Emulator(request_url=bot.url, signing_secret=SECRET)


def test_a_command_comes_form_encoded_and_signed(bot, control):
    bot.answers.put((200, {"Content-Type": "application/json"}, json.dumps({"text": "klaar"})))

    outcome = control("command", user="sanne", channel="#fans", command="/fan", text="a & b")

    headers, body = bot.next()
    assert outcome["ack"] == {"text": "klaar"}
    assert SignatureVerifier(SECRET).is_valid_request(body, {name.lower(): value for name, value in headers.items()})
    assert headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert parse_qs(body)["text"] == ["a &amp; b"]


def test_a_command_may_be_answered_in_plain_words(bot, control):
    bot.answers.put((200, {"Content-Type": "text/plain"}, "klaar"))

    assert control("command", user="sanne", channel="#fans", command="/fan")["ack"] == {"text": "klaar"}


def test_an_interaction_comes_as_a_payload_field(bot, control):
    control("shortcut", user="sanne", callback_id="vertel")

    assert json.loads(parse_qs(bot.next()[1])["payload"][0])["callback_id"] == "vertel"


def test_an_event_comes_as_json(bot, control):
    control("home", user="sanne")

    headers, body = bot.next()
    assert headers["Content-Type"] == "application/json"
    assert json.loads(body)["event"]["type"] == "app_home_opened"
    assert "X-Slack-Retry-Num" not in {name.title(): value for name, value in headers.items()}


def test_an_error_of_the_bot_is_a_failure_that_the_person_sees(bot, control):
    bot.answers.put((500, {}, ""))

    outcome = control("command", user="sanne", channel="#fans", command="/fan")

    assert (outcome["ok"], outcome["failure"]) == (False, "http_500")
    assert "dispatch_failed" in control.get("ephemerals", user="sanne")[0]["text"]


def test_a_bot_that_takes_too_long_times_out(bot, control, monkeypatch):
    monkeypatch.setattr(http_delivery, "SECONDS", 0.1)
    bot.hold.clear()

    outcome = control("command", user="sanne", channel="#fans", command="/fan")

    assert outcome["failure"] == "timeout"
    assert "operation_timeout" in control.get("ephemerals", user="sanne")[0]["text"]


def test_a_bot_that_is_not_there_is_no_connection(bot, control):
    bot.server.shutdown()
    bot.server.server_close()

    assert control("command", user="sanne", channel="#fans", command="/fan")["failure"] == "no_connection"


def test_an_event_is_redelivered_until_it_is_taken(bot, control, emulator):
    emulator.delivery.retry_delays = (0, 0.01, 0.02)
    for _ in range(2):
        bot.answers.put((500, {}, ""))

    control("home", user="sanne")

    came = [bot.next() for _ in range(3)]
    retries = [{name.lower(): value for name, value in headers.items()} for headers, _ in came]
    assert [retry.get("x-slack-retry-num") for retry in retries] == [None, "1", "2"]
    assert retries[1]["x-slack-retry-reason"] == "http_error"
    assert len({json.loads(body)["event_id"] for _, body in came}) == 1


def test_an_event_is_given_up_after_three_redeliveries(bot, control, emulator):
    emulator.delivery.retry_delays = (0, 0.01, 0.01)
    for _ in range(4):
        bot.answers.put((500, {}, ""))

    control("home", user="sanne")
    for _ in range(4):
        bot.next()
    control("home", user="bram")

    assert json.loads(bot.next()[1])["event"]["user"] == "U0BRAM"


def test_a_bot_can_decline_redelivery(bot, control, emulator):
    emulator.delivery.retry_delays = (0, 0, 0)
    bot.answers.put((500, {"X-Slack-No-Retry": "1"}, ""))

    control("home", user="sanne")
    bot.next()
    control("home", user="bram")

    assert json.loads(bot.next()[1])["event"]["user"] == "U0BRAM"


def test_a_command_is_never_redelivered(bot, control):
    bot.answers.put((500, {}, ""))

    control("command", user="sanne", channel="#fans", command="/fan")
    bot.next()
    control("home", user="sanne")

    assert json.loads(bot.next()[1])["type"] == "event_callback"


def test_an_address_gets_events_once_it_has_given_the_challenge_back(bot, control):
    control("home", user="sanne")
    control("home", user="sanne")

    headers, body = bot.challenges.get(timeout=PATIENCE)
    assert SignatureVerifier(SECRET).is_valid_request(body, {name.lower(): value for name, value in headers.items()})
    assert bot.challenges.empty()
    assert bot.heard.qsize() == 2


@pytest.mark.parametrize("answer", ["{}", "challenge={}", '{{"challenge": "{}"}}'])
def test_a_challenge_may_be_given_back_in_three_ways(bot, control, answer):
    bot.meets_challenge = answer.format

    control("home", user="sanne")

    assert bot.heard.qsize() == 1


def test_an_address_that_does_not_know_the_challenge_gets_no_events_but_commands(bot, control, emulator):
    emulator.delivery.retry_delays = ()
    bot.meets_challenge = lambda _challenge: "ok"

    outcome = control("event", type="tokens_revoked")

    assert outcome["failure"] == "url_not_verified"
    assert bot.heard.empty()
    assert control("command", user="sanne", channel="#fans", command="/fan")["ok"]
