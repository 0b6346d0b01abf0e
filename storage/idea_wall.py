"""What the wall of change shows: ideas with their supporters, answers and names, in an order, a page at a time."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Subquery, and_, distinct, func, or_, update
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from storage.ideas import Idea, IdeaAnswer, IdeaVote, Status
from storage.letters import plain_letters
from storage.outbox import Post
from storage.people import Person
from storage.rows import workspace_of

UNDER_WAY = (Status.NEW, Status.CONSIDERED, Status.PLANNED, Status.DOING)


class Which(StrEnum):
    """Which ideas the wall shows, besides those of one status."""

    ALL = "all"
    MINE = "mine"
    WAITING = "waiting"  # for a first answer
    OVERDUE = "overdue"


@dataclass(frozen=True)
class Shown:
    """An idea with what stands around it. The suggester of an anonymous one is not in it."""

    idea: Idea
    suggester: Person | None
    owner: Person | None = None
    supporters: int = 0
    answer: IdeaAnswer | None = None  # the last one
    answerer: Person | None = None
    merged: Sequence[Idea] = field(default=())  # into this one
    into: Idea | None = None  # that this one was merged into


def shown(tx: Session, ideas: Sequence[Idea]) -> Sequence[Shown]:
    """What stands around these ideas; in five questions, however many they are."""
    ids = [idea.id or 0 for idea in ideas]
    answers = last_answers(tx, ids)
    by_id = {idea.id: idea for idea in _ideas(tx, [idea.merged_into for idea in ideas if idea.merged_into])}
    merged: dict[int, list[Idea]] = defaultdict(list)
    for one in tx.exec(select(Idea).where(col(Idea.merged_into).in_(ids)).order_by(col(Idea.id))):
        merged[one.merged_into or 0].append(one)
    counts = supporters(tx, ids)
    named = {idea.suggester_id for idea in ideas if not idea.is_anonymous} | {idea.owner_id for idea in ideas}
    people = _people(tx, named | {answer.answered_by for answer in answers.values()})
    found = []
    for idea in ideas:
        answer = answers.get(idea.id or 0)
        found.append(
            Shown(
                idea=idea,
                suggester=None if idea.is_anonymous else people.get(idea.suggester_id),
                owner=people.get(idea.owner_id),
                supporters=counts.get(idea.id or 0, 0),
                answer=answer,
                answerer=people.get(answer.answered_by) if answer else None,
                merged=merged[idea.id or 0],
                into=by_id.get(idea.merged_into),
            )
        )
    return found


def last_answers(tx: Session, ids: Collection[int]) -> Mapping[int, IdeaAnswer]:
    """By idea: the last answer that it got, if any."""
    last = select(func.max(IdeaAnswer.id)).where(col(IdeaAnswer.idea_id).in_(ids)).group_by(col(IdeaAnswer.idea_id))
    return {one.idea_id: one for one in tx.exec(select(IdeaAnswer).where(col(IdeaAnswer.id).in_(last)))}


def supporters(tx: Session, ids: Collection[int]) -> Mapping[int, int]:
    """By idea: how many people support it or what was merged into it, each counted once; none is left out."""
    count = _counts(tx, col(Idea.id).in_(ids))
    return {int(root): int(number) for root, number in tx.execute(columns(count.c.root, count.c.number))}


def supported_by(tx: Session, ids: Collection[int], person_id: int) -> set[int]:
    """Those of these ideas that somebody supports, itself or what was merged into it."""
    family = _families(tx, col(Idea.id).in_(ids))
    found = columns(family.c.root).join(IdeaVote, col(IdeaVote.idea_id) == family.c.member)
    mine = found.where(col(IdeaVote.person_id) == person_id, col(IdeaVote.is_given).is_(True))
    return {int(root) for root in tx.scalars(mine)}


def _counts(tx: Session, which: ColumnElement[bool]) -> Subquery:
    family = _families(tx, which)
    number = func.count(distinct(col(IdeaVote.person_id))).label("number")
    found = columns(family.c.root, number).join(IdeaVote, col(IdeaVote.idea_id) == family.c.member)
    own = found.where(col(IdeaVote.is_given).is_(True), col(IdeaVote.workspace_id) == workspace_of(tx))
    return own.group_by(family.c.root).subquery()


def _families(tx: Session, which: ColumnElement[bool]) -> Any:
    """Pairs of an idea, and one of its family: itself, and all that was merged into one of them."""
    here, child = workspace_of(tx), aliased(Idea)
    first: Any = columns(col(Idea.id).label("root"), col(Idea.id).label("member")).where(which)
    family = first.where(col(Idea.workspace_id) == here).cte("family", recursive=True)
    more = columns(family.c.root, col(child.id)).join(family, col(child.merged_into) == family.c.member)
    return family.union(more.where(col(child.workspace_id) == here))


def ideas_on_wall(
    tx: Session, which: str, *, by_votes: bool, person_id: int, today: date, limit: int, offset: int = 0
) -> Sequence[Idea]:
    """A page of the wall: `which` is a Which or a Status. Merged ones, and undecided ones, only among one's own."""
    found = select(Idea).where(*_on_wall(which, person_id, today))
    if by_votes:
        counts = _counts(tx, col(Idea.merged_into).is_(None))
        found = found.outerjoin(counts, counts.c.root == Idea.id).order_by(func.coalesce(counts.c.number, 0).desc())
    return tx.exec(found.order_by(col(Idea.id).desc()).limit(limit).offset(offset)).all()


def how_many(tx: Session, which: str, *, person_id: int, today: date) -> int:
    """How many `ideas_on_wall` has in all."""
    return tx.exec(select(func.count()).select_from(Idea).where(*_on_wall(which, person_id, today))).one()


def _on_wall(which: str, person_id: int, today: date) -> Sequence[ColumnElement[bool]]:
    posted, whole = col(Idea.posted_on).is_not(None), col(Idea.merged_into).is_(None)
    late = col(Idea.due_on) < today
    if which == Which.MINE:
        return (col(Idea.suggester_id) == person_id,)
    conditions: Mapping[str, Sequence[ColumnElement[bool]]] = {
        Which.ALL: (whole,),
        Which.WAITING: (whole, col(Idea.answered_at).is_(None)),
        Which.OVERDUE: (whole, late, col(Idea.status).in_(UNDER_WAY)),
    }
    return posted, *conditions.get(which, (whole, col(Idea.status) == which))


def waiting_ideas(tx: Session, until: date | None = None, limit: int | None = None, after: int = 0) -> Sequence[Idea]:
    """Ideas that wait for a first answer, by id; `until` leaves out those that were posted after that day."""
    found = select(Idea).where(*_on_wall(Which.WAITING, 0, date.max), col(Idea.id) > after)
    found = found.where(col(Idea.posted_on) <= until) if until else found
    return tx.exec(found.order_by(col(Idea.id)).limit(limit)).all()


def telling_time(tx: Session, today: date, limit: int, after: int) -> Sequence[Idea]:
    """Ideas of whose posts a day changes what they say: they wait for a first answer, or are past their date; by id."""
    waits, is_late = (and_(*_on_wall(which, 0, today)) for which in (Which.WAITING, Which.OVERDUE))
    found = select(Idea).where(or_(waits, is_late), col(Idea.id) > after)
    return tx.exec(found.order_by(col(Idea.id)).limit(limit)).all()


def titled(tx: Session, search: str, limit: int) -> list[int]:
    """The ids of ideas that stand on their own, with each of these words in their title; the newest first."""
    wanted, here = plain_letters(search).split(), col(Idea.workspace_id) == workspace_of(tx)
    there = columns(col(Idea.id), col(Idea.title)).where(here, *_on_wall(Which.ALL, 0, date.max), col(Idea.title) != "")
    rows = tx.execute(there.order_by(col(Idea.id).desc()))
    found = (row.id for row in rows if all(word in plain_letters(row.title) for word in wanted))
    return list(islice(found, limit))


@dataclass(frozen=True)
class Candidate:
    """The words of an idea that is on the wall, to compare a new one with."""

    id: int
    merged_into: int | None
    words: str


def candidates(tx: Session, limit: int) -> Sequence[Candidate]:
    """The newest ideas on the wall, merged ones too."""
    found = columns(col(Idea.id), col(Idea.merged_into), col(Idea.title), col(Idea.about))
    own = found.where(col(Idea.workspace_id) == workspace_of(tx))
    newest = own.where(col(Idea.posted_on).is_not(None), col(Idea.title) != "")
    rows = tx.execute(newest.order_by(col(Idea.id).desc()).limit(limit))
    return [Candidate(row.id, row.merged_into, f"{row.title} {row.about[:300]}") for row in rows]


def ideas_with(tx: Session, ids: Sequence[int]) -> Sequence[Idea]:
    """The ideas with these ids, in that order; one that is gone is left out."""
    there = {idea.id: idea for idea in _ideas(tx, ids)}
    return [there[one] for one in ids if one in there]


@dataclass(frozen=True)
class Thread:
    """Where the post of an idea stands, and how many of the answers in its thread are the bot's own."""

    idea_id: int
    channel: str
    ts: str
    own: int


def threads_to_count(tx: Session, since: date, counted_before: datetime, limit: int) -> Sequence[Thread]:
    """Posts of `since` or later whose comments were not counted lately, those of the longest ago first.

    One that doesn't stand in Slack (yet) is left out.
    """
    last = func.coalesce(col(Idea.counted_at), col(Idea.suggested_at))
    found = select(Idea.id).where(col(Idea.posted_on) >= since, last < counted_before).order_by(last, col(Idea.id))
    keys = {f"idea:{one}": one or 0 for one in tx.exec(found.limit(limit))}
    replies = select(Post.thread_key, func.count()).where(col(Post.thread_key).in_(keys), col(Post.ts).is_not(None))
    own = dict(tx.exec(replies.group_by(col(Post.thread_key))).all())
    posts = tx.exec(select(Post).where(col(Post.key).in_(keys), col(Post.ts).is_not(None)).order_by(col(Post.id)))
    return [Thread(keys[post.key], post.channel or "", post.ts or "", own.get(post.key, 0)) for post in posts]


def note_counted(tx: Session, ids: Collection[int], now: datetime) -> None:
    """These had their turn, whatever came of it."""
    counted = update(Idea).where(col(Idea.id).in_(ids)).values(counted_at=now)
    tx.execute(counted.execution_options(synchronize_session=False))


def bodies(tx: Session, keys: Collection[str]) -> Mapping[str, dict[str, Any]]:
    """By key: what stands there, or will."""
    found = select(Post.key, Post.body).where(col(Post.key).in_(keys), col(Post.body).is_not(None))
    return {key: dict(body or {}) for key, body in tx.exec(found)}


def merged_since(tx: Session, moment: datetime) -> Sequence[Idea]:
    """Ideas that were merged into another at that moment or later, and still are."""
    found = select(Idea).where(col(Idea.merged_into).is_not(None), col(Idea.merged_at) >= moment)
    return tx.exec(found.order_by(col(Idea.id))).all()


def _ideas(tx: Session, ids: Collection[int]) -> Sequence[Idea]:
    return tx.exec(select(Idea).where(col(Idea.id).in_(ids))).all() if ids else []


def _people(tx: Session, ids: Collection[int | None]) -> Mapping[int | None, Person]:
    return {one.id: one for one in tx.exec(select(Person).where(col(Person.id).in_([i for i in ids if i])))}
