"""The record of every post: what is to stand in Slack, and what stands there."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, ColumnElement, Index, UniqueConstraint, and_, case, func, or_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import aliased
from sqlmodel import Field, Session, col, select

from storage.rows import Owned, instant


class Post(Owned, table=True):
    """One post under its key. It is waiting while `revision` is ahead of `sent_revision`."""

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        Index("ix_outbox_waiting", "is_waiting", "due_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=120)
    target: str = Field(max_length=40)  # a channel's or a person's Slack id
    thread_key: str | None = Field(default=None, max_length=120)  # the key of the post whose thread this goes into
    body: dict[str, Any] | None = Field(default=None, sa_type=JSON(none_as_null=True))  # empty: it is to go away
    is_home: bool = False  # a Home tab, and not a message
    token: str = Field(max_length=32)  # our own id, sent along as metadata; finds a message whose answer was lost
    channel: str | None = Field(default=None, max_length=40)  # where it stands
    ts: str | None = Field(default=None, max_length=40)  # Slack's id of the message there
    revision: int = 1
    sent_revision: int = 0
    is_waiting: bool = True
    due_at: datetime = instant(nullable=False)  # real time
    claim: str | None = Field(default=None, max_length=32)
    claimed_until: datetime | None = instant(nullable=True)  # real time
    is_uncertain: bool = False  # an attempt began whose outcome is not known
    attempts: int = 0
    parked_reason: str | None = Field(default=None, max_length=60)  # Slack's word; a parked post is not tried again


def post_by_key(tx: Session, key: str) -> Post | None:
    return tx.exec(select(Post).where(Post.key == key)).first()


def put_post(tx: Session, *, replace: bool = False, **values: Any) -> None:
    """Let something stand under a new key, or again under one whose post was taken away.

    Where something stands under the key already, it stays as it is, unless it is to be replaced.
    """
    insert = sqlite.insert if tx.get_bind().dialect.name == "sqlite" else postgresql.insert
    again = _as_new_work(values["due_at"], values["body"]) | {
        "target": values["target"],
        "thread_key": values.get("thread_key"),
    }
    tx.execute(
        insert(Post)
        .values(**values)
        .on_conflict_do_update(
            index_elements=["workspace_id", "key"], set_=again, where=None if replace else col(Post.body).is_(None)
        )
    )


def change_post(tx: Session, key: str, body: dict[str, Any] | None, now: datetime) -> None:
    """Let another body stand under this key, or none; nothing happens where nothing stands."""
    tx.execute(
        update(Post)
        .where(col(Post.key) == key, col(Post.body).is_not(None))
        .values(**_as_new_work(now, body))
        .execution_options(synchronize_session=False)
    )


def _as_new_work(now: datetime, body: dict[str, Any] | None) -> dict[str, Any]:
    """A post that waits already keeps its turn: it may be waiting because Slack asked for that."""
    return {
        "body": body,
        "revision": col(Post.revision) + 1,
        "is_waiting": True,
        "due_at": case((col(Post.is_waiting), col(Post.due_at)), else_=now),
        "attempts": 0,
        "parked_reason": None,
    }


def posts_due(
    tx: Session, now: datetime, limit: int, not_to: Collection[tuple[int, str]] = (), not_for: Collection[int] = ()
) -> Sequence[Post]:
    """Waiting posts of every workspace that are due and free, the oldest first.

    Leaves out posts to the (workspace, target) pairs `not_to`, those of the workspaces `not_for`, and answers in a
    thread whose first message doesn't stand yet. A post is behind all earlier ones to the same target.
    """
    first = aliased(Post)
    thread_stands = (
        select(first.id)
        .where(first.workspace_id == Post.workspace_id, first.key == Post.thread_key, col(first.ts).is_not(None))
        .exists()
    )
    blocked = [and_(col(Post.workspace_id) == workspace, col(Post.target) == target) for workspace, target in not_to]
    due = (
        select(Post)
        .where(
            col(Post.is_waiting).is_(True),
            col(Post.due_at) <= now,
            or_(col(Post.claimed_until).is_(None), col(Post.claimed_until) < now),
            or_(col(Post.thread_key).is_(None), thread_stands),
            ~or_(*blocked) if blocked else True,
            col(Post.workspace_id).not_in(list(not_for)) if not_for else True,
        )
        .order_by(col(Post.due_at), col(Post.id))
        .limit(limit)
    )
    return tx.exec(due.with_for_update(skip_locked=True, of=Post)).all()


def claim_post(tx: Session, post: Post, claim: str, now: datetime, patience: timedelta) -> bool:
    """Take a post for sending, if nobody else has it. Real time; the claim ends by itself after `patience`."""
    free = or_(col(Post.claimed_until).is_(None), col(Post.claimed_until) < now)
    taken = tx.execute(
        update(Post)
        .where(col(Post.id) == post.id, free)
        .values(claim=claim, claimed_until=now + patience, is_uncertain=True, attempts=col(Post.attempts) + 1)
        .execution_options(synchronize_session=False)
    )
    return bool(taken.rowcount)  # type: ignore[attr-defined]


def settle_post(tx: Session, post_id: int, claim: str, **outcome: Any) -> bool:
    """Write how an attempt ended and give the claim back; not if the claim was lost in the meantime."""
    settled = tx.execute(
        update(Post)
        .where(col(Post.id) == post_id, col(Post.claim) == claim)
        .values(claim=None, claimed_until=None, **outcome)
        .execution_options(synchronize_session=False)
    )
    return bool(settled.rowcount)  # type: ignore[attr-defined]


def thread_of(tx: Session, post: Post) -> str | None:
    """The `ts` of the message in whose thread the post goes."""
    if post.thread_key is None:
        return None
    first = select(Post.ts).where(Post.workspace_id == post.workspace_id, Post.key == post.thread_key)
    return tx.exec(first).first()


def is_behind(revision: int) -> ColumnElement[bool]:
    """Whether the post was changed again since `revision` was taken up."""
    return col(Post.revision) > revision


def next_due(tx: Session) -> datetime | None:
    """When the first waiting post becomes due; real time."""
    return tx.exec(select(func.min(Post.due_at)).where(col(Post.is_waiting).is_(True))).one()


def posts_waiting(tx: Session) -> int:
    return tx.exec(select(func.count()).select_from(Post).where(col(Post.is_waiting).is_(True))).one()


def release_claims(tx: Session) -> None:
    """Of every workspace: give back what a process that ended had taken. Only where there is no other process."""
    taken = update(Post).where(col(Post.claim).is_not(None))
    tx.execute(taken.values(claim=None, claimed_until=None).execution_options(synchronize_session=False))


def release_parked(tx: Session, reasons: Collection[str], now: datetime) -> int:
    """Of every workspace: try the posts again that were parked for one of these reasons; answers how many."""
    parked = update(Post).where(col(Post.parked_reason).in_(list(reasons)))
    again = {"parked_reason": None, "is_waiting": True, "due_at": now, "attempts": 0}
    released = tx.execute(parked.values(**again).execution_options(synchronize_session=False))
    return int(released.rowcount)  # type: ignore[attr-defined]
