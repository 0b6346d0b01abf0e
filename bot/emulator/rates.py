"""Slack's rate limits, kept when they are switched on: tests that mean something else would only trip over them."""

import math
import time
from collections import deque

from bot.emulator.workspace import Workspace

WINDOW = 60.0  # seconds of real time
TIERS = {
    "views.": 100,
    "users.info": 100,
    "chat.postEphemeral": 100,
    "conversations.members": 100,
    "users.profile.": 100,
    "files.delete": 50,
    "files.list": 50,
    "files.": 100,
    "users.list": 20,
    "conversations.list": 20,
    "usergroups.": 20,
    "reactions.list": 20,
    "reactions.remove": 20,
    "reactions.": 50,
    "users.": 50,
    "chat.postMessage": 300,
    "chat.getPermalink": 300,
    "chat.": 50,
    "conversations.": 50,
    "team.": 50,
    "dnd.": 50,
    "bots.": 50,
}
A_CHANNEL = 1.0  # seconds between two posts in one channel
BURST = 5  # posts that a channel forgives


class Rates:
    """Counts calls a method and posts a channel, in each workspace by itself."""

    def __init__(self) -> None:
        self.enforced = False
        self._calls: dict[str, deque[float]] = {}
        self._free_at: dict[str, float] = {}

    def wait(self, workspace: Workspace, method: str, channel: str) -> int:
        """0 when the call may go on, else the whole seconds of `Retry-After`."""
        if not self.enforced:
            return 0
        now = time.monotonic()
        pause = self._method_pause(f"{workspace.team_id} {method}", method, now)
        if not pause and method == "chat.postMessage":
            place = f"D{channel[1:]}" if channel in workspace.users else channel
            pause = self._channel_pause(f"{workspace.team_id} {place}", now)
        return math.ceil(pause)

    def _method_pause(self, counted: str, method: str, now: float) -> float:
        most = next((limit for prefix, limit in TIERS.items() if method.startswith(prefix)), None)
        if most is None:
            return 0.0
        calls = self._calls.setdefault(counted, deque())
        while calls and calls[0] <= now - WINDOW:
            calls.popleft()
        if len(calls) >= most:
            return calls[0] + WINDOW - now
        calls.append(now)
        return 0.0

    def _channel_pause(self, channel: str, now: float) -> float:
        free_at = max(self._free_at.get(channel, 0.0), now - BURST * A_CHANNEL)
        if free_at > now:
            return free_at - now
        self._free_at[channel] = free_at + A_CHANNEL
        return 0.0
