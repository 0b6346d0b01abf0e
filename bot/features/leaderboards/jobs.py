"""What the clock starts for leaderboards."""

from bot.features.leaderboards import posting
from bot.services import Services, in_each


def post_weekly_boards(services: Services) -> None:
    """The week's boards that are due by now; asked each minute, and posted once."""
    in_each(services, posting.workspaces(services), posting.post_weekly)
