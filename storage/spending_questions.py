"""What is asked of the ledger: what waits, what somebody spent, a month of the office, who wants to be paid back."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import case, exists, func, or_
from sqlmodel import Session, col, select

from storage.groups import GroupMember, PeopleGroup
from storage.outbox import Post
from storage.participants import Participant
from storage.people import Person
from storage.spending import LedgerEntry, PaidWith, PersonCap, Spending, SpendingStatus
from storage.standing import is_under
from storage.stories import Story

COUNTING = (SpendingStatus.BOOKED, SpendingStatus.APPROVED)


def lock_people(tx: Session, person_ids: Collection[int]) -> None:
    """Let nobody else act for these people, or with their money, until the transaction ends.

    In one order, so that two managers who decide on each other's expenses don't wait for each other.
    """
    tx.exec(select(Person.id).where(col(Person.id).in_(person_ids)).order_by(col(Person.id)).with_for_update()).all()


def last_spendings(tx: Session, person_id: int, count: int, skipped: int = 0) -> Sequence[Spending]:
    """Somebody's newest expenses behind the first `skipped`, but for what waits or is still to be spent."""
    is_unspent = col(Spending.status).in_(COUNTING) & col(Spending.is_spent).is_(False)
    found = select(Spending).where(Spending.person_id == person_id, Spending.status != SpendingStatus.WAITING)
    found = found.where(~is_unspent).order_by(col(Spending.day).desc(), col(Spending.id).desc())
    return tx.exec(found.offset(skipped).limit(count)).all()


def unspent_of(tx: Session, person_id: int) -> Sequence[Spending]:
    """What somebody may spend, for it fits or a manager agreed with it, and has not spent yet; the oldest first."""
    found = select(Spending).where(Spending.person_id == person_id, col(Spending.status).in_(COUNTING))
    return tx.exec(found.where(col(Spending.is_spent).is_(False)).order_by(col(Spending.day), col(Spending.id))).all()


def waiting_of(tx: Session, person_id: int) -> Sequence[Spending]:
    """What somebody asked and nobody decided on yet, the oldest first."""
    found = select(Spending).where(Spending.person_id == person_id, Spending.status == SpendingStatus.WAITING)
    return tx.exec(found.order_by(col(Spending.asked_at), col(Spending.id))).all()


def waiting(tx: Session, but: int = 0, limit: int | None = None) -> Sequence[tuple[Spending, Person]]:
    """What waits for the managers, but for that of the person with the id `but`, the oldest first."""
    found = _with_person().where(Spending.status == SpendingStatus.WAITING, Spending.person_id != but)
    rows: Sequence[tuple[Spending, Person]] = tx.exec(found.order_by(col(Spending.id)).limit(limit)).all()
    return rows


def same_spending(tx: Session, like: Spending, since: datetime) -> Spending | None:
    """The newest expense of the same person and day with the same amount and words, asked at `since` or later.

    Not one that was taken back or refused: after those it is another one. `like` is no row.
    """
    over = (SpendingStatus.UNDONE, SpendingStatus.REFUSED)
    found = select(Spending).where(
        Spending.person_id == like.person_id, Spending.day == like.day, Spending.cents == like.cents,
        Spending.what_for == like.what_for, col(Spending.asked_at) >= since, col(Spending.status).not_in(over),
    )  # fmt: skip
    return tx.exec(found.order_by(col(Spending.id).desc()).limit(1)).first()


def spending_of_story(tx: Session, story_id: int) -> Spending | None:
    """The expense that is the amount in a story, unless it was taken back."""
    found = select(Spending).where(Spending.story_id == story_id, col(Spending.is_from_story).is_(True))
    found = found.where(Spending.status != SpendingStatus.UNDONE).order_by(col(Spending.id).desc()).limit(1)
    return tx.exec(found).first()


def story_texts(tx: Session, story_ids: Collection[int], reader_id: int = 0) -> Mapping[int, str]:
    """What these stories say, as far as the team may read it, or somebody told them themselves: by their ids."""
    may_read = or_(col(Story.is_shared).is_(True), col(Story.teller_id) == reader_id)
    found = select(Story.id, Story.text).where(col(Story.id).in_(list(story_ids)), may_read)
    return {story_id or 0: text for story_id, text in tx.exec(found)}


def told_under(tx: Session, beginning: str) -> Sequence[tuple[str, Person]]:
    """The keys with this beginning under which something stands, or will, and with whom: the newest first of each."""
    found = select(Post.key, Person).join(Person, col(Person.slack_id) == Post.target)
    found = found.where(is_under(beginning), col(Post.body).is_not(None))
    rows: Sequence[tuple[str, Person]] = tx.exec(found.order_by(col(Person.id), col(Post.id).desc())).all()
    return rows


def minutes_on(tx: Session, person_id: int, day: date) -> int:
    """The minutes that somebody's stories of a day took."""
    found = select(func.coalesce(func.sum(Story.minutes), 0)).select_from(Story)
    return int(tx.exec(found.where(Story.teller_id == person_id, Story.day == day)).one() or 0)


def month_by_person(tx: Session, month: str) -> Mapping[int, tuple[int, int]]:
    """What stands in the books of a month, by person: cents for customers, and for colleagues."""
    staff = func.sum(case((col(LedgerEntry.is_staff), LedgerEntry.cents), else_=0))
    found = select(LedgerEntry.person_id, func.sum(LedgerEntry.cents), staff).select_from(LedgerEntry)
    found = found.where(LedgerEntry.month == month)
    return {
        person_id: (int(whole - colleagues), int(colleagues))
        for person_id, whole, colleagues in tx.exec(found.group_by(col(LedgerEntry.person_id)))
    }


def month_of_person(tx: Session, person_id: int, month: str) -> tuple[int, int, int]:
    """What stands in the books of a month for one person, in cents.

    That is for customers, for colleagues, and of both together what a manager agreed with.
    """
    staff = func.coalesce(func.sum(case((col(LedgerEntry.is_staff), LedgerEntry.cents), else_=0)), 0)
    asked = func.coalesce(func.sum(case((col(LedgerEntry.is_asked), LedgerEntry.cents), else_=0)), 0)
    found = select(func.coalesce(func.sum(LedgerEntry.cents), 0), staff, asked).select_from(LedgerEntry)
    theirs = found.where(LedgerEntry.person_id == person_id, LedgerEntry.month == month)
    whole, colleagues, agreed = tx.exec(theirs).one()
    return int(whole - colleagues), int(colleagues), int(agreed)


def months_of(tx: Session, person_id: int) -> Sequence[str]:
    """The months (YYYY-MM) in whose books anything stands for somebody."""
    return tx.exec(select(LedgerEntry.month).where(LedgerEntry.person_id == person_id).distinct()).all()


def groups_of_people(tx: Session) -> Sequence[tuple[str, int]]:
    """Who is in which group: its name and somebody's id; the groups by name."""
    found = select(PeopleGroup.name, GroupMember.person_id).select_from(PeopleGroup)
    found = found.join(GroupMember, col(GroupMember.group_id) == PeopleGroup.id).order_by(col(PeopleGroup.name))
    return tx.exec(found).all()


def all_own_caps(tx: Session) -> Mapping[int, list[PersonCap]]:
    """The caps of everybody who has their own, by person; each by the day from which they hold."""
    caps: dict[int, list[PersonCap]] = {}
    for one in tx.exec(select(PersonCap).order_by(col(PersonCap.first_day))):
        caps.setdefault(one.person_id, []).append(one)
    return caps


def over_between(tx: Session, first: date, last: date) -> Sequence[tuple[Spending, Person]]:
    """What was booked above a soft cap on days from first to last, the oldest first."""
    found = _with_person().where(col(Spending.is_over).is_(True), Spending.status == SpendingStatus.BOOKED)
    found = found.where(col(Spending.day).between(first, last))
    rows: Sequence[tuple[Spending, Person]] = tx.exec(found.order_by(col(Spending.id))).all()
    return rows


def to_pay_back(tx: Session, person_id: int | None = None) -> Sequence[tuple[Spending, Person]]:
    """Own money that counts and was not paid back yet, the oldest first; of one person when one is given."""
    found = _with_person().where(col(Spending.status).in_(COUNTING), Spending.paid_with == PaidWith.OWN)
    found = found.where(col(Spending.paid_back_at).is_(None), col(Spending.is_spent).is_(True))
    if person_id is not None:
        found = found.where(Spending.person_id == person_id)
    rows: Sequence[tuple[Spending, Person]] = tx.exec(found.order_by(col(Spending.id))).all()
    return rows


def paid_back_lately(tx: Session, limit: int) -> Sequence[tuple[Spending, Person]]:
    """Own money that was paid back, the last first."""
    found = _with_person().where(col(Spending.status).in_(COUNTING), Spending.paid_with == PaidWith.OWN)
    found = found.where(col(Spending.paid_back_at).is_not(None))
    in_order = (col(Spending.paid_back_at).desc(), col(Spending.id).desc())
    rows: Sequence[tuple[Spending, Person]] = tx.exec(found.order_by(*in_order).limit(limit)).all()
    return rows


def spendings_by_ids(tx: Session, spending_ids: Collection[int]) -> Sequence[Spending]:
    return tx.exec(select(Spending).where(col(Spending.id).in_(spending_ids))).all()


def spendings_of(tx: Session, person_id: int) -> Sequence[Spending]:
    """All that somebody ever spent or asked."""
    return tx.exec(select(Spending).where(Spending.person_id == person_id).order_by(col(Spending.id))).all()


def decided_or_paid_by(tx: Session, person_id: int) -> Sequence[Spending]:
    """The expenses on which somebody decided, or that they paid back; the newest first."""
    found = select(Spending).where(or_(col(Spending.decided_by) == person_id, col(Spending.paid_back_by) == person_id))
    return tx.exec(found.order_by(col(Spending.id).desc())).all()


def workspaces_with_spendings(tx: Session) -> Sequence[int]:
    """Of every workspace: those in which anything was spent or asked."""
    return tx.exec(select(Spending.workspace_id).distinct()).all()


def participants_without_spending(tx: Session, since: date) -> Sequence[Person]:
    """Who takes part since before that day, and spent nothing from it on."""
    spent = exists().where(col(Spending.person_id) == Person.id, col(Spending.day) >= since)
    found = select(Person).join(Participant, col(Participant.person_id) == Person.id)
    found = found.where(col(Participant.left_at).is_(None), Participant.joined_on < since)
    return tx.exec(found.where(~spent).order_by(col(Person.id))).all()


def _with_person() -> Any:
    return select(Spending, Person).join(Person, col(Person.id) == Spending.person_id)
