"""The two clocks: the domain's, which the demo can move, and the real one."""

import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from bot.kernel.errors import BotError

DOUBLE_CLICK = timedelta(seconds=0.7)


class RealClock:
    """Time as it passes: for claims, pacing, `Retry-After` and signatures."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def seconds(self) -> float:
        """Seconds from an unknown beginning, never going back."""
        return time.monotonic()


class DomainClock:
    """The time it is for people: for days, reminders, and the moments that are kept in the record."""

    def __init__(self, real: RealClock | None = None) -> None:
        self._real = real or RealClock()
        self._ahead = timedelta(0)
        self._when_moved: list[Callable[[], None]] = []

    def now(self) -> datetime:
        return self._real.now() + self._ahead

    def today(self, zone: str) -> date:
        """The local day in a zone such as Europe/Amsterdam."""
        return local_day(self.now(), zone)

    def move_to(self, moment: datetime) -> None:
        """Let it be `moment` now, and wake whoever waits for a time."""
        self._ahead = moment - self._real.now()
        for wake in self._when_moved:
            wake()

    def when_moved(self, wake: Callable[[], None]) -> None:
        self._when_moved.append(wake)


def local_day(moment: datetime, zone: str) -> date:
    """The day on which a moment falls in a zone such as Europe/Amsterdam."""
    return moment.astimezone(ZoneInfo(zone)).date()


def is_zone(name: str) -> bool:
    """Whether this machine knows a zone by this name."""
    return name in _zones().values()


def read_zone(typed: str) -> str:
    """A zone by its name, however it is written: Europe/Amsterdam · europe/amsterdam. Raises BotError."""
    zone = _zones().get("_".join(typed.split()).lower())
    if zone is None:
        raise BotError("I know no time zone {typed}. Write it like Europe/Amsterdam.", typed=typed.strip()[:40])
    return zone


@lru_cache(maxsize=1)
def _zones() -> dict[str, str]:
    """By name in small letters: the name. Asking takes some 20 ms, for it looks through folders."""
    return {name.lower(): name for name in sorted(available_timezones())}


def is_double_click(before: datetime, now: datetime) -> bool:
    """Whether doing the contrary this soon after is a finger that slipped: who corrects themselves takes longer."""
    return abs(now - before) < DOUBLE_CLICK
