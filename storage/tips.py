"""Which tip was shown to whom on which day, so that nobody gets the same one again soon."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlalchemy import text
from sqlmodel import Field, Session, col, select

from storage.rows import Owned, insert_new, run, workspace_of


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


def who_had(tx: Session, tips: Collection[tuple[int, str]], since: date) -> set[int]:
    """Of these people, each with a tip's id: who got that very tip on that day or later."""
    asked = json.dumps([{"person_id": person_id, "tip_id": tip_id} for person_id, tip_id in tips])
    values = {"in_workspace": workspace_of(tx), "tips": asked, "since": since.isoformat()}
    return set(run(tx, _WHO_HAD[tx.get_bind().dialect.name], **values).scalars())


def show_tip(tx: Session, person_id: int, tip_id: str, day: date) -> None:
    """Remember that this person got this tip on their local day; a second time that day changes nothing."""
    values = {"workspace_id": workspace_of(tx), "person_id": person_id, "tip_id": tip_id, "shown_on": day}
    insert_new(tx, TipShown, **values)


def show_tips(tx: Session, shown: Sequence[tuple[int, str, date]]) -> None:
    """Remember for many which person got which tip on which local day, as `show_tip` does for one."""
    if not shown:
        return
    rows = [{"person_id": who, "tip_id": tip_id, "shown_on": day.isoformat()} for who, tip_id, day in shown]
    run(tx, _SHOW[tx.get_bind().dialect.name], in_workspace=workspace_of(tx), shown=json.dumps(rows))


# Many rows travel as one value: looked up from a list, each would be sought in the whole table; as rows of their own,
# the parameters take longer than the writing.
_WHO_HAD = {
    "sqlite": text("""
        SELECT had.person_id FROM json_each(:tips) AS one JOIN tip_shown AS had
        ON had.person_id = json_extract(one.value, '$.person_id') AND had.tip_id = json_extract(one.value, '$.tip_id')
        WHERE had.workspace_id = :in_workspace AND had.shown_on >= :since
        """),
    "postgresql": text("""
        SELECT had.person_id FROM json_to_recordset(CAST(:tips AS json)) AS one(person_id integer, tip_id text)
        JOIN tip_shown AS had ON had.person_id = one.person_id AND had.tip_id = one.tip_id
        WHERE had.workspace_id = :in_workspace AND had.shown_on >= CAST(:since AS date)
        """),
}
_SHOW = {
    "sqlite": text("""
        INSERT INTO tip_shown (workspace_id, person_id, tip_id, shown_on)
        SELECT :in_workspace, json_extract(value, '$.person_id'), json_extract(value, '$.tip_id'),
        json_extract(value, '$.shown_on') FROM json_each(:shown) WHERE true ON CONFLICT DO NOTHING
        """),
    "postgresql": text("""
        INSERT INTO tip_shown (workspace_id, person_id, tip_id, shown_on)
        SELECT :in_workspace, person_id, tip_id, shown_on
        FROM json_to_recordset(CAST(:shown AS json)) AS one(person_id integer, tip_id text, shown_on date)
        ON CONFLICT DO NOTHING
        """),
}
