"""One call of the Web API: its arguments, and the parts that can answer it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.emulator.errors import SlackError
from bot.emulator.json_text import read_json, whole_number
from bot.emulator.model import Channel, Json, User
from bot.emulator.sockets import Sockets
from bot.emulator.team import Team
from bot.emulator.threads import thread_of
from bot.emulator.uploads import Uploads
from bot.emulator.workspace import Workspace

TRUE = ("1", "true", "True", True)


@dataclass(frozen=True)
class Call:
    """Arguments come as text (query, form) or as JSON values; both are read alike."""

    method: str
    arguments: Json
    team: Team
    sockets: Sockets
    uploads: Uploads
    address: str  # how the caller reached this server; ends in a slash

    @property
    def workspace(self) -> Workspace:
        return self.team.workspace

    def text(self, name: str) -> str:
        value = self.arguments.get(name)
        return "" if value is None else str(value)

    def required(self, name: str) -> str:
        if not self.text(name):
            raise SlackError("invalid_arguments", [f"[ERROR] missing required field: {name}"])
        return self.text(name)

    def flag(self, name: str) -> bool:
        return self.arguments.get(name) in TRUE

    def number(self, name: str, default: int, most: int) -> int:
        """Raises `invalid_limit` outside 1…most, as Slack does for limits."""
        value = whole_number(self.text(name) or str(default), most)
        if not value:
            raise SlackError("invalid_limit")
        return value

    def json(self, name: str, error: str = "invalid_arguments") -> Any:
        """A value that may come as JSON text; None when it is absent."""
        value = self.arguments.get(name)
        if not isinstance(value, str) or not value:
            return value or None
        try:
            return read_json(value)
        except ValueError:
            raise SlackError(error) from None

    def words(self, name: str, default: str = "") -> list[str]:
        value = self.arguments.get(name)
        listed = value if isinstance(value, list) else (self.text(name) or default).split(",")
        return [str(word).strip() for word in listed if str(word).strip()]

    def channel(self, name: str = "channel") -> Channel:
        """By id alone; raises `channel_not_found`, also for a private one that the app isn't in."""
        channel = self.workspace.channels.get(self.required(name))
        if channel is None or (channel.is_private and self.workspace.bot.id not in channel.members):
            raise SlackError("channel_not_found")
        return channel

    def joined_channel(self) -> Channel:
        channel = self.channel()
        if self.workspace.bot.id not in channel.members:
            raise SlackError("not_in_channel")
        return channel

    def thread(self, channel: Channel) -> str | None:
        """Where `thread_ts` leads; see `thread_of`."""
        return thread_of(self.workspace, channel.id, self.text("thread_ts"))

    def user(self, name: str = "user") -> User:
        """By id alone; raises `user_not_found`."""
        user = self.workspace.users.get(self.required(name))
        if user is None:
            raise SlackError("user_not_found")
        return user


Method = Callable[[Call], Json]
