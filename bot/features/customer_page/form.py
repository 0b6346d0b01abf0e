"""The form of an answer that a colleague heard: its field, and what was filled in."""

from typing import Any

from slack_sdk.models.blocks import PlainTextInputElement

from bot.features.customer_page.rules import LONGEST
from bot.features.customer_page.screens import ENTER
from bot.kernel.office import Me
from bot.slack.blocks import Json, field_of, line, modal
from bot.slack.forms import as_text, filled_in


def answer_form(me: Me) -> Json:
    """What a customer said to the open question."""
    say = me.say
    element = PlainTextInputElement(multiline=True, max_length=LONGEST, focus_on_load=True)
    hint = say("In the customer's own words, and without their name.")
    blocks = [
        line(say("Ask a customer: what could we have done better? Whatever the answer is, say only “thank you”.")),
        field_of("text", say("What did the customer say?"), element, hint=hint, optional=False),
    ]
    return modal(say("Answer of a customer"), blocks, submit=say("Save"), close=say("Cancel"), callback_id=ENTER)


def typed_answer(view: dict[str, Any]) -> str:
    return as_text(filled_in(view).get("text"))
