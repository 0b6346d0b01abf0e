"""What the clock starts for thanks."""

from bot.features.thanks import reporting
from bot.services import Services, in_each


def tell_managers(services: Services) -> None:
    """Once a week managers hear who had no thanks yet; asked each hour, for the weeks begin at different times."""
    in_each(services, reporting.workspaces(services), reporting.tell_managers)
