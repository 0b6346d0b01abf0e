"""What people do with leaderboards in Slack."""

from typing import Any

from slack_bolt import App

from bot.features.leaderboards import export, posting, screens
from bot.features.leaderboards.actions import see_board
from bot.features.leaderboards.form import as_window, place_form, read_chosen, read_place, typed_place
from bot.features.leaderboards.screens import Chosen
from bot.kernel.office import Me
from bot.kernel.roles import must_be_manager
from bot.services import Services
from bot.slack.blocks import Message
from bot.slack.channels import Membership, join, memberships
from bot.slack.reply import Reply
from bot.slack.text import is_help, plain

Json = dict[str, Any]


def see_by_command(command: Json, me: Me, services: Services, reply: Reply) -> None:
    """`/topfans [period]`."""
    _show(plain(command.get("text") or ""), str(command.get("channel_id") or ""), me, services, reply)


def open_board(typed: str, me: Me, services: Services, reply: Reply) -> None:
    """`/fanclub topfans …`."""
    _show(typed, "", me, services, reply)


def _show(typed: str, channel: str, me: Me, services: Services, reply: Reply) -> None:
    if is_help(typed):
        reply.privately(screens.help_message(me))
        return
    here = channel if channel.startswith(("C", "G")) else ""  # nowhere else can a board be posted
    reply.privately(screens.private_message(see_board(services, me, typed), me, here))


def show_otherwise(action: Json, me: Me, services: Services, reply: Reply) -> None:
    chosen = read_chosen((action.get("selected_option") or {}).get("value"))
    seen = see_board(services, me, chosen.code, chosen.mode)
    reply.instead(screens.private_message(seen, me, chosen.channel))


def post_here(action: Json, me: Me, services: Services, reply: Reply) -> None:
    reply.privately(_posted(read_place(action.get("value")), me, services, reply))


def open_place(action: Json, me: Me, services: Services, reply: Reply) -> None:
    must_be_manager(me)
    chosen = read_chosen(action.get("value"))
    reply.show(place_form(see_board(services, me, chosen.code, chosen.mode), me))


def post_by_form(view: Json, me: Me, services: Services, reply: Reply) -> None:
    must_be_manager(me)
    reply.window(as_window(_posted(typed_place(view), me, services, reply), me))


def join_and_post(action: Json, body: Json, me: Me, services: Services, reply: Reply) -> None:
    must_be_manager(me)
    chosen = read_place(action.get("value"))
    if join(reply.slack, chosen.channel):
        message = _posted(chosen, me, services, reply)
    else:
        message = screens.outside_message(chosen, Membership.HIDDEN, me)
    if (body.get("view") or {}).get("type") == "modal":
        reply.renew(as_window(message, me))
    else:
        reply.instead(message)


def send_file(action: Json, me: Me, services: Services, reply: Reply) -> None:
    chosen = read_chosen(action.get("value"))
    export.queue_file(services, me, chosen.code, chosen.mode)
    reply.privately(screens.coming_message(me))


def _posted(chosen: Chosen, me: Me, services: Services, reply: Reply) -> Message:
    """Post it, unless the bot isn't in that channel; what there is to say then."""
    must_be_manager(me)
    state = memberships(reply.slack, [chosen.channel])[chosen.channel]
    if state in screens.OUTSIDE:
        return screens.outside_message(chosen, state, me)
    is_new = posting.post_board(services, me, chosen.code, chosen.mode, chosen.channel)
    return screens.posted_message(chosen.channel, me, is_new=is_new)


def register(app: App, commands: dict[str, str]) -> None:
    app.command(commands["topfans"])(see_by_command)
    app.action(screens.MODE)(show_otherwise)
    app.action(screens.POST)(post_here)
    app.action(screens.PLACE)(open_place)
    app.view(screens.PLACE)(post_by_form)
    app.action(screens.JOIN)(join_and_post)
    app.action(screens.FILE)(send_file)
