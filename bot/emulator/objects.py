"""Users, conversations, messages and views as Slack writes them in JSON."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.emulator.files import file_json
from bot.emulator.model import Channel, Json, Message, User, View
from bot.emulator.workspace import Workspace


def user_json(workspace: Workspace, user: User, *, with_locale: bool = False) -> Json:
    home = not user.team_id or user.team_id == workspace.team_id
    zone = datetime.now(UTC).astimezone(ZoneInfo(user.tz))
    offset = zone.utcoffset()
    found: Json = {
        "id": user.id,
        "team_id": user.team_id or workspace.team_id,
        "name": user.name,
        "deleted": user.deleted,
        "real_name": user.real_name,
        "tz": user.tz,
        "tz_label": zone.tzname(),
        "tz_offset": int(offset.total_seconds()) if offset else 0,
        "profile": profile_json(workspace, user),
        "is_bot": user.is_bot,
        "is_app_user": False,
        "updated": 0,
    }
    if not user.deleted:
        found |= {"is_admin": user.is_admin, "is_owner": False, "is_primary_owner": False}
        found |= {"is_restricted": user.is_restricted, "is_ultra_restricted": False}
    if not home:
        found["is_stranger"] = True
    if with_locale:
        found["locale"] = user.locale
    return found


def profile_json(workspace: Workspace, user: User) -> Json:
    first, _, last = user.real_name.partition(" ")
    profile: Json = {
        "title": user.title,
        "real_name": user.real_name,
        "real_name_normalized": user.real_name,
        "display_name": "",  # most people leave it empty, and Slack shows their real name
        "display_name_normalized": "",
        "first_name": first,
        "last_name": last,
        "status_text": user.status_text,
        "status_emoji": user.status_emoji,
        "status_expiration": user.status_expiration,
        "team": user.team_id or workspace.team_id,
    }
    if user.is_bot:
        profile |= {"api_app_id": workspace.app_id, "bot_id": workspace.bot_id}
    return profile


def channel_json(workspace: Workspace, channel: Channel) -> Json:
    if channel.is_im:
        return {
            "id": channel.id,
            "created": 0,
            "is_im": True,
            "is_archived": False,
            "is_org_shared": False,
            "user": channel.person,
            "is_open": True,
            "context_team_id": workspace.team_id,
        }
    return {
        "id": channel.id,
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": not channel.is_private,
        "is_group": channel.is_private,
        "is_im": False,
        "is_mpim": False,
        "is_private": channel.is_private,
        "is_archived": channel.is_archived,
        "is_general": channel.name in ("general", "algemeen"),
        "is_member": workspace.bot.id in channel.members,
        "is_shared": False,
        "is_ext_shared": False,
        "created": 0,
        "creator": workspace.bot.id,
        "topic": {"value": channel.topic, "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
        "context_team_id": workspace.team_id,
    }


def message_json(workspace: Workspace, message: Message, *, with_metadata: bool = False) -> Json:
    found: Json = {
        "type": "message",
        "user": message.user,
        "ts": message.ts,
        "text": message.text,
        "team": workspace.team_id,
    }
    if message.bot_id:
        found |= {"bot_id": message.bot_id, "app_id": workspace.app_id, "bot_profile": bot_profile(workspace)}
    optional = {
        "subtype": message.subtype,
        "client_msg_id": message.client_msg_id,
        "blocks": message.blocks,
        "metadata": message.metadata if with_metadata else None,
        "edited": {"user": message.user, "ts": message.ts} if message.edited else None,
        "files": [file_json(workspace, workspace.files[file]) for file in message.files],
        "reactions": [{"name": name, "users": users, "count": len(users)} for name, users in message.reactions.items()],
    }
    found |= {key: value for key, value in optional.items() if value}
    return found | _thread(message)


def bot_profile(workspace: Workspace) -> Json:
    return {
        "id": workspace.bot_id,
        "app_id": workspace.app_id,
        "name": workspace.app_name,
        "deleted": False,
        "team_id": workspace.team_id,
    }


def _thread(message: Message) -> Json:
    if message.thread_ts is None:
        return {}
    if message.thread_ts != message.ts:
        return {"thread_ts": message.thread_ts}
    return {
        "thread_ts": message.ts,
        "reply_count": message.reply_count,
        "reply_users_count": len(message.reply_users),
        "reply_users": message.reply_users,
        "latest_reply": message.latest_reply,
        "is_locked": False,
        "subscribed": False,
    }


def view_json(workspace: Workspace, view: View) -> Json:
    body = view.body
    return {
        "id": view.id,
        "team_id": workspace.team_id,
        "type": body["type"],
        "blocks": body["blocks"],
        "private_metadata": body.get("private_metadata", ""),
        "callback_id": body.get("callback_id", ""),
        "state": {"values": view.state},
        "hash": view.hash,
        "title": body.get("title", {"type": "plain_text", "text": "View Title", "emoji": True}),
        "clear_on_close": body.get("clear_on_close", False),
        "notify_on_close": body.get("notify_on_close", False),
        "close": body.get("close"),
        "submit": body.get("submit"),
        "previous_view_id": view.previous_id,
        "root_view_id": view.root_id or view.id,
        "app_id": workspace.app_id,
        "external_id": view.external_id or "",
        "app_installed_team_id": workspace.team_id,
        "bot_id": workspace.bot_id,
    }
