"""What the clock starts for the office: asking Slack who works here."""

from collections.abc import Callable

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.features.office import actions
from bot.services import Services
from bot.slack import profiles
from bot.slack.client import UNREACHABLE

log = structlog.get_logger()

AT_A_TIME = 50  # people asked about one by one: users.info allows 100 a minute


def refresh_everybody(services: Services, slack: Callable[[int], WebClient]) -> None:
    """Names, zones and standing of all; once a night, and at the start."""
    for workspace_id, team_id in actions.workspaces_known(services):
        try:
            for page in profiles.everybody(slack(workspace_id), team_id):
                actions.remember_profiles(services, workspace_id, page)
        except (SlackApiError, *UNREACHABLE) as error:
            log.warning("profiles not refreshed", workspace=workspace_id, error=type(error).__name__)


def meet_newcomers(services: Services, slack: Callable[[int], WebClient]) -> None:
    """Ask Slack about the people who did something before it had told us who they are."""
    for workspace_id, team_id in actions.workspaces_known(services):
        for slack_id in actions.newcomers(services, workspace_id, AT_A_TIME):
            if not _meet(services, slack(workspace_id), workspace_id, team_id, slack_id):
                break  # Slack is busy or away, for this workspace: the next tick asks again


def _meet(services: Services, slack: WebClient, workspace_id: int, team_id: str, slack_id: str) -> bool:
    """Ask about one person; false when there is no asking now."""
    try:
        profile = profiles.one(slack, slack_id, team_id)
    except SlackApiError as error:
        if error.response.status_code != 200:
            return False
        actions.give_up_on_profile(services, workspace_id, slack_id)
    except UNREACHABLE:
        return False
    else:
        actions.remember_profiles(services, workspace_id, [profile])
    return True
