"""The workspace's clock: real time, until somebody moves it."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

FURTHEST = timedelta(days=50 * 365).total_seconds()


class Clock:
    """Runs at the pace of real time, at a distance from it that can be set."""

    def __init__(self) -> None:
        self._offset = 0.0
        self.on_move: list[Callable[[datetime], None]] = []

    def now(self) -> float:
        """Epoch seconds."""
        return time.time() + self._offset

    @property
    def ahead(self) -> float:
        """Seconds from real time; below zero when the clock was set back."""
        return self._offset

    def set(self, moment: datetime) -> None:
        """Go to an aware moment, forwards or back. Raises ValueError when it is too far off, as `advance` does."""
        self._move(moment.timestamp() - time.time())

    def advance(self, seconds: float) -> None:
        self._move(self._offset + seconds)

    def reset(self) -> None:
        """Back to real time."""
        self._move(0.0)

    def _move(self, offset: float) -> None:
        if not abs(offset) < FURTHEST:  # so that this stops a NaN too
            raise ValueError("clock: at most fifty years from real time")
        self._offset = offset
        moment = datetime.fromtimestamp(self.now(), UTC)
        for told in self.on_move:
            told(moment)
