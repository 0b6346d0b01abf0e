"""What an accountant gets: the lines of the ledger of a month with what each is about, and a company's year."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, extract, func, literal_column
from sqlmodel import Session, col, select

from storage.export import count_of
from storage.people import Person
from storage.spending import LedgerEntry, Spending, SpendingStatus
from storage.workspaces import Workspace

AT_A_TIME = 500  # rows
_UNSEEN = str.maketrans("-/,", "   ", ".'’\"()")  # Jansen B.V. is Jansen BV


@dataclass(frozen=True)
class ExportedEntry:
    """A line of the export; what is empty was not given."""

    workspace: str  # Slack's id of the team
    day: date  # on which it was spent
    month: str  # YYYY-MM, in whose books it stands
    person: str
    cents: int  # below zero for what was taken back
    currency: str
    vat_rate: int | None  # per cent
    what_for: str
    company: str
    recipient: str  # "customer", "staff": two regimes
    paid_with: str
    receipt: str  # its address in Slack, or "bon:" and the id of the file
    no_receipt: str  # why there is none
    story: int | None
    status: str  # of the line itself: "booked" or "approved", or "undone" where it takes one back
    paid_back: date | None  # UTC
    entry: int
    corrected_entry: int | None  # the one that this one takes back


@dataclass(frozen=True)
class ExportedCompany:
    """What one company got in a year."""

    workspace: str  # Slack's id of the team
    year: int
    company: str
    cents: int  # without VAT where its rate was given, and without what colleagues got
    currency: str


def entries_count(tx: Session, month: str = "") -> int:
    return count_of(tx, LedgerEntry, *([col(LedgerEntry.month) == month] if month else []))


def entries_to_export(tx: Session, month: str = "") -> Iterator[ExportedEntry]:
    """The lines in the books of a month (YYYY-MM; empty: of all), in the order of writing. Reads as it goes."""
    found = (
        select(LedgerEntry, Spending, Person.name, Workspace.team_id)
        .join(Spending, col(Spending.id) == LedgerEntry.spending_id)
        .join(Person, col(Person.id) == LedgerEntry.person_id)
        .join(Workspace, col(Workspace.id) == LedgerEntry.workspace_id)
        .order_by(col(LedgerEntry.id))
    )
    if month:
        found = found.where(LedgerEntry.month == month)
    for entry, spending, name, team in tx.exec(found.execution_options(yield_per=AT_A_TIME)):
        yield _exported(entry, spending, name, team)


def _exported(entry: LedgerEntry, spending: Spending, name: str, team: str) -> ExportedEntry:
    return ExportedEntry(
        workspace=team,
        day=entry.day,
        month=entry.month,
        person=name,
        cents=entry.cents,
        currency=spending.currency,
        vat_rate=spending.vat_rate,
        what_for=spending.what_for,
        company=spending.company,
        recipient="staff" if entry.is_staff else "customer",
        paid_with=spending.paid_with,
        receipt=spending.receipt_link or (f"bon:{spending.receipt}" if spending.receipt else ""),
        no_receipt=spending.no_receipt,
        story=spending.story_id,
        status=_status(entry),
        paid_back=spending.paid_back_at.date() if spending.paid_back_at else None,
        entry=entry.id or 0,
        corrected_entry=entry.corrects_id,
    )


def _status(entry: LedgerEntry) -> SpendingStatus:
    """What the line says, which stays so: what became of the expense later is another line."""
    if entry.cents < 0:
        return SpendingStatus.UNDONE
    return SpendingStatus.APPROVED if entry.is_asked else SpendingStatus.BOOKED


def company_totals(tx: Session, year: int, currency: str) -> Sequence[tuple[str, int]]:
    """What each company got in a year, in cents of this currency; the most first. As `companies_to_export` counts."""
    return [(one.company, one.cents) for one in _companies(tx, _in_year(year)) if one.currency == currency]


def companies_count(tx: Session, month: str = "") -> int:
    return len(list(companies_to_export(tx, month)))


def companies_to_export(tx: Session, month: str = "") -> Iterator[ExportedCompany]:
    """What each company got in the year of this month (YYYY-MM, or YYYY; empty: in every year).

    Known by its name, however it is written in capitals or punctuated. By year, the most first.
    """
    yield from _companies(tx, *([_in_year(int(month[:4]))] if month else []))


def _in_year(year: int) -> ColumnElement[bool]:
    return col(Spending.day).between(date(year, 1, 1), date(year, 12, 31))


def _companies(tx: Session, *conditions: ColumnElement[bool]) -> list[ExportedCompany]:
    year = extract("year", col(Spending.day))
    kinds = (col(Workspace.team_id), year, col(Spending.currency), col(Spending.company), col(Spending.vat_rate))
    found = select(*kinds, func.sum(LedgerEntry.cents)).select_from(Spending)  # type: ignore[call-overload]
    found = found.join(LedgerEntry, col(LedgerEntry.spending_id) == Spending.id)
    found = found.join(Workspace, col(Workspace.id) == Spending.workspace_id)
    # As the index says it, for then it is used: few expenses name a company.
    found = found.where(literal_column("spending.company <> ''"), col(Spending.is_staff).is_(False), *conditions)
    totals: dict[tuple[str, int, str, str], int] = {}
    names: dict[str, str] = {}
    for team, of_year, currency, name, rate, cents in tx.exec(found.group_by(*kinds).order_by(col(Spending.company))):
        folded = " ".join(name.casefold().translate(_UNSEEN).split())
        names.setdefault(folded, name)
        key, whole = (team, int(of_year), currency, folded), 100 + (rate or 0)
        totals[key] = totals.get(key, 0) + (int(cents) * 100 + whole // 2) // whole
    listed = sorted(totals.items(), key=lambda one: (*one[0][:3], -one[1], one[0][3]))
    return [
        ExportedCompany(team, of_year, names[folded], cents, currency)
        for (team, of_year, currency, folded), cents in listed
        if cents > 0
    ]
