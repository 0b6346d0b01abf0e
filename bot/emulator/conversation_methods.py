"""The conversations.* methods, and users.conversations."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import islice

from bot.emulator.calls import Call, Method
from bot.emulator.errors import SlackError
from bot.emulator.model import Channel, Json, Message
from bot.emulator.objects import channel_json, message_json
from bot.emulator.pagination import cursor, page, read_cursor

LATEST = "9999999999.999999"


def history(call: Call) -> Json:
    """Newest first, without replies and without ephemeral messages."""
    channel, limit = call.joined_channel(), call.number("limit", 100, 999)
    found = list(islice(_main_messages(call, channel), limit + 1))
    messages, more = found[:limit], len(found) > limit
    answer: Json = {"messages": _written(call, messages), "has_more": more, "pin_count": 0}
    if more:
        answer["response_metadata"] = {"next_cursor": cursor("next_ts", messages[-1].ts)}
    return answer


def _main_messages(call: Call, channel: Channel) -> Iterator[Message]:
    kept = call.workspace.messages[channel.id]
    start, end = _window(call, kept)
    if call.text("cursor"):
        end = min(end, bisect_left(kept, read_cursor(call.text("cursor"), "next_ts"), key=_ts))
    for index in range(end - 1, start - 1, -1):
        if kept[index].only_for is None and kept[index].thread_ts in (None, kept[index].ts):
            yield kept[index]


def _window(call: Call, kept: list[Message]) -> tuple[int, int]:
    """The first and the last index between `oldest` and `latest`; the borders count when `inclusive`."""
    oldest, latest = _timestamp(call, "oldest", "0"), _timestamp(call, "latest", LATEST)
    if call.flag("inclusive"):
        return bisect_left(kept, oldest, key=_ts), bisect_right(kept, latest, key=_ts)
    return bisect_right(kept, oldest, key=_ts), bisect_left(kept, latest, key=_ts)


def _timestamp(call: Call, name: str, default: str) -> str:
    """In the width of a `ts`, so that text compares as time."""
    try:
        value = float(call.text(name) or default)
    except ValueError:
        raise SlackError(f"invalid_ts_{name}") from None
    return call.text(name) if len(call.text(name)) == len(LATEST) else f"{value:017.6f}"


def _ts(message: Message) -> str:
    return message.ts


def _written(call: Call, messages: list[Message]) -> list[Json]:
    metadata = call.flag("include_all_metadata")
    return [message_json(call.workspace, message, with_metadata=metadata) for message in messages]


def replies(call: Call) -> Json:
    """The parent first, then its replies, oldest first."""
    channel, ts = call.joined_channel(), call.required("ts")
    try:
        parent = call.workspace.message(channel.id, ts)
    except SlackError:
        raise SlackError("thread_not_found") from None
    if parent.only_for is not None:
        raise SlackError("thread_not_found")
    thread = [parent, *call.workspace.replies(channel.id, parent.ts)]
    found, metadata = page(call, thread[slice(*_window(call, thread))], 1000)
    more = bool(metadata["next_cursor"])
    return {"messages": _written(call, found), "has_more": more, "response_metadata": metadata}


def open_conversation(call: Call) -> Json:
    if call.text("channel"):
        return {"channel": {"id": call.channel().id}}
    wanted = call.words("users")
    if not wanted:
        raise SlackError("users_list_not_supplied")
    if len(wanted) > 1:
        raise SlackError("method_not_supported_for_channel_type")  # group conversations don't exist here
    user = call.workspace.users.get(wanted[0])
    if user is None:
        raise SlackError("user_not_found")
    if user.deleted:
        raise SlackError("user_disabled")
    if user.is_bot:
        raise SlackError("cannot_dm_bot")
    existed = f"D{user.id[1:]}" in call.workspace.channels
    channel = call.workspace.im_of(user.id)
    whole = call.flag("return_im")
    return {
        "no_op": existed,
        "already_open": existed,
        "channel": channel_json(call.workspace, channel) if whole else {"id": channel.id},
    }


def info(call: Call) -> Json:
    channel = call.channel()
    found = channel_json(call.workspace, channel)
    return {"channel": found | (_counted(channel) if call.flag("include_num_members") else {})}


def _counted(channel: Channel) -> Json:
    return {} if channel.is_im else {"num_members": len(channel.members)}


def list_conversations(call: Call) -> Json:
    found, metadata = _listed(call, list(call.workspace.channels.values()))
    channels = [channel_json(call.workspace, channel) | _counted(channel) for channel in found]
    return {"channels": channels, "response_metadata": metadata}


def users_conversations(call: Call) -> Json:
    user_id = call.text("user") or call.workspace.bot.id
    if user_id not in call.workspace.users:
        raise SlackError("user_not_found")
    of_user = [channel for channel in call.workspace.channels.values() if user_id in channel.members]
    found, metadata = _listed(call, of_user)
    return {"channels": [channel_json(call.workspace, channel) for channel in found], "response_metadata": metadata}


def _listed(call: Call, channels: list[Channel]) -> tuple[list[Channel], Json]:
    types, live_only = call.words("types", "public_channel"), call.flag("exclude_archived")
    known = {"public_channel", "private_channel", "mpim", "im"}
    if not set(types) <= known:
        raise SlackError("invalid_types")
    here = [c for c in channels if not c.is_private or call.workspace.bot.id in c.members]
    wanted = [c for c in here if _type_of(c) in types]
    return page(call, [c for c in wanted if not (live_only and c.is_archived)], 100)


def _type_of(channel: Channel) -> str:
    return "im" if channel.is_im else "private_channel" if channel.is_private else "public_channel"


def members(call: Call) -> Json:
    found, metadata = page(call, sorted(call.channel().members), 100)
    return {"members": found, "response_metadata": metadata}


def join(call: Call) -> Json:
    channel = call.channel()
    if channel.is_im or channel.is_private:
        raise SlackError("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise SlackError("is_archived")
    already = call.workspace.bot.id in channel.members
    channel.members.add(call.workspace.bot.id)
    call.workspace.changes.notify()
    if not already:
        call.team.events.joined(call.workspace.bot.id, channel)
    answer: Json = {"channel": channel_json(call.workspace, channel)}
    if already:
        answer |= {"warning": "already_in_channel", "response_metadata": {"warnings": ["already_in_channel"]}}
    return answer


METHODS: dict[str, Method] = {
    "conversations.history": history,
    "conversations.replies": replies,
    "conversations.open": open_conversation,
    "conversations.info": info,
    "conversations.list": list_conversations,
    "conversations.members": members,
    "conversations.join": join,
    "users.conversations": users_conversations,
}
