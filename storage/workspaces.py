"""The Slack workspaces that the bot is in."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, Session, SQLModel, col, select

from storage.rows import insert_new, instant


class Workspace(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    team_id: str = Field(max_length=40, unique=True)  # Slack's own id, T…
    created_at: datetime = instant(nullable=False)
    # What managers chose in Slack, by name (see storage.office); what is not there has its value from the settings.
    office_values: dict[str, Any] = Field(default_factory=dict, sa_type=JSON, sa_column_kwargs={"server_default": "{}"})


def workspace_of_team(tx: Session, team_id: str) -> Workspace | None:
    """The workspace, if the bot knows it; the transaction keeps to it from here on."""
    workspace = tx.exec(select(Workspace).where(Workspace.team_id == team_id)).first()
    if workspace is not None:
        tx.info["workspace_id"] = workspace.id
    return workspace


def every_workspace(tx: Session) -> Sequence[tuple[int, str]]:
    """Each workspace's id, and Slack's own id of it."""
    return [
        (workspace.id or 0, workspace.team_id) for workspace in tx.exec(select(Workspace).order_by(col(Workspace.id)))
    ]


def enter_workspace(tx: Session, team_id: str, now: datetime) -> Workspace:
    """The workspace, which the bot knows from now on; the transaction keeps to it."""
    insert_new(tx, Workspace, team_id=team_id, created_at=now, office_values={})
    workspace = tx.exec(select(Workspace).where(Workspace.team_id == team_id)).one()
    tx.info["workspace_id"] = workspace.id
    return workspace
