"""What a person does in Slack, all of it; the page and the control interface call only this."""

from collections.abc import Sequence
from uuid import uuid4

from bot.emulator import event_payloads, payloads
from bot.emulator.acting import Outcome
from bot.emulator.clicking import Clicking
from bot.emulator.elements import with_ids
from bot.emulator.emoji import is_emoji
from bot.emulator.errors import SlackError
from bot.emulator.files import new_file
from bot.emulator.model import Channel, File, Message, User
from bot.emulator.threads import thread_of
from bot.emulator.typed_text import escaped, rich_text, with_mentions


class People(Clicking):
    """Each deed raises SlackError when Slack's own client wouldn't let this person do it."""

    async def say(
        self, user_id: str, channel_id: str, text: str, thread_ts: str | None = None, files: Sequence[str] = ()
    ) -> None:
        """Post a message, with what was uploaded before; one that begins with a slash is a command."""
        user, channel = self._member(user_id, channel_id)
        if text.startswith("/") and not text.startswith("//") and not files:
            command, _, rest = text.partition(" ")
            if thread_ts:
                self._answering.slackbot(user_id, channel_id, f"{command} is not supported in threads. Sorry!")
            else:
                await self.command(user_id, channel_id, command, rest.strip())
            return
        message = self._typed(user, channel, text, thread_ts, files)
        await self._events.posted(self._workspace.add_message(message))

    def _typed(self, user: User, channel: Channel, text: str, thread_ts: str | None, files: Sequence[str]) -> Message:
        thread = thread_of(self._workspace, channel.id, thread_ts)
        own = [self._workspace.files[self._own_file(user.id, file)["id"]] for file in files]
        ts = self._workspace.next_ts(channel.id)
        for file in own:
            file.shares.append((channel.id, ts))
        return Message(
            ts,
            channel.id,
            user.id,
            with_mentions(self._workspace, text, with_names=False),
            with_ids(rich_text(self._workspace, text)) if text else [],
            thread_ts=thread,
            client_msg_id=str(uuid4()),
            files=[file.id for file in own],
        )

    def edit(self, user_id: str, channel_id: str, ts: str, text: str) -> None:
        message = self._own_message(user_id, channel_id, ts, "cant_update_message")
        written = with_mentions(self._workspace, text, with_names=False)
        blocks = with_ids(rich_text(self._workspace, text))
        self._conversations.change(message, written, blocks, edited=True)

    def erase(self, user_id: str, channel_id: str, ts: str) -> None:
        """Delete a message of one's own."""
        self._conversations.delete(self._own_message(user_id, channel_id, ts, "cant_delete_message"))

    def react(self, user_id: str, channel_id: str, ts: str, name: str) -> None:
        """`name`: the emoji's, without colons. Who reacted with it already takes it back."""
        message = self._message(user_id, channel_id, ts)
        if message.only_for is not None:
            raise SlackError("message_not_found")
        if not is_emoji(name):
            raise SlackError("invalid_name")
        taken = user_id in message.reactions.get(name, [])
        (self._conversations.take_back if taken else self._conversations.react)(user_id, name, message)

    def upload(self, user_id: str, name: str, content: bytes, mimetype: str = "") -> File:
        """For a form or a message; until it is handed in, only its owner can see it."""
        file = new_file(self._workspace, self._active(user_id).id, name, len(content), mimetype)
        file.content, file.is_ready = content, True
        return file

    async def command(self, user_id: str, channel_id: str, command: str, text: str = "") -> Outcome:
        user, channel = self._member(user_id, channel_id)
        known = next((one for one in self._workspace.commands if one.name == command), None)
        if known is None and self._workspace.commands:
            self._answering.unknown_command(user_id, channel_id, command)
            return Outcome(False, "unknown_command")
        mentions = known is not None and known.should_escape
        sent = with_mentions(self._workspace, text, with_names=True) if mentions else escaped(text)
        trigger_id = self._triggers.issue(user_id)
        response_url = self._response_urls.issue(self._conversations, user_id, channel_id)
        payload = payloads.command_payload(self._workspace, user, channel, command, sent, trigger_id, response_url)
        answer = await self._delivery.deliver("slash_commands", payload)
        return Outcome.of(answer, self._answering.to_command(user_id, channel_id, command, answer))

    async def shortcut(
        self, user_id: str, callback_id: str, *, message_ts: str | None = None, channel_id: str | None = None
    ) -> Outcome:
        user = self._active(user_id)
        kind = "message" if message_ts else "global"
        known = {(shortcut.callback_id, shortcut.kind) for shortcut in self._workspace.shortcuts}
        if known and (callback_id, kind) not in known:
            raise SlackError("shortcut_not_found")
        trigger_id, now = self._triggers.issue(user_id), self._events.now()
        if message_ts is None:
            payload = payloads.global_shortcut(self._workspace, user, callback_id, trigger_id, now)
        else:
            message = self._message(user_id, channel_id or "", message_ts)
            if message.only_for is not None:
                raise SlackError("message_not_found")  # an ephemeral message has no menu
            response_url = self._response_urls.issue(self._conversations, user_id, message.channel, message)
            payload = payloads.message_shortcut(
                self._workspace, user, callback_id, message, trigger_id, response_url, now
            )
        return Outcome.of(await self._delivery.deliver("interactive", payload))

    async def open_home(self, user_id: str) -> None:
        user = self._active(user_id)
        if self._events.wanted("app_home_opened"):
            await self._events.send(event_payloads.home_opened(self._workspace, user, self._events.now()))
