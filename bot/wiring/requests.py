"""Reading who is asking, and which request it is, from what Slack sends."""

from dataclasses import dataclass

from slack_bolt import BoltContext

from bot.slack.blocks import Json


@dataclass(frozen=True)
class Asking:
    """Who sent a request, as Slack tells it."""

    team_id: str
    slack_id: str
    name: str  # a handle, until the profile is known; may be empty
    is_stranger: bool  # from another company, in a shared channel
    request_key: str | None  # the same for every delivery of the same request


def asking(body: Json, context: BoltContext) -> Asking | None:
    """None for what comes from nobody in particular."""
    event: Json = body.get("event", {})
    if not context.team_id or not context.user_id or is_echo(event):
        return None
    user = body.get("user")
    details: Json = user if isinstance(user, dict) else {}
    home_team = details.get("team_id") or event.get("user_team") or context.team_id
    return Asking(
        team_id=context.team_id,
        slack_id=context.user_id,
        name=str(body.get("user_name") or details.get("username") or details.get("name") or ""),
        is_stranger=home_team != context.team_id,
        request_key=request_key(body),
    )


def is_echo(event: Json) -> bool:
    """Whether a message event is no person's words: the bot's own message, an edit, a deletion, another bot."""
    if event.get("type") != "message":
        return False
    return bool(event.get("bot_id")) or event.get("subtype") not in (None, "file_share")


def request_key(body: Json) -> str | None:
    """What makes a request itself. An event may come again under another id, so a message is known by its `ts`."""
    event: Json = body.get("event", {})
    if event.get("type") == "message":
        return f"message:{event.get('channel')}:{event.get('ts')}"
    if body.get("event_id"):
        return f"event:{body['event_id']}"
    if body.get("type") == "view_submission":
        return f"view:{body['view']['id']}"
    if body.get("actions"):
        return f"click:{body['user']['id']}:{body['actions'][0].get('action_ts')}"
    if body.get("trigger_id"):
        return f"trigger:{body['trigger_id']}"[:200]
    return None
