"""Between the controls of the page and the shapes in which Slack keeps what somebody filled in."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from bot.emulator.elements import all_elements
from bot.emulator.forms import KEYS, MOST_EPOCH
from bot.emulator.model import Json
from bot.emulator.suggestions import offered

_PICKED: Mapping[str, tuple[type[date] | type[time], str]] = {
    "selected_date": (date, "%Y-%m-%d"),
    "selected_time": (time, "%H:%M"),
}
Read = Callable[[str], Sequence[str]]  # the name of a control → what it holds


def control_name(block_id: str, action_id: str) -> str:
    return f"{block_id}|{action_id}"


def element_at(blocks: Sequence[Json], block_id: str, action_id: str) -> Json | None:
    ids = (block_id, action_id)
    found = (one for block, one in all_elements(blocks) if (block["block_id"], one["action_id"]) == ids)
    return next(found, None)


def state_of(blocks: Sequence[Json], read: Read, zone: str, suggested: Json) -> Json:
    """`state.values` of a view or message, from its controls; `suggested` as these keep it."""
    state: Json = {}
    for block, element in all_elements(blocks):
        if element["type"] in KEYS:
            values = read(control_name(block["block_id"], element["action_id"]))
            state.setdefault(block["block_id"], {})[element["action_id"]] = answer(
                element, values, zone, offered(element, block["block_id"], suggested)
            )
    return state


def action_of(block_id: str, element: Json, values: Sequence[str], zone: str, suggested: Json) -> Json:
    """The action that a click on a button, or a choice in a menu, sends to the app."""
    action: Json = {"action_id": element["action_id"], "block_id": block_id, "type": element["type"]}
    if element["type"] in KEYS or element["type"] == "overflow":
        return action | answer(element, values, zone, offered(element, block_id, suggested))
    shown = {key: element[key] for key in ("text", "value", "style") if key in element}
    return action | shown | ({"value": values[0]} if values else {})


def answer(element: Json, values: Sequence[str], zone: str, options: Sequence[Json]) -> Json:
    """What Slack says was filled in at `element`; nothing filled in is None, or an empty list."""
    key = "selected_option" if element["type"] == "overflow" else KEYS[element["type"]][0]
    shaped = [one for value in values if value and (one := _shaped(options, key, value, zone)) is not None]
    return {"type": element["type"], key: shaped if key.endswith("s") else next(iter(shaped), None)}


def _shaped(options: Sequence[Json], key: str, value: str, zone: str) -> Any:
    match key:
        case "selected_option" | "selected_options":
            return next((option for option in options if option.get("value") == value), None)
        case "selected_date_time" | "selected_date" | "selected_time":
            return _moment(key, value, zone)
        case "rich_text_value":
            section = {"type": "rich_text_section", "elements": [{"type": "text", "text": value}]}
            return {"type": "rich_text", "elements": [section]}
        case "files":
            return {"id": value}
    return value


def _moment(key: str, value: str, zone: str) -> int | str | None:
    """None for what no picker gives."""
    try:
        if key == "selected_date_time":
            epoch = int(datetime.fromisoformat(value).replace(tzinfo=ZoneInfo(zone)).timestamp())
            return epoch if 0 <= epoch < MOST_EPOCH else None
        kind, pattern = _PICKED[key]
        return value if f"{kind.fromisoformat(value):{pattern}}" == value else None
    except (ValueError, OverflowError):
        return None


def filled_in(element: Json, block_id: str, state: Mapping[str, Json], zone: str) -> list[str]:
    """What a control shows."""
    key, _ = KEYS[element["type"]]
    return [_shown(key, one, zone) for one in held(element, block_id, state)]


def held(element: Json, block_id: str, state: Mapping[str, Json]) -> list[Any]:
    """What was filled in earlier, else what the app gave at first."""
    key, initial = KEYS[element["type"]]
    known = state.get(block_id, {}).get(element["action_id"])
    found = known.get(key) if known is not None else element.get(initial)
    return found if isinstance(found, list) else [] if found is None else [found]


def _shown(key: str, value: Any, zone: str) -> str:
    if isinstance(value, dict):
        words = [part.get("text", "") for section in value.get("elements", []) for part in section.get("elements", [])]
        return str(value.get("value") or "".join(words))
    return (
        f"{datetime.fromtimestamp(value, ZoneInfo(zone)):%Y-%m-%dT%H:%M}" if key == "selected_date_time" else str(value)
    )
