"""Slack's pages: a limit, and a cursor that says where the next page begins."""

import base64
from typing import TypeVar

from bot.emulator.calls import Call
from bot.emulator.errors import SlackError
from bot.emulator.json_text import whole_number
from bot.emulator.model import Json

T = TypeVar("T")
LONGEST_LIST = 10**9


def read_cursor(cursor: str, kind: str) -> str:
    """What was put in; raises `invalid_cursor`."""
    try:
        name, _, value = base64.b64decode(cursor, validate=True).decode().partition(":")
    except ValueError:
        raise SlackError("invalid_cursor") from None
    if name != kind or not value:
        raise SlackError("invalid_cursor")
    return value


def cursor(kind: str, value: str) -> str:
    return base64.b64encode(f"{kind}:{value}".encode()).decode()


def page(call: Call, items: list[T], default: int) -> tuple[list[T], Json]:
    """One page of a list, and the `response_metadata` that leads to the next."""
    start = _offset(call.text("cursor")) if call.text("cursor") else 0
    limit = call.number("limit", default, 1000)
    following = start + limit
    more = cursor("offset", str(following)) if following < len(items) else ""
    return items[start:following], {"next_cursor": more}


def _offset(given: str) -> int:
    value = whole_number(read_cursor(given, "offset"), LONGEST_LIST)
    if value is None:
        raise SlackError("invalid_cursor")
    return value
