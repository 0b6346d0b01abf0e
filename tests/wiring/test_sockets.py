"""Hanging up, whatever the SDK is doing at that moment."""

import threading
from types import SimpleNamespace

from slack_bolt import App
from slack_sdk import WebClient

from bot.wiring.sockets import Sockets


class LateSession:
    """A client whose session begins while it is closed, as the SDK's can: it forgets that it was to end."""

    def __init__(self) -> None:
        self.current_session_state, self.current_session = SimpleNamespace(terminated=False), None

    def is_connected(self) -> bool:
        return True

    def close(self) -> None:
        self.current_session_state.terminated = False
        while not self.current_session_state.terminated:
            threading.Event().wait(0.001)


def test_a_session_that_begins_while_hanging_up_is_ended_too() -> None:
    app = App(authorize=lambda **_: None, request_verification_enabled=False)
    sockets = Sockets(app, WebClient(token="xapp-test"))
    sockets._client = LateSession()  # type: ignore[assignment]
    sockets.start()

    stopping = threading.Thread(target=sockets.stop, daemon=True)
    stopping.start()
    stopping.join(30)

    assert not stopping.is_alive()
