"""What people see of the week's digest: the post with its line, what stands in its thread, the managers' card."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from bot.features.digest import rules
from bot.i18n.translate import later
from bot.kernel.office import Me, Office, Say
from bot.kernel.periods import Period
from bot.slack.blocks import Json, Message, button, buttons, divider, filled, line, paragraph, small, words
from bot.slack.charts import emoji_bars, line_chart
from storage.compliments import Compliment, shown_name
from storage.digest import Given, Told
from storage.ideas import Idea, Status

OPEN = "digest.open"
TELLER, UNTIL = "teller-", "until-"  # how marks in a block's id begin; then a person's id, a moment in seconds
STATUSES = {
    Status.CONSIDERED: later("Under consideration"),
    Status.PLANNED: later("Planned"),
    Status.DOING: later("Being done"),
    Status.DONE: later("Done"),
}
QUOTED, QUOTED_STORY = 500, 2000  # characters
LISTED_GIFTS = 10  # kinds


@dataclass(frozen=True)
class Week:
    """All that a digest tells of one week."""

    monday: date
    words: str  # of a manager, on top; empty: what is always said
    totals: Sequence[tuple[Period, int]]  # the last twelve weeks, this one last
    story: Told | None = None
    compliments: Sequence[Compliment] = ()
    ideas: Sequence[Idea] = ()
    gifts: Sequence[Given] = ()
    gestures: int = 0  # things that were bought
    tip: str = ""
    teller_id: int | None = None  # of its story; stays when that is deleted
    until: datetime | None = None  # up to when it tells; the next one goes on from there

    @property
    def told(self) -> int:
        return self.totals[-1][1]


@dataclass(frozen=True)
class Preview:
    """A week's digest as it would be posted, or as it was."""

    week: Week
    state: rules.State
    moment: datetime | None  # when it goes out, in the office's zone; None: never
    is_due: bool  # that moment is past
    channel: str
    message: Message
    parts: Sequence[Message]  # in its thread


def digest_message(week: Week, office: Office) -> Message:
    """The post: the number of the week and the line of twelve; where nothing was told a kind word alone."""
    say = office.say
    opening, counted = _opening(week, say), _counted(week, say)
    if not week.told:
        ending = {**line(counted), **_mark(week)}
        return Message(f"{opening} {counted}" if week.words else counted,
                       [*([paragraph(words(week.words))] if week.words else []), ending])  # fmt: skip
    head = [paragraph(words(opening)), {**paragraph(words(counted, bold=True)), **_mark(week)}]
    return Message(
        f"{opening} {counted}",
        [*head, line_chart(say("Fans a week"), say("Fans"), _points(week))],
        [*head, _bars(week, say)],
    )


def _mark(week: Week) -> Json:
    """As a block's id, what is to be known of it later.

    Who told its story gives others a turn, also when they take the story away; up to when it tells doesn't change with
    the moment of those that follow.
    """
    marks = [f"{UNTIL}{int(week.until.timestamp())}"] if week.until else []
    marks += [f"{TELLER}{week.teller_id}"] if week.teller_id else []
    return {"block_id": " ".join(marks)} if marks else {}


def tellers_in(body: Mapping[str, Any]) -> set[int]:
    """Who told the story of the week in this post."""
    return set(_marked(body, TELLER))


def until_in(body: Mapping[str, Any]) -> datetime | None:
    """Up to when this post tells; None for one that doesn't say so."""
    return next((datetime.fromtimestamp(seconds, UTC) for seconds in _marked(body, UNTIL)), None)


def _marked(body: Mapping[str, Any], beginning: str) -> list[int]:
    marks = [mark for block in body.get("blocks", ()) for mark in str(block.get("block_id", "")).split()]
    return [int(mark.removeprefix(beginning)) for mark in marks if mark.startswith(beginning)]


def story_message(told: Told, office: Office) -> Message:
    """The story of the week, by the name as its own post has it: a mention would notify.

    Who wants no name on leaderboards gets none here: this too is a prize.
    """
    say = office.say
    who = name_of(told, say) if told.is_named else say("a colleague")
    text = say("The story of the week is {who}'s: {story}", who=who, story=told.story.text)
    head = paragraph(*filled(say("🏆 The story of the week, by {who}:"), who=words(who, bold=True)))
    applause = say.plural("{number} colleague applauded.", "{number} colleagues applauded.", told.applause)
    quote = {**paragraph(words(_short(told.story.text, QUOTED_STORY))), "block_id": f"story-{told.story.id}"}
    return Message(text, [head, quote, *([small(f"👏 {applause}")] if told.applause else [])])


def compliments_message(compliments: Sequence[Compliment], office: Office) -> Message:
    """What customers said, by the name as far as they allow."""
    say = office.say
    text = say("What customers said this week:")
    blocks = [
        {
            **paragraph(words(_short(one.text, QUOTED), italic=True), words(f"\n{_customer(one, say)}")),
            "block_id": f"compliment-{one.id}",
        }
        for one in compliments
    ]
    return Message(" ".join([text, *(one.text for one in compliments)]), [line(f"💬 {text}"), *blocks])


def ideas_message(ideas: Sequence[Idea], office: Office) -> Message:
    """Suggestions that came further; whose they are stands with the suggestion itself."""
    say = office.say
    text = say("These ideas came further:")
    blocks = [
        {
            **paragraph(words(one.title, bold=True), words(f" · {say(STATUSES[Status(one.status)])}")),
            "block_id": f"idea-{one.id}",
        }
        for one in ideas
    ]
    return Message(" ".join([text, *(one.title for one in ideas)]), [line(f"💡 {text}"), *blocks])


def given_message(gifts: Sequence[Given], gestures: int, office: Office) -> Message:
    """What was given away: how often and what, never an amount."""
    say = office.say
    listed = ", ".join(f"{one.count} × {one.emoji} {one.name}" for one in gifts[:LISTED_GIFTS])
    lines = [say("Given away from the cupboard: {gifts}.", gifts=listed)] if gifts else []
    if gestures:
        lines.append(say.plural("{number} time we bought something for a customer.",
                                "{number} times we bought something for a customer.", gestures))  # fmt: skip
    return Message(" ".join(lines), [paragraph(words("🎁 " + "\n".join(lines)))])


def tip_message(tip: str, office: Office) -> Message:
    text = office.say("A tip for the coming week: {tip}", tip=tip)
    return Message(text, [paragraph(words(f"🌱 {text}"))])


def home_card(state: rules.State, moment: datetime, office: Office, me: Me) -> list[Json]:
    """At Home, for a manager, on the day itself."""
    text = me.say("Today at {time} the week's digest goes out.", time=f"{moment:%H:%M}")
    if state is rules.State.SKIPPED:
        text = me.say("This week's digest is skipped.")
    hint = me.say("Or type {fanclub} digest.", fanclub=office.commands["fanclub"])
    return [divider(), line(text), buttons(button(me.say("See the digest"), OPEN)), small(hint)]


def name_of(told: Told, say: Say) -> str:
    return told.teller.name or say("a colleague")


def _opening(week: Week, say: Say) -> str:
    return week.words or say("Another week of customers who were glad they met us.")


def _counted(week: Week, say: Say) -> str:
    number = week.monday.isocalendar().week
    if not week.told and week.story:
        return say("Week {week} itself was a quiet one. What came just before it is in the thread.", week=number)
    if not week.told:
        return say("Week {week} was a quiet one: no stories. In a new week one fan is enough.", week=number)
    counted = say.plural("In week {week} we made {number} fan.", "In week {week} we made {number} fans.",
                         week.told, week=number)  # fmt: skip
    if rules.is_best([total for _, total in week.totals]):
        counted += " " + say("Our best week of the last twelve.")
    return counted


def _points(week: Week) -> list[tuple[str, float]]:
    """By the number of each week, no two of them alike: twelve weeks are less than a year."""
    return [(str(period.first.isocalendar().week), total) for period, total in week.totals]


def _bars(week: Week, say: Say) -> Json:
    return emoji_bars([(say("week {number}", number=label), total) for label, total in _points(week)])


def _customer(compliment: Compliment, say: Say) -> str:
    return "— " + (shown_name(compliment) or say("a customer"))


def _short(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
