"""Slack over HTTP: who is let in, and what happens to who is not."""

import json
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlencode

import pytest
from slack_bolt import BoltRequest, BoltResponse
from slack_sdk.signature import SignatureVerifier
from starlette.testclient import TestClient

from bot.services import Services
from bot.wiring.gateway import build_app
from bot.wiring.requests import AT_A_TIME
from bot.wiring.web import EVENTS, LARGEST, build_web, slack_events
from storage.database import Database
from tests.fakes import FakeOffice, FakeSlack, StoppedClock
from tests.wiring import payloads

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
UMBRELLA = "Paraplu meegegeven aan een klant in de regen"
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def database(sqlite: Database) -> Database:
    return sqlite


@pytest.fixture
def web(services: Services, slack: FakeSlack, clock: StoppedClock) -> Iterator[TestClient]:
    app = build_app(services, slack, slack)  # type: ignore[arg-type]
    with TestClient(
        build_web([], slack_events(app, SECRET, clock), lambda: True), raise_server_exceptions=False
    ) as client:
        yield client


@pytest.fixture
def sign(clock: StoppedClock) -> Callable[..., dict[str, str]]:
    """The headers with which Slack sends a body."""

    def signed(body: str | bytes, kind: str = FORM, secret: str = SECRET, ago: float = 0) -> dict[str, str]:
        timestamp = str(int(clock.now().timestamp() - ago))
        signature = SignatureVerifier(secret).generate_signature(timestamp=timestamp, body=body)
        return {
            "X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": str(signature), "Content-Type": kind,
        }  # fmt: skip

    return signed


Sign = Callable[..., dict[str, str]]
COMMAND = urlencode(payloads.command(UMBRELLA))


def test_a_signed_command_is_answered_and_done(web: TestClient, sign: Sign, office: FakeOffice) -> None:
    answer = web.post(EVENTS, content=COMMAND, headers=sign(COMMAND))

    assert (answer.status_code, answer.json()["response_type"]) == (200, "ephemeral")
    assert [story.text for story in office.stories()] == [UMBRELLA]


def test_a_signed_click_and_event_are_taken_too(web: TestClient, sign: Sign, office: FakeOffice) -> None:
    click = urlencode({"payload": json.dumps(payloads.home_click("story.tell"))})
    event = json.dumps(payloads.message(UMBRELLA))

    assert web.post(EVENTS, content=click, headers=sign(click)).status_code == 200
    assert web.post(EVENTS, content=event, headers=sign(event, "application/json")).status_code == 200
    assert office.rows("draft") == 1


@pytest.mark.parametrize("ago", [-299, 0, 299])
def test_a_clock_that_is_a_little_off_is_no_reason_to_refuse(web: TestClient, sign: Sign, ago: int) -> None:
    assert web.post(EVENTS, content=COMMAND, headers=sign(COMMAND, ago=ago)).status_code == 200


def forgeries(sign: Sign) -> dict[str, dict[str, str]]:
    good = sign(COMMAND)
    timestamp, signature = "X-Slack-Request-Timestamp", "X-Slack-Signature"
    return {
        "another secret": sign(COMMAND, secret="guessed"),
        "another body": sign(COMMAND + "&text=anders"),
        "stale": sign(COMMAND, ago=301),
        "from the future": sign(COMMAND, ago=-302),
        "not a number": good | {timestamp: "gisteren"},
        "a number with a point": good | {timestamp: good[timestamp] + ".0"},
        "negative": good | {timestamp: "-1"},
        "superscript": good | {timestamp: "²".encode().decode("latin-1")},
        "endless": good | {timestamp: "9" * 5000},
        "empty": good | {timestamp: "", signature: ""},
        "no signature": {name: value for name, value in good.items() if name != signature},
        "no timestamp": {name: value for name, value in good.items() if name != timestamp},
        "no headers": {},
        "odd signature": good | {signature: "v0=\xe9\xe9"},
        "half a signature": good | {signature: good[signature][:20]},
    }


KINDS = list(forgeries(lambda *_, **__: {"X-Slack-Request-Timestamp": "", "X-Slack-Signature": ""}))


@pytest.mark.parametrize("kind", KINDS)
def test_what_slack_did_not_sign_is_refused_and_its_body_is_not_logged(
    web: TestClient,
    sign: Sign,
    office: FakeOffice,
    kind: str,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with caplog.at_level("INFO", logger="slack_bolt"):
        headers = {name.encode(): value.encode("latin-1") for name, value in forgeries(sign)[kind].items()}
        answer = web.post(EVENTS, content=COMMAND, headers=headers)

    assert answer.status_code == 401
    logged = caplog.text + "".join(capsys.readouterr())
    assert "Paraplu" not in logged
    assert not office.stories()


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("{", "application/json"),
        ("[]", "application/json"),
        ('"text"', "application/json"),
        ("null", "application/json"),
        ("", "application/json"),
        ("", FORM),
        ("payload=%7B", FORM),
        ("payload=%5B%5D", FORM),
        ("payload=null", FORM),
        ("payload=3", FORM),
    ],
)
def test_a_signed_body_that_cannot_be_read_is_a_bad_request(web: TestClient, sign: Sign, body: str, kind: str) -> None:
    assert web.post(EVENTS, content=body, headers=sign(body, kind)).status_code == 400


@pytest.mark.parametrize("kind", [FORM, "application/json"])
def test_bytes_that_are_no_text_are_refused(web: TestClient, sign: Sign, kind: str) -> None:
    assert web.post(EVENTS, content=b"\xff\xfe\x00", headers=sign("", kind)).status_code == 401


def test_a_body_that_says_it_is_too_large_is_refused(web: TestClient, sign: Sign) -> None:
    body = "a=" + "x" * LARGEST

    assert web.post(EVENTS, content=body, headers=sign(body)).status_code == 413


def test_a_body_that_does_not_say_how_large_it_is_is_refused_when_it_is_too_large(web: TestClient, sign: Sign) -> None:
    body = "a=" + "x" * LARGEST

    def pieces() -> Iterator[bytes]:
        for start in range(0, len(body), 65_536):
            yield body[start : start + 65_536].encode()

    answer = web.post(EVENTS, content=pieces(), headers=sign(body))

    assert answer.status_code == 413
    assert "content-length" not in answer.request.headers


def test_a_body_just_within_the_limit_is_read(web: TestClient, sign: Sign) -> None:
    body = COMMAND + "&padding="
    body += "x" * (LARGEST - len(body))

    assert web.post(EVENTS, content=body, headers=sign(body)).status_code == 200


def test_slack_verifies_the_address(web: TestClient, sign: Sign) -> None:
    body = json.dumps({"token": "t", "challenge": "3eZbrw1aB", "type": "url_verification"})
    answer = web.post(EVENTS, content=body, headers=sign(body, "application/json"))

    assert answer.status_code == 200
    assert "3eZbrw1aB" in answer.text


def test_slack_checks_the_certificate(web: TestClient, sign: Sign) -> None:
    body = urlencode({"ssl_check": "1", "token": "t"})

    assert web.post(EVENTS, content=body, headers=sign(body)).status_code == 200


def test_only_what_is_posted_to_the_one_address_is_heard(web: TestClient, sign: Sign) -> None:
    assert web.get(EVENTS).status_code == 405
    assert web.post("/slack/else", content=COMMAND, headers=sign(COMMAND)).status_code == 404


def test_without_http_mode_there_is_no_such_address() -> None:
    with TestClient(build_web([], None, lambda: True)) as client:
        assert client.post(EVENTS).status_code == 404


def test_many_at_once_are_all_answered(web: TestClient, sign: Sign, office: FakeOffice) -> None:
    bodies = [urlencode(payloads.command(f"{UMBRELLA}, nummer {n}", user=f"U{n:04}")) for n in range(20)]

    def post(body: str) -> Any:
        return web.post(EVENTS, content=body, headers=sign(body)).status_code

    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(post, bodies)) == {200}
    assert len(office.stories()) == 20


class Crowd:
    """An app in which each request waits until as many are under way as there may be."""

    def __init__(self) -> None:
        self._together, self._lock = threading.Barrier(AT_A_TIME, timeout=60), threading.Lock()
        self._inside = self.most = 0

    def dispatch(self, _request: BoltRequest) -> BoltResponse:
        with self._lock:
            self._inside += 1
            self.most = max(self.most, self._inside)
        self._together.wait()
        with self._lock:
            self._inside -= 1
        return BoltResponse(status=200)


def test_who_comes_while_enough_are_under_way_waits_in_line(sign: Sign, clock: StoppedClock) -> None:
    crowd, count = Crowd(), AT_A_TIME * 3
    with (
        TestClient(build_web([], slack_events(crowd, SECRET, clock), lambda: True)) as web,  # type: ignore[arg-type]
        ThreadPoolExecutor(count) as people,
    ):
        answers = list(people.map(lambda _: web.post(EVENTS, content=COMMAND, headers=sign(COMMAND)), range(count)))

    assert [answer.status_code for answer in answers] == [200] * count
    assert crowd.most == AT_A_TIME


@pytest.mark.parametrize("is_ready", [True, False])
def test_who_watches_sees_that_it_lives_and_whether_it_is_ready(is_ready: bool) -> None:
    with TestClient(build_web([], None, lambda: is_ready)) as client:
        assert client.get("/healthz").status_code == 200
        assert client.get("/readyz").status_code == (200 if is_ready else 503)
