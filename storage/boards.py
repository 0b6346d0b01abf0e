"""What leaderboards and digests count: who made fans on which days, in which groups, and what stands beside it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Subquery, and_, case, func, literal_column
from sqlalchemy import select as columns
from sqlmodel import Session, col

from storage.compliments import Compliment, ComplimentAbout
from storage.groups import GroupMember, PeopleGroup
from storage.ideas import Idea, IdeaAnswer, Status
from storage.participants import Participant
from storage.people import Part, Person, Standing
from storage.stories import Applause, Story, shared_between


@dataclass(frozen=True)
class Teller:
    """A colleague with the fans that they made in a span of days."""

    person_id: int
    name: str
    fans: int
    is_named: bool  # wants their name on a board; otherwise they count among the others
    works_here: bool = True


@dataclass(frozen=True)
class Team:
    """A group of people, those who work here."""

    name: str
    members: frozenset[int]  # ids of people


@dataclass(frozen=True)
class Beside:
    """What stands beside somebody's fans on a board."""

    compliments: int = 0
    ideas: int = 0
    applause: int = 0


def told_by(tx: Session, first: date, last: date, most_a_day: int) -> Sequence[Teller]:
    """Who told the team of fans of these days, both included; of each day at most so many count.

    Who works here no more is among them, without their name: what they told stays the team's.
    """
    a_day = _a_day(first, last, most_a_day)
    fans = columns(a_day.c.teller_id, func.sum(a_day.c.fans).label("fans")).group_by(a_day.c.teller_id).subquery()
    works_here = (col(Person.standing) == Standing.MEMBER).label("works_here")
    wants_it = and_(col(Person.part) == Part.JOINED, _WANTS_IT).label("wants_it")
    found = columns(col(Person.id), col(Person.name), fans.c.fans, works_here, wants_it)
    told = found.join(fans, fans.c.teller_id == Person.id)
    told = told.outerjoin(Participant, col(Participant.person_id) == Person.id)
    return [
        Teller(row.id, row.name, int(row.fans), bool(row.name and row.works_here and row.wants_it), row.works_here)
        for row in tx.execute(told)
    ]


def fans_by_day(tx: Session, first: date, last: date, most_a_day: int) -> Mapping[date, int]:
    """By day: the fans of everybody, also of who works here no more; of one person a day at most so many.

    Days without any are left out.
    """
    a_day = _a_day(first, last, most_a_day)
    found = columns(a_day.c.day, func.sum(a_day.c.fans).label("fans")).group_by(a_day.c.day)
    return {row.day: int(row.fans) for row in tx.execute(found)}


def tellers_by_day(tx: Session, first: date, last: date) -> Mapping[date, int]:
    """By day: how many told the team of a fan, also of who works here no more. Days without any are left out."""
    found = columns(col(Story.day), func.count(col(Story.teller_id).distinct()).label("tellers"))
    return {
        row.day: int(row.tellers)
        for row in tx.execute(found.where(*shared_between(first, last)).group_by(col(Story.day)))
    }


def takes_part_by_name(tx: Session, person_id: int) -> bool:
    """Whether somebody works here, takes part, and wants their name on boards."""
    found = columns(col(Person.id)).join(Participant, col(Participant.person_id) == Person.id)
    works_here = col(Person.standing) == Standing.MEMBER
    return tx.execute(found.where(col(Person.id) == person_id, works_here, _WANTS_IT)).first() is not None


def teams(tx: Session) -> Sequence[Team]:
    """All groups with the people in them who work here, by name."""
    found: Any = columns(col(PeopleGroup.name), col(Person.id).label("member"))
    found = found.join(GroupMember, col(GroupMember.group_id) == PeopleGroup.id)
    found = found.join(Person, col(Person.id) == GroupMember.person_id)
    found = found.where(col(Person.standing) == Standing.MEMBER).order_by(col(PeopleGroup.name))
    members: dict[str, set[int]] = {}
    for row in tx.execute(found):
        members.setdefault(row.name, set()).add(row.member)
    return [Team(name, frozenset(ids)) for name, ids in members.items()]


def beside(
    tx: Session, person_ids: Collection[int], first: date, last: date, begins: datetime, ends: datetime
) -> Mapping[int, Beside]:
    """Of each of these people: compliments about them, ideas of theirs that got done, applause for their stories.

    The days are those of stories and compliments, both included. An idea got done with the last answer that said so,
    from the instant `begins` until `ends`; an anonymous one is nobody's.
    """
    compliments = _compliments(tx, person_ids, first, last)
    ideas, applause = _ideas_done(tx, person_ids, begins, ends), _applause(tx, person_ids, first, last)
    return {one: Beside(compliments.get(one, 0), ideas.get(one, 0), applause.get(one, 0)) for one in person_ids}


# Who left and came back may still have the time at which they left.
_WANTS_IT = and_(col(Participant.on_board).is_(True), col(Participant.left_at).is_(None))

# With a plus SQLite looks these days up by their own index, and not all that somebody ever told.
_TELLER: ColumnElement[int] = literal_column("+story.teller_id")


def _a_day(first: date, last: date, most_a_day: int) -> Subquery:
    """By teller and day: how many stories count."""
    count = func.count()
    fans = case((count > most_a_day, most_a_day), else_=count).label("fans")
    found = columns(col(Story.teller_id), col(Story.day), fans).where(*shared_between(first, last))
    return found.group_by(col(Story.day), col(Story.teller_id)).subquery()


def _applause(tx: Session, person_ids: Collection[int], first: date, last: date) -> Mapping[int, int]:
    found = columns(_TELLER, func.count()).select_from(Story).join(Applause, col(Applause.story_id) == Story.id)
    by_others = (col(Applause.is_given).is_(True), col(Applause.person_id) != col(Story.teller_id))
    theirs = found.where(_TELLER.in_(person_ids), *shared_between(first, last), *by_others)
    return _counts(tx, theirs.group_by(_TELLER))


def _compliments(tx: Session, person_ids: Collection[int], first: date, last: date) -> Mapping[int, int]:
    about = col(ComplimentAbout.person_id)
    found = columns(about, func.count()).join(Compliment, col(Compliment.id) == ComplimentAbout.compliment_id)
    placed = found.where(col(Compliment.is_placed).is_(True), col(Compliment.day).between(first, last))
    return _counts(tx, placed.where(about.in_(person_ids)).group_by(about))


def _ideas_done(tx: Session, person_ids: Collection[int], begins: datetime, ends: datetime) -> Mapping[int, int]:
    suggester, done_at = col(Idea.suggester_id), func.max(IdeaAnswer.answered_at)
    done: Any = columns(suggester.label("suggester"), col(Idea.id))
    done = done.join(IdeaAnswer, col(IdeaAnswer.idea_id) == Idea.id)
    done = done.where(col(Idea.is_anonymous).is_(False), suggester.in_(person_ids))
    done = done.where(col(Idea.status) == Status.DONE, col(IdeaAnswer.status) == Status.DONE)
    done = done.group_by(suggester, col(Idea.id)).having(done_at >= begins, done_at < ends)
    each = done.subquery()
    return _counts(tx, columns(each.c.suggester, func.count()).group_by(each.c.suggester))


def _counts(tx: Session, found: Any) -> Mapping[int, int]:
    return {int(person_id): int(number) for person_id, number in tx.execute(found)}
