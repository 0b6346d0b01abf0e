"""What the clock starts for the office: asking Slack who works here."""

from collections.abc import Callable

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.features.office import actions
from bot.services import Services
from bot.slack import profiles
from storage.people import people_without_profile
from storage.workspaces import every_workspace

log = structlog.get_logger()

AT_A_TIME = 50  # people asked about one by one: users.info allows 100 a minute


def refresh_everybody(services: Services, slack: Callable[[int], WebClient]) -> None:
    """Names, zones and standing of all; once a night, and at the start."""
    with services.database.reading() as tx:
        workspaces = every_workspace(tx)
    for workspace_id in workspaces:
        try:
            for page in profiles.everybody(slack(workspace_id)):
                actions.remember_profiles(services, workspace_id, page)
        except (SlackApiError, OSError) as error:
            log.warning("profiles not refreshed", workspace=workspace_id, error=type(error).__name__)


def meet_newcomers(services: Services, slack: Callable[[int], WebClient]) -> None:
    """Ask Slack about the people who did something before it had told us who they are."""
    with services.database.reading() as tx:
        newcomers = [(one.workspace_id, one.slack_id) for one in people_without_profile(tx, AT_A_TIME)]
    for workspace_id, slack_id in newcomers:
        try:
            actions.remember_profiles(services, workspace_id, [profiles.one(slack(workspace_id), slack_id)])
        except SlackApiError as error:
            if error.response.get("error") != "user_not_found":
                return
            actions.give_up_on_profile(services, workspace_id, slack_id)
        except OSError:
            return
