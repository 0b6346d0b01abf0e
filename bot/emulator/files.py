"""Files as Slack writes them in JSON, and which of them the app may see and show."""

import mimetypes
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from bot.emulator.errors import SlackError
from bot.emulator.model import Channel, File, Json
from bot.emulator.workspace import Workspace, new_id

MOST_BYTES = 1024**3
MIMETYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+")
SHOWABLE = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif"}  # what an image block takes
TYPES = {
    **SHOWABLE,
    "application/pdf": "pdf",
    "text/plain": "text",
    "text/csv": "csv",
    "application/json": "json",
    "image/webp": "webp",
    "image/heic": "heic",
}


def new_file(workspace: Workspace, user_id: str, name: str, size: int, mimetype: str = "") -> File:
    given = mimetype if MIMETYPE.fullmatch(mimetype) else ""  # it goes into a header again
    kind = given or mimetypes.guess_type(name)[0] or "application/octet-stream"
    file = File(new_id("F"), name, user_id, int(workspace.clock.now()), size, kind)
    workspace.files[file.id] = file
    return file


def filetype(file: File) -> str:
    return TYPES.get(file.mimetype, "binary")


def file_path(workspace: Workspace, file: File) -> str:
    """Where this server gives the file, without a slash before it."""
    name = quote(re.sub(r"\s", "_", file.name), safe="")
    return f"files-pri/{workspace.team_id}-{file.id}/{name}"


def file_json(workspace: Workspace, file: File) -> Json:
    url = f"{workspace.address}{file_path(workspace, file)}"
    found: Json = {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title or file.name,
        "mimetype": file.mimetype,
        "filetype": filetype(file),
        "pretty_type": filetype(file).upper(),
        "user": file.user,
        "user_team": workspace.team_id,
        "editable": False,
        "size": file.size,
        "mode": "hosted",
        "is_external": False,
        "external_type": "",
        "is_public": any(not _is_closed(workspace.channels[channel]) for channel, _ in file.shares),
        "public_url_shared": False,
        "display_as_bot": False,
        "username": "",
        "url_private": url,
        "url_private_download": url,
        "media_display_type": "unknown",
        "permalink": f"https://{workspace.domain}.slack.com/files/{file.user}/{file.id}/{file.name}",
        "file_access": "visible",
        "comments_count": 0,
        "has_rich_preview": False,
    }
    if file.mimetype in SHOWABLE:
        found |= {"thumb_360": url, "original_w": 0, "original_h": 0}
    if file.alt_text:
        found["alt_txt"] = file.alt_text
    return found | _shares(workspace, file)


def _shares(workspace: Workspace, file: File) -> Json:
    """Direct conversations go by `ims`, private channels by `groups`; Slack's name for their shares is "private"."""
    found: Json = {"channels": [], "groups": [], "ims": [], "shares": {}}
    for channel_id, ts in file.shares:
        channel = workspace.channels[channel_id]
        found["ims" if channel.is_im else "groups" if channel.is_private else "channels"].append(channel_id)
        share = {"ts": ts, "reply_users": [], "reply_users_count": 0, "reply_count": 0}
        found["shares"].setdefault("private" if _is_closed(channel) else "public", {})[channel_id] = [share]
    return found


def _is_closed(channel: Channel) -> bool:
    return channel.is_im or channel.is_private


def visible_file(workspace: Workspace, file_id: str) -> File:
    """One that the app made, was handed, or sees in a conversation; raises `file_not_found`."""
    file = workspace.files.get(file_id)
    if file is None or not file.is_ready or not _is_visible(workspace, file):
        raise SlackError("file_not_found")
    return file


def _is_visible(workspace: Workspace, file: File) -> bool:
    joined = any(workspace.bot.id in workspace.channels[channel].members for channel, _ in file.shares)
    return file.user == workspace.bot.id or file.is_handed_in or joined


def visible_files(workspace: Workspace) -> list[File]:
    """All of those."""
    return [file for file in workspace.files.values() if file.is_ready and _is_visible(workspace, file)]


def delete_file(workspace: Workspace, file: File) -> None:
    """It disappears from the messages that show it."""
    del workspace.files[file.id]
    for messages in workspace.messages.values():
        for message in messages:
            if file.id in message.files:
                message.files.remove(file.id)
    workspace.changes.notify()


def wrong_files(workspace: Workspace, blocks: Any, pointer: str) -> Iterator[str]:
    """What Slack says of each `slack_file` in valid blocks that isn't an image the app may see."""
    if isinstance(blocks, list):
        for index, part in enumerate(blocks):
            yield from wrong_files(workspace, part, f"{pointer}/{index}")
    elif isinstance(blocks, dict):
        for key, part in blocks.items():
            if key == "slack_file" and not _is_showable(workspace, part):
                yield f"[ERROR] invalid slack file [json-pointer:{pointer}/slack_file]"
            elif isinstance(part, dict | list):
                yield from wrong_files(workspace, part, f"{pointer}/{key}")


def _is_showable(workspace: Workspace, named: Json) -> bool:
    by_url = (one for one in workspace.files.values() if file_json(workspace, one)["url_private"] == named.get("url"))
    file = workspace.files.get(named["id"]) if "id" in named else next(by_url, None)
    return file is not None and file.is_ready and file.mimetype in SHOWABLE and _is_visible(workspace, file)
