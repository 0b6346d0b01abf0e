"""What becomes of an app's answer to a command or a submitted view."""

from typing import Any

from bot.emulator import validation
from bot.emulator.conversations import Conversations
from bot.emulator.delivery import Answer
from bot.emulator.elements import all_blocks, with_ids
from bot.emulator.errors import SlackError
from bot.emulator.model import Json, Message, View
from bot.emulator.views import Views
from bot.emulator.workspace import SLACKBOT

UNKNOWN = (
    '`{command}` is not a valid command. In Slack, all messages that start with the "/" character are interpreted as '
    "slash commands.\n\nIf you are trying to send a message and not run a slash command, try preceding the "
    '"/" with an empty space.'
)
WORDS = {"timeout": "operation_timeout", "no_connection": "dispatch_failed"}


class Answering:
    """Puts answers into the workspace; refuses those that Slack refuses."""

    def __init__(self, conversations: Conversations, views: Views) -> None:
        self._workspace, self._conversations, self._views = conversations.workspace, conversations, views

    def slackbot(self, user_id: str, channel_id: str, text: str) -> None:
        """A line of Slack's own that one person sees."""
        ts = self._workspace.next_ts(channel_id)
        self._workspace.add_message(Message(ts, channel_id, SLACKBOT, text, only_for=user_id))

    def unknown_command(self, user_id: str, channel_id: str, command: str) -> None:
        self.slackbot(user_id, channel_id, UNKNOWN.format(command=command))

    def to_command(self, user_id: str, channel_id: str, command: str, answer: Answer) -> str | None:
        """Show what the ack says; gives Slack's word when the answer is no good."""
        refused = None
        if answer.ok and answer.body:
            try:
                self._show(user_id, channel_id, answer.body)
            except SlackError as error:
                refused = error.error
        failure = refused or answer.failure
        if failure:
            word = WORDS.get(failure, failure if refused else "dispatch_failed")
            self.slackbot(user_id, channel_id, f'{command} failed with the error "{word}"')
        return refused

    def _show(self, user_id: str, channel_id: str, body: Json) -> None:
        text, blocks = str(body.get("text") or ""), body.get("blocks")
        validation.check_message(self._workspace, text, blocks)
        public = body.get("response_type") == "in_channel"
        self._conversations.post(
            Message(
                self._workspace.next_ts(channel_id),
                channel_id,
                self._workspace.bot.id,
                text,
                with_ids(blocks or []),
                bot_id=self._workspace.bot_id,
                only_for=None if public else user_id,
            )
        )

    def to_submission(self, view: View, answer: Answer) -> str | None:
        """Close, change or push, as the answer says; gives Slack's word when the answer is no good."""
        if not answer.ok:
            return None
        body = answer.body or {}
        try:
            self._act(view, body)
        except SlackError as error:
            return error.error
        return None

    def _act(self, view: View, body: Json) -> None:
        action = body.get("response_action")
        if action is None and not body:
            self._views.close(view)
        elif action == "clear":
            self._views.clear(view.user)
        elif action == "update":
            self._views.update(view, body.get("view"))
        elif action == "push":
            self._views.push(view.user, body.get("view"))
        elif action == "errors":
            view.errors = _errors(view, body.get("errors"))
        else:
            raise SlackError("invalid_response_action")


def _errors(view: View, errors: Any) -> dict[str, str]:
    """Slack shows nothing of errors that name a block without an input."""
    inputs = {block["block_id"] for block in all_blocks(view.body["blocks"]) if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not set(errors) <= inputs:
        raise SlackError("invalid_errors")
    return {block_id: str(sentence) for block_id, sentence in errors.items()}
