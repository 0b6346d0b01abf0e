"""What people answer to a reminder in Slack."""

from datetime import date
from typing import Any

from slack_bolt import App

from bot.features.habit import actions, screens
from bot.features.habit.rules import Snooze
from bot.kernel.errors import BotError
from bot.kernel.office import Me
from bot.services import Services
from bot.slack.reply import Reply

Json = dict[str, Any]


def snooze(action: Json, me: Me, services: Services, reply: Reply) -> None:
    day, _, choice = str((action.get("selected_option") or {}).get("value", "")).partition(" ")
    if choice not in list(Snooze):
        raise NO_REMINDER
    actions.snooze_reminder(services, me, day_in(day), Snooze(choice))
    reply.done()


def skip(action: Json, me: Me, services: Services, reply: Reply) -> None:
    actions.skip_reminder(services, me, day_in(action.get("value")))
    reply.done()


def take_day_off(action: Json, me: Me, services: Services, reply: Reply) -> None:
    actions.take_day_off(services, me, day_in(action.get("value")))
    reply.done()


def answer_calmer(action: Json, me: Me, services: Services, reply: Reply) -> None:
    is_weekly = action["action_id"] == screens.CALMER
    actions.answer_calmer(services, me, day_in(action.get("value")), is_weekly)
    reply.done()


def day_in(value: object) -> date:
    """The day that a button carries. Raises BotError when it carries none."""
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise NO_REMINDER from None


NO_REMINDER = BotError("This reminder is not there any more.")


def register(app: App) -> None:
    app.action(screens.SNOOZE)(snooze)
    app.action(screens.SKIP)(skip)
    app.action(screens.FREE)(take_day_off)
    app.action(screens.CALMER)(answer_calmer)
    app.action(screens.KEEP)(answer_calmer)
