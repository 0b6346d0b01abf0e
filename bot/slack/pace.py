"""How fast Slack may be called: a message a second in a channel, some hundreds a minute in a workspace."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

CHANNEL_GAP = 1.0  # seconds between messages in one channel (chat.postMessage, Slack's special tier)
WORKSPACE_GAP = 0.25  # seconds between calls in one workspace on average: 240 a minute ("several hundred")
WORKSPACE_BURST = 10.0  # calls that may come at once after a quiet time


class Pace:
    """Remembers when the next call may be made; `seconds` is a clock that never goes back."""

    def __init__(self, seconds: Callable[[], float], channel_gap: float = CHANNEL_GAP) -> None:
        self._seconds = seconds
        self._channel_gap = channel_gap
        self._is_lifted = False
        self._channels: dict[tuple[int, str], float] = {}
        self._workspaces: dict[int, float] = {}
        self._lock = threading.Lock()

    def blocked(self) -> tuple[set[tuple[int, str]], set[int]]:
        """The (workspace, channel) pairs and the workspaces that have to wait now."""
        with self._lock:
            now = self._seconds()
            self._channels = {where: until for where, until in self._channels.items() if until > now}
            self._workspaces = {where: until for where, until in self._workspaces.items() if until > now}
            slack = WORKSPACE_BURST * WORKSPACE_GAP
            return set(self._channels), {where for where, until in self._workspaces.items() if until > now + slack}

    @contextmanager
    def lifted(self) -> Iterator[None]:
        """No pace at all meanwhile: for a Slack of our own, that has no limits."""
        self._is_lifted = True
        try:
            yield
        finally:
            self._is_lifted = False

    def count(self, workspace_id: int, channel: str | None = None) -> None:
        """A call is about to be made; `channel` when it posts a new message there."""
        if self._is_lifted:
            return
        with self._lock:
            now = self._seconds()
            if channel is not None:
                asked_for = self._channels.get((workspace_id, channel), now)  # a pause that Slack wants stands
                self._channels[workspace_id, channel] = max(asked_for, now + self._channel_gap)
            self._workspaces[workspace_id] = max(self._workspaces.get(workspace_id, now), now) + WORKSPACE_GAP

    def pause(self, workspace_id: int, channel: str, seconds: float) -> None:
        """Slack asked to leave this channel alone for so many seconds."""
        with self._lock:
            self._channels[workspace_id, channel] = self._seconds() + seconds

    def wait(self) -> float | None:
        """Seconds until the first of those that wait now may go on; None when nothing waits."""
        with self._lock:
            now = self._seconds()
            slack = WORKSPACE_BURST * WORKSPACE_GAP
            ends = [*self._channels.values(), *(until - slack for until in self._workspaces.values())]
            return min((end - now for end in ends if end > now), default=None)
