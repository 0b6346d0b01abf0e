"""What the clock starts for budgets."""

from bot.features.budgets import ticking
from bot.services import Services, in_each


def ask_in_digest(services: Services) -> None:
    """Once a working day managers read what waits for them; asked each quarter, for offices open at different times."""
    in_each(services, ticking.workspaces(services), ticking.ask_in_digest)


def close_months(services: Services) -> None:
    """On the fifth the month before is closed; each hour, for it is the fifth at different times."""
    in_each(services, ticking.workspaces(services), ticking.close_months)


def give_ideas(services: Services) -> None:
    """Once a month who spent nothing for a while reads one idea; each hour."""
    in_each(services, ticking.every_workspace(services), ticking.give_ideas)
