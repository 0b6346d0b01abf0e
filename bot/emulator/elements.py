"""Walking through the blocks of a message or a view, down to the elements that people use."""

import json
from collections.abc import Iterable, Iterator
from secrets import token_hex
from typing import Any

from bot.emulator.model import Json

INTERACTIVE_LISTS = {"actions": "elements", "context_actions": "elements", "card": "actions"}
SINGLES = {"section": "accessory", "input": "element"}
NESTED = {"carousel": "elements", "container": "child_blocks"}


def all_blocks(blocks: Iterable[Json]) -> Iterator[Json]:
    """The blocks, and those within carousels and containers."""
    for block in blocks:
        yield block
        yield from all_blocks(block.get(NESTED.get(block["type"], "")) or [])


def elements_of(block: Json) -> list[Json]:
    """The interactive elements of one block."""
    kind = block["type"]
    if kind in SINGLES:
        element = block.get(SINGLES[kind])
        return [element] if element and element["type"] != "image" else []
    return list(block.get(INTERACTIVE_LISTS.get(kind, "")) or [])


def all_elements(blocks: Iterable[Json]) -> Iterator[tuple[Json, Json]]:
    """Each interactive element with its block."""
    for block in all_blocks(blocks):
        for element in elements_of(block):
            yield block, element


def with_ids(blocks: list[Json]) -> list[Json]:
    """A copy in which each block and element has an id, for Slack gives one to those that came without."""
    copy: list[Json] = json.loads(json.dumps(blocks))
    for block in all_blocks(copy):
        block.setdefault("block_id", token_hex(3))
        for element in elements_of(block):
            element.setdefault("action_id", token_hex(3))
    return copy


def may_see(element: Json, user_id: str) -> bool:
    allowed = element.get("visible_to_user_ids")
    return allowed is None or user_id in allowed


def texts(value: Any) -> Iterator[str]:
    """All that people read in some blocks."""
    if isinstance(value, list):
        for item in value:
            yield from texts(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key == "text" and isinstance(item, str):
                yield item
            elif isinstance(item, dict | list):
                yield from texts(item)
