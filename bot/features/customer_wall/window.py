"""The window of the wall: the latest compliments, with what one looks for, and a search."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.features.customer_wall.moderators import deciding
from bot.features.customer_wall.rules import Looked, Period, place_written
from bot.features.customer_wall.screens import ADD, CAME_IN, heading, how_and_when, keeping, quoted
from bot.i18n.translate import later
from bot.kernel.office import Me, Say
from bot.slack.blocks import Json, button, buttons, divider, line, modal, paragraph, small, words
from storage.compliments import Compliment
from storage.people import Person

LOOK = "compliment.look"
COLLEAGUE, PERIOD, HOW = "compliment.colleague", "compliment.period", "compliment.how"
OLDER, NEWEST, ALL = "compliment.older", "compliment.newest", "compliment.all"
QUOTED = 600  # characters of a compliment in the list
LONGEST_SEARCH = 100  # characters
PERIODS = {
    Period.WEEK: later("The last week"),
    Period.MONTH: later("The last month"),
    Period.QUARTER: later("The last three months"),
    Period.YEAR: later("The last year"),
}


@dataclass(frozen=True)
class Found:
    """What somebody gets to see: a page of compliments, whom each is about, how many applaud it."""

    looked: Looked
    compliments: Sequence[Compliment]
    about: Mapping[int, Sequence[Person]]
    applause: Mapping[int, int]
    has_older: bool


def wall_window(found: Found, me: Me, turn: int = 0) -> Json:
    """The window. Another `turn` forgets what was filled in: Slack keeps that while the blocks keep their names."""
    say = me.say
    listed = [block for compliment in found.compliments for block in _listed(compliment, found, me)]
    blocks = [
        buttons(button(say("Add a compliment"), ADD, style="primary")),
        small(say("Which compliments do you want to see?")),
        _filters(found.looked, say, turn),
        _search(found.looked, say, turn),
        divider(),
        *(listed or [line(_nothing(found.looked, say))]),
        *_paging(found, say),
    ]
    title, submit = say("Customers' wall"), say("Search")
    return modal(title, blocks, submit=submit, close=say("Close"), callback_id=LOOK, note=str(turn))


def looked_in(view: dict[str, Any], before: str = "") -> Looked:
    """What is chosen and typed in the window."""
    held: dict[str, Any] = {}
    for elements in view.get("state", {}).get("values", {}).values():
        held |= elements
    return Looked(
        colleague=str(held.get(COLLEAGUE, {}).get("selected_user") or ""),
        period=_chosen(held.get(PERIOD, {})),
        came_in=_chosen(held.get(HOW, {})),
        search=str(held.get("search", {}).get("value") or "")[:LONGEST_SEARCH],
        before=before,
    )


def turn_in(view: dict[str, Any]) -> int:
    note = str(view.get("private_metadata") or "")
    return int(note) if note.isascii() and note.isdigit() and len(note) < 9 else 0


def _chosen(held: dict[str, Any]) -> str:
    return str((held.get("selected_option") or {}).get("value") or "")


def _filters(looked: Looked, say: Say, turn: int) -> Json:
    colleague: Json = {"type": "users_select", "action_id": COLLEAGUE, "placeholder": _plain(say("A colleague"))}
    if looked.colleague:
        colleague["initial_user"] = looked.colleague
    elements = [
        colleague,
        _select(PERIOD, say("A period"), {value: say(label) for value, label in PERIODS.items()}, looked.period),
        _select(HOW, say("How it came in"), {value: say(label) for value, label in CAME_IN.items()}, looked.came_in),
    ]
    return buttons(*elements) | {"block_id": f"filters-{turn}"}


def _select(action_id: str, placeholder: str, choices: Mapping[str, str], chosen: str) -> Json:
    options = [{"text": _plain(text), "value": str(value)} for value, text in choices.items()]
    made = {"type": "static_select", "action_id": action_id, "placeholder": _plain(placeholder), "options": options}
    now = [one for one in options if one["value"] == chosen]
    return made | ({"initial_option": now[0]} if now else {})


def _search(looked: Looked, say: Say, turn: int) -> Json:
    element: Json = {"type": "plain_text_input", "action_id": "search", "max_length": LONGEST_SEARCH}
    if looked.search:
        element["initial_value"] = looked.search
    made = {"type": "input", "block_id": f"search-{turn}", "label": _plain(say("Search for words"))}
    return made | {"element": element, "optional": True}


def _listed(compliment: Compliment, found: Found, me: Me) -> list[Json]:
    about, applause = found.about.get(compliment.id or 0, ()), found.applause.get(compliment.id or 0, 0)
    mark = f" · 👏 {applause}" if applause else ""
    blocks = [
        heading(compliment, about, me.say),
        paragraph(words(quoted(compliment.text, QUOTED))),
        small(how_and_when(compliment, me.say) + mark),
    ]
    row = keeping(compliment, [person.id or 0 for person in about], me)
    row += deciding(compliment, me.say) if me.is_moderator else []
    return [*blocks, buttons(*row)] if row else blocks


def _nothing(looked: Looked, say: Say) -> str:
    if replace(looked, before="") != Looked():
        return say("Nothing like that is on the wall.")
    return say("The wall is still empty. Which customer said something kind?")


def _paging(found: Found, say: Say) -> list[Json]:
    row = []
    if found.has_older:
        row.append(button(say("Older ones"), OLDER, place_written(found.compliments[-1])))
    if found.looked.before:
        row.append(button(say("The newest"), NEWEST))
    if replace(found.looked, before="") != Looked():
        row.append(button(say("Show everything"), ALL))
    return [divider(), buttons(*row)] if row else []


def _plain(text: str) -> Json:
    return {"type": "plain_text", "text": text, "emoji": True}
