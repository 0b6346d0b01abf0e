"""A year ago today: somebody reads their own story again, on an afternoon in the office."""

from collections.abc import Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.features.figures import rules, screens
from bot.kernel.calendar import Dated, Span, Workdays, due_days
from bot.kernel.facts import StoryChanged, StoryRemoved
from bot.kernel.office import Office
from bot.services import Services
from storage.absences import absences_from
from storage.database import InWorkspace
from storage.participants import working_days_of
from storage.people import Person
from storage.standing import keys_with_blocks, stand_any
from storage.stories import story_by_id
from storage.workspaces import every_workspace
from storage.year_ago import stories_on, workspaces_on

FROM, UNTIL = time(12), time(17)  # on one's own clock
KEY = "year-ago:"  # the beginning of the key of such a message; then the day and whom it is for
REST = 28  # days after one, without another; and none in the rest of its month


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
        ids = {person.id or 0 for person, _ in here}
        away, days = absences_from(tx, ids, now.date() - rules.DAY), working_days_of(tx, ids)
        for person, story in here:
            today, own = local(now, person, office).date(), person.id or 0
            if not is_own_day(today, office, days[own], away.get(own, ())) or stand_any(tx, _lately(today, person)):
                continue
            key = _lately(today, person)[0]
            say = services.speakers.get(person.language or "", office.say)
            services.outbox.post(tx, key, screens.year_ago_message(story, say), to=person.slack_id)


def follow_story(tx: Session, services: Services, fact: StoryChanged | StoryRemoved) -> None:
    """A reaction: the message says what the story says, and goes with it."""
    story = story_by_id(tx, fact.story_id)
    beginning = f"{KEY}{rules.same_day_before(story.day, -1)}:" if story else KEY
    for key in keys_with_blocks(tx, beginning, {screens.year_ago_block(fact.story_id)}):
        if story is None:
            services.outbox.remove(tx, key)
        else:
            services.outbox.change(tx, key, screens.year_ago_message(story, fact.me.say))


def local(now: datetime, person: Person, office: Office) -> datetime:
    return now.astimezone(ZoneInfo(person.zone or office.zone))


def is_time(now: datetime, day: date, person: Person, office: Office) -> bool:
    """Whether a story of that day is a year old for somebody, and it is the afternoon."""
    there = local(now, person, office)
    return FROM <= there.time() < UNTIL and is_year_ago(day, there.date())


def is_own_day(today: date, office: Office, own: Dated[Workdays], away: Sequence[Span]) -> bool:
    """Whether somebody works today; on the days that the office does as long as they chose none."""
    return bool(due_days(today, today, [(date.min, office.workdays), *own], office.calendar, away, ()))


def is_year_ago(day: date, today: date) -> bool:
    """Whether it is the same day of the year before; 29 February has none."""
    return (day.year + 1, day.month, day.day) == (today.year, today.month, today.day)


def _lately(today: date, person: Person) -> list[str]:
    """The keys of such messages, today's first, that leave somebody in peace for now."""
    return [f"{KEY}{today - step * rules.DAY}:{person.slack_id}" for step in range(max(REST, today.day))]


def _days(now: datetime) -> list[date]:
    """The days that may be today a year ago somewhere on earth."""
    return [rules.same_day_before(now.date() + step * rules.DAY, 1) for step in (-1, 0, 1)]
