"""The books of a month as a file for the accountant: asking for it, and what is in it."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from typing import Any

from sqlmodel import Session

from bot.features.budgets.reading import read_month
from bot.features.budgets.wording import PAID
from bot.i18n.translate import later
from bot.kernel.office import Me, Say
from bot.kernel.roles import must_be_manager
from bot.kernel.spreadsheets import sheet
from bot.services import Services
from bot.slack.blocks import Message
from storage.database import InWorkspace
from storage.ledger_export import (
    ExportedCompany,
    ExportedEntry,
    companies_count,
    companies_to_export,
    entries_to_export,
)
from storage.outbox import Post

Line = ExportedEntry | ExportedCompany

HEADINGS = {  # of each field of a line
    "workspace": later("Slack workspace"), "day": later("Date"), "month": later("Month"), "year": later("Year"),
    "person": later("Person"), "cents": later("Cents"), "currency": later("Currency"), "vat_rate": later("VAT rate"),
    "what_for": later("What for"), "company": later("Company"), "recipient": later("For whom"),
    "paid_with": later("Paid with"), "receipt": later("Receipt"), "no_receipt": later("No receipt, because"),
    "story": later("Story"), "status": later("Status"), "paid_back": later("Paid back on"), "entry": later("Entry"),
    "corrected_entry": later("Corrected entry"),
}  # fmt: skip
MEANINGS: Mapping[str, Mapping[Any, str]] = {  # of the fields that hold one of a few values
    "recipient": {"customer": later("customer"), "staff": later("colleague")},
    "paid_with": PAID,
    "status": {"booked": later("booked"), "approved": later("approved"), "undone": later("undone")},
}
FILE = "spending-file:"  # the beginning of the key of such a file; then the month or year, the manager, the moment


def queue_file(services: Services, me: Me, month: str) -> None:
    """Let the file of a month stand in a manager's messages with the bot, and of the companies' year if there are any.

    Raises BotError.
    """
    must_be_manager(me)
    read_month(month)
    with services.database.writing(me) as tx:
        text = me.say("For the accountant: the books of {month}. Amounts are in cents.", month=month)
        _queue(tx, services, me, month, text, me.say("spending"))
        if companies_count(tx, month):
            year = month[:4]
            text = me.say("For the accountant: what each company got in {year}, without VAT, in cents.", year=year)
            _queue(tx, services, me, year, text, me.say("companies"))


def _queue(tx: Session, services: Services, me: Me, period: str, text: str, stem: str) -> None:
    moment = services.clock.now().isoformat(timespec="microseconds")
    key = f"{FILE}{period}:{me.slack_id}:{moment}"
    services.outbox.post_file(tx, key, Message(text), name=f"{stem}-{period}.csv", to=me.slack_id)


def file_contents(services: Services, post: Post) -> str:
    """What stands in a file that is about to be sent: the books as they are now, and nothing for who lost the role."""
    with services.database.reading(InWorkspace(post.workspace_id)) as tx:
        office = services.office(tx)
    if post.target not in office.managers:
        return _file([], ExportedEntry, office.say)
    return csv_of(services, post.workspace_id, post.key.split(":")[1])


def csv_of(services: Services, workspace_id: int, period: str) -> str:
    """The books of one workspace for a month (YYYY-MM); of a year (YYYY): what each company got."""
    with services.database.reading(InWorkspace(workspace_id)) as tx:
        say = services.office(tx).say
        if len(period) == len("YYYY"):
            return _file(companies_to_export(tx, period), ExportedCompany, say)
        return _file(entries_to_export(tx, period), ExportedEntry, say)


def _file(lines: Iterable[Line], kind: type[Line], say: Say) -> str:
    rows = ([_told(name, value, say) for name, value in asdict(line).items()] for line in lines)
    return sheet(rows, [say(HEADINGS[field.name]) for field in fields(kind)])


def _told(name: str, value: Any, say: Say) -> Any:
    meaning = MEANINGS.get(name, {}).get(value)
    return say(meaning) if meaning else value
