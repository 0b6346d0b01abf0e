"""What the clock starts for thanks."""

import structlog

from bot.features.thanks import reporting
from bot.services import Services

log = structlog.get_logger()


def tell_managers(services: Services) -> None:
    """Once a week managers hear who had no thanks yet; asked each hour, for the weeks begin at different times."""
    for workspace_id in reporting.workspaces(services):
        try:
            reporting.tell_managers(services, workspace_id)
        except Exception:  # the other workspaces go on, and this one has its next turn
            log.exception("managers not told of thanks", workspace=workspace_id)
