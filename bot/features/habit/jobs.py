"""What the clock starts for the habit."""

from bot.features.habit import reminding
from bot.services import Services


def remind(services: Services) -> None:
    """The tick: see `remind_due`."""
    reminding.remind_due(services)
