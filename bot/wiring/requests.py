"""Reading who is asking, and which request it is, from what Slack sends."""

from dataclasses import dataclass

from slack_bolt import BoltContext

from bot.slack.blocks import Json

AT_A_TIME = 8  # more of them take longer, and the last one by far: they get in each other's way, in the database too
ABOUT_SOMEBODY = ("user_change", "team_join")  # Slack tells about them: they did nothing here


@dataclass(frozen=True)
class Asking:
    """Who sent a request, as Slack tells it."""

    team_id: str
    slack_id: str
    name: str  # a handle, until the profile is known; may be empty
    is_stranger: bool  # from another company, in a shared channel
    request_key: str | None  # the same for every delivery of the same request


def is_shaped(body: object) -> bool:
    """Whether a request has the parts that Slack's requests have, so far as anything here looks at them."""
    if not isinstance(body, dict) or not body:
        return False
    if not all(isinstance(body.get(part, {}), dict) for part in ("event", "view")):
        return False
    if body.get("type") == "view_submission" and not _is_view(body.get("view", {})):
        return False
    clicked = body.get("actions", [{}])
    return isinstance(clicked, list) and bool(clicked) and all(isinstance(action, dict) for action in clicked)


def _is_view(view: Json) -> bool:
    state, blocks = view.get("state", {}), view.get("blocks")
    values = state.get("values", {}) if isinstance(state, dict) else None
    fields_fit = isinstance(values, dict) and all(isinstance(field, dict) for field in values.values())
    blocks_fit = isinstance(blocks, list) and all(isinstance(block, dict) and "type" in block for block in blocks)
    return isinstance(view.get("id"), str) and fields_fit and blocks_fit


def asking(body: Json, context: BoltContext) -> Asking | None:
    """None for what comes from nobody in particular."""
    event: Json = body.get("event", {})
    if not context.team_id or not context.user_id or is_echo(event) or event.get("type") in ABOUT_SOMEBODY:
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


def kind_of(body: Json) -> str:
    """What sort of request it was, without anything that a person wrote."""
    actions = body.get("actions") or [{}]
    return str(
        body.get("command")
        or body.get("event", {}).get("type")
        or actions[0].get("action_id")
        or body.get("callback_id")
        or body.get("view", {}).get("callback_id")
        or body.get("type")
    )
