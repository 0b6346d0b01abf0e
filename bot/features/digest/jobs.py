"""What the clock starts for digests."""

from bot.features.digest import posting
from bot.services import Services, in_each


def post_digests(services: Services) -> None:
    """The week's digest, in every workspace in which it is due."""
    in_each(services, posting.workspaces(services), posting.post_if_due)
