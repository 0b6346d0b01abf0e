"""What somebody does about their own data: getting it in a file, and having it erased."""

import json
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

import structlog
from slack_bolt import App
from slack_sdk.models.blocks import CheckboxesElement
from sqlmodel import Session

from bot.features.budgets.forgetting import what_is_owed
from bot.i18n.translate import later
from bot.kernel.errors import BotError, FormError
from bot.kernel.office import Me, Say
from bot.services import Services
from bot.slack.blocks import Json, Message, button, buttons, divider, field_of, line, modal, option
from bot.slack.forms import as_list, filled_in
from bot.slack.reply import Reply
from bot.wiring import personal
from storage.database import InWorkspace
from storage.outbox import Post
from storage.people import person_by_slack_id

log = structlog.get_logger()

SEE, ERASE = "personal.see", "personal.erase"
FILE = "data:"  # the beginning of the key of a file with somebody's data
COMING = later("I'm putting all that I keep about you in a file. In a moment it is in your messages with me.")


def see_by_word(_typed: str, me: Me, services: Services, reply: Reply) -> None:
    """`/fanclub my data`."""
    see_by_button(me, services, reply)


def see_by_button(me: Me, services: Services, reply: Reply) -> None:
    queue_file(services, me)
    text = me.say(COMING)
    reply.tell(Message(text, [line(text)]), me.say("My data"), me.say("Close"))


def erase_by_word(_typed: str, me: Me, services: Services, reply: Reply) -> None:
    """`/fanclub erase me`."""
    open_erasing(me, services, reply)


def open_erasing(me: Me, services: Services, reply: Reply) -> None:
    with services.database.reading(me) as tx:
        owed = what_is_owed(tx, me)
    reply.show(erase_form(me, owed))


def erase_by_form(view: Json, me: Me, services: Services, reply: Reply) -> None:
    if not as_list(filled_in(view).get("sure")):
        raise FormError({"sure": BotError("Tick this if you are sure.")})
    with services.database.writing(me) as tx:
        personal.erase(tx, services, me)
    log.info("somebody was erased", workspace=me.workspace_id)
    reply.window(erased_window(me.say))


def queue_file(services: Services, me: Me) -> None:
    """Let a file with all that is kept about somebody stand in their messages with the bot."""
    with services.database.writing(me) as tx:
        text = me.say(
            "This is all that I keep about you. To have it erased: {fanclub} erase me.",
            fanclub=me.office.commands["fanclub"],
        )
        moment = services.clock.now().isoformat(timespec="microseconds")
        stem = me.say("my-data")  # outside the f-string, into which the catalogue doesn't look
        name = f"{stem}-{services.clock.today(me.zone)}.json"
        services.outbox.post_file(tx, f"{FILE}{me.person_id}:{moment}", Message(text), name=name, to=me.slack_id)


def file_contents(services: Services, post: Post) -> str:
    """What stands in a file that is about to be sent: JSON, as the record is now."""
    with services.database.reading(InWorkspace(post.workspace_id)) as tx:
        person = person_by_slack_id(tx, post.target)
        if person is None:  # erased a moment ago
            return "{}"
        say = services.me(tx, person).say
        heading: dict[str, Any] = {
            "about": say("All that the bot keeps about you. Days are your own, times are UTC, amounts are in cents."),
            "made_at": services.clock.now(),
        }
        kept = {**heading, **personal.see(tx, person)}
    return json.dumps(kept, ensure_ascii=False, indent=1, default=_written)


def _written(value: Any) -> str:
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def report_refused_file(tx: Session, services: Services, post: Post) -> None:
    """Tell who asked that Slack won't have their file; nobody else needs to know that they did."""
    tx.info["workspace_id"] = post.workspace_id
    person = person_by_slack_id(tx, post.target)
    if person is not None:
        say = services.me(tx, person).say
        text = say("Slack won't let me put your file here. Ask who looks after the bot, and try again later.")
        services.outbox.post(tx, f"refused:{post.id}", Message(text, [line(text)]), to=post.target)


def home_card(_tx: Session, _services: Services, me: Me) -> list[Json]:
    """One's own data, at the bottom of Home."""
    return [divider(), buttons(button(me.say("My data"), SEE), button(me.say("Erase me"), ERASE))]


def erase_form(me: Me, owed: Sequence[str] = ()) -> Json:
    """The question whether somebody is sure; `owed` says what they should ask for first."""
    say = me.say
    tick = CheckboxesElement(options=[option("yes", say("Yes, erase everything about me"))])
    lines = [
        say("I take away your name, settings, stories, thanks and the words of your ideas, in Slack too."),
        say("It can't be undone."),
        say("What stays are counts, without a name. What colleagues wrote themselves remains theirs."),
        say("What you wrote to me in Slack yourself, only you can delete there."),
        *owed,
    ]
    if me.is_manager:
        lines.append(say("You'll also no longer be one of the bot's managers."))
    fields = [*map(line, lines), field_of("sure", say("Are you sure?"), tick, optional=False)]
    return modal(say("Erase me"), fields, submit=say("Erase me"), close=say("Cancel"), callback_id=ERASE)


def erased_window(say: Say) -> Json:
    """What follows."""
    lines = [
        say("Done. From what I keep you are gone; my messages in Slack follow within a minute."),
        say("Are there very many, then it takes a while longer: Slack wants me to go slowly."),
    ]
    return modal(say("Erase me"), [line(text) for text in lines], close=say("Close"))


def register(app: App) -> None:
    app.action(SEE)(see_by_button)
    app.action(ERASE)(open_erasing)
    app.view(ERASE)(erase_by_form)
