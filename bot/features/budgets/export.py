"""The books of a month as a file for the accountant: asking for it, and what is in it."""

from collections.abc import Iterable
from dataclasses import asdict, fields
from io import StringIO

from sqlmodel import Session

from bot.features.budgets.reading import read_month
from bot.kernel.office import Me
from bot.kernel.roles import must_be_manager
from bot.kernel.spreadsheets import write_csv
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
        may_see = post.target in services.office(tx).managers
    return csv_of(services, post.workspace_id, post.key.split(":")[1]) if may_see else _csv([], ExportedEntry)


def csv_of(services: Services, workspace_id: int, period: str) -> str:
    """The books of one workspace for a month (YYYY-MM); of a year (YYYY): what each company got."""
    with services.database.reading(InWorkspace(workspace_id)) as tx:
        if len(period) == len("YYYY"):
            return _csv(companies_to_export(tx, period), ExportedCompany)
        return _csv(entries_to_export(tx, period), ExportedEntry)


def _csv(rows: Iterable[ExportedEntry | ExportedCompany], line: type[ExportedEntry | ExportedCompany]) -> str:
    out = StringIO(newline="")
    write_csv((asdict(row) for row in rows), [field.name for field in fields(line)], out)
    return out.getvalue()
