"""The house rules that may be bent without asking, and the stories in which one was: the tables and their questions."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, func
from sqlmodel import Field, Session, Text, col, select

from storage.letters import plain_letters
from storage.rows import Owned, instant, workspace_of
from storage.stories import Story


class Permission(Owned, table=True):
    """What everybody may do without asking; stories can name it as the rule that was bent."""

    id: int | None = Field(default=None, primary_key=True)
    text: str = Field(max_length=150)  # such as "Return without a receipt, up to 50 euro"
    details: str = Field(default="", sa_type=Text)
    folded: str = Field(default="", sa_type=Text)  # the words to search in: small letters without accents
    written_by: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL", index=True)
    written_at: datetime = instant(nullable=False)
    is_in_force: bool = True  # otherwise it is history
    put_to_managers_at: datetime | None = instant(nullable=True)  # as bent so often that the rule may go
    scrap_proposed_at: datetime | None = instant(nullable=True)  # by a manager, on the wall of change


class StoryPermission(Owned, table=True):
    """The rule that was bent in a story."""

    __tablename__ = "story_permission"

    story_id: int = Field(primary_key=True, foreign_key="story.id", ondelete="CASCADE")
    permission_id: int = Field(foreign_key="permission.id", ondelete="CASCADE", index=True)


def fold(permission: Permission) -> None:
    """After a change of its words: let it be found by what it says now."""
    permission.folded = plain_letters(f"{permission.text}\n{permission.details}")


def add_permission(tx: Session, text: str, details: str, written_by: int, now: datetime) -> Permission:
    """Write a new one, which holds from now on."""
    permission = Permission(
        workspace_id=workspace_of(tx), text=text, details=details, written_by=written_by, written_at=now
    )
    fold(permission)
    tx.add(permission)
    tx.flush()
    return permission


def permission_by_id(tx: Session, permission_id: int) -> Permission | None:
    return tx.exec(select(Permission).where(Permission.id == permission_id)).first()


def permission_to_change(tx: Session, permission_id: int) -> Permission | None:
    """The permission as it is now; nobody else changes it until this is saved."""
    found = select(Permission).where(Permission.id == permission_id).with_for_update()
    return tx.exec(found.execution_options(populate_existing=True)).first()


def permissions_in_force(tx: Session, limit: int, offset: int = 0, search: str = "") -> Sequence[Permission]:
    """Those that hold and say each word of a search, by their words."""
    found = select(Permission).where(*_held(search)).order_by(col(Permission.folded), col(Permission.id))
    return tx.exec(found.limit(limit).offset(offset)).all()


def how_many(tx: Session, search: str = "") -> int:
    """How many hold and say each word of a search."""
    return tx.exec(select(func.count()).select_from(Permission).where(*_held(search))).one()


def texts_in_force(tx: Session, but: int | None = None) -> Sequence[str]:
    """What those that hold say, without one of them."""
    found = select(Permission.text).where(col(Permission.is_in_force).is_(True))
    return tx.exec(found.where(col(Permission.id) != but) if but is not None else found).all()


def times_bent(tx: Session, ids: Collection[int], since: date) -> Mapping[int, int]:
    """By permission: in how many stories of `since` and later it was named; others are left out.

    Stories that the team got: from those kept for oneself nobody may see that there are any.
    """
    named = select(StoryPermission.permission_id, func.count()).where(*_named(ids, since))
    named = named.join(Story, col(Story.id) == StoryPermission.story_id)
    return dict(tx.exec(named.group_by(col(StoryPermission.permission_id))).all())


def how_many_bent(tx: Session, permission_id: int, since: date) -> int:
    """How many people told the stories in which it was named, of those that `times_bent` counts."""
    tellers = select(func.count(col(Story.teller_id).distinct())).select_from(StoryPermission)
    tellers = tellers.join(Story, col(Story.id) == StoryPermission.story_id)
    return tx.exec(tellers.where(*_named([permission_id], since))).one()


def _named(ids: Collection[int], since: date) -> list[ColumnElement[bool]]:
    is_one = col(StoryPermission.permission_id).in_(ids)
    return [is_one, col(Story.day) >= since, col(Story.is_shared).is_(True)]


def permission_of(tx: Session, story_id: int) -> Permission | None:
    """What was bent in a story."""
    found = select(Permission).join(StoryPermission, col(StoryPermission.permission_id) == Permission.id)
    return tx.exec(found.where(StoryPermission.story_id == story_id)).first()


def name_permission(tx: Session, story_id: int, permission_id: int | None) -> None:
    """This was bent in the story, and nothing else; nothing at all when it is None."""
    named = tx.exec(select(StoryPermission).where(StoryPermission.story_id == story_id)).first()
    if permission_id is None:
        if named is not None:
            tx.delete(named)
    elif named is not None:
        named.permission_id = permission_id
    else:
        tx.add(StoryPermission(workspace_id=workspace_of(tx), story_id=story_id, permission_id=permission_id))
    tx.flush()


def _held(search: str) -> list[ColumnElement[bool]]:
    words = plain_letters(search).split()
    said = [col(Permission.folded).contains(word, autoescape=True) for word in words]
    return [col(Permission.is_in_force).is_(True), *said]
