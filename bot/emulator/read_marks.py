"""How far each persona has read each conversation."""

from collections.abc import Iterator

from bot.emulator.model import Message

MANY = 99  # beyond it nobody counts


class ReadMarks:
    def __init__(self) -> None:
        self._read: dict[tuple[str, str], str] = {}

    def mark(self, user_id: str, channel_id: str, messages: list[Message]) -> None:
        if messages:
            self._read[user_id, channel_id] = messages[-1].ts

    def unread(self, user_id: str, channel_id: str, messages: list[Message]) -> int:
        """How many messages of others came after what was read."""
        count = 0
        for _ in self._new(user_id, channel_id, messages):
            count += 1
            if count > MANY:
                break
        return count

    def first_unread(self, user_id: str, channel_id: str, messages: list[Message]) -> str:
        """The `ts` of the first new message; empty when there is none, or when nothing was read before."""
        if (user_id, channel_id) not in self._read:
            return ""
        return min((message.ts for message in self._new(user_id, channel_id, messages)), default="")

    def _new(self, user_id: str, channel_id: str, messages: list[Message]) -> Iterator[Message]:
        """Newest first."""
        seen = self._read.get((user_id, channel_id), "")
        for message in reversed(messages):
            if message.ts <= seen:
                return
            if message.user != user_id and message.only_for in (None, user_id):
                yield message
