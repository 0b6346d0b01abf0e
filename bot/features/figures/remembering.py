"""A year ago today: somebody reads their own story again, on an afternoon in the office."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.features.figures import rules, screens
from bot.kernel.calendar import due_days
from bot.kernel.office import Office
from bot.services import Services
from storage.absences import absences_from
from storage.database import InWorkspace
from storage.people import Person
from storage.workspaces import every_workspace
from storage.year_ago import stories_on, workspaces_on

FROM, UNTIL = time(12), time(17)  # on one's own clock
KEY = "year-ago:"  # the beginning of the key of such a message; then the month and whom it is for


def workspaces(services: Services) -> Sequence[int]:
    """Where a story was told a year ago, wherever on earth it was that day."""
    days = _days(services.clock.now())
    with services.database.reading() as tx:
        return workspaces_on(tx, [workspace_id for workspace_id, _ in every_workspace(tx)], days)


def remember(services: Services, workspace_id: int) -> None:
    """Let everybody for whom it is the hour, and who is there, have their story of a year ago."""
    now = services.clock.now()
    with services.database.writing(InWorkspace(workspace_id)) as tx:
        office = services.office(tx)
        told = stories_on(tx, _days(now))
        here = [(person, story) for person, story in told if is_time(now, story.day, person, office)]
        away = absences_from(tx, {person.id or 0 for person, _ in here}, now.date() - rules.DAY)
        for person, story in here:
            today = local(now, person, office).date()
            key = f"{KEY}{today:%Y-%m}:{person.slack_id}"
            if is_away(today, person, away) or services.outbox.stands(tx, key):
                continue
            say = services.speakers.get(person.language or "", office.say)
            services.outbox.post(tx, key, screens.year_ago_message(story, say), to=person.slack_id)


def local(now: datetime, person: Person, office: Office) -> datetime:
    return now.astimezone(ZoneInfo(person.zone or office.zone))


def is_time(now: datetime, day: date, person: Person, office: Office) -> bool:
    """Whether a story of that day is a year old for somebody, in an afternoon on which the office works."""
    there = local(now, person, office)
    today = there.date()
    if not FROM <= there.time() < UNTIL or not is_year_ago(day, today):
        return False
    return bool(due_days(today, today, [(today, office.workdays)], office.calendar, (), ()))


def is_year_ago(day: date, today: date) -> bool:
    """Whether it is the same day of the year before; 29 February has none."""
    return (day.year + 1, day.month, day.day) == (today.year, today.month, today.day)


def is_away(today: date, person: Person, away: Mapping[int, Sequence[tuple[date, date]]]) -> bool:
    return any(first <= today <= last for first, last in away.get(person.id or 0, ()))


def _days(now: datetime) -> list[date]:
    """The days that may be today a year ago somewhere on earth."""
    return [rules.same_day_before(now.date() + step * rules.DAY, 1) for step in (-1, 0, 1)]
