"""The clients of a running emulator: a script's control, and a bot on slack_sdk's own Socket Mode client."""

from collections.abc import Callable
from queue import Queue
from typing import Any

import httpx
from slack_sdk import WebClient
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

PATIENCE = 60  # seconds that a test waits for something that comes at once when all is well
NO_ACK = "no ack"  # what an `answer` gives to stay silent


class Control:
    """What a script does through the control interface."""

    def __init__(self, url: str) -> None:
        self._http = httpx.Client(base_url=f"{url}/control/", timeout=PATIENCE, trust_env=False, verify=False)

    def post(self, deed: str, **fields: Any) -> httpx.Response:
        return self._http.post(deed, json=fields)

    def __call__(self, deed: str, **fields: Any) -> dict[str, Any]:
        response = self.post(deed, **fields)
        assert response.status_code == 200, response.text
        return response.json()

    def get(self, what: str, **query: Any) -> Any:
        response = self._http.get(what, params=query)
        assert response.status_code == 200, response.text
        return response.json()[what]

    def close(self) -> None:
        self._http.close()


class SocketBot:
    """slack_sdk's own Socket Mode client; keeps what comes, and then acks it with what `answer` gives."""

    def __init__(self, url: str, answer: Callable[[SocketModeRequest], Any]) -> None:
        self._url = url
        self.requests: Queue[SocketModeRequest] = Queue()
        self.words: Queue[str] = Queue()
        self._answer = answer
        web = WebClient("xoxb-test", base_url=f"{url}/api/", timeout=PATIENCE)
        self.client = SocketModeClient(
            "xapp-test",
            web_client=web,
            receive_buffer_size=65_536,
            ping_interval=1,
            concurrency=1,  # with more, what came later may be heard sooner
            on_message_listeners=[self.words.put],
        )
        self.client.socket_mode_request_listeners.append(self._heard)
        self.client.connect()
        self.await_word('"hello"')

    def _heard(self, client: Any, request: SocketModeRequest) -> None:
        payload = self._answer(request)
        self.requests.put(request)  # whoever waits for the ack finds it here
        if payload != NO_ACK:
            answer = {"envelope_id": request.envelope_id}
            client.send_socket_mode_response(answer if payload is None else {**answer, "payload": payload})

    def next(self) -> SocketModeRequest:
        return self.requests.get(timeout=PATIENCE)

    def await_word(self, part: str) -> str:
        while True:
            word = self.words.get(timeout=PATIENCE)
            if part in word:
                return word

    def close(self) -> None:
        hang_up(self._url, self.client)


def hang_up(url: str, client: SocketModeClient) -> None:
    """A cut from the server's side first: the client itself waits out its receive time-out of 3 seconds."""
    client.auto_reconnect_enabled = client.default_auto_reconnect_enabled = False
    httpx.post(f"{url}/control/disconnect", json={"cut": True}, trust_env=False, verify=False)
    client.closed = True
    client.enqueue_message("wake up")
    try:
        client.close()
    except AttributeError:  # its receiving thread ended the session between the client's check and its close
        client.close()
