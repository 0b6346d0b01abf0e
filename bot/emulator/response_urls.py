"""Response addresses: how an app answers later to something a person did."""

import json
from collections import OrderedDict
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot.emulator import connection, validation
from bot.emulator.elements import with_ids
from bot.emulator.errors import SlackError
from bot.emulator.faults import Faults
from bot.emulator.model import Json, Message
from bot.emulator.workspace import Workspace

USES = 5
LIFETIME = 30 * 60  # seconds, on the workspace's clock
REMEMBERED = 10_000


@dataclass
class Source:
    """What a response address answers to."""

    user: str
    channel: str
    expires: float
    message: Message | None = None
    uses: int = field(default=0)


class ResponseUrls:
    """Hands out the addresses and does what is posted to them."""

    def __init__(self, workspace: Workspace, faults: Faults, address: str) -> None:
        self._workspace, self._faults = workspace, faults
        self.address = address  # how the app reaches this server; ends in a slash
        self._sources: OrderedDict[str, Source] = OrderedDict()
        self.routes: list[BaseRoute] = [Route("/response/{token}", self._receive, methods=["POST"])]

    def issue(self, user_id: str, channel_id: str, message: Message | None = None) -> str:
        token = token_hex(16)
        self._sources[token] = Source(user_id, channel_id, self._workspace.clock.now() + LIFETIME, message)
        if len(self._sources) > REMEMBERED:
            self._sources.popitem(last=False)
        return f"{self.address}response/{token}"

    async def _receive(self, request: Request) -> Response:
        return await connection.faulty(self._faults.for_call("response_url"), request, self._respond)

    async def _respond(self, request: Request) -> Response:
        source = self._sources.get(request.path_params["token"])
        if source is None or source.expires <= self._workspace.clock.now():
            return PlainTextResponse("expired_url", 404)
        if source.uses >= USES:
            return PlainTextResponse("used_url", 404)
        try:
            body = json.loads(await request.body())
        except ValueError:
            body = None
        if not isinstance(body, dict):
            return PlainTextResponse("invalid_payload", 400)
        source.uses += 1
        try:
            self._apply(source, body)
        except SlackError as error:
            return JSONResponse({"ok": False, "error": error.error, "response_metadata": {"messages": error.messages}})
        return PlainTextResponse("ok")

    def _apply(self, source: Source, body: Json) -> None:
        if body.get("delete_original"):
            self._delete(source)
            return
        text, blocks = str(body.get("text") or ""), _list(body.get("blocks"))
        validation.check_message(text, blocks)
        if body.get("replace_original") and source.message is not None:
            self._replace(source.message, text, with_ids(blocks or []))
        else:
            self._post(source, body, text, with_ids(blocks or []))

    def _delete(self, source: Source) -> None:
        if source.message is None:
            raise SlackError("message_not_found")
        self._workspace.remove_message(self._existing(source.message))

    def _replace(self, message: Message, text: str, blocks: list[Json]) -> None:
        existing = self._existing(message)
        existing.text, existing.blocks, existing.edited = text, blocks, existing.only_for is None
        self._workspace.changes.notify()

    def _existing(self, message: Message) -> Message:
        return self._workspace.message(message.channel, message.ts)

    def _post(self, source: Source, body: Json, text: str, blocks: list[Json]) -> None:
        public = body.get("response_type") == "in_channel"
        self._workspace.add_message(
            Message(
                self._workspace.next_ts(source.channel),
                source.channel,
                self._workspace.bot.id,
                text,
                blocks,
                thread_ts=body.get("thread_ts"),
                bot_id=self._workspace.bot_id,
                metadata=validation.check_metadata(body.get("metadata")),
                only_for=None if public else source.user,
            )
        )


def _list(blocks: Any) -> Any:
    """Blocks may come as a JSON string."""
    if not isinstance(blocks, str):
        return blocks
    try:
        return json.loads(blocks)
    except ValueError:
        raise SlackError("invalid_blocks_format") from None
