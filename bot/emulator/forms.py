"""What people fill in: the state of a view's inputs."""

from typing import Any

from bot.emulator.elements import all_elements
from bot.emulator.json_text import whole_number
from bot.emulator.model import Json, View
from bot.emulator.rich_text_rules import ONLY_RICH_TEXT
from bot.emulator.suggestions import offered
from bot.emulator.workspace import Workspace

# element type → its key in the state, the key of its first value
KEYS = {
    "plain_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "multi_static_select": ("selected_options", "initial_options"),
    "checkboxes": ("selected_options", "initial_options"),
    "external_select": ("selected_option", "initial_option"),
    "multi_external_select": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "file_input": ("files", ""),
}
MOST_EPOCH = 10**10  # Slack's moments have ten digits
MOST_FILE_BYTES = 10 * 1024**2


def initial_state(blocks: list[Json]) -> Json:
    """block_id → action_id → what each input holds before somebody touches it."""
    state: Json = {}
    for block, element in all_elements(blocks):
        if element["type"] in KEYS:
            key, initial = KEYS[element["type"]]
            empty: Any = [] if key.endswith("s") else None
            value = {"type": element["type"], key: element.get(initial, empty)}
            state.setdefault(block["block_id"], {})[element["action_id"]] = value
    return state


def kept_state(blocks: list[Json], before: Json) -> Json:
    """The state after an update: what was filled in stays where block, action and type are the same."""
    state = initial_state(blocks)
    for block_id, values in state.items():
        for action_id, value in values.items():
            old = before.get(block_id, {}).get(action_id)
            if old and old["type"] == value["type"]:
                values[action_id] = old
    return state


def fill(workspace: Workspace, view: View, plain: Json) -> Json:
    """State values from plain ones, keyed by block_id, action_id or label; ValueError names what doesn't fit."""
    state: Json = {}
    for name, value in plain.items():
        block, element = _find(view, name)
        options = offered(element, block["block_id"], view.suggested)
        shaped = {"type": element["type"], KEYS[element["type"]][0]: _shaped(workspace, element, options, value, name)}
        state.setdefault(block["block_id"], {})[element["action_id"]] = shaped
    return state


def _find(view: View, name: str) -> tuple[Json, Json]:
    for block, element in all_elements(view.body["blocks"]):
        label = (block.get("label") or {}).get("text")
        if name in (block["block_id"], element["action_id"], label) and element["type"] in KEYS:
            return block, element
    raise ValueError(f"values: no input {name!r} in this view")


def _shaped(workspace: Workspace, element: Json, options: list[Json], value: Any, name: str) -> Any:
    key = KEYS[element["type"]][0]
    if key.endswith("s"):
        several = value if isinstance(value, list) else [value]
        return [_single(workspace, options, key[:-1], one, name) for one in several]
    return None if value in (None, "") else _single(workspace, options, key, value, name)


def _single(workspace: Workspace, options: list[Json], key: str, value: Any, name: str) -> Any:
    if key == "selected_option":
        return _option(options, str(value), name)
    if key == "file":
        return {"id": str(value)}
    if key == "selected_user":
        return workspace.user(str(value)).id
    if key in ("selected_channel", "selected_conversation"):
        return workspace.channel(str(value)).id
    if key == "selected_date_time":
        return _moment(value, name)
    return _rich_text(value, name) if key == "rich_text_value" else str(value)


def _moment(value: Any, name: str) -> int:
    epoch = whole_number(str(value), MOST_EPOCH - 1)
    if epoch is None:
        raise ValueError(f"values: {name!r} needs a moment in epoch seconds")
    return epoch


def _rich_text(value: Any, name: str) -> Any:
    wrong = next(ONLY_RICH_TEXT(value, ""), None)
    if wrong:
        raise ValueError(f"values: {name!r} needs a rich_text block: {wrong}")
    return value


def _option(options: list[Json], wanted: str, name: str) -> Json:
    for option in options:
        if wanted in (option["value"], option["text"]["text"]):
            return option
    raise ValueError(f"values: {name!r} has no option {wanted!r}")
