"""Requests from Slack that were handled: a second delivery of one of them changes nothing."""

from datetime import datetime

from sqlalchemy import delete, func, literal
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Field, Session, col

from storage.rows import Owned, instant, run, table_of


class AlreadyHandledError(Exception):
    """This very request was handled before; what it did stands."""


class HandledRequest(Owned, table=True):
    __tablename__ = "handled_request"

    workspace_id: int = Field(primary_key=True, foreign_key="workspace.id", ondelete="CASCADE")
    key: str = Field(primary_key=True, max_length=200)
    handled_at: datetime = instant(nullable=False, index=True, server_default=func.now())  # real time


def mark_handled(tx: Session, workspace_id: int, key: str) -> None:
    """Write that this request was handled. Raises AlreadyHandledError if it was."""
    mark = _MARK[tx.get_bind().dialect.name]
    if run(tx, mark, workspace_id=workspace_id, key=key).first() is None:
        raise AlreadyHandledError(key)


_MARK = {
    name: insert(table_of(HandledRequest)).on_conflict_do_nothing().returning(literal(1))
    for name, insert in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}


def forget_handled_before(tx: Session, moment: datetime) -> None:
    """Of every workspace: Slack redelivers for minutes, so what is older need not be known."""
    tx.exec(delete(HandledRequest).where(col(HandledRequest.handled_at) < moment))
