"""What people ask of the coach in Slack."""

from typing import Any

from slack_bolt import App

from bot.features.coach import actions, rules, screens
from bot.features.coach.form import refusal_form, typed_refusal
from bot.kernel.office import Me
from bot.kernel.roles import must_belong
from bot.services import Services
from bot.slack.reply import Reply
from bot.slack.text import is_help

Json = dict[str, Any]


def give_tip(typed: str, me: Me, services: Services, reply: Reply) -> None:
    """`/fanclub tip [moment]`; `typed` is what stands behind the word. Raises BotError for an unknown moment."""
    if is_help(typed):
        reply.privately(screens.help_message(me))
        return
    given = actions.give_tip(services, me, rules.moment_named(typed))
    reply.privately(screens.tip_message(given, me))


def give_by_button(me: Me, services: Services, reply: Reply) -> None:
    """The button in the hub of /fanclub, and wherever else one is."""
    message = screens.tip_message(actions.give_tip(services, me), me)
    reply.tell(message, me.say("A tip"), me.say("Close"))


def give_another(action: Json, me: Me, services: Services, reply: Reply) -> None:
    """The button under a private tip: what was read makes place, so that they don't pile up."""
    given = actions.give_tip(services, me, rules.moment_of(action.get("value")))
    reply.instead(screens.tip_message(given, me))


def open_no_but(me: Me, services: Services, reply: Reply) -> None:  # noqa: ARG001 - as for each word of /fanclub
    """`/fanclub no`, and the button under a tip about saying no."""
    must_belong(me)
    reply.show(refusal_form(me))


def show_kind_no(view: Json, me: Me, reply: Reply) -> None:
    reply.window(screens.kind_no_window(actions.shape_refusal(me, typed_refusal(view)), me))


def register(app: App) -> None:
    app.action(screens.TIP)(give_by_button)
    app.action(screens.ANOTHER)(give_another)
    app.action(screens.REFUSE)(open_no_but)
    app.view(screens.REFUSE)(show_kind_no)
