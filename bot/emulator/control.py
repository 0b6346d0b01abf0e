"""The control interface: what tests and scripts make people do. All JSON."""

import binascii
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import asdict

from bot.emulator.control_input import Input, action_for, find_target
from bot.emulator.control_routes import Deed, deed_routes
from bot.emulator.forms import fill
from bot.emulator.model import Json
from bot.emulator.suggestions import options_of
from bot.emulator.team import Team


class ControlOfPeople:
    """POST /control/<deed>, each with a JSON object; `team` says in which workspace, when there are several."""

    def __init__(self, teams: Mapping[str, Team]) -> None:
        deeds: dict[str, Deed] = {
            "say": self._say,
            "command": self._command,
            "click": self._click,
            "submit": self._submit,
            "close": self._close,
            "shortcut": self._shortcut,
            "home": self._home,
            "suggest": self._suggest,
            "upload": self._upload,
            "edit": self._edit,
            "delete": self._delete,
            "react": self._react,
        }
        self.routes = deed_routes(teams, deeds)

    async def _say(self, asked: Input) -> Json:
        user = asked.user()
        channel, thread_ts = asked.channel(user), asked.text("thread_ts", "") or None
        await asked.people.say(user.id, channel.id, asked.text("text"), thread_ts)
        return {}

    async def _command(self, asked: Input) -> Json:
        user, command = asked.user(), asked.text("command")
        if not command.startswith("/"):
            raise ValueError("command: must begin with a slash")
        return asdict(await asked.people.command(user.id, asked.channel(user).id, command, asked.text("text", "")))

    async def _click(self, asked: Input) -> Json:
        user = asked.user()
        target = find_target(asked.workspace, user, asked)
        action = action_for(asked.workspace, target, asked)
        return asdict(await asked.people.click(user.id, action, **target.where))

    async def _submit(self, asked: Input) -> Json:
        user = asked.user()
        view, values = asked.view(user), asked.fields.get("values") or {}
        if not isinstance(values, dict):
            raise ValueError("values: an object is needed")
        outcome = await asked.people.submit(user.id, view.id, fill(asked.workspace, view, values))
        closed = view not in asked.workspace.modals.get(user.id, [])
        return {**asdict(outcome), "closed": closed}

    async def _close(self, asked: Input) -> Json:
        user = asked.user()
        await asked.people.close(user.id, asked.view(user).id, all_of_them=asked.flag("all"))
        return {}

    async def _shortcut(self, asked: Input) -> Json:
        user, ts = asked.user(), asked.text("ts", "") or None
        channel_id = asked.channel(user).id if ts else None
        callback_id = asked.text("callback_id")
        return asdict(await asked.people.shortcut(user.id, callback_id, message_ts=ts, channel_id=channel_id))

    async def _home(self, asked: Input) -> Json:
        await asked.people.open_home(asked.user().id)
        return {}

    async def _suggest(self, asked: Input) -> Json:
        """{action_id, query}: type in a menu that the app fills; `options` are what it offers then."""
        user = asked.user()
        target = find_target(asked.workspace, user, asked)
        ids = {"block_id": target.block["block_id"], "action_id": target.element["action_id"]}
        outcome = await asked.people.suggest(user.id, ids, asked.text("query", ""), **target.where)
        return {**asdict(outcome), "options": options_of(outcome.ack or {}) if outcome.ok else []}

    async def _upload(self, asked: Input) -> Json:
        """{name, text} or {name, base64}; with a channel it is posted there too, with `comment`."""
        user, name = asked.user(), asked.text("name")
        file = asked.people.upload(user.id, name, _content(asked), asked.text("mimetype", ""))
        if "channel" in asked.fields:
            channel, comment = asked.channel(user), asked.text("comment", "")
            await asked.people.say(user.id, channel.id, comment, asked.text("thread_ts", "") or None, [file.id])
        return {"id": file.id}

    async def _edit(self, asked: Input) -> Json:
        user = asked.user()
        asked.people.edit(user.id, asked.channel(user).id, asked.text("ts"), asked.text("text"))
        return {}

    async def _delete(self, asked: Input) -> Json:
        user = asked.user()
        asked.people.erase(user.id, asked.channel(user).id, asked.text("ts"))
        return {}

    async def _react(self, asked: Input) -> Json:
        """{ts, name}: with an emoji; a second time takes it back."""
        user = asked.user()
        asked.people.react(user.id, asked.channel(user).id, asked.text("ts"), asked.text("name"))
        return {}


def _content(asked: Input) -> bytes:
    if "base64" not in asked.fields:
        return asked.text("text").encode()
    try:
        return b64decode(asked.text("base64"), validate=True)
    except binascii.Error:
        raise ValueError("base64: no base64") from None
