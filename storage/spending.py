"""What people spend on gestures: the ledger, what waits for an approval, caps, closed months; tables and questions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, case, func, literal_column, text
from sqlmodel import Field, Session, Text, col, select

from storage.rows import Owned, instant, workspace_of

BOOKS = 6_1103  # the first number of the locks on PostgreSQL with which books are closed; the second is the workspace


class PaidWith(StrEnum):
    """Whose money it was."""

    OWN = "own"  # to be paid back
    TILL = "till"
    CARD = "card"
    CUPBOARD = "cupboard"  # a gift that was there already


class SpendingStatus(StrEnum):
    """What became of it."""

    BOOKED = "booked"  # within the caps: nobody was asked
    WAITING = "waiting"
    APPROVED = "approved"  # wholly or partly: `cents_approved` says how much
    REFUSED = "refused"
    UNDONE = "undone"  # taken back by the person: while it waited, or after it was booked


class Spending(Owned, table=True):
    """One thing that somebody spent, or asks to spend. What counts are its entries in the ledger."""

    __table_args__ = (
        Index(None, "workspace_id", "person_id", "day"),
        Index(None, "workspace_id", "status", "day"),
        Index(None, "workspace_id", "paid_with", "paid_back_at"),
        Index(
            "ix_spending_company",
            "workspace_id",
            "day",
            sqlite_where=literal_column("company <> ''"),
            postgresql_where=literal_column("company <> ''"),
        ),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", ondelete="CASCADE", index=True)
    day: date  # the person's local day on which it was, or will be, spent
    cents: int  # as asked, in `currency`
    currency: str = Field(max_length=3)
    what_for: str = Field(sa_type=Text)
    paid_with: str = Field(default=PaidWith.OWN, max_length=10)
    company: str = Field(default="", max_length=150)  # of the customer who got it; empty: a private person
    vat_rate: int | None = None  # per cent, if it was given
    is_staff: bool = False  # for a colleague: another regime than gifts to customers
    story_id: int | None = Field(default=None, foreign_key="story.id", ondelete="SET NULL", index=True)
    receipt: str | None = Field(default=None, max_length=40)  # Slack's id of the file
    receipt_link: str | None = Field(default=None, sa_type=Text)  # where it can be seen; its name is at the end
    no_receipt: str = Field(default="", sa_type=Text)  # why there is none
    is_from_story: bool = False  # it is the amount in that story, and changes there
    status: str = Field(default=SpendingStatus.BOOKED, max_length=10)
    is_urgent: bool = False  # the customer waits
    is_spent: bool = True  # already; then an approval is about paying it back
    is_over: bool = False  # above the day's cap, booked because that is soft
    cents_approved: int | None = None
    reason: str = Field(default="", sa_type=Text)  # of the manager, with a no or a part
    decided_by: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL", index=True)
    decided_at: datetime | None = instant(nullable=True)
    asked_at: datetime = instant(nullable=False)
    paid_back_by: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL", index=True)
    paid_back_at: datetime | None = instant(nullable=True)


class LedgerEntry(Owned, table=True):
    """One line of the ledger. It is never changed or deleted: a correction is another line that refers to it."""

    __tablename__ = "ledger_entry"
    __table_args__ = (
        Index(None, "workspace_id", "person_id", "day"),
        Index("ix_ledger_entry_month", "workspace_id", "month", "person_id", "is_staff", "cents"),  # a month's sums
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    spending_id: int = Field(foreign_key="spending.id", ondelete="CASCADE", index=True)
    person_id: int = Field(foreign_key="person.id", ondelete="CASCADE", index=True)
    day: date  # the person's local day on which it was spent: the caps of that day hold
    month: str = Field(max_length=7)  # YYYY-MM, in whose books it stands: of `day`, or the open month if that is closed
    cents: int  # below zero for what is taken back
    is_staff: bool = False  # for a colleague: another column than gifts to customers
    is_asked: bool = False  # a manager approved it: it doesn't count against the caps
    corrects_id: int | None = Field(default=None, foreign_key="ledger_entry.id", ondelete="SET NULL", index=True)
    booked_at: datetime = instant(nullable=False)


class PersonCap(Owned, table=True):
    """Caps of somebody's own, from a day on; empty values are the office's."""

    __tablename__ = "person_cap"

    person_id: int = Field(primary_key=True, foreign_key="person.id", ondelete="CASCADE")
    first_day: date = Field(primary_key=True)
    day_cents: int | None = None
    month_cents: int | None = None
    day_minutes: int | None = None
    set_by: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL", index=True)
    set_at: datetime = instant(nullable=False)


class ClosedMonth(Owned, table=True):
    """A month whose books are closed; later corrections stand in the open month."""

    __tablename__ = "closed_month"

    workspace_id: int = Field(primary_key=True, foreign_key="workspace.id", ondelete="CASCADE")
    month: str = Field(primary_key=True, max_length=7)  # YYYY-MM
    closed_by: int | None = Field(
        default=None, foreign_key="person.id", ondelete="SET NULL", index=True
    )  # empty: by itself
    closed_at: datetime = instant(nullable=False)


@dataclass(frozen=True)
class Books:
    """What has to be known of somebody's books before an amount of a day can be judged."""

    person_id: int
    day: date
    spent_day: int  # cents booked without asking, on that day
    spent_month: int  # and on the days of its month
    own_caps: Sequence[PersonCap]  # by first day
    closed_until: str  # the last month (YYYY-MM) whose books are closed, with all before; empty: none


def month_of(day: date) -> str:
    """As the books name it: YYYY-MM."""
    return f"{day:%Y-%m}"


def month_after(month: str) -> str:
    first = date.fromisoformat(f"{month}-01")
    return month_of(first + timedelta(days=31))


def span_of(month: str) -> tuple[date, date]:
    """The first and the last day of a month."""
    return date.fromisoformat(f"{month}-01"), date.fromisoformat(f"{month_after(month)}-01") - timedelta(days=1)


def open_month(day: date, closed_until: str) -> str:
    """In which month's books something of that day is written: its own, or the first one that is open."""
    month = month_of(day)
    return month if month > closed_until else month_after(closed_until)


def hold_books(tx: Session, *, alone: bool = False) -> None:
    """Let no month be closed while something is written in the books; `alone`: let nobody write while one is closed.

    SQLite has one writer, so nobody else writes there anyway.
    """
    if tx.get_bind().dialect.name != "sqlite":
        lock = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
        tx.execute(text(f"SELECT {lock}(:books, :workspace)"), {"books": BOOKS, "workspace": workspace_of(tx)})


def closed_until(tx: Session) -> str:
    """The last month (YYYY-MM) whose books are closed, with all before; empty: none."""
    return tx.exec(select(func.max(ClosedMonth.month)).select_from(ClosedMonth)).one() or ""


def books_for(tx: Session, person_id: int, day: date) -> Books:
    """The books of somebody on a day, in a transaction that is about to write in them: they stay open until it ends.

    The person's row has to be locked (`writing(me)` does it): then nothing of theirs is booked meanwhile.
    """
    hold_books(tx)
    return books_of(tx, person_id, day)


def books_of(tx: Session, person_id: int, day: date) -> Books:
    """The books of somebody on a day, to look at."""
    spent_day, spent_month = spent(tx, person_id, day)
    return Books(person_id, day, spent_day, spent_month, own_caps(tx, person_id), closed_until(tx))


def spent(tx: Session, person_id: int, day: date) -> tuple[int, int]:
    """Cents booked without asking: on that day, and on the days of its month."""
    first, last = span_of(month_of(day))
    on_day = func.coalesce(func.sum(case((col(LedgerEntry.day) == day, LedgerEntry.cents), else_=0)), 0)
    found = select(on_day, func.coalesce(func.sum(LedgerEntry.cents), 0)).select_from(LedgerEntry)
    found = found.where(LedgerEntry.person_id == person_id, col(LedgerEntry.is_asked).is_(False))
    sums = tx.exec(found.where(col(LedgerEntry.day).between(first, last))).one()
    return int(sums[0]), int(sums[1])


def own_caps(tx: Session, person_id: int) -> Sequence[PersonCap]:
    """Somebody's own caps, by the day from which they hold."""
    found = select(PersonCap).where(PersonCap.person_id == person_id)
    return tx.exec(found.order_by(col(PersonCap.first_day))).all()


def cap_from(tx: Session, person_id: int, day: date) -> PersonCap | None:
    """The caps of somebody's own that begin on that very day."""
    return tx.exec(select(PersonCap).where(PersonCap.person_id == person_id, PersonCap.first_day == day)).first()


def book(tx: Session, books: Books, *, now: datetime, is_over: bool = False, **values: Any) -> Spending:
    """Write an expense of the books' person and day that nobody has to be asked for, and its entry."""
    spending = add_spending(tx, books, now=now, status=SpendingStatus.BOOKED, is_over=is_over, **values)
    enter(tx, spending, spending.cents, now, books.closed_until)
    return spending


def add_spending(tx: Session, books: Books, *, now: datetime, **values: Any) -> Spending:
    """Write an expense of the books' person and day without an entry: it waits."""
    whose: dict[str, Any] = {"workspace_id": workspace_of(tx), "person_id": books.person_id, "day": books.day}
    spending = Spending(**whose | values, asked_at=now)
    tx.add(spending)
    tx.flush()
    return spending


def enter(
    tx: Session, spending: Spending, cents: int, now: datetime, closed: str, *, is_asked: bool = False,
    corrects: LedgerEntry | None = None,
) -> LedgerEntry:  # fmt: skip
    """Write a line in the ledger; of a day in a closed month (`closed` is the last one) it stands in the open one."""
    like = corrects if corrects is not None and cents < 0 else spending
    entry = LedgerEntry(
        workspace_id=spending.workspace_id, spending_id=spending.id or 0, person_id=spending.person_id, day=like.day,
        month=open_month(like.day, closed), cents=cents, is_staff=like.is_staff, is_asked=is_asked,
        corrects_id=corrects.id if corrects else None, booked_at=now,
    )  # fmt: skip
    tx.add(entry)
    tx.flush()
    return entry


def take_back(tx: Session, spending: Spending, now: datetime, closed: str) -> LedgerEntry | None:
    """Write the opposite of what stands in the ledger for an expense; answers what stood there, None for nothing.

    The caller sets the expense's status.
    """
    standing = standing_entry(tx, spending.id or 0)
    if standing is not None:
        enter(tx, spending, -standing.cents, now, closed, is_asked=standing.is_asked, corrects=standing)
    return standing


def standing_entry(tx: Session, spending_id: int) -> LedgerEntry | None:
    """The line that holds for an expense: the last one, unless that takes something back."""
    last = tx.exec(entries_of(spending_id).order_by(col(LedgerEntry.id).desc()).limit(1)).first()
    return last if last is not None and last.cents > 0 else None


def is_in_closed_books(tx: Session, spending: Spending, closed: str) -> bool:
    """Whether any line of an expense stands in a month that is closed (`closed` is the last one)."""
    found = entries_of(spending.id or 0).where(col(LedgerEntry.month) <= closed).limit(1)
    return tx.exec(found).first() is not None


def add_copy(tx: Session, spending: Spending) -> Spending:
    """A new expense with the content of this one."""
    copy = Spending(**spending.model_dump(exclude={"id"}))
    tx.add(copy)
    tx.flush()
    return copy


def entries_of(spending_id: int) -> Any:
    """The question for the lines of an expense."""
    return select(LedgerEntry).where(LedgerEntry.spending_id == spending_id)


def spending_by_id(tx: Session, spending_id: int) -> Spending | None:
    return tx.exec(select(Spending).where(Spending.id == spending_id)).first()


def spending_to_change(tx: Session, spending_id: int) -> Spending | None:
    """An expense, which nobody else changes until the transaction ends."""
    found = select(Spending).where(Spending.id == spending_id).with_for_update()
    return tx.exec(found.execution_options(populate_existing=True)).first()
