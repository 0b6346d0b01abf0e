"""What people do about money in Slack."""

import re
from dataclasses import replace
from typing import Any

from slack_bolt import App

from bot.features.budgets import (
    actions,
    approving,
    closing,
    deciding,
    export,
    overview,
    own_caps,
    own_month,
    repaying,
    screens,
    showing,
    window,
)
from bot.features.budgets.form import part_form, refuse_form, spending_form, typed_decision, typed_spending
from bot.features.budgets.rules import Decision
from bot.kernel.errors import BotError
from bot.kernel.office import Me
from bot.kernel.roles import must_be_manager
from bot.services import Services
from bot.slack.blocks import Message, line, modal
from bot.slack.forms import number_in
from bot.slack.reply import Reply
from bot.slack.text import is_help, plain

Json = dict[str, Any]


def spend_by_command(command: Json, me: Me, services: Services, reply: Reply) -> None:
    """`/budget [amount and what for]`."""
    open_budget(plain(command.get("text") or ""), me, services, reply)


def open_budget(typed: str, me: Me, services: Services, reply: Reply) -> None:
    """`/budget …`, and `/fanclub budget …`: without words one's own budget opens."""
    if is_help(typed):
        reply.privately(screens.help_message(me))
    elif not typed:
        show_budget(me, services, reply)
    else:
        spent = actions.spend_by_command(services, me, typed)
        reply.privately(screens.spent_message(spent, services.clock.today(me.zone), me))


def show_budget(me: Me, services: Services, reply: Reply) -> None:
    reply.show(window.balance_window(actions.balance(services, me), me))


def turn_page(action: Json, me: Me, services: Services, reply: Reply) -> None:
    page = number_in(action.get("value"), BotError("This page is not there any more."))
    reply.renew(window.balance_window(actions.balance(services, me, page), me))


def open_form(body: Json, me: Me, services: Services, reply: Reply) -> None:
    chosen = showing.stories_to_choose(services, me)
    reply.show(spending_form(me, _today(me, services), chosen, note=f"0 {_place(body)}"))


def open_change(action: Json, body: Json, me: Me, services: Services, reply: Reply) -> None:
    kept = actions.spending_to_correct(services, me, _number(action.get("value")))
    chosen = showing.stories_to_choose(services, me, kept)
    reply.show(spending_form(me, _today(me, services), chosen, kept, note=f"{kept.id} {_place(body)}"))


def spend_by_form(view: Json, me: Me, services: Services, reply: Reply) -> None:
    spent = actions.spend(services, me, typed_spending(view))
    _beneath(view, me, services, reply)
    reply.window(_as_window(screens.spent_message(spent, services.clock.today(me.zone), me), me))


def change_by_form(view: Json, me: Me, services: Services, reply: Reply) -> None:
    spent = actions.correct_spending(services, me, _number(_noted(view)), typed_spending(view))
    _beneath(view, me, services, reply)
    reply.window(_as_window(screens.spent_message(spent, services.clock.today(me.zone), me), me))


def undo(action: Json, body: Json, me: Me, services: Services, reply: Reply) -> None:
    number, _, seen = str(action.get("value") or "").partition(" ")
    spending = actions.undo_spending(services, me, _number(number), seen)
    _answer(screens.undone_message(spending, me.say), body, me, services, reply)


def hurry(action: Json, body: Json, me: Me, services: Services, reply: Reply) -> None:
    spending = actions.hurry_spending(services, me, _number(action.get("value")))
    _answer(screens.hurried_message(spending, me.say), body, me, services, reply)


def spent_now(action: Json, body: Json, me: Me, services: Services, reply: Reply) -> None:
    spending = actions.spend_now(services, me, _number(action.get("value")))
    _answer(screens.spent_now_message(spending, me.say), body, me, services, reply)


def spend_again(action: Json, body: Json, me: Me, services: Services, reply: Reply) -> None:
    spent = actions.spend_again(services, me, _number(action.get("value")))
    _answer(screens.spent_message(spent, services.clock.today(me.zone), me), body, me, services, reply)


def agree(action: Json, body: Json, me: Me, services: Services, reply: Reply) -> None:
    spending_id, cents = _seen(action.get("value"))
    deciding.decide_spending(services, me, spending_id, Decision.APPROVE, seen_cents=cents)
    _stay(body, me, services, reply)


def open_part(action: Json, body: Json, me: Me, services: Services, reply: Reply) -> None:
    asked = deciding.spending_to_decide(services, me, *_seen(action.get("value")), in_part=True)
    reply.show(part_form(asked, me, f"{approving.as_seen(asked.spending)} {_place(body)}"))


def open_refusal(action: Json, body: Json, me: Me, services: Services, reply: Reply) -> None:
    asked = deciding.spending_to_decide(services, me, *_seen(action.get("value")))
    reply.show(refuse_form(asked, me, f"{approving.as_seen(asked.spending)} {_place(body)}"))


def agree_in_part(view: Json, me: Me, services: Services, reply: Reply) -> None:
    _decide(view, Decision.PARTLY, me, services, reply)


def refuse(view: Json, me: Me, services: Services, reply: Reply) -> None:
    _decide(view, Decision.REFUSE, me, services, reply)


def _decide(view: Json, decision: Decision, me: Me, services: Services, reply: Reply) -> None:
    (amount, reason), (spending_id, cents) = typed_decision(view), _seen(_noted(view))
    deciding.decide_spending(services, me, spending_id, decision, amount, reason, cents)
    _beneath(view, me, services, reply)
    reply.done()


def show_office(me: Me, services: Services, reply: Reply) -> None:
    reply.show(overview.overview_window(showing.office_in(services, me), me))


def show_month(action: Json, me: Me, services: Services, reply: Reply) -> None:
    month = str((action.get("selected_option") or {}).get("value") or "")
    reply.renew(overview.overview_window(showing.office_in(services, me, month), me))


def close_month(action: Json, body: Json, me: Me, services: Services, reply: Reply) -> None:
    closing.close_month(services, me, str(action.get("value") or ""))
    _stay(body, me, services, reply)


def pay_back(action: Json, body: Json, me: Me, services: Services, reply: Reply) -> None:
    shown = dict(_seen(one) for one in str(action.get("value") or "").split(","))
    repaying.mark_paid_back(services, me, list(shown), shown)
    _stay(body, me, services, reply)


def take_payment_back(action: Json, body: Json, me: Me, services: Services, reply: Reply) -> None:
    shown = dict(_seen(one) for one in str(action.get("value") or "").split(","))
    repaying.mark_not_paid_back(services, me, list(shown), shown)
    _stay(body, me, services, reply)


def show_own_month(action: Json, body: Json, me: Me, services: Services, reply: Reply) -> None:
    month = str((action.get("selected_option") or {}).get("value") or action.get("value") or "")
    seen = own_month.see_month(services, me, month)
    mine = actions.balance(services, me, int(_place(body).partition(" ")[2] or 0))
    reply.renew(window.balance_window(replace(mine, month=seen), me))


def send_file(action: Json, me: Me, services: Services, reply: Reply) -> None:
    export.queue_file(services, me, str(action.get("value") or ""))
    text = me.say("The file is on its way: in a moment it is in your messages with me.")
    reply.tell(Message(text, [line(text)]), me.say("The office's budget"), me.say("Close"))


def open_caps(body: Json, me: Me, services: Services, reply: Reply) -> None:
    must_be_manager(me)
    today = services.clock.today(me.office.zone).isoformat()
    reply.show(overview.caps_form(me, today, f"0 {_place(body)}", own_caps.own_caps(services, me)))


def set_caps(view: Json, me: Me, services: Services, reply: Reply) -> None:
    closing.set_person_cap(services, me, *overview.typed_caps(view))
    _beneath(view, me, services, reply)
    reply.done()


def _number(value: object) -> int:
    """The expense's number that a button or a form carries. Raises BotError when it carries none."""
    return number_in(value, BotError("This expense is not there any more."))


def _seen(value: object) -> tuple[int, int]:
    """The expense's number, and the cents that stood beside the button; no amount is 0 cents, so that is refused."""
    number, _, cents = str(value or "").partition(":")
    return _number(number), number_in(cents or "0", BotError("This expense is not there any more."))


def _place(body: Json) -> str:
    """The window that was clicked in, by its own note; empty for a message or Home."""
    view = body.get("view") or {}
    return str(view.get("private_metadata") or "") if view.get("type") == "modal" else ""


def _noted(view: Json) -> str:
    """The number at the beginning of a form's note, as it stands there."""
    return str(view.get("private_metadata") or "").partition(" ")[0]


def _window_of(place: str, me: Me, services: Services) -> Json | None:
    """The window that a note names, as it is now."""
    name, _, which = place.partition(" ")
    if name == window.MINE:
        return window.balance_window(actions.balance(services, me, int(which or 0)), me)
    if name == overview.OFFICE:
        return overview.overview_window(showing.office_in(services, me, which), me)
    return None


def _beneath(view: Json, me: Me, services: Services, reply: Reply) -> None:
    """Draw the window anew from which the form was opened, if it was."""
    place = str(view.get("private_metadata") or "").partition(" ")[2]
    if shown := _window_of(place, me, services):
        reply.beneath(shown)


def _stay(body: Json, me: Me, services: Services, reply: Reply) -> None:
    """What happened can be seen in the message; in a window only when that is drawn anew."""
    if shown := _window_of(_place(body), me, services):
        reply.renew(shown)
    else:
        reply.done()


def _answer(message: Message, body: Json, me: Me, services: Services, reply: Reply) -> None:
    """In the list that was clicked in, in the window with an answer, or in place of the private line."""
    if shown := _window_of(_place(body), me, services):
        reply.renew(shown)
    elif (body.get("view") or {}).get("type") == "modal":
        reply.renew(_as_window(message, me))
    else:
        reply.tell(message, me.say("My budget"), me.say("Close"), instead=True)


def _as_window(message: Message, me: Me) -> Json:
    return modal(me.say("My budget"), message.blocks, close=me.say("Close"))


def _today(me: Me, services: Services) -> str:
    return services.clock.today(me.zone).isoformat()


def register(app: App, commands: dict[str, str]) -> None:
    app.command(commands["budget"])(spend_by_command)
    app.action(screens.BALANCE)(show_budget)
    app.action(re.compile(re.escape(window.PAGE) + r"\.(back|on)"))(turn_page)
    app.action(screens.ADD)(open_form)
    app.view(screens.ADD)(spend_by_form)
    app.action(screens.CHANGE)(open_change)
    app.view(screens.CHANGE)(change_by_form)
    app.action(screens.UNDO)(undo)
    app.action(screens.HURRY)(hurry)
    app.action(screens.SPENT)(spent_now)
    app.action(screens.AGAIN)(spend_again)
    app.action(approving.AGREE)(agree)
    app.action(approving.PART)(open_part)
    app.view(approving.PART)(agree_in_part)
    app.action(approving.REFUSE)(open_refusal)
    app.view(approving.REFUSE)(refuse)
    app.action(approving.OVERVIEW)(show_office)
    app.action(overview.MONTH)(show_month)
    app.action(overview.CLOSE)(close_month)
    app.action(overview.PAID_BACK)(pay_back)
    app.action(repaying.NOT_PAID_BACK)(take_payment_back)
    app.action(own_month.MONTH)(show_own_month)
    app.action(overview.FILE)(send_file)
    app.action(overview.CAPS)(open_caps)
    app.view(overview.CAPS)(set_caps)
