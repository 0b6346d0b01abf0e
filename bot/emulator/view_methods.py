"""The views.* methods."""

from typing import Any

from bot.emulator.calls import Call, Method
from bot.emulator.errors import SlackError
from bot.emulator.model import Json, View
from bot.emulator.objects import view_json


def open_view(call: Call) -> Json:
    body, trigger_id = _body(call), _trigger_id(call)
    return _answer(call, call.team.views.open(call.team.triggers.redeem(trigger_id).user, body))


def push(call: Call) -> Json:
    body, trigger = _body(call), call.team.triggers.redeem(_trigger_id(call))
    if not trigger.in_modal:
        raise SlackError("invalid_trigger_id")
    return _answer(call, call.team.views.push(trigger.user, body))


def update(call: Call) -> Json:
    body = _body(call)
    if call.text("view_id"):
        view = _modal_or_home(call)
    elif call.text("external_id"):
        view = call.team.views.by_external_id(call.text("external_id"))
    else:
        raise SlackError("invalid_arguments", ["[ERROR] missing required field: view_id"])
    return _answer(call, call.team.views.update(view, body, call.text("hash")))


def _modal_or_home(call: Call) -> View:
    try:
        return call.workspace.view(call.text("view_id"))
    except SlackError:
        raise SlackError("not_found", ["view not found"]) from None


def publish(call: Call) -> Json:
    body, user = _body(call), call.user("user_id")
    return _answer(call, call.team.views.publish(user.id, body, call.text("hash")))


def _body(call: Call) -> Any:
    body = call.json("view")
    if body is None:
        raise SlackError("invalid_arguments", ["[ERROR] missing required field: view"])
    return body


def _trigger_id(call: Call) -> str:
    """Slack's later name for it is `interactivity_pointer`."""
    return call.text("interactivity_pointer") or call.required("trigger_id")


def _answer(call: Call, view: View) -> Json:
    return {"view": view_json(call.workspace, view)}


METHODS: dict[str, Method] = {
    "views.open": open_view,
    "views.push": push,
    "views.update": update,
    "views.publish": publish,
}
