"""What Slack sends, as its documentation shows it."""

from typing import Any

from tests.fakes import FANS, TEAM

Json = dict[str, Any]

_USER_TEAM = {"id": TEAM, "domain": "linde"}


def command(text: str = "", user: str = "U0SANNE", name: str = "/fan", **more: Any) -> Json:
    return {
        "token": "legacy", "team_id": TEAM, "team_domain": "linde", "channel_id": FANS, "channel_name": "fans",
        "user_id": user, "user_name": user.removeprefix("U0").lower(), "command": name, "text": text,
        "api_app_id": "A0", "is_enterprise_install": "false", "trigger_id": f"trigger.{user}.{text[:20]}",
    } | more  # fmt: skip


def _interaction(kind: str, user: str, **more: Any) -> Json:
    who = {"id": user, "username": user.removeprefix("U0").lower(), "name": user.lower(), "team_id": TEAM}
    common = {"type": kind, "team": _USER_TEAM, "user": who, "api_app_id": "A0", "token": "legacy"}
    return common | {"trigger_id": f"trigger.{kind}.{user}", "enterprise": None, "is_enterprise_install": False} | more


def click(action_id: str, value: str = "", user: str = "U0SANNE", *, url: str = "", at: str = "1.1") -> Json:
    """A click on a button in a message."""
    action = {"type": "button", "action_id": action_id, "block_id": "b", "value": value, "action_ts": at}
    return _interaction(
        "block_actions", user, actions=[action], channel={"id": FANS, "name": "fans"},
        container={"type": "message", "message_ts": "1.0", "channel_id": FANS, "is_ephemeral": False},
        message={"type": "message", "ts": "1.0", "text": "x", "user": "U0BOT"}, state={"values": {}},
        **({"response_url": url} if url else {}),
    )  # fmt: skip


def home_click(action_id: str, value: str = "", user: str = "U0SANNE", *, at: str = "1.1") -> Json:
    """A click on a button at Home; it has no response address."""
    view = {"id": "V0HOME", "team_id": TEAM, "type": "home", "blocks": [], "hash": "h", "state": {"values": {}}}
    action = {"type": "button", "action_id": action_id, "block_id": "b", "value": value, "action_ts": at}
    return _interaction(
        "block_actions", user, actions=[action], container={"type": "view", "view_id": "V0HOME"}, view=view
    )


def submission(form: Json, values: Json, user: str = "U0SANNE", *, view_id: str = "V1") -> Json:
    """A form that was sent: `form` is the view that was opened, `values` what was filled in by field."""
    state = {name: {name: element} for name, element in values.items()}
    return _interaction(
        "view_submission", user, response_urls=[],
        view={**form, "id": view_id, "team_id": TEAM, "hash": "h", "state": {"values": state}},
    )  # fmt: skip


def suggestion(form: Json, name: str, typed: str, user: str = "U0SANNE") -> Json:
    """What somebody typed so far in a list of a form that the app fills. It has no trigger."""
    view = {**form, "id": "V1", "team_id": TEAM, "hash": "h", "state": {"values": {}}}
    asked = _interaction("block_suggestion", user, action_id=name, block_id=name, value=typed, view=view)
    return {part: value for part, value in asked.items() if part != "trigger_id"}


def shortcut(callback_id: str, user: str = "U0SANNE") -> Json:
    return _interaction("shortcut", user, callback_id=callback_id, action_ts="1.1")


def event(inner: Json, *, event_id: str = "Ev1") -> Json:
    return {
        "token": "legacy", "team_id": TEAM, "api_app_id": "A0", "type": "event_callback", "event_id": event_id,
        "event_time": 1, "event": inner, "is_ext_shared_channel": False,
        "authorizations": [{"team_id": TEAM, "user_id": "U0BOT", "is_bot": True, "enterprise_id": None}],
    }  # fmt: skip


def message(text: str, user: str = "U0SANNE", *, event_id: str = "Ev1", ts: str = "5.5", **more: Any) -> Json:
    """Words to the bot in its direct messages."""
    said = {"type": "message", "channel_type": "im", "channel": "D0SANNE", "user": user, "text": text, "ts": ts}
    return event(said | {"team": TEAM, "event_ts": ts} | more, event_id=event_id)


def home_opened(user: str = "U0SANNE", tab: str = "home") -> Json:
    return event({"type": "app_home_opened", "user": user, "channel": "D1", "tab": tab, "event_ts": "6.6"})


def profile_event(kind: str, user: str, **profile: Any) -> Json:
    told = {"id": user, "team_id": TEAM, "name": "handle", "tz": "Europe/Amsterdam", "profile": {}, "is_bot": False}
    return event({"type": kind, "user": told | profile, "cache_ts": 1, "event_ts": "7.7"})
