"""Reading an app's manifest: its names, commands, shortcuts, events and scopes."""

from typing import Any

from bot.emulator.model import Command, Json, Shortcut
from bot.emulator.workspace import Workspace


def apply_manifest(workspace: Workspace, manifest: Any) -> None:
    """Install the app that a Slack manifest (as parsed JSON) describes; ValueError says what is wrong with it."""
    features, settings = _part(manifest, "features"), _part(manifest, "settings")
    workspace.commands = [_command(given) for given in _list(features, "slash_commands")]
    workspace.shortcuts = [_shortcut(given) for given in _list(features, "shortcuts")]
    workspace.events = _names(_part(settings, "event_subscriptions"), "bot_events")
    workspace.scopes = _names(_part(_part(manifest, "oauth_config"), "scopes"), "bot")
    workspace.app_name = str(_part(manifest, "display_information").get("name") or workspace.app_name)
    workspace.bot.real_name = str(_part(features, "bot_user").get("display_name") or workspace.app_name)
    workspace.changes.notify()


def _part(owner: Any, key: str) -> Json:
    if not isinstance(owner, dict):
        raise ValueError("manifest: must be an object")
    part = owner.get(key, {})
    if not isinstance(part, dict):
        raise ValueError(f"manifest: {key} must be an object")
    return part


def _list(owner: Json, key: str) -> list[Json]:
    listed = owner.get(key) or []
    if not isinstance(listed, list) or not all(isinstance(item, dict) for item in listed):
        raise ValueError(f"manifest: {key} must be a list of objects")
    return listed


def _names(owner: Json, key: str) -> set[str] | None:
    """None when the manifest doesn't say."""
    listed = owner.get(key)
    if listed is None:
        return None
    if not isinstance(listed, list):
        raise ValueError(f"manifest: {key} must be a list of names")
    return {str(name) for name in listed}


def _command(given: Json) -> Command:
    name = str(given.get("command") or "")
    if not name.startswith("/"):
        raise ValueError(f"manifest: the command {name!r} must begin with a slash")
    usage, description = str(given.get("usage_hint") or ""), str(given.get("description") or "")
    return Command(name, usage, description, bool(given.get("should_escape")))


def _shortcut(given: Json) -> Shortcut:
    if given.get("type") not in ("global", "message") or not given.get("callback_id"):
        raise ValueError("manifest: a shortcut needs a callback_id and the type global or message")
    return Shortcut(str(given["callback_id"]), str(given.get("name") or given["callback_id"]), str(given["type"]))
