"""Requests from Slack as a feature's own listeners hear them, and what Slack gets back."""

import json
from collections.abc import Callable
from typing import Any

from slack_bolt import App, BoltContext, BoltRequest
from slack_bolt.authorization import AuthorizeResult

from bot.services import Services
from bot.slack.reply import Reply
from bot.wiring.gateway import answer_error, me_of
from bot.wiring.requests import asking
from tests.fakes import FakeSlack
from tests.wiring import payloads

Json = dict[str, Any]


class Heard:
    """An app that hears nothing but the listeners of one feature; who asks is read anew with every request."""

    def __init__(self, services: Services, slack: FakeSlack, register: Callable[[App], None]) -> None:
        self._services, self._slack, self._count = services, slack, 0
        self._app = App(
            process_before_response=True,
            request_verification_enabled=False,
            authorize=lambda **_: AuthorizeResult(enterprise_id=None, team_id=payloads.TEAM, bot_token="xoxb-fake"),
        )
        self._app.use(self._identify)
        self._app.error(answer_error)
        register(self._app)

    def _identify(self, body: Json, context: BoltContext, next: Any) -> None:
        who = asking(body, context)
        assert who is not None
        reply = Reply(body, context.ack, self._slack)  # type: ignore[arg-type]
        context.update(me=me_of(self._services, who), services=self._services, reply=reply)
        next()

    def click(self, action_id: str, value: str = "", user: str = "U0FATIMA", view: Json | None = None) -> Json | None:
        """A click on a button: in the window `view`, or at Home; answers the window that Slack then shows, if any."""
        self._count += 1
        body = payloads.home_click(action_id, value, user, at=f"{self._count}.1")
        if view is not None:
            body["view"] = {"id": "V1", "hash": "h1", "state": {"values": {}}, **view}
        already = len(self._shown())
        assert self._app.dispatch(BoltRequest(body=body, mode="socket_mode")).status == 200
        return next(iter(self._shown()[already:]), None)

    def send(self, form: Json, values: Json, user: str = "U0FATIMA", **more: Any) -> Json:
        """A form that is sent, with what was filled in by field; answers what Slack gets back: nothing, a window,
        errors. `more` are parts of the view, such as the one beneath it."""
        self._count += 1
        body = payloads.submission(form | more, values, user, view_id=more.get("id", f"V{self._count}"))
        answer = self._app.dispatch(BoltRequest(body=body, mode="socket_mode"))
        assert answer.status == 200
        found: Json = json.loads(answer.body) if answer.body else {}
        return found

    def _shown(self) -> list[Json]:
        shown = ("views_open", "views_push", "views_update")
        return [call.arguments["view"] for call in self._slack.calls if call.method in shown]


def texts_in(view: Json) -> str:
    """All that a window says, in one string."""
    found: list[str] = []

    def walk(thing: Any) -> None:
        if isinstance(thing, dict):
            found.extend(value for name, value in thing.items() if name == "text" and isinstance(value, str))
            for value in thing.values():
                walk(value)
        elif isinstance(thing, list):
            for value in thing:
                walk(value)

    walk(view)
    return " | ".join(found)
