"""What people see of the rules that may be bent: the list with its search, the message to managers, the card."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from bot.features.permissions.rules import WITHIN_DAYS
from bot.kernel.office import Me, Say
from bot.kernel.sentence import Sentence
from bot.slack.blocks import (
    Json,
    Message,
    button,
    buttons,
    confirm,
    divider,
    line,
    modal,
    paragraph,
    small,
    words,
)
from storage.permissions import Permission

OPEN, SEARCH, FURTHER, BACK = "rule.open", "rule.search", "rule.further", "rule.back"
WRITE, CHANGE, WITHDRAW = "rule.write", "rule.change", "rule.withdraw"
PROPOSE, SCRAP = "rule.propose", "rule.scrap"
PAGE_SIZE, AT_HOME = 20, 3  # rules
LONGEST_SEARCH = 100  # characters


@dataclass(frozen=True)
class View:
    """What the window shows."""

    search: str = ""
    offset: int = 0

    def __str__(self) -> str:
        return f"{self.offset} {self.search}"


def view_in(text: str) -> View:
    """The view that a button or a window carries; the first page of all for what is none."""
    offset, _, search = text.partition(" ")
    is_number = offset.isascii() and offset.isdigit() and len(offset) < 7
    return View(search[:LONGEST_SEARCH], int(offset)) if is_number else View()


class Page(Protocol):
    """A page of the rules that hold and that somebody looks for."""

    @property
    def view(self) -> View: ...
    @property
    def rules(self) -> Sequence[Permission]: ...
    @property
    def count(self) -> int: ...
    @property
    def bent(self) -> Mapping[int, int]: ...


def rules_window(page: Page, me: Me) -> Json:
    """What everybody may do without asking, with a search; managers keep the list."""
    say = me.say
    doors = [button(say("A rule in the way"), PROPOSE)]
    doors += [button(say("New rule"), WRITE, style="primary")] if me.is_manager else []
    rows = [block for rule in page.rules for block in _row(rule, page.bent.get(rule.id or 0, 0), me)]
    blocks = [
        line(say("All of this is allowed without asking, to make a customer a fan.")),
        buttons(*doors),
        _search(page.view.search, say),
        *(rows or [line(_nothing(page.view.search, me))]),
        *_turns(page, say),
    ]
    title, submit = say("Allowed without asking"), say("Search")
    return modal(title, blocks, submit=submit, close=say("Close"), callback_id=SEARCH, note=str(page.view))


def _search(search: str, say: Say) -> Json:
    element: Json = {"type": "plain_text_input", "action_id": "search", "max_length": LONGEST_SEARCH}
    element |= {"initial_value": search} if search else {}
    label = {"type": "plain_text", "text": say("Search for words"), "emoji": True}
    return {"type": "input", "block_id": "search", "label": label, "element": element, "optional": True}


def _row(rule: Permission, bent: int, me: Me) -> list[Json]:
    say, value = me.say, str(rule.id)
    told = say.plural("Bent {number} time in the last {days} days", "Bent {number} times in the last {days} days",
                      bent, days=WITHIN_DAYS)  # fmt: skip
    row = [button(say("Can it be better?"), PROPOSE, value, label=say("Propose to widen or drop this rule"))]
    if me.is_manager:
        row += [button(say("Change"), CHANGE, value), button(say("Withdraw"), WITHDRAW, value, confirm=_sure(say))]
    details = f"\n{rule.details}" if rule.details else ""
    return [
        paragraph(words(rule.text, bold=True), words(details)),
        *([small(told)] if bent else []),
        buttons(*row),
    ]


def _sure(say: Say) -> Json:
    return confirm(say("Withdraw this rule?"), say("Then it has to be asked again."), say("Withdraw"), say("Keep it"))


def _nothing(search: str, me: Me) -> str:
    if search:
        return me.say("There is no rule like that.")
    if me.is_manager:
        return me.say("There are no rules yet. What may everybody do for a customer without asking?")
    return me.say("There are no rules yet. Which one would you like to bend?")


def _turns(page: Page, say: Say) -> list[Json]:
    view, turns = page.view, []
    if view.offset:
        turns.append(button(say("Back"), BACK, str(replace(view, offset=max(view.offset - PAGE_SIZE, 0)))))
    if view.offset + PAGE_SIZE < page.count:
        turns.append(button(say("Further"), FURTHER, str(replace(view, offset=view.offset + PAGE_SIZE))))
    return [divider(), buttons(*turns)] if turns else []


def proposed_window(remarks: Sequence[Sentence], me: Me) -> Json:
    """What follows the form of a proposal."""
    return modal(me.say("Your proposal"), [line(text) for text in _said(remarks, me.say)], close=me.say("Close"))


def often_message(rule: Permission, times: int, say: Say) -> Message:
    """To each manager, once: a rule that is bent so often that it may go."""
    opening = say.plural(
        "This was done {number} time in {days} days, though a rule said otherwise. Is that rule still needed?",
        "This was done {number} times in {days} days, though a rule said otherwise. Is that rule still needed?",
        times, days=WITHIN_DAYS,
    )  # fmt: skip
    row = buttons(button(say("Suggest to scrap it"), SCRAP, str(rule.id)))
    return Message(opening, [line(opening), paragraph(words(rule.text, bold=True)), row])


def scrapped_message(rule: Permission, remarks: Sequence[Sentence], say: Say) -> Message:
    """What that message becomes once a manager made it an idea; no button stays behind."""
    said = [line(text) for text in _said(remarks, say)]
    text = say("A rule to scrap was suggested.")
    return Message(text, [line(text), paragraph(words(rule.text, bold=True)), *said])


def withdrawn_message(rule: Permission, say: Say) -> Message:
    """What that message becomes once the rule is off the list."""
    text = say("This rule is not there any more.")
    return Message(text, [line(text), paragraph(words(rule.text, bold=True))])


def _said(remarks: Sequence[Sentence], say: Say) -> list[str]:
    thanks = [say("Thank you. Your proposal is saved.")]
    return [say(remark.english, **remark.values) for remark in remarks] or thanks


def home_card(rules: Sequence[Permission], me: Me) -> list[Json]:
    """The first rules, and the way to all; nothing where there are none. One more than is shown tells that."""
    if not rules:
        return []
    say = me.say
    listed = [words(f"\n• {rule.text}") for rule in rules[:AT_HOME]]
    label = say("All rules") if len(rules) > AT_HOME else say("Show the rules")
    title = words(say("Allowed without asking"), bold=True)
    return [divider(), paragraph(title, *listed), buttons(button(label, OPEN))]
