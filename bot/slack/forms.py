"""What somebody filled in: a view's state, as plain values by the field's name."""

import re
from collections.abc import Mapping
from typing import Any

from bot.kernel.errors import BotError
from bot.slack.blocks import Json

FormValue = str | list[str] | None


def filled_in(view: Json) -> dict[str, FormValue]:
    """The values of a form by field; None for what was left empty, a list where several can be chosen."""
    state: Mapping[str, Mapping[str, Json]] = view.get("state", {}).get("values", {})
    return {name: _value(next(iter(elements.values()), {})) for name, elements in state.items()}


def _value(element: Json) -> FormValue:
    for several in ("selected_users", "selected_conversations", "selected_channels"):
        if several in element:
            return [str(one) for one in element[several] or []]
    if "selected_options" in element:
        return [str(option["value"]) for option in element["selected_options"] or []]
    chosen: Any = element.get("selected_option")
    if chosen:
        return str(chosen["value"])
    for one in ("value", "selected_date", "selected_time", "selected_user", "selected_conversation"):
        if element.get(one) is not None:
            return str(element[one])
    return None


def as_text(value: FormValue) -> str:
    return value if isinstance(value, str) else ""


def as_list(value: FormValue) -> list[str]:
    return value if isinstance(value, list) else []


def number_in(value: object, gone: BotError) -> int:
    """The number of a row that a button or a form carries. Raises `gone` when it carries none that a row can have."""
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{1,9}", value):
        raise gone
    return int(value)
