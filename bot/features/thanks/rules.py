"""Whom one can thank, how often, and which week the managers hear about."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.kernel.calendar import due_days
from bot.kernel.errors import BotError
from bot.kernel.office import Me, Office
from bot.slack.text import tidy
from storage.people import Person, Standing
from storage.stories import Story
from storage.thanks import Thanks

A_WEEK, A_WEEK_FOR_MANAGERS = 5, 20  # thanks: who thanks everybody for everything thanks nobody
LONGEST = 1000  # characters
TAKE_BACK_WITHIN = timedelta(days=31)  # as long as a gift can be put back
WEEK = timedelta(days=7)
TELL_FROM = 9  # o'clock, in the office


class Where(StrEnum):
    """Where the thanks are read."""

    THREAD = "thread"
    PRIVATE = "private"


@dataclass(frozen=True)
class TypedThanks:
    """The form as it was filled in."""

    words: str
    gift: str = ""  # its number
    where: str = ""


def read_words(typed: str) -> str:
    """What somebody says. Raises BotError."""
    said = tidy(typed)
    if not said:
        raise BotError("Write what you liked about it, in a few words.")
    if len(said) > LONGEST:
        raise BotError("That is too long: {longest} characters at most.", longest=LONGEST)
    return said


def must_be_thankable(story: Story | None, teller: Person | None, me: Me) -> tuple[Story, Person]:
    """The story and its teller, if this person can thank them for it. Raises BotError if not."""
    if story is None or teller is None or not story.is_shared or not story.text:
        raise BotError("This story is not there any more.")
    if teller.id == me.person_id:
        raise BotError("Kind of you, but thanks are for your colleagues.")
    if teller.standing == Standing.BOT:
        raise BotError("A bot does what it must: thank a colleague.")
    if teller.standing != Standing.MEMBER:
        raise BotError("This colleague doesn't work here any more.")
    return story, teller


def must_be_first(earlier: Thanks | None) -> None:
    """Raises BotError for who gave thanks for this story already."""
    if earlier is not None:
        raise BotError("You gave thanks for this story already.")


def must_have_room(given: int, me: Me) -> None:
    """Raises BotError for who gave as many thanks as fit in a week."""
    if left_of(given, me) == 0:
        raise BotError("You gave thanks {most} times this week. From Monday on you can again.", most=most_for(me))


def most_for(me: Me) -> int:
    return A_WEEK_FOR_MANAGERS if me.is_manager else A_WEEK


def left_of(given: int, me: Me) -> int:
    """How many thanks somebody has left this week."""
    return max(most_for(me) - given, 0)


def where_possible(*, is_posted: bool, takes_part: bool) -> list[Where]:
    """Where thanks can be read: in the thread of a post, and in a message to who takes part."""
    return [Where.THREAD] * is_posted + [Where.PRIVATE] * takes_part


def must_be_mine(thanks: Thanks | None, me: Me, now: datetime) -> Thanks:
    """Thanks that this person gave, and can still take back. Raises BotError if not."""
    if thanks is None:
        raise BotError("These thanks were taken back already.")
    if thanks.from_id != me.person_id:
        raise BotError("Only who gave these thanks can take them back.")
    if not may_take_back(thanks, now):
        raise BotError("That was too long ago: at most {days} days back.", days=TAKE_BACK_WITHIN.days)
    return thanks


def may_take_back(thanks: Thanks, now: datetime) -> bool:
    return now - thanks.thanked_at <= TAKE_BACK_WITHIN


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def week_before(day: date) -> tuple[date, date]:
    """The first and the last day of the week that is over by then: the one that the managers' list is of."""
    monday = monday_of(day)
    return monday - WEEK, monday - timedelta(days=1)


def beginning_of(day: date, zone: str) -> datetime:
    """The first moment of a day somewhere."""
    return datetime.combine(day, time(), ZoneInfo(zone))


def is_time_to_tell(now: datetime, office: Office) -> bool:
    """Whether it is a working day in the office, and not early."""
    here = now.astimezone(ZoneInfo(office.zone))
    today = here.date()
    is_due = bool(due_days(today, today, [(today, office.workdays)], office.calendar, (), ()))
    return is_due and here.hour >= TELL_FROM
