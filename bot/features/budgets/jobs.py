"""What the clock starts for budgets."""

from collections.abc import Callable, Sequence

import structlog

from bot.features.budgets import ticking
from bot.services import Services

log = structlog.get_logger()


def ask_in_digest(services: Services) -> None:
    """Once a working day managers read what waits for them; asked each quarter, for offices open at different times."""
    _in_each(services, ticking.workspaces(services), ticking.ask_in_digest)


def close_months(services: Services) -> None:
    """On the fifth the month before is closed; each hour, for it is the fifth at different times."""
    _in_each(services, ticking.workspaces(services), ticking.close_months)


def give_ideas(services: Services) -> None:
    """Once a month who spent nothing for a while reads one idea; each hour."""
    _in_each(services, ticking.every_workspace(services), ticking.give_ideas)


def _in_each(services: Services, workspaces: Sequence[int], job: Callable[[Services, int], None]) -> None:
    for workspace_id in workspaces:
        try:
            job(services, workspace_id)
        except Exception:  # the other workspaces go on, and this one has its next turn
            log.exception("budgets not followed", workspace=workspace_id)
