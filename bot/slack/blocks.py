"""Block Kit in the house's words: small functions that make what Slack draws."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from string import Formatter
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ConfirmObject,
    ContextBlock,
    DividerBlock,
    HeaderBlock,
    InputBlock,
    InputInteractiveElement,
    Option,
    PlainTextObject,
    RichTextBlock,
    RichTextElementParts,
    RichTextSectionElement,
    SectionBlock,
)
from slack_sdk.models.blocks.block_elements import RichTextElement

from bot.slack.text import fallback

Json = dict[str, Any]
Parts = RichTextElementParts


@dataclass(frozen=True)
class Message:
    """What a message says: the sentence for notifications and screen readers, and the blocks for the eye."""

    text: str  # plain; escaped on the way out
    blocks: Sequence[Block | Json] = field(default_factory=tuple)

    def body(self) -> Json:
        """As Slack takes it."""
        blocks = [as_json(block) for block in self.blocks]
        return {"text": fallback(self.text), "blocks": blocks}


def as_json(block: Block | Json) -> Json:
    return block if isinstance(block, dict) else dict(block.to_dict())


def words(text: str, *, bold: bool = False, italic: bool = False) -> RichTextElement:
    """Words exactly as they are: nothing in them pings, links or formats."""
    style = Parts.TextStyle(bold=bold or None, italic=italic or None) if bold or italic else None
    return Parts.Text(text=text, style=style)


def paragraph(*parts: RichTextElement, block_id: str | None = None) -> RichTextBlock:
    """One paragraph of words, such as `paragraph(words("Sanne", bold=True), words(" told a story."))`."""
    return RichTextBlock(block_id=block_id, elements=[RichTextSectionElement(elements=[p for p in parts if _says(p)])])


def _says(part: RichTextElement) -> bool:
    return not isinstance(part, Parts.Text) or bool(part.text)  # Slack refuses an empty text element


def filled(template: str, **parts: RichTextElement) -> list[RichTextElement]:
    """A translated sentence whose {places} are filled with elements, such as a channel."""
    elements: list[RichTextElement] = []
    for text, name, _, _ in Formatter().parse(template):
        elements += [words(text)] if text else []
        elements += [parts[name]] if name else []
    return elements


def channel_mark(channel: str) -> RichTextElement:
    return Parts.Channel(channel_id=channel)


def person_mark(name: str, slack_id: str, *, bold: bool = False) -> RichTextElement:
    """Somebody's name, which notifies nobody; a mention only while Slack has not told us the name yet."""
    return words(name, bold=bold) if name else Parts.User(user_id=slack_id)


def line(text: str) -> SectionBlock:
    """A sentence of ours in a section of its own; plain text."""
    return SectionBlock(text=PlainTextObject(text=text, emoji=True))


def small(text: str) -> ContextBlock:
    """A sentence of ours in small grey letters."""
    return ContextBlock(elements=[PlainTextObject(text=text, emoji=True)])


def header(text: str) -> HeaderBlock:
    return HeaderBlock(text=PlainTextObject(text=text, emoji=True))


def divider() -> DividerBlock:
    return DividerBlock()


def buttons(*elements: ButtonElement | Json) -> Json:
    """A row of buttons; as JSON, since the SDK has no word for `visible_to_user_ids` yet."""
    row = [element if isinstance(element, dict) else element.to_dict() for element in elements]
    return {"type": ActionsBlock.type, "elements": row}


def button(
    text: str,
    action_id: str,
    value: str = "",
    *,
    style: str | None = None,
    confirm: ConfirmObject | None = None,
    label: str | None = None,
    only_for: Sequence[str] = (),
) -> Json:
    """A button. `label` is what a screen reader says; `only_for` are the Slack ids of those who see it.

    Who sees a button is a matter of show alone: the click's rights are checked again.
    """
    made = ButtonElement(
        text=PlainTextObject(text=text, emoji=True),
        action_id=action_id,
        value=value or None,
        style=style,
        confirm=confirm,
        accessibility_label=label,
    ).to_dict()
    return made | ({"visible_to_user_ids": list(only_for)} if only_for else {})


def confirm(title: str, text: str, yes: str, no: str) -> ConfirmObject:
    return ConfirmObject(
        title=PlainTextObject(text=title),
        text=PlainTextObject(text=text),
        confirm=PlainTextObject(text=yes),
        deny=PlainTextObject(text=no),
        style="danger",
    )


def field_of(
    name: str, label: str, element: InputInteractiveElement, *, hint: str | None = None, optional: bool = True
) -> InputBlock:
    """A field of a form; `name` is its block id and its action id, and the key of an error at it."""
    element.action_id = name
    return InputBlock(
        block_id=name,
        label=PlainTextObject(text=label),
        element=element,
        hint=PlainTextObject(text=hint) if hint else None,
        optional=optional,
    )


def option(value: str, text: str) -> Option:
    return Option(value=value, text=PlainTextObject(text=text))


def modal(
    title: str,
    blocks: Sequence[Block | Json],
    *,
    close: str,
    submit: str | None = None,
    callback_id: str = "",
    note: str = "",
) -> Json:
    """A window over the conversation; `note` comes back with its submission (at most 3,000 characters)."""
    return {
        "type": "modal",
        "title": _plain(title),
        "close": _plain(close),
        "blocks": [as_json(block) for block in blocks],
        **({"submit": _plain(submit)} if submit else {}),
        **({"callback_id": callback_id} if callback_id else {}),
        **({"private_metadata": note} if note else {}),
    }


def _plain(text: str) -> Json:
    return dict(PlainTextObject(text=text, emoji=True).to_dict())


def home(blocks: Sequence[Block | Json]) -> Json:
    """The Home tab."""
    return {"type": "home", "blocks": [as_json(block) for block in blocks]}
