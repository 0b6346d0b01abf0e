"""What managers do with links in Slack."""

import re
from typing import Any

from slack_bolt import App

from bot.features.links import actions, screens
from bot.features.links.form import name_form, new_form, typed_about, typed_name
from bot.kernel.errors import BotError
from bot.kernel.links import is_public
from bot.kernel.office import Me
from bot.kernel.roles import must_be_manager
from bot.services import Services
from bot.slack.blocks import Json
from bot.slack.forms import number_in
from bot.slack.reply import Reply

KINDS = {action: kind for kind, action in screens.NEW.items()}


def open_links(typed: str, me: Me, services: Services, reply: Reply) -> None:  # noqa: ARG001 - as for each word
    """`/fanclub links`, for managers."""
    open_by_button(me, services, reply)


def open_by_button(me: Me, services: Services, reply: Reply) -> None:
    reply.show(_window(me, services))


def turn_page(action: Json, me: Me, services: Services, reply: Reply) -> None:
    reply.renew(_window(me, services, _number(action.get("value"))))


def open_new(action: Json, me: Me, reply: Reply) -> None:
    must_be_manager(me)
    reply.show(new_form(KINDS[action["action_id"]], me))


def make_by_form(view: dict[str, Any], me: Me, services: Services, reply: Reply) -> None:
    actions.make_link(services, me, KINDS[view["callback_id"]], typed_name(view), typed_about(view))
    reply.done()
    reply.beneath(_window(me, services))


def open_rename(action: Json, me: Me, services: Services, reply: Reply) -> None:
    reply.show(name_form(actions.link_to_name(services, me, _number(action.get("value"))), me))


def rename_by_form(view: dict[str, Any], me: Me, services: Services, reply: Reply) -> None:
    actions.name_link(services, me, _number(view.get("private_metadata")), typed_name(view))
    reply.done()
    reply.beneath(_window(me, services))


def revoke(action: Json, me: Me, services: Services, reply: Reply) -> None:
    actions.revoke_link(services, me, _number(action.get("value")))
    reply.renew(_window(me, services))


def _window(me: Me, services: Services, page: int = 0) -> Json:
    kept = actions.links_kept(services, me)
    return screens.links_window(kept, me, is_public=is_public(services.settings.public_url), page=page)


def _number(value: object) -> int:
    """The number that a button carries. Raises BotError when it carries none."""
    return number_in(value, BotError("This link was revoked already."))


def register(app: App) -> None:
    app.action(screens.OPEN_ALL)(open_by_button)
    app.action(re.compile(re.escape(screens.PAGE) + r"\.(back|on)"))(turn_page)
    app.action(screens.RENAME)(open_rename)
    app.view(screens.RENAME)(rename_by_form)
    app.action(screens.REVOKE)(revoke)
    for action in KINDS:
        app.action(action)(open_new)
        app.view(action)(make_by_form)
