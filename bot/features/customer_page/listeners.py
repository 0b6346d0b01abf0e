"""What colleagues do in Slack with what customers said on the page, or face to face."""

from typing import Any

from slack_bolt import App

from bot.features.customer_page import notes, rules, screens
from bot.features.customer_page.form import answer_form, idea_form, typed_answer, typed_idea
from bot.kernel.errors import BotError
from bot.kernel.office import Me
from bot.kernel.roles import must_belong
from bot.services import Services
from bot.slack.blocks import Json
from bot.slack.forms import number_in
from bot.slack.reply import Reply
from bot.slack.text import is_help


def open_answers(typed: str, me: Me, services: Services, reply: Reply) -> None:
    """`/fanclub answer [what the customer said]`; on its own a form, and for managers the latest answers."""
    must_belong(me)
    if is_help(typed):
        reply.privately(screens.help_message(me))
    elif typed:
        reply.privately(screens.entered_message(notes.enter_answer(services, me, typed), me.say))
    elif me.is_manager:
        show_answers(me, services, reply)
    else:
        open_form(me, reply)


def show_answers(me: Me, services: Services, reply: Reply) -> None:
    reply.show(screens.answers_window(notes.answers(services, me), me))


def open_form(me: Me, reply: Reply) -> None:
    must_belong(me)
    reply.show(answer_form(me))


def enter_by_form(view: dict[str, Any], me: Me, services: Services, reply: Reply) -> None:
    notes.enter_answer(services, me, rules.answer_of_form(typed_answer(view)))
    reply.window(screens.entered_window(me.say))
    if me.is_manager:
        reply.beneath(screens.answers_window(notes.answers(services, me), me))


def undo(action: Json, me: Me, services: Services, reply: Reply) -> None:
    reply.instead(screens.undone_message(notes.take_back(services, me, _number(action)), me.say))


def claim(action: Json, me: Me, services: Services, reply: Reply) -> None:
    notes.claim_call(services, me, _number(action))
    reply.done()


def release(action: Json, me: Me, services: Services, reply: Reply) -> None:
    notes.release_call(services, me, _number(action))
    reply.done()


def called(action: Json, me: Me, services: Services, reply: Reply) -> None:
    notes.note_called(services, me, _number(action))
    reply.done()


def open_idea(action: Json, me: Me, services: Services, reply: Reply) -> None:
    """From a message or from the window of answers."""
    reply.show(idea_form(notes.answer_for_idea(services, me, _number(action)), me))


def make_idea(view: dict[str, Any], me: Me, services: Services, reply: Reply) -> None:
    number = _number({"value": view.get("private_metadata")})
    remarks = notes.make_idea(services, me, number, *typed_idea(view))
    reply.beneath(screens.answers_window(notes.answers(services, me), me))
    reply.window(screens.idea_window(remarks, me.say))


def _number(action: Json) -> int:
    """The note's number that a button carries. Raises BotError when it carries none."""
    return number_in(action.get("value"), BotError("This answer is not there any more."))


def register(app: App) -> None:
    app.action(screens.CLAIM)(claim)
    app.action(screens.RELEASE)(release)
    app.action(screens.CALLED)(called)
    app.action(screens.IDEA)(open_idea)
    app.view(screens.IDEA)(make_idea)
    app.action(screens.UNDO)(undo)
    app.action(screens.ENTER)(open_form)
    app.action(screens.ANSWERS)(show_answers)
    app.view(screens.ENTER)(enter_by_form)
