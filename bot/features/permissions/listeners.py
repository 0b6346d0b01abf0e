"""What people do with the rules that may be bent in Slack."""

from typing import Any

from slack_bolt import App

from bot.features.permissions import actions, screens
from bot.features.permissions.form import proposal_form, rule_form, typed_proposal, typed_rule, typed_search
from bot.features.permissions.screens import LONGEST_SEARCH, View, view_in
from bot.kernel.errors import BotError
from bot.kernel.office import Me
from bot.kernel.roles import must_be_manager, must_belong
from bot.services import Services
from bot.slack.forms import number_in
from bot.slack.reply import Reply
from bot.slack.text import is_help, tidy

Json = dict[str, Any]


def open_rules(typed: str, me: Me, services: Services, reply: Reply) -> None:
    """`/fanclub rules [search]`; whoever asks for help sees them all."""
    reply.show(_window(View("" if is_help(typed) else typed[:LONGEST_SEARCH]), me, services))


def rules_by_button(me: Me, services: Services, reply: Reply) -> None:
    open_rules("", me, services, reply)


def search(view: Json, me: Me, services: Services, reply: Reply) -> None:
    reply.window(_window(View(tidy(typed_search(view))), me, services))


def turn(action: Json, me: Me, services: Services, reply: Reply) -> None:
    reply.renew(_window(view_in(str(action.get("value"))), me, services))


def open_new(body: Json, me: Me, reply: Reply) -> None:
    must_be_manager(me)
    reply.show(rule_form(me, _shown(body)))


def open_change(action: Json, body: Json, me: Me, services: Services, reply: Reply) -> None:
    rule = actions.rule_to_change(services, me, _number(action.get("value")))
    reply.show(rule_form(me, _shown(body), rule))


def write(view: Json, me: Me, services: Services, reply: Reply) -> None:
    actions.write_rule(services, me, typed_rule(view))
    _back(view, me, services, reply)


def change(view: Json, me: Me, services: Services, reply: Reply) -> None:
    number, _, _ = str(view.get("private_metadata", "")).partition(" ")
    actions.change_rule(services, me, _number(number), typed_rule(view))
    _back(view, me, services, reply)


def withdraw(action: Json, body: Json, me: Me, services: Services, reply: Reply) -> None:
    actions.withdraw_rule(services, me, _number(action.get("value")))
    reply.renew(_window(view_in(_shown(body)), me, services))


def open_proposal(action: Json, me: Me, services: Services, reply: Reply) -> None:
    must_belong(me)
    value = action.get("value")
    rule = actions.rule_to_propose(services, me, _number(value)) if value else None
    reply.show(proposal_form(me, rule))


def propose(view: Json, me: Me, services: Services, reply: Reply) -> None:
    reply.window(screens.proposed_window(actions.propose(services, me, typed_proposal(view)), me))


def scrap(action: Json, me: Me, services: Services, reply: Reply) -> None:
    actions.scrap(services, me, _number(action.get("value")))
    reply.done()


def _window(view: View, me: Me, services: Services) -> Json:
    return screens.rules_window(actions.page_of(services, me, view), me)


def _shown(body: Json) -> str:
    """What the list showed in which a button was clicked."""
    return str((body.get("view") or {}).get("private_metadata") or "")


def _back(view: Json, me: Me, services: Services, reply: Reply) -> None:
    """To the list, which knows of the change."""
    _, _, behind = str(view.get("private_metadata", "")).partition(" ")
    reply.beneath(_window(view_in(behind), me, services))
    reply.done()


def _number(value: object) -> int:
    """The rule's number that a button or a form carries. Raises BotError when it carries none."""
    return number_in(value, BotError("This rule is not there any more."))


def register(app: App) -> None:
    app.action(screens.OPEN)(rules_by_button)
    app.view(screens.SEARCH)(search)
    app.action(screens.FURTHER)(turn)
    app.action(screens.BACK)(turn)
    app.action(screens.WRITE)(open_new)
    app.view(screens.WRITE)(write)
    app.action(screens.CHANGE)(open_change)
    app.view(screens.CHANGE)(change)
    app.action(screens.WITHDRAW)(withdraw)
    app.action(screens.PROPOSE)(open_proposal)
    app.view(screens.PROPOSE)(propose)
    app.action(screens.SCRAP)(scrap)
