"""Requests from Slack that were handled: a second delivery of one of them changes nothing."""

from datetime import datetime

from sqlalchemy import Integer, String, bindparam, delete, func
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Field, Session, col, select

from storage.people import Person
from storage.rows import Owned, instant, run, table_of


class AlreadyHandledError(Exception):
    """This very request was handled before; what it did stands."""


class HandledRequest(Owned, table=True):
    __tablename__ = "handled_request"

    workspace_id: int = Field(primary_key=True, foreign_key="workspace.id", ondelete="CASCADE")
    key: str = Field(primary_key=True, max_length=200)
    handled_at: datetime = instant(nullable=False, index=True, server_default=func.now())  # real time


def mark_handled(tx: Session, workspace_id: int, key: str, lock_person: int | None = None) -> None:
    """Write that this request was handled; first let nobody else act for `lock_person`, where that is asked.

    Raises AlreadyHandledError if it was handled before.
    """
    if lock_person is not None:
        marked = run(tx, _LOCK_AND_MARK, workspace=workspace_id, key=key, person=lock_person)
    else:
        marked = run(tx, _MARK[tx.get_bind().dialect.name], workspace_id=workspace_id, key=key)
    if marked.rowcount == 0:
        raise AlreadyHandledError(key)


_PEOPLE = table_of(Person).c
LOCK_PERSON = select(_PEOPLE.id).where(_PEOPLE.id == bindparam("person")).with_for_update()

_MARK = {
    name: insert(table_of(HandledRequest)).on_conflict_do_nothing().execution_options(preserve_rowcount=True)
    for name, insert in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}
# In one statement: each is a round trip, and that is most of what PostgreSQL costs.
_LOCK_AND_MARK = (
    postgresql.insert(table_of(HandledRequest))
    .from_select(
        ["workspace_id", "key"],
        select(bindparam("workspace", type_=Integer), bindparam("key", type_=String)).select_from(
            LOCK_PERSON.cte("locked")
        ),
        include_defaults=False,
    )
    .on_conflict_do_nothing()
    .execution_options(preserve_rowcount=True)
)


def forget_handled_before(tx: Session, moment: datetime) -> None:
    """Of every workspace: Slack redelivers for minutes, so what is older need not be known."""
    tx.exec(delete(HandledRequest).where(col(HandledRequest.handled_at) < moment))
