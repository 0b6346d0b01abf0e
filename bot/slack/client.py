"""Slack's Web API, called in the house's way: no retries of its own, and a time-out that fits the caller."""

from http.client import HTTPException
from urllib.parse import urlsplit

from slack_sdk import WebClient

# What a call can end in when Slack, or something before it, doesn't answer as it should.
UNREACHABLE = (OSError, HTTPException)
SLACK_API = "https://slack.com/api/"
WHILE_THEY_WAIT = 2  # seconds: an ack is due within three
AT_FIRST_CONTACT = 1  # seconds: there is more to do before the ack
BEHIND_THE_SCENES = 10  # seconds


def web_client(token: str, api_url: str = SLACK_API, timeout: int = BEHIND_THE_SCENES) -> WebClient:
    """A client that tries once: the SDK's own retries can post a message twice, and wait in place."""
    client = WebClient(token=token, base_url=api_url, timeout=timeout, retry_handlers=[])
    if is_local(api_url):
        client.proxy = None  # the SDK sends even localhost through a proxy that the environment names
    return client


def is_local(url: str) -> bool:
    return urlsplit(url).hostname in {"127.0.0.1", "localhost", "::1"}
