"""What a screen on the wall may show, and what who has its link may read: of compliments, stories and ideas."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, tuple_
from sqlmodel import Session, col, select

from storage.compliments import Compliment, Consent, Place, abouts, says
from storage.ideas import Idea, Status
from storage.people import Person
from storage.stories import Story

MAY_BE_SEEN = (Consent.FULL_NAME, Consent.FIRST_NAME, Consent.ANONYMOUS)


@dataclass(frozen=True)
class Praise:
    """A compliment, and the colleagues whom it is about; nobody: it is for everybody."""

    compliment: Compliment
    about: Sequence[Person]


def compliments_on_the_wall(tx: Session, limit: int, before: Place | None = None, search: str = "") -> Sequence[Praise]:
    """Placed and with consent for the screen, the last that was said first.

    Each word of `search` is in its words, or in the customer's name as far as it is shown.
    """
    found = _SEEN.where(*says(search))
    return _with_about(tx, tx.exec(_page(found, col(Compliment.day), col(Compliment.id), before, limit)).all())


def last_placed(tx: Session, limit: int) -> Sequence[Praise]:
    """With consent for the screen, the last that came on the wall first: also when it was said or entered long ago."""
    newest_first = (col(Compliment.placed_at).desc(), col(Compliment.id).desc())
    return _with_about(tx, tx.exec(_SEEN.order_by(*newest_first).limit(limit)).all())


def _with_about(tx: Session, compliments: Sequence[Compliment]) -> Sequence[Praise]:
    about = abouts(tx, [one.id or 0 for one in compliments])
    return [Praise(one, about[one.id or 0]) for one in compliments]


def stories_on_the_wall(tx: Session, limit: int, before: Place | None = None) -> Sequence[tuple[Story, Person]]:
    """Stories that the team got and that their tellers ticked for the screen, with their tellers; the newest first."""
    day, number = col(Story.posted_on), col(Story.id)
    found = select(Story, Person).join(Person, col(Person.id) == Story.teller_id)
    found = found.where(col(Story.on_screen).is_(True), col(Story.is_shared).is_(True), day.is_not(None))
    stories: Sequence[tuple[Story, Person]] = tx.exec(
        _page(found.where(Story.text != ""), day, number, before, limit)
    ).all()
    return stories


def ideas_on_the_wall(tx: Session, limit: int, before: Place | None = None) -> Sequence[Idea]:
    """Suggestions that were posted and stand on their own, the newest first."""
    day, number = col(Idea.posted_on), col(Idea.id)
    found = select(Idea).where(day.is_not(None), *_STANDING)
    ideas: Sequence[Idea] = tx.exec(_page(found, day, number, before, limit)).all()
    return ideas


def ideas_moved_since(tx: Session, moment: datetime, limit: int) -> Sequence[Idea]:
    """Suggestions that came further at `moment` or later, the last one to move first; a no is not further."""
    moved = col(Idea.moved_at)
    found = select(Idea).where(moved >= moment, col(Idea.posted_on).is_not(None), *_STANDING)
    found = found.where(col(Idea.status) != Status.NO_BUT)
    return tx.exec(found.order_by(moved.desc(), col(Idea.id).desc()).limit(limit)).all()


def stories_posted_on(tx: Session, day: date) -> int:
    """How many stories the team got on that day of the office's."""
    return tx.exec(select(func.count()).select_from(Story).where(Story.posted_on == day)).one()


def _page(found: Any, day: Any, number: Any, before: Place | None, limit: int) -> Any:
    """The rows after a place, the newest first: however far down the list, the index leads straight to them."""
    if before is not None:
        found = found.where(tuple_(day, number) < tuple_(*before))
    return found.order_by(day.desc(), number.desc()).limit(limit)


_STANDING = (col(Idea.merged_into).is_(None), col(Idea.title) != "")  # on its own, and with words: it isn't erased
_SEEN = select(Compliment).where(col(Compliment.is_placed).is_(True), col(Compliment.consent).in_(MAY_BE_SEEN))
