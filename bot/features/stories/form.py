"""The form of a story: its fields, and what was filled in. The names of the fields stand here alone."""

from collections.abc import Sequence
from typing import Any

from slack_sdk.models.blocks import (
    CheckboxesElement,
    DatePickerElement,
    NumberInputElement,
    PlainTextInputElement,
    RadioButtonsElement,
    StaticSelectElement,
    UserMultiSelectElement,
)

from bot.features.stories.rules import (
    LONGEST,
    LONGEST_CUSTOMER,
    MOST_HELPERS,
    MOST_MINUTES,
    SHORTEST,
    Bendable,
    TypedStory,
)
from bot.features.stories.screens import CHANGE, MOMENTS, TELL, Named
from bot.kernel.money import typed_amount
from bot.kernel.office import Me, Say
from bot.slack.blocks import Json, field_of, modal, option
from bot.slack.forms import as_list, as_text, filled_in
from storage.stories import Story

NONE_TO_BEND = Bendable()
LONGEST_OPTION = 75  # characters that Slack shows of one


def story_form(
    me: Me, today: str, story: Story | None = None, helpers: Sequence[Named] = (), bendable: Bendable = NONE_TO_BEND
) -> Json:
    """The form; of a story that is there already when one is given. `today` is the teller's, as YYYY-MM-DD."""
    say = me.say
    fields = [
        _text(story, say),
        _moment(story, say),
        _unasked(story, say),
        _day(story, today, say),
        _helpers(helpers, say),
        _customer(story, say),
        _spent(story, me),
        _minutes(story, say),
        *_rule(bendable, say),
        _audience(story, say),
        _screen(story, say),
    ]
    return modal(
        say("Change your story") if story else say("Tell a fan story"),
        fields,
        submit=say("Save") if story else say("Tell it"),
        close=say("Cancel"),
        callback_id=CHANGE if story else TELL,
        note=str(story.id) if story else "",
    )


def typed_story(view: dict[str, Any]) -> TypedStory:
    """The form as it was filled in."""
    form = filled_in(view)
    return TypedStory(
        text=as_text(form.get("story")),
        customer=as_text(form.get("customer")),
        moment=as_text(form.get("moment")) or None,
        unasked=bool(as_list(form.get("unasked"))),
        helpers=tuple(as_list(form.get("helpers"))),
        spent=as_text(form.get("spent")),
        minutes=as_text(form.get("minutes")),
        day=as_text(form.get("day")),
        rule=as_text(form.get("rule")),
        is_shared=form.get("audience") != "me",
        on_screen=bool(as_list(form.get("screen"))),
    )


def _text(story: Story | None, say: Say) -> Json:
    element = PlainTextInputElement(
        multiline=True,
        min_length=SHORTEST,
        max_length=LONGEST,
        initial_value=story.text if story else None,
        focus_on_load=True,
        placeholder=say("For example: lent our umbrella to a customer in the rain"),
    )
    return field_of("story", say("What did you do, and how did the customer react?"), element, optional=False)


def _moment(story: Story | None, say: Say) -> Json:
    moments = [option(moment, say(label)) for moment, label in MOMENTS.items()]
    chosen = next((one for one in moments if story and one.value == story.moment), None)
    element = StaticSelectElement(options=moments, initial_option=chosen, placeholder=say("Choose a moment"))
    return field_of("moment", say("Which moment was it?"), element)


def _unasked(story: Story | None, say: Say) -> Json:
    element = _tick(say("Yes, the customer hadn't asked for it"), is_ticked=bool(story and story.unasked))
    return field_of("unasked", say("Unasked?"), element)


def _day(story: Story | None, today: str, say: Say) -> Json:
    element = DatePickerElement(initial_date=story.day.isoformat() if story else today)
    return field_of("day", say("When was it?"), element, optional=False)


def _helpers(helpers: Sequence[Named], say: Say) -> Json:
    chosen = [person.slack_id for person in helpers] or None
    element = UserMultiSelectElement(
        initial_users=chosen, placeholder=say("Choose colleagues"), max_selected_items=MOST_HELPERS
    )
    return field_of("helpers", say("Who helped?"), element)


def _customer(story: Story | None, say: Say) -> Json:
    element = PlainTextInputElement(
        max_length=LONGEST_CUSTOMER, initial_value=story.customer or None if story else None
    )
    hint = say("It is not in the post. Leave out full names: a first name or a description will do.")
    return field_of("customer", say("Which customer?"), element, hint=hint)


def _spent(story: Story | None, me: Me) -> Json:
    known = story.spent_cents if story else None
    element = PlainTextInputElement(
        initial_value=typed_amount(known, me.say.language) if known is not None else None,
        placeholder=typed_amount(750, me.say.language),
        max_length=30,
    )
    hint = me.say(
        "In {currency}. It is never in the post. Did it cost nothing? Leave it empty.", currency=me.office.currency
    )
    return field_of("spent", me.say("What did it cost?"), element, hint=hint)


def _minutes(story: Story | None, say: Say) -> Json:
    known = str(story.minutes) if story and story.minutes is not None else None
    element = NumberInputElement(
        is_decimal_allowed=False, min_value="0", max_value=str(MOST_MINUTES), initial_value=known
    )
    return field_of("minutes", say("How many minutes did it take?"), element)


def _rule(bendable: Bendable, say: Say) -> list[Json]:
    """Nothing where there is no rule to bend."""
    if not bendable.rules:
        return []
    options = {rule.id: option(str(rule.id), _short(rule.text)) for rule in bendable.rules}
    chosen = options[bendable.bent.id] if bendable.bent else None
    element = StaticSelectElement(
        options=list(options.values()), initial_option=chosen, placeholder=say("Choose a rule")
    )
    return [field_of("rule", say("Which rule did you bend?"), element)]


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_OPTION else text[: LONGEST_OPTION - 1].rstrip() + "…"


def _audience(story: Story | None, say: Say) -> Json:
    audiences = [option("team", say("The team")), option("me", say("Only me"))]
    chosen = audiences[1] if story and not story.is_shared else audiences[0]
    element = RadioButtonsElement(options=audiences, initial_option=chosen)
    return field_of("audience", say("Who may read it?"), element, optional=False)


def _screen(story: Story | None, say: Say) -> Json:
    element = _tick(say("It may be shown there too"), is_ticked=bool(story and story.on_screen))
    return field_of("screen", say("The screen in the office"), element)


def _tick(text: str, *, is_ticked: bool) -> CheckboxesElement:
    box = option("yes", text)
    return CheckboxesElement(options=[box], initial_options=[box] if is_ticked else None)
