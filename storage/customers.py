"""What customers said besides compliments, and how often an address wrote: the tables and their questions."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, delete, func
from sqlmodel import Field, Session, Text, col, select

from storage.rows import Owned, instant


class NoteKind(StrEnum):
    """What a customer wanted."""

    ANSWER = "answer"  # to the open question: what could we have done better?
    CALL = "call"  # something went wrong: call me


class CustomerNote(Owned, table=True):
    """An answer to the open question, or a request to be called."""

    __tablename__ = "customer_note"

    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(max_length=10)
    text: str = Field(sa_type=Text)
    name: str = Field(default="", max_length=150)
    contact: str = Field(default="", max_length=200)  # forgotten once the customer was called
    link_id: int | None = Field(default=None, foreign_key="public_link.id", ondelete="SET NULL", index=True)
    heard_by: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL", index=True)
    received_at: datetime = instant(nullable=False)
    taken_by: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL", index=True)
    taken_at: datetime | None = instant(nullable=True)  # somebody calls, or the answer became an idea
    settled_at: datetime | None = instant(nullable=True)


class PageVisit(Owned, table=True):
    """That somebody sent the customers' form; kept for an hour, to hold back who sends too much."""

    __tablename__ = "page_visit"
    __table_args__ = (Index(None, "link_id", "at"),)

    id: int | None = Field(default=None, primary_key=True)
    link_id: int = Field(foreign_key="public_link.id", ondelete="CASCADE")
    address: str = Field(max_length=64)  # a hash
    at: datetime = instant(nullable=False)


def note_by_id(tx: Session, note_id: int) -> CustomerNote | None:
    return tx.exec(select(CustomerNote).where(CustomerNote.id == note_id)).first()


def note_to_change(tx: Session, note_id: int) -> CustomerNote | None:
    """The note, which nobody else changes until the transaction ends."""
    return tx.exec(select(CustomerNote).where(CustomerNote.id == note_id).with_for_update()).first()


def latest_answers(tx: Session, count: int) -> Sequence[CustomerNote]:
    """What customers answered to the open question, the newest first."""
    found = select(CustomerNote).where(CustomerNote.kind == NoteKind.ANSWER)
    return tx.exec(found.order_by(col(CustomerNote.id).desc()).limit(count)).all()


def calls_to_make(tx: Session) -> Sequence[CustomerNote]:
    """Who waits to be called, the longest first."""
    found = select(CustomerNote).where(CustomerNote.kind == NoteKind.CALL, col(CustomerNote.settled_at).is_(None))
    return tx.exec(found.order_by(col(CustomerNote.id))).all()


def answer_heard_since(tx: Session, heard_by: int, text: str, since: datetime) -> CustomerNote | None:
    """The answer in these very words that somebody entered since then."""
    found = select(CustomerNote).where(CustomerNote.heard_by == heard_by, CustomerNote.text == text)
    return tx.exec(found.where(CustomerNote.received_at >= since)).first()


def notes_naming(tx: Session, person_id: int) -> Sequence[CustomerNote]:
    """The notes that somebody entered or took up."""
    heard, taken = col(CustomerNote.heard_by) == person_id, col(CustomerNote.taken_by) == person_id
    return tx.exec(select(CustomerNote).where(heard | taken).order_by(col(CustomerNote.id))).all()


def visits_since(tx: Session, link_id: int, since: datetime, address: str | None = None) -> int:
    """How often the form behind a link was sent since then; by one address when one is given (a hash)."""
    found = select(func.count()).select_from(PageVisit).where(PageVisit.link_id == link_id, PageVisit.at > since)
    return tx.exec(found if address is None else found.where(PageVisit.address == address)).one()


def forget_visits_before(tx: Session, moment: datetime) -> None:
    """Who sent the form before that; of every workspace, where the transaction was opened for all."""
    tx.exec(delete(PageVisit).where(col(PageVisit.at) <= moment))
