"""The error that Slack answers in the place of a result."""

from collections.abc import Sequence
from typing import Any


class SlackError(Exception):
    """One of Slack's error words, such as `channel_not_found`, with the messages that explain it.

    `details` are further fields of the answer, such as `needed` beside `missing_scope`.
    """

    def __init__(self, error: str, messages: Sequence[str] = (), **details: Any) -> None:
        super().__init__(error, *messages)
        self.error = error
        self.messages = list(messages)
        self.details = details
