"""What an accountant gets: the lines of the ledger of a month, with what each is about beside it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from storage.people import Person
from storage.spending import LedgerEntry, Spending
from storage.workspaces import Workspace

AT_A_TIME = 500  # rows


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
    receipt: str  # Slack's id of the file
    no_receipt: str  # why there is none
    story: int | None
    status: str
    paid_back: date | None  # UTC
    entry: int
    corrected_entry: int | None  # the one that this one takes back


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
        recipient="staff" if spending.is_staff else "customer",
        paid_with=spending.paid_with,
        receipt=spending.receipt or "",
        no_receipt=spending.no_receipt,
        story=spending.story_id,
        status=spending.status,
        paid_back=spending.paid_back_at.date() if spending.paid_back_at else None,
        entry=entry.id or 0,
        corrected_entry=entry.corrects_id,
    )
