"""Threads: to which message a reply belongs."""

import re
from typing import Any

from bot.emulator.errors import SlackError
from bot.emulator.workspace import Workspace

_TS = re.compile(r"[0-9]{1,12}(\.[0-9]{1,6})?")


def read_thread_ts(given: Any) -> str | None:
    """None when there is none; raises `invalid_thread_ts` for what is no timestamp."""
    if given in (None, ""):
        return None
    if not _TS.fullmatch(str(given)):
        raise SlackError("invalid_thread_ts")
    return str(given)


def thread_of(workspace: Workspace, channel_id: str, given: Any) -> str | None:
    """Where `given` leads: a reply to a reply belongs to the thread's first message. Raises `thread_not_found` too."""
    wanted = read_thread_ts(given)
    if wanted is None:
        return None
    try:
        parent = workspace.message(channel_id, wanted)
    except SlackError:
        raise SlackError("thread_not_found") from None
    return parent.thread_ts or parent.ts
