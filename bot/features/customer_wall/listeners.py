"""What people do with compliments in Slack."""

import html
from typing import Any

from slack_bolt import App

from bot.features.customer_wall import actions, moderating, moderators, rules, screens, window
from bot.features.customer_wall.form import (
    PRIVATE,
    compliment_form,
    private_form,
    taken_form,
    taken_in,
    thanks_form,
    typed_answer,
    typed_compliment,
)
from bot.features.customer_wall.rules import Looked
from bot.kernel.errors import BotError
from bot.kernel.office import Me
from bot.kernel.roles import must_belong
from bot.services import Services
from bot.slack.forms import number_in
from bot.slack.reply import Reply
from bot.slack.text import is_help, plain

TAKE_OVER = "compliment.take_over"

Json = dict[str, Any]


def tell_by_command(command: Json, me: Me, services: Services, reply: Reply) -> None:
    """`/klantwand [text]`; Slack sends its text escaped, with the ids of who is mentioned."""
    _tell(command.get("text") or "", me, services, reply)


def open_wall(typed: str, me: Me, services: Services, reply: Reply) -> None:
    """`/fanclub klantwand [text]`."""
    _tell(html.escape(typed, quote=False), me, services, reply)  # it was made plain already


def _tell(raw: str, me: Me, services: Services, reply: Reply) -> None:
    typed = plain(raw)
    if is_help(typed):
        reply.privately(screens.help_message(me))
    elif not typed:
        _show_wall(me, services, reply)
    else:
        added = actions.share_compliment(services, me, raw)
        reply.privately(screens.added_message(added.compliment_id, added.remarks, me))


def show_wall(me: Me, services: Services, reply: Reply) -> None:
    """The button at Home."""
    _show_wall(me, services, reply)


def _show_wall(me: Me, services: Services, reply: Reply) -> None:
    reply.show(window.wall_window(actions.look(services, me, Looked()), me))


def look_by_choice(body: Json, me: Me, services: Services, reply: Reply) -> None:
    """A filter was chosen, or "the newest" clicked: the window as it is filled in now."""
    view = body["view"]
    _renew(window.looked_in(view), window.turn_in(view), me, services, reply)


def look_further(action: Json, body: Json, me: Me, services: Services, reply: Reply) -> None:
    view = body["view"]
    looked = window.looked_in(view, before=str(action.get("value") or ""))
    _renew(looked, window.turn_in(view), me, services, reply)


def look_at_all(body: Json, me: Me, services: Services, reply: Reply) -> None:
    _renew(Looked(), window.turn_in(body["view"]) + 1, me, services, reply)


def search(view: Json, me: Me, services: Services, reply: Reply) -> None:
    found = actions.look(services, me, window.looked_in(view))
    reply.window(window.wall_window(found, me, window.turn_in(view)))


def open_form(me: Me, services: Services, reply: Reply) -> None:
    must_belong(me)
    reply.show(compliment_form(me, _today(me, services)))


def open_change(action: Json, me: Me, services: Services, reply: Reply) -> None:
    compliment, about = actions.compliment_to_change(services, me, _number(action.get("value")))
    reply.show(compliment_form(me, _today(me, services), compliment, about))


def add_by_form(view: Json, me: Me, services: Services, reply: Reply) -> None:
    added = actions.enter_compliment(services, me, typed_compliment(view))
    _beneath(added.compliment_id, me, services, reply)
    reply.window(screens.saved_window(added.remarks, me))


def change_by_form(view: Json, me: Me, services: Services, reply: Reply) -> None:
    number = _number(view.get("private_metadata"))
    actions.change_compliment(services, me, number, typed_compliment(view))
    _beneath(number, me, services, reply)
    reply.done()


def undo(action: Json, me: Me, services: Services, reply: Reply) -> None:
    compliment = actions.withdraw_compliment(services, me, _number(action.get("value")))
    reply.instead(screens.undone_message(compliment, me.say))


def withdraw(action: Json, body: Json, me: Me, services: Services, reply: Reply) -> None:
    actions.withdraw_compliment(services, me, _number(action.get("value")))
    if body.get("view", {}).get("type") == "modal":
        look_by_choice(body, me, services, reply)
    else:
        reply.done()


def applaud(action: Json, me: Me, services: Services, reply: Reply) -> None:
    actions.applaud(services, me, _number(action.get("value")))
    reply.done()


def take_over(shortcut: Json, me: Me, services: Services, reply: Reply) -> None:
    """ "On the customers' wall" in the menu of a message. Who said it stays empty: the poster is a colleague."""
    must_belong(me)
    text, about = actions.taken_over(services, me, str(shortcut.get("message", {}).get("text") or ""))
    channel: Json = shortcut.get("channel") or {}
    if rules.is_private(str(channel.get("id") or ""), str(channel.get("name") or "")):
        reply.show(private_form(me, text, about))
    else:
        reply.show(taken_form(me, _today(me, services), text, about))


def take_over_private(view: Json, me: Me, services: Services, reply: Reply) -> None:
    must_belong(me)
    text, about = taken_in(view)
    reply.window(taken_form(me, _today(me, services), text, about))


def place(action: Json, me: Me, services: Services, reply: Reply) -> None:
    remarks = moderating.place_compliment(services, me, _number(action.get("value")))
    if remarks:
        reply.tell(screens.placed_message(remarks, me.say), me.say("Compliment"), me.say("Close"))
    else:
        reply.done()


def refuse(action: Json, me: Me, services: Services, reply: Reply) -> None:
    moderating.refuse_compliment(services, me, _number(action.get("value")))
    reply.done()


def open_adjust(action: Json, me: Me, services: Services, reply: Reply) -> None:
    compliment, about = moderating.compliment_to_adjust(services, me, _number(action.get("value")))
    reply.show(compliment_form(me, _today(me, services), compliment, about, adjust=True))


def adjust(view: Json, me: Me, services: Services, reply: Reply) -> None:
    number = _number(view.get("private_metadata"))
    remarks = moderating.adjust_compliment(services, me, number, typed_compliment(view))
    reply.window(screens.saved_window(remarks, me))


def open_thanks(action: Json, me: Me, services: Services, reply: Reply) -> None:
    compliment = moderating.compliment_to_thank_for(services, me, _number(action.get("value")))
    reply.show(thanks_form(compliment, me))


def note_thanks(view: Json, me: Me, services: Services, reply: Reply) -> None:
    moderating.note_thanks(services, me, _number(view.get("private_metadata")), typed_answer(view))
    reply.done()


def _number(value: object) -> int:
    """The compliment's number that a button or a form carries. Raises BotError when it carries none."""
    return number_in(value, BotError("This compliment is not there any more."))


def _beneath(turn: int, me: Me, services: Services, reply: Reply) -> None:
    """The window from which the form was opened, if it was: everything, and nothing filled in."""
    reply.beneath(window.wall_window(actions.look(services, me, Looked()), me, turn))


def _renew(looked: Looked, turn: int, me: Me, services: Services, reply: Reply) -> None:
    reply.renew(window.wall_window(actions.look(services, me, looked), me, turn))


def _today(me: Me, services: Services) -> str:
    return services.clock.today(me.zone).isoformat()


def register(app: App, commands: dict[str, str]) -> None:
    app.command(commands["klantwand"])(tell_by_command)
    app.shortcut(TAKE_OVER)(take_over)
    app.view(PRIVATE)(take_over_private)
    app.action(screens.WALL)(show_wall)
    for choice in (window.COLLEAGUE, window.PERIOD, window.HOW, window.NEWEST):
        app.action(choice)(look_by_choice)
    app.action(window.OLDER)(look_further)
    app.action(window.ALL)(look_at_all)
    app.view(window.LOOK)(search)
    app.action(screens.ADD)(open_form)
    app.view(screens.ADD)(add_by_form)
    app.action(screens.CHANGE)(open_change)
    app.view(screens.CHANGE)(change_by_form)
    app.action(screens.UNDO)(undo)
    app.action(screens.WITHDRAW)(withdraw)
    app.action(screens.APPLAUD)(applaud)
    app.action(moderators.PLACE)(place)
    app.action(moderators.REFUSE)(refuse)
    app.action(moderators.ADJUST)(open_adjust)
    app.view(moderators.ADJUST)(adjust)
    app.action(moderators.THANK)(open_thanks)
    app.view(moderators.THANK)(note_thanks)
