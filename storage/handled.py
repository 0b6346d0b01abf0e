"""Requests from Slack that were handled: a second delivery of one of them changes nothing."""

from datetime import datetime

from sqlalchemy import delete, func
from sqlmodel import Field, Session, col

from storage.rows import Owned, insert_new, instant


class AlreadyHandledError(Exception):
    """This very request was handled before; what it did stands."""


class HandledRequest(Owned, table=True):
    __tablename__ = "handled_request"

    workspace_id: int = Field(primary_key=True, foreign_key="workspace.id", ondelete="CASCADE")
    key: str = Field(primary_key=True, max_length=200)
    handled_at: datetime = instant(nullable=False, index=True, server_default=func.now())  # real time


def mark_handled(tx: Session, workspace_id: int, key: str) -> None:
    """Write that this request was handled. Raises AlreadyHandledError if it was."""
    if not insert_new(tx, HandledRequest, workspace_id=workspace_id, key=key):
        raise AlreadyHandledError(key)


def forget_handled_before(tx: Session, moment: datetime) -> None:
    """Of every workspace: Slack redelivers for minutes, so what is older need not be known."""
    tx.exec(delete(HandledRequest).where(col(HandledRequest.handled_at) < moment))
