"""What people see of leaderboards in Slack: the board, what a manager can do with it, and what came of that."""

from dataclasses import dataclass

from bot.features.leaderboards import drawing, standing, wording
from bot.features.leaderboards.rules import modes_for
from bot.features.leaderboards.wording import MODES, Shown
from bot.i18n.translate import later
from bot.kernel.office import Me, Say
from bot.kernel.periods import code_of
from bot.kernel.weekly import BoardMode
from bot.slack.blocks import (
    Json,
    Message,
    button,
    buttons,
    channel_mark,
    filled,
    header,
    line,
    paragraph,
    picker,
    small,
    words,
)
from bot.slack.channels import Membership

MODE, POST, PLACE, JOIN, FILE = "board.mode", "board.post", "board.place", "board.join", "board.file"
OUTSIDE = {
    Membership.OUT: later("I'm not in {channel} yet."),
    Membership.HIDDEN: later("I can't get into {channel} by myself. Invite me there, with /invite, and try again."),
}


@dataclass(frozen=True)
class Chosen:
    """What a button or a form is about: a period by its code, a mode, and a channel (empty: none yet)."""

    code: str
    mode: BoardMode
    channel: str = ""

    def __str__(self) -> str:
        return f"{self.code} {self.mode.value} {self.channel}".strip()


def board_message(seen: Shown, say: Say) -> Message:
    """The board as it stands in a channel."""
    return _message(seen, say, [])


def private_message(seen: Shown, me: Me, channel: str = "") -> Message:
    """The board for one person, who can show it otherwise; a manager can post it, and get it as a file.

    `channel` is where they asked for it; empty where nothing can be posted.
    """
    return _message(seen, me.say, _deeds(seen, me, channel))


def _message(seen: Shown, say: Say, deeds: list[Json]) -> Message:
    top = header(wording.title(seen, say)[:150]) | {"block_id": standing.mark_of(seen)}
    if wording.is_empty(seen.board):
        nothing = wording.empty_line(seen, say)
        return Message(nothing, [top, line(nothing), *deeds])
    rest = wording.beneath(seen, say)
    below = [*([line(rest)] if rest else []), small(wording.counted_line(seen.mode, say)), *deeds]
    drawn, written = drawing.drawn(seen, say), drawing.written(seen, say)
    plainer = [top, *written, *below] if drawn else []
    return Message(wording.sentence(seen, say), [top, *drawn, *below], plainer=plainer)


def _deeds(seen: Shown, me: Me, channel: str) -> list[Json]:
    """What somebody can do with it."""
    say, code = me.say, code_of(seen.period)
    value = str(Chosen(code, seen.mode, channel))
    allowed = modes_for(me.office.board_mode, me.is_manager)
    choices = [(str(Chosen(code, mode, channel)), say(MODES[mode])) for mode in allowed]
    modes = picker(say("Show it another way"), MODE, choices)
    shown = next(one for one in modes["options"] if one["value"] == value)
    show = modes | {"initial_option": shown}
    if not me.is_manager:
        return [buttons(show)] if len(choices) > 1 else []
    posts = []
    if not wording.is_empty(seen.board):
        if channel:
            posts.append(button(say("Post in this channel"), POST, value, style="primary"))
        posts.append(button(say("Post in …"), PLACE, value))
    return [buttons(show, *posts, button(say("CSV"), FILE, value))]


def posted_message(channel: str, me: Me, *, is_new: bool) -> Message:
    """What a manager reads after posting one."""
    say = me.say
    text = say("In a moment it stands in {channel}.") if is_new else say("It stood in {channel} today; I renewed it.")
    spoken = say("In a moment it stands there.") if is_new else say("It stood there today; I renewed it.")
    return Message(spoken, [paragraph(*filled(text, channel=channel_mark(channel)))])


def outside_message(chosen: Chosen, state: Membership, me: Me) -> Message:
    """The bot is not in the channel; into a public one it gets when a manager wants that."""
    say = me.say
    text = paragraph(*filled(say(OUTSIDE[state]), channel=channel_mark(chosen.channel)))
    join = [buttons(button(say("Join and post"), JOIN, str(chosen), style="primary"))]
    return Message(say("I'm not in that channel."), [text, *(join if state is Membership.OUT else [])])


def coming_message(me: Me) -> Message:
    text = me.say("The file is on its way: in a moment it is in your messages with me.")
    return Message(text, [line(text)])


def help_message(me: Me) -> Message:
    """`/topfans help`."""
    say, topfans = me.say, me.office.commands["topfans"]
    lines = [
        say("Who made the most fans: people, groups or the whole team, as your office likes it."),
        f"{topfans} " + say("last week"),
        say("You can also write: today, week 47, month, november, quarter, year, 2026-W47 or 2026-11."),
        say("{topfans} on its own is this week; on Monday morning it is still last week.", topfans=topfans),
        say("Only you see the answer. A manager can post it in a channel."),
    ]
    blocks = [line(text) for text in lines]
    blocks[1] = paragraph(words(lines[1], bold=True))
    return Message(lines[0], blocks)
