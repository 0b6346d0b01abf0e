"""The payloads that Slack sends to an app. Pure: everything comes in as a value."""

from typing import Any

from bot.emulator.model import Channel, Json, Message, User, View
from bot.emulator.objects import message_json, user_json, view_json
from bot.emulator.workspace import Workspace, new_id

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
    return "directmessage" if channel.is_im else channel.name


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
    channel = workspace.channels[message.channel]
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": message.only_for is not None,
    }
    found: Json = {
        "container": container,
        "channel": {"id": channel.id, "name": channel_name(channel)},
        "state": {"values": state},
        "response_url": response_url,
        "actions": [action],
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    if message.only_for is None:
        found["message"] = message_json(workspace, message, with_metadata=True)
    return _interaction(workspace, "block_actions", user, trigger_id) | found


def click_in_view(workspace: Workspace, user: User, view: View, action: Json, trigger_id: str) -> Json:
    found = {
        "container": {"type": "view", "view_id": view.id},
        "view": view_json(workspace, view),
        "actions": [action],
    }
    return _interaction(workspace, "block_actions", user, trigger_id) | found


def submission(workspace: Workspace, user: User, view: View, trigger_id: str) -> Json:
    found = {"view": view_json(workspace, view), "response_urls": []}
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


def event_callback(workspace: Workspace, event: Json) -> Json:
    """The wrapper in which each event comes."""
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": workspace.team_id,
        "context_team_id": workspace.team_id,
        "context_enterprise_id": None,
        "api_app_id": workspace.app_id,
        "event": event,
        "type": "event_callback",
        "event_id": new_id("Ev"),
        "event_time": int(workspace.clock.now()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": workspace.team_id,
                "user_id": workspace.bot.id,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
        "event_context": new_id("EC"),
    }


def home_opened(workspace: Workspace, user: User, event_ts: str) -> Json:
    event: Json = {
        "type": "app_home_opened",
        "user": user.id,
        "channel": workspace.im_of(user.id).id,
        "tab": "home",
        "event_ts": event_ts,
    }
    home = workspace.homes.get(user.id)
    return event | ({"view": view_json(workspace, home)} if home else {})


def direct_message(workspace: Workspace, message: Message) -> Json:
    found = message_json(workspace, message)
    return found | {"channel": message.channel, "channel_type": "im", "event_ts": message.ts}


def user_event(workspace: Workspace, kind: str, user: User, event_ts: str) -> Json:
    """`team_join` or `user_change`."""
    return {"type": kind, "user": user_json(workspace, user), "cache_ts": int(float(event_ts)), "event_ts": event_ts}


def member_joined(workspace: Workspace, user_id: str, channel: Channel, event_ts: str) -> Json:
    return {
        "type": "member_joined_channel",
        "user": user_id,
        "channel": channel.id,
        "channel_type": "C",
        "team": workspace.team_id,
        "event_ts": event_ts,
    }


def action_of(element: Json, block_id: str, given: Json, action_ts: str) -> Json:
    """The entry in `actions`: what the person chose, on what."""
    kept: dict[str, Any] = {key: element[key] for key in ("text", "value", "style", "placeholder") if key in element}
    chosen = {key: value for key, value in given.items() if key.startswith("selected_") or key == "value"}
    fixed = {"type": element["type"], "action_id": element["action_id"], "block_id": block_id, "action_ts": action_ts}
    if element["type"] == "button":
        chosen.pop("value", None)
    return kept | chosen | fixed
