"""What people do with the to-not list in Slack."""

from collections.abc import Callable
from typing import Any

from slack_bolt import App

from bot.features.to_nots import actions, screens
from bot.features.to_nots.form import to_not_form, typed_to_not
from bot.kernel.errors import BotError
from bot.kernel.office import Me
from bot.kernel.roles import must_belong
from bot.services import Services
from bot.slack.forms import number_in
from bot.slack.reply import Reply
from bot.slack.text import is_help

Json = dict[str, Any]


def open_list(typed: str, me: Me, services: Services, reply: Reply) -> None:
    """`/fanclub to-not [what]`: with words the form opens, with these in it; whoever asks for help sees the list."""
    if typed and not is_help(typed):
        must_belong(me)
        reply.show(to_not_form(me, typed))
    else:
        reply.show(_window(me, services))


def list_by_button(me: Me, services: Services, reply: Reply) -> None:
    open_list("", me, services, reply)


def open_form(me: Me, reply: Reply) -> None:
    must_belong(me)
    reply.show(to_not_form(me))


def propose(view: Json, me: Me, services: Services, reply: Reply) -> None:
    """The list that lies beneath the form comes to light again; where there is none, it comes in the form's place."""
    actions.propose(services, me, typed_to_not(view))
    if view.get("previous_view_id"):
        reply.beneath(_window(me, services))
        reply.done()
    else:
        reply.window(_window(me, services))


def agree(action: Json, me: Me, services: Services, reply: Reply) -> None:
    _do(actions.agree, action, me, services, reply)


def take_back(action: Json, me: Me, services: Services, reply: Reply) -> None:
    _do(actions.take_back, action, me, services, reply)


def keep_up(action: Json, me: Me, services: Services, reply: Reply) -> None:
    _do(actions.keep_up, action, me, services, reply)


def let_go(action: Json, me: Me, services: Services, reply: Reply) -> None:
    _do(actions.let_go, action, me, services, reply)


def _do(act: Callable[[Services, Me, int], None], action: Json, me: Me, services: Services, reply: Reply) -> None:
    act(services, me, _number(action.get("value")))
    reply.renew(_window(me, services))


def _window(me: Me, services: Services) -> Json:
    return screens.list_window(actions.the_list(services, me), me)


def _number(value: object) -> int:
    """The number that a button carries. Raises BotError when it carries none."""
    return number_in(value, BotError("This is not on the list any more."))


def register(app: App) -> None:
    app.action(screens.OPEN)(list_by_button)
    app.action(screens.PROPOSE)(open_form)
    app.view(screens.PROPOSE)(propose)
    app.action(screens.AGREE)(agree)
    app.action(screens.TAKE_BACK)(take_back)
    app.action(screens.KEEP_UP)(keep_up)
    app.action(screens.LET_GO)(let_go)
