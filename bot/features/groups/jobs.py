"""What the clock starts for groups: asking Slack who is in its own."""

from collections.abc import Callable

import structlog
from slack_sdk import WebClient

from bot.features.groups import actions
from bot.services import Services
from bot.slack.usergroups import people_in

log = structlog.get_logger()


def refresh_groups(services: Services, slack: Callable[[int], WebClient]) -> None:
    """Who is in the groups that Slack keeps; once a night. A group that Slack doesn't tell of stays as it was."""
    for workspace_id, group_id, usergroup_id in actions.groups_to_follow(services):
        slack_ids = people_in(slack(workspace_id), usergroup_id)
        if slack_ids is None:
            log.warning("group not refreshed", workspace=workspace_id, group=group_id)
        else:
            actions.follow_slack(services, workspace_id, group_id, slack_ids)
