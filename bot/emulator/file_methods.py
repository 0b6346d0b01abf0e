"""The files.* methods: an upload in three steps, and what there is to know of a file."""

import math
import re
from typing import Any

from bot.emulator.calls import Call, Method
from bot.emulator.errors import SlackError
from bot.emulator.files import MOST_BYTES, delete_file, file_json, new_file, visible_file, visible_files
from bot.emulator.json_text import whole_number
from bot.emulator.model import Channel, File, Json, Message

TYPES = {  # what `types` can ask for → the beginning of a mimetype; Slack's own posts and Google's are never here
    "all": "",
    "images": "image/",
    "pdfs": "application/pdf",
    "zips": "application/(zip|x-zip)",
    "snippets": "text/",
    "spaces": "(?!)",
    "gdocs": "(?!)",
}


def get_upload_url(call: Call) -> Json:
    """The first step; the second is a POST of the bytes to the address that this gives."""
    name, length = call.required("filename"), whole_number(call.required("length"), MOST_BYTES)
    if not length:
        raise SlackError("invalid_arguments", ["[ERROR] must be greater than 0 [json-pointer:/length]"])
    file = new_file(call.workspace, call.workspace.bot.id, name, length)
    file.alt_text = call.text("alt_txt")
    ticket = call.uploads.expect(call.workspace, file)
    return {"upload_url": f"{call.address}upload/v1/{ticket}", "file_id": file.id}


def complete_upload(call: Call) -> Json:
    """The third step: titles, and a message with the files in each conversation that is named."""
    files = [_uploaded(call, given) for given in _listed(call)]
    channels = _channels(call)
    for file in files:
        file.is_ready = True
    # Slack answers before it has looked at the files and shared them; who needs to know asks files.info.
    answer = [{**file_json(call.workspace, file), "mimetype": "", "filetype": "", "pretty_type": ""} for file in files]
    for channel in channels:
        _share(call, channel, files)
    return {"files": answer}


def _listed(call: Call) -> list[Json]:
    listed: Any = call.json("files")
    if not isinstance(listed, list) or not listed or not all(isinstance(one, dict) and "id" in one for one in listed):
        raise SlackError("invalid_arguments", ["[ERROR] missing required field: files"])
    return listed


def _uploaded(call: Call, given: Json) -> File:
    file = call.workspace.files.get(str(given["id"]))
    if file is None or file.user != call.workspace.bot.id or file.is_ready or file.content is None:
        raise SlackError("file_not_found")
    file.title = str(given.get("title") or "")
    return file


def _channels(call: Call) -> list[Channel]:
    """`channel_id` is an id and nothing else; `channels` may name people too."""
    one = call.text("channel_id")
    if one and one[0] not in "CGDZ":
        sentence = "[ERROR] input must match regex pattern: ^[CGDZ][A-Z0-9]{8,}$ [json-pointer:/channel_id]"
        raise SlackError("invalid_arguments", [sentence])
    return [_channel(call, wanted) for wanted in ([one] if one else call.words("channels"))]


def _channel(call: Call, wanted: str) -> Channel:
    workspace = call.workspace
    channel = workspace.im_of(wanted) if wanted in workspace.users else workspace.channels.get(wanted)
    if channel is None:
        raise SlackError("channel_not_found")
    if workspace.bot.id not in channel.members:
        raise SlackError("not_in_channel")
    if channel.is_archived:
        raise SlackError("is_archived")
    return channel


def _share(call: Call, channel: Channel, files: list[File]) -> None:
    workspace, comment = call.workspace, call.text("initial_comment")
    ts = workspace.next_ts(channel.id)
    for file in files:
        file.shares.append((channel.id, ts))
    call.team.conversations.post(
        Message(
            ts,
            channel.id,
            workspace.bot.id,
            comment,
            thread_ts=call.thread(channel),
            bot_id=workspace.bot_id,
            files=[file.id for file in files],
        )
    )


def info(call: Call) -> Json:
    file = visible_file(call.workspace, call.required("file"))
    return {"file": file_json(call.workspace, file), "comments": [], "response_metadata": {"next_cursor": ""}}


def listed(call: Call) -> Json:
    """By Slack's older pages: a `count` and a number of the `page`, newest first."""
    workspace, user = call.workspace, call.user().id if call.text("user") else ""
    channel = call.channel().id if call.text("channel") else ""
    kinds = [TYPES[word] for word in call.words("types", "all") if word in TYPES]
    if len(kinds) != len(call.words("types", "all")):
        raise SlackError("unknown_type")
    since, until = _moment(call, "ts_from", 0.0), _moment(call, "ts_to", math.inf)
    found = [
        file
        for file in visible_files(workspace)
        if user in ("", file.user)
        and (not channel or channel in {shared for shared, _ in file.shares})
        and since <= file.created <= until
        and any(re.match(kind, file.mimetype) for kind in kinds)
    ]
    count, page = call.number("count", 100, 1000), call.number("page", 1, 10**6)
    shown = sorted(found, key=lambda file: file.created, reverse=True)[(page - 1) * count : page * count]
    paging = {"count": count, "total": len(found), "page": page, "pages": math.ceil(len(found) / count)}
    return {"files": [file_json(workspace, file) for file in shown], "paging": paging}


def _moment(call: Call, name: str, default: float) -> float:
    try:
        return float(call.text(name) or default)
    except ValueError:
        raise SlackError("invalid_arguments", [f"[ERROR] must be a timestamp [json-pointer:/{name}]"]) from None


def delete(call: Call) -> Json:
    file = visible_file(call.workspace, call.required("file"))
    if file.user != call.workspace.bot.id:
        raise SlackError("cant_delete_file")
    delete_file(call.workspace, file)
    return {}


METHODS: dict[str, Method] = {
    "files.getUploadURLExternal": get_upload_url,
    "files.completeUploadExternal": complete_upload,
    "files.info": info,
    "files.list": listed,
    "files.delete": delete,
}
