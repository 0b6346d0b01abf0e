"""Queueing what is to stand in Slack, in the transaction that makes it true. The sender posts it."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from secrets import token_hex
from typing import Any

from sqlmodel import Session

from bot.kernel.clock import RealClock
from bot.slack.blocks import Json, Message
from bot.slack.pace import WORKSPACE_GAP
from storage.database import afterwards
from storage.many_posts import change_posts, close_posts, put_posts
from storage.outbox import change_post, erase_posts_naming, put_post, stands
from storage.rows import workspace_of

TURN = timedelta(seconds=WORKSPACE_GAP)  # of many posts at once: each has the next
A_FEW = 20  # changes at once
UNHURRIED = timedelta(seconds=1.5)  # between changes of many posts at once: Slack takes 50 a minute, of others too


def file_mark(token: str) -> str:
    """The part of a file's name by which it is known among others."""
    return token[:8]


class Outbox:
    """Posts by their key, such as `story:42`. Nobody but the sender knows where in Slack one stands."""

    def __init__(self, clock: RealClock, wake: Callable[[], None]) -> None:
        self._clock = clock
        self._wake = wake

    def post(
        self, tx: Session, key: str, message: Message, *, to: str, thread: str | None = None,
        within: timedelta | None = None,
    ) -> None:  # fmt: skip
        """Let a message stand in the channel `to` (or with that person), in the thread of the post `thread`.

        Under one key it is posted once: a second time changes nothing, unless it was removed in between. `within` how
        long from now it has to be in Slack, or it stays away; in a thread it comes whenever the first message came.
        """
        ends = self._clock.now() + within if within is not None else None
        self._put(tx, key, message.body(), to, thread_key=thread, not_after=ends)

    def change(self, tx: Session, key: str, message: Message) -> None:
        """Let the message that stands, or will stand, under this key say something else."""
        change_post(tx, key, message.body(), self._clock.now())
        afterwards(tx, self._wake)

    def post_file(self, tx: Session, key: str, message: Message, *, name: str, to: str) -> None:
        """Let a file stand with the person `to`, beneath the message's text.

        What is in it is asked for when it is sent (see `Sender`), so that it is nowhere kept a second time. Its name
        has a part that is the post's own: by that an upload whose answer was lost is found.
        """
        token = token_hex(16)
        stem, _, ending = name.rpartition(".")
        body = {"text": message.body()["text"], "file": f"{stem}-{file_mark(token)}.{ending}"}
        self._put(tx, key, body, to, token=token)

    def erase_for(self, tx: Session, slack_id: str) -> None:
        """Take away all that stands with this person, Home too, and forget it: the newest first, without haste."""
        erase_posts_naming(tx, slack_id, self._clock.now(), UNHURRIED)
        afterwards(tx, self._wake)

    def close(self, tx: Session, key: str, message: Message) -> None:
        """As `change`, for what needs no answer any more: if Slack hasn't got it, it doesn't come at all."""
        self.close_alike(tx, [key], message)

    def post_many(
        self, tx: Session, posts: Sequence[tuple[str, Message, str]], turns: int = 0, within: Sequence[timedelta] = ()
    ) -> None:
        """Let many messages stand: each `(key, message, to)`, spread over the time that Slack's pace takes.

        What is queued later has its turn in between, instead of behind all of them. `turns` were taken before these.
        `within` how long from now each has to be in Slack, or it stays away; without it there is no such end.
        """
        at, here = self._clock.now(), workspace_of(tx)
        first, ends = at + turns * TURN, [at + left for left in within]
        tokens = token_hex(16 * len(posts))  # asking once for each takes longer than making the rest of its row
        rows = [
            {
                "key": key, "body": message.body(), "target": to, "workspace_id": here,
                "token": tokens[32 * turn : 32 * turn + 32], "due_at": first + turn * TURN,
                "not_after": ends[turn] if ends else None,
            }
            for turn, (key, message, to) in enumerate(posts)
        ]  # fmt: skip
        put_posts(tx, rows)
        afterwards(tx, self._wake)

    def change_alike(self, tx: Session, keys: Sequence[str], message: Message, turns: int = 0) -> None:
        """Let the same message stand under many keys: a few at a time, and so slowly that nobody's posts wait for it.

        `turns` were taken before these.
        """
        self._in_turns(tx, change_posts, keys, message, turns)

    def close_alike(self, tx: Session, keys: Sequence[str], message: Message, turns: int = 0) -> None:
        """As `change_alike`, for what needs no answer any more: what Slack hasn't got doesn't come at all."""
        self._in_turns(tx, close_posts, keys, message, turns)

    def remove(self, tx: Session, key: str) -> None:
        """Take away what stands, or would stand, under this key."""
        change_post(tx, key, None, self._clock.now())
        afterwards(tx, self._wake)

    def show_home(self, tx: Session, key: str, view: Json, *, to: str) -> None:
        """Let this be the Home tab of the person `to`."""
        self._put(tx, key, view, to, is_home=True, replace=True)

    def stands(self, tx: Session, key: str) -> bool:
        """Whether anything was queued under this key and not removed."""
        return stands(tx, key)

    def _in_turns(
        self, tx: Session, change: Callable[..., None], keys: Sequence[str], message: Message, turns: int
    ) -> None:
        for start in range(0, len(keys), A_FEW):
            due_at = self._clock.now() + (turns + start) * UNHURRIED
            change(tx, keys[start : start + A_FEW], message.body(), due_at)
        afterwards(tx, self._wake)

    def _put(self, tx: Session, key: str, body: Json, to: str, **more: Any) -> None:
        values: dict[str, Any] = {"token": token_hex(16), "due_at": self._clock.now()} | more
        put_post(tx, key=key, body=body, target=to, workspace_id=workspace_of(tx), **values)
        afterwards(tx, self._wake)
