"""What every deed of a person begins and ends with: whether Slack lets them, and what came of it."""

from dataclasses import dataclass, field

from bot.emulator.answering import Answering
from bot.emulator.conversations import Conversations
from bot.emulator.delivery import Answer, Delivery
from bot.emulator.errors import SlackError
from bot.emulator.events import Events
from bot.emulator.model import Channel, Json, Message, User, View
from bot.emulator.response_urls import ResponseUrls
from bot.emulator.triggers import Triggers
from bot.emulator.views import Views


@dataclass
class Outcome:
    """What came of something a person did."""

    ok: bool
    failure: str | None = None  # "no_connection", "timeout", "http_500", or Slack's word for an answer it refuses
    ack: Json | None = None  # what the bot answered
    seconds: float = 0.0
    errors: dict[str, str] = field(default_factory=dict)  # a form's: block_id → sentence

    @classmethod
    def of(cls, answer: Answer, refused: str | None = None, errors: dict[str, str] | None = None) -> "Outcome":
        ok = answer.ok and not refused and not errors
        return cls(ok, answer.failure or refused, answer.body, answer.seconds, errors or {})


class Acting:
    """The parts that deeds work with, and the checks that they share."""

    def __init__(
        self,
        delivery: Delivery,
        events: Events,
        conversations: Conversations,
        triggers: Triggers,
        response_urls: ResponseUrls,
        views: Views,
    ) -> None:
        self._workspace, self._delivery, self._events = events.workspace, delivery, events
        self._conversations, self._views = conversations, views
        self._triggers, self._response_urls = triggers, response_urls
        self._answering = Answering(conversations, views)

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

    def _message(self, user_id: str, channel_id: str, ts: str) -> Message:
        """One that this person can see."""
        self._member(user_id, channel_id)
        message = self._workspace.message(channel_id, ts)
        if message.only_for not in (None, user_id):
            raise SlackError("message_not_found")
        return message

    def _own_message(self, user_id: str, channel_id: str, ts: str, error: str) -> Message:
        message = self._message(user_id, channel_id, ts)
        if message.user != user_id:
            raise SlackError(error)
        return message

    def _own_view(self, user_id: str, view_id: str) -> View:
        view = self._workspace.view(view_id)
        if view.user != user_id:
            raise SlackError("view_not_found")
        return view
