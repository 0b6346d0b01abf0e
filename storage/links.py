"""Public links that managers make: to a screen on the wall, and to the page for customers; and their questions."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, Session, col, select

from storage.rows import Owned, instant


class LinkKind(StrEnum):
    """What a link opens."""

    SCREEN = "screen"
    CUSTOMERS = "customers"
    BOARD = "board"  # the leaderboard of the week
    FIGURES = "figures"  # the office's


class PublicLink(Owned, table=True):
    """A link that can be read again, so that a poster can be printed twice; revoked it opens nothing any more."""

    __tablename__ = "public_link"

    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(max_length=20)
    token: str = Field(max_length=43, unique=True)
    name: str = Field(default="", max_length=80)  # what managers call it: a shop, a place, a colleague
    about_id: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL", index=True)
    made_by: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL", index=True)
    made_at: datetime = instant(nullable=False)
    revoked_at: datetime | None = instant(nullable=True)


def link_by_token(tx: Session, token: str, kind: LinkKind) -> PublicLink | None:
    """The link of this kind that the token opens; None when nobody made it, or it was revoked.

    Of any workspace, where the transaction was opened for all: the token alone says whose it is.
    """
    found = select(PublicLink).where(PublicLink.token == token, PublicLink.kind == kind)
    return tx.exec(found.where(col(PublicLink.revoked_at).is_(None))).first()


def link_by_id(tx: Session, link_id: int) -> PublicLink | None:
    """The link, one that was revoked too."""
    return tx.exec(select(PublicLink).where(PublicLink.id == link_id)).first()


def links_of(tx: Session, kind: LinkKind) -> Sequence[PublicLink]:
    """The links of this kind that open something, in the order in which they were made."""
    found = select(PublicLink).where(PublicLink.kind == kind, col(PublicLink.revoked_at).is_(None))
    return tx.exec(found.order_by(col(PublicLink.id))).all()


def links_about(tx: Session, person_id: int) -> Sequence[PublicLink]:
    """The links about a colleague, those that were revoked too."""
    return tx.exec(select(PublicLink).where(PublicLink.about_id == person_id)).all()
