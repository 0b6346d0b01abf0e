"""What people fill in: the state of a view's inputs, and what Slack's own client checks before it submits."""

import re
from typing import Any

from bot.emulator.elements import all_elements
from bot.emulator.model import Json, View
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
MOST_FILE_BYTES = 10 * 1024**2
PATTERNS = {
    "email_text_input": (r"[^@\s]+@[^@\s]+\.[^@\s]+", "Please enter a valid email address."),
    "url_text_input": (r"https?://\S+", "Please enter a valid URL."),
}


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
        return int(value)
    return value if key == "rich_text_value" else str(value)


def _option(options: list[Json], wanted: str, name: str) -> Json:
    for option in options:
        if wanted in (option["value"], option["text"]["text"]):
            return option
    raise ValueError(f"values: {name!r} has no option {wanted!r}")


def client_errors(view: View) -> dict[str, str]:
    """block_id → sentence, for what Slack's client refuses without asking the app."""
    errors: dict[str, str] = {}
    for block, element in all_elements(view.body["blocks"]):
        if block["type"] == "input" and element["type"] in KEYS:
            held = view.state.get(block["block_id"], {}).get(element["action_id"], {})
            problem = _problem(element, held.get(KEYS[element["type"]][0]), block.get("optional", False))
            if problem:
                errors[block["block_id"]] = problem
    return errors


def _problem(element: Json, value: Any, optional: bool) -> str:
    if value in (None, "", []):
        return "" if optional else "Please complete this required field."
    if element["type"] == "file_input":
        return _files_problem(element, value)
    if element["type"] == "number_input":
        return _number_problem(element, str(value))
    if element["type"] in PATTERNS:
        pattern, sentence = PATTERNS[element["type"]]
        return "" if re.fullmatch(pattern, value) else sentence
    if element["type"] == "plain_text_input" and len(value) < element.get("min_length", 0):
        return f"Please enter at least {element['min_length']} characters."
    if element["type"] == "plain_text_input" and len(value) > element.get("max_length", 3000):
        return f"Please enter fewer than {element.get('max_length', 3000) + 1} characters."
    if len(value) > element.get("max_selected_items", 1000) and isinstance(value, list):
        return f"Please select at most {element['max_selected_items']} items."
    return ""


def _files_problem(element: Json, files: list[Json]) -> str:
    if len(files) > element.get("max_files", 10):
        return f"Please upload at most {element.get('max_files', 10)} files."
    wanted = [kind.lower() for kind in element.get("filetypes", ())]
    for file in files:
        if file["size"] > MOST_FILE_BYTES:
            return f"{file['name']} is larger than {MOST_FILE_BYTES // 1024**2} MB."
        if wanted and not {file["filetype"], file["name"].rpartition(".")[2].lower()} & set(wanted):
            return f"{file['name']} is not one of the allowed file types: {', '.join(wanted)}."
    return ""


def _number_problem(element: Json, value: str) -> str:
    pattern = r"-?\d+(\.\d+)?" if element["is_decimal_allowed"] else r"-?\d+"
    if not re.fullmatch(pattern, value):
        return "Please enter a valid number."
    if "min_value" in element and float(value) < float(element["min_value"]):
        return f"Please enter a number of at least {element['min_value']}."
    if "max_value" in element and float(value) > float(element["max_value"]):
        return f"Please enter a number of at most {element['max_value']}."
    return ""
