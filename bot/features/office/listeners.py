"""What managers do with the office's settings, and what happens to people in the Slack workspace."""

from datetime import date
from typing import Any

from slack_bolt import App, BoltContext

from bot.features.office import actions, rules, screens
from bot.features.office.form import calendar_form, form_of, typed_calendar, typed_form
from bot.features.office.rules import SET_UP, Step
from bot.features.office.screens import SETTING_UP
from bot.kernel.calendar import in_force
from bot.kernel.errors import BotError, FormError
from bot.kernel.office import Me
from bot.kernel.roles import must_manage
from bot.services import Services
from bot.slack.channels import Membership, join, memberships
from bot.slack.forms import filled_in
from bot.slack.profiles import profile_of
from bot.slack.reply import Reply

Json = dict[str, Any]


def open_office(_typed: str, me: Me, _services: Services, reply: Reply) -> None:
    """`/fanclub office`: all settings. Raises BotError for who may not change them."""
    must_manage(me)
    reply.show(screens.overview(me))


def open_by_button(body: Json, me: Me, reply: Reply) -> None:
    must_manage(me)
    if body.get("view", {}).get("type") == "modal":
        reply.renew(screens.overview(me))  # windows stack three deep, and the settings need all of them
    else:
        reply.show(screens.overview(me))


def begin(body: Json, me: Me, services: Services, reply: Reply) -> None:
    """The first of the five steps; reopened, they show what was saved."""
    must_manage(me)
    first = form_of(SET_UP[0], me, _today(me, services), SETTING_UP)
    if body.get("view", {}).get("type") == "modal":
        reply.renew(first)
    else:
        reply.show(first)


def open_form(action: Json, me: Me, services: Services, reply: Reply) -> None:
    must_manage(me)
    reply.show(form_of(Step(action["action_id"]), me, _today(me, services)))


def show_history(me: Me, services: Services, reply: Reply) -> None:
    reply.show(screens.history_window(actions.last_changes(services, me), me))


def preview(body: Json, me: Me, services: Services, reply: Reply) -> None:
    """The calendar as it would become; nothing is saved, and nothing that was typed is lost."""
    must_manage(me)
    today, view = _today(me, services), body["view"]
    now, wrong = in_force(me.office.calendar, today), None
    try:
        now = rules.read_calendar(typed_calendar(filled_in(view)), now, today)
    except FormError as error:
        wrong = error
    reply.renew(calendar_form(me, now, today, _note(view), wrong))


def save(view: Json, me: Me, services: Services, reply: Reply) -> None:
    """A form of settings was sent, by itself or as one of the five steps."""
    step, note = Step(view["callback_id"]), _note(view)
    is_last_step = bool(note) and step == SET_UP[-1]
    fresh = actions.change_settings(services, me, typed_form(step, view), is_last_step=is_last_step)
    if step is Step.CHANNELS or (step is Step.WEEK and fresh.office.weekly.channel):
        reply.window(_channels_checked(fresh, reply, note))
    elif note:
        reply.window(_next(step, fresh, services))
    elif step is Step.CALENDAR:
        today = _today(fresh, services)
        reply.window(screens.calendar_window(in_force(fresh.office.calendar, today), today, fresh.say))
    else:
        reply.done()
    if not note:
        reply.beneath(screens.overview(fresh))


def go_on(me: Me, services: Services, reply: Reply) -> None:
    """On from the check of the channels."""
    must_manage(me)
    reply.window(_next(Step.CHANNELS, me, services))


def join_channel(action: Json, body: Json, me: Me, reply: Reply) -> None:
    must_manage(me)
    channel = str(action.get("value"))
    if not screens.is_channel_of(me.office, channel):
        raise BotError("Another channel was chosen meanwhile.")
    is_in = join(reply.slack, channel)
    reply.renew(_channels_checked(me, reply, _note(body["view"]), "" if is_in else channel))


def _channels_checked(me: Me, reply: Reply, note: str, refused: str = "") -> Json:
    """The window that says where the bot can post; who `refused` to let it in has to invite it."""
    found = dict(memberships(reply.slack, rules.channels_of(me.office).values()))
    if refused:
        found[refused] = Membership.HIDDEN
    return screens.channels_window(found, me, note)


def _next(step: Step, me: Me, services: Services) -> Json:
    after = rules.step_after(step)
    return form_of(after, me, _today(me, services), SETTING_UP) if after else screens.done_window(me)


def _today(me: Me, services: Services) -> date:
    return services.clock.today(me.office.zone)


def _note(view: Json) -> str:
    return SETTING_UP if view.get("private_metadata") == SETTING_UP else ""


def profile_changed(event: dict[str, Any], context: BoltContext, services: Services, reply: Reply) -> None:
    team_id = context.team_id or ""
    actions.remember_profile(services, team_id, profile_of(event["user"], team_id))
    reply.done()


def register(app: App) -> None:
    app.action(screens.OPEN)(open_by_button)
    app.action(screens.BEGIN)(begin)
    app.action(screens.HISTORY)(show_history)
    app.action(screens.PREVIEW)(preview)
    app.action(screens.JOIN)(join_channel)
    app.view(screens.GO_ON)(go_on)
    for step in Step:
        app.action(step.value)(open_form)
        app.view(step.value)(save)
    app.event("team_join")(profile_changed)
    app.event("user_change")(profile_changed)
