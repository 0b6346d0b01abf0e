"""What a person does in Slack: type, click, fill in, close."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import uuid4

from bot.emulator import payloads
from bot.emulator.answering import Answering
from bot.emulator.delivery import Answer, Delivery
from bot.emulator.elements import all_elements, with_ids
from bot.emulator.errors import SlackError
from bot.emulator.forms import KEYS, client_errors
from bot.emulator.model import Channel, Json, Message, User, View
from bot.emulator.response_urls import ResponseUrls
from bot.emulator.triggers import Triggers
from bot.emulator.typed_text import escaped, rich_text, with_mentions
from bot.emulator.views import Views
from bot.emulator.workspace import Workspace

TROUBLE = "We had some trouble connecting. Try again?"


@dataclass
class Outcome:
    """What came of something a person did."""

    ok: bool
    failure: str | None = None  # "no_connection", "timeout", "http_500", or Slack's word for an answer it refuses
    ack: Json | None = None  # what the bot answered
    seconds: float = 0.0
    errors: dict[str, str] = field(default_factory=dict)  # a form's: block_id → sentence


class People:
    """Everything a person can do; the page and the control interface call only these.

    Each raises SlackError when Slack's own client wouldn't let this person do it.
    """

    def __init__(
        self, workspace: Workspace, delivery: Delivery, triggers: Triggers, response_urls: ResponseUrls, views: Views
    ) -> None:
        self._workspace, self._delivery, self._views = workspace, delivery, views
        self._triggers, self._response_urls = triggers, response_urls
        self._answering = Answering(workspace, views)

    async def say(self, user_id: str, channel_id: str, text: str, thread_ts: str | None = None) -> None:
        """Post a message; one that begins with a slash is a command."""
        user, channel = self._member(user_id, channel_id)
        if text.startswith("/") and not text.startswith("//"):
            command, _, rest = text.partition(" ")
            if thread_ts:
                self._answering.slackbot(user_id, channel_id, f"{command} is not supported in threads. Sorry!")
            else:
                await self.command(user_id, channel_id, command, rest.strip())
            return
        message = self._workspace.add_message(
            Message(
                self._workspace.next_ts(channel.id),
                channel.id,
                user.id,
                with_mentions(self._workspace, text, with_names=False),
                with_ids(rich_text(self._workspace, text)),
                thread_ts=thread_ts,
                client_msg_id=str(uuid4()),
            )
        )
        if channel.is_im and self._subscribed("message.im"):
            await self.event(payloads.direct_message(self._workspace, message))

    async def command(self, user_id: str, channel_id: str, command: str, text: str = "") -> Outcome:
        user, channel = self._member(user_id, channel_id)
        known = next((one for one in self._workspace.commands if one.name == command), None)
        if known is None and self._workspace.commands:
            self._answering.unknown_command(user_id, channel_id, command)
            return Outcome(False, "unknown_command")
        mentions = known is not None and known.should_escape
        sent = with_mentions(self._workspace, text, with_names=True) if mentions else escaped(text)
        trigger_id, response_url = self._triggers.issue(user_id), self._response_urls.issue(user_id, channel_id)
        payload = payloads.command_payload(self._workspace, user, channel, command, sent, trigger_id, response_url)
        answer = await self._delivery.deliver("slash_commands", payload)
        return _outcome(answer, self._answering.to_command(user_id, channel_id, command, answer))

    async def click(
        self,
        user_id: str,
        action: Json,
        *,
        message_ts: str | None = None,
        channel_id: str | None = None,
        view_id: str | None = None,
        state: Json | None = None,
    ) -> Outcome:
        """`action`: {action_id, block_id, type, value | selected_option | …}; `state`: block_id → action_id → value."""
        user = self._active(user_id)
        if view_id is not None:
            return await self._click_in_view(user, self._own_view(user_id, view_id), action, state or {})
        message = self._workspace.message(channel_id or "", message_ts or "")
        return await self._click_in_message(user, message, action, state or {})

    async def _click_in_message(self, user: User, message: Message, action: Json, state: Json) -> Outcome:
        self._member(user.id, message.channel)
        given = self._action(message.blocks, action)
        trigger_id = self._triggers.issue(user.id)
        response_url = self._response_urls.issue(user.id, message.channel, message)
        payload = payloads.click_in_message(self._workspace, user, message, given, state, trigger_id, response_url)
        answer = await self._delivery.deliver("interactive", payload)
        message.failed = "" if answer.ok else TROUBLE
        self._workspace.changes.notify()
        return _outcome(answer)

    async def _click_in_view(self, user: User, view: View, action: Json, state: Json) -> Outcome:
        given = self._action(view.body["blocks"], action)
        view.state |= state
        if given["type"] in KEYS:
            key = KEYS[given["type"]][0]
            value = {"type": given["type"], key: given.get(key)}
            view.state.setdefault(given["block_id"], {})[given["action_id"]] = value
        trigger_id = self._triggers.issue(user.id, in_modal=view.body["type"] == "modal")
        payload = payloads.click_in_view(self._workspace, user, view, given, trigger_id)
        answer = await self._delivery.deliver("interactive", payload)
        view.trouble = "" if answer.ok else TROUBLE
        self._workspace.changes.notify()
        return _outcome(answer)

    def _action(self, blocks: Iterable[Json], action: Json) -> Json:
        for block, element in all_elements(blocks):
            same_block = action.get("block_id") in (None, block["block_id"])
            if same_block and element["action_id"] == action.get("action_id"):
                return payloads.action_of(element, block["block_id"], action, self._now())
        raise SlackError("action_not_found")

    async def submit(self, user_id: str, view_id: str, state_values: Json | None = None) -> Outcome:
        """Handles each answer: nothing (the view closes), `errors`, `update`, `push`, `clear`."""
        user, view = self._active(user_id), self._own_view(user_id, view_id)
        view.state |= state_values or {}
        view.errors, view.trouble = client_errors(view), ""
        self._workspace.changes.notify()
        if view.errors:
            return Outcome(False, errors=view.errors)
        trigger_id = self._triggers.issue(user_id, in_modal=True)
        payload = payloads.submission(self._workspace, user, view, trigger_id)
        answer = await self._delivery.deliver("interactive", payload)
        refused = self._answering.to_submission(view, answer)
        view.trouble = TROUBLE if refused or not answer.ok else ""
        self._workspace.changes.notify()
        return _outcome(answer, refused, view.errors)

    async def close(self, user_id: str, view_id: str, *, all_of_them: bool = False) -> None:
        user, view = self._active(user_id), self._own_view(user_id, view_id)
        if all_of_them or view.body.get("clear_on_close"):
            closed, cleared = self._views.clear(user_id), True
        else:
            closed, cleared = [view], False
            self._views.close(view)
        for one in closed:
            if one.body.get("notify_on_close"):
                payload = payloads.view_closed(self._workspace, user, one, cleared)
                await self._delivery.deliver("interactive", payload)

    async def shortcut(
        self, user_id: str, callback_id: str, *, message_ts: str | None = None, channel_id: str | None = None
    ) -> Outcome:
        user = self._active(user_id)
        kind = "message" if message_ts else "global"
        known = {(shortcut.callback_id, shortcut.kind) for shortcut in self._workspace.shortcuts}
        if known and (callback_id, kind) not in known:
            raise SlackError("shortcut_not_found")
        trigger_id = self._triggers.issue(user_id)
        if message_ts is None:
            payload = payloads.global_shortcut(self._workspace, user, callback_id, trigger_id, self._now())
        else:
            self._member(user_id, channel_id or "")
            message = self._workspace.message(channel_id or "", message_ts)
            response_url = self._response_urls.issue(user_id, message.channel, message)
            payload = payloads.message_shortcut(
                self._workspace, user, callback_id, message, trigger_id, response_url, self._now()
            )
        return _outcome(await self._delivery.deliver("interactive", payload))

    async def open_home(self, user_id: str) -> None:
        user = self._active(user_id)
        if self._subscribed("app_home_opened"):
            await self.event(payloads.home_opened(self._workspace, user, self._now()))

    async def event(self, event: Json) -> Outcome:
        """Send the app any event, in Slack's wrapper."""
        return _outcome(await self._delivery.event(payloads.event_callback(self._workspace, event)))

    def _subscribed(self, event: str) -> bool:
        return self._workspace.events is None or event in self._workspace.events

    def _now(self) -> str:
        return f"{self._workspace.clock.now():.6f}"

    def _active(self, user_id: str) -> User:
        user = self._workspace.users.get(user_id)
        if user is None:
            raise SlackError("user_not_found")
        if user.deleted:
            raise SlackError("account_inactive")
        return user

    def _member(self, user_id: str, channel_id: str) -> tuple[User, Channel]:
        user, channel = self._active(user_id), self._workspace.channels.get(channel_id)
        if channel is None or (channel.is_im and channel.person != user_id):
            raise SlackError("channel_not_found")
        if not channel.is_im and user_id not in channel.members:
            raise SlackError("not_in_channel")
        return user, channel

    def _own_view(self, user_id: str, view_id: str) -> View:
        view = self._workspace.view(view_id)
        if view.user != user_id:
            raise SlackError("view_not_found")
        return view


def _outcome(answer: Answer, refused: str | None = None, errors: dict[str, str] | None = None) -> Outcome:
    ok = answer.ok and not refused and not errors
    return Outcome(ok, answer.failure or refused, answer.body, answer.seconds, errors or {})
