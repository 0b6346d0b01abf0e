"""Menus that the app fills while somebody types: what it may answer, and what there is to choose then."""

from bot.emulator.element_rules import GROUPS, PLAIN_OPTION
from bot.emulator.model import Json
from bot.emulator.shapes import items, shape

KINDS = frozenset({"external_select", "multi_external_select"})
QUERY_LENGTH = 3  # characters, where an element has no `min_query_length`
_ANSWERS = {
    "options": shape({"options": items(PLAIN_OPTION, 100, 0)}, {}),
    "option_groups": shape({"option_groups": GROUPS}, {}),
}


def refused(answer: Json | None) -> str | None:
    """Why Slack shows nothing of an answer: it is neither options nor groups of them."""
    for key, check in _ANSWERS.items():
        if answer is not None and key in answer:
            return next(check(answer, ""), None)
    return "no_options"


def options_of(owner: Json) -> list[Json]:
    """All options of an answer or an element, without their groups."""
    groups = owner.get("option_groups") or [{"options": owner.get("options") or []}]
    return [option for group in groups for option in group["options"]]


def offered(element: Json, block_id: str, suggested: Json) -> list[Json]:
    """What somebody can choose: the element's own options, or what the app suggested last and what it began with."""
    if element["type"] not in KINDS:
        return options_of(element)
    first = [*element.get("initial_options", ()), *([element["initial_option"]] if "initial_option" in element else ())]
    found: list[Json] = suggested.get(block_id, {}).get(element["action_id"], [])
    return [*found, *first]
