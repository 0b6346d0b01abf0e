"""What the clock starts for the wall of change."""

from collections.abc import Callable

from slack_sdk import WebClient

from bot.features.change_wall import waiting
from bot.services import Services, in_each


def forget_undecided(services: Services) -> None:
    """Ideas that nobody decided on after seeing what looks like them are forgotten after a day; each hour."""
    in_each(services, waiting.workspaces(services), waiting.forget_undecided)


def refresh_clocks(services: Services) -> None:
    """The posts say how long they have been waiting: each hour, so that it changes soon after midnight anywhere."""
    in_each(services, waiting.workspaces(services), waiting.refresh_clocks)


def nudge_managers(services: Services) -> None:
    """Once a week managers hear what waits for them; asked each hour, for the weeks begin at different times."""
    in_each(services, waiting.workspaces(services), waiting.nudge_managers)


def follow_threads(services: Services, slack: Callable[[int], WebClient]) -> None:
    """Comments are counted, and merged threads lead to each other; every ten minutes."""
    in_each(
        services,
        waiting.workspaces(services),
        lambda services, workspace_id: waiting.count_comments(services, workspace_id, slack),
    )
    in_each(
        services,
        waiting.workspaces(services),
        lambda services, workspace_id: waiting.link_threads(services, workspace_id, slack),
    )
