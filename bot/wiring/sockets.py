"""Socket Mode: one connection to Slack, made again for as long as the program runs."""

import select
import socket
import threading
from contextlib import suppress

import structlog
from slack_bolt import App
from slack_bolt.adapter.socket_mode.internals import run_bolt_app, send_response
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.wiring.requests import AT_A_TIME

log = structlog.get_logger()

BUFFER = 65_536  # bytes; at the SDK's own 1,024 large frames that come together are lost
PAUSES = (0.2, 1, 2, 5, 10, 30)  # seconds between tries to connect; the last one repeats
LOOK_AGAIN = 0.2  # seconds
UNTIMED = 0.0  # the SDK wants to know when the work began, for a log line that is off
AGAIN = 0.1  # seconds
LAST_ANSWERS = 5.0  # seconds that a stop waits for requests under way
LAST_WORDS = 2.0  # seconds that it then waits for Slack to hang up


class Sockets:
    """Hears Slack over a WebSocket. `slack` is a client with the app-level token (xapp-…)."""

    def __init__(self, app: App, slack: WebClient) -> None:
        self._app = app
        self._client = SocketModeClient(
            app_token=str(slack.token),
            web_client=slack,
            auto_reconnect_enabled=False,  # the SDK's own gives up when Slack is down at the start
            receive_buffer_size=BUFFER,
            concurrency=AT_A_TIME,
        )
        if slack.proxy is None:
            self._client.proxy = None
        self._client.socket_mode_request_listeners.append(self._hear)
        self._stopping = threading.Event()
        self._connected = threading.Event()
        self._under_way = 0
        self._quiet = threading.Condition()
        self._thread = threading.Thread(target=self._keep_connected, name="sockets", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def wait_connected(self, seconds: float) -> bool:
        return self._connected.wait(seconds)

    def stop(self) -> None:
        """Hang up, once the requests under way are answered."""
        with self._quiet:
            self._stopping.set()
            self._quiet.wait_for(lambda: self._under_way == 0, LAST_ANSWERS)
        self._thread.join()  # first: a connection that it makes after the end would never be closed
        self._hang_up()
        self._close()

    def _close(self) -> None:
        """Close the client. A session of the SDK that begins just then forgets that it is to end, and is told again."""
        closing = threading.Thread(target=self._client.close, name="closing", daemon=True)
        closing.start()
        while closing.is_alive():
            self._client.current_session_state.terminated = True
            closing.join(AGAIN)

    def _hang_up(self) -> None:
        """Say that nothing more will come, and wait until Slack, which has read all by then, hangs up too.

        Closed while something comes in, a connection is reset, and the last answers may be lost.
        """
        session = self._client.current_session
        connection = session.sock if session else None
        if connection is None:
            return
        with suppress(OSError, ValueError):  # closed by now
            over = select.poll()
            over.register(connection, 0)  # of the hang-up alone, which is always told
            socket.socket.shutdown(connection, socket.SHUT_WR)  # of a TLS socket too: what is beneath it
            over.poll(LAST_WORDS * 1000)

    def _keep_connected(self) -> None:
        failures = 0
        while not self._stopping.is_set():
            if not self._client.is_connected():
                failures = 0 if self._connect() else failures + 1
            self._stopping.wait(PAUSES[min(failures, len(PAUSES) - 1)] if failures else LOOK_AGAIN)

    def _connect(self) -> bool:
        try:
            self._client.connect_to_new_endpoint()
        except SlackApiError as error:
            log.error("Slack refuses the connection", variable="SLACK_APP_TOKEN", error=error.response.get("error"))
        except Exception as error:  # the SDK raises bare ones; whatever it is, the next try may work
            log.warning("Slack is out of reach", error=type(error).__name__)
        else:
            log.info("connected to Slack")
            self._connected.set()
            return True
        return False

    def _hear(self, client: BaseSocketModeClient, request: SocketModeRequest) -> None:
        with self._quiet:
            if self._stopping.is_set():  # it could be saved, and never answered; Slack gives it to somebody else
                return
            self._under_way += 1
        try:
            send_response(client, request, run_bolt_app(self._app, request), UNTIMED)
        finally:
            with self._quiet:
                self._under_way -= 1
                self._quiet.notify_all()
