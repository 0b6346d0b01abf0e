"""What Slack accepts as a block, and where."""

from collections.abc import Mapping
from typing import Any

from bot.emulator.element_rules import (
    BUTTON,
    IMAGE,
    IN_ACTIONS,
    IN_INPUT,
    IN_SECTION,
    MODAL_ONLY,
    SLACK_FILE,
    WEB_ADDRESS,
    elements_of,
    one_source,
)
from bot.emulator.rich_text_rules import ONLY_RICH_TEXT, RICH_TEXT
from bot.emulator.shapes import (
    Check,
    Messages,
    anything,
    error,
    flag,
    items,
    number,
    one_of,
    plain,
    shape,
    string,
    text,
    typed,
)


def block(required: Mapping[str, Check], optional: Mapping[str, Check], also: Check = anything) -> Check:
    return shape(required, {"type": anything, "block_id": string(255), **optional}, also)


def _text_or_fields(section: Any, pointer: str) -> Messages:
    if not section.get("text") and not section.get("fields"):
        yield error("missing required field: text", pointer)


def _card_has_content(card: Any, pointer: str) -> Messages:
    if not any(card.get(key) for key in ("hero_image", "title", "body", "actions")):
        yield error("must provide at least one of hero_image, title, body, actions", pointer)


def _container_fits(container: Any, pointer: str) -> Messages:
    if not container.get("title") and not container.get("rich_text_title"):
        yield error("missing required field: title", pointer)
    if container.get("default_collapsed") and not container.get("is_collapsible"):
        yield error("default_collapsed requires is_collapsible", pointer)
    if container.get("is_collapsible") and container.get("has_header_divider"):
        yield error("has_header_divider cannot be set when is_collapsible is true", pointer)


def _rows_are_even(table: Any, pointer: str) -> Messages:
    if len({len(row) for row in table["rows"]}) > 1:
        yield error("every row must have the same number of cells", f"{pointer}/rows")
    if any(cell.get("type") == "rich_text" for cell in table["rows"][0]):
        yield error("the header row must not hold rich_text", f"{pointer}/rows/0")


def _series_fit(chart: Any, pointer: str) -> Messages:
    names = [series["name"] for series in chart["series"]]
    if len(set(names)) < len(names):
        yield error("series names must be unique", f"{pointer}/series")
    for index, series in enumerate(chart["series"]):
        if [point["label"] for point in series["data"]] != chart["axis_config"]["categories"]:
            yield error("labels must match the categories", f"{pointer}/series/{index}/data")


def _xy_chart() -> Check:
    point = shape({"label": string(20), "value": number(-1e15, 1e15, whole=False)}, {})
    series = shape({"name": string(20), "data": items(point, 20)}, {})
    axes = shape({"categories": items(string(20), 20)}, {"x_label": string(50), "y_label": string(50)})
    return shape({"series": items(series, 6), "axis_config": axes}, {"type": anything}, _series_fit)


_SEGMENT = shape({"label": string(20), "value": number(0, 1e15, whole=False)}, {})
_CHARTS: dict[str, Check] = {
    "pie": shape({"segments": items(_SEGMENT, 12)}, {"type": anything}),
    **{kind: _xy_chart() for kind in ("bar", "area", "line")},
}
_RAW_TEXT = shape({"text": string(2000)}, {"type": anything})
_RAW_NUMBER = shape({"value": number(-1e15, 1e15, whole=False)}, {"type": anything, "text": string(2000)})
_CARD_IMAGE = typed({"image": IMAGE})
_CELLS: dict[str, Check] = {"raw_text": _RAW_TEXT, "raw_number": _RAW_NUMBER, "rich_text": RICH_TEXT}
_CELL = typed(_CELLS)
_CONTEXT_ELEMENT = typed(
    {
        "image": IMAGE,
        "plain_text": shape({"text": string(3000)}, {"type": anything, "emoji": flag}),
        "mrkdwn": shape({"text": string(3000)}, {"type": anything, "verbatim": flag}),
    }
)

BLOCKS: dict[str, Check] = {
    "section": block(
        {},
        {"text": text(3000), "fields": items(text(2000), 10), "accessory": elements_of(IN_SECTION), "expand": flag},
        _text_or_fields,
    ),
    "divider": block({}, {}),
    "header": block({"text": plain(150)}, {}),
    "image": block(
        {"alt_text": string(2000)},
        {"image_url": WEB_ADDRESS, "slack_file": SLACK_FILE, "title": plain(2000)},
        one_source,
    ),
    "actions": block({"elements": items(elements_of(IN_ACTIONS), 25)}, {}),
    "context": block({"elements": items(_CONTEXT_ELEMENT, 10)}, {}),
    "context_actions": block({"elements": items(elements_of(frozenset({"feedback_buttons", "icon_button"})), 5)}, {}),
    "input": block(
        {"label": plain(2000), "element": elements_of(IN_INPUT)},
        {"hint": plain(2000), "optional": flag, "dispatch_action": flag},
    ),
    "rich_text": RICH_TEXT,
    "markdown": block({"text": string(12_000)}, {}),
    "video": block(
        {
            "alt_text": string(2000),
            "video_url": string(3000),
            "thumbnail_url": string(3000),
            "title": plain(199),
        },
        {
            "title_url": string(3000),
            "description": plain(200),
            "provider_icon_url": string(3000),
            "provider_name": string(50),
            "author_name": string(49),
        },
    ),
    "file": block({"external_id": string(255), "source": one_of("remote")}, {}),
    "table": block(
        {"rows": items(items(_CELL, 20), 100)},
        {"column_settings": items(anything, 20)},
    ),
    "data_table": block(
        {"rows": items(items(_CELL, 20), 101, 2), "caption": string(2000)},
        {"page_size": number(1, 100), "row_header_column_index": number(0, 19)},
        _rows_are_even,
    ),
    "data_visualization": block({"title": string(50), "chart": typed(_CHARTS)}, {}),
    "alert": block({"text": text(200)}, {"level": one_of("default", "info", "warning", "error", "success")}),
    "card": block(
        {},
        {
            "hero_image": _CARD_IMAGE,
            "icon": _CARD_IMAGE,
            "title": text(150),
            "subtitle": text(150),
            "body": text(200),
            "actions": items(typed({"button": BUTTON}), 3),
        },
        _card_has_content,
    ),
}
BLOCKS["carousel"] = block({"elements": items(typed(BLOCKS, frozenset({"card"})), 10)}, {})
BLOCKS["container"] = block(
    {"child_blocks": items(typed(BLOCKS, frozenset(BLOCKS) - {"container"}), 10)},
    {
        "title": plain(150),
        "rich_text_title": ONLY_RICH_TEXT,
        "subtitle": text(150),
        "icon": _CARD_IMAGE,
        "width": one_of("narrow", "standard", "wide", "full"),
        "is_collapsible": flag,
        "default_collapsed": flag,
        "has_header_divider": flag,
    },
    _container_fits,
)

_MESSAGE_ONLY = frozenset({"markdown", "file", "table", "data_visualization", "context_actions"})
_NOT_IN_MODALS = _MESSAGE_ONLY | {"data_table", "carousel"}
SURFACES: dict[str, frozenset[str]] = {
    "message": frozenset(BLOCKS) - {"alert"},
    "home": frozenset(BLOCKS) - _MESSAGE_ONLY - {"alert"},
    "modal": frozenset(BLOCKS) - _NOT_IN_MODALS,
}
REFUSED_ELEMENTS: dict[str, frozenset[str]] = {"message": MODAL_ONLY, "home": MODAL_ONLY, "modal": frozenset()}
