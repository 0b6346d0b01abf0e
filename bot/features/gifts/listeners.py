"""What people do with the gift cupboard in Slack."""

import re
from typing import Any

from slack_bolt import App

from bot.features.gifts import actions, booking, managing, rules, screens, window
from bot.features.gifts.form import (
    company_form,
    count_form,
    cupboard_form,
    gift_form,
    refill_form,
    typed_company,
    typed_count,
    typed_cupboard,
    typed_gift,
)
from bot.features.gifts.window import page_in
from bot.kernel.errors import BotError
from bot.kernel.office import Me
from bot.kernel.roles import must_be_manager
from bot.services import Services
from bot.slack.forms import number_in
from bot.slack.reply import Reply
from bot.slack.text import is_help

Json = dict[str, Any]


def open_cupboards(typed: str, me: Me, services: Services, reply: Reply) -> None:
    """`/fanclub cupboard`."""
    if is_help(typed):
        reply.privately(screens.help_message(me))
    else:
        see_by_button(me, services, reply)


def see_by_button(me: Me, services: Services, reply: Reply) -> None:
    reply.show(_window(me, services))


def turn_page(action: Json, me: Me, services: Services, reply: Reply) -> None:
    reply.renew(_window(me, services, page_in(str(action.get("value") or ""))))


def ask_for_whom(action: Json, body: Json, me: Me, services: Services, reply: Reply) -> None:
    cupboard, gift = actions.gift_to_take(services, me, _number(action.get("value")))
    reply.show(screens.take_window(cupboard, gift, me, _page(body)))


def take(action: Json, body: Json, me: Me, services: Services, reply: Reply) -> None:
    """In the window with the question for whom, or in the list of what a manager agreed with."""
    for_colleague, value = action["action_id"] == screens.FOR_COLLEAGUE, str(action.get("value") or "")
    page = _page(body)
    try:
        took = actions.take_gift(services, me, _number(value), for_colleague=for_colleague)
    except rules.TooDearError as error:
        shown = screens.too_dear_window(me.say.error(error), value, me, page, for_colleague=for_colleague)
    else:
        asks_company = rules.is_for_customer(took.spending)
        shown = screens.taken_window(took.gift, took.move_id, took.room, me, page, asks_company=asks_company)
    _instead(shown, page, body, me, services, reply)


def ask_manager(action: Json, body: Json, me: Me, services: Services, reply: Reply) -> None:
    asked, number = action["action_id"], _number(action.get("value"))
    for_colleague, is_urgent = asked == screens.ASK_FOR_COLLEAGUE, asked == screens.ASK_NOW
    gift = booking.ask_for_gift(services, me, number, for_colleague=for_colleague, is_urgent=is_urgent)
    _instead(screens.asked_window(gift, me), _page(body), body, me, services, reply)


def withdraw(action: Json, body: Json, me: Me, services: Services, reply: Reply) -> None:
    booking.withdraw_ask(services, me, _number(action.get("value")))
    reply.renew(_window(me, services, _page(body)))


def open_company(action: Json, body: Json, me: Me, services: Services, reply: Reply) -> None:
    number = _number(action.get("value"))
    gift, booked = booking.gift_for_company(services, me, number)
    reply.show(company_form(gift, number, booked.company, me, _page(body)))


def name_company(view: Json, me: Me, services: Services, reply: Reply) -> None:
    number, page = _noted(view)
    booking.name_company(services, me, number, typed_company(view))
    _back(page, me, services, reply)


def put_back(action: Json, body: Json, me: Me, services: Services, reply: Reply) -> None:
    """In the list of what one took."""
    actions.put_back(services, me, _number(action.get("value")))
    reply.renew(_window(me, services, _page(body)))


def undo(action: Json, body: Json, me: Me, services: Services, reply: Reply) -> None:
    """In the window that follows taking."""
    gift = actions.put_back(services, me, _number(action.get("value")))
    _instead(screens.back_window(gift, me), _page(body), body, me, services, reply)


def dismiss(action: Json, me: Me, services: Services, reply: Reply) -> None:
    actions.dismiss_alert(services, me, str(action.get("value") or ""))
    reply.done()


def open_refill(action: Json, body: Json, me: Me, services: Services, reply: Reply) -> None:
    reply.show(refill_form(managing.gift_to_keep(services, me, _number(action.get("value"))), me, _page(body)))


def open_count(action: Json, body: Json, me: Me, services: Services, reply: Reply) -> None:
    reply.show(count_form(managing.gift_to_keep(services, me, _number(action.get("value"))), me, _page(body)))


def refill_by_form(view: Json, me: Me, services: Services, reply: Reply) -> None:
    number, page = _noted(view)
    managing.refill(services, me, number, typed_count(view))
    _back(page, me, services, reply)


def count_by_form(view: Json, me: Me, services: Services, reply: Reply) -> None:
    number, page = _noted(view)
    managing.count(services, me, number, typed_count(view))
    _back(page, me, services, reply)


def open_new_cupboard(body: Json, me: Me, reply: Reply) -> None:
    must_be_manager(me)
    reply.show(cupboard_form(me, page=_page(body)))


def open_cupboard(action: Json, body: Json, me: Me, services: Services, reply: Reply) -> None:
    cupboard, keeper = managing.cupboard_to_change(services, me, _number(action.get("value")))
    reply.show(cupboard_form(me, cupboard, keeper.slack_id if keeper else "", _page(body)))


def add_cupboard(view: Json, me: Me, services: Services, reply: Reply) -> None:
    name, keeper, _ = typed_cupboard(view)
    managing.keep_cupboard(services, me, name, keeper)
    _back(_noted(view)[1], me, services, reply)


def change_cupboard(view: Json, me: Me, services: Services, reply: Reply) -> None:
    (number, page), (name, keeper, is_open) = _noted(view), typed_cupboard(view)
    managing.keep_cupboard(services, me, name, keeper, number, is_open=is_open)
    _back(page, me, services, reply)


def open_new_gift(action: Json, body: Json, me: Me, services: Services, reply: Reply) -> None:
    cupboard, _ = managing.cupboard_to_change(services, me, _number(action.get("value")))
    reply.show(gift_form(me, cupboard.id or 0, page=_page(body)))


def open_gift(action: Json, body: Json, me: Me, services: Services, reply: Reply) -> None:
    gift = managing.gift_to_change(services, me, _number(action.get("value")))
    reply.show(gift_form(me, gift.cupboard_id, gift, _page(body)))


def add_gift(view: Json, me: Me, services: Services, reply: Reply) -> None:
    number, page = _noted(view)
    managing.add_gift(services, me, number, typed_gift(view))
    _back(page, me, services, reply)


def change_gift(view: Json, me: Me, services: Services, reply: Reply) -> None:
    number, page = _noted(view)
    managing.change_gift(services, me, number, typed_gift(view))
    _back(page, me, services, reply)


def _window(me: Me, services: Services, page: int = 0) -> Json:
    return window.cupboards_window(actions.see_cupboards(services, me), me, page)


def _back(page: int, me: Me, services: Services, reply: Reply) -> None:
    """The form is done, and the window beneath it shows what became of it."""
    reply.beneath(_window(me, services, page))
    reply.done()


def _instead(shown: Json, page: int, body: Json, me: Me, services: Services, reply: Reply) -> None:
    """In place of the window with the question, or over the list in which was clicked; the list follows."""
    listed = _window(me, services, page)
    if (body.get("view") or {}).get("callback_id") == window.WINDOW:
        reply.open(shown)
        reply.renew(listed)
    else:
        reply.renew(shown)
        reply.beneath(listed)


def _page(body: Json) -> int:
    """What the window with the cupboards shows: this one, or the one beneath it."""
    note = str((body.get("view") or {}).get("private_metadata") or "")
    return page_in(note.rpartition(":")[2])


def _noted(view: Json) -> tuple[int, int]:
    """What a form carries: a number, and the page of the window beneath it."""
    number, _, page = str(view.get("private_metadata") or "").partition(":")
    return _number(number), page_in(page)


def _number(value: object) -> int:
    """The number that a button or a form carries. Raises BotError when it carries none."""
    return number_in(value, BotError("This gift is not in the cupboard any more."))


def register(app: App) -> None:
    app.action(screens.SEE)(see_by_button)
    app.action(re.compile(re.escape(window.PAGE) + r"\.(back|on)"))(turn_page)
    app.action(screens.TAKE)(ask_for_whom)
    app.action(screens.FOR_CUSTOMER)(take)
    app.action(screens.FOR_COLLEAGUE)(take)
    app.action(screens.ASK_FOR_CUSTOMER)(ask_manager)
    app.action(screens.ASK_FOR_COLLEAGUE)(ask_manager)
    app.action(screens.ASK_NOW)(ask_manager)
    app.action(screens.WITHDRAW)(withdraw)
    app.action(screens.COMPANY)(open_company)
    app.view(screens.COMPANY)(name_company)
    app.action(screens.PUT_BACK)(put_back)
    app.action(screens.UNDO)(undo)
    app.action(screens.DISMISS)(dismiss)
    app.action(screens.REFILL)(open_refill)
    app.view(screens.REFILL)(refill_by_form)
    app.action(screens.COUNT)(open_count)
    app.view(screens.COUNT)(count_by_form)
    app.action(screens.ADD_CUPBOARD)(open_new_cupboard)
    app.view(screens.ADD_CUPBOARD)(add_cupboard)
    app.action(screens.CHANGE_CUPBOARD)(open_cupboard)
    app.view(screens.CHANGE_CUPBOARD)(change_cupboard)
    app.action(screens.ADD)(open_new_gift)
    app.view(screens.ADD)(add_gift)
    app.action(screens.CHANGE)(open_gift)
    app.view(screens.CHANGE)(change_gift)
