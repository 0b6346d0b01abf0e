"""What people do with thanks in Slack."""

from typing import Any

from slack_bolt import App

from bot.features.thanks import actions, screens
from bot.features.thanks.form import thanks_form, typed_thanks
from bot.kernel.errors import BotError
from bot.kernel.office import Me
from bot.services import Services
from bot.slack.forms import number_in
from bot.slack.reply import Reply

Json = dict[str, Any]


def open_thanks(typed: str, me: Me, services: Services, reply: Reply) -> None:  # noqa: ARG001 - as for each word
    """`/fanclub thanks`."""
    see(me, services, reply)


def see(me: Me, services: Services, reply: Reply) -> None:
    reply.show(_window(me, services))


def open_form(action: Json, me: Me, services: Services, reply: Reply) -> None:
    """The button beneath a story, or somebody chosen in the managers' list: the story, and behind it whose it is."""
    chosen = (action.get("selected_option") or {}).get("value") or action.get("value")
    found = actions.story_to_thank(services, me, _number(str(chosen or "").partition(":")[0]))
    reply.show(thanks_form(found.story, found.teller, found.offered, found.wheres, me))


def give_by_form(view: Json, me: Me, services: Services, reply: Reply) -> None:
    teller = actions.thank(services, me, _number(view.get("private_metadata")), typed_thanks(view))
    reply.window(screens.given_window(teller, me))


def take_back(action: Json, me: Me, services: Services, reply: Reply) -> None:
    actions.take_back(services, me, _number(action.get("value")))
    reply.renew(_window(me, services))


def _window(me: Me, services: Services) -> Json:
    return screens.thanks_window(actions.see_thanks(services, me), me, services.clock.now())


def _number(value: object) -> int:
    """The number that a button or a form carries. Raises BotError when it carries none."""
    return number_in(value, BotError("This story is not there any more."))


def register(app: App) -> None:
    app.action(screens.GIVE)(open_form)
    app.action(screens.PICK)(open_form)
    app.view(screens.GIVE)(give_by_form)
    app.action(screens.SEE)(see)
    app.action(screens.TAKE_BACK)(take_back)
