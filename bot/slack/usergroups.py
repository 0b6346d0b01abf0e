"""Slack's user groups: which there are, and who is in one."""

from collections.abc import Sequence

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack.client import UNREACHABLE
from bot.slack.text import tidy


def usergroups(slack: WebClient) -> Sequence[tuple[str, str]]:
    """Each one's Slack id and name, by name; none when Slack is away, or the app may not ask (usergroups:read)."""
    try:
        found = slack.usergroups_list()["usergroups"]
    except (SlackApiError, *UNREACHABLE):
        return []
    named = [(str(group["id"]), tidy(str(group.get("name") or group.get("handle") or ""))) for group in found]
    return sorted((one for one in named if one[1]), key=lambda one: one[1].casefold())


def people_in(slack: WebClient, usergroup_id: str) -> Sequence[str] | None:
    """Slack ids of those in a user group; None when Slack doesn't tell."""
    try:
        return [str(one) for one in slack.usergroups_users_list(usergroup=usergroup_id)["users"]]
    except (SlackApiError, *UNREACHABLE):
        return None
