"""Delivery over HTTP: requests to the app's address, signed as Slack signs them."""

import asyncio
import hashlib
import hmac
import json
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlencode

from bot.emulator.model import Json

SECONDS = 3.0
AT_ONCE = 64  # requests; asyncio's own pool would allow about six on a small machine


@dataclass
class Reply:
    status: int
    text: str
    retry: bool  # whether the app allows a redelivery


class RequestUrl:
    """The app's request address with the secret that signs what goes there."""

    def __init__(self, url: str, signing_secret: str) -> None:
        """Raises ValueError for what is no web address."""
        if urllib.request.Request(url).type not in ("http", "https"):  # noqa: S310 - this is what checks it
            raise ValueError(f"{url!r} is no address that begins with http:// or https://")
        self.url = url
        self.is_verified = False  # whether the app has answered a challenge
        self._secret = signing_secret.encode()
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="emulator-http")
        # No proxy of the environment: the app is on this machine.
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    async def post(self, kind: str, payload: Json, headers: dict[str, str]) -> Reply:
        """Raises TimeoutError after 3 seconds, and OSError when nobody answers."""
        loop = asyncio.get_running_loop()
        body, content_type = _encoded(kind, payload)
        request = self._request(body, {"Content-Type": content_type, **headers})
        return await asyncio.wait_for(loop.run_in_executor(self._pool, self._send, request), SECONDS)

    def _request(self, body: bytes, headers: dict[str, str]) -> urllib.request.Request:
        timestamp = str(int(time.time()))
        signed = hmac.new(self._secret, b"v0:" + timestamp.encode() + b":" + body, hashlib.sha256).hexdigest()
        signature = {"X-Slack-Signature": f"v0={signed}", "X-Slack-Request-Timestamp": timestamp}
        agent = {"User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)"}
        return urllib.request.Request(  # noqa: S310 - the address is the operator's own
            self.url, data=body, headers={**agent, **headers, **signature}, method="POST"
        )

    def _send(self, request: urllib.request.Request) -> Reply:
        try:
            with self._opener.open(request, timeout=SECONDS) as response:
                return Reply(response.status, response.read().decode(), True)
        except urllib.error.HTTPError as error:
            return Reply(
                error.code, error.read().decode(errors="replace"), error.headers.get("X-Slack-No-Retry") != "1"
            )


def _encoded(kind: str, payload: Json) -> tuple[bytes, str]:
    if kind == "events_api":
        return json.dumps(payload).encode(), "application/json"
    fields = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
    return urlencode(fields).encode(), "application/x-www-form-urlencoded"
