"""The reactions.* methods."""

from emoji import emojize

from bot.emulator.calls import Call, Method
from bot.emulator.errors import SlackError
from bot.emulator.model import Json, Message
from bot.emulator.objects import message_json


def add(call: Call) -> Json:
    call.team.conversations.react(call.workspace.bot.id, _name(call), _message(call))
    return {}


def remove(call: Call) -> Json:
    call.team.conversations.take_back(call.workspace.bot.id, _name(call), _message(call))
    return {}


def get(call: Call) -> Json:
    message = _message(call)
    return {"type": "message", "channel": message.channel, "message": message_json(call.workspace, message)}


def _name(call: Call) -> str:
    """Without colons, as Slack wants it."""
    name = call.required("name")
    plain = name.partition("::skin-tone-")[0]
    if ":" in plain or emojize(f":{plain}:", language="alias") == f":{plain}:":
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


METHODS: dict[str, Method] = {"reactions.add": add, "reactions.remove": remove, "reactions.get": get}
