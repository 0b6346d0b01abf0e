"""What managers chose for their office in Slack, and who chose it when."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlalchemy import select as columns
from sqlmodel import Field, Session, col, select

from storage.rows import Owned, instant, workspace_of
from storage.workspaces import Workspace


class OfficeChange(Owned, table=True):
    """One setting that was given another value."""

    __tablename__ = "office_change"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=40)  # of the setting
    value: Any = Field(default=None, sa_type=JSON)  # the new one; null: the first value from the settings again
    changed_by: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL", index=True)
    changed_at: datetime = instant(nullable=False)


def office_values(tx: Session) -> dict[str, Any]:
    """The values that managers chose, by name; asked once a transaction."""
    if "office_values" not in tx.info:
        found = select(Workspace.office_values).where(Workspace.id == workspace_of(tx))
        tx.info["office_values"] = tx.exec(found).one()
    values: dict[str, Any] = tx.info["office_values"]
    return values


def workspaces_with_choice(tx: Session, name: str) -> Mapping[int, Any]:
    """Of every workspace in which managers chose this setting: its id, and the value (JSON), in one query."""
    chosen = col(Workspace.office_values)[name]
    found = columns(col(Workspace.id), chosen.label("value")).where(chosen.as_string().is_not(None))
    return {row.id: row.value for row in tx.execute(found.order_by(col(Workspace.id)))}


def change_office(tx: Session, name: str, value: Any, changed_by: int, now: datetime) -> bool:
    """Give a setting another value (JSON); false when it has that value already."""
    workspace = tx.exec(select(Workspace).where(Workspace.id == workspace_of(tx)).with_for_update()).one()
    if name in workspace.office_values and workspace.office_values[name] == value:
        return False
    workspace.office_values = {**workspace.office_values, name: value}
    note_change(tx, name, value, changed_by, now)
    tx.info["office_values"] = workspace.office_values
    return True


def begin_with(tx: Session, name: str, value: Any) -> None:
    """Give a setting its first value, unless somebody chose one; that is no change."""
    workspace = tx.exec(select(Workspace).where(Workspace.id == workspace_of(tx)).with_for_update()).one()
    workspace.office_values = {name: value} | workspace.office_values
    tx.flush()


def note_change(tx: Session, name: str, value: Any, changed_by: int, now: datetime) -> None:
    """Keep that something was changed which has a table of its own."""
    tx.add(OfficeChange(workspace_id=workspace_of(tx), name=name, value=value, changed_by=changed_by, changed_at=now))
    tx.flush()


def office_changes(tx: Session, limit: int) -> Sequence[OfficeChange]:
    """The last changes, the newest first."""
    return tx.exec(select(OfficeChange).order_by(col(OfficeChange.id).desc()).limit(limit)).all()
