"""The forms of an answer that a colleague heard, and of the idea that is made of one."""

from typing import Any

from slack_sdk.models.blocks import PlainTextInputElement

from bot.features.customer_page.rules import LONGEST
from bot.features.customer_page.screens import ENTER, IDEA
from bot.kernel.office import Me
from bot.slack.blocks import Json, field_of, line, modal
from bot.slack.forms import as_text, filled_in
from storage.customers import CustomerNote

LONGEST_TITLE = 150  # characters, as on the wall of change


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


def idea_form(note: CustomerNote, me: Me) -> Json:
    """The idea that a manager makes of an answer, who words it before everybody reads it."""
    say = me.say
    first = note.text.splitlines()[0]
    short = first if len(first) <= LONGEST_TITLE else first[: LONGEST_TITLE - 1].rstrip() + "…"
    title = PlainTextInputElement(max_length=LONGEST_TITLE, initial_value=short, focus_on_load=True)
    about = PlainTextInputElement(multiline=True, max_length=LONGEST, initial_value=note.text)
    hint = say("It is shown as a customer's idea.")
    blocks = [
        line(
            say("Everybody reads this. Is there something in it that leads to a customer or a colleague? Take it out.")
        ),
        field_of("title", say("What is the idea, in a sentence?"), title, hint=hint, optional=False),
        field_of("about", say("What is it about?"), about),
    ]
    window_title, note_id = say("Make it an idea"), str(note.id)
    return modal(
        window_title, blocks, submit=say("On the wall of change"), close=say("Cancel"), callback_id=IDEA, note=note_id
    )


def typed_idea(view: dict[str, Any]) -> tuple[str, str]:
    """The title, and what it is about."""
    form = filled_in(view)
    return as_text(form.get("title")), as_text(form.get("about"))


def typed_answer(view: dict[str, Any]) -> str:
    return as_text(filled_in(view).get("text"))
