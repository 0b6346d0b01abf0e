"""What figures are made of: somebody's own, and the office's without anybody's name."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Subquery, case, distinct, func, not_, or_, select
from sqlmodel import Session, col

from storage.compliments import Compliment, ComplimentAbout
from storage.participants import Participant
from storage.people import Part, Person, Standing
from storage.spending import LedgerEntry, PaidWith, Spending, SpendingStatus
from storage.stories import Applause, Story, shared_between

AFTER = 7  # days after a story in which a compliment about its teller may be its doing
Days = tuple[date, date]  # the first and the last, both included
COUNTS = (SpendingStatus.BOOKED, SpendingStatus.APPROVED, SpendingStatus.WAITING)


class Gesture(StrEnum):
    """What was given in a story."""

    FREE = "free"  # no money was spent
    PAID = "paid"
    GIFT = "gift"  # from the cupboard


class By(StrEnum):
    """By what stories are put together."""

    MOMENT = "moment"
    GESTURE = "gesture"


@dataclass(frozen=True)
class Told:
    """Stories of one kind, and what followed them."""

    kind: str | None  # a Moment or a Gesture; None: the teller didn't say
    stories: int
    tellers: int
    applause: int  # but for one's own
    compliments: int  # about the teller, within AFTER days; one may count with several stories


@dataclass(frozen=True)
class TakingPart:
    """How many take part, and how many of them told something."""

    people: int
    told: int


def own_days(tx: Session, person_id: int, first: date, last: date) -> Mapping[date, int]:
    """How many stories somebody has for each local day that has any; also those that they kept for themselves."""
    return _by_day(tx, Story.teller_id == person_id, col(Story.day).between(first, last))


def own_kinds(tx: Session, person_id: int, by: By, first: date, last: date) -> Mapping[str | None, int]:
    """How many of somebody's stories are of each kind; also those that they kept for themselves."""
    told = _told(by, Story.teller_id == person_id, col(Story.day).between(first, last))
    return _numbers(tx, select(told.c.kind, func.count()).group_by(told.c.kind))


def team_days(tx: Session, first: date, last: date) -> Mapping[date, int]:
    """How many stories the team has for each local day of the teller's that has any."""
    return _by_day(tx, *shared_between(first, last))


def days_of_participants(tx: Session, first: date, last: date) -> Mapping[date, int]:
    """The same, of the stories of who takes part now."""
    return _by_day(tx, *shared_between(first, last), col(Story.teller_id).in_(_participants()))


def tellers(tx: Session, first: date, last: date, without: Sequence[Days] = ()) -> int:
    """How many people told the team something, on other days than those `without`."""
    others = [not_(col(Story.day).between(*days)) for days in without]
    people = select(func.count(distinct(col(Story.teller_id)))).where(*shared_between(first, last), *others)
    return int(tx.execute(people).scalar_one())


def tellers_in(tx: Session, spans: Sequence[Days]) -> Sequence[int]:
    """The same for each of these spans, of which the next begins where the one before ended."""
    at = case(*((col(Story.day) <= last, number) for number, (_, last) in enumerate(spans)))
    columns: Any = (at.label("at"), col(Story.teller_id))
    told = select(*columns).where(*shared_between(spans[0][0], spans[-1][1])).subquery("told")
    people = select(told.c.at, func.count(distinct(told.c.teller_id))).group_by(told.c.at)
    found: Mapping[int, int] = dict(tx.execute(people).all())
    return [found.get(number, 0) for number in range(len(spans))]


def taking_part(tx: Session, first: date, last: date) -> TakingPart:
    """Who takes part now, as two numbers: of who didn't tell anything there is no list."""
    people = select(func.count()).select_from(_participants().subquery())
    told = select(func.count(distinct(col(Story.teller_id)))).where(*shared_between(first, last))
    of_these = told.where(col(Story.teller_id).in_(_participants()))
    return TakingPart(tx.execute(people).scalar_one(), tx.execute(of_these).scalar_one())


def told_by_kind(tx: Session, by: By, first: date, last: date) -> Sequence[Told]:
    """The team's stories by their kind, and what followed."""
    told = _told(by, *shared_between(first, last))
    kind, number = told.c.kind, func.count()
    stories = select(kind, number, func.count(distinct(told.c.teller_id))).group_by(kind)
    is_others = (col(Applause.story_id) == told.c.id) & (col(Applause.person_id) != told.c.teller_id)
    applause = select(kind, number).join(Applause, is_others)
    applauded = _numbers(tx, applause.where(col(Applause.is_given).is_(True)).group_by(kind))
    praised = _compliments_after(tx, told, first, last)
    return [Told(one, count, people, applauded.get(one, 0), praised[one]) for one, count, people in tx.execute(stories)]


def spent(tx: Session, first: date, last: date, person_id: int | None = None) -> int:
    """Cents that were spent on customers on these days, from the ledger: the team's, or one person's."""
    # The month of the books is the day's or a later one: its index leads there.
    within = (col(LedgerEntry.month) >= f"{first:%Y-%m}", col(LedgerEntry.day).between(first, last))
    found = select(func.coalesce(func.sum(LedgerEntry.cents), 0)).where(col(LedgerEntry.is_staff).is_(False), *within)
    if person_id is not None:
        found = found.where(col(LedgerEntry.person_id) == person_id)
    return int(tx.execute(found).scalar_one())


def spenders(tx: Session, first: date, last: date) -> int:
    """How many people spent anything on customers on these days, from the ledger: what was taken back isn't spent."""
    within = (col(LedgerEntry.month) >= f"{first:%Y-%m}", col(LedgerEntry.day).between(first, last))
    person, spent = col(LedgerEntry.person_id), func.sum(LedgerEntry.cents)
    each = select(person).where(col(LedgerEntry.is_staff).is_(False), *within).group_by(person).having(spent != 0)
    return int(tx.execute(select(func.count()).select_from(each.subquery())).scalar_one())


def _participants() -> Any:
    found = select(col(Person.id)).join(Participant, col(Participant.person_id) == Person.id)
    here = (col(Person.standing) == Standing.MEMBER, col(Person.part) == Part.JOINED)
    return found.where(*here, col(Participant.left_at).is_(None))


def _by_day(tx: Session, *conditions: Any) -> Mapping[date, int]:
    found = select(col(Story.day), func.count()).where(*conditions).group_by(col(Story.day))
    return dict(tx.execute(found).all())


def _numbers(tx: Session, asked: Any) -> Mapping[str | None, int]:
    return dict(tx.execute(asked).all())


def _told(by: By, *conditions: Any) -> Subquery:
    """Stories with their kind: made before they are counted, for PostgreSQL takes no two parameters for one."""
    kind = col(Story.moment) if by == By.MOMENT else _gesture()
    columns: Any = (col(Story.id), col(Story.teller_id), col(Story.day), kind.label("kind"))
    return select(*columns).where(*conditions).subquery("told")


def _compliments_after(tx: Session, told: Subquery, first: date, last: date) -> Counter[str | None]:
    """How many compliments about their teller followed stories of each kind within AFTER days.

    Put together here: whichever way SQLite joined days that are near each other, it looked at all of them for each.
    """
    found = select(col(ComplimentAbout.person_id), col(Compliment.day)).join(
        Compliment, col(Compliment.id) == ComplimentAbout.compliment_id
    )
    until = last + timedelta(days=AFTER)
    placed = found.where(col(Compliment.is_placed).is_(True), col(Compliment.day).between(first, until))
    days: dict[int, list[date]] = defaultdict(list)
    for person_id, day in tx.execute(placed.order_by(col(Compliment.day))):
        days[person_id].append(day)
    stories = select(told.c.teller_id, told.c.day, told.c.kind)
    of_these = stories.where(told.c.teller_id.in_(select(col(ComplimentAbout.person_id)))) if days else None
    counts: Counter[str | None] = Counter()
    for teller_id, day, kind in tx.execute(of_these) if of_these is not None else ():
        own = days.get(teller_id, [])
        counts[kind] += bisect_right(own, day + timedelta(days=AFTER)) - bisect_left(own, day)
    return counts


def _gesture() -> Any:
    # By the story alone: conditions on how it was paid led SQLite to an index with all gifts of the office in it.
    is_gift = case((col(Spending.paid_with) == PaidWith.CUPBOARD, 2), else_=1)
    weight = case((col(Spending.status).in_(COUNTS), is_gift), else_=0)
    its = select(func.max(weight)).where(col(Spending.story_id) == Story.id).scalar_subquery()
    return case((its == 2, Gesture.GIFT), (or_(col(Story.spent_cents) > 0, its == 1), Gesture.PAID), else_=Gesture.FREE)
