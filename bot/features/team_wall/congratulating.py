"""Congratulating who has a birthday or a jubilee, and letting go of who left; started by the clock."""

from datetime import date
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.features.team_wall import posting, rules
from bot.features.team_wall.rules import Found
from bot.kernel.facts import HomesOutdated
from bot.services import Services
from storage import celebrations
from storage.celebrations import Celebration
from storage.database import InWorkspace
from storage.people import Person, Standing, people_by_ids

AT_A_TIME = 20  # posts of leavers in one go, so that nobody's posts wait for long


def workspaces_to_congratulate(services: Services) -> list[int]:
    with services.database.reading() as tx:
        return list(celebrations.workspaces_with_dates(tx))


def workspaces_with_leavers(services: Services) -> list[int]:
    with services.database.reading() as tx:
        return list(celebrations.workspaces_with_leavers(tx))


def congratulate(services: Services, workspace_id: int) -> None:
    """Post the day's birthdays and jubilees, once; who gave their date later in the day is added to that post."""
    scope = InWorkspace(workspace_id)
    with services.database.reading(scope) as tx:
        if not _waits(tx, services):
            return
    with services.database.writing(scope, patient=True) as tx:
        celebrations.lock_congratulations(tx)
        today = services.clock.today(services.office(tx).zone)
        is_new = [_add(tx, services, person, found, today) for person, found in _due(tx, services)]
        standing = [one for one in celebrations.congratulated_on(tx, today) if not one.is_removed]
        if standing and (any(is_new) or not services.outbox.stands(tx, posting.key_of(standing[0]))):
            posting.put(tx, services, standing[0])


def let_leavers_go(services: Services, workspace_id: int) -> None:
    """Take what is about former colleagues off the wall, and their name off what they told of others.

    Their dates are forgotten.
    """
    with services.database.writing(InWorkspace(workspace_id), patient=True) as tx:
        celebrations.lock_congratulations(tx)
        left = celebrations.leavers_posts(tx, AT_A_TIME)
        told = {reader for one in left for reader in _let_go(tx, services, one)}
        tx.flush()
        for one in {posting.key_of(one): one for one in left}.values():
            posting.follow(tx, services, one)
        for dates in celebrations.leavers_dates(tx):
            tx.delete(dates)
        if told:
            services.announce(tx, HomesOutdated(tuple(told)))


def _let_go(tx: Session, services: Services, celebration: Celebration) -> set[int]:
    """Let one go, or the name in it; answers the ids of the moderators who were asked about it."""
    subject = celebration.about_id or celebration.entered_by
    if _is_gone(tx, subject):
        celebration.is_removed = True
        return posting.close_reports(tx, services, celebration)
    celebration.entered_by = None
    return set()


def _is_gone(tx: Session, person_id: int | None) -> bool:
    return any(person.standing == Standing.GONE for person in people_by_ids(tx, [person_id or 0]))


def _waits(tx: Session, services: Services) -> bool:
    """Whether somebody is to be congratulated now who isn't in the day's post, or that post doesn't stand."""
    office = services.office(tx)
    known = celebrations.congratulated_on(tx, services.clock.today(office.zone))
    there = {(one.about_id, one.occasion, one.day) for one in known}
    if any((person.id, found.occasion, found.day) not in there for person, found in _due(tx, services)):
        return True
    standing = [one for one in known if not one.is_removed]
    is_missing = bool(standing) and not services.outbox.stands(tx, posting.key_of(standing[0]))
    return is_missing and office.team_wall_channel is not None


def _due(tx: Session, services: Services) -> list[tuple[Person, Found]]:
    """Who is to be congratulated now, and on what; nobody on a day off, or before nine on the office's clock."""
    office = services.office(tx)
    now = services.clock.now().astimezone(ZoneInfo(office.zone))
    if now.time() < rules.FROM:
        return []
    days = rules.days_to_celebrate(now.date(), office.workdays, office.calendar, office.weekend_birthdays)
    birthdays, beginnings = rules.birthdays_of(days), rules.beginnings_of(days)
    people = celebrations.colleagues_with(tx, list(birthdays), list(beginnings))
    return [(person, found) for person, dates in people for found in rules.found_for(dates, birthdays, beginnings)]


def _add(tx: Session, services: Services, person: Person, found: Found, today: date) -> bool:
    return celebrations.add_congratulation(
        tx,
        occasion=found.occasion,
        day=found.day,
        months=found.months,
        about_id=person.id,
        posted_on=today,
        entered_at=services.clock.now(),
    )
