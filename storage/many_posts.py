"""Queueing and changing many posts at once: the tick of the reminders does it for whole offices."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, false, literal_column, true, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from storage.outbox import Post, as_new_work
from storage.rows import run, run_for_each, table_of, workspace_of


def put_posts(tx: Session, posts: Sequence[Mapping[str, Any]]) -> None:
    """Let many messages stand, in no thread: `workspace_id`, `key`, `target`, `body`, `token`, `due_at` of each.

    Where something stood under the key already, it stays as it is, or away.
    """
    run_for_each(tx, _PUT[tx.get_bind().dialect.name], posts)


def change_posts(tx: Session, keys: Sequence[str], body: dict[str, Any], now: datetime) -> None:
    """Let the same body stand under all of these keys; nothing happens where nothing stands."""
    run(tx, _CHANGE, in_workspace=workspace_of(tx), keys=keys, new_body=body, now=now)


_OUTBOX = table_of(Post).c
# The first values are part of the statement: to give them to each row takes a tenth of the time.
_FIRST_VALUES: dict[str, Any] = {
    "revision": literal_column("1"), "sent_revision": literal_column("0"), "attempts": literal_column("0"),
    "is_waiting": true(), "is_uncertain": false(), "is_home": false(),
}  # fmt: skip
_PUT = {
    name: insert(table_of(Post)).values(_FIRST_VALUES).on_conflict_do_nothing()
    for name, insert in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}
_CHANGE = (
    update(table_of(Post))
    .where(
        _OUTBOX.workspace_id == bindparam("in_workspace"),
        _OUTBOX.key.in_(bindparam("keys", expanding=True)),
        _OUTBOX.body.is_not(None),
    )
    .values(as_new_work(bindparam("new_body", type_=_OUTBOX.body.type), bindparam("now", type_=_OUTBOX.due_at.type)))
)
