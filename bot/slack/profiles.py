"""What Slack tells of somebody: the name, the zone, and what they are in the workspace."""

from collections.abc import Iterator
from dataclasses import dataclass

from slack_sdk import WebClient

from bot.slack.blocks import Json
from bot.slack.text import tidy
from storage.people import Standing

PAGE = 200  # people a call, as Slack recommends


@dataclass(frozen=True)
class Profile:
    slack_id: str
    name: str
    zone: str | None
    standing: Standing
    is_admin: bool


def profile_of(user: Json, team_id: str) -> Profile:
    """From a `user` object, as events and users.info hold it, for the workspace with Slack's id `team_id`."""
    details = user.get("profile", {})
    name = details.get("display_name") or details.get("real_name") or user.get("real_name") or user.get("name") or ""
    return Profile(
        slack_id=str(user["id"]),
        name=tidy(str(name))[:120],
        zone=user.get("tz") or None,
        standing=_standing(user, team_id),
        is_admin=bool(user.get("is_admin") or user.get("is_owner")),
    )


def _standing(user: Json, team_id: str) -> Standing:
    if user.get("is_bot") or user.get("id") == "USLACKBOT":
        return Standing.BOT
    if user.get("is_stranger") or user.get("team_id", team_id) != team_id:
        return Standing.STRANGER
    if user.get("deleted"):
        return Standing.GONE
    if user.get("is_restricted") or user.get("is_ultra_restricted"):
        return Standing.GUEST
    return Standing.MEMBER


def everybody(slack: WebClient, team_id: str) -> Iterator[list[Profile]]:
    """All of the workspace, a page at a time. Raises SlackApiError and what is in UNREACHABLE."""
    cursor: str | None = None
    while cursor != "":
        answer = slack.users_list(limit=PAGE, cursor=cursor)
        yield [profile_of(user, team_id) for user in answer["members"]]
        cursor = str((answer.get("response_metadata") or {}).get("next_cursor") or "")


def one(slack: WebClient, slack_id: str, team_id: str) -> Profile:
    """Somebody, by their Slack id. Raises SlackApiError and what is in UNREACHABLE."""
    return profile_of(slack.users_info(user=slack_id)["user"], team_id)
