"""The reactions.* methods."""

from bot.emulator.calls import Call, Method
from bot.emulator.emoji import is_emoji
from bot.emulator.errors import SlackError
from bot.emulator.model import Channel, Json, Message
from bot.emulator.objects import message_json
from bot.emulator.pagination import page
from bot.emulator.workspace import Workspace


def add(call: Call) -> Json:
    call.team.conversations.react(call.workspace.bot.id, _name(call), _message(call))
    return {}


def remove(call: Call) -> Json:
    call.team.conversations.take_back(call.workspace.bot.id, _name(call), _message(call))
    return {}


def get(call: Call) -> Json:
    return _item(call.workspace, _message(call))


def listed(call: Call) -> Json:
    """What a user reacted to, newest first; a message with several of their reactions comes as often, as in Slack."""
    workspace = call.workspace
    user = call.user() if call.text("user") else workspace.bot
    messages = [one for channel in workspace.channels.values() for one in _seen(workspace, channel)]
    newest = sorted(messages, key=lambda message: message.ts, reverse=True)
    times = [one for one in newest for users in one.reactions.values() if user.id in users]
    shown, metadata = page(call, times, 100)
    return {"items": [_item(workspace, message) for message in shown], "response_metadata": metadata}


def _seen(workspace: Workspace, channel: Channel) -> list[Message]:
    return workspace.messages[channel.id] if workspace.bot.id in channel.members else []


def _item(workspace: Workspace, message: Message) -> Json:
    return {"type": "message", "channel": message.channel, "message": message_json(workspace, message)}


def _name(call: Call) -> str:
    """Without colons, as Slack wants it."""
    name = call.required("name")
    if not is_emoji(name):
        raise SlackError("invalid_name")
    return name


def _message(call: Call) -> Message:
    if not call.text("channel") or not call.text("timestamp"):
        raise SlackError("no_item_specified")
    channel = call.joined_channel()
    if channel.is_archived:
        raise SlackError("is_archived")
    message = call.workspace.message(channel.id, call.text("timestamp"))
    if message.only_for is not None:
        raise SlackError("message_not_found")
    return message


METHODS: dict[str, Method] = {
    "reactions.add": add,
    "reactions.remove": remove,
    "reactions.get": get,
    "reactions.list": listed,
}
