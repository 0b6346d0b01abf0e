"""The control interface: what tests and scripts make people do, the clock, the faults. All JSON."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, fields
from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from bot.emulator import event_payloads
from bot.emulator.acting import Outcome
from bot.emulator.control_input import Input, action_for, find_target, read
from bot.emulator.control_routes import answered
from bot.emulator.faults import Faults
from bot.emulator.forms import fill
from bot.emulator.manifest import apply_manifest
from bot.emulator.model import Json, User
from bot.emulator.rates import Rates
from bot.emulator.sockets import Sockets
from bot.emulator.team import Team
from bot.emulator.workspace import Workspace, new_id

Deed = Callable[[Input], Awaitable[Json]]


class Control:
    """POST /control/<deed>, each with a JSON object."""

    def __init__(self, teams: Mapping[str, Team], faults: Faults, rates: Rates, sockets: Sockets) -> None:
        self._teams, self._faults, self._rates, self._sockets = teams, faults, rates, sockets
        deeds: dict[str, Deed] = {
            "say": self._say,
            "command": self._command,
            "click": self._click,
            "submit": self._submit,
            "close": self._close,
            "shortcut": self._shortcut,
            "home": self._home,
            "event": self._event,
            "user": self._user,
            "manifest": self._manifest,
            "clock": self._clock,
            "faults": self._set_faults,
            "disconnect": self._disconnect,
            "reset": self._reset,
        }
        self.routes: list[BaseRoute] = [self._route(name, deed) for name, deed in deeds.items()]

    def _route(self, name: str, deed: Deed) -> Route:
        async def endpoint(request: Request) -> Json:
            return {"ok": True, **await deed(await read(self._teams, request))}

        return Route(f"/control/{name}", answered(endpoint), methods=["POST"])

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

    async def _event(self, asked: Input) -> Json:
        """{event: {type, …}}, or {type, user?, channel?} for a simple one."""
        given: Any = asked.fields.get("event", {"type": asked.fields.get("type")})
        if not isinstance(given, dict) or not isinstance(given.get("type"), str):
            raise ValueError("event: an object with a type is needed")
        event: Json = {"event_ts": asked.team.events.now(), **given}
        if "user" in asked.fields:
            event["user"] = asked.user().id
        if "channel" in asked.fields:
            event["channel"] = asked.channel().id
        if event["type"] == "member_joined_channel" and "user" in asked.fields:
            channel = asked.channel()
            channel.members.add(event["user"])
            event = event_payloads.member_joined(asked.workspace, event["user"], channel, asked.team.events.now())
        return asdict(Outcome.of(await asked.team.events.send(event)))

    async def _user(self, asked: Input) -> Json:
        """Add or change somebody; the app hears of it by `team_join` or `user_change`."""
        _check_user(asked.fields)
        user_id = asked.text("id", "") or new_id("U")
        user = asked.workspace.users.get(user_id)
        kind = "user_change" if user else "team_join"
        if user is None:
            name = asked.text("name")
            user = User(user_id, name, asked.text("real_name", name.capitalize()))
            asked.workspace.users[user_id] = user
        for key, value in asked.fields.items():
            setattr(user, key, value)
        _leave_if_deactivated(asked.workspace, user)
        asked.workspace.changes.notify()
        answer = await asked.team.events.about_user(kind, user)
        return {**(asdict(Outcome.of(answer)) if answer else {}), "ok": True, "id": user_id}

    async def _manifest(self, asked: Input) -> Json:
        apply_manifest(asked.workspace, asked.fields.get("manifest", asked.fields))
        return {"commands": [command.name for command in asked.workspace.commands]}

    async def _clock(self, asked: Input) -> Json:
        """{now: an aware ISO moment}, {advance: seconds} or {reset: true}; with none of them it only tells the time."""
        clock = asked.workspace.clock
        if "now" in asked.fields:
            clock.set(_moment(asked.text("now")))
        if "advance" in asked.fields:
            clock.advance(asked.number("advance"))
        if asked.flag("reset"):
            clock.reset()
        asked.workspace.changes.notify()
        return {"now": datetime.fromtimestamp(clock.now(), UTC).isoformat()}

    async def _set_faults(self, asked: Input) -> Json:
        rules = asked.fields.get("rules", [])
        if not isinstance(rules, list):
            raise ValueError("rules: a list is needed")
        self._faults.replace(rules)
        self._rates.enforced = asked.flag("rates")
        if asked.flag("disconnect"):
            await self._sockets.disconnect()
        return {"rules": [asdict(rule) for rule in self._faults.rules]}

    async def _disconnect(self, asked: Input) -> Json:
        """Ask the app to reconnect, or with {cut: true} end its connections without a word."""
        connections = await (self._sockets.cut() if asked.flag("cut") else self._sockets.disconnect())
        return {"connections": connections}

    async def _reset(self, _asked: Input) -> Json:
        self._faults.replace([])
        self._rates.enforced = False
        return {}


def _leave_if_deactivated(workspace: Workspace, user: User) -> None:
    """Slack takes who is deactivated out of all channels."""
    if user.deleted:
        for channel in workspace.channels.values():
            if not channel.is_im:
                channel.members.discard(user.id)


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError("now: an ISO moment is needed, such as 2026-11-02T09:00:00+01:00") from None
    if moment.tzinfo is None:
        raise ValueError("now: the moment needs an offset, such as +01:00")
    return moment


def _check_user(given: Json) -> None:
    kinds = {field.name: field.type for field in fields(User)}
    for key, value in given.items():
        if key not in kinds:
            raise ValueError(f"{key}: users have no such field")
        if type(value) is not kinds[key]:
            raise ValueError(f"{key}: must be {getattr(kinds[key], '__name__', kinds[key])}")
