"""Block Kit in the house's words: small functions that make what Slack draws.

They make plain JSON. The SDK's classes check it (tests/limits.py holds every screen against them), but made anew for
each message they took longer than saving a story does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from string import Formatter
from typing import Any

from slack_sdk.models.blocks import InputInteractiveElement, Option, PlainTextObject

from bot.slack.text import fallback

Json = dict[str, Any]

PLAINER = "plainer"  # in a body that is kept
BLOCKS_REFUSED = {"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long"}  # Slack's words


@dataclass(frozen=True)
class Message:
    """What a message says: the sentence for notifications and screen readers, and the blocks for the eye."""

    text: str  # plain; escaped on the way out
    blocks: Sequence[Json] = ()
    plainer: Sequence[
        Json
    ] = ()  # instead, where Slack refuses the blocks: it doesn't draw tables and charts everywhere

    def body(self) -> Json:
        """As Slack takes it, and beside that what is plainer, if there is such a thing (see `plainer_body`)."""
        body = {"text": fallback(self.text), "blocks": list(self.blocks)}
        return body | ({PLAINER: list(self.plainer)} if self.plainer else {})


def as_sent(body: Json) -> Json:
    """The body of a message as Slack takes it."""
    return {name: value for name, value in body.items() if name != PLAINER}


def plainer_body(body: Json) -> Json | None:
    """The same message in plainer blocks; None when there are none."""
    return {**as_sent(body), "blocks": body[PLAINER]} if PLAINER in body else None


def words(text: str, *, bold: bool = False, italic: bool = False, code: bool = False) -> Json:
    """Words exactly as they are: nothing in them pings, links or formats."""
    style = {name: True for name, is_on in (("bold", bold), ("italic", italic), ("code", code)) if is_on}
    return {"type": "text", "text": text, **({"style": style} if style else {})}


def paragraph(*parts: Json) -> Json:
    """One paragraph of words, such as `paragraph(words("Sanne", bold=True), words(" told a story."))`."""
    shown = [part for part in parts if part.get("text") != ""]  # Slack refuses an empty text element
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": shown}]}


def filled(template: str, **parts: Json) -> list[Json]:
    """A translated sentence whose {places} are filled with elements, such as a channel."""
    elements: list[Json] = []
    for text, name, _, _ in Formatter().parse(template):
        elements += [words(text)] if text else []
        elements += [parts[name]] if name else []
    return elements


def channel_mark(channel: str) -> Json:
    return {"type": "channel", "channel_id": channel}


def person_mark(slack_id: str) -> Json:
    """Somebody's name as Slack shows it. For windows alone: in a message it would notify them."""
    return {"type": "user", "user_id": slack_id}


def line(text: str) -> Json:
    """A sentence of ours in a section of its own; plain text."""
    return {"type": "section", "text": _plain(text)}


def small(text: str) -> Json:
    """A sentence of ours in small grey letters."""
    return {"type": "context", "elements": [_plain(text)]}


def header(text: str) -> Json:
    return {"type": "header", "text": _plain(text)}


def divider() -> Json:
    return {"type": "divider"}


def buttons(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def button(
    text: str,
    action_id: str,
    value: str = "",
    *,
    style: str | None = None,
    confirm: Json | None = None,
    label: str | None = None,
    only_for: Sequence[str] = (),
) -> Json:
    """A button. `label` is what a screen reader says; `only_for` are the Slack ids of those who see it.

    Who sees a button is a matter of show alone: the click's rights are checked again.
    """
    made = {"type": "button", "text": _plain(text), "action_id": action_id}
    given = {
        "value": value,
        "style": style,
        "confirm": confirm,
        "accessibility_label": label,
        "visible_to_user_ids": list(only_for),
    }
    return made | {name: what for name, what in given.items() if what}


def picker(placeholder: str, action_id: str, choices: Sequence[tuple[str, str]]) -> Json:
    """A list that unfolds, of values and what they are called; choosing one is an act, as clicking a button is."""
    options = [{"text": _plain(text), "value": value} for value, text in choices]
    return {"type": "static_select", "placeholder": _plain(placeholder), "action_id": action_id, "options": options}


def confirm(title: str, text: str, yes: str, no: str) -> Json:
    return {"title": _plain(title), "text": _plain(text), "confirm": _plain(yes), "deny": _plain(no), "style": "danger"}


def field_of(
    name: str, label: str, element: InputInteractiveElement, *, hint: str | None = None, optional: bool = True
) -> Json:
    """A field of a form; `name` is its block id and its action id, and the key of an error at it."""
    return {
        "type": "input",
        "block_id": name,
        "label": _plain(label),
        "element": element.to_dict() | {"action_id": name},
        "optional": optional,
        **({"hint": _plain(hint)} if hint else {}),
    }


def option(value: str, text: str) -> Option:
    return Option(value=value, text=PlainTextObject(text=text))


def modal(
    title: str,
    blocks: Sequence[Json],
    *,
    close: str,
    submit: str | None = None,
    callback_id: str = "",
    note: str = "",
) -> Json:
    """A window over the conversation; `note` comes back with its submission (at most 3,000 characters)."""
    made = {"type": "modal", "title": _plain(title), "close": _plain(close), "blocks": list(blocks)}
    given = {"submit": _plain(submit) if submit else None, "callback_id": callback_id, "private_metadata": note}
    return made | {name: what for name, what in given.items() if what}


def home(blocks: Sequence[Json]) -> Json:
    """The Home tab."""
    return {"type": "home", "blocks": list(blocks)}


def _plain(text: str) -> Json:
    return {"type": "plain_text", "text": text, "emoji": True}
