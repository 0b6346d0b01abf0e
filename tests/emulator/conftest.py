"""A running emulator, a bot's own clients for it, and a script's control of it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.request import SocketModeRequest
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.emulator import http_delivery, sockets, triggers
from bot.emulator.server import Emulator, serving
from tests.emulator.clients import PATIENCE, Control, SocketBot


@pytest.fixture(autouse=True)
def _no_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test of Slack's three seconds sets its own; on a busy machine others need not fall over them."""
    monkeypatch.setattr(sockets, "ACK_SECONDS", 30)
    monkeypatch.setattr(http_delivery, "SECONDS", 30)
    monkeypatch.setattr(triggers, "LIFETIME", 30)


@pytest.fixture
def emulator() -> Emulator:
    return Emulator()


class Stage:
    """One server for all tests, since starting and stopping one takes longer than most of them; each has it in turn."""

    def __init__(self) -> None:
        self.app: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        assert self.app, "no emulator is on"
        await self.app(scope, receive, send)


@pytest.fixture(scope="session")
def stage() -> Iterator[tuple[Stage, str]]:
    stage = Stage()
    with serving(stage) as address:
        yield stage, address


@pytest.fixture
def url(emulator: Emulator, stage: tuple[Stage, str]) -> str:
    server, address = stage
    server.app = emulator.app
    emulator.found_at(f"{address}/")
    return address


@pytest.fixture
def slack(url: str) -> WebClient:
    return WebClient("xoxb-test", base_url=f"{url}/api/", timeout=PATIENCE, retry_handlers=[])


@pytest.fixture
def control(url: str) -> Iterator[Control]:
    control = Control(url)
    yield control
    control.close()


@pytest.fixture
def connect(url: str) -> Iterator[Callable[..., SocketBot]]:
    bots: list[SocketBot] = []

    def connected(answer: Callable[[SocketModeRequest], Any] = lambda _request: None) -> SocketBot:
        bots.append(SocketBot(url, answer))
        return bots[-1]

    yield connected
    for bot in bots:
        bot.close()


@pytest.fixture
def refused() -> Callable[..., SlackApiError]:
    """Calls a method, and gives the error with which Slack refused it."""

    def call(method: Callable[..., Any], **arguments: Any) -> SlackApiError:
        with pytest.raises(SlackApiError) as caught:
            method(**arguments)
        return caught.value

    return call
