"""The control interface: the workspace around people, its clock, and the app's connection. All JSON."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import UTC, datetime
from typing import Any
from zoneinfo import available_timezones

from bot.emulator import event_payloads
from bot.emulator.acting import Outcome
from bot.emulator.control_input import Input
from bot.emulator.control_routes import Deed, deed_routes
from bot.emulator.delivery import Delivery
from bot.emulator.faults import Faults
from bot.emulator.manifest import apply_manifest
from bot.emulator.model import Json, User, UserGroup
from bot.emulator.rates import Rates
from bot.emulator.team import Team
from bot.emulator.workspace import Workspace, new_id


class ControlOfWorld:
    """POST /control/<deed>, each with a JSON object."""

    def __init__(self, teams: Mapping[str, Team], faults: Faults, rates: Rates, delivery: Delivery) -> None:
        self._faults, self._rates, self._delivery = faults, rates, delivery
        self._teams = teams
        deeds: dict[str, Deed] = {
            "event": self._event,
            "user": self._user,
            "group": self._group,
            "manifest": self._manifest,
            "clock": self._clock,
            "faults": self._set_faults,
            "disconnect": self._disconnect,
            "verify": self._verify,
            "reset": self._reset,
        }
        self.routes = deed_routes(teams, deeds)

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
        changes = {key: value for key, value in asked.fields.items() if key != "team"}
        _check_user(changes)
        user_id = asked.text("id", "") or new_id("U")
        user = asked.workspace.users.get(user_id)
        kind = "user_change" if user else "team_join"
        if user is None:
            name = asked.text("name")
            user = User(user_id, name, asked.text("real_name", name.capitalize()))
            asked.workspace.users[user_id] = user
        for key, value in changes.items():
            setattr(user, key, value)
        _leave_if_deactivated(asked.workspace, user)
        asked.workspace.changes.notify()
        answer = await asked.team.events.about_user(kind, user)
        return {**(asdict(Outcome.of(answer)) if answer else {}), "ok": True, "id": user_id}

    async def _group(self, asked: Input) -> Json:
        """{handle, name, users: [names or ids]}: a group of people, new or in the place of the one with that `id`."""
        listed = asked.fields.get("users", [])
        if not isinstance(listed, list):
            raise ValueError("users: a list is needed")
        users = [Input(self._teams, {**asked.fields, "user": one}).user().id for one in listed]
        handle, group_id = asked.text("handle"), asked.text("id", "") or new_id("S")
        deleted_at = int(asked.workspace.clock.now()) if asked.flag("deleted") else 0
        group = UserGroup(group_id, handle, asked.text("name", handle), users, deleted_at=deleted_at)
        asked.workspace.groups[group_id] = group
        return {"id": group_id}

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
            await self._delivery.sockets.disconnect()
        return {"rules": [asdict(rule) for rule in self._faults.rules]}

    async def _disconnect(self, asked: Input) -> Json:
        """Ask the app to reconnect, or with {cut: true} end its connections without a word."""
        connections = await (self._delivery.sockets.cut() if asked.flag("cut") else self._delivery.sockets.disconnect())
        return {"connections": connections}

    async def _verify(self, _asked: Input) -> Json:
        """Slack's handshake with the request address, as when one saves it."""
        url = self._delivery.request_url
        if url is None:
            raise ValueError("verify: there is no request address")
        return {"ok": await self._delivery.verify(url)}

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
    if "tz" in given and given["tz"] not in available_timezones():
        raise ValueError(f"tz: there is no zone {given['tz']!r}")
