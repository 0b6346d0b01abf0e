"""Keeping a workspace in a file from one run to the next; open windows and unfinished uploads are not kept."""

import json
from base64 import b64decode, b64encode
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bot.emulator.clock import Clock
from bot.emulator.model import Channel, File, Message, User, UserGroup
from bot.emulator.workspace import Workspace

OWN = ("team_id", "name", "domain", "bot_id", "app_id", "app_name")


def save_workspace(workspace: Workspace, path: Path) -> None:
    """Write the workspace to a file, whole or not at all."""
    kept = {
        "workspace": {name: getattr(workspace, name) for name in OWN},
        "bot": asdict(workspace.bot),
        "users": [asdict(user) for user in workspace.users.values() if user is not workspace.bot],
        "channels": [asdict(channel) for channel in workspace.channels.values()],
        "groups": [asdict(group) for group in workspace.groups.values()],
        "files": [_file(file) for file in workspace.files.values() if file.content is not None],
        "messages": [asdict(message) for messages in workspace.messages.values() for message in messages],
    }
    draft = path.with_suffix(".part")
    draft.write_text(json.dumps(kept, default=sorted, ensure_ascii=False), encoding="utf-8")
    draft.replace(path)


def load_workspace(path: Path, clock: Clock | None = None) -> Workspace:
    """The workspace that `save_workspace` wrote. Raises ValueError when the file is not one."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        channels = [Channel(**given | {"members": set(given["members"])}) for given in kept["channels"]]
        workspace = Workspace(
            users=[User(**given) for given in kept["users"]],
            channels=channels,
            clock=clock or Clock(),
            bot=User(**kept["bot"]),
            groups=[UserGroup(**given) for given in kept.get("groups", [])],
            **kept["workspace"],
        )
        workspace.files = {given["id"]: _file_again(given) for given in kept.get("files", [])}
        for given in kept["messages"]:
            _put_back(workspace, given)
        if not workspace.personas():
            raise ValueError(f"{path} holds nobody")
    except (KeyError, TypeError) as error:
        raise ValueError(f"{path} holds no workspace: {error}") from error
    return workspace


def _file(file: File) -> dict[str, Any]:
    return asdict(file) | {"content": b64encode(file.content or b"").decode()}


def _file_again(given: dict[str, Any]) -> File:
    shares = [(channel, ts) for channel, ts in given["shares"]]
    return File(**given | {"content": b64decode(given["content"]), "shares": shares})


def _put_back(workspace: Workspace, given: dict[str, Any]) -> None:
    workspace.add_message(Message(**given | {"reply_count": 0}))  # its replies are counted as they come after it
