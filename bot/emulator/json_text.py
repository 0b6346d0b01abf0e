"""JSON that comes from outside: read, unless something in it could not be kept, shown or handed on."""

import json
from typing import Any

DEEPEST = 100  # lists and objects within each other: far beyond any view, well within what Python can walk through


def read_json(text: str | bytes) -> Any:
    """As `json.loads`; ValueError also for what is nested too deep, NaN, an infinite number and half a character."""
    try:
        found = json.loads(text)
    except RecursionError:
        raise ValueError("nested too deep") from None
    if _is_deeper(found, DEEPEST):
        raise ValueError("nested too deep")
    json.dumps(found, ensure_ascii=False, allow_nan=False).encode()
    return found


def _is_deeper(value: Any, most: int) -> bool:
    if not isinstance(value, dict | list):
        return False
    parts = value.values() if isinstance(value, dict) else value
    return most == 0 or any(_is_deeper(part, most - 1) for part in parts)


def whole_number(text: str, most: int) -> int | None:
    """From 0 to `most` in plain digits; None for everything else."""
    if not text.isascii() or not text.isdecimal() or len(text) > len(str(most)):
        return None
    return int(text) if int(text) <= most else None
