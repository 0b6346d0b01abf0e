"""The books of a month as a file for the accountant: asking for it, and what is in it."""

from collections.abc import Iterable
from dataclasses import asdict, fields
from io import StringIO

from bot.features.budgets.reading import read_month
from bot.kernel.office import Me
from bot.kernel.roles import must_be_manager
from bot.kernel.spreadsheets import write_csv
from bot.services import Services
from bot.slack.blocks import Message
from storage.database import InWorkspace
from storage.ledger_export import ExportedEntry, entries_to_export
from storage.outbox import Post

FILE = "spending-file:"  # the beginning of the key of such a file; then the month, the manager, the moment


def queue_file(services: Services, me: Me, month: str) -> None:
    """Let the file of a month stand in a manager's messages with the bot. Raises BotError."""
    must_be_manager(me)
    read_month(month)
    with services.database.writing(me) as tx:
        moment = services.clock.now().isoformat(timespec="microseconds")
        text = me.say("For the accountant: the books of {month}. Amounts are in cents.", month=month)
        stem = me.say("spending")
        name = f"{stem}-{month}.csv"
        key = f"{FILE}{month}:{me.slack_id}:{moment}"
        services.outbox.post_file(tx, key, Message(text), name=name, to=me.slack_id)


def is_file(post: Post) -> bool:
    return post.key.startswith(FILE)


def file_contents(services: Services, post: Post) -> str:
    """What stands in a file that is about to be sent: the books as they are now, and nothing for who lost the role."""
    with services.database.reading(InWorkspace(post.workspace_id)) as tx:
        may_see = post.target in services.office(tx).managers
    return csv_of(services, post.workspace_id, post.key.split(":")[1]) if may_see else _csv([])


def csv_of(services: Services, workspace_id: int, month: str) -> str:
    """The books of one workspace for a month (YYYY-MM)."""
    with services.database.reading(InWorkspace(workspace_id)) as tx:
        return _csv(entries_to_export(tx, month))


def _csv(entries: Iterable[ExportedEntry]) -> str:
    out = StringIO(newline="")
    write_csv((asdict(entry) for entry in entries), [field.name for field in fields(ExportedEntry)], out)
    return out.getvalue()
