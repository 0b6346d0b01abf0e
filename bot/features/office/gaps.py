"""The time in which somebody couldn't take part, deactivated or a guest in Slack: days away, which break no streak."""

from datetime import date, timedelta

from sqlmodel import Session

from bot.services import Services
from storage.absences import Absence, absences_of
from storage.people import Part, Person, Standing
from storage.stories import stories_on

OPEN_END = date.max  # of an absence, as long as nobody knows when they come back


def note_gap(tx: Session, services: Services, person: Person, was: str) -> None:
    """Let somebody who takes part be away from the day on which Slack tells that they can't, until they come back.

    `was` is their standing before. As with who stops and joins again by themselves, that day is neutral unless it was
    told, and so is the last one before they are back.
    """
    if person.part != Part.JOINED or (was == Standing.MEMBER) == (person.standing == Standing.MEMBER):
        return
    today = services.clock.today(services.me(tx, person).zone)
    if was == Standing.MEMBER:
        _begin(tx, services, person, today)
    else:
        _end(tx, person, today)
    tx.flush()


def _begin(tx: Session, services: Services, person: Person, today: date) -> None:
    person_id = person.id or 0
    first = today + timedelta(days=1) if stories_on(tx, person_id, today) else today
    tx.add(
        Absence(
            workspace_id=person.workspace_id, person_id=person_id, first_day=first, last_day=OPEN_END,
            entered_at=services.clock.now(),
        )
    )  # fmt: skip


def _end(tx: Session, person: Person, today: date) -> None:
    for absence in absences_of(tx, person.id or 0):
        if absence.last_day == OPEN_END:
            absence.last_day = today - timedelta(days=1)
            if absence.last_day < absence.first_day:
                tx.delete(absence)
