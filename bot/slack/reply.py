"""The answer that belongs to the request itself: a private line, a window, an error at a field."""

from collections.abc import Sequence
from typing import Any

import structlog
from slack_bolt import Ack
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.models.blocks import Option
from slack_sdk.webhook import WebhookClient

from bot.kernel.errors import BotError
from bot.slack.blocks import BLOCKS_REFUSED, Json, Message, as_sent, modal, plainer_body
from bot.slack.client import UNREACHABLE, WHILE_THEY_WAIT, is_local

log = structlog.get_logger()


class Reply:
    """Answers one request from Slack, in the way in which that kind of request can be answered.

    A command's answer travels in its acknowledgement, a click's by its response address. None of them raises
    when Slack is away: what was done stands, and only the answer is lost.
    """

    def __init__(self, body: Json, ack: Ack, slack: WebClient) -> None:
        self._body, self._ack = body, ack
        self.slack = slack  # for what has to be asked before the answer

    def privately(self, message: Message) -> None:
        """A line that nobody else sees."""
        if "command" in self._body and not message.plainer:  # Slack doesn't tell whether it took an acknowledgement
            self._ack(response_type="ephemeral", **message.body())
            return
        self._ack()
        if self._body.get("response_url"):
            self._respond(message, response_type="ephemeral", replace_original=False)

    def instead(self, message: Message) -> None:
        """This in place of the private line whose button was clicked."""
        self._ack()
        self._respond(message, replace_original=True)

    def tell(self, message: Message, title: str, close: str, *, instead: bool = False) -> None:
        """A private line, wherever the request came from: from a window or Home it is a window of its own.

        `instead` of the private line that was clicked in, if it was one; `title` and `close` are the window's.
        """
        if "command" not in self._body and not self._body.get("response_url"):
            self.open(modal(title, message.blocks, close=close))
            self.done()
        elif instead and self._body.get("container", {}).get("is_ephemeral"):
            self.instead(message)
        else:
            self.privately(message)

    def done(self) -> None:
        """Nothing to say: what happened can be seen."""
        self._ack()

    def open(self, window: Json) -> bool:
        """A window over the conversation; false when Slack doesn't open it (in time)."""
        trigger = self._body.get("trigger_id")
        try:
            if self._body.get("view", {}).get("type") == "modal":
                self.slack.views_push(trigger_id=trigger, view=window)
            else:
                self.slack.views_open(trigger_id=trigger, view=window)
        except (SlackApiError, *UNREACHABLE) as error:
            log.warning("window not opened", error=_word(error))
            return False
        return True

    def show(self, window: Json) -> None:
        """A window over the conversation, as the whole answer. Raises BotError when Slack doesn't open it (in time)."""
        if not self.open(window):
            raise BotError("The form didn't open: Slack is slow just now. Try again in a moment.")
        self.done()

    def renew(self, window: Json) -> None:
        """Another content for the window whose button was clicked; what was filled in stays."""
        self._ack()
        view = self._body.get("view", {})
        self._update(window, view_id=view.get("id"), hash=view.get("hash"))

    def window(self, window: Json) -> None:
        """Another window in place of the form that was sent."""
        self._ack(response_action="update", view=window)

    def beneath(self, window: Json) -> None:
        """Another content for the window that lies beneath this one; nothing when there is none."""
        if below := self._body.get("view", {}).get("previous_view_id"):
            self._update(window, view_id=below)

    def offer(self, choices: Sequence[Option]) -> None:
        """What there is to choose in a list that is filled while somebody types."""
        self._ack(options=choices)

    def errors(self, errors: dict[str, str]) -> None:
        """What is wrong with the form, at its fields; what was typed stays."""
        self._ack(response_action="errors", errors=errors)

    def _update(self, window: Json, **which: Any) -> None:
        try:
            self.slack.views_update(view=window, **which)
        except (SlackApiError, *UNREACHABLE) as error:
            log.warning("window not updated", error=_word(error))

    def _respond(self, message: Message, **how: Any) -> None:
        """To the response address; where Slack refuses the blocks, once more in plainer ones."""
        body = message.body()
        plainer = plainer_body(body)
        said = self._send({**as_sent(body), **how})
        if plainer is not None and any(word in said for word in BLOCKS_REFUSED):
            self._send({**plainer, **how})

    def _send(self, answer: Json) -> str:
        """What Slack says to it, or nothing. Who doesn't hear us isn't asked again: that could say a thing twice."""
        url = str(self._body.get("response_url", ""))
        webhook = WebhookClient(url, timeout=WHILE_THEY_WAIT, retry_handlers=[])
        if is_local(url):
            webhook.proxy = None
        try:
            sent = webhook.send_dict(answer)
        except UNREACHABLE as error:
            log.warning("answer not delivered", error=_word(error))
            return ""
        if sent.status_code != 200:
            log.warning("answer refused", status=sent.status_code)
        return sent.body


def _word(error: Exception) -> str:
    return str(error.response.get("error")) if isinstance(error, SlackApiError) else type(error).__name__
