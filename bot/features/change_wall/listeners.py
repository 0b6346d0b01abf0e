"""What people do with the wall of change in Slack."""

from typing import Any

from slack_bolt import App

from bot.features.change_wall import actions, managing, screens
from bot.features.change_wall.actions import Suggested
from bot.features.change_wall.form import (
    answer_form,
    chosen_root,
    idea_form,
    merge_choices,
    merge_form,
    named_form,
    note_of,
    typed_answer,
    typed_idea,
)
from bot.features.change_wall.wall import View, view_in, wall_window
from bot.kernel.errors import BotError
from bot.kernel.office import Me
from bot.kernel.roles import must_belong
from bot.services import Services
from bot.slack.blocks import Message, line, modal
from bot.slack.forms import number_in
from bot.slack.reply import Reply
from bot.slack.text import is_help, plain
from storage.idea_wall import Which

BENEATH = "beneath"  # in the note of a window: what follows is the view of the one beneath it

Json = dict[str, Any]


def suggest_by_command(command: Json, me: Me, services: Services, reply: Reply) -> None:
    """`/idee [suggestion]`."""
    open_wall(plain(command.get("text") or ""), me, services, reply)


def open_wall(typed: str, me: Me, services: Services, reply: Reply) -> None:
    """`/idee [suggestion]`, and `/fanclub idea [suggestion]`: without words the wall opens."""
    if is_help(typed):
        reply.privately(screens.help_message(me))
    elif not typed:
        reply.show(_wall(View(), me, services))
    else:
        reply.privately(_answer_to(actions.suggest_in_one_go(services, me, typed), me, services))


def wall_by_button(action: Json, me: Me, services: Services, reply: Reply) -> None:
    reply.show(_wall(view_in(str(action.get("value", ""))), me, services))


def turn_wall(action: Json, me: Me, services: Services, reply: Reply) -> None:
    """Another choice in the window, or another page."""
    chosen = (action.get("selected_option") or {}).get("value") or action.get("value")
    reply.renew(_wall(view_in(str(chosen)), me, services))


def open_form(me: Me, reply: Reply) -> None:
    must_belong(me)
    reply.show(idea_form(me))


def suggest_by_form(view: Json, me: Me, services: Services, reply: Reply) -> None:
    if _asks_about_name(view, me, services, reply):
        return
    suggested = actions.suggest(services, me, typed_idea(view))
    reply.window(_as_window(_answer_to(suggested, me, services), me))


def open_change(action: Json, me: Me, services: Services, reply: Reply) -> None:
    reply.show(idea_form(me, actions.idea_to_change(services, me, _number(action.get("value")))))


def change_by_form(view: Json, me: Me, services: Services, reply: Reply) -> None:
    if _asks_about_name(view, me, services, reply):
        return
    actions.change_idea(services, me, _number(note_of(view)[0]), typed_idea(view))
    reply.done()


def _asks_about_name(view: Json, me: Me, services: Services, reply: Reply) -> bool:
    """Whether the form comes back, this once, for an anonymous idea in which a colleague is named."""
    (number, was_asked), typed = note_of(view), typed_idea(view)
    named = [] if was_asked else actions.fields_naming(services, me, typed)
    if named:
        reply.window(named_form(me, typed, named, number))
    return bool(named)


def undo(action: Json, body: Json, me: Me, services: Services, reply: Reply) -> None:
    idea = actions.withdraw_idea(services, me, _number(action.get("value")))
    _decided(screens.gone_message(idea, me.say), body, me, services, reply)


def withdraw(action: Json, body: Json, me: Me, services: Services, reply: Reply) -> None:
    actions.withdraw_idea(services, me, _number(action.get("value")))
    _stay(body, me, services, reply)


def vote(action: Json, body: Json, me: Me, services: Services, reply: Reply) -> None:
    is_given = actions.vote(services, me, _number(action.get("value")))
    if is_given is None or _is_window(body):
        _stay(body, me, services, reply)
    else:
        reply.privately(screens.voted_message(me.say, is_given=is_given))


def support_instead(action: Json, body: Json, me: Me, services: Services, reply: Reply) -> None:
    undecided, _, chosen = str(action.get("value", "")).partition(" ")
    idea = actions.support_instead(services, me, _number(undecided), _number(chosen))
    _decided(screens.supported_message(screens.title_of(idea, me.say), me.say), body, me, services, reply)


def post_anyway(action: Json, body: Json, me: Me, services: Services, reply: Reply) -> None:
    suggested = actions.post_anyway(services, me, _number(action.get("value")))
    _decided(_answer_to(suggested, me, services), body, me, services, reply)


def open_alike(action: Json, body: Json, me: Me, services: Services, reply: Reply) -> None:
    """One's own idea that isn't posted yet, with what looks like it: to decide after all."""
    suggested = actions.undecided(services, me, _number(action.get("value")))
    today = services.clock.today(me.office.zone)
    message = screens.alike_message(suggested.idea, suggested.alike, today, me.say)
    reply.show(_as_window(message, me, f"{BENEATH} {_view_of(body) or View(Which.MINE)}"))


def open_answer(action: Json, body: Json, me: Me, services: Services, reply: Reply) -> None:
    shown = managing.idea_to_answer(services, me, _number(action.get("value")))
    reply.show(answer_form(shown, me, _note(shown.idea.id, body)))


def answer_by_form(view: Json, me: Me, services: Services, reply: Reply) -> None:
    number, _, behind = str(view.get("private_metadata", "")).partition(" ")
    managing.answer_idea(services, me, _number(number), typed_answer(view))
    _back_to(behind, me, services, reply)
    reply.done()


def open_merge(action: Json, body: Json, me: Me, services: Services, reply: Reply) -> None:
    idea = managing.idea_to_merge(services, me, _number(action.get("value")))
    reply.show(merge_form(idea, me, _note(idea.id, body)))


def offer_roots(body: Json, me: Me, services: Services, reply: Reply) -> None:
    """What there is to choose in that form, for what was typed so far."""
    number, _, _ = str((body.get("view") or {}).get("private_metadata") or "").partition(" ")
    try:
        others = managing.ideas_to_merge_with(services, me, _number(number), str(body.get("value") or ""))
    except BotError:  # a list has no place for words; the form says it when it is sent
        others = []
    reply.offer(merge_choices(others, me.say))


def merge_by_form(view: Json, me: Me, services: Services, reply: Reply) -> None:
    number, _, behind = str(view.get("private_metadata", "")).partition(" ")
    child, root = managing.merge_ideas(services, me, _number(number), _number(chosen_root(view)))
    _back_to(behind, me, services, reply)
    reply.window(_as_window(screens.merged_message(child, root, me), me))


def undo_merge(action: Json, body: Json, me: Me, services: Services, reply: Reply) -> None:
    child = managing.undo_merge(services, me, _number(action.get("value")))
    if _view_of(body) is None and _is_window(body):
        text = me.say("Undone: {title} stands alone again.", title=screens.title_of(child, me.say))
        reply.renew(_as_window(Message(text, [line(text)]), me))
    else:
        _stay(body, me, services, reply)


def _answer_to(suggested: Suggested, me: Me, services: Services) -> Message:
    if suggested.alike:
        today = services.clock.today(me.office.zone)
        return screens.alike_message(suggested.idea, suggested.alike, today, me.say)
    return screens.suggested_message(suggested.idea.id or 0, suggested.remarks, me)


def _wall(view: View, me: Me, services: Services) -> Json:
    return wall_window(actions.page_of(services, me, view), services.clock.today(me.office.zone), me)


def _stay(body: Json, me: Me, services: Services, reply: Reply) -> None:
    """What happened can be seen in the post; in the window with all ideas only when that is drawn anew."""
    view = _view_of(body)
    if view is None:
        reply.done()
    else:
        reply.renew(_wall(view, me, services))


def _decided(message: Message, body: Json, me: Me, services: Services, reply: Reply) -> None:
    """In place of the private line, or the window, whose button was clicked; all ideas are drawn anew."""
    if view := _view_of(body):
        reply.renew(_wall(view, me, services))
    elif _is_window(body):
        mark, _, behind = str(body["view"].get("private_metadata") or "").partition(" ")
        _back_to(behind if mark == BENEATH else "", me, services, reply)
        reply.renew(_as_window(message, me))
    else:
        reply.instead(message)


def _as_window(message: Message, me: Me, note: str = "") -> Json:
    return modal(me.say("Wall of change"), message.blocks, close=me.say("Close"), note=note)


def _is_window(body: Json) -> bool:
    return (body.get("view") or {}).get("type") == "modal"


def _view_of(body: Json) -> View | None:
    """What the window with all ideas showed, if the click came from there."""
    note = str((body.get("view") or {}).get("private_metadata") or "")
    return view_in(note) if _is_window(body) and len(note.split()) == 3 else None


def _note(idea_id: int | None, body: Json) -> str:
    """What a form carries: the idea's number, and what the window beneath it showed."""
    view = _view_of(body)
    return f"{idea_id}" if view is None else f"{idea_id} {view}"


def _back_to(behind: str, me: Me, services: Services, reply: Reply) -> None:
    if behind:
        reply.beneath(_wall(view_in(behind), me, services))


def _number(value: object) -> int:
    """The idea's number that a button carries. Raises BotError when it carries none."""
    return number_in(value, BotError("This idea is not there any more."))


def register(app: App, commands: dict[str, str]) -> None:
    app.command(commands["idee"])(suggest_by_command)
    for wall in (screens.WALL, *(f"{screens.WALL}.{which}" for which in Which)):
        app.action(wall)(wall_by_button)
    for turn in (screens.SHOW, f"{screens.SHOW}.order", screens.PAGE, f"{screens.PAGE}.back"):
        app.action(turn)(turn_wall)
    app.action(screens.SUGGEST)(open_form)
    app.view(screens.SUGGEST)(suggest_by_form)
    app.action(screens.CHANGE)(open_change)
    app.view(screens.CHANGE)(change_by_form)
    app.action(screens.WITHDRAW)(withdraw)
    app.action(screens.UNDO)(undo)
    app.action(screens.DISCARD)(undo)
    app.action(screens.VOTE)(vote)
    app.action(screens.INSTEAD)(support_instead)
    app.action(screens.ANYWAY)(post_anyway)
    app.action(screens.DECIDE)(open_alike)
    app.action(screens.ANSWER)(open_answer)
    app.view(screens.ANSWER)(answer_by_form)
    app.action(screens.MERGE)(open_merge)
    app.options(screens.INTO)(offer_roots)
    app.view(screens.MERGE)(merge_by_form)
    app.action(screens.UNMERGE)(undo_merge)
