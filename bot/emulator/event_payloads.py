"""The events that Slack sends to an app, and the wrapper they come in. Pure: everything comes in as a value."""

from collections.abc import Callable

from bot.emulator.model import Channel, Json, Message, User
from bot.emulator.objects import message_json, user_json, view_json
from bot.emulator.payloads import VERIFICATION_TOKEN
from bot.emulator.workspace import Workspace, new_id

Build = Callable[[Workspace, Message, Channel, Json, str], Json]


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


def url_verification(challenge: str) -> Json:
    return {"token": VERIFICATION_TOKEN, "challenge": challenge, "type": "url_verification"}


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


def channel_type(channel: Channel) -> str:
    """As in `message.im`; the event's own field says "channel" for `message.channels`."""
    return "im" if channel.is_im else "groups" if channel.is_private else "channels"


def _event_in(channel: Channel, ts: str) -> Json:
    return {"channel": channel.id, "channel_type": channel_type(channel).removesuffix("s"), "event_ts": ts}


def message_posted(workspace: Workspace, message: Message, channel: Channel) -> Json:
    found = message_json(workspace, message)
    subtype = {"subtype": "file_share"} if message.files else {}
    return found | subtype | _event_in(channel, message.ts)


def message_changed(workspace: Workspace, message: Message, channel: Channel, before: Json, ts: str) -> Json:
    found = {
        "type": "message",
        "subtype": "message_changed",
        "message": message_json(workspace, message),
        "previous_message": before,
        "hidden": True,
        "ts": ts,
    }
    return found | _event_in(channel, ts)


def message_deleted(_workspace: Workspace, message: Message, channel: Channel, before: Json, ts: str) -> Json:
    found = {
        "type": "message",
        "subtype": "message_deleted",
        "previous_message": before,
        "hidden": True,
        "deleted_ts": message.ts,
        "ts": ts,
    }
    return found | _event_in(channel, ts)


def app_mention(posted: Json) -> Json:
    kept = {key: value for key, value in posted.items() if key not in ("channel_type", "subtype")}
    return kept | {"type": "app_mention"}


def reaction(kind: str, user_id: str, name: str, message: Message, event_ts: str) -> Json:
    return {
        "type": kind,
        "user": user_id,
        "reaction": name,
        "item_user": message.user,
        "item": {"type": "message", "channel": message.channel, "ts": message.ts},
        "event_ts": event_ts,
    }


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
