"""What makes a suggestion or an answer, who may do what with one, and what can be merged."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.kernel.errors import BotError, Wrong
from bot.kernel.wording import letters_in, without_name
from bot.slack.text import tidy
from storage.ideas import Idea, Status

LONGEST_TITLE, LONGEST_ABOUT, LONGEST_PAIN, LONGEST_ANSWER = 150, 2000, 1000, 2000  # characters
SAME_WITHIN = timedelta(minutes=2)  # the same words from the same person: Slack showed an error, they tried again
UNDECIDED_KEPT = timedelta(days=1)  # while its suggester looks at likely duplicates
UNDO_WITHIN = timedelta(days=7)  # of a merge
NUDGE_AFTER = timedelta(days=14)  # without an answer
CLOCK_IN_DAYS = 30  # from then on it counts in weeks, so that the oldest posts don't change every day
YEARS_AHEAD = 5


@dataclass(frozen=True)
class TypedIdea:
    """A form as it was filled in."""

    title: str
    about: str = ""
    pain: str = ""
    is_anonymous: bool = False


@dataclass(frozen=True)
class TypedAnswer:
    """A manager's form as it was filled in."""

    status: str
    words: str = ""
    possible: str = ""
    owner: str = ""  # Slack id
    due: str = ""  # YYYY-MM-DD


@dataclass(frozen=True)
class AnswerValues:
    """An answer, checked. Without words it changes the owner and the date alone."""

    status: Status
    words: str
    possible: str
    owner: str
    due_on: date | None


def typed_in_one_go(typed: str) -> TypedIdea:
    """What stood behind the command: a short one is a title; of a longer one the title is the beginning.

    Raises BotError when there is nothing in it, or too much.
    """
    text = _words(typed, LONGEST_ABOUT)
    _must_say_something(text)
    first = text.splitlines()[0].strip()
    if len(text) <= LONGEST_TITLE and first == text:
        return TypedIdea(text)
    if len(first) > LONGEST_TITLE:
        begun = first[: LONGEST_TITLE - 1]
        whole_words = begun.rsplit(maxsplit=1)[0] if " " in begun.strip() else begun
        first = whole_words.rstrip(" ,;:") + "…"
    return TypedIdea(first, about=text)


def read_idea(typed: TypedIdea) -> TypedIdea:
    """A form's content, tidied. Raises FormError with what is wrong at each field."""
    wrong = Wrong()
    read = wrong.read
    values = TypedIdea(
        title=read("title", _title, typed.title, ""),
        about=read("about", lambda text: _words(text, LONGEST_ABOUT), typed.about, ""),
        pain=read("pain", lambda text: _words(text, LONGEST_PAIN), typed.pain, ""),
        is_anonymous=typed.is_anonymous,
    )
    wrong.must_be_none()
    return values


def named_in(idea: TypedIdea, names: Iterable[str]) -> list[str]:
    """The fields of an idea in which somebody of these is called by their name."""
    found = []
    for field in ("title", "about", "pain"):
        text = getattr(idea, field)
        low = text.casefold()
        near = (name for name in names if name.split() and name.split()[0].casefold() in low)  # a quick look first
        if any(without_name(text, name, "") != text for name in near):
            found.append(field)
    return found


def read_answer(typed: TypedAnswer, idea: Idea, today: date) -> AnswerValues:
    """An answer's content. Raises FormError: another status, or "no, but…", needs words."""
    wrong = Wrong()
    read = wrong.read
    status = Status(typed.status) if typed.status in list(Status) else Status(idea.status)
    values = AnswerValues(
        status=status,
        words=read("words", lambda text: _words(text, LONGEST_ANSWER), typed.words, ""),
        possible=read("possible", lambda text: _words(text, LONGEST_PAIN), typed.possible, ""),
        owner=typed.owner,
        due_on=read("due", lambda day: _due_on(day, idea, today), typed.due, None),
    )
    if "words" not in wrong and not values.words and (status != idea.status or values.possible):
        wrong["words"] = BotError("Write an answer with it: whoever suggested or supports it hears of it.")
    if status == Status.NO_BUT and (values.words or "words" in wrong) and not values.possible:
        wrong.setdefault("possible", BotError("A no, but… also tells what is possible."))
    wrong.must_be_none()
    return values


def _title(typed: str) -> str:
    title = " ".join(_words(typed, LONGEST_TITLE).split())
    _must_say_something(title)
    return title


def _words(typed: str, longest: int) -> str:
    text = tidy(typed)
    if len(text) > longest:
        raise BotError(
            "That is {length} characters, and {longest} fit in. Can it be a little shorter?",
            length=len(text), longest=longest,
        )  # fmt: skip
    return text


def _must_say_something(text: str) -> None:
    if letters_in(text) < 3:
        raise BotError("Write in a sentence what could be better for our customers.")


def _due_on(typed: str, idea: Idea, today: date) -> date | None:
    if not typed:
        return None
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        raise BotError("I can't read that as a day.") from None
    if day < today and day != idea.due_on:
        raise BotError("That day has gone by.")
    if day.year > today.year + YEARS_AHEAD:
        raise BotError("That day is too far ahead.")
    return day


def must_be_posted(idea: Idea | None) -> Idea:
    """The idea, if it is on the wall. Raises BotError if not."""
    if idea is None or idea.posted_on is None:
        raise BotError("This idea is not there any more.")
    return idea


def must_be_own(idea: Idea | None, person_id: int) -> Idea:
    """The idea, if it is this person's. Raises BotError; of another's it says nothing about whose it is."""
    if idea is None:
        raise BotError("This idea is not there any more.")
    if idea.suggester_id != person_id:
        raise BotError("Only whoever suggested it can do that.")
    return idea


def must_be_undecided(idea: Idea | None, person_id: int) -> Idea:
    """One's own idea that isn't on the wall yet. Raises BotError."""
    found = must_be_own(idea, person_id)
    if found.posted_on is not None:
        raise BotError("It is on the wall of change now.")
    return found


def must_be_mergeable(found: Collection[Idea], child_id: int, root_id: int) -> tuple[Idea, Idea]:
    """The idea that goes into another, and that other one: both on the wall, and whole.

    What was merged already can go nowhere, so there is never a circle. Raises BotError.
    """
    if child_id == root_id:
        raise BotError("That is the same idea. Choose another one.")
    by_id = {idea.id: idea for idea in found}
    child, root = must_be_posted(by_id.get(child_id)), must_be_posted(by_id.get(root_id))
    if child.merged_into is not None or root.merged_into is not None:
        raise BotError("One of the two was merged already. Choose the idea that it went into.")
    return child, root


def can_be_undone(idea: Idea, now: datetime) -> bool:
    """Whether a merge is young enough."""
    return idea.merged_at is not None and now <= idea.merged_at + UNDO_WITHIN


def must_be_undoable(idea: Idea, now: datetime) -> None:
    """Raise BotError when a merge is too long ago."""
    if not can_be_undone(idea, now):
        raise BotError("A merge can be undone for {days} days, and this one is older.", days=UNDO_WITHIN.days)


def days_waiting(idea: Idea, today: date) -> int:
    """How many days an idea has been waiting for its first answer."""
    return max((today - (idea.posted_on or today)).days, 0)
