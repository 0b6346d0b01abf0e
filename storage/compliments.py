"""Customers' compliments, about whom they are, and who applauded: the tables and their questions."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Index, and_, delete, func, or_
from sqlmodel import Field, Session, Text, col, select

from storage.letters import plain_letters
from storage.outbox import Post
from storage.people import Person
from storage.rows import Owned, instant, workspace_of
from storage.standing import is_under


class Consent(StrEnum):
    """How a customer may be shown; the last two leave out the name everywhere."""

    FULL_NAME = "full_name"
    FIRST_NAME = "first_name"
    ANONYMOUS = "anonymous"
    NOT_ON_SCREEN = "not_on_screen"  # in Slack alone


class CameIn(StrEnum):
    """How a compliment reached the team."""

    TALK = "talk"
    PHONE = "phone"
    MAIL = "mail"
    REVIEW = "review"
    LETTER = "letter"
    SOCIAL = "social"
    PAGE = "page"  # the customer left it on the page for customers


class Compliment(Owned, table=True):
    """What a customer said. Withdrawn or refused it is deleted."""

    __table_args__ = (
        Index(None, "workspace_id", "is_placed", "day", "id"),
        Index(None, "workspace_id", "is_placed", "placed_at", "id"),  # the screens ask each second
        {"sqlite_autoincrement": True},  # a deleted one's id, and so its post's key, never comes back
    )

    id: int | None = Field(default=None, primary_key=True)
    text: str = Field(sa_type=Text)
    customer: str = Field(default="", max_length=150)  # who said it; shown as far as `consent` goes
    consent: str = Field(default=Consent.ANONYMOUS, max_length=20)
    came_in: str = Field(default=CameIn.TALK, max_length=20)
    day: date  # on which it was said
    photo: str | None = Field(default=None, max_length=40)  # Slack's id of the file
    folded: str = Field(default="", sa_type=Text)  # the words to search in: small letters without accents
    is_placed: bool = True  # on the wall; otherwise it waits for a moderator
    placed_at: datetime | None = instant(nullable=True)  # the moment at which it came on the wall; None: it waits
    entered_by: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL", index=True)
    entered_at: datetime = instant(nullable=False)
    changed_at: datetime | None = instant(nullable=True)
    link_id: int | None = Field(default=None, foreign_key="public_link.id", ondelete="SET NULL", index=True)
    own_link: str | None = Field(default=None, max_length=64, unique=True)  # hash of the customer's personal token
    for_whom: str = Field(default="", max_length=150)  # as written, where no colleague goes by that name
    contact: str = Field(default="", max_length=200)  # of who would like an answer; forgotten once they had it
    answer: str = Field(default="", sa_type=Text)  # the words that were sent to the customer
    answered_by: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL", index=True)
    answered_at: datetime | None = instant(nullable=True)


class ComplimentAbout(Owned, table=True):
    """A colleague whom a compliment is about; without any it is for everybody."""

    __tablename__ = "compliment_about"

    compliment_id: int = Field(primary_key=True, foreign_key="compliment.id", ondelete="CASCADE")
    person_id: int = Field(primary_key=True, foreign_key="person.id", ondelete="CASCADE", index=True)


class ComplimentApplause(Owned, table=True):
    """One person's applause for a compliment, given or taken back; the key makes a second one impossible."""

    __tablename__ = "compliment_applause"

    compliment_id: int = Field(primary_key=True, foreign_key="compliment.id", ondelete="CASCADE")
    person_id: int = Field(primary_key=True, foreign_key="person.id", ondelete="CASCADE", index=True)
    is_given: bool = True
    changed_at: datetime = instant(nullable=False)


@dataclass(frozen=True)
class Wanted:
    """Which compliments somebody looks for; what is empty doesn't matter."""

    about_id: int | None = None  # a person
    since: date | None = None
    came_in: str | None = None
    search: str = ""  # each of these words stands somewhere in the compliment or in the name that is shown


Place = tuple[date, int]  # of a compliment in the order of the wall: its day and its id


def shown_name(compliment: Compliment) -> str:
    """The customer's name as far as they allow; empty: it is "a customer"."""
    return _allowed(compliment.customer, compliment.consent)


def _allowed(customer: str, consent: str) -> str:
    if consent == Consent.FULL_NAME:
        return customer
    if consent == Consent.FIRST_NAME:
        return next(iter(customer.split()), "")
    return ""


def folded(text: str, customer: str, consent: str) -> str:
    """What a compliment is searched by: its words, and the name as far as it is shown."""
    return plain_letters(f"{text}\n{_allowed(customer, consent)}")


def fold(compliment: Compliment) -> None:
    """After a change of its words, name or consent: let it be found by what it says now."""
    compliment.folded = folded(compliment.text, compliment.customer, compliment.consent)


def add_compliment(tx: Session, **values: Any) -> Compliment:
    """Write a new compliment; `values` are its columns, but for the id, the workspace and what it is searched by.

    Unless it waits for a moderator it comes on the wall at the moment at which it is entered.
    """
    compliment = Compliment(workspace_id=workspace_of(tx), **values)
    compliment.placed_at = compliment.entered_at if compliment.is_placed else None
    fold(compliment)
    tx.add(compliment)
    tx.flush()
    return compliment


def compliment_by_id(tx: Session, compliment_id: int) -> Compliment | None:
    return tx.exec(select(Compliment).where(Compliment.id == compliment_id)).first()


def compliment_to_change(tx: Session, compliment_id: int) -> Compliment | None:
    """The compliment, which nobody else changes or deletes until the transaction ends."""
    return tx.exec(select(Compliment).where(Compliment.id == compliment_id).with_for_update()).first()


def compliment_by_own_link(tx: Session, own_link: str) -> Compliment | None:
    """The one whose customer has the personal link that is kept as this hash."""
    return tx.exec(select(Compliment).where(Compliment.own_link == own_link)).first()


def same_since(tx: Session, entered_by: int, text: str, since: datetime) -> Compliment | None:
    """A compliment with these words that the same person entered from `since` on."""
    found = select(Compliment).where(Compliment.entered_by == entered_by, Compliment.text == text)
    return tx.exec(found.where(col(Compliment.entered_at) >= since)).first()


def latest(tx: Session, wanted: Wanted, count: int, before: Place | None = None) -> Sequence[Compliment]:
    """Those on the wall that somebody looks for, the newest first, from the place `before` on."""
    newest_first = (col(Compliment.day).desc(), col(Compliment.id).desc())
    found = select(Compliment).where(col(Compliment.is_placed).is_(True), *_conditions(wanted))
    if before is not None:
        found = found.where(is_before(before))
    return tx.exec(found.order_by(*newest_first).limit(count)).all()


def is_before(place: Place) -> ColumnElement[bool]:
    """Whether a compliment comes after this place on the wall, which begins with the newest."""
    day, number = place
    return or_(col(Compliment.day) < day, and_(col(Compliment.day) == day, col(Compliment.id) < number))


def place_of(compliment: Compliment) -> Place:
    return compliment.day, compliment.id or 0


def says(search: str) -> list[ColumnElement[bool]]:
    """The conditions of a search: each of its words, written with or without accents and capitals."""
    words = plain_letters(search).split()
    return [col(Compliment.folded).contains(word, autoescape=True) for word in words]


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions = says(wanted.search)
    if wanted.about_id is not None:
        about = select(ComplimentAbout.compliment_id).where(ComplimentAbout.person_id == wanted.about_id)
        conditions.append(col(Compliment.id).in_(about))
    if wanted.since is not None:
        conditions.append(col(Compliment.day) >= wanted.since)
    if wanted.came_in:
        conditions.append(col(Compliment.came_in) == wanted.came_in)
    return conditions


def waiting(tx: Session, count: int) -> tuple[int, Sequence[Compliment]]:
    """How many wait for a moderator, and the `count` that wait longest."""
    is_waiting = col(Compliment.is_placed).is_(False)
    number = tx.exec(select(func.count()).select_from(Compliment).where(is_waiting)).one()
    oldest = (col(Compliment.placed_at), col(Compliment.id))  # the first is empty of all, and leads to the index
    return number, tx.exec(select(Compliment).where(is_waiting).order_by(*oldest).limit(count)).all()


def all_about(tx: Session, person_id: int) -> Sequence[Compliment]:
    """Those about somebody, also the ones that wait; the newest first."""
    about = select(ComplimentAbout.compliment_id).where(ComplimentAbout.person_id == person_id)
    return tx.exec(select(Compliment).where(col(Compliment.id).in_(about)).order_by(col(Compliment.id).desc())).all()


def about_of(tx: Session, compliment_id: int) -> Sequence[Person]:
    """The colleagues it is about, in the order in which the bot came to know them."""
    return abouts(tx, [compliment_id])[compliment_id]


def abouts(tx: Session, compliment_ids: Collection[int]) -> Mapping[int, Sequence[Person]]:
    """Of each of these compliments: the colleagues it is about; asked in one question."""
    found: dict[int, list[Person]] = defaultdict(list)
    who = select(ComplimentAbout.compliment_id, Person).join(Person, col(Person.id) == ComplimentAbout.person_id)
    listed = who.where(col(ComplimentAbout.compliment_id).in_(list(compliment_ids))).order_by(col(Person.id))
    for compliment_id, person in tx.exec(listed):
        found[compliment_id].append(person)
    return found


def replace_about(tx: Session, compliment_id: int, people: Iterable[Person]) -> None:
    """It is about these, and nobody else; about nobody: for everybody."""
    tx.exec(delete(ComplimentAbout).where(col(ComplimentAbout.compliment_id) == compliment_id))
    for person in people:
        about = ComplimentAbout(workspace_id=workspace_of(tx), compliment_id=compliment_id, person_id=person.id or 0)
        tx.add(about)
    tx.flush()


def applause_for(tx: Session, compliment_id: int) -> int:
    return applauses(tx, [compliment_id]).get(compliment_id, 0)


def applauses(tx: Session, compliment_ids: Collection[int]) -> Mapping[int, int]:
    """How many applaud each of these compliments; those that nobody applauds are left out."""
    given = select(ComplimentApplause.compliment_id, func.count()).where(col(ComplimentApplause.is_given).is_(True))
    found = given.where(col(ComplimentApplause.compliment_id).in_(list(compliment_ids)))
    return dict(tx.exec(found.group_by(col(ComplimentApplause.compliment_id))).all())


def applause_by(tx: Session, compliment_id: int, person_id: int) -> ComplimentApplause | None:
    found = select(ComplimentApplause).where(ComplimentApplause.compliment_id == compliment_id)
    return tx.exec(found.where(ComplimentApplause.person_id == person_id)).first()


def concerned_by(tx: Session, compliment: Compliment, deciders: Collection[str]) -> tuple[int, ...]:
    """The ids of those whom it is about, and of who decides (by Slack id) if it came from outside; each once."""
    who = col(Person.slack_id).in_(deciders if compliment.came_in == CameIn.PAGE else ())
    about = select(ComplimentAbout.person_id).where(ComplimentAbout.compliment_id == compliment.id)
    found = tx.exec(select(Person.id).where(or_(who, col(Person.id).in_(about))).order_by(col(Person.id)))
    return tuple(one or 0 for one in found)


def people_told(tx: Session, beginning: str) -> Sequence[Person]:
    """The people with whom a post stands, or will stand, whose key begins like this."""
    told = select(Post.target).where(is_under(beginning))
    return tx.exec(select(Person).where(col(Person.slack_id).in_(told.where(col(Post.body).is_not(None))))).all()
