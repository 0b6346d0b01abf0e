"""Tells whoever listens that something in the workspace changed."""

import asyncio
from collections.abc import AsyncIterator


class Changes:
    """A publisher without content: a listener looks for itself what is new."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Event] = set()

    def notify(self) -> None:
        for event in self._waiting:
            event.set()

    async def listen(self) -> AsyncIterator[None]:
        """Wakes once at the start, so that no change falls in between, and then after changes, melted together."""
        event = asyncio.Event()
        event.set()
        self._waiting.add(event)
        try:
            while True:
                await event.wait()
                event.clear()
                yield
        finally:
            self._waiting.discard(event)
