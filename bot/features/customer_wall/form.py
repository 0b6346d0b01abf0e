"""The forms of a compliment: their fields, and what was filled in. The names of the fields stand here alone."""

from collections.abc import Sequence
from typing import Any

from slack_sdk.models.blocks import (
    DatePickerElement,
    PlainTextInputElement,
    RadioButtonsElement,
    StaticSelectElement,
    UserMultiSelectElement,
)

from bot.features.customer_wall.moderators import ADJUST, THANK
from bot.features.customer_wall.reading import (
    LONGEST,
    LONGEST_ANSWER,
    LONGEST_CUSTOMER,
    TypedCompliment,
    consents_for,
    longest_of,
)
from bot.features.customer_wall.rules import MOST_ABOUT
from bot.features.customer_wall.screens import ADD, CAME_IN, CHANGE, CONSENTS, Named
from bot.kernel.office import Me, Say
from bot.slack.blocks import Json, field_of, line, modal, option, paragraph, words
from bot.slack.forms import as_list, as_text, filled_in
from bot.slack.photos import photo_fields, typed_photo
from storage.compliments import CameIn, Compliment, Consent

PRIVATE = "compliment.take_private"


def compliment_form(
    me: Me, today: str, kept: Compliment | None = None, about: Sequence[Named] = (), *, adjust: bool = False
) -> Json:
    """The form; of a compliment that is there already when one is given. `today` is YYYY-MM-DD.

    `adjust` is for a moderator, who places it by sending the form.
    """
    say = me.say
    verb = say("Place it") if adjust else say("Save") if kept else say("On the wall")
    return modal(
        say("Change the compliment") if kept else say("A customer's compliment"),
        _fields(say, today, kept, kept.text if kept else "", [person.slack_id for person in about]),
        submit=verb,
        close=say("Cancel"),
        callback_id=ADJUST if adjust else CHANGE if kept else ADD,
        note=str(kept.id) if kept else "",
    )


def taken_form(me: Me, today: str, text: str, about: Sequence[str]) -> Json:
    """The form with the words of a message filled in; `about` are Slack ids."""
    fields = _fields(me.say, today, None, text[:LONGEST], about)
    title, submit = me.say("A customer's compliment"), me.say("On the wall")
    return modal(title, fields, submit=submit, close=me.say("Cancel"), callback_id=ADD)


def private_form(me: Me, text: str, about: Sequence[str]) -> Json:
    """The question that comes first when the message is from a private conversation."""
    say, shown = me.say, text[:LONGEST]
    blocks = [
        line(say("This message is from a private conversation, and everybody can read the wall.")),
        line(say("Go on only if the one who wrote it agrees.")),
        *([paragraph(words(shown, italic=True))] if shown else []),
    ]
    note = ",".join(about[:MOST_ABOUT]) + "\n" + shown
    title, submit = say("Private message"), say("They agree")
    return modal(title, blocks, submit=submit, close=say("Cancel"), callback_id=PRIVATE, note=note)


def taken_in(view: dict[str, Any]) -> tuple[str, list[str]]:
    """The words and the Slack ids that the question brought along."""
    about, _, text = as_text(view.get("private_metadata")).partition("\n")
    return text, [slack_id for slack_id in about.split(",") if slack_id]


def thanks_form(compliment: Compliment, me: Me) -> Json:
    """Which words were sent to a customer who would like an answer."""
    say = me.say
    element = PlainTextInputElement(multiline=True, max_length=LONGEST_ANSWER, focus_on_load=True)
    hint = say("Write to the customer yourself, and keep the words here. The contact is forgotten after that.")
    blocks = [
        paragraph(words(compliment.text, italic=True)),
        paragraph(words(say("Would like an answer") + ": " + compliment.contact)),
        field_of("answer", say("Which words did you send?"), element, hint=hint, optional=False),
    ]
    title, note = say("The customer was thanked"), str(compliment.id)
    return modal(title, blocks, submit=say("Save"), close=say("Cancel"), callback_id=THANK, note=note)


def typed_answer(view: dict[str, Any]) -> str:
    return as_text(filled_in(view).get("answer"))


def typed_compliment(view: dict[str, Any]) -> TypedCompliment:
    """The form as it was filled in."""
    form = filled_in(view)
    return TypedCompliment(
        text=as_text(form.get("compliment")),
        customer=as_text(form.get("customer")),
        consent=as_text(form.get("consent")),
        about=tuple(as_list(form.get("about"))),
        came_in=as_text(form.get("came_in")),
        day=as_text(form.get("day")),
        **typed_photo(view),
    )


def _fields(say: Say, today: str, kept: Compliment | None, text: str, about: Sequence[str]) -> list[Json]:
    came_by_page = kept is not None and kept.came_in == CameIn.PAGE
    return [
        _text(text, longest_of(kept), say),
        _customer(kept, say),
        _consent(kept, say),
        _about(about, say),
        *([] if came_by_page else [_came_in(kept, say)]),
        _day(kept, today, say),
        *photo_fields(kept is not None and kept.photo is not None, say),
    ]


def _text(text: str, longest: int, say: Say) -> Json:
    element = PlainTextInputElement(
        multiline=True,
        max_length=longest,
        initial_value=text or None,
        focus_on_load=True,
        placeholder=say("For example: such patience! I felt at home right away"),
    )
    hint = say("A name in the words themselves is shown as it is written.")
    return field_of("compliment", say("What did the customer say?"), element, hint=hint, optional=False)


def _customer(kept: Compliment | None, say: Say) -> Json:
    element = PlainTextInputElement(max_length=LONGEST_CUSTOMER, initial_value=(kept.customer if kept else "") or None)
    hint = say("How much of the name is shown, you choose below.")
    return field_of("customer", say("Who said it?"), element, hint=hint)


def _consent(kept: Compliment | None, say: Say) -> Json:
    allowed = consents_for(kept)
    options = [option(consent, say(label)) for consent, label in CONSENTS.items() if consent in allowed]
    now = kept.consent if kept else Consent.ANONYMOUS
    chosen = next(one for one in options if one.value == now)
    element = RadioButtonsElement(options=options, initial_option=chosen)
    hint = say("More than the customer said yes to is not shown.")
    return field_of("consent", say("How may it be shown?"), element, hint=hint, optional=False)


def _about(about: Sequence[str], say: Say) -> Json:
    element = UserMultiSelectElement(
        initial_users=list(about)[:MOST_ABOUT] or None,
        placeholder=say("Choose colleagues"),
        max_selected_items=MOST_ABOUT,
    )
    return field_of("about", say("For whom is it?"), element, hint=say("For everybody? Leave it empty."))


def _came_in(kept: Compliment | None, say: Say) -> Json:
    ways = [option(way, say(label)) for way, label in CAME_IN.items() if way != CameIn.PAGE]
    now = kept.came_in if kept else CameIn.TALK
    element = StaticSelectElement(options=ways, initial_option=next(one for one in ways if one.value == now))
    return field_of("came_in", say("How did it come in?"), element, optional=False)


def _day(kept: Compliment | None, today: str, say: Say) -> Json:
    element = DatePickerElement(initial_date=kept.day.isoformat() if kept else today)
    return field_of("day", say("When was it?"), element, optional=False)
