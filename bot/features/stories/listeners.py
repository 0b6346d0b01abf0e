"""What people do with stories in Slack."""

from typing import Any

from slack_bolt import App, BoltContext

from bot.features.stories import actions, bending, screens
from bot.features.stories.form import story_form, typed_story
from bot.kernel.errors import BotError
from bot.kernel.office import Me
from bot.kernel.roles import must_belong
from bot.services import Services
from bot.slack.forms import number_in
from bot.slack.reply import Reply
from bot.slack.text import bare, is_help, plain

Json = dict[str, Any]


def tell_by_command(command: Json, me: Me, services: Services, reply: Reply) -> None:
    tell(plain(command.get("text") or ""), me, services, reply)


def tell(typed: str, me: Me, services: Services, reply: Reply) -> None:
    """`/fan [story]`, and `/fanclub story [story]`."""
    if is_help(typed):
        reply.privately(screens.help_message(me))
    elif not typed:
        open_form(me, services, reply)
    else:
        told = actions.share_story(services, me, typed)
        reply.privately(screens.told_message(told.story_id, told.is_shared, told.remarks, me))


def open_form(me: Me, services: Services, reply: Reply) -> None:
    must_belong(me)
    today, bendable = services.clock.today(me.zone).isoformat(), bending.rules_to_name(services, me)
    reply.show(story_form(me, today, bendable=bendable))


def open_change(action: Json, me: Me, services: Services, reply: Reply) -> None:
    story, helpers = actions.story_to_change(services, me, _number(action.get("value")))
    bendable = bending.rules_to_name(services, me, story.id)
    today = services.clock.today(me.zone).isoformat()
    reply.show(story_form(me, today, story, helpers, bendable))


def tell_by_form(view: Json, me: Me, services: Services, reply: Reply) -> None:
    told = actions.tell_story(services, me, typed_story(view))
    reply.window(screens.saved_window(told.is_shared, told.remarks, me))


def change_by_form(view: Json, me: Me, services: Services, reply: Reply) -> None:
    actions.change_story(services, me, _number(view.get("private_metadata")), typed_story(view))
    reply.done()


def undo(action: Json, me: Me, services: Services, reply: Reply) -> None:
    story = actions.remove_story(services, me, _number(action.get("value")))
    reply.instead(screens.undone_message(story, me.say))


def remove(action: Json, me: Me, services: Services, reply: Reply) -> None:
    actions.remove_story(services, me, _number(action.get("value")))
    reply.done()


def applaud(action: Json, me: Me, services: Services, reply: Reply) -> None:
    actions.applaud(services, me, _number(action.get("value")))
    reply.done()


def draft(event: Json, me: Me, services: Services, reply: Reply) -> None:
    typed = plain(event.get("text") or "")
    if is_help(bare(typed)):
        actions.send_help(services, me)
    else:
        actions.write_draft(services, me, typed)
    reply.done()


def settle_draft(action: Json, me: Me, services: Services, reply: Reply) -> None:
    choice = screens.DraftChoice(action["action_id"])
    actions.settle_draft(services, me, _number(action.get("value")), choice)
    reply.done()


def _number(value: object) -> int:
    """The story's or draft's number that a button carries. Raises BotError when it carries none."""
    return number_in(value, BotError("This story is not there any more."))


def is_written_to_me(event: Json, context: BoltContext) -> bool:
    """Whether a message event is somebody writing to the bot in its direct messages."""
    return event.get("channel_type") == "im" and context.get("me") is not None


def register(app: App, commands: dict[str, str]) -> None:
    app.command(commands["fan"])(tell_by_command)
    app.shortcut(screens.TELL)(open_form)
    app.action(screens.TELL)(open_form)
    app.action(screens.CHANGE)(open_change)
    app.action(screens.UNDO)(undo)
    app.action(screens.REMOVE)(remove)
    app.action(screens.APPLAUD)(applaud)
    app.view(screens.TELL)(tell_by_form)
    app.view(screens.CHANGE)(change_by_form)
    app.event("message", matchers=[is_written_to_me])(draft)
    for choice in screens.DraftChoice:
        app.action(choice.value)(settle_draft)
