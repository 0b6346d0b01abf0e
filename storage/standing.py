"""What stands in Slack under many keys: those that begin alike, or those that are named."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_
from sqlmodel import Session, col, select

from storage.outbox import Post


def is_under(beginning: str) -> ColumnElement[bool]:
    """Keys that begin like this and go on with a letter or a figure.

    A range beside the LIKE: that alone reads every key of the workspace.
    """
    between = col(Post.key).between(f"{beginning}0", f"{beginning}zzzz")  # in whatever order a database has letters
    return and_(between, col(Post.key).startswith(beginning, autoescape=True))


def posts_under(tx: Session, beginning: str) -> list[tuple[str, dict[str, Any]]]:
    """The posts that stand, or will stand, under a key with this beginning: key and body."""
    found = select(Post.key, Post.body).where(is_under(beginning), col(Post.body).is_not(None)).order_by(col(Post.id))
    return [(key, dict(body or {})) for key, body in tx.exec(found)]


def keys_saying(tx: Session, beginning: str, words: str) -> Sequence[str]:
    """The keys, of those with this beginning, of posts in which these words are an element of their own."""
    return [key for key, body in posts_under(tx, beginning) if words in set(_texts(body))]


def keys_with_button(tx: Session, beginning: str, action_id: str, value: str) -> Sequence[str]:
    """The keys, of those with this beginning, of posts with this button, carrying this value."""
    return [
        key
        for key, body in posts_under(tx, beginning)
        if any(one.get("action_id") == action_id and one.get("value") == value for one in _objects(body))
    ]


def keys_with_blocks(tx: Session, beginning: str, block_ids: Collection[str]) -> Sequence[str]:
    """The keys, of those with this beginning, of posts that have a block with one of these ids."""
    return [
        key
        for key, body in posts_under(tx, beginning)
        if any(block.get("block_id") in block_ids for block in body.get("blocks", ()))
    ]


def _texts(part: Any) -> Iterator[str]:
    """Every text in a message, the innermost too."""
    return (one["text"] for one in _objects(part) if isinstance(one.get("text"), str))


def _objects(part: Any) -> Iterator[dict[str, Any]]:
    """Every object in a message, the innermost too."""
    if isinstance(part, dict):
        yield part
    for value in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from _objects(value)


def bodies_of(tx: Session, keys: Collection[str]) -> Mapping[str, Mapping[str, Any]]:
    """By key, of these: what stands there, or will."""
    found = select(Post.key, Post.body).where(col(Post.key).in_(keys), col(Post.body).is_not(None))
    return {key: body or {} for key, body in tx.exec(found.order_by(col(Post.id)))}


def stand_any(tx: Session, keys: Collection[str]) -> bool:
    """Whether any of these posts was queued and not removed."""
    return (
        tx.exec(select(Post.id).where(col(Post.key).in_(keys), col(Post.body).is_not(None)).limit(1)).first()
        is not None
    )


def move_unsent(tx: Session, keys: Collection[str], to: str) -> None:
    """Let what Slack hasn't got, or refused, of these posts go to another channel; what answers one stays with it."""
    held = select(Post).where(col(Post.key).in_(keys), col(Post.body).is_not(None)).with_for_update()
    unsent = {post.key: post for post in tx.exec(held) if not (post.ts or post.claim or post.is_uncertain)}
    for post in unsent.values():
        if post.target != to and (post.thread_key is None or post.thread_key in unsent):
            post.target, post.parked_reason, post.is_waiting, post.attempts = to, None, True, 0
    tx.flush()
