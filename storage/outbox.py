"""The record of every post: what is to stand in Slack, and what stands there."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    Executable,
    Index,
    String,
    UniqueConstraint,
    and_,
    bindparam,
    case,
    cast,
    delete,
    func,
    literal,
    null,
    or_,
    text,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import aliased
from sqlmodel import Field, Session, col, select

from storage.rows import Owned, instant, naming, run, run_for_each, table_of, workspace_of

ERASED = "erased:"  # the beginning of the key of what somebody had taken away for good
_IN_PLACE = {"synchronize_session": False}


class Post(Owned, table=True):
    """One post under its key. It is waiting while `revision` is ahead of `sent_revision`."""

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        Index("ix_outbox_waiting", "is_waiting", "due_at"),
        Index(
            "ix_outbox_parked",
            "workspace_id",
            "target",
            sqlite_where=text("parked_reason IS NOT NULL"),
            postgresql_where=text("parked_reason IS NOT NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=120)
    target: str = Field(max_length=40)  # a channel's or a person's Slack id
    thread_key: str | None = Field(default=None, max_length=120)  # the key of the post whose thread this goes into
    body: dict[str, Any] | None = Field(default=None, sa_type=JSON(none_as_null=True))  # empty: it is to go away
    is_home: bool = False  # a Home tab, and not a message
    token: str = Field(max_length=32)  # our own id, sent along as metadata; finds a message whose answer was lost
    channel: str | None = Field(default=None, max_length=40)  # where it stands
    ts: str | None = Field(default=None, max_length=40)  # Slack's id of the message there, or of the file (F…)
    revision: int = 1
    sent_revision: int = 0
    is_waiting: bool = True
    due_at: datetime = instant(nullable=False)  # real time
    not_after: datetime | None = instant(nullable=True)  # real time; what Slack hasn't got by then is posted no more
    claim: str | None = Field(default=None, max_length=32)
    claimed_until: datetime | None = instant(nullable=True)  # real time
    is_uncertain: bool = False  # an attempt began whose outcome is not known
    attempts: int = 0
    parked_reason: str | None = Field(default=None, max_length=60)  # Slack's word; a parked post is not tried again


def post_by_key(tx: Session, key: str) -> Post | None:
    return tx.exec(select(Post).where(Post.key == key)).first()


def stands(tx: Session, key: str) -> bool:
    """Whether anything stands, or will stand, under this key."""
    return run(tx, _STANDS, in_workspace=workspace_of(tx), under=key).first() is not None


def put_post(tx: Session, *, replace: bool = False, **values: Any) -> None:
    """Let something stand under a new key, or again under one whose post was taken away.

    Where something stands under the key already, it stays as it is, unless it is to be replaced.
    """
    run(tx, _PUT[tx.get_bind().dialect.name, replace], **{"thread_key": None, "is_home": False} | values)


def change_post(tx: Session, key: str, body: dict[str, Any] | None, now: datetime) -> None:
    """Let another body stand under this key, or none; nothing happens where nothing stands."""
    run(tx, _CHANGE, in_workspace=workspace_of(tx), under=key, new_body=body, now=now)


def as_new_work(body: Any, now: Any) -> dict[str, Any]:
    """A post that waits already keeps its turn: it may be waiting because Slack asked for that."""
    return {
        "body": body,
        "revision": _OUTBOX.revision + 1,
        "is_waiting": True,
        "due_at": case((_OUTBOX.is_waiting, _OUTBOX.due_at), else_=now),
        "attempts": 0,
        "parked_reason": None,
    }


def _put(insert: Any, replace: bool) -> Executable:
    statement = insert(table_of(Post)).inline()  # nobody asks which id it got
    new = statement.excluded
    again = as_new_work(new.body, new.due_at)
    again |= {"target": new.target, "thread_key": new.thread_key, "not_after": new.not_after}
    where = None if replace else _OUTBOX.body.is_(None)
    done: Executable = statement.on_conflict_do_update(index_elements=["workspace_id", "key"], set_=again, where=where)
    return done


_OUTBOX = table_of(Post).c
_UNDER_KEY = (_OUTBOX.workspace_id == bindparam("in_workspace"), _OUTBOX.key == bindparam("under"))
_NEXT_DUE = select(func.min(_OUTBOX.due_at)).where(_OUTBOX.is_waiting.is_(True))
_STANDS = select(_OUTBOX.id).where(*_UNDER_KEY, _OUTBOX.body.is_not(None))
_CHANGE = (
    update(table_of(Post))
    .where(*_UNDER_KEY, _OUTBOX.body.is_not(None))
    .values(as_new_work(bindparam("new_body", type_=_OUTBOX.body.type), bindparam("now", type_=_OUTBOX.due_at.type)))
)
_ERASE = (
    update(table_of(Post))
    .where(_OUTBOX.id == bindparam("this"))
    .values(
        as_new_work(null(), bindparam("now", type_=_OUTBOX.due_at.type))
        | {"key": literal(ERASED) + cast(_OUTBOX.id, String), "thread_key": null(), "not_after": null()}
    )
)
_PUT = {
    (name, replace): _put(insert, replace)
    for name, insert in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
    for replace in (False, True)
}


def posts_due(
    tx: Session, now: datetime, limit: int, not_to: Collection[tuple[int, str]] = (), not_for: Collection[int] = ()
) -> Sequence[Post]:
    """Waiting posts of every workspace that are due and free, the oldest first.

    Leaves out posts to the (workspace, target) pairs `not_to`, those of the workspaces `not_for`, and answers in a
    thread whose first message doesn't stand yet.
    """
    due = select(Post).where(*_are_due(now, not_to, not_for)).order_by(col(Post.due_at), col(Post.id)).limit(limit)
    return tx.exec(due.with_for_update(skip_locked=True, of=Post)).all()


def is_any_due(
    tx: Session, now: datetime, not_to: Collection[tuple[int, str]] = (), not_for: Collection[int] = ()
) -> bool:
    """Whether `posts_due` would find one; takes no lock."""
    return tx.exec(select(Post.id).where(*_are_due(now, not_to, not_for)).limit(1)).first() is not None


def _are_due(
    now: datetime, not_to: Collection[tuple[int, str]], not_for: Collection[int]
) -> Sequence[ColumnElement[bool]]:
    blocked = [and_(col(Post.workspace_id) == workspace, col(Post.target) == target) for workspace, target in not_to]
    return (
        col(Post.is_waiting).is_(True),
        col(Post.due_at) <= now,
        or_(col(Post.claimed_until).is_(None), col(Post.claimed_until) < now),
        _THREAD_STANDS,
        *([~or_(*blocked)] if blocked else []),
        *([col(Post.workspace_id).not_in(list(not_for))] if not_for else []),
    )


_FIRST = aliased(Post)
_THREAD_STANDS = or_(
    col(Post.thread_key).is_(None),
    select(_FIRST.id)
    .where(_FIRST.workspace_id == Post.workspace_id, _FIRST.key == Post.thread_key, col(_FIRST.ts).is_not(None))
    .exists(),
)  # made once: making the alias took longer than asking


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
    first: datetime | None = run(tx, _NEXT_DUE).scalar()
    return first


def posts_waiting(tx: Session) -> int:
    return tx.exec(select(func.count()).select_from(Post).where(col(Post.is_waiting).is_(True))).one()


def parked_posts(tx: Session) -> dict[str, int]:
    """Of every workspace: how many posts Slack refuses, by its reason."""
    parked = select(Post.parked_reason, func.count()).where(col(Post.parked_reason).is_not(None))
    return {str(reason): count for reason, count in tx.exec(parked.group_by(col(Post.parked_reason)))}


def release_parked_for(tx: Session, workspace_id: int, target: str, reasons: Collection[str], now: datetime) -> int:
    """A post to this target got through: try those there that were refused for these reasons; answers how many."""
    there = (col(Post.workspace_id) == workspace_id, col(Post.target) == target)
    return _release(tx, now, *there, col(Post.parked_reason).in_(list(reasons)))


def release_first_parked(tx: Session, reasons: Collection[str], now: datetime) -> int:
    """Of every workspace: try the oldest refused post for each target again; answers how many those are."""
    oldest = select(func.min(Post.id)).where(col(Post.parked_reason).in_(list(reasons)))
    return _release(tx, now, col(Post.id).in_(oldest.group_by(col(Post.workspace_id), col(Post.target))))


def forget_posts(tx: Session, workspace_id: int, pattern: str) -> None:
    """Forget that these were posted (LIKE pattern of the key): the next one under such a key is posted anew."""
    tx.exec(delete(Post).where(col(Post.workspace_id) == workspace_id, col(Post.key).like(pattern)))


def erase_posts_naming(tx: Session, slack_id: str, now: datetime, pause: timedelta) -> None:
    """Take away what goes to somebody or names them in its key, and forget that it was there.

    At once what Slack never got; the rest one after the other, the newest first, each as soon as it is gone from there.
    """
    theirs = or_(col(Post.target) == slack_id, naming(col(Post.key), slack_id))
    untried = (col(Post.ts).is_(None), col(Post.claim).is_(None), col(Post.is_uncertain).is_(False))
    tx.execute(delete(Post).where(theirs, *untried, col(Post.is_home).is_(False)), execution_options=_IN_PLACE)
    ids = tx.exec(select(Post.id).where(theirs).order_by(col(Post.id).desc())).all()
    run_for_each(tx, _ERASE, [{"this": post_id, "now": now + number * pause} for number, post_id in enumerate(ids)])


def forget_erased(tx: Session, post_id: int, unless: Collection[str]) -> None:
    """Forget an erased post that is gone from Slack, or that Slack won't let go for no reason in `unless`."""
    stuck = col(Post.parked_reason).in_(list(unless))
    done = (col(Post.is_waiting).is_(False), or_(col(Post.parked_reason).is_(None), ~stuck))
    tx.execute(delete(Post).where(col(Post.id) == post_id, *done), execution_options=_IN_PLACE)


def release_claims(tx: Session) -> None:
    """Of every workspace: give back what a process that ended had taken. Only where there is no other process."""
    taken = update(Post).where(col(Post.claim).is_not(None))
    tx.execute(taken.values(claim=None, claimed_until=None).execution_options(synchronize_session=False))


def release_parked(tx: Session, reasons: Collection[str], now: datetime) -> int:
    """Of every workspace: try the posts again that were parked for one of these reasons; answers how many."""
    return _release(tx, now, col(Post.parked_reason).in_(list(reasons)))


def _release(tx: Session, now: datetime, *which: ColumnElement[bool]) -> int:
    again = {"parked_reason": None, "is_waiting": True, "due_at": now, "attempts": 0}
    parked = update(Post).where(*which).values(**again).execution_options(synchronize_session=False)
    return int(tx.execute(parked).rowcount)  # type: ignore[attr-defined]
