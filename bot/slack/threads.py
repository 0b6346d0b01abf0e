"""What stands beneath a message in Slack: how many answers its thread has, and the address by which it is found."""

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack.client import UNREACHABLE


def replies(slack: WebClient, channel: str, ts: str) -> int | None:
    """How many answers a message has; None when Slack doesn't tell. Reads no more than the message itself."""
    try:
        found = slack.conversations_replies(channel=channel, ts=ts, limit=1)["messages"]
    except (SlackApiError, *UNREACHABLE):
        return None
    counts = [message.get("reply_count", 0) for message in found if message.get("ts") == ts]
    return int(next(iter(counts), 0))


def address_of(slack: WebClient, channel: str, ts: str) -> str | None:
    """The web address of a message; None when Slack doesn't tell."""
    try:
        return str(slack.chat_getPermalink(channel=channel, message_ts=ts)["permalink"])
    except (SlackApiError, *UNREACHABLE):
        return None
