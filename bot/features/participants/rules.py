"""Who may be invited, and what people filled in about their own times, days and absence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from enum import StrEnum

from bot.kernel.calendar import Span, Workdays, read_time
from bot.kernel.errors import BotError, FormError, Wrong
from bot.kernel.tips import LANGUAGES
from storage.absences import Absence
from storage.participants import Participant, Volume
from storage.people import Part, Person, Standing

FOUNDERS = 12  # the group that it begins with
MOST_INVITED = 20  # at a time
OFFERED = (time(8, 30), time(9, 0), time(16, 30))  # after the first story
SECOND = time(16, 0)  # of who is reminded twice, unless they choose another time
LAST_MINUTE = time(23, 59)
LONG_AGO = timedelta(days=366)


@dataclass(frozen=True)
class TypedChoices:
    """The form of joining, or of one's settings, as it was filled in."""

    at: str = ""
    second: str = ""  # empty: the usual one
    days: tuple[str, ...] = ()  # "0" = Monday
    volume: str = ""
    board: str = ""  # "yes", "no"; empty: nothing was chosen


@dataclass(frozen=True)
class Choices:
    """When and how somebody takes part."""

    at: time
    second_at: time  # of volume normal
    days: Workdays
    volume: Volume
    on_board: bool  # may their name be on the leaderboard


@dataclass(frozen=True)
class TypedAbsence:
    """The form of an absence as it was filled in; days are YYYY-MM-DD."""

    first: str
    last: str
    who: str = ""  # a colleague's Slack id, from a manager; empty: oneself


@dataclass(frozen=True)
class Away:
    """One of my absences to come."""

    id: int
    first: date
    last: date
    entered_by: str = ""  # the name of who did, when it was somebody else


@dataclass(frozen=True)
class Entered:
    """An absence that was saved."""

    first: date
    last: date
    colleague: str | None  # the name; None: one's own


class Skip(StrEnum):
    """Why somebody gets no invitation."""

    YOURSELF = "yourself"
    IN = "in"
    ASKED = "asked"  # nobody is asked twice
    CANNOT = "cannot"  # guests, bots, who has left
    UNKNOWN = "unknown"  # Slack hasn't told who this is


@dataclass(frozen=True)
class Invited:
    """What became of invitations, by the names of the people."""

    sent: Sequence[str]
    skipped: Mapping[Skip, Sequence[str]] = field(default_factory=dict)
    joined: int = 0  # how many take part


def read_choices(typed: TypedChoices) -> Choices:
    """The form's content. Raises FormError with what is wrong at each field."""
    wrong = Wrong()
    read = wrong.read
    at = read("at", _time, typed.at, time())
    volume = read("volume", _volume, typed.volume, Volume.LIGHT)
    choices = Choices(
        at=at,
        second_at=read(
            "second", lambda second: _second(second, at, volume, at_is_known="at" not in wrong), typed.second, SECOND
        ),
        days=read("days", lambda _: _days(typed.days), "", frozenset()),
        volume=volume,
        on_board=read("board", _board, typed.board, False),
    )
    wrong.must_be_none()
    return choices


def _time(typed: str) -> time:
    if not typed.strip():
        raise BotError("Write a time, such as 8:30.")
    return read_time(typed)


def _second(typed: str, at: time, volume: Volume, *, at_is_known: bool) -> time:
    if not typed.strip():
        return second_after(at)
    second = read_time(typed)
    if volume == Volume.NORMAL and second <= at and at_is_known:
        raise BotError("The second time has to be later than the first.")
    return second


def second_after(at: time) -> time:
    """When the second reminder comes unless one chooses: at four, or an hour after a first one that is later."""
    if at < SECOND:
        return SECOND
    return at.replace(hour=at.hour + 1) if at.hour < LAST_MINUTE.hour else LAST_MINUTE


def _days(typed: Sequence[str]) -> Workdays:
    days = frozenset(int(day) for day in typed if day in "0123456" and len(day) == 1)
    if not days:
        raise BotError("Choose at least one working day.")
    return days


def _volume(typed: str) -> Volume:
    if typed not in list(Volume):
        raise BotError("Choose one of these.")
    return Volume(typed)


def _board(typed: str) -> bool:
    if typed not in ("yes", "no"):
        raise BotError("Choose one of these.")
    return typed == "yes"


def read_language(typed: str) -> str | None:
    """A language that the bot speaks; None for the office's."""
    return typed if typed in LANGUAGES else None


def offered_time(value: object) -> time | None:
    """The time that a button carries; None when it carries none of those that are offered."""
    return next((at for at in OFFERED if f"{at:%H:%M}" == value), None)


def choices_of(participant: Participant, days: Workdays) -> Choices:
    """What somebody chose before."""
    return Choices(participant.remind_at, participant.second_at, days, Volume(participant.volume), participant.on_board)


def is_planned_alike(one: Choices, other: Choices) -> bool:
    """Whether both have the same reminders."""
    return (one.at, one.second_at, one.days, one.volume) == (other.at, other.second_at, other.days, other.volume)


def why_skipped(person: Person, inviter_id: int) -> Skip | None:
    """Why this person gets no invitation from the inviter; None: they get one."""
    if person.id == inviter_id:
        return Skip.YOURSELF
    if person.standing != Standing.MEMBER:
        return Skip.CANNOT
    if person.part != Part.UNASKED:
        return Skip.IN if person.part == Part.JOINED else Skip.ASKED
    return Skip.UNKNOWN if person.profile_at is None else None


def must_be_invitable(slack_ids: Sequence[str]) -> None:
    """Raise FormError when there is nobody to invite, or too many at a time."""
    if not slack_ids:
        raise FormError({"who": BotError("Choose who you want to invite.")})
    if len(slack_ids) > MOST_INVITED:
        raise FormError({"who": BotError("At most {most} at a time.", most=MOST_INVITED)})


def coming(absences: Sequence[Absence], today: date) -> list[Absence]:
    """Those that are not over yet."""
    return [absence for absence in absences if absence.last_day >= today]


def read_absence(first: str, last: str, today: date) -> Span:
    """The first and the last day of an absence, both included, from two date pickers (YYYY-MM-DD).

    Raises FormError at "first" or "last" when it ends before it starts, is longer than a year, or long ago.
    """
    wrong = Wrong()
    start, end = _read_day("first", first, wrong), _read_day("last", last, wrong)
    if start is None or end is None:
        raise FormError(wrong)
    if end < start:
        raise FormError({"last": BotError("This is before the first day.")})
    if (end.year, end.month, end.day) >= (start.year + 1, start.month, start.day):
        raise FormError({"last": BotError("That is more than a year. Set a year at most, and the rest later.")})
    if end < today - LONG_AGO:
        raise FormError({"last": BotError("That is more than a year ago.")})
    return start, end


def _read_day(name: str, typed: str, wrong: Wrong) -> date | None:
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        wrong[name] = BotError("I can't read that as a day.") if typed.strip() else BotError("Choose a day.")
        return None
