"""The employees' own wall, birthdays and jubilees, and what is hidden or reported: the tables and their questions."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Index, UniqueConstraint, delete, func, or_, update
from sqlmodel import Field, Session, Text, col, select

from storage.outbox import Post
from storage.people import Person, Standing
from storage.rows import Owned, insert_new, instant, workspace_of
from storage.standing import is_under
from storage.workspaces import Workspace


class Occasion(StrEnum):
    """What there is to celebrate."""

    BIRTH = "birth"
    BIRTHDAY = "birthday"
    JUBILEE = "jubilee"
    JOKE = "joke"
    GOOD_NEWS = "good_news"


class Celebration(Owned, table=True):
    """One post on the employees' wall; or one person's part in the post that congratulates all of a day."""

    __table_args__ = (
        Index(None, "workspace_id", "posted_on", "id"),
        UniqueConstraint("workspace_id", "about_id", "occasion", "day"),  # nobody is congratulated twice
        {"sqlite_autoincrement": True},  # a deleted one's id, and so its post's key, never comes back
    )

    id: int | None = Field(default=None, primary_key=True)
    occasion: str = Field(max_length=20)
    text: str = Field(default="", sa_type=Text)  # empty for a birthday or jubilee, which the bot words itself
    photo: str | None = Field(default=None, max_length=40)  # Slack's id of the file
    about_id: int | None = Field(default=None, foreign_key="person.id", ondelete="CASCADE", index=True)
    entered_by: int | None = Field(default=None, foreign_key="person.id", ondelete="CASCADE", index=True)
    day: date | None = None  # of a birthday or jubilee that the clock found: the day itself; otherwise empty
    months: int | None = None  # of such a jubilee: how long somebody has worked here
    posted_on: date  # the office's local day
    entered_at: datetime = instant(nullable=False)
    changed_at: datetime | None = instant(nullable=True)
    is_removed: bool = False  # by a moderator, or because whom it is about left


class OwnDates(Owned, table=True):
    """Somebody's birthday without a year, and the day on which they began; each as they gave it, or empty."""

    __tablename__ = "own_dates"

    person_id: int = Field(primary_key=True, foreign_key="person.id", ondelete="CASCADE")
    birthday: str | None = Field(default=None, max_length=5, index=True)  # MM-DD
    began_on: date | None = Field(default=None, index=True)


class CelebrationHidden(Owned, table=True):
    """Somebody doesn't want to see this one any more."""

    __tablename__ = "celebration_hidden"

    celebration_id: int = Field(primary_key=True, foreign_key="celebration.id", ondelete="CASCADE")
    person_id: int = Field(primary_key=True, foreign_key="person.id", ondelete="CASCADE", index=True)


class CelebrationReport(Owned, table=True):
    """Somebody finds that this one shouldn't be there."""

    __tablename__ = "celebration_report"

    celebration_id: int = Field(primary_key=True, foreign_key="celebration.id", ondelete="CASCADE")
    person_id: int = Field(primary_key=True, foreign_key="person.id", ondelete="CASCADE", index=True)
    reported_at: datetime = instant(nullable=False)
    settled_at: datetime | None = instant(nullable=True)


@dataclass(frozen=True)
class Shown:
    """One post with the people in it."""

    celebration: Celebration
    author: Person | None
    about: Person | None


def celebration_by_id(tx: Session, celebration_id: int) -> Celebration | None:
    return tx.exec(select(Celebration).where(Celebration.id == celebration_id)).first()


def celebration_held(tx: Session, celebration_id: int) -> Celebration | None:
    """One of them, to decide on: who wants that as well waits, and sees what was decided."""
    return tx.exec(select(Celebration).where(Celebration.id == celebration_id).with_for_update()).first()


def shown(tx: Session, celebrations: Sequence[Celebration]) -> list[Shown]:
    """These with the people in them, in the same order."""
    ids = {one for row in celebrations for one in (row.entered_by, row.about_id) if one is not None}
    found = select(Person).where(col(Person.id).in_(ids))
    people: dict[int | None, Person] = {person.id: person for person in tx.exec(found)}
    return [Shown(row, people.get(row.entered_by), people.get(row.about_id)) for row in celebrations]


def latest_for(tx: Session, person_id: int, limit: int) -> Sequence[Celebration]:
    """The newest first, without what this person hid and without leavers."""
    hidden = select(CelebrationHidden.celebration_id).where(CelebrationHidden.person_id == person_id)
    subject = func.coalesce(Celebration.about_id, Celebration.entered_by)
    found = select(Celebration).join(Person, col(Person.id) == subject).where(Person.standing != Standing.GONE)
    found = found.where(col(Celebration.is_removed).is_(False), col(Celebration.id).not_in(hidden))
    return tx.exec(found.order_by(col(Celebration.posted_on).desc(), col(Celebration.id).desc()).limit(limit)).all()


def congratulated_on(tx: Session, day: date) -> Sequence[Celebration]:
    """Who was congratulated on that local day, in the order in which they were found; also what was taken away."""
    found = select(Celebration).where(Celebration.posted_on == day, col(Celebration.day).is_not(None))
    return tx.exec(found.order_by(col(Celebration.id))).all()


def lock_congratulations(tx: Session) -> None:
    """Let whoever else wants to change a post of congratulations wait: each writes it from all that are in it."""
    here = select(Workspace.id).where(Workspace.id == workspace_of(tx))
    tx.exec(here.with_for_update(key_share=True)).one()


def add_congratulation(tx: Session, **values: Any) -> bool:
    """Put somebody in a day's post; false when this birthday or jubilee had its turn."""
    return insert_new(tx, Celebration, workspace_id=workspace_of(tx), text="", is_removed=False, **values)


def congratulations_of(tx: Session, person_id: int, occasion: str) -> Sequence[Celebration]:
    """What the clock found of somebody, of one kind; not what a moderator took away."""
    theirs = select(Celebration).where(Celebration.about_id == person_id, Celebration.occasion == occasion)
    return tx.exec(theirs.where(col(Celebration.day).is_not(None), col(Celebration.is_removed).is_(False))).all()


def celebrations_about(tx: Session, person_id: int) -> Sequence[Celebration]:
    return tx.exec(select(Celebration).where(Celebration.about_id == person_id)).all()


def celebrations_by(tx: Session, person_id: int) -> Sequence[Celebration]:
    return tx.exec(select(Celebration).where(Celebration.entered_by == person_id)).all()


def workspaces_with_dates(tx: Session) -> Sequence[int]:
    """Of every workspace: those in which anybody gave a date."""
    return tx.exec(select(OwnDates.workspace_id).distinct().order_by(col(OwnDates.workspace_id))).all()


def workspaces_with_leavers(tx: Session) -> Sequence[int]:
    """Of every workspace: those in which something of a former colleague is still on the wall, or in the record."""
    found = set(tx.exec(select(Celebration.workspace_id).where(*_names_leaver()).distinct()))
    dates = select(OwnDates.workspace_id).join(Person, col(Person.id) == OwnDates.person_id)
    return sorted(found | set(tx.exec(dates.where(Person.standing == Standing.GONE).distinct())))


def leavers_posts(tx: Session, limit: int) -> Sequence[Celebration]:
    """What former colleagues are in, as far as it is still there: to go, or to stay without their name."""
    return tx.exec(select(Celebration).where(*_names_leaver()).order_by(col(Celebration.id)).limit(limit)).all()


def leavers_dates(tx: Session) -> Sequence[OwnDates]:
    found = select(OwnDates).join(Person, col(Person.id) == OwnDates.person_id)
    return tx.exec(found.where(Person.standing == Standing.GONE)).all()


def dates_of(tx: Session, person_id: int) -> OwnDates | None:
    return tx.exec(select(OwnDates).where(OwnDates.person_id == person_id)).first()


def colleagues_with(
    tx: Session, birthdays: Collection[str], began: Collection[date]
) -> Sequence[tuple[Person, OwnDates]]:
    """Who works here and gave one of these birthdays (MM-DD), or began on one of these days; by name."""
    found = select(Person, OwnDates).join(OwnDates, col(OwnDates.person_id) == Person.id)
    either = or_(col(OwnDates.birthday).in_(birthdays), col(OwnDates.began_on).in_(began))
    members = found.where(Person.standing == Standing.MEMBER, either)
    return tx.exec(members.order_by(col(Person.name), col(Person.id))).all()


def hide(tx: Session, celebration_ids: Collection[int], person_id: int) -> None:
    for celebration_id in celebration_ids:
        values = {"celebration_id": celebration_id, "person_id": person_id}
        insert_new(tx, CelebrationHidden, workspace_id=workspace_of(tx), **values)


def show_again(tx: Session, person_id: int, celebration_ids: Collection[int] | None = None) -> None:
    """Somebody wants to see these again; all that they hid, when none are named."""
    theirs = delete(CelebrationHidden).where(col(CelebrationHidden.person_id) == person_id)
    if celebration_ids is not None:
        theirs = theirs.where(col(CelebrationHidden.celebration_id).in_(celebration_ids))
    tx.exec(theirs)


def hides_any(tx: Session, person_id: int) -> bool:
    """Whether somebody hid a post that is still there."""
    found = select(Celebration.id).join(CelebrationHidden, col(CelebrationHidden.celebration_id) == Celebration.id)
    found = found.where(CelebrationHidden.person_id == person_id, col(Celebration.is_removed).is_(False))
    return tx.exec(found.limit(1)).first() is not None


def add_report(tx: Session, celebration_id: int, person_id: int, now: datetime) -> bool:
    """Somebody reports one; false when they did before."""
    values = {"celebration_id": celebration_id, "person_id": person_id, "reported_at": now}
    return insert_new(tx, CelebrationReport, workspace_id=workspace_of(tx), **values)


def reports_of(tx: Session, celebration_id: int) -> Sequence[CelebrationReport]:
    """All of one post, those that were settled too."""
    return tx.exec(select(CelebrationReport).where(CelebrationReport.celebration_id == celebration_id)).all()


def settle_reports(tx: Session, celebration_id: int, now: datetime) -> None:
    theirs = (col(CelebrationReport.celebration_id) == celebration_id, col(CelebrationReport.settled_at).is_(None))
    tx.execute(update(CelebrationReport).where(*theirs).values(settled_at=now))


def reported(tx: Session, limit: int) -> Sequence[Celebration]:
    """What waits for a moderator, the oldest first."""
    waiting = select(CelebrationReport.celebration_id).where(col(CelebrationReport.settled_at).is_(None))
    found = select(Celebration).where(col(Celebration.id).in_(waiting), col(Celebration.is_removed).is_(False))
    return tx.exec(found.order_by(col(Celebration.id)).limit(limit)).all()


def report_keys(tx: Session, beginning: str) -> Sequence[str]:
    """The keys of the messages that moderators got, by what these begin with."""
    found = select(Post.key).where(is_under(beginning), col(Post.body).is_not(None))
    return tx.exec(found.order_by(col(Post.id))).all()


def _names_leaver() -> Sequence[ColumnElement[bool]]:
    gone = select(Person.id).where(Person.standing == Standing.GONE)
    theirs = or_(col(Celebration.entered_by).in_(gone), col(Celebration.about_id).in_(gone))
    return (col(Celebration.is_removed).is_(False), theirs)
