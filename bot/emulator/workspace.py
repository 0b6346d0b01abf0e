"""The state of one Slack workspace, kept in memory: lookups and changes, no contact with the outside."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import islice
from secrets import token_hex

from bot.emulator.changes import Changes
from bot.emulator.clock import Clock
from bot.emulator.errors import SlackError
from bot.emulator.model import Channel, Command, File, Message, Shortcut, User, UserGroup, View

KEPT_MESSAGES = 50_000  # a channel; beyond it the oldest go, so that a long load run doesn't fill the memory
SLACKBOT = "USLACKBOT"


class Workspace:
    """People, channels, messages and views of one team with one app in it."""

    def __init__(
        self,
        team_id: str,
        name: str,
        users: Iterable[User],
        channels: Iterable[Channel],
        clock: Clock,
        *,
        bot: User,
        bot_id: str = "B0BOT",
        app_id: str = "A0BOT",
        app_name: str = "Bot",
        domain: str = "emulator",
        groups: Iterable[UserGroup] = (),
    ) -> None:
        self.team_id, self.name, self.domain, self.clock = team_id, name, domain, clock
        self.bot, self.bot_id, self.app_id, self.app_name = bot, bot_id, app_id, app_name
        self.users: dict[str, User] = {user.id: user for user in [bot, *users]}
        self.channels: dict[str, Channel] = {channel.id: channel for channel in channels}
        self.messages: dict[str, list[Message]] = {channel: [] for channel in self.channels}  # ordered by ts
        self.homes: dict[str, View] = {}  # user id → Home
        self.modals: dict[str, list[View]] = {}  # user id → stack, top last
        self.commands: list[Command] = []
        self.shortcuts: list[Shortcut] = []
        self.files: dict[str, File] = {}
        self.groups: dict[str, UserGroup] = {group.id: group for group in groups}
        self.events: set[str] | None = None  # what the app subscribed to; None: no manifest was given
        self.scopes: set[str] | None = None  # what the app may do; None: likewise, so all
        self.address = "http://127.0.0.1:3001/"  # how the app reaches this server; ends in a slash
        self.changes = Changes()
        self._by_ts: dict[tuple[str, str], Message] = {}
        self._last_ts: dict[str, int] = {}

    def user(self, id_or_name: str) -> User:
        """By id, handle (with or without @), first name or full name; raises `user_not_found`."""
        found = self.users.get(id_or_name) or self._user_named(id_or_name.lstrip("@").casefold())
        if found is None:
            raise SlackError("user_not_found")
        return found

    def _user_named(self, name: str) -> User | None:
        def names(user: User) -> set[str]:
            return {user.name.casefold(), user.real_name.casefold(), user.real_name.split(" ")[0].casefold()}

        return next((user for user in self.users.values() if name in names(user)), None)

    def channel(self, id_or_name: str) -> Channel:
        """By id or name (with or without #); raises `channel_not_found`."""
        name = id_or_name.removeprefix("#")
        found = self.channels.get(id_or_name) or next((c for c in self.channels.values() if c.name == name), None)
        if found is None or not name:
            raise SlackError("channel_not_found")
        return found

    def may_see(self, user_id: str, channel_id: str) -> bool:
        """A public channel, or a closed conversation of one's own."""
        channel = self.channels.get(channel_id)
        if channel is None:
            return False
        return channel.person == user_id if channel.is_im else not channel.is_private or user_id in channel.members

    def im_of(self, user_id: str) -> Channel:
        """The direct conversation of a person with the bot, opened on first use."""
        channel_id = f"D{user_id[1:]}"
        if channel_id not in self.channels:
            self.add_channel(Channel(channel_id, "", members={user_id, self.bot.id}, person=user_id))
        return self.channels[channel_id]

    def add_channel(self, channel: Channel) -> None:
        self.channels[channel.id] = channel
        self.messages.setdefault(channel.id, [])
        self.changes.notify()

    def personas(self) -> list[User]:
        return [user for user in self.users.values() if user.is_persona]

    def message(self, channel_id: str, ts: str) -> Message:
        """Raises `message_not_found`."""
        found = self._by_ts.get((channel_id, ts))
        if found is None:
            raise SlackError("message_not_found")
        return found

    def messages_for(self, user_id: str, channel_id: str) -> list[Message]:
        """What one person sees: the channel's messages and the ephemeral ones for that person."""
        return [message for message in self.messages[channel_id] if message.only_for in (None, user_id)]

    def next_ts(self, channel_id: str) -> str:
        """Unique in the channel and later than any before it, even when the clock went back."""
        ts = max(int(self.clock.now() * 1_000_000), self._last_ts.get(channel_id, 0) + 1)
        self._last_ts[channel_id] = ts
        return f"{ts // 1_000_000}.{ts % 1_000_000:06d}"

    def add_message(self, message: Message) -> Message:
        kept = self.messages[message.channel]
        kept.append(message)
        self._by_ts[message.channel, message.ts] = message
        self._count_reply(message, 1)
        if len(kept) > KEPT_MESSAGES:
            for old in kept[: KEPT_MESSAGES // 5]:
                del self._by_ts[old.channel, old.ts]
            del kept[: KEPT_MESSAGES // 5]
        self.changes.notify()
        return message

    def remove_message(self, message: Message) -> None:
        kept = self.messages[message.channel]
        del kept[bisect_left(kept, message.ts, key=lambda other: other.ts)]
        del self._by_ts[message.channel, message.ts]
        self._count_reply(message, -1)
        self.changes.notify()

    def _count_reply(self, message: Message, step: int) -> None:
        if message.thread_ts in (None, message.ts) or message.only_for:
            return
        parent = self._by_ts.get((message.channel, message.thread_ts or ""))
        if parent is not None:
            parent.thread_ts, parent.reply_count = parent.ts, parent.reply_count + step
            if step > 0:
                parent.latest_reply = message.ts
                parent.reply_users += [message.user] if message.user not in parent.reply_users else []

    def replies(self, channel_id: str, thread_ts: str) -> list[Message]:
        """The messages below a parent, without the parent, oldest first."""
        kept = self.messages[channel_id]
        later = islice(kept, bisect_right(kept, thread_ts, key=lambda message: message.ts), None)
        return [message for message in later if message.thread_ts == thread_ts and message.only_for is None]

    def view(self, view_id: str) -> View:
        """An open modal or a Home; raises `view_not_found`."""
        for view in self.open_views():
            if view.id == view_id:
                return view
        raise SlackError("view_not_found")

    def open_views(self) -> list[View]:
        return [*self.homes.values(), *(view for stack in self.modals.values() for view in stack)]


def new_id(letter: str) -> str:
    """An id such as Slack's, beginning with the letter of its kind."""
    return letter + token_hex(5).upper()
