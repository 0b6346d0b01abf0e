"""The payloads that Slack sends to an app. Pure: everything comes in as a value."""

from typing import Any

from bot.emulator.model import Channel, Json, Message, User, View
from bot.emulator.objects import message_json, view_json
from bot.emulator.workspace import Workspace

VERIFICATION_TOKEN = "emulated-verification-token"  # noqa: S105 - Slack's old way of signing, which nobody checks


def command_payload(
    workspace: Workspace, user: User, channel: Channel, command: str, text: str, trigger_id: str, response_url: str
) -> Json:
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": workspace.team_id,
        "team_domain": workspace.domain,
        "channel_id": channel.id,
        "channel_name": channel_name(channel),
        "user_id": user.id,
        "user_name": user.name,
        "command": command,
        "text": text,
        "api_app_id": workspace.app_id,
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": trigger_id,
    }


def channel_name(channel: Channel) -> str:
    """Slack hands on no name of what isn't open to everybody."""
    return "directmessage" if channel.is_im else "privategroup" if channel.is_private else channel.name


def _interaction(workspace: Workspace, kind: str, user: User, trigger_id: str | None) -> Json:
    found: Json = {
        "type": kind,
        "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": user.team_id or workspace.team_id},
        "api_app_id": workspace.app_id,
        "token": VERIFICATION_TOKEN,
        "team": {"id": workspace.team_id, "domain": workspace.domain},
        "enterprise": None,
        "is_enterprise_install": False,
    }
    return found | ({"trigger_id": trigger_id} if trigger_id else {})


def click_in_message(
    workspace: Workspace,
    user: User,
    message: Message,
    action: Json,
    state: Json,
    trigger_id: str,
    response_url: str,
) -> Json:
    found = {"state": {"values": state}, "response_url": response_url, "actions": [action]}
    return _interaction(workspace, "block_actions", user, trigger_id) | _place(workspace, message) | found


def _place(workspace: Workspace, message: Message) -> Json:
    """Where a message is; of an ephemeral one the app gets no more than that."""
    channel = workspace.channels[message.channel]
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": message.only_for is not None,
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    found: Json = {"container": container, "channel": {"id": channel.id, "name": channel_name(channel)}}
    if message.only_for is None:
        found["message"] = message_json(workspace, message, with_metadata=True)
    return found


def click_in_view(workspace: Workspace, user: User, view: View, action: Json, trigger_id: str) -> Json:
    found = {
        "container": {"type": "view", "view_id": view.id},
        "view": view_json(workspace, view),
        "actions": [action],
    }
    return _interaction(workspace, "block_actions", user, trigger_id) | found


def suggestion(
    workspace: Workspace, user: User, holder: Message | View, element: Json, block_id: str, typed: str
) -> Json:
    """What was typed so far in a menu that the app fills."""
    found: Json = {"action_id": element["action_id"], "block_id": block_id, "value": typed}
    if isinstance(holder, View):
        found |= {"container": {"type": "view", "view_id": holder.id}, "view": view_json(workspace, holder)}
    else:
        found |= _place(workspace, holder)
    return _interaction(workspace, "block_suggestion", user, None) | found


def submission(workspace: Workspace, user: User, view: View, trigger_id: str, response_urls: list[Json]) -> Json:
    found = {"view": view_json(workspace, view), "response_urls": response_urls}
    return _interaction(workspace, "view_submission", user, trigger_id) | found


def view_closed(workspace: Workspace, user: User, view: View, is_cleared: bool) -> Json:
    found = {"view": view_json(workspace, view), "is_cleared": is_cleared}
    return _interaction(workspace, "view_closed", user, None) | found


def global_shortcut(workspace: Workspace, user: User, callback_id: str, trigger_id: str, action_ts: str) -> Json:
    found = {"callback_id": callback_id, "action_ts": action_ts}
    return _interaction(workspace, "shortcut", user, trigger_id) | found


def message_shortcut(
    workspace: Workspace,
    user: User,
    callback_id: str,
    message: Message,
    trigger_id: str,
    response_url: str,
    action_ts: str,
) -> Json:
    channel = workspace.channels[message.channel]
    found = {
        "callback_id": callback_id,
        "action_ts": action_ts,
        "message_ts": message.ts,
        "message": message_json(workspace, message, with_metadata=True),
        "channel": {"id": channel.id, "name": channel_name(channel)},
        "response_url": response_url,
    }
    return _interaction(workspace, "message_action", user, trigger_id) | found


def action_of(element: Json, block_id: str, given: Json, action_ts: str) -> Json:
    """The entry in `actions`: what the person chose, on what."""
    kept: dict[str, Any] = {key: element[key] for key in ("text", "value", "style", "placeholder") if key in element}
    chosen = {key: value for key, value in given.items() if key.startswith("selected_") or key == "value"}
    fixed = {"type": element["type"], "action_id": element["action_id"], "block_id": block_id, "action_ts": action_ts}
    if element["type"] == "button":
        chosen.pop("value", None)
    return kept | chosen | fixed
