"""Which week a digest is about, when it goes out, and what a manager may say in it."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.kernel.errors import BotError
from bot.kernel.office import Office
from bot.kernel.periods import Period, PeriodKind
from bot.kernel.weekly import WEEK, due_moment, monday_of, time_left, week_due
from bot.slack.text import tidy

WEEKS = 12  # in the line
RESTS = 4 * WEEK  # who had the story of the week gives others a turn
RECENT = 8 * WEEK  # stories to tell aloud: those that people still know first
LONGEST_WORDS = 500  # characters of what a manager says on top
FOLLOWED, EVER = 6, 520  # weeks back: that suggestions are followed, and all else is
MOST_LISTED = 3  # compliments, and ideas
MOST_WITHOUT = 5  # weeks without a digest, after which the next one doesn't tell of all of them


class State(StrEnum):
    """How it is with one week's digest."""

    OFF = "off"  # nothing goes out by itself
    COMING = "coming"
    SKIPPED = "skipped"
    POSTED = "posted"


def week_of(monday: date) -> Period:
    return Period(PeriodKind.WEEK, monday, monday + WEEK - timedelta(days=1))


def bounds_of(
    monday: date, office: Office, ended: Mapping[date, datetime | None] | None = None
) -> tuple[datetime, datetime]:
    """Of what a week's digest tells: the moment up to which the last one told, and its own; so that nothing is lost.

    `ended`: by its Monday, up to when each digest told that stands, this week's own too; None where that wasn't kept.
    """
    known = {one: moment or _ends(one, office) for one, moment in (ended or {}).items()}
    last = max((one for one in known if one < monday), default=None)
    begins = known[last] if last else _first_begins(monday, office)
    return begins, known.get(monday) or _ends(monday, office)


def _first_begins(monday: date, office: Office) -> datetime:
    """Where no digest was posted in the last weeks: the moment before the first one that was to be, or this one."""
    since = office.weekly.since
    first = since if monday - MOST_WITHOUT * WEEK < since < monday else monday
    earlier = (_moment(first - number * WEEK, office) for number in range(1, MOST_WITHOUT + 1))
    return next((moment for moment in earlier if moment is not None), _midnight(first, office))


def _ends(monday: date, office: Office) -> datetime:
    """Up to when the digest of that week tells, as it is set now."""
    return _moment(monday, office) or _midnight(monday + WEEK, office)


def _moment(monday: date, office: Office) -> datetime | None:
    return due_moment(monday, office.weekly, office.workdays, office.calendar, office.zone)


def _midnight(day: date, office: Office) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(office.zone))


def mondays_until(last: date, number: int) -> list[date]:
    """So many, the last one first."""
    return [last - step * WEEK for step in range(number)]


def is_on(office: Office) -> bool:
    return bool(office.weekly.channel) and office.weekly.has_digest


def is_skipped(office: Office, monday: date) -> bool:
    return office.digest.of(monday).is_skipped


def words_for(office: Office, monday: date) -> str:
    """What a manager says on top of that week's; empty for what is always said."""
    return office.digest.of(monday).words


def monday_due(now: datetime, office: Office) -> date | None:
    """The Monday of the week whose digest is to stand by now; None: of none."""
    if not is_on(office):
        return None
    return week_due(now, office.weekly, office.workdays, office.calendar, office.zone)


def news_for(now: datetime, monday: date, office: Office) -> timedelta:
    """How long from now on the digest of a week that is due is still news."""
    return time_left(now, monday, office.weekly, office.workdays, office.calendar, office.zone)


def moment_of(monday: date, office: Office) -> datetime | None:
    """When the digest of that week goes out, in the office's zone; None: never."""
    if not is_on(office):
        return None
    return _moment(monday, office)


def mondays_open(now: datetime, office: Office) -> list[date]:
    """The Mondays of the weeks whose digest can still go out or be changed: this one (the first one, where it began
    only now), and the last one until its time is over."""
    this = monday_of(now.astimezone(ZoneInfo(office.zone)).date())
    last, moment = this - WEEK, moment_of(this - WEEK, office)
    is_coming = moment is not None and now < moment and last >= office.weekly.since
    opened = [last] if is_coming or monday_due(now, office) == last else []
    return [*opened, max(this, office.weekly.since)]


def and_next(opened: list[date]) -> list[date]:
    """The same once the last of them has its digest: the week after it too. Of no more than two changes are kept."""
    return [*opened, opened[-1] + WEEK] if len(opened) == 1 else opened


def state_of(office: Office, monday: date, *, is_posted: bool) -> State:
    if is_posted:
        return State.POSTED
    if not is_on(office):
        return State.OFF
    return State.SKIPPED if is_skipped(office, monday) else State.COMING


def is_due(moment: datetime | None, now: datetime) -> bool:
    """Whether one that can still go out does so with the next tick."""
    return moment is not None and moment <= now


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
