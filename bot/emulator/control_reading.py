"""The reading half of the control interface: what there is to see, if need be after waiting for it."""

import asyncio
import json
from collections.abc import Callable, Mapping

from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from bot.emulator.control_input import Input
from bot.emulator.control_routes import answered
from bot.emulator.model import Json, Message, View
from bot.emulator.objects import channel_json, user_json, view_json
from bot.emulator.team import Team
from bot.emulator.web_api import WebApi
from bot.emulator.workspace import Workspace

LONGEST_WAIT = 60.0  # seconds


class Reading:
    """GET addresses; with `wait` (seconds) and `contains` (a text) they answer as soon as something contains it."""

    def __init__(self, teams: Mapping[str, Team], api: WebApi) -> None:
        self._teams, self._api = teams, api
        self.routes: list[BaseRoute] = [
            self._route("messages", self._messages),
            self._route("ephemerals", self._ephemerals),
            self._route("home", self._home),
            self._route("views", self._views),
            self._route("users", self._users),
            self._route("channels", self._channels),
            self._route("calls", self._calls),
        ]

    def _route(self, name: str, read: Callable[[Input], list[Json]]) -> Route:
        async def endpoint(request: Request) -> Json:
            asked = Input(self._teams, dict(request.query_params))
            items = await self._waited(read, asked)
            return {"ok": True, name: (items[0] if items else None) if name == "home" else items}

        return Route(f"/control/{name}", answered(endpoint), methods=["GET"])

    async def _waited(self, read: Callable[[Input], list[Json]], asked: Input) -> list[Json]:
        contains, seconds = asked.text("contains", ""), asked.number("wait", 0)
        if not 0 <= seconds <= LONGEST_WAIT:
            raise ValueError(f"wait: from 0 to {LONGEST_WAIT:.0f} seconds")
        found = self._containing(read(asked), contains)
        if found or not seconds:
            return found
        try:
            async with asyncio.timeout(seconds):
                async for _ in asked.workspace.changes.listen():
                    found = self._containing(read(asked), contains)
                    if found:
                        break
        except TimeoutError:
            pass
        return found

    def _containing(self, items: list[Json], contains: str) -> list[Json]:
        return [item for item in items if contains in json.dumps(item, ensure_ascii=False)]

    def _messages(self, asked: Input) -> list[Json]:
        kept = asked.workspace.messages[asked.channel().id]
        return [_message(message) for message in kept if message.only_for is None]

    def _ephemerals(self, asked: Input) -> list[Json]:
        user = asked.user()
        kept = [message for messages in asked.workspace.messages.values() for message in messages]
        found = [message for message in kept if message.only_for == user.id]
        return [{**_message(message), "channel": message.channel} for message in sorted(found, key=lambda m: m.ts)]

    def _home(self, asked: Input) -> list[Json]:
        home = asked.workspace.homes.get(asked.user().id)
        return [_view(asked.workspace, home)] if home else []

    def _views(self, asked: Input) -> list[Json]:
        return [_view(asked.workspace, view) for view in asked.workspace.modals.get(asked.user().id, [])]

    def _users(self, asked: Input) -> list[Json]:
        people = asked.workspace.users.values()
        return [{**user_json(asked.workspace, user), "is_persona": user.is_persona} for user in people]

    def _channels(self, asked: Input) -> list[Json]:
        found = asked.workspace.channels.values()
        return [{**channel_json(asked.workspace, c), "members": sorted(c.members)} for c in found]

    def _calls(self, asked: Input) -> list[Json]:
        method = asked.text("method", "")
        return [vars(call) for call in self._api.calls if method in ("", call.method)]


def _view(workspace: Workspace, view: View) -> Json:
    return {**view_json(workspace, view), "errors": view.errors, "trouble": view.trouble}


def _message(message: Message) -> Json:
    return {
        "ts": message.ts,
        "user": message.user,
        "text": message.text,
        "blocks": message.blocks,
        "thread_ts": message.thread_ts,
        "edited": message.edited,
        "reply_count": message.reply_count,
        "metadata": message.metadata,
        "failed": message.failed,
        "files": message.files,
        "reactions": message.reactions,
    }
