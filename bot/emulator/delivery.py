"""How a payload reaches the app, and how its answer comes back."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from http.client import HTTPException
from secrets import token_hex
from typing import Any
from urllib.error import URLError

from bot.emulator.event_payloads import url_verification
from bot.emulator.faults import Faults
from bot.emulator.http_delivery import RequestUrl
from bot.emulator.json_text import read_json
from bot.emulator.model import Json
from bot.emulator.sockets import NoConnectionError, Sockets
from bot.emulator.workspace import new_id

REASONS = {"timeout": "http_timeout", "no_connection": "connection_failed"}
WITH_ANSWER = frozenset({"view_submission", "block_suggestion"})


@dataclass
class Answer:
    """What the app made of one delivery."""

    ok: bool
    body: Json | None = None
    seconds: float = 0.0
    failure: str | None = None  # "no_connection", "timeout", "http_500" …
    may_retry: bool = True


class Delivery:
    """Over an open socket, or else to the request address."""

    def __init__(self, sockets: Sockets, request_url: RequestUrl | None, faults: Faults) -> None:
        self.sockets, self.request_url, self._faults = sockets, request_url, faults
        self.retry_delays: tuple[float, ...] = (0, 60, 300)  # seconds of real time before each redelivery of an event
        self.on_answer: list[Callable[[str, Json, Answer], None]] = []
        self._tasks: set[asyncio.Task[None]] = set()

    async def deliver(self, kind: str, payload: Json, retry: int = 0, reason: str = "") -> Answer:
        """`kind`: slash_commands, interactive or events_api."""
        rule = self._faults.for_delivery(kind)
        if rule is not None:
            again = {**payload, "event_id": new_id("Ev")} if rule.new_id and "event_id" in payload else payload
            self._in_background(self._ignored(self._once(kind, again, 0, "")))
        return await self._once(kind, payload, retry, reason)

    async def event(self, payload: Json) -> Answer:
        """Gives the answer to the first delivery; after a failure further ones follow in the background."""
        answer = await self.deliver("events_api", payload)
        if not answer.ok and answer.may_retry:
            self._in_background(self._redeliver(payload, answer))
        return answer

    def event_later(self, payload: Json) -> None:
        self._in_background(self._ignored(self.event(payload)))

    async def _redeliver(self, payload: Json, answer: Answer) -> None:
        for number, delay in enumerate(self.retry_delays, 1):
            await asyncio.sleep(delay)
            reason = REASONS.get(answer.failure or "", "http_error")
            answer = await self.deliver("events_api", payload, number, reason)
            if answer.ok or not answer.may_retry:
                return

    def _in_background(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _ignored(self, work: Coroutine[Any, Any, Answer]) -> None:
        await work

    async def _once(self, kind: str, payload: Json, retry: int, reason: str) -> Answer:
        started = time.monotonic()
        try:
            if self.sockets.count or self.request_url is None:
                answer = await self._by_socket(kind, payload, retry, reason)
            else:
                answer = await self._by_http(self.request_url, kind, payload, retry, reason)
        except TimeoutError:
            answer = Answer(False, failure="timeout")
        except (NoConnectionError, OSError, HTTPException) as error:
            late = isinstance(error, URLError) and isinstance(error.reason, TimeoutError)
            answer = Answer(False, failure="timeout" if late else "no_connection")
        answer.seconds = time.monotonic() - started
        for told in self.on_answer:
            told(kind, payload, answer)
        return answer

    async def _by_socket(self, kind: str, payload: Json, retry: int, reason: str) -> Answer:
        takes_answer = kind == "slash_commands" or payload.get("type") in WITH_ANSWER
        extra: Json = {"accepts_response_payload": takes_answer}
        if kind == "events_api":
            extra |= {"retry_attempt": retry, "retry_reason": reason}
        body = await self.sockets.send(kind, payload, **extra)
        return Answer(True, body if isinstance(body, dict) and takes_answer else None)

    async def _by_http(self, url: RequestUrl, kind: str, payload: Json, retry: int, reason: str) -> Answer:
        if kind == "events_api" and not url.is_verified and not await self.verify(url):
            return Answer(False, failure="url_not_verified")
        headers = {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": reason} if retry else {}
        reply = await url.post(kind, payload, headers)
        if not 200 <= reply.status < 300:
            return Answer(False, failure=f"http_{reply.status}", may_retry=reply.retry)
        return Answer(True, _body(reply.text))

    async def verify(self, url: RequestUrl) -> bool:
        """Slack's handshake, without which an address gets no events: the app must give the challenge back."""
        challenge = f"c{token_hex(24)}"
        reply = await url.post("events_api", url_verification(challenge), {})
        url.is_verified = reply.status == 200 and _challenge_in(reply.text) == challenge
        return url.is_verified


def _challenge_in(text: str) -> str:
    """As it is, in a form, or as the field of an object."""
    try:
        found = read_json(text)
    except ValueError:
        return text.strip().removeprefix("challenge=")
    return str(found.get("challenge")) if isinstance(found, dict) else str(found)


def _body(text: str) -> Json | None:
    """A command may be answered with plain words instead of JSON."""
    if not text.strip():
        return None
    try:
        body = read_json(text)
    except ValueError:
        return {"text": text}
    return body if isinstance(body, dict) else None
