"""What people do with the week's digest and with stories to tell aloud, in Slack."""

from typing import Any

from slack_bolt import App

from bot.features.digest import actions, aloud, form, screens
from bot.kernel.errors import BotError
from bot.kernel.office import Me
from bot.services import Services
from bot.slack.forms import number_in
from bot.slack.reply import Reply

Json = dict[str, Any]


def open_digest(typed: str, me: Me, services: Services, reply: Reply) -> None:  # noqa: ARG001 - as for each word
    """`/fanclub digest`. Raises BotError for who is no manager."""
    open_by_button(me, services, reply)


def open_by_button(me: Me, services: Services, reply: Reply) -> None:
    reply.show(form.digest_window(actions.see_digest(services, me), me))


def save(view: Json, me: Me, services: Services, reply: Reply) -> None:
    preview = actions.reword(services, me, view.get("private_metadata"), form.typed_words(view))
    reply.window(form.digest_window(preview, me))


def skip(action: Json, me: Me, services: Services, reply: Reply) -> None:
    _skip(action, me, services, reply, is_skipped=True)


def unskip(action: Json, me: Me, services: Services, reply: Reply) -> None:
    _skip(action, me, services, reply, is_skipped=False)


def _skip(action: Json, me: Me, services: Services, reply: Reply, *, is_skipped: bool) -> None:
    preview = actions.skip(services, me, action.get("value"), is_skipped=is_skipped)
    reply.renew(form.digest_window(preview, me))


def story_aloud(typed: str, me: Me, services: Services, reply: Reply) -> None:  # noqa: ARG001 - as for each word
    """`/fanclub story` without words: one to tell aloud."""
    found = aloud.suggest_story(services, me)
    reply.privately(aloud.suggested_message(found, me) if found else aloud.none_message(me))


def another(action: Json, me: Me, services: Services, reply: Reply) -> None:
    found = aloud.suggest_story(services, me, min(_number(action), aloud.MOST_SKIPPED))
    reply.instead(aloud.suggested_message(found, me) if found else aloud.none_message(me))


def tell(action: Json, me: Me, services: Services, reply: Reply) -> None:
    reply.instead(aloud.taken_message(aloud.tell_story(services, me, _number(action)), me))


def not_now(action: Json, me: Me, services: Services, reply: Reply) -> None:
    aloud.put_back(services, me, _number(action))
    found = aloud.suggest_story(services, me)
    reply.instead(aloud.suggested_message(found, me) if found else aloud.none_message(me))


def _number(action: Json) -> int:
    """The number that a button carries. Raises BotError when it carries none."""
    return number_in(action.get("value"), BotError("This story is not there any more."))


def register(app: App) -> None:
    app.action(screens.OPEN)(open_by_button)
    app.view(form.SAVE)(save)
    app.action(form.SKIP)(skip)
    app.action(form.UNSKIP)(unskip)
    app.action(aloud.TELL)(tell)
    app.action(aloud.ANOTHER)(another)
    app.action(aloud.NOT_NOW)(not_now)
