"""What managers see of the office: its settings, and what stands in the way of a post."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.features.office.rules import SET_UP, Step, channels_of
from bot.features.office.wording import TITLES, described, setting_of, summary
from bot.i18n.translate import later
from bot.kernel.calendar import Country, HolidayRules, holidays_in
from bot.kernel.office import Me, Office, Say
from bot.slack.blocks import (
    Json,
    Message,
    button,
    buttons,
    channel_mark,
    divider,
    filled,
    header,
    line,
    modal,
    paragraph,
    small,
    words,
)
from bot.slack.channels import Membership
from storage.outbox import Post

OPEN, BEGIN, HISTORY = "office.open", "office.begin", "office.history"
PREVIEW, JOIN, GO_ON = "office.preview", "office.join", "office.go_on"
GROUPS = "group.list"  # of the feature that keeps them
SETTING_UP = "setting up"  # the note of a window that belongs to the first time

REMEDIES = {
    "not_in_channel": later("I am not a member of {where}. Invite me there, with /invite, and I'll post what waits."),
    "channel_not_found": later("I can't find {where}. Invite me there if it is private, or choose another channel."),
    "is_archived": later("{where} is archived, so I can't post there. Choose another channel."),
    "restricted_action": later("In {where} I am not allowed to post. A workspace admin can change that."),
}
OTHERWISE = later("Slack refuses what I want to post in {where} ({reason}).")
MEMBERSHIPS = {
    Membership.IN: later("{channel}: I'm in, and can post there."),
    Membership.OUT: later("{channel}: I'm not a member yet."),
    Membership.HIDDEN: later("{channel}: I can't get in by myself. Invite me there, with /invite."),
    Membership.UNKNOWN: later("{channel}: Slack doesn't say just now whether I'm a member."),
}
BY_WHICH = (*SET_UP, Step.BUDGETS, Step.WEEK)


@dataclass(frozen=True)
class Changed:
    """A setting that was changed: which, into what (JSON), by whom, when, and about whom if it is about one person.

    A name that is empty is of somebody who was erased.
    """

    name: str
    value: object
    who: str
    at: datetime
    whose: str = ""


def refused_message(post: Post, reason: str, office: Office) -> Message:
    """Why something can't be posted, and what to do about it."""
    template = office.say(REMEDIES.get(reason, OTHERWISE))
    where = channel_mark(post.target) if post.target.startswith("C") else words(post.target)
    there = office.say("that channel") if post.target.startswith(("C", "G")) else post.target
    text = template.replace("{where}", there).replace("{reason}", reason)
    return Message(text, [paragraph(*filled(template, where=where, reason=words(reason)))])


def settings_button(say: Say) -> Json:
    """Opens the office's settings."""
    return button(say("Settings of the office"), OPEN)


def home_card(me: Me) -> list[Json]:
    """At the bottom of Home, for who may change the settings; the first time a way through them."""
    say = me.say
    if me.office.is_set_up:
        return [divider(), line(say("Settings")), buttons(settings_button(say))]
    return [
        divider(),
        header(say("Set up the office, in five steps")),
        line(say("Language, holidays, reminders, channels, managers: a few minutes. Each step is saved at once.")),
        buttons(button(say("Begin"), BEGIN, style="primary"), settings_button(say)),
    ]


def overview(me: Me) -> Json:
    """All settings, and a button to each group of them."""
    say = me.say
    blocks: list[Json] = []
    if not me.office.is_set_up:
        blocks += [line(say("New here? I'll lead you through them in five steps.")), _row(BEGIN, say("Begin"))]
    for step in BY_WHICH:
        blocks += [paragraph(words(say(TITLES[step]), bold=True), words("\n"), *summary(step, me)), _change(step, say)]
    groups, history = say("Groups of people"), say("Last changes")
    blocks += [
        paragraph(words(groups, bold=True), words("\n" + say("Teams or shifts, for leaderboards and budgets."))),
        _row(GROUPS, say("See groups")),
        paragraph(words(history, bold=True), words("\n" + say("Who changed what, and when."))),
        _row(HISTORY, say("See changes")),
    ]
    return modal(say("Settings"), blocks, close=say("Close"))


def _change(step: Step, say: Say) -> Json:
    title = say(TITLES[step])
    return buttons(button(say("Change"), step.value, label=say("Change: {what}", what=title)[:75]))


def _row(action_id: str, text: str) -> Json:
    return buttons(button(text, action_id))


def calendar_shown(rules: HolidayRules, today: date, say: Say) -> list[Json]:
    """The days on which the office is closed, this year and next."""
    blocks: list[Json] = []
    for year in (today.year, today.year + 1):
        days = holidays_in(year, rules, say.language)
        lines = [words(f"\n{say.day(day)} · {name}") for day, name in days.items()]
        blocks.append(paragraph(words(str(year), bold=True), *lines))
        weekend = _in_weekend(days, rules)
        if rules.country == Country.BE and weekend:
            note = say("In a weekend: {days}. Add the days that replace them to your company days.", days="{days}")
            blocks.append(paragraph(*filled(note, days=words(", ".join(weekend)))))
    return blocks


def _in_weekend(days: Mapping[date, str], rules: HolidayRules) -> list[str]:
    """What falls in a weekend and isn't followed by another day off, as Easter is."""
    followed = {day - timedelta(days=1) for day in days}
    lost = {day: name for day, name in days.items() if day.weekday() > 4 and day not in followed}
    return [name for day, name in lost.items() if (day, name) not in rules.company_days]


def calendar_window(rules: HolidayRules, today: date, say: Say) -> Json:
    """What follows the form of the holidays."""
    blocks = [line(say("Saved. On these days nobody is reminded:")), *calendar_shown(rules, today, say)]
    return modal(say(TITLES[Step.CALENDAR]), blocks, close=say("Close"))


def channels_window(found: Mapping[str, Membership], me: Me, note: str) -> Json:
    """What follows the form of the channels: whether the bot can post there, and what to do about it."""
    say, blocks = me.say, [line(me.say("Saved."))]
    chosen = channels_of(me.office)
    for name, channel in chosen.items():
        state = filled(say(MEMBERSHIPS[found[channel]]), channel=channel_mark(channel))
        blocks.append(paragraph(words(setting_of(name, say), bold=True), words("\n"), *state))
        if found[channel] == Membership.OUT:
            label = say("Join the channel of: {what}", what=setting_of(name, say))
            blocks.append(buttons(button(say("Join the channel"), JOIN, channel, label=label[:75])))
    if not chosen:
        blocks.append(line(say("No channel was chosen: nothing is posted. You can choose one whenever you like.")))
    go_on = {"submit": say("Next"), "callback_id": GO_ON, "note": note} if note else {}
    return modal(say(TITLES[Step.CHANNELS]), blocks, close=say("Close"), **go_on)


def done_window(me: Me) -> Json:
    """After the last of the five steps."""
    say, fanclub = me.say, me.office.commands["fanclub"]
    lines = [
        say("That was it: the office is set up."),
        say("Change it whenever you like, at the bottom of Home or with {fanclub} office.", fanclub=fanclub),
        say("Your colleagues join by themselves, with {fanclub}. Who doesn't is not reminded.", fanclub=fanclub),
    ]
    return modal(say("Done"), [line(text) for text in lines], close=say("Close"))


def history_window(changes: Sequence[Changed], me: Me) -> Json:
    """The last changes, the newest first."""
    say = me.say
    blocks = [_changed(change, me) for change in changes]
    if not blocks:
        blocks = [line(say("Nothing was changed yet: the office has the values that it was installed with."))]
    return modal(say("Last changes"), blocks, close=say("Close"))


def _changed(change: Changed, me: Me) -> Json:
    at = change.at.astimezone(ZoneInfo(me.zone))
    when = f"{me.say.day(at.date())} {at.year} {at:%H:%M}"
    return paragraph(
        words(change.who or me.say("a colleague"), bold=True),
        words(f" · {when}\n{setting_of(change.name, me.say)}: "),
        *described(change.name, change.value, me, change.whose),
    )


def is_channel_of(office: Office, channel: str) -> bool:
    """Whether this is one of the office's own channels."""
    return channel in channels_of(office).values()


def step_line(step: Step, say: Say) -> Json:
    """Where one is, the first time."""
    return small(say("Step {number} of {all}", number=SET_UP.index(step) + 1, all=len(SET_UP)))
