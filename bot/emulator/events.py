"""What Slack's Events API tells the app, as far as the app subscribed to it."""

from bot.emulator import event_payloads as payloads
from bot.emulator.delivery import Answer, Delivery
from bot.emulator.model import Channel, Json, Message, User
from bot.emulator.workspace import Workspace


class Events:
    """The app hears of channels that it is in, and of its own messages as of everybody's."""

    def __init__(self, workspace: Workspace, delivery: Delivery) -> None:
        self.workspace, self._delivery = workspace, delivery

    async def send(self, event: Json) -> Answer:
        """Any event, in Slack's wrapper, whatever the app subscribed to."""
        return await self._delivery.event(payloads.event_callback(self.workspace, event))

    def now(self) -> str:
        return f"{self.workspace.clock.now():.6f}"

    def wanted(self, name: str) -> bool:
        """What a manifest subscribes to; without one everything, but for what people say in channels."""
        subscribed = self.workspace.events
        return name in subscribed if subscribed is not None else name != "message.channels"

    def later(self, name: str, event: Json) -> None:
        """Without waiting for the app; `name` is what one subscribes to, such as `message.im`."""
        if self.wanted(name):
            self._delivery.event_later(payloads.event_callback(self.workspace, event))

    async def posted(self, message: Message) -> None:
        """Somebody's message; waits for the app, so that a test sees what came of it."""
        for name, event in self._about_posted(message):
            if self.wanted(name):
                await self.send(event)

    def posted_by_app(self, message: Message) -> None:
        for name, event in self._about_posted(message):
            self.later(name, event)

    def _about_posted(self, message: Message) -> list[tuple[str, Json]]:
        channel = self.workspace.channels[message.channel]
        if not self._hears(channel) or message.only_for is not None:
            return []
        event = payloads.message_posted(self.workspace, message, channel)
        told = [(f"message.{payloads.channel_type(channel)}", event)]
        if f"<@{self.workspace.bot.id}>" in message.text and not channel.is_im and message.bot_id is None:
            told.append(("app_mention", payloads.app_mention(event)))
        return told

    def changed(self, message: Message, before: Json) -> None:
        """`before`: the message as it was."""
        self._about_channel(message, payloads.message_changed, before)

    def deleted(self, message: Message, before: Json) -> None:
        self._about_channel(message, payloads.message_deleted, before)

    def _about_channel(self, message: Message, build: payloads.Build, before: Json) -> None:
        channel = self.workspace.channels[message.channel]
        if self._hears(channel) and message.only_for is None:
            ts = self.workspace.next_ts(channel.id)
            event = build(self.workspace, message, channel, before, ts)
            self.later(f"message.{payloads.channel_type(channel)}", event)

    def reacted(self, kind: str, user_id: str, name: str, message: Message) -> None:
        """`kind`: reaction_added or reaction_removed."""
        if self._hears(self.workspace.channels[message.channel]):
            self.later(kind, payloads.reaction(kind, user_id, name, message, self.now()))

    def joined(self, user_id: str, channel: Channel) -> None:
        if self._hears(channel):
            event = payloads.member_joined(self.workspace, user_id, channel, self.now())
            self.later("member_joined_channel", event)

    async def about_user(self, kind: str, user: User) -> Answer | None:
        """`team_join` or `user_change`; None when the app doesn't want to know."""
        if not self.wanted(kind):
            return None
        return await self.send(payloads.user_event(self.workspace, kind, user, self.now()))

    def _hears(self, channel: Channel) -> bool:
        return self.workspace.bot.id in channel.members
