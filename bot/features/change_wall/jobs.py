"""What the clock starts for the wall of change."""

from collections.abc import Callable

import structlog
from slack_sdk import WebClient

from bot.features.change_wall import waiting
from bot.services import Services

log = structlog.get_logger()


def forget_undecided(services: Services) -> None:
    """Ideas that nobody decided on after seeing what looks like them are forgotten after a day; each hour."""
    _in_each(services, waiting.forget_undecided)


def refresh_clocks(services: Services) -> None:
    """The posts say how long they have been waiting: each hour, so that it changes soon after midnight anywhere."""
    _in_each(services, waiting.refresh_clocks)


def nudge_managers(services: Services) -> None:
    """Once a week managers hear what waits for them; asked each hour, for the weeks begin at different times."""
    _in_each(services, waiting.nudge_managers)


def follow_threads(services: Services, slack: Callable[[int], WebClient]) -> None:
    """Comments are counted, and merged threads lead to each other; every ten minutes."""
    _in_each(services, lambda services, workspace_id: waiting.count_comments(services, workspace_id, slack))
    _in_each(services, lambda services, workspace_id: waiting.link_threads(services, workspace_id, slack))


def _in_each(services: Services, job: Callable[[Services, int], None]) -> None:
    for workspace_id in waiting.workspaces(services):
        try:
            job(services, workspace_id)
        except Exception:  # the other workspaces go on, and this one has its next turn
            log.exception("ideas not followed", workspace=workspace_id)
