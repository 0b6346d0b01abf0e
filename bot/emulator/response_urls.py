"""Response addresses: how an app answers later to something a person did."""

from collections import OrderedDict
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot.emulator import connection, validation
from bot.emulator.conversations import Conversations
from bot.emulator.elements import with_ids
from bot.emulator.errors import SlackError
from bot.emulator.faults import Faults
from bot.emulator.json_text import read_json
from bot.emulator.model import Json, Message
from bot.emulator.threads import read_thread_ts

USES = 5
LIFETIME = 30 * 60  # seconds, on the workspace's clock
REMEMBERED = 10_000


@dataclass
class Source:
    """What a response address answers to."""

    team: Conversations
    user: str
    channel: str
    expires: float
    message: Message | None = None
    uses: int = field(default=0)

    def existing(self) -> Message:
        """The message that was clicked; raises `message_not_found`."""
        if self.message is None:
            raise SlackError("message_not_found")
        return self.team.workspace.message(self.message.channel, self.message.ts)


class ResponseUrls:
    """Hands out the addresses and does what is posted to them."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._sources: OrderedDict[str, Source] = OrderedDict()
        self.routes: list[BaseRoute] = [Route("/response/{token}", self._receive, methods=["POST"])]

    def issue(self, team: Conversations, user_id: str, channel_id: str, message: Message | None = None) -> str:
        token = token_hex(16)
        expires = team.workspace.clock.now() + LIFETIME
        self._sources[token] = Source(team, user_id, channel_id, expires, message)
        if len(self._sources) > REMEMBERED:
            self._sources.popitem(last=False)
        return f"{team.workspace.address}response/{token}"

    async def _receive(self, request: Request) -> Response:
        return await connection.faulty(self._faults.for_call("response_url"), request, self._respond)

    async def _respond(self, request: Request) -> Response:
        source = self._sources.get(request.path_params["token"])
        if source is None or source.expires <= source.team.workspace.clock.now():
            return PlainTextResponse("expired_url", 404)
        if source.uses >= USES:
            return PlainTextResponse("used_url", 404)
        try:
            body = read_json(await request.body())
        except ValueError:
            body = None
        if not isinstance(body, dict):
            return PlainTextResponse("invalid_payload", 400)
        source.uses += 1
        try:
            _apply(source, body)
        except SlackError as error:
            return JSONResponse({"ok": False, "error": error.error, "response_metadata": {"messages": error.messages}})
        return PlainTextResponse("ok")


def _apply(source: Source, body: Json) -> None:
    if body.get("delete_original"):
        source.team.delete(source.existing())
        return
    text, blocks = str(body.get("text") or ""), _list(body.get("blocks"))
    validation.check_message(source.team.workspace, text, blocks)
    if body.get("replace_original") and source.message is not None:
        message = source.existing()
        source.team.change(message, text, with_ids(blocks or []), edited=message.only_for is None)
    else:
        _post(source, body, text, with_ids(blocks or []))


def _post(source: Source, body: Json, text: str, blocks: list[Json]) -> None:
    workspace, public = source.team.workspace, body.get("response_type") == "in_channel"
    source.team.post(
        Message(
            workspace.next_ts(source.channel),
            source.channel,
            workspace.bot.id,
            text,
            blocks,
            thread_ts=read_thread_ts(body.get("thread_ts")),
            bot_id=workspace.bot_id,
            metadata=validation.check_metadata(body.get("metadata")),
            only_for=None if public else source.user,
        )
    )


def _list(blocks: Any) -> Any:
    """Blocks may come as a JSON string."""
    if not isinstance(blocks, str):
        return blocks
    try:
        return read_json(blocks)
    except ValueError:
        raise SlackError("invalid_blocks_format") from None
