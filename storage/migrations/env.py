"""How Alembic runs a migration here: on the connection and in the transaction that `storage.migrate` opened."""

from typing import Any, Literal

from alembic import context
from sqlmodel import AutoString, SQLModel

from storage import (
    absences,
    celebrations,
    compliments,
    customers,
    gifts,
    groups,
    handled,
    ideas,
    links,
    office,
    outbox,
    participants,
    people,
    permissions,
    reminders,
    spending,
    stories,
    thanks,
    tips,
    to_nots,
    workspaces,
)

TABLES = (
    absences,
    celebrations,
    compliments,
    customers,
    gifts,
    groups,
    handled,
    ideas,
    links,
    office,
    outbox,
    participants,
    people,
    permissions,
    reminders,
    spending,
    stories,
    thanks,
    tips,
    to_nots,
    workspaces,
)  # imported so that the metadata below knows them all


def render_item(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """A migration says what a column was on its day, without SQLModel's word for a string."""
    return f"sa.String(length={item.length})" if kind == "type" and isinstance(item, AutoString) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    transaction_per_migration=False,
    render_item=render_item,
)
context.run_migrations()
