"""The error that Slack answers in the place of a result."""

from collections.abc import Sequence


class SlackError(Exception):
    """One of Slack's error words, such as `channel_not_found`, with the messages that explain it."""

    def __init__(self, error: str, messages: Sequence[str] = ()) -> None:
        super().__init__(error, *messages)
        self.error = error
        self.messages = list(messages)
