"""When a story is a story, when two are the same, and who may do what with one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial

from bot.kernel.calendar import read_past_day
from bot.kernel.errors import BotError, Wrong
from bot.kernel.money import read_amount
from bot.slack.text import tidy
from storage.permissions import Permission
from storage.stories import Moment, Story

SHORTEST, LONGEST = 10, 3000  # characters; the longest is what a text field of Slack holds
LONGEST_CUSTOMER = 150  # characters
DAYS_BACK = 7  # how long afterwards a day can still be told
MOST_HELPERS = 25  # more names and a long story don't fit in one message
MOST_MINUTES = 600  # what a gesture can take; more is a slip of the finger
SAME_WITHIN = timedelta(minutes=2)  # the same words from the same person: Slack showed an error, they tried again
DRAFTS_KEPT = timedelta(days=7)  # as long as a day can be told afterwards
POSTS_A_DAY = 15  # in the channel itself; the others go into one thread, so that the channel stays readable

_EMOJI = re.compile(r":[a-z0-9_+'-]+(?:::skin-tone-\d)?:|.\ufe0f\u20e3?")  # :tada: · 1️⃣ and ℹ️ hold a digit and a letter


@dataclass(frozen=True)
class TypedStory:
    """A form as it was filled in."""

    text: str
    customer: str = ""
    moment: str | None = None
    unasked: bool = False
    helpers: tuple[str, ...] = ()  # Slack ids
    spent: str = ""
    minutes: str = ""
    day: str = ""  # YYYY-MM-DD; empty: today
    rule: str = ""  # the number of the one that was bent
    is_shared: bool = True
    on_screen: bool = False


@dataclass(frozen=True)
class StoryValues:
    """A story's content, checked."""

    text: str
    day: date
    customer: str = ""
    moment: Moment | None = None
    unasked: bool = False
    helpers: tuple[str, ...] = field(default=())  # Slack ids
    spent_cents: int | None = None
    minutes: int | None = None
    rule_id: int | None = None  # of the one that was bent
    is_shared: bool = True
    on_screen: bool = False


@dataclass(frozen=True)
class Bendable:
    """The rules that a story can name, and the one that it names."""

    rules: Sequence[Permission] = ()
    bent: Permission | None = None


def story_text(typed: str) -> str:
    """The words of a story without what doesn't belong. Raises BotError when they don't make one."""
    text = tidy(typed)
    if not text:
        raise BotError("Write what you did for a customer, in a sentence or two.")
    if len(text) > LONGEST:
        raise BotError(
            "That is {length} characters, and a story holds {longest} at most. Can it be a little shorter?",
            length=len(text), longest=LONGEST,
        )  # fmt: skip
    if not any(character.isalnum() for character in _EMOJI.sub("", text)):
        raise BotError("There is no word in it yet. What did you do, and how did the customer react?")
    if len(text) < SHORTEST:
        raise BotError("That is very short. Tell a little more: what did you do for the customer?")
    return text


def read_story(typed: TypedStory, today: date, currency: str, kept_day: date | None = None) -> StoryValues:
    """A form's content. Raises FormError with what is wrong at each field.

    Amounts are in `currency` (three letters). A story that is changed may keep its day (`kept_day`), however long ago
    that is.
    """
    wrong = Wrong()
    read = wrong.read
    values = StoryValues(
        text=read("story", story_text, typed.text, ""),
        day=read("day", lambda day: told_day(day, today, kept_day), typed.day, today),
        customer=read("customer", _customer, typed.customer, ""),
        moment=Moment(typed.moment) if typed.moment in list(Moment) else None,
        unasked=typed.unasked,
        helpers=typed.helpers,
        spent_cents=read("spent", partial(read_amount, currency=currency), typed.spent, 0)
        if typed.spent.strip()
        else None,
        minutes=read("minutes", _minutes, typed.minutes, 0) if typed.minutes.strip() else None,
        rule_id=int(typed.rule) if re.fullmatch(r"[0-9]{1,9}", typed.rule) else None,
        is_shared=typed.is_shared,
        on_screen=typed.on_screen and typed.is_shared,
    )
    wrong.must_be_none()
    return values


def told_day(typed: str, today: date, kept_day: date | None = None) -> date:
    """The day on which it happened: today, or at most a week back. Raises BotError for another one."""
    return read_past_day(typed, today, DAYS_BACK, kept_day)


def _customer(typed: str) -> str:
    name = tidy(typed)
    if len(name) > LONGEST_CUSTOMER:
        raise BotError("That is too long: {longest} characters at most.", longest=LONGEST_CUSTOMER)
    return name


def _minutes(typed: str) -> int:
    text = typed.strip()
    minutes = int(text.lstrip("0")[:6] or "0") if text.isascii() and text.isdigit() else None
    if minutes is None or minutes > MOST_MINUTES:
        raise BotError("Write the minutes as a whole number, {most} at most.", most=MOST_MINUTES)
    return minutes


def must_be_own(story: Story | None, person_id: int) -> Story:
    """The story, if it is this person's. Raises BotError if it isn't, or is gone."""
    if story is None:
        raise BotError("This story is not there any more.")
    if story.teller_id != person_id:
        raise BotError("Only the teller can do that.")
    return story


def must_be_applaudable(story: Story | None, person_id: int) -> Story:
    """The story, if this person may applaud it. Raises BotError if not."""
    if story is None or not story.is_shared:
        raise BotError("This story is not there any more.")
    if story.teller_id == person_id:
        raise BotError("Kind of you, but applause is for your colleagues.")
    return story
