"""The form of something to stop doing. The names of the fields stand here alone."""

from slack_sdk.models.blocks import NumberInputElement, PlainTextInputElement

from bot.features.to_nots.rules import LONGEST, MOST_MINUTES, TypedToNot
from bot.features.to_nots.screens import PROPOSE
from bot.kernel.office import Me
from bot.slack.blocks import Json, field_of, modal
from bot.slack.forms import as_text, filled_in


def to_not_form(me: Me, typed: str = "") -> Json:
    """The form, with the words that stood behind the command filled in."""
    say = me.say
    text = PlainTextInputElement(
        max_length=LONGEST, initial_value=typed[:LONGEST] or None, focus_on_load=True,
        placeholder=say("For example: minutes of the weekly meeting"),
    )  # fmt: skip
    minutes = NumberInputElement(is_decimal_allowed=False, min_value="1", max_value=str(MOST_MINUTES))
    hint = say("Of all of us together. An estimate will do.")
    return modal(
        say("Stop doing something"),
        [
            field_of("text", say("What do we stop doing?"), text, optional=False),
            field_of("minutes", say("How many minutes a week does it give back?"), minutes, hint=hint, optional=False),
        ],
        submit=say("Propose it"), close=say("Cancel"), callback_id=PROPOSE,
    )  # fmt: skip


def typed_to_not(view: Json) -> TypedToNot:
    """The form as it was filled in."""
    form = filled_in(view)
    return TypedToNot(text=as_text(form.get("text")), minutes=as_text(form.get("minutes")))
