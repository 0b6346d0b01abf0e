"""What has to be known before a story is saved, in one question: each one more takes as long as saving it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import BindParameter, Row, bindparam, select
from sqlmodel import Session

from storage.outbox import Post
from storage.rows import run, table_of, workspace_of
from storage.stories import Story


@dataclass(frozen=True)
class Beforehand:
    same: int | None  # the id of the teller's newest shared story with the very same words
    is_busy: bool  # the team got as many stories today as the channel takes
    has_thread: bool  # the post stands in whose thread the others of today go


def known_beforehand(
    tx: Session, teller_id: int, text: str, since: datetime, day: date, posts_a_day: int, thread_key: str
) -> Beforehand:
    """What matters to a story that is told now.

    `same` looks at stories told at `since` or later; `day` is the office's, and no more than `posts_a_day` rows of it
    are read; `thread_key` is the outbox's key of that day's thread.
    """
    values = {"in_workspace": workspace_of(tx), "by": teller_id, "words": text, "since": since}
    busy = {"day": day, "but_last": posts_a_day - 1, "under": thread_key}
    found: Row[Any] = run(tx, _QUESTION, **values, **busy).one()
    return Beforehand(found.same, found.posted is not None, found.thread is not None)


_STORY, _POST = table_of(Story).c, table_of(Post).c
_HERE: BindParameter[int] = bindparam("in_workspace")
_SAME = (
    select(_STORY.id)
    .where(
        _STORY.workspace_id == _HERE,
        _STORY.is_shared.is_(True),
        _STORY.teller_id == bindparam("by"),
        _STORY.told_at >= bindparam("since"),
        _STORY.text == bindparam("words"),
    )
    .order_by(_STORY.told_at.desc())
    .limit(1)
)
_POSTED = (
    select(_STORY.id)
    .where(_STORY.workspace_id == _HERE, _STORY.posted_on == bindparam("day"))
    .offset(bindparam("but_last"))
    .limit(1)
)
_THREAD = select(_POST.id).where(_POST.workspace_id == _HERE, _POST.key == bindparam("under"), _POST.body.is_not(None))
_QUESTION = select(
    *(part.scalar_subquery().label(name) for name, part in (("same", _SAME), ("posted", _POSTED), ("thread", _THREAD)))
)
