"""Trigger ids: what lets an app open a modal shortly after a person did something."""

import time
from collections import OrderedDict
from dataclasses import dataclass
from secrets import token_hex

from bot.emulator.errors import SlackError

LIFETIME = 3.0  # seconds of real time
REMEMBERED = 10_000


@dataclass
class Trigger:
    user: str
    in_modal: bool
    issued: float
    used: bool = False


class Triggers:
    """Issues trigger ids and takes each back once."""

    def __init__(self) -> None:
        self._issued: OrderedDict[str, Trigger] = OrderedDict()

    def issue(self, user_id: str, *, in_modal: bool = False) -> str:
        trigger_id = f"{time.time_ns() // 1_000_000}.{len(self._issued)}.{token_hex(16)}"
        self._issued[trigger_id] = Trigger(user_id, in_modal, time.monotonic())
        if len(self._issued) > REMEMBERED:
            self._issued.popitem(last=False)
        return trigger_id

    def redeem(self, trigger_id: str) -> Trigger:
        """Raises `invalid_trigger_id`, `exchanged_trigger_id` (used before) or `expired_trigger_id`."""
        trigger = self._issued.get(trigger_id)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if time.monotonic() - trigger.issued > LIFETIME:
            raise SlackError("expired_trigger_id")
        trigger.used = True
        return trigger
