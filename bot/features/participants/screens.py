"""What people see of taking part: the hub, the answers, the invitation, the card at Home."""

import html
from collections.abc import Sequence
from datetime import date

from bot.features.participants.rules import FOUNDERS, OFFERED, Choices, Entered, Invited, Skip
from bot.i18n.translate import later
from bot.kernel.calendar import Workdays
from bot.kernel.office import Me, Say
from bot.kernel.roles import may_manage
from bot.kernel.sentence import Choice, Sentence
from bot.slack.blocks import (
    Json,
    Message,
    button,
    buttons,
    confirm,
    divider,
    filled,
    header,
    line,
    modal,
    paragraph,
    small,
    words,
)
from storage.participants import Volume

JOIN, LEAVE, SETTINGS = "participant.join", "participant.leave", "participant.settings"
ABSENCE, BACK = "participant.absence", "participant.back"
INVITE, DECLINE, NO_NUDGE = "participant.invite", "participant.decline", "participant.no_nudge"
NUDGES = {f"participant.nudge.{at:%H%M}": f"{at:%H:%M}" for at in OFFERED}
TIP, OFFICE = "coach.tip", "office.open"  # other features' buttons

WHAT = later("Every working day you make one customer a fan, and you tell it in a sentence. That is all.")
WEEKDAYS = (
    *(later("Monday"), later("Tuesday"), later("Wednesday"), later("Thursday"), later("Friday")),
    *(later("Saturday"), later("Sunday")),
)
SKIPPED = {
    Skip.YOURSELF: later("That is you"),
    Skip.IN: later("Takes part already"),
    Skip.ASKED: later("Was asked before, and nobody is asked twice"),
    Skip.CANNOT: later("Can't take part: a guest, a bot, or somebody who left"),
    Skip.UNKNOWN: later("I don't know them yet. Try again in a few minutes"),
}


def nudge(person_id: int) -> Sentence:
    """The question after somebody's first story. A button carries whose it is (`without_nudge`)."""
    times = (Choice(at, action, at) for action, at in NUDGES.items())
    no = Choice(later("No"), NO_NUDGE, str(person_id))
    return Sentence(later("Shall I give you a nudge every working day?"), choices=(*times, no))


def without_nudge(body: Json) -> Message:
    """A message as it stands, without that question and its buttons: it was answered."""
    blocks = body["blocks"]
    asked = next(at for at, one in enumerate(blocks) if NO_NUDGE in map(_action, one.get("elements", ())))
    return Message(html.unescape(body["text"]), [*blocks[: asked - 1], *blocks[asked + 1 :]])


def _action(element: Json) -> str | None:
    return element.get("action_id")


def hub_message(choices: Choices | None, joined: int, me: Me) -> Message:
    """`/fanclub`: what it is, whether one takes part, and what one can do. `joined` is how many take part."""
    say = me.say
    blocks = [header(say("The fan club")), line(say(WHAT)), line(_part(choices, me))]
    if choices is None and joined < FOUNDERS:
        blocks.append(small(founders_line(joined, say)))
    blocks.append(buttons(_in_or_out(choices, say), *_doors(say), button(say("A tip"), TIP)))
    rights = [button(say("Invite colleagues"), INVITE)] if me.is_manager else []
    rights += [button(say("Settings of the office"), OFFICE)] if may_manage(me) else []
    if rights:
        blocks.append(buttons(*rights))
    return Message(say(WHAT), blocks)


def home_card(choices: Choices | None, me: Me) -> list[Json]:
    """At the bottom of Home."""
    return [divider(), small(_part(choices, me)), buttons(_in_or_out(choices, me.say), *_doors(me.say))]


def _doors(say: Say) -> list[Json]:
    return [button(say("My settings"), SETTINGS), button(say("Away"), ABSENCE)]


def _in_or_out(choices: Choices | None, say: Say) -> Json:
    if choices is None:
        return button(say("I'll take part"), JOIN, style="primary")
    sure = confirm(
        say("Stop taking part?"), say("You get no reminders any more. Your stories stay."), say("Stop"), say("Stay")
    )
    return button(say("Stop"), LEAVE, confirm=sure, label=say("Stop taking part"))


def _part(choices: Choices | None, me: Me) -> str:
    if choices is not None:
        return me.say("You take part.") + " " + when_reminded(choices, me.say)
    if me.is_manager:
        return me.say(
            "You don't take part, so I send you only what you need to know as a manager. "
            "You can always tell a story with {fan}.",
            fan=me.office.commands["fan"],
        )
    return me.say(
        "You don't take part, so you get no reminders. You can always tell a story with {fan}.",
        fan=me.office.commands["fan"],
    )


def when_reminded(choices: Choices, say: Say) -> str:
    """A sentence on when the reminders come."""
    at, days = f"{choices.at:%H:%M}", days_in_words(choices.days, say)
    if choices.volume == Volume.WEEKLY:
        return say("You get a nudge once a week: at {at} on your first working day ({days}).", at=at, days=days)
    if choices.volume == Volume.NORMAL and choices.second_at > choices.at:
        return say(
            "You get a nudge at {at}, and another at {second} if you told nothing yet: {days}.",
            at=at, second=f"{choices.second_at:%H:%M}", days=days,
        )  # fmt: skip
    return say("You get a nudge at {at}: {days}.", at=at, days=days)


def days_in_words(days: Workdays, say: Say) -> str:
    """Such as "Monday to Friday", or "Monday, Tuesday, Thursday"."""
    order = sorted(days)
    names = [say(WEEKDAYS[day]) for day in order]
    if len(order) > 2 and order[-1] - order[0] == len(order) - 1:
        return say("{first} to {last}", first=names[0], last=names[-1])
    return ", ".join(names)


def founders_line(joined: int, say: Say) -> str:
    """How far the group is that it begins with."""
    if not joined:
        return say("It begins with the first twelve. You could be the first.")
    return say.plural(
        "It begins with the first twelve. {number} takes part now.",
        "It begins with the first twelve. {number} take part now.",
        joined,
    )


def already_message(choices: Choices, me: Me) -> Message:
    """To who joins again while they take part."""
    text = _part(choices, me)
    return Message(text, [line(text), buttons(*_doors(me.say))])


def joined_message(choices: Choices, me: Me) -> Message:
    """What an invitation becomes."""
    text = me.say("Good to have you.") + " " + when_reminded(choices, me.say)
    return Message(text, [line(text)])


def joined_window(choices: Choices, me: Me) -> Json:
    """What follows the form of joining."""
    hint = me.say("Do you want it otherwise? {fanclub} has your settings, days off, and the way out.", **_fanclub(me))
    return window(me, [*joined_message(choices, me).blocks, small(hint)])


def left_message(has_left: bool, me: Me) -> Message:
    """The answer to who stops."""
    if has_left:
        text = me.say("You have stopped: no more reminders. Your stories stay, and you can come back any time.")
    else:
        text = me.say("You didn't take part, so nothing has to stop. I won't ask whether you want to.")
    return Message(text, [line(text), buttons(button(me.say("I'll take part"), JOIN))])


def declined_message(me: Me) -> Message:
    """The answer to a no, and what an invitation becomes; no button stays behind."""
    text = me.say("That's fine, I won't ask again. Should you change your mind: {fanclub}.", **_fanclub(me))
    return Message(text, [line(text)])


def invitation_message(inviter: Me, joined: int, me: Me) -> Message:
    """The one message to who was invited; `me` is the reader. A button carries whose it is (`forget_inviter`)."""
    say, by = me.say, str(inviter.person_id)
    opening = say("{who} asks whether you'd like to take part in the fan club.")
    return Message(
        opening.replace("{who}", inviter.name or say("a colleague")),
        [
            paragraph(*filled(opening, who=words(inviter.name or say("a colleague"), bold=True))),
            line(say(WHAT)),
            *([small(founders_line(joined, say))] if joined < FOUNDERS else []),
            line(say("Take part and you get a nudge at a time of your own. Not for you? Then you won't hear of it.")),
            buttons(button(say("I'll take part"), JOIN, style="primary"), button(say("No, thanks"), DECLINE, by)),
        ],
    )


def invited_window(invited: Invited, me: Me) -> Json:
    """What became of the invitations, for the manager."""
    say, count = me.say, len(invited.sent)
    sent = say.plural("{number} invitation is on its way.", "{number} invitations are on their way.", count)
    blocks = [line(sent)] if count else [line(say("No invitation went out."))]
    for why, names in invited.skipped.items():
        blocks.append(paragraph(words(say(SKIPPED[why]), bold=True), words(": " + _names(names, say))))
    return window(me, [*blocks, small(founders_line(invited.joined, say))])


def _names(names: Sequence[str], say: Say) -> str:
    """Who has no name yet is counted."""
    known = [name for name in names if name]
    unknown = len(names) - len(known)
    if unknown:
        many = say.plural("{number} colleague", "{number} colleagues", unknown)
        known = [*known, say("a colleague") if unknown == 1 else many]
    return ", ".join(known)


def changed_window(choices: Choices | None, me: Me) -> Json:
    """What follows the form of one's settings."""
    return window(me, [line(me.say("Saved.")), *([line(when_reminded(choices, me.say))] if choices else [])])


def away_window(entered: Entered, today: date, me: Me) -> Json:
    """What follows the form of an absence."""
    span, own = words(span_in_words(entered.first, entered.last, today, me.say)), entered.colleague is None
    if own:
        said = filled(me.say("You get no reminders: {span}."), span=span)
    else:
        who = words(entered.colleague or me.say("a colleague"), bold=True)
        said = filled(me.say("{who} gets no reminders: {span}."), who=who, span=span)
    theirs, mine = (
        later("Only they can see it, and take it back."),
        later("Your streak stays, and nobody else sees this."),
    )
    return window(me, [paragraph(*said), small(me.say(mine if own else theirs))])


def span_in_words(first: date, last: date, today: date, say: Say) -> str:
    """One day, or from one to another; with the year when it isn't this one."""
    start, end = _day(first, today, say), _day(last, today, say)
    return start if first == last else say("{first} to {last}", first=start, last=end)


def _day(day: date, today: date, say: Say) -> str:
    return say.day(day) if day.year == today.year else f"{say.day(day)} {day.year}"


def window(me: Me, blocks: Sequence[Json]) -> Json:
    """What follows a form that was sent. Closing it closes what lies beneath: that is from before."""
    return modal(me.say("The fan club"), blocks, close=me.say("Close")) | {"clear_on_close": True}


def _fanclub(me: Me) -> dict[str, str]:
    return {"fanclub": me.office.commands["fanclub"]}
