"""Which week a digest is about, when it goes out, and what a manager may say in it."""

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.kernel.errors import BotError
from bot.kernel.office import Office
from bot.kernel.periods import Period, PeriodKind
from bot.kernel.weekly import WEEK, due_moment, monday_of, week_due
from bot.slack.text import tidy

WEEKS = 12  # in the line
RESTS = 4 * WEEK  # who had the story of the week gives others a turn
RECENT = 8 * WEEK  # stories to tell aloud: those that people still know first
LONGEST_WORDS = 500  # characters of what a manager says on top
MOST_LISTED = 3  # compliments, and ideas


class State(StrEnum):
    """How it is with one week's digest."""

    OFF = "off"  # nothing goes out by itself
    COMING = "coming"
    SKIPPED = "skipped"
    POSTED = "posted"


def week_of(monday: date) -> Period:
    return Period(PeriodKind.WEEK, monday, monday + WEEK - timedelta(days=1))


def bounds_of(monday: date, zone: str) -> tuple[datetime, datetime]:
    """The first moment of a week somewhere, and the first one after it."""
    begins, ends = (datetime.combine(day, time(), ZoneInfo(zone)) for day in (monday, monday + WEEK))
    return begins, ends


def is_on(office: Office) -> bool:
    return bool(office.weekly.channel) and office.weekly.has_digest


def is_skipped(office: Office, monday: date) -> bool:
    return office.digest.monday == monday and office.digest.is_skipped


def words_for(office: Office, monday: date) -> str:
    """What a manager says on top of that week's; empty for what is always said."""
    return office.digest.words if office.digest.monday == monday else ""


def monday_due(now: datetime, office: Office) -> date | None:
    """The Monday of the week whose digest is to stand by now; None: of none."""
    if not is_on(office):
        return None
    return week_due(now, office.weekly, office.workdays, office.calendar, office.zone)


def moment_of(monday: date, office: Office) -> datetime | None:
    """When the digest of that week goes out, in the office's zone; None: never."""
    if not is_on(office):
        return None
    return due_moment(monday, office.weekly, office.workdays, office.calendar, office.zone)


def mondays_open(now: datetime, office: Office) -> list[date]:
    """The Mondays of the weeks whose digest can still go out or be changed: this one (the first one, where it began
    only now), on its first morning the last."""
    this = max(monday_of(now.astimezone(ZoneInfo(office.zone)).date()), office.weekly.since)
    due = monday_due(now, office)
    return [due, this] if due is not None and due < this else [this]


def state_of(office: Office, monday: date, *, is_posted: bool) -> State:
    if is_posted:
        return State.POSTED
    if not is_on(office):
        return State.OFF
    return State.SKIPPED if is_skipped(office, monday) else State.COMING


def read_words(typed: str) -> str:
    """What a manager says on top; nothing: what is always said. Raises BotError."""
    said = tidy(typed)
    if len(said) > LONGEST_WORDS:
        raise BotError("That is too long: {longest} characters at most.", longest=LONGEST_WORDS)
    return said


def read_monday(typed: object, opened: list[date]) -> date:
    """The week that a button or a form is about. Raises BotError for one that can't be changed any more."""
    found = next((monday for monday in opened if monday.isoformat() == typed), None)
    if found is None:
        raise BotError("That week is over. Open the digest again for the one that is coming.")
    return found


def is_best(totals: list[int]) -> bool:
    """Whether the last of these weeks is better than each before it, and there was anything before it."""
    return len(totals) > 1 and totals[-1] > max(totals[:-1]) > 0


def is_today(moment: datetime | None, now: datetime) -> bool:
    """Whether it goes out later today."""
    return moment is not None and now < moment and now.astimezone(moment.tzinfo).date() == moment.date()
