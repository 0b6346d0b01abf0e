"""What Slack's own client refuses in a form, without asking the app."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from bot.emulator.elements import all_elements
from bot.emulator.forms import KEYS, MOST_FILE_BYTES
from bot.emulator.model import Json, View

EMAIL, URL = r"[^@\s]+@[^@\s]+\.[^@\s]+", r"https?://\S+"


def client_errors(view: View) -> dict[str, str]:
    """block_id → sentence."""
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
    check = _OF_KIND.get(element["type"])
    if check is not None:
        return check(element, value)
    if isinstance(value, list) and len(value) > element.get("max_selected_items", 1000):
        return f"Please select at most {element['max_selected_items']} items."
    return ""


def _text_problem(element: Json, text: str) -> str:
    if len(text) < element.get("min_length", 0):
        return f"Please enter at least {element['min_length']} characters."
    if len(text) > element.get("max_length", 3000):
        return f"Please enter fewer than {element.get('max_length', 3000) + 1} characters."
    return ""


def _email_problem(_element: Json, text: str) -> str:
    return "" if re.fullmatch(EMAIL, text) else "Please enter a valid email address."


def _url_problem(_element: Json, text: str) -> str:
    return "" if re.fullmatch(URL, text) else "Please enter a valid URL."


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
    pattern = r"-?[0-9]+(\.[0-9]+)?" if element["is_decimal_allowed"] else r"-?[0-9]+"
    if not re.fullmatch(pattern, value):
        return "Please enter a valid number."
    if "min_value" in element and float(value) < float(element["min_value"]):
        return f"Please enter a number of at least {element['min_value']}."
    if "max_value" in element and float(value) > float(element["max_value"]):
        return f"Please enter a number of at most {element['max_value']}."
    return ""


_OF_KIND: Mapping[str, Callable[[Json, Any], str]] = {
    "plain_text_input": _text_problem,
    "email_text_input": _email_problem,
    "url_text_input": _url_problem,
    "number_input": _number_problem,
    "file_input": _files_problem,
}
