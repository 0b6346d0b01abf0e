"""Whether the bot is a member of a channel, and joining one."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack.client import UNREACHABLE


class Membership(StrEnum):
    """What the bot is in a channel."""

    IN = "in"
    OUT = "out"  # of a public one, which it can join by itself
    HIDDEN = "hidden"  # private, or gone: somebody has to invite it
    UNKNOWN = "unknown"  # Slack didn't tell


_BY_ERROR = {"not_in_channel": Membership.OUT, "channel_not_found": Membership.HIDDEN}


def memberships(slack: WebClient, channels: Iterable[str]) -> Mapping[str, Membership]:
    """What the bot is in each of these channels; once Slack is away, it isn't asked about the others."""
    found: dict[str, Membership] = {}
    for channel in dict.fromkeys(channels):
        is_away = Membership.UNKNOWN in found.values()
        found[channel] = Membership.UNKNOWN if is_away else _membership(slack, channel)
    return found


def _membership(slack: WebClient, channel: str) -> Membership:
    """Reading one message tells it, with a scope that the bot has anyway."""
    try:
        slack.conversations_history(channel=channel, limit=1)
    except SlackApiError as error:
        return _BY_ERROR.get(str(error.response.get("error")), Membership.UNKNOWN)
    except UNREACHABLE:
        return Membership.UNKNOWN
    return Membership.IN


def join(slack: WebClient, channel: str) -> bool:
    """Become a member of a public channel; false when Slack doesn't let the bot in, or is away."""
    try:
        slack.conversations_join(channel=channel)
    except (SlackApiError, *UNREACHABLE):
        return False
    return True
