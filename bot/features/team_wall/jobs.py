"""What the clock starts for the employees' wall."""

from bot.features.team_wall import congratulating
from bot.services import Services, in_each


def congratulate(services: Services) -> None:
    """Birthdays and jubilees of today, in every workspace."""
    in_each(services, congratulating.workspaces_to_congratulate(services), congratulating.congratulate)


def let_leavers_go(services: Services) -> None:
    """Who left disappears from the wall, in every workspace."""
    in_each(services, congratulating.workspaces_with_leavers(services), congratulating.let_leavers_go)
