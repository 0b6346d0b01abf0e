"""What makes an expense, what a manager may decide about it, and what is shown of a budget."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from bot.kernel.budgets import Room, Verdict
from bot.kernel.caps import Caps
from bot.kernel.errors import BotError, FormError
from bot.kernel.office import Me
from bot.kernel.sentence import Sentence
from storage.people import Person
from storage.spending import PaidWith, PersonCap, Spending, SpendingStatus

DAYS_BACK = 31  # how long afterwards an expense can still be entered
SAME_WITHIN = timedelta(minutes=2)  # the same command from the same person: Slack showed an error, they tried again
LONGEST, LONGEST_COMPANY = 300, 150  # characters
LARGEST_RECEIPT = 10 * 1024 * 1024  # bytes
VAT_RATES = (0, 6, 9, 12, 21)  # per cent: NL 0, 9, 21 (tax office, 2026); BE 0, 6, 12, 21 (FOD Financiën)
LISTED = 10  # on a page of one's budget: of what is still open, and of what is done


class Decision(StrEnum):
    """What a manager says to who asks."""

    APPROVE = "approve"
    PARTLY = "partly"
    REFUSE = "refuse"


@dataclass(frozen=True)
class Receipt:
    """A file, as Slack tells of it."""

    file_id: str
    mimetype: str
    size: int  # bytes
    link: str = ""  # where it can be seen; empty: Slack didn't say


@dataclass(frozen=True)
class TypedSpending:
    """A form as it was filled in. The names are those of the fields in a FormError."""

    amount: str
    what_for: str
    paid_with: str = ""  # a PaidWith; empty: own money
    day: str = ""  # YYYY-MM-DD; empty: today
    company: str = ""
    vat_rate: str = ""  # per cent; empty: not given
    story_id: int | None = None  # one of one's own
    receipt: Receipt | None = None  # with a correction: None keeps the one that was there
    no_receipt: str = ""
    is_urgent: bool = False  # the customer is waiting
    is_spent: bool = True  # already
    is_staff: bool = False  # for a colleague


@dataclass(frozen=True)
class SpendingValues:
    """An expense's content, checked: the columns of Spending with these names."""

    cents: int
    what_for: str
    day: date
    paid_with: str = PaidWith.OWN
    company: str = ""
    vat_rate: int | None = None
    story_id: int | None = None
    receipt: str | None = None
    receipt_link: str | None = None
    no_receipt: str = ""
    is_urgent: bool = False
    is_spent: bool = True
    is_staff: bool = False


@dataclass(frozen=True)
class Spent:
    """An expense that was booked or asked for, what is left for that day and month, and what else there is to say."""

    spending: Spending
    verdict: Verdict
    room: Room
    remarks: Sequence[Sentence] = ()
    is_again: bool = False  # it stood there already: the same line came twice


@dataclass(frozen=True)
class OwnMonth:
    """What stands in the books of a month for oneself: the figures that managers see."""

    month: str  # YYYY-MM
    cents: int  # for customers
    staff_cents: int  # for colleagues
    asked_cents: int  # of both: what a manager agreed with, which takes nothing of what may be spent without asking
    today: date
    owed: Mapping[str, int] = field(default_factory=dict)  # by currency: own money of all months, not paid back yet
    coming: Sequence[PersonCap] = ()  # one's own caps from later days on, the first first


@dataclass(frozen=True)
class Balance:
    """Somebody's own budget: what they may still spend today, and what they spent."""

    caps: Caps  # of today, their own where they have them
    spent_day: int  # cents, without asking
    spent_month: int
    room: Room
    minutes_today: int  # that their stories of today took
    last: Sequence[Spending]  # of one page: what is done, the newest first
    waiting: Sequence[Spending]  # all of it, the oldest first
    closed_until: str  # the last month (YYYY-MM) whose books are closed; empty: none
    unspent: Sequence[Spending] = ()  # all that may be spent and isn't yet, the oldest first
    page: int = 0  # of what is open and of what is done
    has_older: bool = False  # of what is done, behind this page
    month: OwnMonth | None = None  # the one that is on; not at Home


@dataclass(frozen=True)
class Asked:
    """An expense that a manager is to see, and whose it is."""

    spending: Spending
    person: Person


@dataclass(frozen=True)
class PersonTotal:
    """What stands in the books of a month for one person."""

    person: Person
    cents: int  # for customers
    staff_cents: int  # for colleagues
    caps: Caps  # of today


@dataclass(frozen=True)
class Overview:
    """A month of the office, for its managers."""

    month: str  # YYYY-MM
    is_closed: bool
    may_close: bool  # it is over, and open
    people: Sequence[PersonTotal]  # by name; those with an entry or caps of their own
    groups: Mapping[str, int]  # by a group's name: cents of its people, customers and colleagues together
    waiting: Sequence[Asked]  # the oldest first
    over: Sequence[Asked]  # of that month: above a soft cap
    to_pay_back: Sequence[Asked]  # own money, of all months; the oldest first
    paid_back: Sequence[Asked] = ()  # lately; the last first

    @property
    def cents(self) -> int:
        return sum(one.cents + one.staff_cents for one in self.people)


def what_counts(spending: Spending | SpendingValues) -> tuple[int, date, bool]:
    """What stands in the ledger of an expense: another amount, day or column is another entry."""
    return spending.cents, spending.day, spending.is_staff


def cents_of(spending: Spending) -> int:
    """What it is about, in cents: what a manager agreed with, else what was asked."""
    return spending.cents if spending.cents_approved is None else spending.cents_approved


def what_is_exported(spending: Spending | SpendingValues) -> tuple[object, ...]:
    """What an accountant reads of an expense beside what counts: it stays as it is in books that are closed."""
    bought = (spending.what_for, spending.paid_with, spending.company, spending.vat_rate)
    return *bought, spending.receipt, spending.no_receipt, spending.story_id


def must_be_own(spending: Spending | None, person_id: int) -> Spending:
    """The expense, if it is this person's. Raises BotError if it isn't, or is gone."""
    if spending is None or spending.person_id != person_id:
        raise BotError("That is not an expense of yours.")
    return spending


def must_be_correctable(spending: Spending | None, person_id: int) -> Spending:
    """The expense, if this person may still correct it. Raises BotError if not."""
    spending = _must_be_movable(must_be_own(spending, person_id))
    if spending.status in (SpendingStatus.UNDONE, SpendingStatus.REFUSED):
        raise BotError("This expense counts no more, so there is nothing to correct.")
    return spending


def must_keep_what_is_fixed(spending: Spending, values: SpendingValues) -> None:
    """Raise BotError, or FormError, for another amount than a manager agreed with or than stands in a story."""
    if spending.status == SpendingStatus.APPROVED and what_counts(values) != what_counts(spending):
        raise BotError("A manager agreed with this amount. Take it back and ask again if it was another.")
    if spending.is_from_story and (values.cents, values.day) != (spending.cents, spending.day):
        raise FormError({"amount": BotError("This amount stands in a story. Change it there.")})


def must_be_spendable(spending: Spending | None, person_id: int) -> Spending:
    """The expense, if it is this person's, and fits or was agreed with. Raises BotError if not."""
    spending = must_be_own(spending, person_id)
    if spending.status not in (SpendingStatus.BOOKED, SpendingStatus.APPROVED):
        raise BotError("Only what fits, or what a manager agreed with, can still be spent.")
    if spending.paid_with == PaidWith.CUPBOARD:
        raise BotError("Take this gift from the cupboard: then it is spent.")
    return spending


def must_be_waiting(spending: Spending | None, person_id: int) -> Spending:
    """The expense, if it is this person's and waits. Raises BotError if not."""
    spending = must_be_own(spending, person_id)
    if spending.status != SpendingStatus.WAITING:
        raise BotError("This does not wait any more.")
    return spending


def must_be_undoable(spending: Spending | None, person_id: int) -> Spending:
    """The expense, if this person may take it back (or did). Raises BotError if not."""
    spending = _must_be_movable(must_be_own(spending, person_id))
    if spending.is_from_story and spending.status != SpendingStatus.UNDONE:
        raise BotError("This amount stands in a story. Change it there.")
    return spending


def _must_be_movable(spending: Spending) -> Spending:
    if spending.paid_with == PaidWith.CUPBOARD:
        raise BotError("This came from the cupboard. Put it back there, and it counts no more.")
    if spending.paid_back_at is not None:
        raise BotError("This was paid back to you already. Talk to the manager who did that.")
    return spending


def must_be_decidable(spending: Spending | None, me: Me, seen_cents: int | None = None) -> Spending:
    """The expense, if it waits and this manager may decide on it, having seen this amount (None: as it is).

    Raises BotError if not.
    """
    if spending is None:
        raise BotError("This expense is not there any more.")
    if spending.person_id == me.person_id:
        raise BotError("Nobody decides on their own expense. Another manager can.")
    if spending.status == SpendingStatus.UNDONE:
        raise BotError("This was taken back. There is nothing to decide any more.")
    if spending.status != SpendingStatus.WAITING:
        raise BotError("Somebody decided on this already.")
    if seen_cents not in (None, spending.cents):
        raise BotError(
            "Meanwhile it is {amount}. Look at it again in the office's budget.",
            amount=me.say.money(spending.cents, spending.currency),
        )
    return spending


def is_divisible(spending: Spending) -> bool:
    """Whether a manager may agree with a part of it: a gift can't be taken in part."""
    return spending.paid_with != PaidWith.CUPBOARD


def must_be_divisible(spending: Spending) -> None:
    """Raise BotError for what is agreed with as a whole, or not at all."""
    if not is_divisible(spending):
        raise BotError("A gift can't be taken in part: agree with it, or say no.")


def is_to_pay_back(spending: Spending, me: Me) -> bool:
    """Whether it is own money of a colleague that counts, and was not paid back yet."""
    counts = spending.is_spent and spending.status in (SpendingStatus.BOOKED, SpendingStatus.APPROVED)
    is_own = spending.paid_with == PaidWith.OWN and spending.person_id != me.person_id
    return counts and is_own and spending.paid_back_at is None
