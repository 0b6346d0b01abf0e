"""The people of a workspace, as far as the bot has to know them: a name, a zone, and whether they belong."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any

from sqlalchemy import Row, UniqueConstraint, bindparam
from sqlmodel import Field, Session, col, select

from storage.rows import Owned, insert_new, instant, run, table_of, workspace_of
from storage.workspaces import Workspace


class Standing(StrEnum):
    """What somebody is in the workspace, from their Slack profile."""

    MEMBER = "member"
    GUEST = "guest"
    STRANGER = "stranger"  # from another company, in a shared channel
    BOT = "bot"
    GONE = "gone"  # deactivated


class Part(StrEnum):
    """Whether somebody takes part: is reminded, and counts among those who do. Telling stories needs none of it."""

    UNASKED = "unasked"
    ASKED = "asked"  # nobody is asked twice
    JOINED = "joined"
    LEFT = "left"


class Person(Owned, table=True):
    __table_args__ = (UniqueConstraint("workspace_id", "slack_id"),)

    id: int | None = Field(default=None, primary_key=True)
    slack_id: str = Field(max_length=40)
    name: str = Field(default="", max_length=120)  # empty: Slack has not told us yet
    zone: str | None = Field(default=None, max_length=60)  # empty: the office's
    language: str | None = Field(default=None, max_length=5)  # one's own choice; empty: the office's
    standing: str = Field(default=Standing.MEMBER, max_length=10)
    is_admin: bool = False  # of the Slack workspace
    profile_at: datetime | None = instant(nullable=True)  # when Slack last told us; empty: never
    part: str = Field(default=Part.UNASKED, max_length=10, sa_column_kwargs={"server_default": "unasked"})
    home_opened_at: datetime | None = instant(nullable=True)  # the first time; from then on Home is kept fresh


class Forgotten(Owned, table=True):
    """A mark of who had themselves erased; it leads to no row, and says no more than not to write them down again."""

    workspace_id: int = Field(primary_key=True, foreign_key="workspace.id", ondelete="CASCADE")
    mark: str = Field(primary_key=True, max_length=64)


def person_of_team(tx: Session, team_id: str, slack_id: str) -> Row[Any] | None:
    """A person with all columns and the workspace's `office_values`, if the bot knows them and their team.

    The transaction keeps to their workspace.
    """
    found: Row[Any] | None = run(tx, _OF_TEAM, team=team_id, slack=slack_id).first()
    if found is not None:
        tx.info["workspace_id"] = found.workspace_id
        tx.info["office_values"] = found.office_values
    return found


def person_by_slack_id(tx: Session, slack_id: str) -> Person | None:
    return tx.exec(select(Person).where(Person.slack_id == slack_id)).first()


def people_by_slack_ids(tx: Session, slack_ids: Iterable[str]) -> Sequence[Person]:
    return tx.exec(select(Person).where(col(Person.slack_id).in_(list(slack_ids)))).all()


def colleagues_among(tx: Session, slack_ids: Iterable[str]) -> Sequence[Person]:
    """Those of these who work here, as far as Slack told; the same order each time, so that nobody waits in a ring."""
    found = select(Person).where(col(Person.slack_id).in_(list(slack_ids)), Person.standing == Standing.MEMBER)
    return tx.exec(found.order_by(col(Person.id))).all()


def colleagues_known(tx: Session) -> Sequence[Person]:
    """Everybody who works here and has a name."""
    return tx.exec(select(Person).where(Person.standing == Standing.MEMBER, Person.name != "")).all()


def people_by_ids(tx: Session, ids: Iterable[int]) -> Sequence[Person]:
    return tx.exec(select(Person).where(col(Person.id).in_(list(ids)))).all()


def people_without_profile(tx: Session, limit: int) -> Sequence[Person]:
    """Those of whom Slack has told nothing yet, the oldest first."""
    return tx.exec(select(Person).where(col(Person.profile_at).is_(None)).order_by(col(Person.id)).limit(limit)).all()


def people_without_zone(tx: Session) -> Sequence[int]:
    """The ids of those who live by the office's zone, for Slack tells none of theirs."""
    return tx.exec(select(Person.id).where(col(Person.zone).is_(None))).all()  # type: ignore[return-value]


def remember_to_forget(tx: Session, slack_id: str) -> None:
    """Don't let others write this person down again, by a list or by choosing them; who does something is known."""
    insert_new(tx, Forgotten, workspace_id=workspace_of(tx), mark=_mark(tx, slack_id))


def without_forgotten(tx: Session, slack_ids: Iterable[str]) -> list[str]:
    """Those of these who didn't have themselves erased."""
    marks = {_mark(tx, slack_id): slack_id for slack_id in slack_ids}
    gone = set(tx.exec(select(Forgotten.mark).where(col(Forgotten.mark).in_(list(marks)))))
    return [slack_id for mark, slack_id in marks.items() if mark not in gone]


def _mark(tx: Session, slack_id: str) -> str:
    return sha256(f"{workspace_of(tx)}:{slack_id}".encode()).hexdigest()


def note_home(tx: Session, person_id: int, now: datetime) -> None:
    """Somebody opened Home; it counts the first time."""
    person = tx.exec(select(Person).where(Person.id == person_id)).one()
    person.home_opened_at = person.home_opened_at or now


def enter_person(tx: Session, slack_id: str, name: str = "") -> Person:
    """The person, whom the bot knows from now on: until Slack tells more, by this name."""
    insert_new(
        tx, Person, workspace_id=workspace_of(tx), slack_id=slack_id, name=name[:120], standing=Standing.MEMBER,
        is_admin=False, part=Part.UNASKED,
    )  # fmt: skip
    return tx.exec(select(Person).where(Person.slack_id == slack_id)).one()


def known_people(tx: Session, slack_ids: Iterable[str]) -> Sequence[Person]:
    """The people with these Slack ids, in that order; who was not known yet is from now on.

    Without those who had themselves erased, and did nothing since: no list, and no choice of others, brings them back.
    """
    wanted = list(dict.fromkeys(slack_ids))
    known = {person.slack_id: person for person in people_by_slack_ids(tx, wanted)}
    new = [slack_id for slack_id in wanted if slack_id not in known]
    known |= {slack_id: enter_person(tx, slack_id) for slack_id in (without_forgotten(tx, new) if new else ())}
    return [known[slack_id] for slack_id in wanted if slack_id in known]


_OF_TEAM = (
    table_of(Person)
    .select()
    .add_columns(table_of(Workspace).c.office_values)
    .join(table_of(Workspace))
    .where(table_of(Workspace).c.team_id == bindparam("team"), table_of(Person).c.slack_id == bindparam("slack"))
)
