"""Who looks at the walls: one that asks the record each second for all the open screens of a workspace."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

import structlog
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool

EVERY = 1.0  # seconds between two looks: what is new has to be there within two
BEAT = 15.0  # seconds after which a quiet stream says that it is alive; proxies cut what is silent for a minute
FAILURES = 30  # looks in a row after which the streams end, for screens to try elsewhere
SCREENS = 500  # at most, of a workspace: a link that became known can't fill the process

RETRY = "retry: 2000\n\n"
ALIVE = "event: beat\ndata: \n\n"
GONE = "event: gone\ndata: \n\n"
END = "end"  # of a stream; it is not sent

log = structlog.get_logger()


@dataclass(frozen=True)
class Seen:
    """What one look gave: the event to send, and the tokens that still open something."""

    event: str
    tokens: frozenset[str]


class _Screen:
    """An open stream; of what it hasn't sent yet, only the last is kept."""

    def __init__(self, token: str) -> None:
        self.token = token
        self._waiting: str | None = None
        self._news = asyncio.Event()

    def send(self, event: str) -> None:
        self._waiting = event
        self._news.set()

    async def next(self, seconds: float) -> str:
        """The next event; `ALIVE` when there is none for so long."""
        try:
            await asyncio.wait_for(self._news.wait(), seconds)
        except TimeoutError:
            return ALIVE
        self._news.clear()
        return self._waiting or ALIVE


@dataclass
class _Room:
    """The open screens of a workspace, what they were last sent, who looks for them, and how well that goes."""

    screens: set[_Screen] = field(default_factory=set)
    event: str | None = None
    task: asyncio.Task[None] | None = None
    failures: int = 0  # looks in a row


class Watch:
    """Looks for the screens; nobody looks where none is open.

    `look` is asked in a thread, for a workspace; `every` and `beat` are in seconds.
    """

    def __init__(self, look: Callable[[int], Seen], every: float = EVERY, beat: float = BEAT) -> None:
        self._look = look
        self._every = every
        self._beat = beat
        self._rooms: dict[int, _Room] = {}

    def open_screens(self, workspace_id: int) -> int:
        room = self._rooms.get(workspace_id)
        return len(room.screens) if room else 0

    def is_full(self, workspace_id: int) -> bool:
        return self.open_screens(workspace_id) >= SCREENS

    async def events(self, workspace_id: int, token: str) -> AsyncIterator[str]:
        """What a screen is sent, in the form of server-sent events.

        It ends when its link is revoked, and when looking keeps failing: the screen then connects anew.
        """
        screen = _Screen(token)
        room = self._join(workspace_id, screen)
        try:
            yield RETRY
            while True:
                event = await screen.next(self._beat)
                if event == END:
                    return
                yield event
                if event == GONE:
                    return
        finally:
            room.screens.discard(screen)

    def _join(self, workspace_id: int, screen: _Screen) -> _Room:
        room = self._rooms.setdefault(workspace_id, _Room())
        room.screens.add(screen)
        if room.event is not None:
            screen.send(room.event)
        if room.task is None:
            room.task = asyncio.create_task(self._keep_looking(workspace_id, room))
        return room

    async def _keep_looking(self, workspace_id: int, room: _Room) -> None:
        try:
            while room.screens and room.failures < FAILURES:
                await self._look_once(workspace_id, room)
                await asyncio.sleep(self._every)
        finally:
            del self._rooms[workspace_id]
            for screen in room.screens:
                screen.send(END)

    async def _look_once(self, workspace_id: int, room: _Room) -> None:
        were_open = list(room.screens)  # one that opens while we look may have a newer link than we see
        try:
            seen = await run_in_threadpool(self._look, workspace_id)
        except Exception as error:  # whatever it is: screens that nobody looks for would show what is withdrawn
            is_new = not room.failures and not isinstance(error, SQLAlchemyError)  # the record may be away a moment
            log.warning("wall_not_read", error=type(error).__name__, exc_info=is_new)
            room.failures += 1
            return
        room.failures = 0
        for screen in were_open:
            if screen.token not in seen.tokens:
                room.screens.discard(screen)
                screen.send(GONE)
        if seen.event != room.event:
            room.event = seen.event
            for screen in room.screens:
                screen.send(seen.event)
