"""What the clock starts for the employees' wall."""

from collections.abc import Callable, Sequence

import structlog

from bot.features.team_wall import congratulating
from bot.services import Services

log = structlog.get_logger()


def congratulate(services: Services) -> None:
    """Birthdays and jubilees of today, in every workspace."""
    _in_each(services, congratulating.workspaces_to_congratulate(services), congratulating.congratulate)


def let_leavers_go(services: Services) -> None:
    """Who left disappears from the wall, in every workspace."""
    _in_each(services, congratulating.workspaces_with_leavers(services), congratulating.let_leavers_go)


def _in_each(services: Services, workspaces: Sequence[int], job: Callable[[Services, int], None]) -> None:
    for workspace_id in workspaces:
        try:
            job(services, workspace_id)
        except Exception:  # the next tick tries again; the other workspaces go on
            log.exception("team wall failed", workspace=workspace_id)
