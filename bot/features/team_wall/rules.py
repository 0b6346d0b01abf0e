"""What can be on the employees' wall, who may do what with it, and whom the wall congratulates on which day."""

from calendar import isleap, monthrange
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta

from bot.kernel.calendar import Dated, HolidayRules, Workdays, due_days
from bot.kernel.errors import BotError, Wrong
from bot.kernel.office import Me
from bot.kernel.wording import letters_in
from bot.slack.photos import read_photo
from bot.slack.text import tidy
from storage.celebrations import Celebration, Occasion, OwnDates

LONGEST = 2000  # characters of what somebody posts
LISTED = 10  # posts in the window
ENTERED = (Occasion.GOOD_NEWS, Occasion.BIRTH, Occasion.JUBILEE, Occasion.JOKE)  # birthdays come by themselves
FROM = time(9)  # on the office's clock: congratulations are there when people come in
LONGEST_CLOSED = 70  # days that an office can be closed in a row: further nobody looks for a working day
JUBILEES = (12, 60, 120, 150, 180, 240, 300, 360, 480)  # months; twelve and a half years is one in the Netherlands
LEAP_DAY = "02-29"
OLDEST = 60  # years that somebody can have worked somewhere


@dataclass(frozen=True)
class TypedCelebration:
    """The form of a post as it was filled in."""

    text: str
    occasion: str = ""
    about: str = ""  # a Slack id; empty: oneself, or nobody in particular
    photo: str = ""  # Slack's id of the file
    photo_kind: str = ""  # what Slack calls its kind: png, pdf, …
    without_photo: bool = False  # take the one that it has off


@dataclass(frozen=True)
class CelebrationValues:
    """A post's content, checked."""

    text: str
    occasion: Occasion
    about: str
    photo: str | None


@dataclass(frozen=True)
class TypedDates:
    """The form of one's own dates as it was filled in; what is empty is not to be congratulated on."""

    day: str = ""  # of the month
    month: str = ""
    began: str = ""  # YYYY-MM-DD


@dataclass(frozen=True)
class Found:
    """Somebody to congratulate: on which day it really is, and for a jubilee after how many months."""

    occasion: Occasion
    day: date
    months: int | None = None


def read_celebration(typed: TypedCelebration, kept_photo: str | None = None) -> CelebrationValues:
    """A form's content; a post that is changed keeps its photo unless another is given. Raises FormError."""
    wrong = Wrong()
    text = tidy(typed.text)
    if not letters_in(text):
        wrong["text"] = BotError("Write in a sentence or two what there is to tell.")
    elif len(text) > LONGEST:
        wrong["text"] = BotError("That is too long: {longest} characters at most.", longest=LONGEST)
    photo = wrong.read(
        "photo", lambda one: read_photo(one, typed.photo_kind, typed.without_photo, kept_photo), typed.photo, None
    )
    wrong.must_be_none()
    occasion = Occasion(typed.occasion) if typed.occasion in ENTERED else Occasion.GOOD_NEWS
    return CelebrationValues(text, occasion, typed.about, photo)


def read_dates(typed: TypedDates, today: date) -> tuple[str | None, date | None]:
    """A birthday as MM-DD, and the day on which somebody began; each None when it was left empty. Raises FormError."""
    wrong = Wrong()
    birthday: str | None = None
    if typed.day or typed.month:
        birthday = _birthday(typed.day, typed.month)
        if birthday is None:
            wrong["day"] = BotError("Choose a day and a month that go together, or neither.")
    began = _date(typed.began)
    if typed.began and began is None:
        wrong["began"] = BotError("I can't read that as a day.")
    elif began is not None and began > today:
        wrong["began"] = BotError("That day is still to come.")
    elif began is not None and began.year < today.year - OLDEST:
        wrong["began"] = BotError("That is too long ago: at most {years} years back.", years=OLDEST)
    wrong.must_be_none()
    return birthday, began


def _birthday(day: str, month: str) -> str | None:
    """As MM-DD, 29 February too; None when there is no such day in any year."""
    found = _date(f"2000-{month:0>2}-{day:0>2}")  # a leap year
    return f"{found:%m-%d}" if found else None


def _date(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


def must_be_there(celebration: Celebration | None) -> Celebration:
    """The post, if it still is one. Raises BotError."""
    if celebration is None or celebration.is_removed:
        raise BotError("This is not on the wall any more.")
    return celebration


def must_be_own(celebration: Celebration | None, me: Me) -> Celebration:
    """The post, if this person may change it: whoever entered it. Raises BotError."""
    found = must_be_there(celebration)
    if found.entered_by != me.person_id:
        raise BotError("Only who posted it can change it.")
    return found


def must_be_mine(celebration: Celebration | None, me: Me) -> Celebration:
    """The post, if this person may take it away: whoever entered it, or whom it is about. Raises BotError."""
    found = must_be_there(celebration)
    if me.person_id not in (found.entered_by, found.about_id):
        raise BotError("Only who posted it, or whom it is about, can take it away.")
    return found


def days_to_celebrate(
    today: date, workdays: Workdays, calendar: Dated[HolidayRules], weekend_birthdays: str
) -> list[date]:
    """The days whose birthdays and jubilees are shown today: none when the office is closed today.

    On a working day its own, and the days without work around it: those that come after ("before": people are
    congratulated on the working day before), or those that went by ("after").
    """
    reach = timedelta(days=LONGEST_CLOSED)
    open_days = due_days(today - reach, today + reach, ((date.min, workdays),), calendar, (), ())
    if today not in open_days:
        return []
    place = open_days.index(today)
    if weekend_birthdays == "after":
        first = open_days[place - 1] + timedelta(days=1) if place else today
        return _days(first, today)
    last = open_days[place + 1] - timedelta(days=1) if place + 1 < len(open_days) else today
    return _days(today, last)


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def birthdays_of(days: Collection[date]) -> Mapping[str, date]:
    """The birthdays (MM-DD) that fall on these days; 29 February on the 28th of a year that has none."""
    found = {f"{day:%m-%d}": day for day in days}
    last = found.get("02-28")
    return found if last is None or isleap(last.year) else found | {LEAP_DAY: last}


def beginnings_of(days: Collection[date]) -> Mapping[date, tuple[date, int]]:
    """The days on which somebody began who has a jubilee on one of these: that day, and the months in between."""
    return {began: (day, months) for day in days for months in JUBILEES for began in _began(day, months)}


def found_for(
    dates: OwnDates, birthdays: Mapping[str, date], beginnings: Mapping[date, tuple[date, int]]
) -> list[Found]:
    """On what somebody with these dates is congratulated now."""
    found = []
    if dates.birthday is not None and dates.birthday in birthdays:
        found.append(Found(Occasion.BIRTHDAY, birthdays[dates.birthday]))
    if dates.began_on is not None and dates.began_on in beginnings:
        found.append(Found(Occasion.JUBILEE, *beginnings[dates.began_on]))
    return found


def jubilee(began: date, months: int) -> date:
    """So many months later; on the last of a month that is too short."""
    year, month = divmod(began.year * 12 + began.month - 1 + months, 12)
    return date(year, month + 1, min(began.day, monthrange(year, month + 1)[1]))


def _began(day: date, months: int) -> Iterator[date]:
    """The days that are so many months before this one: several where their month is the longer one."""
    if day.year * 12 + day.month - 1 < months + 12:
        return
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for number in range(day.day, monthrange(year, month + 1)[1] + 1):
        if jubilee(date(year, month + 1, number), months) == day:
            yield date(year, month + 1, number)
