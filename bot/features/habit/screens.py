"""What people see of the habit: the reminder and what becomes of it, and the card at Home."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache

from bot.features.habit.rules import END, LUNCH, Calm, PartOfDay, Snooze, line_for, part_of_day
from bot.features.habit.streaks import DayState
from bot.i18n.translate import later
from bot.kernel.office import Me, Say
from bot.kernel.tips import Tip, Topic
from bot.slack.blocks import Json, Message, button, buttons, divider, line, paragraph, picker, small, words

TELL = "story.tell"  # which stories hear
SNOOZE, SKIP, FREE = "reminder.snooze", "reminder.skip", "reminder.free"
CALMER, KEEP = "reminder.calmer", "reminder.keep"

LINES = {
    PartOfDay.MORNING: (
        later("Who will you make a fan today?"),
        later("One customer today: who will it be?"),
        later("Where will you do a little more than asked today?"),
        later("Which customer will you surprise today?"),
        later("For whom will you take an extra minute today?"),
        later("Who will talk about you at dinner tonight?"),
        later("Whose day will you make with something small?"),
        later("Who will hang up with a smile today?"),
        later("There is a customer today who isn't counting on anything yet."),
        later("What will you do today that nobody asks for?"),
        later("A new day, one fan. That is all it takes."),
        later("Which question will you answer better than was hoped today?"),
    ),
    PartOfDay.AFTERNOON: (
        later("Have you made somebody a fan today?"),
        later("Whom did you help further than they asked today?"),
        later("Which customer did you make smile today?"),
        later("What went better today because of you?"),
        later("Have you surprised anybody today?"),
        later("For whom did you take an extra minute today?"),
        later("Which customer of today will remember you?"),
        later("What did you do today that nobody asked for?"),
        later("Have you turned a no into a ‘no, but’ today?"),
        later("Have you had a thank-you today that stayed with you?"),
        later("There is still time for one fan today."),
        later("Which small gesture did you make today?"),
    ),
    PartOfDay.EVENING: (
        later("Who went home happier today because of you?"),
        later("Which story of today should not get lost?"),
        later("Looking back: whom did you make a fan today?"),
        later("What were you proud of today?"),
        later("Which customer of today is still on your mind?"),
        later("Did somebody get more from you today than they expected?"),
        later("What was the nicest reaction today?"),
        later("Who will tell about you tonight?"),
        later("Did you make the difference for one customer today?"),
        later("One sentence about today is enough."),
        later("Which moment of today would you tell a colleague about?"),
        later("Before the day is over: who became a fan?"),
    ),
}
MILESTONES = {
    1: later("This is your first day. One fan, one working day at a time."),
    7: later("Seven days under way. The beginning is the hardest, and you have had it."),
    21: later("Twenty-one days. By now you see more chances than at the start."),
    42: later("Forty-two days. It slowly becomes something that you simply do."),
    66: later("Sixty-six days: that is about how long a new habit takes. From here on it carries you."),
}
SNOOZES = {
    Snooze.HOUR: later("In an hour"),
    Snooze.LUNCH: later("After lunch"),
    Snooze.END: later("At the end of the day"),
}
OVER = {Snooze.LUNCH: LUNCH, Snooze.END: END}  # from then on it is no choice
CALM = {
    Calm.ASK: later("I haven't heard from you for a while, and that is fine. Shall I be quieter?"),
    Calm.WEEKLY: later("From now on I ask you once a week. With {fanclub} you change that."),
}
STRENGTHS = (
    (25, later("just begun")),
    (50, later("growing")),
    (75, later("well under way")),
    (101, later("settled")),
)  # below so many of 100
MARKS = {DayState.TOLD: "🟢", DayState.BONUS: "⭐", DayState.MISSED: "⚪", DayState.OFF: "➖", DayState.OPEN: "🔵"}
LEGEND = {
    DayState.TOLD: later("told"),
    DayState.BONUS: later("told on a day off"),
    DayState.MISSED: later("not told"),
    DayState.OFF: later("off"),
    DayState.OPEN: later("still open"),
}


@dataclass(frozen=True)
class Asked:
    """What one reminder says, besides its line."""

    person_id: int
    day: date  # the local day that it is for
    number: int  # of that day (`day_number`), for the line
    at: time  # on the person's clock
    tip: Tip | None = None
    topic: Topic | None = None
    milestone: int | None = None
    calm: Calm = Calm.KEEP
    passed: int = 0  # the last milestone, with a word or without; nobody reads it


@dataclass(frozen=True)
class Standing:
    """How somebody is doing."""

    streak: int
    strength: int  # of 100
    pace: int | None  # fans this year
    bonus_days: int
    last_days: Sequence[tuple[date, DayState]]
    next_at: datetime | None  # on the person's clock


def reminder_message(asked: Asked, say: Say, fanclub: str) -> Message:
    """The direct message of the day; `fanclub` is what that command is called here."""
    text = say(line_for(asked.number, asked.person_id, LINES[part_of_day(asked.at)]))
    blocks = [line(text)]
    if asked.milestone is not None:
        blocks.append(line("🌱 " + say(MILESTONES[asked.milestone])))
    if asked.topic is not None:
        title, told = asked.topic.titles[say.language], asked.topic.texts[say.language]
        blocks.append(paragraph(words(title, bold=True), words("\n" + told)))
    if asked.tip is not None:
        blocks.append(small("💡 " + asked.tip.texts[say.language]))
    if asked.calm is not Calm.KEEP:
        blocks += _calm(asked, say, fanclub)
    blocks.append(answers(asked.day, asked.at, say))  # type: ignore[arg-type]  # a protocol has no hash; they do
    return Message(text, blocks)


def _answers(day: date, at: time, say: Say) -> Json:
    value = day.isoformat()
    open_ones = [one for one in Snooze if one not in OVER or at < OVER[one]]
    return buttons(
        button(say("Tell your story"), TELL, style="primary"),
        picker(say("Later today"), SNOOZE, [(f"{value} {one}", say(SNOOZES[one])) for one in open_ones]),
        button(say("Not today"), SKIP, value),
        button(say("Day off today"), FREE, value),
    )


answers = lru_cache(maxsize=64)(_answers)  # the same for all who are due together


def _calm(asked: Asked, say: Say, fanclub: str) -> list[Json]:
    said = line(say(CALM[asked.calm], fanclub=fanclub))
    if asked.calm is Calm.WEEKLY:
        return [said]
    value = asked.day.isoformat()
    answers = button(say("Once a week"), CALMER, value), button(say("Keep it like this"), KEEP, value)
    return [said, buttons(*answers)]


def told_message(say: Say) -> Message:
    """What the reminder becomes once the story of the day is there."""
    return _said(say("Told. Lovely."))


def skipped_message(say: Say) -> Message:
    return _said(say("All right, not today. Another day will do."))


def free_message(say: Say) -> Message:
    return _said(say("Enjoy your day off. Your streak doesn't mind."))


def snoozed_message(until: datetime, say: Say) -> Message:
    """`until` on the person's clock. Who changes their mind need not wait for it."""
    text = say("I'll be back at {time}.", time=f"{until:%H:%M}")
    return Message(text, [line(text), buttons(button(say("Tell it now after all"), TELL))])


def back_message(say: Say) -> Message:
    """What a reminder that was put off becomes when it comes back."""
    return _said(say("I'm back, see below."))


def over_message(say: Say) -> Message:
    """What an old reminder becomes: its buttons are for a day, or a moment, that is over."""
    return _said(say("This one is over. Each day brings a new chance."))


def calmer_message(is_weekly: bool, say: Say) -> Message:
    """What the reminder with the question becomes; the story of the day can still be told from it."""
    text = say("Fine, from now on once a week.") if is_weekly else say("Fine, we keep it like this.")
    return Message(text, [line(text), buttons(button(say("Tell your story"), TELL))])


def _said(text: str) -> Message:
    return Message(text, [line(text)])


def habit_card(standing: Standing, me: Me) -> list[Json]:
    """At Home: how it goes, and when the next reminder comes."""
    say = me.say
    more = _more(standing, say)
    strip = "".join(MARKS[state] for _, state in standing.last_days)
    return [
        divider(),
        paragraph(words(_streak(standing.streak, say), bold=True), *([words(f"\n{more}")] if more else [])),
        line(f"{strip}\n{_fortnight([state for _, state in standing.last_days], say)}"),
        small(_legend({state for _, state in standing.last_days}, say)),
        small(_next(standing, say)),
    ]


def _legend(states: Collection[DayState], say: Say) -> str:
    """What the marks of the strip stand for, of those that are in it."""
    return " · ".join(f"{MARKS[state]} {say(word)}" for state, word in LEGEND.items() if state in states)


def _streak(days: int, say: Say) -> str:
    if not days:
        return say("No days in a row yet. One story is a beginning.")
    return say.plural("{number} day in a row", "{number} days in a row", days)


def _more(standing: Standing, say: Say) -> str:
    said = []
    if standing.strength:
        level = next(name for below, name in STRENGTHS if standing.strength < below)
        said.append(say("Strength of the habit: {number} of 100, {level}.", number=standing.strength, level=say(level)))
    if standing.pace is not None:
        pace = say.plural(
            "At this pace: {number} fan this year.", "At this pace: {number} fans this year.", standing.pace
        )
        said.append(pace)
    if standing.bonus_days:
        bonus = say.plural("{number} story day on a day off.", "{number} story days on days off.", standing.bonus_days)
        said.append(bonus)
    return " ".join(said)


def _fortnight(states: Sequence[DayState], say: Say) -> str:
    """The strip in a sentence, for who doesn't see it."""
    told, own = states.count(DayState.TOLD), sum(state not in (DayState.OFF, DayState.BONUS) for state in states)
    if not own:
        return say("You were off these two weeks.")
    said = [say.plural("These two weeks: a fan on {told} of your {number} day.",
                       "These two weeks: a fan on {told} of your {number} days.", own, told=told)]  # fmt: skip
    said += [say("And on a day off.")] if DayState.BONUS in states else []
    said += [say("Today is still open.")] if DayState.OPEN in states else []
    return " ".join(said)


def _next(standing: Standing, say: Say) -> str:
    at = standing.next_at
    if at is None:
        return say("No reminder is planned.")
    today = standing.last_days[-1][0]
    near = {0: say("today"), 1: say("tomorrow")}
    day = near.get((at.date() - today).days) or say.day(at.date())
    return say("Next reminder: {day} at {time}.", day=day, time=f"{at:%H:%M}")
