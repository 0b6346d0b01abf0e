"""What people see of one suggestion: the post, the answers, the news, what looks like it."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Protocol

from bot.features.change_wall.rules import CLOCK_IN_DAYS, UNDECIDED_KEPT, UNDO_WITHIN, days_waiting
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
    filled,
    line,
    paragraph,
    small,
    words,
)
from storage.idea_wall import Shown
from storage.ideas import Idea, IdeaAnswer, Status

SUGGEST, CHANGE, WITHDRAW, UNDO = "idea.suggest", "idea.change", "idea.withdraw", "idea.undo"
VOTE, ANSWER, MERGE, UNMERGE = "idea.vote", "idea.answer", "idea.merge", "idea.unmerge"
INSTEAD, ANYWAY, DISCARD, DECIDE = "idea.instead", "idea.anyway", "idea.discard", "idea.decide"
INTO = "idea.into"
WALL, SHOW, PAGE = "idea.wall", "idea.show", "idea.page"

MOST_MERGED = 5  # titles in a post
NO_CHANNEL = Sentence(
    later("There is no channel for ideas yet. Yours is saved; ask who looks after the bot to set one.")
)
FROM_ANSWER = Sentence(later("It is on the wall of change now."))
LOOKS_LIKE = later("It is on the wall of change now. It looks like “{title}”; a manager can merge the two.")
STATUSES = {
    Status.NEW: later("New"),
    Status.CONSIDERED: later("Under consideration"),
    Status.PLANNED: later("Planned"),
    Status.DOING: later("Being done"),
    Status.DONE: later("Done"),
    Status.NO_BUT: later("No, but…"),
}


class Named(Protocol):
    """Somebody with a name and a Slack id."""

    @property
    def name(self) -> str: ...
    @property
    def slack_id(self) -> str: ...


def idea_message(shown: Shown, today: date, office: Office) -> Message:
    """The post on the wall of change; of an anonymous idea nothing in it tells whose it is."""
    idea, say = shown.idea, office.say
    who, title = suggester_of(shown, say), title_of(idea, say)
    opening = filled(say("{who} has an idea for our customers:"), who=words(who, bold=True))
    blocks = [paragraph(*opening), paragraph(words(title, bold=True))]
    blocks += [paragraph(words(idea.about))] if idea.about else []
    if idea.pain:
        blocks.append(paragraph(words(say("What it takes away for customers:") + " ", italic=True), words(idea.pain)))
    blocks += [*_merged(shown, say), small(state_of(shown, today, say)), *answer_blocks(shown, say)]
    if idea.comments:
        blocks.append(small(say.plural("{number} comment in the thread", "{number} comments in the thread",
                                       idea.comments)))  # fmt: skip
    blocks.append(_post_buttons(shown, office))
    return Message(say("{who} has an idea for our customers: {title}", who=who, title=title), blocks)


def title_of(idea: Idea, say: Say) -> str:
    """What it is called; an idea whose words were erased has none of its own."""
    return idea.title or say("An idea")


def looks_like(idea: Idea) -> Sentence:
    """The remark on what was posted at once, though this was there."""
    return Sentence(LOOKS_LIKE, {"title": idea.title})


def name_of(person: Named | None, say: Say) -> str:
    """By the name alone: a mention would notify."""
    return (person.name if person else "") or say("A colleague")


def name_within(person: Named | None, say: Say) -> str:
    """The same inside a sentence, or further on in a line."""
    return (person.name if person else "") or say("a colleague")


def suggester_of(shown: Shown, say: Say) -> str:
    """Whose idea it is; what a customer answered is the customer's, whoever made an idea of it."""
    return say("A customer") if shown.idea.note_id is not None else name_of(shown.suggester, say)


def state_of(shown: Shown, today: date, say: Say) -> str:
    """How far it is: the status, how long it has been waiting, who looks after it, and until when."""
    idea = shown.idea
    if shown.into is not None:
        return say("Goes on together with: {title}", title=title_of(shown.into, say))
    parts, days = [say(STATUSES[Status(idea.status)])], days_waiting(idea, today)
    if idea.answered_at is None and days:
        parts.append(clock(days, say))
    elif idea.answered_at is None and idea.status == Status.NEW:
        parts = [say("New today")]
    if shown.owner is not None:
        parts.append(say("{who} looks after it", who=name_within(shown.owner, say)))
    if idea.due_on is not None and idea.status not in (Status.DONE, Status.NO_BUT):
        late = later("it was to be ready on {day}") if idea.due_on < today else later("ready by {day}")
        parts.append(say(late, day=say.day(idea.due_on)))
    return " · ".join(parts)


def clock(days: int, say: Say) -> str:
    """How long it has been waiting for its first answer: a day at least."""
    if days > CLOCK_IN_DAYS:
        weeks = days // 7
        return say.plural(
            "has been waiting {number} week for an answer", "has been waiting {number} weeks for an answer", weeks
        )
    return say.plural(
        "has been waiting {number} day for an answer", "has been waiting {number} days for an answer", days
    )


def answer_blocks(shown: Shown, say: Say) -> list[Json]:
    """The last answer, and by whom."""
    return [] if shown.answer is None else _answer(shown.answer, name_of(shown.answerer, say), say)


def _answer(answer: IdeaAnswer, who: str, say: Say) -> list[Json]:
    blocks = [paragraph(words(f"{who}: ", bold=True), words(answer.words))]
    if answer.possible:
        blocks.append(paragraph(words(say("What is possible:") + " ", italic=True), words(answer.possible)))
    return blocks


def _merged(shown: Shown, say: Say) -> list[Json]:
    if not shown.merged:
        return []
    titles = [title_of(idea, say) for idea in shown.merged]
    more = len(titles) - MOST_MERGED
    listed = "; ".join(titles[:MOST_MERGED])
    if more > 0:
        listed += " " + say.plural("and {number} more", "and {number} more", more)
    return [paragraph(words(say("Together with:") + " ", italic=True), words(listed))]


def _post_buttons(shown: Shown, office: Office) -> Json:
    idea, say, managers = shown.idea, office.say, sorted(office.managers)
    value, title = str(idea.id), title_of(idea, say)
    if shown.into is not None:
        return buttons(button(say("Undo the merge"), UNMERGE, value, only_for=managers), wall_button(say))
    # An anonymous idea names nobody, in what nobody sees of a button neither.
    own = [shown.suggester.slack_id] if shown.suggester is not None else []
    elements = [vote_button(shown, say)]
    if managers:
        label = say("Answer: {title}", title=title)[:75]
        elements.append(button(say("Answer"), ANSWER, value, only_for=managers, label=label))
        elements.append(button(say("Merge"), MERGE, value, only_for=managers))
    if own:
        elements += [button(say("Change"), CHANGE, value, only_for=own),
                     button(say("Withdraw"), WITHDRAW, value, only_for=own, confirm=sure(say))]  # fmt: skip
    return buttons(*elements)


def vote_button(shown: Shown, say: Say, *, is_given: bool = False) -> Json:
    """In a post it says the same to everybody; in one's own window it tells whether one supports it."""
    count = f" · {shown.supporters}" if shown.supporters else ""
    text = ("✓ " + say("You support this")) if is_given else ("👍 " + say("Support"))
    label = say("Support: {title}", title=title_of(shown.idea, say))
    return button(text + count, VOTE, str(shown.idea.id), label=label[:75])


def voted_message(say: Say, *, is_given: bool) -> Message:
    """To who clicked in the post, which says the same to everybody."""
    text = say("You support this now.") if is_given else say("You don't support this any more.")
    return Message(text, [line(text)])


def wall_button(say: Say) -> Json:
    return button(say("All ideas"), WALL)


def sure(say: Say) -> Json:
    return confirm(
        say("Withdraw this idea?"),
        say("The post, its votes and its answers go with it."),
        say("Withdraw"),
        say("Keep it"),
    )


def suggested_message(idea_id: int, remarks: Sequence[Sentence], me: Me) -> Message:
    """The private answer to who suggested something."""
    say, channel = me.say, me.office.change_wall_channel
    text = say("Thank you. Your idea is on its way to the team.")
    parts = [words(text)]
    if channel:
        parts = filled(say("Thank you. Your idea goes to {channel}."), channel=channel_mark(channel))
    rows = [button(say("Add to it"), CHANGE, str(idea_id)), button(say("Undo"), UNDO, str(idea_id))]
    notes = [small(say(remark.english, **remark.values)) for remark in remarks]
    return Message(text, [paragraph(*parts), *notes, buttons(*rows)])


def alike_message(idea: Idea, alike: Sequence[Shown], today: date, say: Say) -> Message:
    """What looks like a new idea, before it is posted."""
    text = say("This looks like what was suggested before. Do you mean one of these?")
    blocks: list[Json] = [line(text)]
    for one in alike:
        count = say.plural("{number} person supports it", "{number} people support it", one.supporters)
        title = title_of(one.idea, say)
        blocks += [
            paragraph(words(title, bold=True)),
            small(f"{state_of(one, today, say)} · {count}"),
        ]
        if one.idea.suggester_id is None or one.idea.suggester_id != idea.suggester_id:  # nobody supports themself
            label = say("Support: {title}", title=title)[:75]
            blocks.append(buttons(button(say("Support this one"), INSTEAD, f"{idea.id} {one.idea.id}", label=label)))
    mine = paragraph(words(say("Yours:") + " ", italic=True), words(title_of(idea, say)))
    until = say(
        "Not sure? For {hours} hours it waits for you on the wall of change, under “{mine}”. After that it is gone.",
        hours=UNDECIDED_KEPT // timedelta(hours=1), mine=say("Mine"),
    )  # fmt: skip
    return Message(text, [*blocks, mine, buttons(*deciding(idea, say)), small(until)])


def deciding(idea: Idea, say: Say) -> list[Json]:
    """The buttons of an idea whose suggester still looks at what is like it."""
    value = str(idea.id)
    return [button(say("Post mine all the same"), ANYWAY, value), button(say("Don't post it"), DISCARD, value)]


def supported_message(title: str, say: Say) -> Message:
    """After "Support this one"."""
    text = say("You support it now, and you hear how it goes on.")
    return Message(text, [line(text), paragraph(words(title, bold=True))])


def gone_message(idea: Idea | None, say: Say) -> Message:
    """After "Undo" and "Don't post it": the words are not lost."""
    if idea is None:
        return Message(say("It was taken back already."), [line(say("It was taken back already."))])
    text = say("Taken back. This is what you wrote, should you want it again:")
    parts = [paragraph(words(part)) for part in (idea.title, idea.about, idea.pain) if part]
    return Message(text, [line(text), *parts])


def news_message(idea: Idea, answer: IdeaAnswer, who: str, say: Say) -> Message:
    """To who suggested or supports it. To both alike: it tells nobody which of the two somebody is."""
    title, status = title_of(idea, say), say(STATUSES[Status(answer.status)])
    text = say("There is an answer to an idea that you follow: {title}", title=title)
    blocks = [
        line(say("There is an answer to an idea that you follow:")),
        paragraph(words(title, bold=True), words(f" · {status}")),
        *_answer(answer, who, say),
        buttons(wall_button(say)),
    ]
    return Message(text, blocks)


def thread_note(other: Idea, is_inside: bool, url: str | None, say: Say) -> Message:
    """In the thread of each of two merged ideas: where the other one is. `url` is empty until Slack told it."""
    text = say("This idea goes on here:") if is_inside else say("This idea was merged into this one:")
    title = title_of(other, say)
    there: Json = {"type": "link", "url": url, "text": title} if url else words(title, bold=True)
    return Message(f"{text} {title}", [paragraph(words(text + " "), there)])


def merged_message(child: Idea, root: Idea, me: Me) -> Message:
    """To the manager who merged two ideas."""
    say = me.say
    text = say("Merged. Nobody counts twice, and for {days} days it can be undone.", days=UNDO_WITHIN.days)
    titles = paragraph(words(title_of(child, say), bold=True), words(" → "), words(title_of(root, say), bold=True))
    return Message(text, [line(text), titles, buttons(button(say("Undo the merge"), UNMERGE, str(child.id)))])


def help_message(me: Me) -> Message:
    """`/idee help`."""
    say, idea = me.say, me.office.commands["idee"]
    lines = [
        say("What could be better for our customers? Suggest it in a sentence:"),
        f"{idea} " + say("Put the opening hours on the first page"),
        say(
            "{idea} on its own shows all ideas. There is a form too, in which your name can stay out of it.", idea=idea
        ),
        say("Support an idea with 👍. Whoever suggested or supports it hears what becomes of it."),
    ]
    return Message(lines[0], [line(text) for text in lines])
