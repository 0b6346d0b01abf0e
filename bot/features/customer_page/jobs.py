"""What the clock starts for the customers' page."""

from bot.features.customer_page import actions, notes
from bot.services import Services, in_each


def forget_visits(services: Services) -> None:
    """Who sent the form is known for an hour, to hold back who sends too much."""
    actions.forget_visits(services)


def follow_calls(services: Services) -> None:
    """A call that was taken up a day ago, or by who is no manager any more, can be taken over; looked for often."""
    in_each(services, notes.workspaces_with_calls(services), notes.follow_calls)
