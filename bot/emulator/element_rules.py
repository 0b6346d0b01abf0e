"""What Slack accepts as an element of a block."""

from collections.abc import Mapping
from typing import Any

from bot.emulator.field_rules import FILTER, lengths_fit, numbers_fit, real_date
from bot.emulator.rich_text_rules import ONLY_RICH_TEXT
from bot.emulator.shapes import (
    Check,
    Messages,
    address,
    anything,
    error,
    flag,
    items,
    matching,
    number,
    one_of,
    plain,
    shape,
    string,
    text,
    typed,
)

CONFIRM = shape(
    {"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)},
    {"style": one_of("primary", "danger")},
)


def _one_name(file: Any, pointer: str) -> Messages:
    if ("id" in file) == ("url" in file):
        yield error("must provide exactly one of id, url", pointer)


SLACK_FILE = shape({}, {"id": string(255), "url": string(3000)}, _one_name)
DISPATCH = shape({}, {"trigger_actions_on": items(one_of("on_enter_pressed", "on_character_entered"), 2)})
IDS = items(string(255), 1000, 0)
WEB_ADDRESS = address(3000, "https?")
LINK = address(3000, r"(?!javascript:|data:)[a-z][a-z0-9+.-]*")  # apps of all kinds have schemes of their own


def option(*kinds: str, extra: Mapping[str, Check] | None = None) -> Check:
    return shape({"text": text(75, *kinds), "value": string(150)}, {"description": text(75, *kinds), **(extra or {})})


PLAIN_OPTION = option("plain_text")
ANY_OPTION = option()
GROUPS = items(shape({"label": plain(75), "options": items(PLAIN_OPTION, 100)}, {}), 100)


def _initials_are_options(element: Any, pointer: str) -> Messages:
    groups = element.get("option_groups") or []
    known = [choice.get("value") for choice in (element.get("options") or [o for g in groups for o in g["options"]])]
    for key in ("initial_option", "initial_options"):
        chosen = element.get(key) or []
        for choice in chosen if isinstance(chosen, list) else [chosen]:
            if choice.get("value") not in known:
                yield error("initial option must be one of the options", f"{pointer}/{key}")
    if ("options" in element) == ("option_groups" in element):
        yield error("must provide exactly one of options, option_groups", pointer)


def one_source(element: Any, pointer: str) -> Messages:
    if ("image_url" in element) == ("slack_file" in element):
        yield error("must provide exactly one of image_url, slack_file", pointer)


def element(required: Mapping[str, Check], optional: Mapping[str, Check], also: Check = anything) -> Check:
    common = {"type": anything, "action_id": string(255), "confirm": CONFIRM}
    return shape(required, {**common, **optional}, also)


def chooser(required: Mapping[str, Check], optional: Mapping[str, Check], also: Check = anything) -> Check:
    return element(required, {"placeholder": plain(150), "focus_on_load": flag, **optional}, also)


def typing(also: Check = anything, **optional: Check) -> Check:
    more: dict[str, Check] = {"dispatch_action_config": DISPATCH, **optional}
    return chooser({}, more, also)


def _select(kind: str, several: bool) -> Check:
    suffix, many = ("s", {"max_selected_items": number(1, 1000)}) if several else ("", {})
    if kind == "static":
        initial: Check = items(PLAIN_OPTION, 100) if several else PLAIN_OPTION
        options: dict[str, Check] = {"options": items(PLAIN_OPTION, 100), "option_groups": GROUPS}
        return chooser({}, {**options, f"initial_option{suffix}": initial, **many}, _initials_are_options)
    if kind == "external":
        begun: Check = items(PLAIN_OPTION, 100) if several else PLAIN_OPTION
        return chooser({}, {"min_query_length": number(0, 1000), f"initial_option{suffix}": begun, **many})
    initial = IDS if several else string(255)
    extra: dict[str, Check] = {f"initial_{kind}{suffix}": initial, **many}
    if kind == "conversation":
        extra |= {"default_to_current_conversation": flag, "filter": FILTER}
    if kind in ("conversation", "channel") and not several:
        extra["response_url_enabled"] = flag
    return chooser({}, extra)


BUTTON = element(
    {"text": plain(75)},
    {
        "url": LINK,
        "value": string(2000),
        "style": one_of("primary", "danger"),
        "accessibility_label": string(75),
        "visible_to_user_ids": items(string(255), 1000),
    },
)
IMAGE = shape(
    {"alt_text": string(2000)}, {"type": anything, "image_url": WEB_ADDRESS, "slack_file": SLACK_FILE}, one_source
)
_NUMBER = matching(r"-?\d+(\.\d+)?", "a number as text")
_FOCUS: dict[str, Check] = {"focus_on_load": flag}
_LENGTHS: dict[str, Check] = {"min_length": number(0, 3000), "max_length": number(1, 3000)}
_FEEDBACK = shape({"text": plain(75), "value": string(2000)}, {"accessibility_label": string(75)})

ELEMENTS: dict[str, Check] = {
    "button": BUTTON,
    "image": IMAGE,
    "checkboxes": element(
        {"options": items(ANY_OPTION, 10)}, {"initial_options": items(ANY_OPTION, 10), **_FOCUS}, _initials_are_options
    ),
    "radio_buttons": element(
        {"options": items(ANY_OPTION, 10)}, {"initial_option": ANY_OPTION, **_FOCUS}, _initials_are_options
    ),
    "overflow": element({"options": items(option("plain_text", extra={"url": LINK}), 5)}, {}),
    "datepicker": chooser({}, {"initial_date": real_date}),
    "timepicker": chooser({}, {"initial_time": matching(r"([01]\d|2[0-3]):[0-5]\d", "HH:mm"), "timezone": string(255)}),
    "datetimepicker": element({}, {"initial_date_time": number(10**9, 10**10 - 1), **_FOCUS}),
    "static_select": _select("static", False),
    "multi_static_select": _select("static", True),
    "external_select": _select("external", False),
    "multi_external_select": _select("external", True),
    "users_select": _select("user", False),
    "multi_users_select": _select("user", True),
    "channels_select": _select("channel", False),
    "multi_channels_select": _select("channel", True),
    "conversations_select": _select("conversation", False),
    "multi_conversations_select": _select("conversation", True),
    "plain_text_input": typing(lengths_fit, initial_value=string(3000, 0), multiline=flag, **_LENGTHS),
    "email_text_input": typing(initial_value=string(3000)),
    "url_text_input": typing(initial_value=string(3000)),
    "rich_text_input": typing(initial_value=ONLY_RICH_TEXT),
    "number_input": chooser(
        {"is_decimal_allowed": flag},
        {
            "initial_value": _NUMBER,
            "min_value": _NUMBER,
            "max_value": _NUMBER,
            "dispatch_action_config": DISPATCH,
        },
        numbers_fit,
    ),
    "file_input": element({}, {"filetypes": items(string(100), 100), "max_files": number(1, 10)}),
    "feedback_buttons": element({"positive_button": _FEEDBACK, "negative_button": _FEEDBACK}, {}),
    "icon_button": element(
        {"icon": string(100), "text": plain(75)},
        {"value": string(2000), "accessibility_label": string(75), "visible_to_user_ids": IDS},
    ),
}

_SINGLE = frozenset({"static_select", "external_select", "users_select", "channels_select", "conversations_select"})
_SEVERAL = frozenset(f"multi_{kind}" for kind in _SINGLE)
_CHOICES = frozenset({"checkboxes", "radio_buttons", "datepicker", "timepicker"})
MODAL_ONLY = frozenset({"number_input", "email_text_input", "url_text_input", "file_input"})
IN_SECTION = _SINGLE | _SEVERAL | _CHOICES | {"button", "image", "overflow"}
IN_ACTIONS = _SINGLE | _CHOICES | {"button", "overflow", "datetimepicker"}
IN_INPUT = _SINGLE | _SEVERAL | _CHOICES | MODAL_ONLY | {"plain_text_input", "rich_text_input", "datetimepicker"}


def elements_of(allowed: frozenset[str]) -> Check:
    return typed(ELEMENTS, allowed)
