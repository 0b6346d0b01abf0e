"""What people do with the employees' wall in Slack."""

from typing import Any

from slack_bolt import App

from bot.features.team_wall import actions, posts, reporting, screens
from bot.features.team_wall.form import celebration_form, dates_form, typed_celebration, typed_dates
from bot.features.team_wall.rules import TypedDates
from bot.kernel.errors import BotError
from bot.kernel.office import Me
from bot.kernel.roles import must_belong
from bot.services import Services
from bot.slack.blocks import Message
from bot.slack.forms import number_in
from bot.slack.reply import Reply
from bot.slack.text import is_help

Json = dict[str, Any]


def open_wall(typed: str, me: Me, services: Services, reply: Reply) -> None:
    """`/fanclub team wall`."""
    if is_help(typed):
        reply.privately(screens.help_message(me))
    else:
        reply.show(_window(me, services))


def wall_by_button(me: Me, services: Services, reply: Reply) -> None:
    reply.show(_window(me, services))


def open_form(me: Me, reply: Reply) -> None:
    must_belong(me)
    reply.show(celebration_form(me))


def open_change(action: Json, me: Me, services: Services, reply: Reply) -> None:
    reply.show(celebration_form(me, actions.to_change(services, me, _number(action.get("value")))))


def post_by_form(view: Json, me: Me, services: Services, reply: Reply) -> None:
    remarks = actions.post(services, me, typed_celebration(view))
    reply.beneath(_window(me, services))
    reply.window(screens.saved_window(remarks, me))


def change_by_form(view: Json, me: Me, services: Services, reply: Reply) -> None:
    actions.change(services, me, _number(view.get("private_metadata")), typed_celebration(view))
    reply.beneath(_window(me, services))
    reply.done()


def remove(action: Json, me: Me, services: Services, reply: Reply) -> None:
    actions.remove(services, me, _number(action.get("value")))
    reply.done()


def remove_here(action: Json, me: Me, services: Services, reply: Reply) -> None:
    """In the window, which then shows what is left."""
    actions.remove(services, me, _number(action.get("value")))
    reply.renew(_window(me, services))


def hide(action: Json, me: Me, services: Services, reply: Reply) -> None:
    """Under the post in the channel."""
    number = _number(action.get("value"))
    actions.hide(services, me, number)
    reply.privately(screens.hidden_message(number, me.say))


def hide_here(action: Json, me: Me, services: Services, reply: Reply) -> None:
    actions.hide(services, me, _number(action.get("value")))
    reply.renew(_window(me, services))


def show(action: Json, me: Me, services: Services, reply: Reply) -> None:
    actions.show(services, me, _number(action.get("value")))
    reply.instead(screens.shown_message(me.say))


def show_here(me: Me, services: Services, reply: Reply) -> None:
    actions.show_all(services, me)
    reply.renew(_window(me, services))


def report(action: Json, me: Me, services: Services, reply: Reply) -> None:
    is_new = reporting.report(services, me, _number(action.get("value")))
    _tell(reply, me, screens.thanks_message(is_new, me.say))


def take_down(action: Json, me: Me, services: Services, reply: Reply) -> None:
    reporting.settle(services, me, _number(action.get("value")), take_down=True)
    reply.done()


def let_stand(action: Json, me: Me, services: Services, reply: Reply) -> None:
    reporting.settle(services, me, _number(action.get("value")), take_down=False)
    reply.done()


def open_dates(me: Me, services: Services, reply: Reply) -> None:
    reply.show(dates_form(me, actions.my_dates(services, me)))


def dates_by_form(view: Json, me: Me, services: Services, reply: Reply) -> None:
    reply.window(screens.dates_window(actions.keep_dates(services, me, typed_dates(view)), me))


def forget_dates(me: Me, services: Services, reply: Reply) -> None:
    """The button in the window of one's dates, which says that they are gone."""
    actions.keep_dates(services, me, TypedDates())
    reply.renew(screens.dates_window(False, me))


def _number(value: object) -> int:
    """The post's number that a button or a form carries. Raises BotError when it carries none."""
    return number_in(value, BotError("This is not on the wall any more."))


def _window(me: Me, services: Services) -> Json:
    wall = actions.see_wall(services, me)
    return screens.wall_window(wall.posts, wall.is_any_hidden, me)


def _tell(reply: Reply, me: Me, message: Message) -> None:
    reply.tell(message, me.say("Team wall"), me.say("Close"))


def register(app: App) -> None:
    app.action(screens.WALL)(wall_by_button)
    app.action(screens.ADD)(open_form)
    app.view(screens.ADD)(post_by_form)
    app.action(posts.CHANGE)(open_change)
    app.view(posts.CHANGE)(change_by_form)
    app.action(posts.REMOVE)(remove)
    app.action(screens.REMOVE_HERE)(remove_here)
    app.action(posts.HIDE)(hide)
    app.action(screens.HIDE_HERE)(hide_here)
    app.action(screens.SHOW)(show)
    app.action(screens.SHOW_HERE)(show_here)
    app.action(posts.REPORT)(report)
    app.action(screens.TAKE_DOWN)(take_down)
    app.action(screens.LET_STAND)(let_stand)
    app.action(screens.DATES)(open_dates)
    app.view(screens.DATES)(dates_by_form)
    app.action(screens.NO_DATES)(forget_dates)
