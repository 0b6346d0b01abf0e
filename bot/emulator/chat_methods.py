"""The chat.* methods."""

from typing import Any

from bot.emulator import validation
from bot.emulator.calls import Call, Method
from bot.emulator.elements import with_ids
from bot.emulator.errors import SlackError
from bot.emulator.model import Channel, Json, Message
from bot.emulator.objects import message_json
from bot.emulator.threads import read_thread_ts


def post_message(call: Call) -> Json:
    text, blocks = _content(call)
    channel = _target(call)
    metadata = validation.check_metadata(call.json("metadata", "invalid_metadata_format"))
    thread_ts = call.thread(channel)
    message = Message(
        call.workspace.next_ts(channel.id),
        channel.id,
        call.workspace.bot.id,
        text,
        blocks,
        thread_ts=thread_ts,
        bot_id=call.workspace.bot_id,
        metadata=metadata,
    )
    call.team.conversations.post(message)
    written = message_json(call.workspace, message, with_metadata=True)
    return {"channel": channel.id, "ts": message.ts, "message": written}


def _content(call: Call) -> tuple[str, list[Json]]:
    blocks: Any = call.json("blocks", "invalid_blocks_format")
    validation.check_message(call.workspace, call.text("text"), blocks)
    return call.text("text"), with_ids(blocks or [])


def _target(call: Call) -> Channel:
    """An id, a #name, or a person's id, which means the direct conversation."""
    workspace, wanted = call.workspace, call.required("channel")
    if wanted in workspace.users:
        person = workspace.users[wanted]
        if person.is_bot:
            raise SlackError("cannot_dm_bot")
        if person.deleted:
            raise SlackError("channel_not_found")
        return workspace.im_of(wanted)
    channel = workspace.channel(wanted)
    if channel.is_archived:
        raise SlackError("is_archived")
    if workspace.bot.id not in channel.members:
        raise SlackError("channel_not_found" if channel.is_private else "not_in_channel")
    return channel


def update(call: Call) -> Json:
    """Blocks that aren't sent again are gone; metadata stays."""
    channel, ts = call.channel(), call.required("ts")
    message = _posted(call, channel, ts)
    if message.user != call.workspace.bot.id:
        raise SlackError("cant_update_message")
    text, blocks = _content(call)
    if call.json("metadata") is not None:
        message.metadata = validation.check_metadata(call.json("metadata", "invalid_metadata_format"))
    edited = text != message.text  # Slack marks no edit when only blocks change
    call.team.conversations.change(message, text, blocks, edited=edited)
    written = message_json(call.workspace, message, with_metadata=True)
    return {"channel": channel.id, "ts": ts, "text": message.text, "message": written}


def _posted(call: Call, channel: Channel, ts: str) -> Message:
    message = call.workspace.message(channel.id, ts)
    if message.only_for is not None:
        raise SlackError("message_not_found")
    return message


def delete(call: Call) -> Json:
    channel, ts = call.channel(), call.required("ts")
    message = _posted(call, channel, ts)
    if message.user != call.workspace.bot.id:
        raise SlackError("cant_delete_message")
    call.team.conversations.delete(message)
    return {"channel": channel.id, "ts": ts}


def post_ephemeral(call: Call) -> Json:
    text, blocks = _content(call)
    channel, user = _target(call), call.required("user")
    if user not in channel.members:
        raise SlackError("user_not_in_channel")
    message = Message(
        call.workspace.next_ts(channel.id),
        channel.id,
        call.workspace.bot.id,
        text,
        blocks,
        thread_ts=read_thread_ts(call.text("thread_ts")),
        bot_id=call.workspace.bot_id,
        only_for=user,
    )
    call.workspace.add_message(message)
    return {"message_ts": message.ts}


def get_permalink(call: Call) -> Json:
    channel, ts = call.channel(), call.required("message_ts")
    call.workspace.message(channel.id, ts)
    link = f"https://{call.workspace.domain}.slack.com/archives/{channel.id}/p{ts.replace('.', '')}"
    return {"channel": channel.id, "permalink": link}


METHODS: dict[str, Method] = {
    "chat.postMessage": post_message,
    "chat.update": update,
    "chat.delete": delete,
    "chat.postEphemeral": post_ephemeral,
    "chat.getPermalink": get_permalink,
}
