"""Queueing, changing and dropping many posts at once: the tick of the reminders does it for whole offices."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, case, false, literal_column, null, or_, select, true, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from storage.outbox import Post, as_new_work
from storage.rows import run, run_for_each, table_of, workspace_of


def put_posts(tx: Session, posts: Sequence[Mapping[str, Any]]) -> None:
    """Let many messages stand, in no thread: `workspace_id`, `key`, `target`, `body`, `token`, `due_at`,
    `not_after` of each.

    Where something stood under the key already, it stays as it is, or away.
    """
    run_for_each(tx, _PUT[tx.get_bind().dialect.name], posts)


def change_posts(tx: Session, keys: Sequence[str], body: dict[str, Any], now: datetime) -> None:
    """Let the same body stand under all of these keys; nothing happens where nothing stands."""
    run(tx, _CHANGE, in_workspace=workspace_of(tx), keys=keys, new_body=body, now=now)


def close_posts(tx: Session, keys: Sequence[str], body: dict[str, Any], now: datetime) -> None:
    """As `change_posts`; but what Slack hasn't got is posted no more, and what it may have got is taken away."""
    run(tx, _CLOSE, in_workspace=workspace_of(tx), keys=keys, new_body=body, now=now)


def is_late(post: Post, now: datetime) -> bool:
    """Whether Slack hasn't got a post, as far as is known, that is posted no more by now (real time).

    One whose turn comes in a thread never is: the first message is there, and half a thread helps nobody.
    """
    return post.ts is None and post.thread_key is None and post.not_after is not None and post.not_after < now


def drop_late_posts(tx: Session, now: datetime) -> Mapping[int, int]:
    """Of every workspace: let what Slack surely hasn't got in time stay away; how many those are in each."""
    late = (col(Post.is_waiting).is_(True), col(Post.not_after) < now, _HAS_NO_THREAD)
    never_sent = (col(Post.ts).is_(None), col(Post.is_uncertain).is_(False))
    # Locked in advance, without waiting: another replica may be busy with some of these.
    held = select(col(Post.id)).where(*late, *never_sent).with_for_update(skip_locked=True)
    dropped = update(Post).where(col(Post.id).in_(held.scalar_subquery())).values(_GONE)
    found = tx.execute(dropped.returning(col(Post.workspace_id)), execution_options={"synchronize_session": False})
    return Counter(found.scalars())


_OUTBOX = table_of(Post).c
_FIRST = aliased(Post)
_MAY_STAND = or_(col(_FIRST.ts).is_not(None), col(_FIRST.is_uncertain).is_(True))
_HAS_NO_THREAD = or_(
    col(Post.thread_key).is_(None),
    ~select(col(_FIRST.id))
    .where(col(_FIRST.workspace_id) == Post.workspace_id, col(_FIRST.key) == Post.thread_key, _MAY_STAND)
    .exists(),
)
# The first values are part of the statement: to give them to each row takes a tenth of the time.
_FIRST_VALUES: dict[str, Any] = {
    "revision": literal_column("1"), "sent_revision": literal_column("0"), "attempts": literal_column("0"),
    "is_waiting": true(), "is_uncertain": false(), "is_home": false(),
}  # fmt: skip
_PUT = {
    name: insert(table_of(Post)).values(_FIRST_VALUES).on_conflict_do_nothing()
    for name, insert in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}
_GONE: dict[str, Any] = {"body": null(), "is_waiting": false(), "sent_revision": _OUTBOX.revision}
_STANDING = update(table_of(Post)).where(
    _OUTBOX.workspace_id == bindparam("in_workspace"),
    _OUTBOX.key.in_(bindparam("keys", expanding=True)),
    _OUTBOX.body.is_not(None),
)
_NEW_BODY, _NOW = bindparam("new_body", type_=_OUTBOX.body.type), bindparam("now", type_=_OUTBOX.due_at.type)
_CHANGE = _STANDING.values(as_new_work(_NEW_BODY, _NOW))
_CLOSE = _STANDING.values(
    as_new_work(case((_OUTBOX.ts.is_(None), null()), else_=_NEW_BODY), _NOW)
    | {"is_waiting": or_(_OUTBOX.ts.is_not(None), _OUTBOX.is_uncertain)}
)
