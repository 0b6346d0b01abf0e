"""What people see of the to-not list: the window, and the card at Home."""

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from bot.features.to_nots.rules import VOTES, may_withdraw, minutes_won
from bot.kernel.office import Me, Say
from bot.slack.blocks import Json, button, buttons, confirm, divider, line, modal, paragraph, small, words
from storage.to_nots import ToNot

OPEN, PROPOSE = "to_not.open", "to_not.propose"
AGREE, TAKE_BACK, KEEP_UP, LET_GO = "to_not.agree", "to_not.take_back", "to_not.keep_up", "to_not.let_go"


class TheList(Protocol):
    """What is on the list and what is proposed, for one person."""

    @property
    def to_nots(self) -> Sequence[ToNot]: ...
    @property
    def votes(self) -> Mapping[int, int]: ...
    @property
    def mine(self) -> Collection[int]: ...
    @property
    def months(self) -> Mapping[int, Sequence[str]]: ...
    @property
    def month(self) -> str: ...
    @property
    def ending(self) -> Mapping[int, int]: ...
    @property
    def mine_ending(self) -> Collection[int]: ...


def list_window(found: TheList, me: Me) -> Json:
    """What the team stopped doing, and beneath it what is proposed."""
    say = me.say
    agreed = [one for one in found.to_nots if one.agreed_on is not None]
    proposed = [one for one in found.to_nots if one.agreed_on is None]
    blocks = [
        line(
            _won(minutes_won(agreed), say) if agreed else say("What could we stop doing, to have time for customers?")
        ),
        buttons(button(say("Stop doing something"), PROPOSE, style="primary")),
        *(block for one in agreed for block in _agreed(one, found, me)),
    ]
    if proposed:
        heard = say("It is on the list once {votes} colleagues agree, or a manager.", votes=VOTES)
        blocks += [divider(), line(say("Proposed")), small(heard)]
        blocks += [block for one in proposed for block in _proposed(one, found, me)]
    return modal(say("To-not list"), blocks, close=say("Close"))


def _agreed(one: ToNot, found: TheList, me: Me) -> list[Json]:
    say, value, months = me.say, str(one.id), found.months.get(one.id or 0, ())
    is_kept = found.month in months
    told = [_minutes(one.minutes, say)]
    told += [say.plural("held on to in {number} month", "held on to in {number} months", len(months))] if months else []
    told += [say("this month too")] if is_kept else []
    if ending := found.ending.get(one.id or 0, 0):
        told.append(say.plural("{number} colleague would let it go; with {votes} it is off the list",
                               "{number} colleagues would let it go; with {votes} it is off the list",
                               ending, votes=VOTES))  # fmt: skip
    label = say("We hold on to it this month: {what}", what=one.text)[:75]
    row = [] if is_kept else [button(say("We hold on to it"), KEEP_UP, value, label=label)]
    return [_named(one), small(" · ".join(told)), buttons(*row, _ending(one, found, me))]


def _ending(one: ToNot, found: TheList, me: Me) -> Json:
    """A manager ends it at once; anybody else votes on it, and can take that back."""
    say, value = me.say, str(one.id)
    if me.is_manager:
        label = say("Let it go: {what}", what=one.text)[:75]
        return button(say("Let it go"), LET_GO, value, confirm=_sure(say), label=label)
    if one.id in found.mine_ending:
        label = say("Keep it on the list after all: {what}", what=one.text)[:75]
        return button(say("Keep it after all"), TAKE_BACK, value, label=label)
    label = say("I'd rather let it go: {what}", what=one.text)[:75]
    return button(say("I'd rather let it go"), LET_GO, value, label=label)


def _proposed(one: ToNot, found: TheList, me: Me) -> list[Json]:
    say, value = me.say, str(one.id)
    votes = say.plural("{number} colleague agrees", "{number} colleagues agree", found.votes.get(one.id or 0, 0))
    label = say("I agree to stop this: {what}", what=one.text)[:75]
    row = [button(say("I agree"), AGREE, value, label=label)]
    if one.id in found.mine:
        row = [button(say("I don't agree any more"), TAKE_BACK, value)]
    if may_withdraw(one, me):
        row.append(button(say("Withdraw"), LET_GO, value, confirm=_sure(say)))
    return [_named(one), small(f"{_minutes(one.minutes, say)} · {votes}"), buttons(*row)]


def _named(one: ToNot) -> Json:
    return paragraph(words(one.text, bold=True))


def _minutes(number: int, say: Say) -> str:
    return say.plural("{number} minute a week", "{number} minutes a week", number)


def _won(number: int, say: Say) -> str:
    return say.plural("This gives us {number} minute a week for customers.",
                      "This gives us {number} minutes a week for customers.", number)  # fmt: skip


def _sure(say: Say) -> Json:
    return confirm(say("Off the list?"), say("It can be proposed again."), say("Off the list"), say("Keep it"))


def home_card(minutes: int, unsaid: int, proposed: int, me: Me) -> list[Json]:
    """The minutes a week that were won, how much nobody spoke for this month, and how much is proposed.

    Nothing where there is nothing.
    """
    say = me.say
    told = [_won(minutes, say)] if minutes else []
    told += [say.plural("Do we still hold on to it this month? {number} thing waits for your word.",
                        "Do we still hold on to it this month? {number} things wait for your word.",
                        unsaid)] if unsaid else []  # fmt: skip
    told += [say.plural("{number} thing to stop doing is proposed.", "{number} things to stop doing are proposed.",
                        proposed)] if proposed else []  # fmt: skip
    if not told:
        return []
    title = paragraph(words(say("What we stop doing"), bold=True))
    return [divider(), title, line("\n".join(told)), buttons(button(say("The to-not list"), OPEN))]
