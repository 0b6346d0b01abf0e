"""What went over the wire, both ways: the last requests to the app and from it, as Slack's own tools show them."""

import json
from collections import deque
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from bot.emulator.clock import Clock
from bot.emulator.delivery import Answer
from bot.emulator.model import Json
from bot.emulator.web_api import Record

KEPT = 300
TO_APP, FROM_APP = "in", "out"  # as seen by the app
_INTERACTIONS = {  # a payload's type → what kind of exchange that is, and where its name stands
    "block_actions": ("action", "actions"),
    "block_suggestion": ("options", "action_id"),
    "view_submission": ("view", "view"),
    "view_closed": ("closed", "view"),
    "shortcut": ("shortcut", "callback_id"),
    "message_action": ("shortcut", "callback_id"),
}


@dataclass(frozen=True)
class Exchange:
    """One request and its answer."""

    number: int
    way: str  # TO_APP or FROM_APP
    kind: str  # command, action, view, closed, shortcut, options, event; or call
    name: str  # the command, the action_id, the callback_id, the event; or the method
    sent: Json
    answer: Any
    failure: str
    seconds: float | None  # until the answer; unknown for calls
    at: float  # the workspace's clock

    @property
    def ok(self) -> bool:
        return not self.failure

    def contains(self, words: str) -> bool:
        """Whether the request or its answer holds these words, in any case."""
        whole = [self.kind, self.name, self.failure, self.sent, self.answer]
        return words.casefold() in json.dumps(whole, ensure_ascii=False, default=str).casefold()


class Exchanges:
    """Keeps the last requests; tells listeners of each, and the page only while somebody looks."""

    def __init__(self, clock: Clock, notify: Callable[[], None]) -> None:
        self._clock, self._notify = clock, notify
        self._kept: deque[Exchange] = deque(maxlen=KEPT)
        self._count = 0
        self.watchers = 0
        self.on_exchange: list[Callable[[Exchange], None]] = []
        self.on_clear: list[Callable[[], None]] = []

    def delivered(self, kind: str, payload: Json, answer: Answer) -> None:
        what, name = _named(kind, payload)
        sent = deepcopy(payload)  # it holds the state of a view, which changes later
        self._add(TO_APP, what, name, sent, answer.body, answer.failure or "", answer.seconds)

    def called(self, record: Record) -> None:
        sent = {key: value for key, value in record.arguments.items() if key != "token"}
        failure = "" if record.answer.get("ok") else str(record.answer.get("error", ""))
        self._add(FROM_APP, "call", record.method, sent, record.answer, failure, None)

    def _add(
        self, way: str, kind: str, name: str, sent: Json, answer: Any, failure: str, seconds: float | None
    ) -> None:
        self._count += 1
        exchange = Exchange(self._count, way, kind, name, sent, answer, failure, seconds, self._clock.now())
        self._kept.append(exchange)
        for told in self.on_exchange:
            told(exchange)
        if self.watchers:
            self._notify()

    def latest(self, words: str = "", way: str = "") -> list[Exchange]:
        """Newest first; only those that go one way, or contain some words, when asked."""
        found = [one for one in reversed(self._kept) if way in ("", one.way)]
        return [one for one in found if one.contains(words)] if words else found

    def numbered(self, number: str) -> Exchange | None:
        return next((one for one in self._kept if str(one.number) == number), None)

    def clear(self) -> None:
        self._kept.clear()
        for told in self.on_clear:
            told()


def _named(kind: str, payload: Json) -> tuple[str, str]:
    if kind == "slash_commands":
        return "command", str(payload["command"])
    if kind == "events_api":
        event = payload["event"]
        family = f".{event['channel_type']}" if event["type"] == "message" and "channel_type" in event else ""
        return "event", f"{event['type']}{family}"
    what, key = _INTERACTIONS.get(payload["type"], (str(payload["type"]), ""))
    found = payload.get(key, "")
    if key == "actions":
        found = found[0]["action_id"]
    elif key == "view":
        found = found.get("callback_id", "")
    return what, str(found)
