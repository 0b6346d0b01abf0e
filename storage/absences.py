"""When somebody is away: the dates, and never a reason."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import Field, Session, col, select

from storage.rows import Owned, as_list, instant, listed, run, table_of, workspace_of


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
    spans: dict[int, list[tuple[date, date]]] = {person_id: [] for person_id in person_ids}
    found: Iterable[Any] = run(tx, _FROM, in_workspace=workspace_of(tx), people=as_list(spans), day=day)
    for person_id, first_day, last_day in found:
        spans[person_id].append((first_day, last_day))
    return spans


def absence_by_id(tx: Session, absence_id: int) -> Absence | None:
    return tx.exec(select(Absence).where(Absence.id == absence_id)).first()


_ABSENCE = table_of(Absence).c
_FROM = (
    select(_ABSENCE.person_id, _ABSENCE.first_day, _ABSENCE.last_day)
    .where(
        _ABSENCE.workspace_id == bindparam("in_workspace"),
        _ABSENCE.person_id.in_(listed("people")),
        _ABSENCE.last_day >= bindparam("day"),
    )
    .order_by(_ABSENCE.first_day)
)
