"""Queueing what is to stand in Slack, in the transaction that makes it true. The sender posts it."""

from collections.abc import Callable
from secrets import token_hex
from typing import Any

from sqlmodel import Session

from bot.kernel.clock import RealClock
from bot.slack.blocks import Json, Message
from storage.database import afterwards
from storage.outbox import change_post, put_post, stands
from storage.rows import workspace_of


class Outbox:
    """Posts by their key, such as `story:42`. Nobody but the sender knows where in Slack one stands."""

    def __init__(self, clock: RealClock, wake: Callable[[], None]) -> None:
        self._clock = clock
        self._wake = wake

    def post(self, tx: Session, key: str, message: Message, *, to: str, thread: str | None = None) -> None:
        """Let a message stand in the channel `to` (or with that person), in the thread of the post `thread`.

        Under one key it is posted once: a second time changes nothing, unless it was removed in between.
        """
        self._put(tx, key, message.body(), to, thread_key=thread)

    def change(self, tx: Session, key: str, message: Message) -> None:
        """Let the message that stands, or will stand, under this key say something else."""
        change_post(tx, key, message.body(), self._clock.now())
        afterwards(tx, self._wake)

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

    def _put(self, tx: Session, key: str, body: Json, to: str, **more: Any) -> None:
        put_post(
            tx, key=key, body=body, target=to, workspace_id=workspace_of(tx),
            token=token_hex(16), due_at=self._clock.now(), **more,
        )  # fmt: skip
        afterwards(tx, self._wake)
