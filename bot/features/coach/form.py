"""The form of a refusal: its fields, and what was filled in. The names of the fields stand here alone."""

from typing import Any

from slack_sdk.models.blocks import PlainTextInputElement

from bot.features.coach.rules import LONGEST_WHAT, LONGEST_WHY, TypedRefusal
from bot.features.coach.screens import REFUSE
from bot.kernel.office import Me
from bot.slack.blocks import Json, field_of, line, modal
from bot.slack.forms import as_text, filled_in


def refusal_form(me: Me) -> Json:
    """The form that asks what has to be refused, and why."""
    say = me.say
    what = PlainTextInputElement(
        max_length=LONGEST_WHAT, focus_on_load=True, placeholder=say("For example: exchanging without a receipt")
    )
    why = PlainTextInputElement(
        max_length=LONGEST_WHY, placeholder=say("For example: without it we can't look up the price")
    )
    fields = [
        line(say("I'll give you three kind ways to say it, with your own words in them. Nothing of it is kept.")),
        field_of("what", say("What do you have to say no to?"), what, optional=False),
        field_of("why", say("Why can't it be done?"), why, hint=say("A reason is easier to live with than a rule.")),
    ]
    return modal(say("No, but…"), fields, submit=say("Show me"), close=say("Cancel"), callback_id=REFUSE)


def typed_refusal(view: dict[str, Any]) -> TypedRefusal:
    """The form as it was filled in."""
    form = filled_in(view)
    return TypedRefusal(what=as_text(form.get("what")), why=as_text(form.get("why")))
