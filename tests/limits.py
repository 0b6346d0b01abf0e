"""What Slack refuses, read from its documentation: for tests that hold every screen to it."""

import json
from collections.abc import Iterator
from typing import Any

from slack_sdk.models.blocks import Block, DividerBlock
from slack_sdk.models.views import View

Json = dict[str, Any]

BLOCKS = {"message": 50, "modal": 100, "home": 100}
VIEW_BYTES = 250_000
ALL_TEXT = 9_000  # characters of a message's blocks together: more is refused now and then
IN_A_ROW = 25  # elements in an actions block
LONGEST = {  # characters of the texts in an element or a block, by (type, field)
    ("section", "text"): 3000, ("header", "text"): 150, ("context", "text"): 3000, ("button", "text"): 75,
    ("input", "label"): 2000, ("input", "hint"): 2000, ("option", "text"): 75, ("confirm", "title"): 100,
    ("confirm", "text"): 300, ("confirm", "confirm"): 30, ("confirm", "deny"): 30,
    ("view", "title"): 24, ("view", "submit"): 24, ("view", "close"): 24, ("any", "placeholder"): 150,
}  # fmt: skip
PLAIN = {"value": 2000, "accessibility_label": 75, "action_id": 255, "block_id": 255}


def complaints_about_message(body: Json) -> list[str]:
    """What Slack would say of a message with this `text` and these `blocks`; nothing when it is fine."""
    found = [] if 0 < len(body["text"]) <= 4000 else [f"text of {len(body['text'])} characters"]
    found += _complaints_about_blocks(body["blocks"], BLOCKS["message"])
    if (length := sum(len(text) for text in _shown_texts(body["blocks"]))) > ALL_TEXT:
        found.append(f"{length} characters in all")
    return found


def complaints_about_view(view: Json) -> list[str]:
    """What Slack would say of this modal or Home tab; nothing when it is fine."""
    found = _complaints_about_blocks(view["blocks"], BLOCKS[view["type"]])
    for part in ("title", "submit", "close"):
        found += _too_long("view", part, view.get(part))
    if len(view.get("private_metadata", "")) > 3000:
        found.append("private_metadata")
    if len(json.dumps(view, ensure_ascii=False).encode()) > VIEW_BYTES:
        found.append("view of more than 250 KB")
    has_input = any(block["type"] == "input" for block in view["blocks"])
    if view["type"] == "modal" and (not view.get("title") or (has_input and not view.get("submit"))):
        found.append("title or submit missing")
    View(**view | {"blocks": [DividerBlock()]}).validate_json()
    return found


def _complaints_about_blocks(blocks: list[Json], most: int) -> list[str]:
    found = [] if len(blocks) <= most else [f"{len(blocks)} blocks"]
    for block in blocks:
        parsed = Block.parse(_without_what_the_sdk_lacks(block))
        if parsed is None:
            found.append(f"unknown block {block['type']}")
        else:
            parsed.validate_json()
        found += _complaints_about_block(block)
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    if len(ids) != len(set(ids)):
        found.append("the same block_id twice")
    return found


def _complaints_about_block(block: Json) -> list[str]:
    found = []
    for thing in _things_in(block):
        kind = thing.get("type", "")
        for part in ("text", "label", "hint"):
            found += _too_long(kind, part, thing.get(part))
        found += _too_long("any", "placeholder", thing.get("placeholder"))
        found += [f"{kind}.{name}" for name, most in PLAIN.items() if _length(thing.get(name)) > most]
        found += _complaints_about_choice(thing)
        if kind == "text" and not thing["text"]:
            found.append("an empty text element")
        if kind in {"rich_text_section", "actions", "context", "rich_text"} and not thing["elements"]:
            found.append(f"{kind} without elements")
    if block["type"] == "actions":
        names = [element["action_id"] for element in block["elements"]]
        if len(names) > IN_A_ROW or len(names) != len(set(names)):
            found.append("too many buttons in a row, or two of one name")
    return found


def _complaints_about_choice(thing: Json) -> list[str]:
    found = []
    for option in thing.get("options", []):
        found += _too_long("option", "text", option["text"])
        found += ["option value"] if len(option["value"]) > 150 else []
    if len(thing.get("options", [])) > (10 if thing.get("type") in {"checkboxes", "radio_buttons"} else 100):
        found.append("too many options")
    if (typed := thing.get("initial_value")) is not None and len(typed) > thing.get("max_length", 3000):
        found.append("initial_value longer than max_length")
    if "confirm" in thing and "deny" in thing:
        for part in ("title", "text", "confirm", "deny"):
            found += _too_long("confirm", part, thing[part])
    return found


def _too_long(kind: str, part: str, text: Any) -> list[str]:
    most = LONGEST.get((kind, part))
    if most is None or text is None:
        return []
    shown = text["text"] if isinstance(text, dict) else text
    return [] if 0 < len(shown) <= most else [f"{kind}.{part}: {len(shown)} characters"]


def _length(value: Any) -> int:
    return len(value) if isinstance(value, str) else 0


def _things_in(thing: Any) -> Iterator[Json]:
    """Every object in a block, the block itself too."""
    if isinstance(thing, dict):
        yield thing
        for value in thing.values():
            yield from _things_in(value)
    elif isinstance(thing, list):
        for value in thing:
            yield from _things_in(value)


def _shown_texts(blocks: list[Json]) -> Iterator[str]:
    for thing in _things_in(blocks):
        if isinstance(thing.get("text"), str):
            yield thing["text"]


def _without_what_the_sdk_lacks(block: Json) -> Json:
    if block["type"] != "actions":
        return block
    known = [{k: v for k, v in element.items() if k != "visible_to_user_ids"} for element in block["elements"]]
    return block | {"elements": known}
