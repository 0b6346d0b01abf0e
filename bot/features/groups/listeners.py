"""What managers do with groups in Slack."""

from dataclasses import replace
from typing import Any

from slack_bolt import App

from bot.features.groups import actions, screens
from bot.features.groups.form import group_form, typed_group
from bot.features.groups.rules import TypedGroup
from bot.kernel.errors import BotError, FormError
from bot.kernel.office import Me
from bot.kernel.roles import must_manage
from bot.services import Services
from bot.slack.forms import number_in
from bot.slack.reply import Reply
from bot.slack.usergroups import people_in, usergroups

Json = dict[str, Any]


def show_groups(me: Me, services: Services, reply: Reply) -> None:
    reply.show(screens.groups_window(actions.groups_kept(services, me), me))


def open_new(me: Me, reply: Reply) -> None:
    must_manage(me)
    reply.show(group_form(me, usergroups(reply.slack)))


def open_change(action: Json, me: Me, services: Services, reply: Reply) -> None:
    kept = actions.group_to_change(services, me, _number(action.get("value")))
    reply.show(group_form(me, usergroups(reply.slack), kept))


def add(view: Json, me: Me, services: Services, reply: Reply) -> None:
    must_manage(me)
    actions.add_group(services, me, _with_people(typed_group(view), reply))
    _back(me, services, reply)


def change(view: Json, me: Me, services: Services, reply: Reply) -> None:
    must_manage(me)
    group_id = _number(view.get("private_metadata"))
    actions.change_group(services, me, group_id, _with_people(typed_group(view), reply))
    _back(me, services, reply)


def remove(action: Json, me: Me, services: Services, reply: Reply) -> None:
    actions.remove_group(services, me, _number(action.get("value")))
    reply.renew(screens.groups_window(actions.groups_kept(services, me), me))


def _with_people(typed: TypedGroup, reply: Reply) -> TypedGroup:
    """Of a user group of Slack's, who is in it now. Raises FormError when Slack doesn't tell."""
    if not typed.usergroup_id:
        return typed
    slack_ids = people_in(reply.slack, typed.usergroup_id)
    if slack_ids is None:
        raise FormError({"usergroup": BotError("Slack doesn't tell just now who is in it. Try again in a moment.")})
    return replace(typed, slack_ids=tuple(slack_ids))


def _back(me: Me, services: Services, reply: Reply) -> None:
    """To the list, which knows of the change."""
    reply.beneath(screens.groups_window(actions.groups_kept(services, me), me))
    reply.done()


def _number(value: object) -> int:
    """The group's number that a button or a form carries. Raises BotError when it carries none."""
    return number_in(value, BotError("That group is not there any more."))


def register(app: App) -> None:
    app.action(screens.LIST)(show_groups)
    app.action(screens.ADD)(open_new)
    app.action(screens.CHANGE)(open_change)
    app.action(screens.REMOVE)(remove)
    app.view(screens.ADD)(add)
    app.view(screens.CHANGE)(change)
