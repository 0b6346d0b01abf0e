"""What happens to messages: posted, changed, deleted, reacted to. The app hears of each."""

import copy

from bot.emulator.errors import SlackError
from bot.emulator.events import Events
from bot.emulator.model import Json, Message
from bot.emulator.objects import message_json
from bot.emulator.workspace import SLACKBOT

MOST_REACTIONS = 23  # different emoji on one message


class Conversations:
    """All changes to messages of one workspace go through here."""

    def __init__(self, events: Events) -> None:
        self._events, self.workspace = events, events.workspace

    def post(self, message: Message) -> Message:
        """As the app."""
        self.workspace.add_message(message)
        self._events.posted_by_app(message)
        return message

    def change(self, message: Message, text: str, blocks: list[Json], *, edited: bool) -> None:
        """`edited`: whether people see that it was; the mark stays once it is there."""
        before = self._as_it_is(message)
        message.text, message.blocks = text, blocks
        message.edited = message.edited or edited
        self.workspace.changes.notify()
        self._events.changed(message, before)

    def delete(self, message: Message) -> None:
        """A message with replies leaves a mark, so that its thread stays."""
        before = self._as_it_is(message)
        if message.reply_count:
            message.text, message.blocks, message.metadata = "This message was deleted.", [], None
            message.user, message.bot_id, message.subtype = SLACKBOT, None, "tombstone"
            message.files, message.reactions = [], {}
            self.workspace.changes.notify()
            self._events.changed(message, before)
        else:
            self.workspace.remove_message(message)
            self._events.deleted(message, before)

    def _as_it_is(self, message: Message) -> Json:
        return copy.deepcopy(message_json(self.workspace, message))

    def react(self, user_id: str, name: str, message: Message) -> None:
        """Raises `already_reacted` and `too_many_emoji`."""
        if user_id in message.reactions.get(name, []):
            raise SlackError("already_reacted")
        if name not in message.reactions and len(message.reactions) >= MOST_REACTIONS:
            raise SlackError("too_many_emoji")
        message.reactions.setdefault(name, []).append(user_id)
        self.workspace.changes.notify()
        self._events.reacted("reaction_added", user_id, name, message)

    def take_back(self, user_id: str, name: str, message: Message) -> None:
        """Raises `no_reaction`."""
        if user_id not in message.reactions.get(name, []):
            raise SlackError("no_reaction")
        message.reactions[name].remove(user_id)
        if not message.reactions[name]:
            del message.reactions[name]
        self.workspace.changes.notify()
        self._events.reacted("reaction_removed", user_id, name, message)
