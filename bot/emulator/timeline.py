"""A conversation as it is read: by day, by author, with threads folded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.emulator.model import Message
from bot.emulator.moments import at, clock_time, day_label

TOGETHER = timedelta(minutes=5)  # messages of one author within this time share a name and a picture


@dataclass(frozen=True)
class Entry:
    message: Message
    time: str
    date: str  # as in ISO 8601
    day: str | None = None  # a divider comes before this message
    grouped: bool = False


def conversation(messages: Sequence[Message], zone: str, now: datetime) -> list[Entry]:
    """The messages outside threads."""
    return _entries([one for one in messages if not _is_reply(one)], zone, now)


def thread(messages: Sequence[Message], ts: str, zone: str, now: datetime) -> list[Entry]:
    """The message that a thread began with, and its replies; empty when it is gone."""
    return _entries([one for one in messages if ts in (one.ts, one.thread_ts)], zone, now)


def _is_reply(message: Message) -> bool:
    return message.thread_ts not in (None, message.ts)


def _entries(shown: Sequence[Message], zone: str, now: datetime) -> list[Entry]:
    today = at(now.timestamp(), zone).date()
    entries: list[Entry] = []
    previous: Message | None = None
    for message in shown:
        moment = at(float(message.ts), zone)
        new_day = previous is None or at(float(previous.ts), zone).date() != moment.date()
        entries.append(
            Entry(
                message=message,
                time=clock_time(moment),
                date=moment.date().isoformat(),
                day=day_label(moment.date(), today) if new_day else None,
                grouped=not new_day and previous is not None and _together(previous, message),
            )
        )
        previous = message
    return entries


def _together(first: Message, second: Message) -> bool:
    near = float(second.ts) - float(first.ts) < TOGETHER.total_seconds()
    return near and first.user == second.user and first.only_for == second.only_for is None
