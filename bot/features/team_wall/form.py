"""The forms of the employees' wall: their fields, and what was filled in. The fields' names stand here alone."""

from typing import Any

from slack_sdk.models.blocks import (
    DatePickerElement,
    PlainTextInputElement,
    RadioButtonsElement,
    StaticSelectElement,
    UserSelectElement,
)

from bot.features.team_wall.posts import CHANGE
from bot.features.team_wall.rules import ENTERED, LONGEST, TypedCelebration, TypedDates
from bot.features.team_wall.screens import ADD, DATES, NO_DATES, OCCASIONS
from bot.i18n.translate import later
from bot.kernel.office import Me, Say
from bot.slack.blocks import Json, button, buttons, field_of, modal, option, small
from bot.slack.forms import as_text, filled_in
from bot.slack.photos import photo_fields, typed_photo
from storage.celebrations import Occasion, OwnDates, Shown

NONE = "-"  # chosen to have no birthday: Slack gives no way to empty a list that unfolds
MONTHS = (
    *(later("January"), later("February"), later("March"), later("April"), later("May"), later("June")),
    *(later("July"), later("August"), later("September"), later("October"), later("November"), later("December")),
)


def celebration_form(me: Me, shown: Shown | None = None) -> Json:
    """The form of a post; of one that is there already when it is given."""
    say = me.say
    has_photo = shown is not None and shown.celebration.photo is not None
    fields = [_occasion(shown, say), _text(shown, say), _about(shown, say), *photo_fields(has_photo, say)]
    return modal(
        say("Team wall"),
        fields,
        submit=say("Save") if shown else say("Post it"),
        close=say("Cancel"),
        callback_id=CHANGE if shown else ADD,
        note=str(shown.celebration.id) if shown else "",
    )


def typed_celebration(view: dict[str, Any]) -> TypedCelebration:
    """The form of a post as it was filled in."""
    form = filled_in(view)
    return TypedCelebration(
        text=as_text(form.get("text")),
        occasion=as_text(form.get("occasion")),
        about=as_text(form.get("about")),
        **typed_photo(view),
    )


def dates_form(me: Me, dates: OwnDates | None) -> Json:
    """One's own birthday, without a year, and the day on which one began."""
    say = me.say
    month, _, day = (dates.birthday or "").partition("-") if dates else ("", "", "")
    began = dates.began_on.isoformat() if dates and dates.began_on else None
    nobody = option(NONE, say("Don't congratulate me"))
    days = [option(str(number), str(number)) for number in range(1, 32)]
    months = [option(str(number), say(name)) for number, name in enumerate(MONTHS, start=1)]
    fields = [
        small(say("Only what you give yourself. Your year of birth is not asked, and nobody sees an age.")),
        field_of("day", say("My birthday: the day"), _select([nobody, *days], day, say("Choose a day"))),
        field_of("month", say("My birthday: the month"), _select(months, month, say("Choose a month"))),
        field_of(
            "began", say("I began here on"), DatePickerElement(initial_date=began, placeholder=say("Choose a day")),
            hint=say("For jubilees, from your first year on. Leave it empty if you don't want that."),
        ),
    ]  # fmt: skip
    if month or began:
        fields.append(buttons(button(say("Forget my dates"), NO_DATES)))
    return modal(say("My birthday and jubilee"), fields, submit=say("Save"), close=say("Cancel"), callback_id=DATES)


def typed_dates(view: dict[str, Any]) -> TypedDates:
    """The form of one's own dates as it was filled in."""
    form = filled_in(view)
    day, began = as_text(form.get("day")), as_text(form.get("began"))
    if day == NONE:
        return TypedDates(began=began)
    return TypedDates(day, as_text(form.get("month")), began)


def _select(options: list[Any], chosen: str, placeholder: str) -> StaticSelectElement:
    first = next((one for one in options if chosen and one.value == chosen.lstrip("0")), None)
    return StaticSelectElement(options=options, initial_option=first, placeholder=placeholder)


def _occasion(shown: Shown | None, say: Say) -> Json:
    occasions = [option(occasion, say(OCCASIONS[occasion])) for occasion in ENTERED]
    now = shown.celebration.occasion if shown else Occasion.GOOD_NEWS
    chosen = next(one for one in occasions if one.value == now)
    return field_of(
        "occasion", say("What is it?"), RadioButtonsElement(options=occasions, initial_option=chosen), optional=False
    )


def _text(shown: Shown | None, say: Say) -> Json:
    element = PlainTextInputElement(
        multiline=True, max_length=LONGEST, initial_value=shown.celebration.text if shown else None, focus_on_load=True
    )
    return field_of("text", say("Tell it in a sentence or two"), element, optional=False)


def _about(shown: Shown | None, say: Say) -> Json:
    chosen = shown.about.slack_id if shown and shown.about else None
    element = UserSelectElement(initial_user=chosen, placeholder=say("Choose a colleague"))
    hint = say("They can take it off the wall again. Leave it empty if it is about yourself.")
    return field_of("about", say("Is it about a colleague?"), element, hint=hint)
