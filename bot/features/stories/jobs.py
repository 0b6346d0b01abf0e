"""What the clock starts for stories."""

from bot.features.stories import actions
from bot.services import Services, in_each


def expire_drafts(services: Services) -> None:
    """Drafts that nobody settled are forgotten after a while, in every workspace."""
    in_each(services, actions.workspaces_with_old_drafts(services), actions.expire_drafts)
