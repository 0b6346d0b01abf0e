"""The forms of a rule and of a proposal. The names of the fields stand here alone."""

from slack_sdk.models.blocks import PlainTextInputElement, RadioButtonsElement

from bot.features.permissions.rules import (
    LONGEST_DETAILS,
    LONGEST_TEXT,
    LONGEST_WHY,
    Kind,
    TypedProposal,
    TypedRule,
)
from bot.features.permissions.screens import CHANGE, LONGEST_SEARCH, PROPOSE, WRITE
from bot.i18n.translate import later
from bot.kernel.office import Me
from bot.slack.blocks import Json, field_of, line, modal, option
from bot.slack.forms import as_text, filled_in
from storage.permissions import Permission

IN_THE_WAY = {Kind.BEND: later("Allow us to bend it"), Kind.SCRAP: later("Scrap it altogether")}
LISTED = {Kind.WIDEN: later("Allow more than it says"), Kind.DROP: later("Drop it: asking first is better")}


def rule_form(me: Me, behind: str, rule: Permission | None = None) -> Json:
    """A manager's form; of a rule that is there already when one is given. `behind` is what the list showed."""
    say = me.say
    text = PlainTextInputElement(
        max_length=LONGEST_TEXT, initial_value=rule.text if rule else None, focus_on_load=True,
        placeholder=say("For example: take something back without a receipt, up to 50 euros"),
    )  # fmt: skip
    details = PlainTextInputElement(
        multiline=True, max_length=LONGEST_DETAILS, initial_value=rule.details or None if rule else None
    )
    return modal(
        say("Change the rule") if rule else say("New rule"),
        [
            field_of("text", say("What is allowed without asking?"), text, optional=False),
            field_of("details", say("Is there anything to add?"), details),
        ],
        submit=say("Save"), close=say("Cancel"), callback_id=CHANGE if rule else WRITE,
        note=f"{rule.id if rule else 0} {behind}",
    )  # fmt: skip


def typed_rule(view: Json) -> TypedRule:
    """The form as it was filled in."""
    form = filled_in(view)
    return TypedRule(text=as_text(form.get("text")), details=as_text(form.get("details")))


def proposal_form(me: Me, rule: Permission | None = None) -> Json:
    """Anybody's form; of what is allowed already, to widen or to drop that, when such a rule is given."""
    say = me.say
    kinds = [option(kind, say(label)) for kind, label in (LISTED if rule else IN_THE_WAY).items()]
    kind = RadioButtonsElement(options=kinds, initial_option=kinds[0])
    text = PlainTextInputElement(max_length=LONGEST_TEXT, initial_value=rule.text if rule else None)
    why = PlainTextInputElement(multiline=True, max_length=LONGEST_WHY)
    which, what, cost = (
        (say("Which rule is it about?"), say("What would you like with this rule?"), say("Why?"))
        if rule
        else (say("Which rule is in the way?"), say("What would you like?"), say("What does it cost customers?"))
    )
    return modal(
        say("A better rule") if rule else say("A rule in the way"),
        [
            line(say("It becomes an idea on the wall of change. Colleagues can support it, and managers answer it.")),
            field_of("rule", which, text, optional=False),
            field_of("kind", what, kind, optional=False),
            field_of("why", cost, why),
        ],
        submit=say("Propose it"), close=say("Cancel"), callback_id=PROPOSE,
    )  # fmt: skip


def typed_proposal(view: Json) -> TypedProposal:
    """The form as it was filled in."""
    form = filled_in(view)
    return TypedProposal(*(as_text(form.get(name)) for name in ("kind", "rule", "why")))


def typed_search(view: Json) -> str:
    """What somebody looks for in the list."""
    return as_text(filled_in(view).get("search"))[:LONGEST_SEARCH]
