"""Which tip was shown to whom on which day, so that nobody gets the same one again soon."""

from collections.abc import Collection, Mapping
from datetime import date

from sqlmodel import Field, Session, col, select

from storage.rows import Owned, insert_new, workspace_of


class TipShown(Owned, table=True):
    """A tip that somebody got on their local day; the key makes a second row for that day impossible."""

    __tablename__ = "tip_shown"

    person_id: int = Field(primary_key=True, foreign_key="person.id", ondelete="CASCADE")
    tip_id: str = Field(primary_key=True, max_length=40)
    shown_on: date = Field(primary_key=True)


def tips_shown_since(tx: Session, person_id: int, day: date) -> set[str]:
    """The ids of the tips that this person got on that local day or later."""
    found = select(TipShown.tip_id).where(TipShown.person_id == person_id, TipShown.shown_on >= day)
    return set(tx.exec(found).all())


def tips_shown_to(tx: Session, person_ids: Collection[int], since: date) -> Mapping[int, set[str]]:
    """The ids of the tips that each of these people got on that day or later, in one question.

    Everybody who was asked for is in the answer. SQLite takes some 30,000 people at a time.
    """
    shown: dict[int, set[str]] = {person_id: set() for person_id in person_ids}
    found = select(TipShown.person_id, TipShown.tip_id)
    found = found.where(col(TipShown.person_id).in_(list(shown)), TipShown.shown_on >= since)
    for person_id, tip_id in tx.exec(found):
        shown[person_id].add(tip_id)
    return shown


def show_tip(tx: Session, person_id: int, tip_id: str, day: date) -> None:
    """Remember that this person got this tip on their local day; a second time that day changes nothing."""
    values = {"workspace_id": workspace_of(tx), "person_id": person_id, "tip_id": tip_id, "shown_on": day}
    insert_new(tx, TipShown, **values)
