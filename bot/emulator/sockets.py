"""Socket Mode: the WebSockets that an app opens, and the envelopes that go over them."""

import asyncio
import json
import logging
from dataclasses import dataclass
from secrets import token_hex
from uuid import uuid4

from starlette.routing import BaseRoute, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.emulator.json_text import read_json
from bot.emulator.model import Json

MOST_CONNECTIONS = 10
ACK_SECONDS = 3.0
GRACE_SECONDS = 10.0  # between the word `disconnect` and the end of the connection
log = logging.getLogger(__name__)


class NoConnectionError(Exception):
    """No app is connected."""


@dataclass(eq=False)
class Connection:
    socket: WebSocket
    id: str
    retired: bool = False  # was told to disconnect; used only when there is no other


class Sockets:
    """All open connections of the app; each envelope goes to one of them, in turn."""

    def __init__(self, app_id: str) -> None:
        self._app_id = app_id
        self._tickets: set[str] = set()
        self._connections: list[Connection] = []
        self._waiting: dict[str, asyncio.Future[Json | None]] = {}
        self._turn = 0
        self._closing: set[asyncio.Task[None]] = set()
        self.routes: list[BaseRoute] = [WebSocketRoute("/socket/{ticket}", self._serve)]

    @property
    def count(self) -> int:
        return len(self._connections)

    def ticket(self) -> str:
        """What lets one connection in, one time."""
        ticket = token_hex(16)
        self._tickets.add(ticket)
        return ticket

    async def _serve(self, socket: WebSocket) -> None:
        ticket = socket.path_params["ticket"]
        if ticket not in self._tickets:
            await socket.close(4403)
            return
        self._tickets.discard(ticket)
        await socket.accept()
        if self.count >= MOST_CONNECTIONS:
            await socket.send_text(_disconnect("too_many_websockets"))
            await socket.close()
            return
        await self._hold(Connection(socket, f"applink-{token_hex(4)}"))

    async def _hold(self, connection: Connection) -> None:
        self._connections.append(connection)
        try:
            await connection.socket.send_text(self._hello(connection))
            await self._close_a_retired_one()
            # `receive_text` would drop what came before the end, once a frame couldn't be sent any more
            while (frame := await connection.socket.receive())["type"] == "websocket.receive":
                self._receive(frame.get("text") or "")
        except (WebSocketDisconnect, RuntimeError):
            log.debug("socket %s closed", connection.id)
        finally:
            self._forget(connection)

    def _hello(self, connection: Connection) -> str:
        debug = {
            "host": connection.id,
            "build_number": 1,
            "approximate_connection_time": 18060,
        }
        info = {"app_id": self._app_id}
        return json.dumps(
            {"type": "hello", "num_connections": self.count, "debug_info": debug, "connection_info": info}
        )

    def _receive(self, text: str) -> None:
        """An ack may come over another connection than the envelope went, after a reconnect."""
        try:
            answer = read_json(text)
        except ValueError:
            return
        if not isinstance(answer, dict):
            return
        waiting = self._waiting.pop(str(answer.get("envelope_id")), None)
        if waiting is not None and not waiting.done():
            waiting.set_result(answer.get("payload"))

    async def send(self, kind: str, payload: Json, **extra: object) -> Json | None:
        """Give the answer's payload; raises NoConnectionError, or TimeoutError without an ack within 3 seconds."""
        envelope_id = str(uuid4())
        envelope = {"envelope_id": envelope_id, "type": kind, "payload": payload, **extra}
        waiting: asyncio.Future[Json | None] = asyncio.get_running_loop().create_future()
        self._waiting[envelope_id] = waiting
        try:
            await self._transmit(json.dumps(envelope))
            return await asyncio.wait_for(waiting, ACK_SECONDS)
        finally:
            self._waiting.pop(envelope_id, None)

    async def _transmit(self, text: str) -> None:
        while True:
            connection = self._next()
            try:
                await connection.socket.send_text(text)
            except (WebSocketDisconnect, RuntimeError):
                self._forget(connection)
            else:
                return

    def _next(self) -> Connection:
        usable = [c for c in self._connections if not c.retired] or self._connections
        if not usable:
            raise NoConnectionError
        self._turn += 1
        return usable[self._turn % len(usable)]

    async def disconnect(self, reason: str = "refresh_requested") -> int:
        """Ask each client to reconnect, as Slack does every few hours; gives how many were asked."""
        asked = [connection for connection in self._connections if not connection.retired]
        for connection in asked:
            connection.retired = True
            await connection.socket.send_text(_disconnect(reason))
            task = asyncio.create_task(self._close_later(connection))
            self._closing.add(task)
            task.add_done_callback(self._closing.discard)
        return len(asked)

    async def _close_later(self, connection: Connection) -> None:
        await asyncio.sleep(GRACE_SECONDS)
        await self._close(connection)

    async def _close_a_retired_one(self) -> None:
        """slack_sdk's client reads nothing new before its old connection has ended, and waits 3 seconds for that."""
        retired = next((connection for connection in self._connections if connection.retired), None)
        if retired is not None:
            await self._close(retired)

    async def cut(self) -> int:
        """Close all connections without a word."""
        connections = list(self._connections)
        for connection in connections:
            await self._close(connection)
        return len(connections)

    async def _close(self, connection: Connection) -> None:
        if connection in self._connections:
            self._forget(connection)
            await connection.socket.close(1001)

    def _forget(self, connection: Connection) -> None:
        if connection in self._connections:
            self._connections.remove(connection)


def _disconnect(reason: str) -> str:
    return json.dumps({"type": "disconnect", "reason": reason, "debug_info": {"host": "applink-emulator"}})
