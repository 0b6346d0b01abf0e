"""The forms of the office's settings: their fields, and what was filled in. Fields' names stand here alone."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from slack_sdk.models.blocks import (
    CheckboxesElement,
    ConversationFilter,
    ConversationSelectElement,
    Option,
    PlainTextInputElement,
    RadioButtonsElement,
    StaticSelectElement,
    TimePickerElement,
    UserMultiSelectElement,
)

from bot.features.office.rules import MOST_MANAGERS, SET_UP, Step, channels_of
from bot.features.office.screens import PREVIEW, SETTING_UP, calendar_shown, step_line
from bot.features.office.typed import (
    Typed,
    TypedBudgets,
    TypedCalendar,
    TypedChannels,
    TypedGeneral,
    TypedManagers,
    TypedReminder,
    TypedWeek,
)
from bot.features.office.wording import (
    BIRTHDAYS,
    BOARD_MODES,
    COUNTRIES,
    LANGUAGE_NAMES,
    POSTS,
    PURPOSES,
    SWITCHES,
    TITLES,
    WEEKDAYS,
)
from bot.kernel.calendar import HolidayRules, in_force
from bot.kernel.choices import Choice
from bot.kernel.company_days import as_typed
from bot.kernel.errors import BotError, FormError
from bot.kernel.money import typed_amount
from bot.kernel.office import LONGEST_NAME, Me
from bot.slack.blocks import Json, button, buttons, divider, field_of, line, modal, option, small
from bot.slack.forms import as_list, as_text, filled_in

ZONES = (
    *("Europe/Amsterdam", "Europe/Brussels", "Europe/London", "Europe/Dublin", "Europe/Lisbon", "Europe/Madrid"),
    *("Europe/Paris", "Europe/Berlin", "Europe/Rome", "Europe/Warsaw", "Europe/Athens", "Europe/Istanbul"),
    *("America/Curacao", "America/Aruba", "America/Paramaribo", "America/New_York", "America/Chicago"),
    *("America/Los_Angeles", "Africa/Johannesburg", "Asia/Jakarta", "Asia/Singapore", "Australia/Sydney"),
)
LONGEST_DAYS = 3000  # characters of a field; Slack takes no more


def form_of(step: Step, me: Me, today: date, note: str = "") -> Json:
    """The form of a step, filled in with what is; `today` is the office's, `note` says what it belongs to."""
    if step is Step.CALENDAR:
        return calendar_form(me, in_force(me.office.calendar, today), today, note)
    return _form(step, me, _FIELDS[step](me), note)


def calendar_form(me: Me, rules: HolidayRules, today: date, note: str = "", wrong: FormError | None = None) -> Json:
    """The form of the holidays, and beneath it the days that these rules come to, or why there are none to show."""
    say = me.say
    errors: list[BotError] = list(wrong.fields.values()) if wrong else []
    shown = [line("⚠️ " + say.error(error)) for error in errors] or calendar_shown(rules, today, say)
    preview = buttons(button(say("Show the calendar"), PREVIEW))
    return _form(Step.CALENDAR, me, [*_calendar(me, rules, today), preview, divider(), *shown], note)


def _form(step: Step, me: Me, fields: Sequence[Json], note: str) -> Json:
    say, is_first_time = me.say, note == SETTING_UP
    is_last = step is SET_UP[-1]
    onward = say("Finish") if is_last else say("Next")
    return modal(
        say(TITLES[step]),
        [*([step_line(step, say)] if is_first_time else []), *fields],
        submit=onward if is_first_time else say("Save"),
        close=say("Cancel"),
        callback_id=step.value,
        note=note,
    )


def typed_form(step: Step, view: Json) -> Typed:
    """A step's form as it was filled in."""
    return _READERS[step](filled_in(view))


def typed_calendar(form: Mapping[str, Any]) -> TypedCalendar:
    return TypedCalendar(
        country=as_text(form.get("country")),
        switches=as_list(form.get("switches")),
        company_days=as_text(form.get("company_days")),
    )


def _general(me: Me) -> list[Json]:
    say, office = me.say, me.office
    languages = [option(code, name) for code, name in LANGUAGE_NAMES.items()]
    zones = [option(zone, zone) for zone in dict.fromkeys((office.zone, *ZONES))]
    currency = PlainTextInputElement(initial_value=office.currency, min_length=3, max_length=3)
    name = PlainTextInputElement(initial_value=office.name or None, max_length=LONGEST_NAME)
    return [
        field_of("name", say("Name of the company"), name, hint=say("For customers, on the page that is theirs.")),
        field_of(
            "language", say("What do I speak?"), StaticSelectElement(**_one_of(languages, office.say.language)),
            hint=say("In channels, and with who didn't choose a language of their own."), optional=False,
        ),
        field_of("zone", say("Time zone"), StaticSelectElement(**_one_of(zones, office.zone)), optional=False),
        field_of(
            "other_zone", say("Another time zone"), PlainTextInputElement(max_length=60, placeholder="Asia/Tokyo"),
            hint=say("Only when yours isn't in the list. Each person's own zone comes from Slack."),
        ),
        field_of("currency", say("Currency"), currency, hint=say("Three letters, such as EUR."), optional=False),
    ]  # fmt: skip


def _calendar(me: Me, rules: HolidayRules, today: date) -> list[Json]:
    say = me.say
    countries = [option(country.value, say(name)) for country, name in COUNTRIES.items()]
    switches = [option(name, say(label)) for name, label in SWITCHES.items()]
    on = [one for one in switches if getattr(rules, one.value or "")]
    days = PlainTextInputElement(
        multiline=True,
        max_length=LONGEST_DAYS,
        initial_value=as_typed([day for day in rules.company_days if day[0] >= today])[:LONGEST_DAYS] or None,
        placeholder=say("For example: 31-12-{year} Stocktaking", year=today.year),
    )
    hint = say("A day or a range a line (24-12 - 2-1), and what it is called. In Belgium also what replaces a holiday.")
    return [
        field_of(
            "country", say("Whose holidays?"), StaticSelectElement(**_one_of(countries, rules.country.value)),
            optional=False,
        ),
        field_of(
            "switches", say("Closed on these too?"), CheckboxesElement(options=switches, initial_options=on or None)
        ),
        field_of("company_days", say("Your own company days"), days, hint=hint),
    ]  # fmt: skip


def _reminder(me: Me) -> list[Json]:
    say, office = me.say, me.office
    days = [option(str(number), say(name)) for number, name in enumerate(WEEKDAYS)]
    chosen = [day for day in days if int(day.value or 0) in office.workdays]
    at = TimePickerElement(initial_time=f"{office.remind_at:%H:%M}")
    return [
        line(say("This is what who joins begins with. Each person then chooses their own time and days.")),
        field_of("remind_at", say("When does the reminder come?"), at, optional=False),
        field_of(
            "workdays", say("Working days"), CheckboxesElement(options=days, initial_options=chosen or None),
            optional=False,
        ),
    ]  # fmt: skip


def _channels(me: Me) -> list[Json]:
    say, chosen = me.say, channels_of(me.office)
    which = ConversationFilter(include=["public", "private"], exclude_bot_users=True)
    fields = [
        field_of(
            name.value,
            say(label),
            ConversationSelectElement(
                initial_conversation=chosen.get(name), filter=which, placeholder=say("Choose a channel")
            ),
        )
        for name, label in PURPOSES.items()
    ]
    birthdays = [option(value, say(label)) for value, label in BIRTHDAYS.items()]
    shifted = RadioButtonsElement(**_one_of(birthdays, me.office.weekend_birthdays))
    hint = say("On the employees' wall: when to congratulate who has their birthday on a day off.")
    return [
        line(say("Where may I post? What has no channel is kept, and posted nowhere.")),
        *fields,
        field_of("weekend_birthdays", say("Birthday in a weekend"), shifted, hint=hint, optional=False),
    ]


def _managers(me: Me) -> list[Json]:
    say = me.say
    element = UserMultiSelectElement(
        initial_users=sorted(me.office.managers) or None,
        max_selected_items=MOST_MANAGERS,
        placeholder=say("Choose colleagues"),
    )
    hint = say("They change these settings, approve budgets, and hear when something is stuck.")
    moderators = UserMultiSelectElement(
        initial_users=sorted(me.office.moderators) or None,
        max_selected_items=MOST_MANAGERS,
        placeholder=say("Choose colleagues"),
    )
    looks = say("What customers write on the page waits until one of them, or a manager, has looked at it.")
    return [
        field_of("managers", say("Who manages the bot?"), element, hint=hint, optional=False),
        field_of("moderators", say("Who else looks at what comes from outside?"), moderators, hint=looks),
    ]


def _budgets(me: Me) -> list[Json]:
    say, office = me.say, me.office
    caps = in_force(office.caps, date.max)
    amounts = {"per_day": caps.day_cents, "per_month": caps.month_cents, "notice": office.gift_notice}
    typed = {name: typed_amount(cents, say.language) for name, cents in amounts.items()}
    elements = {name: PlainTextInputElement(initial_value=text, max_length=30) for name, text in typed.items()}
    minutes = PlainTextInputElement(initial_value=str(caps.day_minutes) if caps.day_minutes is not None else None)
    soft = [option("soft", say("Above the day's, within the month's: book it, and show it to a manager"))]
    told = say("In a year. Above it I say so, for who keeps the books.")
    return [
        line(say("What each person may spend on gestures without asking, in {currency}.", currency=office.currency)),
        field_of("per_day", say("For each person, per day"), elements["per_day"], optional=False),
        field_of("per_month", say("For each person, per month"), elements["per_month"], optional=False),
        small(say("0 means: nothing without asking. What you change holds from today.")),
        field_of("minutes", say("And minutes a day"), minutes, hint=say("Empty: time is not counted.")),
        field_of(
            "soft", say("Above the day's amount, within the month's"),
            CheckboxesElement(options=soft, initial_options=soft if caps.is_soft else None),
        ),
        field_of("notice", say("Gifts to one company, at most"), elements["notice"], hint=told, optional=False),
    ]  # fmt: skip


def _week(me: Me) -> list[Json]:
    say, weekly = me.say, me.office.weekly
    modes = [option(mode.value, say(label)) for mode, label in BOARD_MODES.items()]
    days = [option(str(number), say(name)) for number, name in enumerate(WEEKDAYS)]
    posts = [option(name, say(label)) for name, label in POSTS.items()]
    goes = {"digest": weekly.has_digest, "board": weekly.has_board}
    which = ConversationFilter(include=["public", "private"], exclude_bot_users=True)
    channel = ConversationSelectElement(
        initial_conversation=weekly.channel or None, filter=which, placeholder=say("Choose a channel")
    )
    checked = [one for one in posts if goes[one.value or ""]]
    hint = say("On a day off it goes out on the last working day before.")
    return [
        field_of(
            "board_mode", say("What does the leaderboard show?"),
            RadioButtonsElement(**_one_of(modes, me.office.board_mode)), optional=False,
            hint=say("At each post a manager can choose otherwise."),
        ),
        field_of("channel", say("Post something by itself each week?"), channel,
                 hint=say("Empty: nothing goes out by itself.")),
        field_of("posts", say("What goes out?"), CheckboxesElement(options=posts, initial_options=checked or None)),
        field_of("weekday", say("On which day?"), StaticSelectElement(**_one_of(days, str(weekly.weekday))),
                 hint=hint, optional=False),
        field_of("at", say("At what time?"), TimePickerElement(initial_time=f"{weekly.at:%H:%M}"), optional=False),
    ]  # fmt: skip


def _one_of(options: list[Option], value: str) -> dict[str, Any]:
    """A list to choose from, with one of them chosen."""
    return {"options": options, "initial_option": next((one for one in options if one.value == value), None)}


_FIELDS: Mapping[Step, Callable[[Me], list[Json]]] = {
    Step.GENERAL: _general,
    Step.REMINDER: _reminder,
    Step.CHANNELS: _channels,
    Step.MANAGERS: _managers,
    Step.BUDGETS: _budgets,
    Step.WEEK: _week,
}
_READERS: Mapping[Step, Callable[[Mapping[str, Any]], Typed]] = {
    Step.GENERAL: lambda form: TypedGeneral(
        *(as_text(form.get(name)) for name in ("language", "zone", "other_zone", "currency", "name"))
    ),
    Step.CALENDAR: typed_calendar,
    Step.REMINDER: lambda form: TypedReminder(as_text(form.get("remind_at")), as_list(form.get("workdays"))),
    Step.CHANNELS: lambda form: TypedChannels(
        stories=as_text(form.get(Choice.STORIES_CHANNEL)),
        customer_wall=as_text(form.get(Choice.CUSTOMER_WALL_CHANNEL)),
        change_wall=as_text(form.get(Choice.CHANGE_WALL_CHANNEL)),
        team_wall=as_text(form.get(Choice.TEAM_WALL_CHANNEL)),
        weekend_birthdays=as_text(form.get("weekend_birthdays")) or "before",
    ),
    Step.MANAGERS: lambda form: TypedManagers(as_list(form.get("managers")), as_list(form.get("moderators"))),
    Step.BUDGETS: lambda form: TypedBudgets(
        per_day=as_text(form.get("per_day")),
        per_month=as_text(form.get("per_month")),
        minutes=as_text(form.get("minutes")),
        is_soft=bool(as_list(form.get("soft"))),
        notice=as_text(form.get("notice")),
    ),
    Step.WEEK: lambda form: TypedWeek(
        **{name: as_text(form.get(name)) for name in ("board_mode", "channel", "weekday", "at")},
        posts=as_list(form.get("posts")),
    ),
}
