"""One attempt to let a post stand in Slack: which call it takes, and how it ended."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackRequestError

from bot.slack.blocks import BLOCKS_REFUSED, Json, as_sent, plainer_body
from bot.slack.client import UNREACHABLE
from bot.slack.outbox import file_mark
from storage.outbox import Post

EVENT_TYPE = "fanperdag_post"  # the kind of metadata under which our own id travels with a message
HISTORY_PAGE = 100  # messages; the one we look for is recent
PAUSES = (1, 2, 5, 15, 30, 60, 120, 300)  # seconds before the next try; the last one repeats
UNTOLD_PAUSE, LONGEST_PAUSE = 30.0, 3600.0  # seconds, where `Retry-After` says nothing or nonsense
PASSING = {"internal_error", "fatal_error", "service_unavailable", "request_timeout", "ratelimited"}  # Slack's own
TOKEN_REFUSED = {
    "invalid_auth",
    "not_authed",
    "account_inactive",
    "token_revoked",
    "token_expired",
    "not_allowed_token_type",
}
# What somebody can mend at Slack: such posts are tried again now and then.
MENDABLE = {*TOKEN_REFUSED, "not_in_channel", "channel_not_found", "is_archived", "restricted_action", "missing_scope"}
GONE = {"message_not_found", "channel_not_found", "cant_delete_message", "is_archived"}  # nothing left to delete
GONE |= {"file_not_found", "file_deleted"}
BARE_HOME = {"type": "home", "blocks": [{"type": "divider"}]}  # as empty as Slack takes one: it refuses no blocks
A_FILE = "F"  # what Slack's ids of files begin with; a message's is a number


@dataclass(frozen=True)
class Stands:
    """It is in Slack as we wanted it; `ts` is None when nothing stands any more."""

    channel: str | None
    ts: str | None


@dataclass(frozen=True)
class Found:
    """An earlier attempt had reached Slack after all; what it says may be out of date."""

    channel: str
    ts: str


@dataclass(frozen=True)
class Later:
    """To be tried again; `is_uncertain` when it may stand there all the same."""

    seconds: float
    is_uncertain: bool
    reason: str
    is_rate_limit: bool = False


@dataclass(frozen=True)
class Refused:
    """Slack won't have it, now or later."""

    reason: str  # Slack's word


@dataclass(frozen=True)
class Dropped:
    """It didn't get to Slack in time, and is posted no more."""


Outcome = Stands | Found | Later | Refused | Dropped
Contents = Callable[[Post], str]  # of the file that a post is


def attempt(
    slack: WebClient, post: Post, thread_ts: str | None, contents: Contents = lambda _: "", *, is_late: bool = False
) -> Outcome:
    """Bring Slack to what `post.body` says; `contents` gives what is in its file, where it has one.

    What `is_late` is looked for, where it may be in Slack, and not posted any more. Never raises for what Slack or the
    network does.
    """
    try:
        return _bring_about(slack, post, thread_ts, contents, is_late)
    except SlackApiError as error:
        return _refusal(error, post)
    except SlackRequestError:  # the SDK's word for an upload that didn't end well
        return Later(pause_before(post.attempts), post.is_uncertain, "upload")
    except UNREACHABLE as error:
        never_left = isinstance(getattr(error, "reason", error), ConnectionRefusedError)
        return Later(pause_before(post.attempts), post.is_uncertain or not never_left, type(error).__name__)


def pause_before(attempt_number: int) -> float:
    """Seconds to wait after this many attempts that failed."""
    return PAUSES[min(attempt_number, len(PAUSES) - 1)]


def _bring_about(slack: WebClient, post: Post, thread_ts: str | None, contents: Contents, is_late: bool) -> Outcome:
    if post.is_home:
        slack.views_publish(user_id=post.target, view=post.body or BARE_HOME)
        return Stands(None, None)
    if post.ts is None and post.is_uncertain and (found := _lost_message(slack, post, thread_ts)):
        return found
    if is_late:
        return Dropped()
    if post.body is None:
        return _take_away(slack, post)
    if "file" in post.body:  # it is sent once, and taken away; it never changes
        return Stands(post.channel, post.ts) if post.ts else _upload(slack, post, contents)
    if post.ts is not None and post.channel is not None:
        _say(slack.chat_update, post.body, channel=post.channel, ts=post.ts)
        return Stands(post.channel, post.ts)
    return _post(slack, post, thread_ts)


def _say(method: Callable[..., Any], body: Json, **where: Any) -> Any:
    """Post or change a message; where Slack doesn't take its blocks, in plainer ones."""
    plainer = plainer_body(body)
    try:
        return method(**where, **as_sent(body))
    except SlackApiError as error:
        if plainer is None or error.response.get("error") not in BLOCKS_REFUSED:
            raise
        return method(**where, **plainer)


def _post(slack: WebClient, post: Post, thread_ts: str | None) -> Outcome:
    answer = _say(
        slack.chat_postMessage,
        post.body or {},
        channel=post.target,
        thread_ts=thread_ts,
        unfurl_links=False,
        unfurl_media=False,
        metadata={"event_type": EVENT_TYPE, "event_payload": {"id": post.token}},
    )
    return Stands(str(answer["channel"]), str(answer["ts"]))


def _upload(slack: WebClient, post: Post, contents: Contents) -> Outcome:
    """A file with the person it is for; its id takes the place of a message's."""
    body, channel = post.body or {}, _conversation(slack, post)
    answer = slack.files_upload_v2(
        filename=body["file"], title=body["file"], content=contents(post), initial_comment=body["text"], channel=channel
    )
    return Stands(channel, str(answer["files"][0]["id"]))


def _take_away(slack: WebClient, post: Post) -> Outcome:
    if post.ts is not None and post.ts.startswith(A_FILE):
        slack.files_delete(file=post.ts)
    elif post.ts is not None and post.channel is not None:
        slack.chat_delete(channel=post.channel, ts=post.ts)
    return Stands(None, None)


def _lost_message(slack: WebClient, post: Post, thread_ts: str | None) -> Found | None:
    """The message of an attempt whose answer never came, found by our own id in the conversation's history."""
    channel = _conversation(slack, post)
    arguments: dict[str, Any] = {"channel": channel, "include_all_metadata": True, "limit": HISTORY_PAGE}
    if thread_ts is None:
        answer = slack.conversations_history(**arguments)
    else:
        answer = slack.conversations_replies(ts=thread_ts, **arguments)
    for message in answer["messages"]:
        if message.get("metadata", {}).get("event_payload", {}).get("id") == post.token:
            return Found(channel, str(message["ts"]))
        for file in message.get("files", ()):
            if file_mark(post.token) in str(file.get("name")):
                return Found(channel, str(file["id"]))
    return None


def _conversation(slack: WebClient, post: Post) -> str:
    """The channel of a post: for a person, the bot's direct messages with them."""
    channel = post.channel or post.target
    if channel.startswith(("U", "W")):
        return str(slack.conversations_open(users=channel)["channel"]["id"])
    return channel


def _retry_after(error: SlackApiError) -> float:
    """Seconds; Slack and the gateways before it don't agree on how the header is written."""
    headers = {str(name).lower(): value for name, value in error.response.headers.items()}
    given = str(headers.get("retry-after", ""))
    return min(float(given), LONGEST_PAUSE) if re.fullmatch(r"\d{1,9}(\.\d+)?", given) else UNTOLD_PAUSE


def _refusal(error: SlackApiError, post: Post) -> Outcome:
    status, data = error.response.status_code, error.response.data
    if status == 429:
        return Later(_retry_after(error), post.is_uncertain, "ratelimited", is_rate_limit=True)
    reason = str(data.get("error", "")) if isinstance(data, dict) else ""
    if status >= 500 or reason in PASSING or not reason.replace("_", "").isalnum():  # a gateway's page has no word
        return Later(pause_before(post.attempts), True, reason or f"http {status}")
    if reason in GONE if post.body is None else reason == "message_not_found":
        return Stands(None, None)  # somebody deleted it in Slack; a later change posts it anew
    return Refused(reason)
