"""Groups of people in an office: a Slack user group, or a list that managers keep."""

from collections.abc import Collection, Sequence

from sqlalchemy import UniqueConstraint, delete
from sqlmodel import Field, Session, col, select

from storage.people import Person
from storage.rows import Owned, insert_new, workspace_of


class PeopleGroup(Owned, table=True):
    __tablename__ = "people_group"
    __table_args__ = (UniqueConstraint("workspace_id", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=60)
    usergroup_id: str | None = Field(default=None, max_length=40)  # Slack's; empty: managers keep the list


class GroupMember(Owned, table=True):
    __tablename__ = "group_member"

    group_id: int = Field(primary_key=True, foreign_key="people_group.id", ondelete="CASCADE")
    person_id: int = Field(primary_key=True, foreign_key="person.id", ondelete="CASCADE", index=True)


def groups(tx: Session) -> Sequence[PeopleGroup]:
    """All of them, by name."""
    return tx.exec(select(PeopleGroup).order_by(col(PeopleGroup.name))).all()


def group_by_id(tx: Session, group_id: int) -> PeopleGroup | None:
    return tx.exec(select(PeopleGroup).where(PeopleGroup.id == group_id)).first()


def groups_of_slack(tx: Session) -> Sequence[PeopleGroup]:
    """Those whose people Slack knows."""
    found = select(PeopleGroup).where(col(PeopleGroup.usergroup_id).is_not(None))
    return tx.exec(found.order_by(col(PeopleGroup.id))).all()


def add_group(tx: Session, name: str) -> PeopleGroup | None:
    """A new group; None when there is one of that name."""
    if not insert_new(tx, PeopleGroup, workspace_id=workspace_of(tx), name=name):
        return None
    return tx.exec(select(PeopleGroup).where(PeopleGroup.name == name)).one()


def members_of(tx: Session, group_id: int) -> Sequence[Person]:
    """The people in a group, by name."""
    found = select(Person).join(GroupMember, col(GroupMember.person_id) == Person.id)
    return tx.exec(found.where(GroupMember.group_id == group_id).order_by(col(Person.name))).all()


def replace_members(tx: Session, group_id: int, person_ids: Collection[int]) -> None:
    """These are in the group, and nobody else."""
    tx.exec(delete(GroupMember).where(col(GroupMember.group_id) == group_id))
    for person_id in sorted(person_ids):
        tx.add(GroupMember(workspace_id=workspace_of(tx), group_id=group_id, person_id=person_id))
    tx.flush()
