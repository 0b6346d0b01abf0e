"""Reading what tests and scripts ask of the control interface; ValueError names the field that is wrong."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from bot.emulator.elements import all_elements, may_see
from bot.emulator.errors import SlackError
from bot.emulator.forms import KEYS, fill
from bot.emulator.json_text import read_json
from bot.emulator.model import Channel, Json, Message, User, View
from bot.emulator.suggestions import options_of
from bot.emulator.team import Team
from bot.emulator.workspace import Workspace


class Input:
    """The fields of one request, with users and channels by id or by name; `team` says in which workspace."""

    def __init__(self, teams: Mapping[str, Team], fields: Json) -> None:
        self.fields = fields
        wanted = self.text("team", next(iter(teams)))
        if wanted not in teams:
            raise ValueError(f"team: there is none called {wanted!r}")
        self.team = teams[wanted]
        self.workspace, self.people = self.team.workspace, self.team.people

    def text(self, name: str, default: str | None = None) -> str:
        """Raises when it is absent and has no default."""
        value = self.fields.get(name, default)
        if not isinstance(value, str) or (not value and default is None):
            raise ValueError(f"{name}: a text is needed")
        return value

    def flag(self, name: str) -> bool:
        return self.fields.get(name) in (True, "1", "true")

    def number(self, name: str, default: float | None = None) -> float:
        given: Any = self.fields.get(name, default)
        try:
            return float(given)
        except (TypeError, ValueError, OverflowError):
            raise ValueError(f"{name}: a number is needed") from None

    def user(self, name: str = "user") -> User:
        try:
            return self.workspace.user(self.text(name))
        except SlackError:
            raise ValueError(f"{name}: nobody is called {self.fields[name]!r}") from None

    def channel(self, user: User | None = None) -> Channel:
        """`#fans`, `C0FANS`, `@sanne` for a direct conversation; by default the user's own one."""
        wanted = self.text("channel", "" if user else None)
        try:
            if not wanted and user:
                return self.workspace.im_of(user.id)
            if wanted.startswith("@"):
                return self.workspace.im_of(self.workspace.user(wanted).id)
            return self.workspace.channel(wanted)
        except SlackError:
            raise ValueError(f"channel: there is none called {wanted!r}") from None

    def view(self, user: User) -> View:
        """The one with `view_id`, or the modal on top."""
        wanted = self.text("view_id", "")
        views = [view for view in self.workspace.open_views() if view.id == wanted and view.user == user.id]
        stack = views or ([] if wanted else self.workspace.modals.get(user.id, []))
        if not stack:
            raise ValueError(f"view_id: no such view is open for {user.name}")
        return stack[-1]


async def read(teams: Mapping[str, Team], request: Request) -> Input:
    try:
        fields: Any = read_json(await request.body() or b"{}")
    except ValueError:
        raise ValueError("body: no JSON that can be used") from None
    if not isinstance(fields, dict):
        raise ValueError("body: an object is needed")
    return Input(teams, fields)


@dataclass(frozen=True)
class Target:
    """An element that can be clicked, with the message or view that holds it."""

    block: Json
    element: Json
    holder: Message | View

    @property
    def where(self) -> dict[str, Any]:
        if isinstance(self.holder, View):
            return {"view_id": self.holder.id}
        return {"channel_id": self.holder.channel, "message_ts": self.holder.ts}


def find_target(workspace: Workspace, user: User, asked: Input) -> Target:
    """The newest element that fits: in an open modal, else in messages, else in Home."""
    hidden = False
    action_id = asked.text("action_id")
    for holder in _holders(workspace, user, asked):
        blocks = holder.body["blocks"] if isinstance(holder, View) else holder.blocks
        for block, element in all_elements(blocks):
            if element["action_id"] == action_id and _fits(block, element, asked):
                if may_see(element, user.id):
                    return Target(block, element, holder)
                hidden = True
    if hidden:
        raise ValueError(f"action_id: {user.name} can't see {action_id!r} (visible_to_user_ids)")
    raise ValueError(f"action_id: {user.name} sees no {action_id!r} that fits")


def _holders(workspace: Workspace, user: User, asked: Input) -> Iterator[Message | View]:
    if asked.text("view_id", ""):
        yield asked.view(user)
        return
    ts, place = asked.text("ts", ""), asked.text("channel", "")
    if not ts and not place:
        yield from workspace.modals.get(user.id, [])[-1:]
    channels = [asked.channel(user)] if place else _channels_of(workspace, user)
    seen = [message for channel in channels for message in workspace.messages_for(user.id, channel.id)]
    for message in sorted(seen, key=lambda one: one.ts, reverse=True):
        if ts in ("", message.ts):
            yield message
    if not ts and not place and user.id in workspace.homes:
        yield workspace.homes[user.id]


def _channels_of(workspace: Workspace, user: User) -> list[Channel]:
    return [channel for channel in workspace.channels.values() if user.id in channel.members]


def _fits(block: Json, element: Json, asked: Input) -> bool:
    if asked.text("block_id", block["block_id"]) != block["block_id"]:
        return False
    if element["type"] != "button":
        return True
    label = element["text"]["text"]
    return asked.text("text", label) == label and asked.fields.get("value") in (None, element.get("value"))


def action_for(workspace: Workspace, target: Target, asked: Input) -> Json:
    """The action as the page would send it; a choice comes as a plain `value`."""
    element, block_id = target.element, target.block["block_id"]
    action: Json = {"action_id": element["action_id"], "block_id": block_id, "type": element["type"]}
    value = asked.fields.get("value")
    if element["type"] == "overflow":
        chosen = [o for o in options_of(element) if value in (o["value"], o["text"]["text"])]
        if not chosen:
            raise ValueError(f"value: no option {value!r}")
        action["selected_option"] = chosen[0]
    elif element["type"] in KEYS:
        only = View("", "", {"blocks": [target.block]}, "", suggested=target.holder.suggested)
        action |= fill(workspace, only, {element["action_id"]: value})[block_id][element["action_id"]]
    return action
