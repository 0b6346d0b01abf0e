"""The forms of a link: their fields, and what was filled in."""

from typing import Any

from slack_sdk.models.blocks import PlainTextInputElement, UserSelectElement

from bot.features.links.rules import LONGEST_NAME
from bot.features.links.screens import MAKING, NEW, RENAME
from bot.kernel.office import Me, Say
from bot.slack.blocks import Json, field_of, modal
from bot.slack.forms import as_text, filled_in
from storage.links import LinkKind, PublicLink


def new_form(kind: LinkKind, me: Me) -> Json:
    """What a new link is called, and for the page of customers: whom it is about."""
    say = me.say
    fields = [_name(kind, say)]
    if kind is LinkKind.CUSTOMERS:
        hint = say(
            "Then compliments through this link are for them. Who takes part is named on the page, by first name."
        )
        element = UserSelectElement(placeholder=say("Choose a colleague"))
        fields.append(field_of("about", say("About one colleague?"), element, hint=hint))
    return modal(say(MAKING[kind]), fields, submit=say("Make it"), close=say("Cancel"), callback_id=NEW[kind])


def name_form(link: PublicLink, me: Me) -> Json:
    say = me.say
    return modal(
        say("Rename"), [_name(LinkKind(link.kind), say, link.name)], submit=say("Save"), close=say("Cancel"),
        callback_id=RENAME, note=str(link.id),
    )  # fmt: skip


def typed_name(view: dict[str, Any]) -> str:
    return as_text(filled_in(view).get("name"))


def typed_about(view: dict[str, Any]) -> str:
    """The Slack id of the colleague whom a link is about; empty for nobody."""
    return as_text(filled_in(view).get("about"))


def _name(kind: LinkKind, say: Say, known: str = "") -> Json:
    element = PlainTextInputElement(max_length=LONGEST_NAME, initial_value=known or None, focus_on_load=True)
    if kind == LinkKind.SCREEN:
        hint = say("Such as the room where it hangs. Only managers see this name.")
    elif kind == LinkKind.CUSTOMERS:
        hint = say("Such as the shop or the room where it hangs. It is printed small on the poster.")
    else:
        hint = say("Such as whom you give it to. Only managers see this name.")
    return field_of("name", say("What do you call it?"), element, hint=hint, optional=False)
