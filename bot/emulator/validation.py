"""What Slack refuses in messages and views."""

import json
import re
from collections import Counter
from typing import Any

from bot.emulator import shapes
from bot.emulator.block_rules import BLOCKS, REFUSED_ELEMENTS, SURFACES
from bot.emulator.elements import all_blocks, all_elements, elements_of, texts
from bot.emulator.errors import SlackError
from bot.emulator.files import wrong_files
from bot.emulator.model import Json
from bot.emulator.shapes import anything, error, flag, plain, string
from bot.emulator.workspace import Workspace

TEXT_LIMIT = 4000
BLOCKS_TEXT_LIMIT = 9000
TABLES_TEXT_LIMIT = 10_000
VIEW_BYTES = 250 * 1024
METADATA_BYTES = 8000
MESSAGE_BLOCKS, VIEW_BLOCKS, CHARTS = 50, 100, 2
TABLES = {"table", "data_table"}


def check_message(workspace: Workspace, text: str, blocks: Any) -> None:
    """Raise what Slack answers to a message with this text and these blocks (a list, or None)."""
    if len(text) > TEXT_LIMIT:
        raise SlackError("msg_too_long")
    if blocks is not None and (not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks)):
        raise SlackError("invalid_blocks_format")
    if not text.strip() and not blocks:
        raise SlackError("no_text")
    if not blocks:
        return
    found = block_messages(blocks, "message", MESSAGE_BLOCKS, "/blocks")
    found = found or list(wrong_files(workspace, blocks, "/blocks"))
    if found:
        raise SlackError("invalid_blocks", found)
    kinds = Counter(block["type"] for block in blocks)
    if kinds["table"] > 1:
        raise SlackError("only_one_table_allowed")
    if kinds["data_visualization"] > CHARTS:
        raise SlackError("invalid_blocks", [error(f"no more than {CHARTS} charts allowed", "/blocks")])
    if _text_size(blocks, False) > BLOCKS_TEXT_LIMIT or _text_size(blocks, True) > TABLES_TEXT_LIMIT:
        raise SlackError("msg_blocks_too_long")


def _text_size(blocks: list[Json], in_tables: bool) -> int:
    return sum(len(text) for block in blocks if (block["type"] in TABLES) == in_tables for text in texts(block))


def block_messages(blocks: list[Json], surface: str, most: int, pointer: str) -> list[str]:
    """What is wrong with some blocks on a surface: `message`, `modal` or `home`."""
    found = list(shapes.items(shapes.typed(BLOCKS, SURFACES[surface]), most)(blocks, pointer))
    return found or [*_elements(blocks, surface, pointer), *_ids(blocks, pointer)]


def _elements(blocks: list[Json], surface: str, pointer: str) -> list[str]:
    kinds = [element["type"] for _, element in all_elements(blocks)]
    found = [error(f"unsupported type: {kind}", pointer) for kind in kinds if kind in REFUSED_ELEMENTS[surface]]
    if sum(1 for _, element in all_elements(blocks) if element.get("focus_on_load")) > 1:
        found.append(error("only one element can have focus_on_load", pointer))
    return found


def _ids(blocks: list[Json], pointer: str) -> list[str]:
    block_ids = Counter(block["block_id"] for block in all_blocks(blocks) if "block_id" in block)
    pairs = [
        (index, element["action_id"])
        for index, block in enumerate(all_blocks(blocks))
        for element in elements_of(block)
        if "action_id" in element
    ]
    found = [error(f'block_id "{name}" already exists', pointer) for name, times in block_ids.items() if times > 1]
    for (_, name), times in Counter(pairs).items():
        if times > 1:
            found.append(error(f'action_id "{name}" already exists for another element', pointer))
    return found


_VIEW_COMMON: dict[str, shapes.Check] = {
    "type": anything,
    "callback_id": string(255, 0),
    "private_metadata": string(3000, 0),
    "external_id": string(255, 0),
    "blocks": anything,
}
_MODAL = shapes.shape(
    {"title": plain(24), "blocks": anything},
    {
        **_VIEW_COMMON,
        "submit": plain(24),
        "close": plain(24),
        "clear_on_close": flag,
        "notify_on_close": flag,
        "submit_disabled": flag,
    },
)
_HOME = shapes.shape({"blocks": anything}, _VIEW_COMMON)
VIEWS = {"modal": _MODAL, "home": _HOME}


def check_view(workspace: Workspace, view: Any, kind: str) -> Json:
    """Raise what Slack answers to a view that is no good `modal` or `home`; else give it back."""
    found = list(shapes.typed(VIEWS, (kind,))(view, "/view"))
    if not found and not isinstance(view["blocks"], list):
        found = [error("must provide an array", "/view/blocks")]
    if not found:
        found = block_messages(view["blocks"], kind, VIEW_BLOCKS, "/view/blocks")
    if not found and kind == "modal" and "submit" not in view and _has_input(view["blocks"]):
        found = [error("missing required field: submit", "/view")]
    found = found or list(wrong_files(workspace, view["blocks"], "/view/blocks"))
    if found:
        raise SlackError("invalid_arguments", found)
    if len(json.dumps(view)) > VIEW_BYTES:
        raise SlackError("view_too_large")
    checked: Json = view
    return checked


def _has_input(blocks: list[Json]) -> bool:
    return any(block["type"] == "input" for block in all_blocks(blocks))


def check_metadata(metadata: Any) -> Json | None:
    """A message's metadata: {event_type, event_payload}, with a payload of plain values."""
    if metadata is None:
        return None
    if not isinstance(metadata, dict) or not isinstance(metadata.get("event_payload"), dict):
        raise SlackError("invalid_metadata_format")
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_.\-]*", str(metadata.get("event_type", ""))):
        raise SlackError("invalid_metadata_format")
    if len(json.dumps(metadata)) > METADATA_BYTES:
        raise SlackError("metadata_too_large")
    return metadata
