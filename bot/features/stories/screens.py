"""What people see of stories: the post, the answers, the form, the card at Home."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from bot.i18n.translate import later
from bot.kernel.office import Me, Office, Say
from bot.kernel.sentence import Sentence
from bot.slack.blocks import (
    Json,
    Message,
    button,
    buttons,
    channel_mark,
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
from storage.stories import Draft, Moment, Story

TELL, CHANGE, REMOVE, UNDO, APPLAUD = "story.tell", "story.change", "story.remove", "story.undo", "story.applaud"
THANK = "thanks.give"  # of the feature that keeps thanks

NO_CHANNEL = Sentence(
    later("There is no channel for stories yet. Yours is saved; ask who looks after the bot to set one.")
)
MOMENTS = {
    Moment.SAYING_NO: later("A no, but…"),
    Moment.COMPLAINT: later("A complaint"),
    Moment.QUESTION: later("A question or a problem"),
    Moment.NOT_OURS: later("Not our problem"),
    Moment.OTHER: later("Something else"),
}
IN_A_POST = {
    Moment.SAYING_NO: later("while saying no"),
    Moment.COMPLAINT: later("over a complaint"),
    Moment.QUESTION: later("over a question or a problem"),
    Moment.NOT_OURS: later("over what wasn't our problem"),
}
QUOTED = 140  # characters of a story in a list


class Named(Protocol):
    """Somebody with a name and a Slack id."""

    @property
    def name(self) -> str: ...
    @property
    def slack_id(self) -> str: ...


@dataclass(frozen=True)
class Shown:
    """What a post shows of a story."""

    id: int | None
    text: str
    day: date
    posted_on: date | None
    moment: str | None
    unasked: bool


class DraftChoice(StrEnum):
    """What a draft is to become; each is a button."""

    SHARE = "draft.share"
    KEEP = "draft.keep"
    DROP = "draft.drop"


def story_message(
    story: Story | Shown, teller: Named, helpers: Sequence[Named], applause: int, office: Office
) -> Message:
    """The post in the stories channel: never an amount, never the customer's name."""
    if not story.text:
        return wordless_message(office)
    say = office.say
    label = say("Applaud this story of {who}", who=_name(teller, say))
    blocks: list[Json] = [
        paragraph(
            *filled(say("{who} made a fan"), who=words(_name(teller, say), bold=True)),
            words(_told_how(story, say)),
        ),
        paragraph(words(story.text)),
    ]
    if helpers:
        blocks.append(paragraph(words(say("Together with") + " ", italic=True), *_names(helpers, say)))
    value, own = str(story.id), [teller.slack_id]
    blocks.append(
        buttons(
            button(_applause_text(applause, say), APPLAUD, value, label=label[:75]),
            button(say("Thank"), THANK, value, label=say("Thank {who} for this story", who=_name(teller, say))[:75]),
            button(say("Change"), CHANGE, value, only_for=own),
            button(say("Delete"), REMOVE, value, only_for=own, confirm=_sure(say)),
        )
    )
    return Message(say("{who} made a fan: {story}", who=_name(teller, say), story=story.text), blocks)


def wordless_message(office: Office) -> Message:
    """What is left of a post whose teller had everything about themself erased."""
    text = office.say("A colleague made a fan.")
    return Message(text, [line(text)])


def _told_how(story: Story | Shown, say: Say) -> str:
    marks = [say(IN_A_POST[Moment(story.moment)])] if story.moment and story.moment != Moment.OTHER else []
    marks += [say("unasked")] if story.unasked else []
    posted = story.posted_on or story.day
    marks += [say.day(story.day)] if story.day != posted else []
    return "".join(f" · {mark}" for mark in marks)


def _names(people: Sequence[Named], say: Say) -> list[Json]:
    marks: list[Json] = []
    for person in people:
        marks += [words(", ")] if marks else []
        marks.append(words(_name(person, say)))
    return marks


def _name(person: Named, say: Say) -> str:
    """By the name alone: a mention would notify. Slack tells it soon after somebody is first heard of."""
    return person.name or say("a colleague")


def _applause_text(applause: int, say: Say) -> str:
    text = "👏 " + say("Nice one")
    return f"{text} · {applause}" if applause else text


def _sure(say: Say) -> Json:
    return confirm(
        say("Delete this story?"), say("The post and its applause go with it."), say("Delete"), say("Keep it")
    )


def more_message(office: Office) -> Message:
    """The one post of a busy day in whose thread the other stories go."""
    return Message(
        office.say("What a day. The other stories of today are in the thread of this message."),
        [
            line(office.say("What a day. The other stories of today are in the thread of this message.")),
        ],
    )


def told_message(story_id: int, is_shared: bool, remarks: Sequence[Sentence], me: Me) -> Message:
    """The private answer to who told a story."""
    text, parts = _where(is_shared, me)
    return Message(
        text,
        [
            paragraph(*parts),
            *_remarks(remarks, me.say),
            buttons(
                button(me.say("Add to it"), CHANGE, str(story_id)),
                button(me.say("Undo"), UNDO, str(story_id)),
            ),
        ],
    )


def saved_window(is_shared: bool, remarks: Sequence[Sentence], me: Me) -> Json:
    """What follows a form that was sent."""
    _, parts = _where(is_shared, me)
    return modal(me.say("Fan story"), [paragraph(*parts), *_remarks(remarks, me.say)], close=me.say("Close"))


def _where(is_shared: bool, me: Me) -> tuple[str, list[Json]]:
    channel = me.office.stories_channel
    if is_shared and channel:
        # Not filled in by `say`: the channel is an element, for a name that Slack shows and can be clicked.
        template = me.say("Well done. Your story goes to {channel}.")
        text = me.say("Well done. Your story is on its way to the team.")
        return text, filled(template, channel=channel_mark(channel))
    text = me.say("Saved.") if is_shared else me.say("Saved, for you alone.")
    return text, [words(text)]


def _remarks(remarks: Sequence[Sentence], say: Say) -> list[Json]:
    """What other features say of the story, each with the answers that it offers."""
    blocks: list[Json] = []
    for remark in remarks:
        blocks.append(small(say(remark.english, **remark.values)))
        if remark.choices:
            blocks.append(buttons(*(button(say(one.label), one.action, one.value) for one in remark.choices)))
    return blocks


def undone_message(story: Story | None, say: Say) -> Message:
    """In place of the private answer, after "Undo": the words are not lost."""
    if story is None:
        return Message(say("It was taken back already."))
    text = say("Taken back. This is what you wrote, should you want it again:")
    return Message(text, [line(text), paragraph(words(story.text))])


def draft_message(draft: Draft, me: Me) -> Message:
    """The question that follows what somebody wrote to the bot."""
    text = me.say("Shall I make a fan story of this?")
    return Message(
        text,
        [
            line(text),
            paragraph(words(draft.text)),
            buttons(
                button(me.say("Post it"), DraftChoice.SHARE, str(draft.id), style="primary"),
                button(me.say("Only for me"), DraftChoice.KEEP, str(draft.id)),
                button(me.say("Discard"), DraftChoice.DROP, str(draft.id)),
            ),
        ],
    )


def settled_message(draft: Draft, choice: DraftChoice, me: Me, remarks: Sequence[Sentence]) -> Message:
    """What the question becomes once it was answered; no button stays behind."""
    if choice is DraftChoice.DROP:
        text = me.say("All right, nothing was kept.")
        return Message(text, [line(text)])
    text, parts = _where(choice is DraftChoice.SHARE, me)
    return Message(text, [paragraph(*parts), *_remarks(remarks, me.say), paragraph(words(draft.text, italic=True))])


def expired_message(me: Me) -> Message:
    """What the question becomes when nobody answered it for a week."""
    text = me.say("This draft was not used, so I let it go. Write to me again whenever you like.")
    return Message(text, [line(text)])


def help_message(me: Me) -> Message:
    """`/fan help`."""
    say, fan = me.say, me.office.commands["fan"]
    lines = [
        say("Tell in a sentence how you made a customer a fan today:"),
        f"{fan} " + say("Lent our umbrella to a customer in the rain"),
        say("{fan} on its own opens a form: with the moment, who helped, what it cost, or only for yourself.", fan=fan),
        say("You can also send me a message. I'll ask before I post it."),
        say("With the buttons under your story you change or delete it. Clap for a colleague with 👏."),
    ]
    return Message(lines[0], [line(text) for text in lines])


def today_card(is_told: bool, me: Me) -> list[Json]:
    """Today, told or not."""
    say, fan = me.say, me.office.commands["fan"]
    today = say("You made a fan today. Lovely.") if is_told else say("Who will you make a fan today?")
    invitation = say("Tell another one") if is_told else say("Tell your story")
    hint = [] if is_told else [small(say("Or type {fan} and your story, wherever you are in Slack.", fan=fan))]
    return [
        header(say("One fan a day")),
        line(today),
        buttons(button(invitation, TELL, style=None if is_told else "primary")),
        *hint,
    ]


def last_stories_card(last: Sequence[Story], me: Me) -> list[Json]:
    """My last stories, to change or to delete; nothing where there is none yet."""
    listed = [block for story in last for block in _listed(story, me.say)]
    return [divider(), line(me.say("Your last stories")), *listed] if listed else []


def _listed(story: Story, say: Say) -> list[Json]:
    """One of my stories at Home: also what I kept for myself is changed and deleted here."""
    day, value = say.day(story.day), str(story.id)
    mark = "" if story.is_shared else " · " + say("only for you")
    quote = story.text if len(story.text) <= QUOTED else story.text[: QUOTED - 1].rstrip() + "…"
    return [
        paragraph(words(day + mark, bold=True), words("\n" + quote)),
        buttons(
            button(say("Change"), CHANGE, value, label=say("Change the story of {day}", day=day)),
            button(say("Delete"), REMOVE, value, confirm=_sure(say), label=say("Delete the story of {day}", day=day)),
        ),
    ]
