"""The window with all suggestions: in which order, which of them, a page at a time; and the card at Home."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from textwrap import shorten

from bot.features.change_wall import screens
from bot.features.change_wall.rules import can_be_undone
from bot.features.change_wall.screens import PAGE, SHOW, STATUSES, SUGGEST, WALL, sure, title_of
from bot.i18n.translate import later
from bot.kernel.office import Me, Say
from bot.slack.blocks import (
    Json,
    Message,
    button,
    buttons,
    divider,
    line,
    modal,
    paragraph,
    picker,
    small,
    words,
)
from storage.idea_wall import Shown, Which
from storage.ideas import Status

PAGE_SIZE, LISTED = 10, 10  # ideas in the window; of each kind in the managers' message
ANSWER_SHOWN = 300  # characters
UNDOABLE = 3  # merges of one idea that are offered to be undone: the last ones
WHICH = {
    Which.ALL: later("All ideas"),
    Which.MINE: later("Mine"),
    Which.WAITING: later("Without an answer"),
    Which.OVERDUE: later("Past their date"),
}


@dataclass(frozen=True)
class View:
    """What the window shows."""

    which: str = Which.ALL  # a Which or a Status
    by_votes: bool = False
    offset: int = 0

    def __str__(self) -> str:
        return f"{self.which} {'votes' if self.by_votes else 'newest'} {self.offset}"


def view_in(text: str) -> View:
    """The view that a button or the window carries; the first page of all for what is none."""
    which, order, offset = (*text.split(), "", "", "")[:3]
    if which not in (*Which, *Status):
        return View()
    return View(
        which, order == "votes", int(offset) if offset.isascii() and offset.isdigit() and len(offset) < 7 else 0
    )


@dataclass(frozen=True)
class Page:
    """A page of the wall, for one person."""

    view: View
    ideas: Sequence[Shown]
    count: int  # of all pages
    supported: Collection[int]  # the ids of those that this person supports
    now: datetime


def wall_window(page: Page, today: date, me: Me) -> Json:
    """The window."""
    say, view = me.say, page.view
    rows = [block for one in page.ideas for block in _row(one, page, today, me)]
    empty = [line(say("There is nothing here yet. What could be better for our customers?"))]
    blocks = [*_controls(view, say), small(_told(page, say)), *(rows or empty), *_pages(page, say)]
    return modal(say("Wall of change"), blocks, close=say("Close"), note=str(view))


def _controls(view: View, say: Say) -> list[Json]:
    kinds = [(str(View(which, view.by_votes)), say(label)) for which, label in (*WHICH.items(), *STATUSES.items())]
    orders = [
        (str(replace(view, by_votes=False, offset=0)), say("Newest first")),
        (str(replace(view, by_votes=True, offset=0)), say("Most supported first")),
    ]
    return [
        buttons(button(say("Suggest something"), SUGGEST, style="primary")),
        small(say("Which ideas do you want to see?")),
        buttons(
            picker(say("Which ideas?"), SHOW, kinds),
            picker(say("In which order?"), f"{SHOW}.order", orders),
        ),
    ]


def _told(page: Page, say: Say) -> str:
    which = page.view.which
    label = STATUSES[Status(which)] if which in list(Status) else WHICH[Which(which)]
    order = say("Most supported first") if page.view.by_votes else say("Newest first")
    return f"{say(label)} · {order} · " + say.plural("{number} idea", "{number} ideas", page.count)


def _row(one: Shown, page: Page, today: date, me: Me) -> list[Json]:
    if one.idea.posted_on is None:
        return _undecided_row(one, me.say)
    say, value, is_given = me.say, str(one.idea.id), one.idea.id in page.supported
    who = say("by {who}", who=_by(one, say))
    elements = [] if one.into is not None else [screens.vote_button(one, say, is_given=is_given)]
    if me.is_manager and one.into is None:
        elements += [button(say("Answer"), screens.ANSWER, value), button(say("Merge"), screens.MERGE, value)]
    if one.idea.suggester_id == me.person_id:
        elements += [button(say("Change"), screens.CHANGE, value),
                     button(say("Withdraw"), screens.WITHDRAW, value, confirm=sure(say))]  # fmt: skip
    below = [small(f"{screens.state_of(one, today, say)} · {who}")]
    below += [buttons(*elements)] if elements else []
    title = paragraph(words(title_of(one.idea, say), bold=True), *_answered(one, say))
    return [divider(), title, *below, *_undo_rows(one, page.now, me)]


def _answered(one: Shown, say: Say) -> list[Json]:
    """The last answer, beneath its idea: by whom, why not, and what is possible."""
    if one.answer is None:
        return []
    said = [(f"{screens.name_of(one.answerer, say)}:", one.answer.words)]
    said += [(say("What is possible:"), one.answer.possible)] if one.answer.possible else []
    return [words(f"\n{what} {shorten(text, ANSWER_SHOWN, placeholder='…')}") for what, text in said]


def _by(one: Shown, say: Say) -> str:
    return say("a customer") if one.idea.note_id is not None else screens.name_within(one.suggester, say)


def _undecided_row(one: Shown, say: Say) -> list[Json]:
    """One's own idea that isn't posted, for others look like it."""
    compare = button(say("What looks like it"), screens.DECIDE, str(one.idea.id))
    return [
        divider(),
        paragraph(words(title_of(one.idea, say), bold=True)),
        small(say("Not posted yet: it looks like what was suggested before.")),
        buttons(compare, *screens.deciding(one.idea, say)),
    ]


def _undo_rows(one: Shown, now: datetime, me: Me) -> list[Json]:
    """Merges that a manager can still undo."""
    young = [idea for idea in one.merged if me.is_manager and can_be_undone(idea, now)]
    labels = [(idea, me.say("Undo the merge of {title}", title=title_of(idea, me.say))) for idea in young[-UNDOABLE:]]
    return [
        buttons(button(me.say("Undo the merge"), screens.UNMERGE, str(idea.id), label=label[:75]))
        for idea, label in labels
    ]


def _pages(page: Page, say: Say) -> list[Json]:
    view, more = page.view, page.view.offset + PAGE_SIZE < page.count
    turns = []
    if view.offset:
        turns.append(button(say("Back"), f"{PAGE}.back", str(replace(view, offset=max(view.offset - PAGE_SIZE, 0)))))
    if more:
        turns.append(button(say("Further"), PAGE, str(replace(view, offset=view.offset + PAGE_SIZE))))
    return [divider(), buttons(*turns)] if turns else []


def week_message(waiting: Sequence[Shown], overdue: Sequence[Shown], today: date, say: Say) -> Message:
    """To each manager, once a week: what has waited two weeks or more for an answer, and what is past its date."""
    opening = say("Ideas of colleagues that ask for your attention:")
    blocks: list[Json] = [line(opening)]
    for title, found, which in (
        (say("Without an answer for two weeks or more"), waiting, Which.WAITING),
        (say("Past their date"), overdue, Which.OVERDUE),
    ):
        if found:
            blocks.append(paragraph(words(title, bold=True), *_listed(found, today, say)))
            blocks.append(buttons(button(say("Show them"), f"{WALL}.{which}", str(View(which)))))
    return Message(opening, blocks)


def past_week_message(say: Say) -> Message:
    """What is left of that message when somebody whose idea was in it had themself erased."""
    text = say("There were ideas that asked for your attention.")
    return Message(text, [line(text), buttons(screens.wall_button(say))])


def _listed(found: Sequence[Shown], today: date, say: Say) -> list[Json]:
    rows = []
    for one in found[:LISTED]:  # the title is an element of its own: by that it is found when it is to be erased
        state = screens.state_of(one, today, say)
        rows += [words("\n• "), words(title_of(one.idea, say)), words(f" · {state}")]
    more = len(found) - LISTED
    return [*rows, words("\n" + say.plural("and {number} more", "and {number} more", more))] if more > 0 else rows


def home_card(waiting: int, overdue: int, me: Me) -> list[Json]:
    """For managers: what waits for them on the wall; nothing when nothing does."""
    say = me.say
    told = [say.plural("{number} idea waits for a first answer", "{number} ideas wait for a first answer",
                       waiting)] if waiting else []  # fmt: skip
    told += [say.plural("{number} idea is past its date", "{number} ideas are past their date",
                        overdue)] if overdue else []  # fmt: skip
    if not told:
        return []
    doors = [button(say("Without an answer"), f"{WALL}.{Which.WAITING}", str(View(Which.WAITING)))] if waiting else []
    doors += [button(say("Past their date"), f"{WALL}.{Which.OVERDUE}", str(View(Which.OVERDUE)))] if overdue else []
    return [divider(), line("\n".join(told)), buttons(*doors)]
