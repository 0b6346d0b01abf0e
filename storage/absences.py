"""When somebody is away: the dates, and never a reason."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from sqlmodel import Field, Session, col, select

from storage.rows import Owned, instant


class Absence(Owned, table=True):
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", ondelete="CASCADE", index=True)
    first_day: date
    last_day: date  # included
    entered_by: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL", index=True)
    entered_at: datetime = instant(nullable=False)


def absences_of(tx: Session, person_id: int) -> Sequence[Absence]:
    """All of one person, the first first."""
    return tx.exec(select(Absence).where(Absence.person_id == person_id).order_by(col(Absence.first_day))).all()


def absences_from(tx: Session, person_ids: Collection[int], day: date) -> Mapping[int, list[tuple[date, date]]]:
    """Each one's absences that end on that day or later: first and last day."""
    found = select(Absence).where(col(Absence.person_id).in_(list(person_ids)), Absence.last_day >= day)
    spans: dict[int, list[tuple[date, date]]] = {person_id: [] for person_id in person_ids}
    for absence in tx.exec(found.order_by(col(Absence.first_day))):
        spans[absence.person_id].append((absence.first_day, absence.last_day))
    return spans


def absence_by_id(tx: Session, absence_id: int) -> Absence | None:
    return tx.exec(select(Absence).where(Absence.id == absence_id)).first()
