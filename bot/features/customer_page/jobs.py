"""What the clock starts for the customers' page."""

from bot.features.customer_page import actions
from bot.services import Services


def forget_visits(services: Services) -> None:
    """Who sent the form is known for an hour, to hold back who sends too much."""
    actions.forget_visits(services)
