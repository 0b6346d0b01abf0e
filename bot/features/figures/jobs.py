"""What the clock starts for figures."""

from bot.features.figures import remembering
from bot.services import Services, in_each


def year_ago(services: Services) -> None:
    """Who made a fan exactly a year ago reads it again, once a month at most; asked a few times an hour."""
    in_each(services, remembering.workspaces(services), remembering.remember)
