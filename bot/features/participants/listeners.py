"""What people do in Slack to join, leave, invite, choose and be away."""

import re
from typing import Any

from slack_bolt import App

from bot.features.participants import actions, rules, screens
from bot.features.participants.form import (
    absence_form,
    invitation_form,
    invited_in,
    join_form,
    settings_form,
    typed_absence,
    typed_choices,
    typed_language,
)
from bot.features.participants.rules import TypedChoices
from bot.kernel.office import Me
from bot.kernel.roles import must_belong
from bot.services import Services
from bot.slack.blocks import Message
from bot.slack.reply import Reply

Json = dict[str, Any]


def open_club(typed: str, me: Me, services: Services, reply: Reply) -> None:  # noqa: ARG001 - as for each word
    """`/fanclub` on its own: the hub."""
    must_belong(me)
    _tell(reply, me, screens.hub_message(actions.my_choices(services, me), actions.people_in(services, me), me))


def join_by_word(typed: str, me: Me, services: Services, reply: Reply) -> None:  # noqa: ARG001
    """`/fanclub join`."""
    _open_join(None, me, services, reply)


def join_by_button(action: Json, me: Me, services: Services, reply: Reply) -> None:
    """The button under the hub, an invitation, Home; or one with a time, after the first story."""
    _open_join(action.get("value"), me, services, reply)


def _open_join(clicked: object, me: Me, services: Services, reply: Reply) -> None:
    must_belong(me)
    if choices := actions.my_choices(services, me):
        _tell(reply, me, screens.already_message(choices, me))
        return
    before = actions.choices_before(services, me)
    reply.show(join_form(me, before, rules.offered_time(clicked)))


def join_by_form(view: Json, me: Me, services: Services, reply: Reply) -> None:
    choices = actions.join_club(services, me, typed_choices(view) or TypedChoices())
    reply.window(screens.joined_window(choices, me))


def leave_by_word(typed: str, me: Me, services: Services, reply: Reply) -> None:  # noqa: ARG001
    """`/fanclub leave`."""
    leave_by_button(me, services, reply)


def leave_by_button(me: Me, services: Services, reply: Reply) -> None:
    _tell(reply, me, screens.left_message(actions.leave_club(services, me), me), instead=True)


def refuse_nudge(me: Me, services: Services, reply: Reply) -> None:
    """No to the question after the first story; the answer to that story stays, with its own buttons."""
    actions.decline(services, me)
    _tell(reply, me, screens.declined_message(me))


def decline_invitation(me: Me, services: Services, reply: Reply) -> None:
    """The invitation itself becomes the answer."""
    actions.decline(services, me)
    reply.done()


def open_my_settings(typed: str, me: Me, services: Services, reply: Reply) -> None:  # noqa: ARG001
    """`/fanclub settings`."""
    settings_by_button(me, services, reply)


def settings_by_button(me: Me, services: Services, reply: Reply) -> None:
    must_belong(me)
    choices, language = actions.my_settings(services, me)
    reply.show(settings_form(me, choices, language))


def save_settings(view: Json, me: Me, services: Services, reply: Reply) -> None:
    changed = actions.change_settings(services, me, typed_choices(view), typed_language(view))
    reply.window(screens.changed_window(actions.my_choices(services, changed), changed))


def open_absence(typed: str, me: Me, services: Services, reply: Reply) -> None:  # noqa: ARG001
    """`/fanclub away`."""
    absence_by_button(me, services, reply)


def absence_by_button(me: Me, services: Services, reply: Reply) -> None:
    must_belong(me)
    reply.show(absence_form(me, actions.my_absences(services, me), services.clock.today(me.zone)))


def save_absence(view: Json, me: Me, services: Services, reply: Reply) -> None:
    entered = actions.add_absence(services, me, typed_absence(view))
    reply.window(screens.away_window(entered, services.clock.today(me.zone), me))


def come_back(action: Json, me: Me, services: Services, reply: Reply) -> None:
    """The button at an absence: the window shows those that are left."""
    value = str(action.get("value", ""))
    number = int(value) if re.fullmatch(r"[0-9]{1,9}", value, re.ASCII) else 0
    away = actions.remove_absence(services, me, number)
    reply.renew(absence_form(me, away, services.clock.today(me.zone)))


def open_invitation(typed: str, me: Me, services: Services, reply: Reply) -> None:  # noqa: ARG001
    """`/fanclub invite`, for managers."""
    invitation_by_button(me, services, reply)


def invitation_by_button(me: Me, services: Services, reply: Reply) -> None:
    actions.must_be_manager(me)
    reply.show(invitation_form(me, actions.people_in(services, me)))


def send_invitations(view: Json, me: Me, services: Services, reply: Reply) -> None:
    reply.window(screens.invited_window(actions.invite(services, me, invited_in(view)), me))


def _tell(reply: Reply, me: Me, message: Message, *, instead: bool = False) -> None:
    reply.tell(message, me.say("The fan club"), me.say("Close"), instead=instead)


def register(app: App) -> None:
    for action in (screens.JOIN, *screens.NUDGES):
        app.action(action)(join_by_button)
    app.view(screens.JOIN)(join_by_form)
    app.action(screens.LEAVE)(leave_by_button)
    app.action(screens.NO_NUDGE)(refuse_nudge)
    app.action(screens.DECLINE)(decline_invitation)
    app.action(screens.SETTINGS)(settings_by_button)
    app.view(screens.SETTINGS)(save_settings)
    app.action(screens.ABSENCE)(absence_by_button)
    app.view(screens.ABSENCE)(save_absence)
    app.action(screens.BACK)(come_back)
    app.action(screens.INVITE)(invitation_by_button)
    app.view(screens.INVITE)(send_invitations)
