"""The time in which somebody took no part, by choice or because Slack let them go: days away, which break no streak."""

from datetime import date, datetime, timedelta

from sqlmodel import Session

from bot.kernel.clock import local_day
from bot.kernel.facts import StandingChanged
from bot.kernel.office import Me
from bot.services import Services
from storage.absences import Absence, absences_of
from storage.participants import Participant
from storage.people import Part, Standing
from storage.stories import stories_on

OPEN_END = date.max  # of an absence, as long as nobody knows when they come back
DAY = timedelta(days=1)


def note_gap(tx: Session, left: Participant, me: Me, now: datetime) -> None:
    """Somebody who stopped joins again: the days between are neutral, the one on which they stopped too, unless it was
    told."""
    first, last = _first_day(tx, me, local_day(left.left_at or now, me.zone)), local_day(now, me.zone) - DAY
    if first <= last:
        tx.add(_away(me, first, last, now, entered_by=me.person_id))


def follow_standing(tx: Session, services: Services, fact: StandingChanged) -> None:
    """A reaction: who takes part is away from the day on which Slack tells that they can't, until they come back."""
    me, was_member = fact.me, fact.was == Standing.MEMBER
    if me.part != Part.JOINED or was_member == (me.standing == Standing.MEMBER):
        return
    today = services.clock.today(me.zone)
    if was_member:
        tx.add(_away(me, _first_day(tx, me, today), OPEN_END, services.clock.now()))
    else:
        _end(tx, me, today - DAY)
    tx.flush()


def _first_day(tx: Session, me: Me, stopped: date) -> date:
    return stopped + DAY if stories_on(tx, me.person_id, stopped) else stopped


def _away(me: Me, first: date, last: date, now: datetime, entered_by: int | None = None) -> Absence:
    return Absence(
        workspace_id=me.workspace_id, person_id=me.person_id, first_day=first, last_day=last,
        entered_by=entered_by, entered_at=now,
    )  # fmt: skip


def _end(tx: Session, me: Me, last: date) -> None:
    for absence in absences_of(tx, me.person_id):
        if absence.last_day == OPEN_END:
            absence.last_day = last
            if last < absence.first_day:
                tx.delete(absence)
