"""The forms of taking part: their fields, and what was filled in. The names of the fields stand here alone."""

from collections.abc import Sequence
from datetime import date, time
from typing import Any

from slack_sdk.models.blocks import (
    CheckboxesElement,
    DatePickerElement,
    PlainTextInputElement,
    RadioButtonsElement,
    UserMultiSelectElement,
    UserSelectElement,
)

from bot.features.participants.rules import MOST_INVITED, Away, Choices, TypedAbsence, TypedChoices, second_after
from bot.features.participants.screens import (
    ABSENCE,
    BACK,
    INVITE,
    JOIN,
    OFFICE,
    SETTINGS,
    WEEKDAYS,
    founders_line,
    span_in_words,
)
from bot.i18n.translate import later
from bot.kernel.calendar import Workdays
from bot.kernel.office import Me, Say
from bot.kernel.roles import may_manage
from bot.slack.blocks import Json, button, buttons, divider, field_of, line, modal, option, paragraph, small, words
from bot.slack.forms import as_list, as_text, filled_in
from storage.participants import Volume

LISTED = 20  # absences to come; who has more sees the others as these go by
LONGEST_TIME = 30  # characters that somebody may need for it
VOLUMES = {
    Volume.LIGHT: later("Once a day"),
    Volume.NORMAL: later("Once a day, and again if I told nothing yet"),
    Volume.WEEKLY: later("Once a week, on my first working day"),
}
LANGUAGES = {"nl": "Nederlands", "en": "English"}  # each in its own


def join_form(me: Me, before: Choices | None, at: time | None) -> Json:
    """The form of joining. `before` is what was chosen when one took part earlier; `at` a time that was clicked."""
    say, office = me.say, me.office
    fields = [
        _board(say, None),  # asked anew of whoever comes back: nothing is chosen beforehand
        _at(say, at or (before.at if before else office.remind_at)),
        _days(say, before.days if before else office.workdays),
        _volume(say, before.volume if before else Volume.LIGHT),
        small(say("You can change all of this, or stop, whenever you like.")),
    ]
    return modal(say("Take part"), fields, submit=say("I'll take part"), close=say("Cancel"), callback_id=JOIN)


def settings_form(me: Me, choices: Choices | None, language: str | None) -> Json:
    """One's own settings: the language alone for who doesn't take part."""
    say = me.say
    fields = [line(say("You don't take part, so there are no reminders to set."))] if choices is None else []
    if choices is not None:
        fields += [
            _at(say, choices.at),
            _volume(say, choices.volume),
            _second(say, choices),
            _days(say, choices.days),
            _board(say, choices.on_board),
        ]
    fields.append(_language(me, language))
    if may_manage(me):
        fields += [divider(), buttons(button(say("Settings of the office"), OFFICE))]
    return modal(say("My settings"), fields, submit=say("Save"), close=say("Cancel"), callback_id=SETTINGS)


def typed_choices(view: dict[str, Any]) -> TypedChoices | None:
    """The form of joining or of one's settings as it was filled in; None for who saw the language alone."""
    form = filled_in(view)
    if "at" not in form:
        return None
    return TypedChoices(
        at=as_text(form.get("at")),
        second=as_text(form.get("second")),
        days=tuple(as_list(form.get("days"))),
        volume=as_text(form.get("volume")),
        board=as_text(form.get("board")),
    )


def typed_language(view: dict[str, Any]) -> str:
    return as_text(filled_in(view).get("language"))


def absence_form(me: Me, away: Sequence[Away], today: date) -> Json:
    """The days on which one is away, and those that are known already; managers also enter a colleague's."""
    say = me.say
    fields = [
        small(say("Dates alone, never a reason. You get no reminders then, and your streak stays.")),
        field_of("first", say("First day"), DatePickerElement(initial_date=today.isoformat()), optional=False),
        field_of("last", say("Last day"), DatePickerElement(initial_date=today.isoformat()), optional=False),
    ]
    if me.is_manager:
        who, hint = UserSelectElement(placeholder=say("Choose a colleague")), say("Leave it empty for yourself.")
        fields.append(field_of("who", say("For a colleague?"), who, hint=hint))
    if away:
        fields += [divider(), line(say("You are away:"))]
    for one in away[:LISTED]:
        fields += _listed(one, today, say)
    return modal(say("Away"), fields, submit=say("Save"), close=say("Cancel"), callback_id=ABSENCE)


def _listed(away: Away, today: date, say: Say) -> list[Json]:
    span = span_in_words(away.first, away.last, today, say)
    by = say("entered by {who}", who=away.entered_by) if away.entered_by else ""
    label = say("Remove {what}", what=span)
    return [
        paragraph(words(span, bold=True), words(f" · {by}" if by else "")),
        buttons(button(say("Remove"), BACK, str(away.id), label=label[:75])),
    ]


def typed_absence(view: dict[str, Any]) -> TypedAbsence:
    """The form of an absence as it was filled in."""
    form = filled_in(view)
    return TypedAbsence(first=as_text(form.get("first")), last=as_text(form.get("last")), who=as_text(form.get("who")))


def invitation_form(me: Me, joined: int) -> Json:
    """Whom a manager wants to invite; `joined` is how many take part."""
    say = me.say
    who = UserMultiSelectElement(placeholder=say("Choose colleagues"), max_selected_items=MOST_INVITED)
    hint = say("At most {most} at a time. Nobody is asked a second time.", most=MOST_INVITED)
    fields = [
        line(say("Each of them gets one friendly message, and may say no.")),
        field_of("who", say("Who would you like to have in it?"), who, hint=hint, optional=False),
        small(founders_line(joined, say)),
    ]
    return modal(say("Invite colleagues"), fields, submit=say("Invite"), close=say("Cancel"), callback_id=INVITE)


def invited_in(view: dict[str, Any]) -> list[str]:
    """The Slack ids of the people who were chosen."""
    return as_list(filled_in(view).get("who"))


def _board(say: Say, on_board: bool | None) -> Json:
    answers = [option("yes", say("Yes, my name may be there")), option("no", say("No, I only count in the totals"))]
    chosen = None if on_board is None else answers[0 if on_board else 1]
    element = RadioButtonsElement(options=answers, initial_option=chosen)
    return field_of("board", say("May your name be on the leaderboard?"), element, optional=False)


def _at(say: Say, at: time) -> Json:
    element = PlainTextInputElement(initial_value=f"{at:%H:%M}", placeholder="8:30", max_length=LONGEST_TIME)
    hint = say("On your own clock, wherever you are.")
    return field_of("at", say("At what time shall I give you a nudge?"), element, hint=hint, optional=False)


def _second(say: Say, choices: Choices) -> Json:
    known = choices.second_at if choices.second_at > choices.at else second_after(choices.at)
    element = PlainTextInputElement(initial_value=f"{known:%H:%M}", placeholder="16:00", max_length=LONGEST_TIME)
    hint = say("Only when you chose to hear from me again. It comes if you told nothing yet that day.")
    return field_of("second", say("And the second time?"), element, hint=hint)


def _days(say: Say, days: Workdays) -> Json:
    boxes = [option(str(day), say(name)) for day, name in enumerate(WEEKDAYS)]
    element = CheckboxesElement(options=boxes, initial_options=[boxes[day] for day in sorted(days)] or None)
    return field_of("days", say("On which days do you work?"), element, optional=False)


def _volume(say: Say, volume: Volume) -> Json:
    volumes = {one: option(one, say(label)) for one, label in VOLUMES.items()}
    element = RadioButtonsElement(options=list(volumes.values()), initial_option=volumes[volume])
    return field_of("volume", say("How often?"), element, optional=False)


def _language(me: Me, language: str | None) -> Json:
    own = [option(code, name) for code, name in LANGUAGES.items()]
    offices = option("office", me.say("As the office: {language}", language=LANGUAGES[me.office.say.language]))
    chosen = next((one for one in own if one.value == language), offices)
    element = RadioButtonsElement(options=[*own, offices], initial_option=chosen)
    return field_of("language", me.say("In which language shall I talk to you?"), element, optional=False)
