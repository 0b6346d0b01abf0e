"""How the office's settings are said: what each is called, and what it is now."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from bot.features.office.rules import Step, channels_of
from bot.i18n.translate import later
from bot.kernel.amounts import own_amounts
from bot.kernel.calendar import Country, HolidayRules, in_force
from bot.kernel.caps import OWN_CAPS, Caps
from bot.kernel.choices import Choice, calendar_in, caps_in
from bot.kernel.office import Me, Say
from bot.kernel.weekly import BoardMode, Edited, Weekly, edited_in, weekly_in
from bot.slack.blocks import Json, channel_mark, person_mark, words

TITLES = {
    Step.GENERAL: later("Language, zone, currency"),
    Step.CALENDAR: later("Holidays"),
    Step.REMINDER: later("Reminders"),
    Step.CHANNELS: later("Channels"),
    Step.MANAGERS: later("Managers"),
    Step.BUDGETS: later("Budgets"),
    Step.WEEK: later("Leaderboard and week"),
}
PURPOSES = {
    Choice.STORIES_CHANNEL: later("Stories"),
    Choice.CUSTOMER_WALL_CHANNEL: later("Customers' wall"),
    Choice.CHANGE_WALL_CHANNEL: later("Wall of change"),
    Choice.TEAM_WALL_CHANNEL: later("Employees' wall"),
}
BIRTHDAYS = {
    "before": later("On the working day before"),
    "after": later("On the working day after"),
}
SETTINGS = PURPOSES | {
    Choice.NAME: later("Name of the company"),
    Choice.LANGUAGE: later("Language"),
    Choice.ZONE: later("Time zone"),
    Choice.CURRENCY: later("Currency"),
    Choice.CALENDAR: later("Holidays"),
    Choice.WORKDAYS: later("First working days"),
    Choice.REMIND_AT: later("First time of the reminder"),
    Choice.MANAGERS: later("Managers"),
    Choice.MODERATORS: later("Moderators"),
    Choice.WEEKEND_BIRTHDAYS: later("Birthday in a weekend"),
    Choice.CAPS: later("Budgets"),
    Choice.GIFT_NOTICE: later("Gifts to one company"),
    Choice.BOARD_MODE: later("Leaderboard"),
    Choice.WEEKLY: later("The week's post"),
    Choice.DIGEST: later("The week's digest"),
    Choice.SET_UP: later("Set-up"),
}
BOARD_MODES = {
    BoardMode.PEOPLE: later("The ten who made the most fans, of who wants their name on it"),
    BoardMode.GROUPS: later("Groups, per head"),
    BoardMode.TEAM: later("The team's total, and nobody's name"),
}
POSTS = {
    "digest": later("The digest: the week's number, its story, compliments, ideas"),
    "board": later("The leaderboard"),
}
GROUP_CHANGES = {
    "added": later("{name} was made"),
    "changed": later("{name} was changed"),
    "removed": later("{name} was removed"),
}
LANGUAGE_NAMES = {"nl": "Nederlands", "en": "English"}  # each in itself, for who understands only that
COUNTRIES = {Country.NL: later("The Netherlands"), Country.BE: later("Belgium (Flanders)")}
SWITCHES = {  # fields of HolidayRules
    "good_friday": later("Good Friday"),
    "liberation_day": later("5 May (the Netherlands)"),
    "flemish_day": later("11 July (Flanders)"),
}
WEEKDAYS = (
    later("Monday"),
    later("Tuesday"),
    later("Wednesday"),
    later("Thursday"),
    later("Friday"),
    later("Saturday"),
    later("Sunday"),
)


def summary(step: Step, me: Me) -> list[Json]:
    """What the settings of a form are now."""
    office, say = me.office, me.say
    parts: Mapping[Step, Callable[[], list[Json]]] = {
        Step.GENERAL: lambda: [words(" · ".join((LANGUAGE_NAMES[office.say.language], office.zone, office.currency)))],
        Step.CALENDAR: lambda: [words(_calendar(in_force(office.calendar, date.max), say))],
        Step.REMINDER: lambda: [words(f"{office.remind_at:%H:%M} · {_weekdays(office.workdays, say)}")],
        Step.CHANNELS: lambda: _channels(channels_of(office), say),
        Step.MANAGERS: lambda: _people(sorted(office.managers), say),
        Step.BUDGETS: lambda: [words(_caps(in_force(office.caps, date.max), office.currency, say))],
        Step.WEEK: lambda: [words(say(BOARD_MODES[office.board_mode]) + "\n"), *_weekly(office.weekly, say)],
    }
    return parts[step]()


def setting_of(name: str, say: Say) -> str:
    """What a setting is called."""
    if name == OWN_CAPS:
        return say("Amounts of one person")
    return say(SETTINGS[Choice(name)]) if name in SETTINGS else say("Groups of people")


def described(name: str, value: Any, me: Me, whose: str = "") -> list[Json]:
    """What a setting was changed into; `value` as the record keeps it. `whose` is the name of who it is about."""
    say, currency = me.say, me.office.currency
    if name == OWN_CAPS:
        return [words(_own_caps(value, whose, me))]
    if name not in SETTINGS:
        sentence = GROUP_CHANGES[value["change"]]
        return [words(say(sentence, name=value["name"]))]
    if value is None:
        return [words(say("as it was in the beginning"))]
    parts: Mapping[Choice, Callable[[], list[Json]]] = {
        Choice.LANGUAGE: lambda: [words(LANGUAGE_NAMES.get(value, value))],
        Choice.CALENDAR: lambda: [words(_calendar(in_force(calendar_in(value), date.max), say))],
        Choice.WORKDAYS: lambda: [words(_weekdays(map(int, value), say))],
        Choice.MANAGERS: lambda: _people(value, say),
        Choice.MODERATORS: lambda: _people(value, say),
        Choice.WEEKEND_BIRTHDAYS: lambda: [words(say(BIRTHDAYS[value]))],
        Choice.CAPS: lambda: [words(_caps(in_force(caps_in(value), date.max), currency, say))],
        Choice.GIFT_NOTICE: lambda: [words(say.money(value, currency))],
        Choice.BOARD_MODE: lambda: [words(say(BOARD_MODES[BoardMode(value)]))],
        Choice.WEEKLY: lambda: _weekly(weekly_in(value), say),
        Choice.DIGEST: lambda: [words(_digest(edited_in(value), say))],
        Choice.SET_UP: lambda: [words(say("all five steps were taken"))],
    }
    if name in PURPOSES:
        return [channel_mark(value)] if value else [words(say("no channel"))]
    return parts.get(Choice(name), lambda: [words(str(value))])()


def _calendar(rules: HolidayRules, say: Say) -> str:
    switched = [say(label) for name, label in SWITCHES.items() if getattr(rules, name)]
    own = len(rules.company_days)
    days = [say.plural("{number} company day", "{number} company days", own)] if own else []
    return " · ".join((say(COUNTRIES[rules.country]), *switched, *days))


def _weekdays(days: Any, say: Say) -> str:
    return ", ".join(say(WEEKDAYS[day]) for day in sorted(days))


def _channels(chosen: Mapping[Choice, str], say: Say) -> list[Json]:
    parts: list[Json] = []
    for name, label in PURPOSES.items():
        shown = channel_mark(chosen[name]) if name in chosen else words(say("no channel"))
        parts += [words((" · " if parts else "") + say(label) + ": "), shown]
    return parts


def _weekly(weekly: Weekly, say: Say) -> list[Json]:
    if not weekly.channel:
        return [words(say("nothing goes out by itself"))]
    goes = {"digest": weekly.has_digest, "board": weekly.has_board}
    what = " · ".join(say(label) for name, label in POSTS.items() if goes[name])
    when = f"{say(WEEKDAYS[weekly.weekday])} {weekly.at:%H:%M}"
    return [words(f"{when}, "), channel_mark(weekly.channel), words(f"\n{what}")]


def _digest(edited: Edited, say: Say) -> str:
    if edited.monday is None:
        return say("as it was in the beginning")
    week = say.day(edited.monday)
    if edited.is_skipped:
        said = say("the week of {day} is skipped", day=week)
    else:
        said = say("other words in the week of {day}", day=week)
    return " · ".join([said, *([_digest(edited.before, say)] if edited.before else [])])


def _people(slack_ids: Sequence[str], say: Say) -> list[Json]:
    parts: list[Json] = []
    for slack_id in slack_ids:
        parts += [words(", ")] if parts else []
        parts.append(person_mark(slack_id))
    return parts or [words(say("nobody yet"))]


def _own_caps(value: Mapping[str, Any], whose: str, me: Me) -> str:
    say, first = me.say, date.fromisoformat(value["first_day"])
    amounts = own_amounts(value["day_cents"], value["month_cents"], value["day_minutes"], me.office.currency, say)
    day = f"{say.day(first)} {first.year}"
    return say("{who}, from {day} on: {amounts}", who=whose or say("a colleague"), day=day, amounts=amounts)


def _caps(caps: Caps, currency: str, say: Say) -> str:
    day, month = say.money(caps.day_cents, currency), say.money(caps.month_cents, currency)
    parts = [say("{day} a day, {month} a month, for each person", day=day, month=month)]
    parts += [say("{minutes} minutes a day", minutes=caps.day_minutes)] if caps.day_minutes is not None else []
    parts += [say("above the day's amount too, a manager sees it afterwards")] if caps.is_soft else []
    return " · ".join(parts)
