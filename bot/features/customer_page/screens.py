"""What colleagues see in Slack of answers to the open question and of calls to make."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.kernel.office import Me, Say
from bot.kernel.sentence import Sentence
from bot.slack.blocks import (
    Json,
    Message,
    button,
    buttons,
    divider,
    header,
    line,
    modal,
    paragraph,
    small,
    words,
)
from storage.customers import CustomerNote, NoteKind
from storage.people import Person

CLAIM, RELEASE, CALLED = "note.claim", "note.release", "note.called"
IDEA, ENTER, UNDO, ANSWERS = "note.idea", "note.enter", "note.undo", "note.answers"


@dataclass(frozen=True)
class Seen:
    """A note with what stands around it."""

    note: CustomerNote
    taker: Person | None = None  # who calls, or made an idea of it
    hearer: Person | None = None  # to whom the customer said it
    link: str = ""  # the name of the link through which it came
    is_free: bool = True  # nobody took it up, or who did can't call any more
    is_late: bool = False  # it was taken up so long ago that another may take it over


def note_message(seen: Seen, me: Me) -> Message:
    """What a manager gets of a note, and what becomes of that message."""
    return _call_message(seen, me) if seen.note.kind == NoteKind.CALL else _answer_message(seen, me)


def _call_message(seen: Seen, me: Me) -> Message:
    text = me.say("Something went wrong for a customer, who would like to be called.")
    return Message(text, [line(text), *_call(seen, me)])


def _call(seen: Seen, me: Me) -> list[Json]:
    """Who is to be called, and who does. How to reach them is seen by who may call."""
    note, say = seen.note, me.say
    is_mine = not seen.is_free and note.taken_by == me.person_id
    may_call = me.is_manager and note.settled_at is None and (seen.is_free or seen.is_late or is_mine)
    blocks: list[Json] = []
    if may_call or note.name:
        reach = f" · {note.contact}" if note.name else note.contact
        blocks.append(paragraph(words(note.name, bold=True), words(reach if may_call else "", bold=True)))
    if note.text:
        blocks.append(paragraph(words(note.text)))
    blocks.append(small(_call_state(seen, say, is_mine=is_mine, may_call=may_call)))
    return [*blocks, *_call_buttons(note, say, is_mine=is_mine)] if may_call else blocks


def _call_state(seen: Seen, say: Say, *, is_mine: bool, may_call: bool) -> str:
    if seen.note.settled_at is not None:
        return say("✓ Called by {who}", who=_name(seen.taker, say))
    if is_mine:
        return say("You are calling. Your colleagues see that.")
    who = _name(seen.taker, say)
    if not seen.is_free and not may_call:
        return say("{who} is calling.", who=who)
    if not seen.is_free:
        return say("{who} took this up more than a day ago, and it is still open. You can take it over.", who=who)
    before = [say("{who} took it up before", who=who)] if seen.taker else []
    return " · ".join([say("Nobody is calling yet"), *before, *([seen.link] if seen.link else [])])


def _call_buttons(note: CustomerNote, say: Say, *, is_mine: bool) -> list[Json]:
    value = str(note.id)
    if is_mine:
        return [
            buttons(button(say("Called ✓"), CALLED, value, style="primary"), button(say("I can't"), RELEASE, value))
        ]
    return [buttons(button(say("I'll call"), CLAIM, value, style="primary"))]


def _answer_message(seen: Seen, me: Me) -> Message:
    text = me.say("A customer told what we could have done better.")
    return Message(text, [line(text), *_answer(seen, me)])


def _answer(seen: Seen, me: Me) -> list[Json]:
    note, say = seen.note, me.say
    blocks = [paragraph(words(note.text)), small(_answer_state(seen, say))]
    if me.is_manager and note.settled_at is None:
        label = say("Make an idea of it: {text}", text=note.text)[:75]
        blocks.append(buttons(button(say("Make it an idea"), IDEA, str(note.id), label=label)))
    return blocks


def _answer_state(seen: Seen, say: Say) -> str:
    heard = [say("Heard by {who}", who=_name(seen.hearer, say))] if seen.note.heard_by else [say("Through the page")]
    where = [seen.link] if seen.link else []
    made = [say("{who} made an idea of it", who=_name(seen.taker, say))] if seen.note.settled_at else []
    return " · ".join([*heard, *where, *made])


def _name(person: Person | None, say: Say) -> str:
    """By the name alone: a mention would notify."""
    return (person.name if person else "") or say("a colleague")


def entered_message(note_id: int, say: Say) -> Message:
    """The private answer to who entered what a customer said."""
    text = say("Thank you. The managers read it. To the customer, “thank you” is all there is to say.")
    return Message(text, [line(text), buttons(button(say("Undo"), UNDO, str(note_id)))])


def entered_window(say: Say) -> Json:
    """What follows the form."""
    text = say("Thank you. The managers read it. To the customer, “thank you” is all there is to say.")
    return modal(say("Answer of a customer"), [line(text)], close=say("Close"))


def undone_message(text: str | None, say: Say) -> Message:
    """In place of the private answer, after "Undo": the words are not lost."""
    if text is None:
        return Message(say("It can't be taken back any more."))
    opening = say("Taken back. This is what you wrote, should you want it again:")
    return Message(opening, [line(opening), paragraph(words(text))])


def idea_window(remarks: Sequence[Sentence], say: Say) -> Json:
    """What follows the form of an idea: what others have to say of it, if anything."""
    said = [say(remark.english, **remark.values) for remark in remarks]
    told = said or [say("It is an idea on the wall of change now.")]
    return modal(say("Make it an idea"), [line(text) for text in told], close=say("Close"))


def help_message(me: Me) -> Message:
    """`/fanclub answer help`."""
    say, fanclub = me.say, me.office.commands["fanclub"]
    lines = [
        say("Ask a customer: what could we have done better? Whatever the answer is, say only “thank you”."),
        say("Then type {fanclub} answer and what you heard; without words a form opens.", fanclub=fanclub),
        say("The managers read it, and can make an idea of it."),
    ]
    return Message(lines[0], [line(text) for text in lines])


def answers_window(answers: Sequence[Seen], me: Me) -> Json:
    """The latest answers, for managers."""
    say = me.say
    blocks: list[Json] = [
        line(say("“What could we have done better?” These are the latest answers.")),
        buttons(button(say("Enter an answer"), ENTER)),
    ]
    for seen in answers:
        blocks += [divider(), paragraph(words(say.day(seen.note.received_at.date()), bold=True)), *_answer(seen, me)]
    if not answers:
        blocks.append(small(say("There are none yet. Ask today's nicest customer.")))
    return modal(say("Answers of customers"), blocks, close=say("Close"))


def home_card(calls: Sequence[Seen], count: int, *, has_answers: bool, me: Me) -> list[Json]:
    """Who waits to be called; nothing where there is nobody, and no answer to read."""
    say = me.say
    if not calls and not has_answers:
        return []
    blocks: list[Json] = [header(say("From customers"))]
    if calls:
        blocks.append(
            line(say.plural("{number} customer waits for a call", "{number} customers wait for a call", count))
        )
    for seen in calls:
        blocks += _call(seen, me)
    if has_answers:
        blocks.append(buttons(button(say("Read the answers of customers"), ANSWERS)))
    return [divider(), *blocks]
