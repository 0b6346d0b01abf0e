"""What the week's digest tells, and which story is worth telling aloud."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, and_, func
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from storage.compliments import Compliment
from storage.gifts import Gift, GiftMove, MoveKind
from storage.ideas import Idea, Status
from storage.outbox import Post
from storage.participants import Participant
from storage.people import Person, Standing
from storage.rows import workspace_of
from storage.spending import PaidWith, Spending, SpendingStatus
from storage.stories import Applause, Story
from storage.workspaces import Workspace

STALE = timedelta(days=31)  # what happened longer before it was told is no news of the week


@dataclass(frozen=True)
class Told:
    """A story, who told it, and how many colleagues applauded."""

    story: Story
    teller: Person
    applause: int
    is_named: bool = True  # false for who wants no name on leaderboards


@dataclass(frozen=True)
class Given:
    """A kind of gift that went out of the cupboards, and how many times."""

    emoji: str
    name: str
    count: int


def hold_week(tx: Session) -> None:
    """Let nobody else decide on this workspace's digest until the transaction ends; what is told goes on meanwhile."""
    here = select(Workspace.id).where(Workspace.id == workspace_of(tx))
    tx.exec(here.with_for_update(key_share=True)).one()


def story_of_week(tx: Session, monday: date) -> Told | None:
    """The one that the digest of that week had; None when there was none, or it is gone, or has no words any more."""
    found = _told().where(Story.week_of == monday, col(Story.is_shared).is_(True), Story.text != "")
    return _first(tx, found.order_by(col(Story.id)))


def posts_of(tx: Session, keys: Collection[str]) -> Mapping[str, Post]:
    """By key, of these: what was queued, also what never came."""
    return {post.key: post for post in tx.exec(select(Post).where(col(Post.key).in_(keys)))}


def mondays_of(tx: Session, person_id: int) -> Sequence[date]:
    """The weeks whose story somebody told."""
    found = select(col(Story.week_of)).where(Story.teller_id == person_id, col(Story.week_of).is_not(None))
    return [monday for monday in tx.exec(found) if monday is not None]


def most_applauded(
    tx: Session,
    begins: datetime,
    ends: datetime,
    resting_since: date,
    resting: Collection[int] = (),
    never_came: Collection[date] = (),
) -> Told | None:
    """The team's story told from `begins` on and before `ends` that drew most applause; of equals the first one.

    None without any. Only of colleagues with a name, who aren't `resting` (ids), nor had a story of the week whose
    Monday is `resting_since` or later; the weeks (Mondays) whose digest `never_came` had none.
    """
    other, told_at = aliased(Story), col(Story.told_at)
    had_it = select(other.teller_id).where(col(other.week_of) >= resting_since, col(other.week_of).not_in(never_came))
    told = _told().where(*_can_be_told(), told_at >= begins, told_at < ends, _not_long_before(Story.day, begins, ends))
    found = told.where(col(Story.teller_id).not_in(had_it), col(Story.teller_id).not_in(resting), _applause() > 0)
    return _first(tx, found.order_by(_applause().desc(), col(Story.id)))


def to_tell_aloud(tx: Session, recent_since: date, skip: int, limit: int) -> Sequence[Told]:
    """Stories that nobody told aloud, but for the first `skip` of them.

    Those of `recent_since` or later first, by their applause, and of equals the newest; then the older ones by age.
    """
    untold = _told().where(*_can_be_told(), col(Story.aloud_on).is_(None))
    newest = (col(Story.day).desc(), col(Story.id).desc())
    recent = untold.where(col(Story.day) >= recent_since)
    found = [Told(*row) for row in tx.exec(recent.order_by(_applause().desc(), *newest).offset(skip).limit(limit))]
    if len(found) < limit:  # the applause of all that was ever told would take seconds to compare
        gone_by = _how_many(tx, *_can_be_told(), col(Story.aloud_on).is_(None), col(Story.day) >= recent_since)
        older = untold.where(col(Story.day) < recent_since).order_by(*newest).offset(max(skip - gone_by, 0))
        found += [Told(*row) for row in tx.exec(older.limit(limit - len(found)))]
    return found


def story_to_tell(tx: Session, story_id: int) -> Told | None:
    """A story that can be told aloud, which nobody else takes until the transaction ends."""
    held = select(Story.id).where(Story.id == story_id).with_for_update()
    if tx.exec(held).first() is None:
        return None
    found = _told().where(*_can_be_told(), Story.id == story_id)
    return _first(tx, found.execution_options(populate_existing=True))


def compliments_between(tx: Session, begins: datetime, ends: datetime, limit: int) -> Sequence[Compliment]:
    """Those that came on the wall from `begins` on and before `ends`; what was said last first."""
    came, lately = col(Compliment.placed_at), _not_long_before(Compliment.day, begins, ends)
    found = select(Compliment).where(col(Compliment.is_placed).is_(True), lately, came >= begins, came < ends)
    return tx.exec(found.order_by(col(Compliment.day).desc(), col(Compliment.id).desc()).limit(limit)).all()


def ideas_moved_between(tx: Session, begins: datetime, ends: datetime, limit: int) -> Sequence[Idea]:
    """Suggestions that came further from `begins` on and before `ends`, the last one first; a no is not further."""
    moved = col(Idea.moved_at)
    found = select(Idea).where(moved >= begins, moved < ends, *_on_the_wall())
    return tx.exec(found.order_by(moved.desc(), col(Idea.id).desc()).limit(limit)).all()


def given_away(tx: Session, begins: datetime, ends: datetime) -> Sequence[Given]:
    """What was taken out of the cupboards in that time and not put back: what most of, first."""
    undoing, number = aliased(GiftMove), func.sum(-GiftMove.count)
    found = select(Gift.emoji, Gift.name, number).join(GiftMove, col(GiftMove.gift_id) == Gift.id)
    found = found.outerjoin(undoing, col(undoing.undoes_id) == GiftMove.id).where(col(undoing.id).is_(None))
    found = found.where(GiftMove.kind == MoveKind.TAKEN, GiftMove.moved_at >= begins, GiftMove.moved_at < ends)
    grouped = found.group_by(col(Gift.emoji), col(Gift.name)).order_by(number.desc(), col(Gift.name))
    return [Given(emoji, name, int(count)) for emoji, name, count in tx.exec(grouped)]


def gestures_paid(tx: Session, begins: datetime, ends: datetime) -> int:
    """How often something bought for a customer was told in that time; not what came from the cupboards."""
    counting = col(Spending.status).in_((SpendingStatus.BOOKED, SpendingStatus.APPROVED))
    found = select(func.count()).select_from(Spending).where(counting, col(Spending.is_spent).is_(True))
    found = found.where(col(Spending.is_staff).is_(False), Spending.paid_with != PaidWith.CUPBOARD)
    told = (col(Spending.asked_at) >= begins, col(Spending.asked_at) < ends)
    return tx.exec(found.where(_not_long_before(Spending.day, begins, ends), *told)).one()


def stories_with(tx: Session, ids: Collection[int]) -> Mapping[int, Told]:
    """By id: those of these stories that the team still has, with words in them."""
    found = _told().where(col(Story.id).in_(ids), col(Story.is_shared).is_(True), Story.text != "")
    return {row[0].id or 0: Told(*row) for row in tx.exec(found)}


def compliments_with(tx: Session, ids: Collection[int]) -> Mapping[int, Compliment]:
    """By id: those of these compliments that are on the wall."""
    found = select(Compliment).where(col(Compliment.id).in_(ids), col(Compliment.is_placed).is_(True))
    return {one.id or 0: one for one in tx.exec(found)}


def ideas_with(tx: Session, ids: Collection[int]) -> Mapping[int, Idea]:
    """By id: those of these suggestions that stand on the wall with words, and weren't refused since."""
    found = select(Idea).where(col(Idea.id).in_(ids), *_on_the_wall())
    return {one.id or 0: one for one in tx.exec(found)}


def _told() -> Any:
    hidden = select(Participant.person_id).where(
        Participant.person_id == Story.teller_id, col(Participant.on_board).is_(False)
    )
    found = select(Story, Person, _applause(), ~hidden.correlate(Story).exists())
    return found.join(Person, col(Person.id) == Story.teller_id)


def _how_many(tx: Session, *conditions: Any) -> int:
    found = select(func.count()).select_from(Story).join(Person, col(Person.id) == Story.teller_id)
    return tx.exec(found.where(*conditions)).one()


def _first(tx: Session, found: Any) -> Told | None:
    row = tx.exec(found.limit(1)).first()
    return Told(*row) if row is not None else None


def _applause() -> ScalarSelect[int]:
    """How many applaud a story, but for its teller."""
    given = and_(col(Applause.is_given).is_(True), col(Applause.person_id) != Story.teller_id)
    counted = select(func.count()).select_from(Applause).where(Applause.story_id == Story.id, given)
    return counted.correlate(Story).scalar_subquery()


def _can_be_told() -> Sequence[ColumnElement[bool]]:
    """Whether the team has a story's words, and whose they are is somebody who works here and has a name."""
    here: Any = (Story.text != "", Person.standing == Standing.MEMBER, Person.name != "")
    return (col(Story.is_shared).is_(True), *here)


def _not_long_before(day: Any, begins: datetime, ends: datetime) -> ColumnElement[bool]:
    """Days of which something may be news in that time; for the index, which is of days."""
    return col(day).between(begins.date() - STALE, ends.date() + timedelta(days=1))


def _on_the_wall() -> Sequence[ColumnElement[bool]]:
    further = col(Idea.status).not_in((Status.NEW, Status.NO_BUT))
    return (col(Idea.posted_on).is_not(None), col(Idea.merged_into).is_(None), col(Idea.title) != "", further)
