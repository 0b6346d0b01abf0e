"""A word of /fanclub that somebody types to the bot and nothing else: it asks for something, and tells no story."""

from typing import Any

from slack_bolt import App, BoltContext

from bot.features.stories.listeners import is_written_to_me
from bot.kernel.office import Me
from bot.kernel.roles import must_belong
from bot.services import Services
from bot.slack.blocks import Message, button, buttons, line
from bot.slack.reply import Reply
from bot.slack.text import bare, is_help, plain
from bot.wiring.hub import BY_SPELLING, Word

Json = dict[str, Any]


def is_a_word(event: Json, context: BoltContext) -> bool:
    """Whether a message to the bot is such a word; help is a matter of its own."""
    typed = _typed(event)
    return is_written_to_me(event, context) and not is_help(typed) and tuple(typed.split()) in BY_SPELLING


def answer(event: Json, me: Me, services: Services, reply: Reply) -> None:
    """By the outbox: an event has no other answer. Raises BotError for who can't take part."""
    must_belong(me)
    typed = _typed(event)
    message = asked_message(typed, BY_SPELLING[tuple(typed.split())], me)
    with services.database.writing(me) as tx:
        services.outbox.post(tx, f"help:{me.request_key}"[:120], message, to=me.slack_id)
    reply.done()


def asked_message(typed: str, word: Word, me: Me) -> Message:
    """How that is asked: what to type, and the button that does the same where there is one."""
    say, command = me.say, f"{me.office.commands['fanclub']} {typed}"
    if word.button is None:
        text = say("Type {command}, then I'll do that for you.", command=command)
        return Message(text, [line(text)])
    text, (label, action) = say("Type {command}, or click:", command=command), word.button
    return Message(text, [line(text), buttons(button(say(label), action))])


def _typed(event: Json) -> str:
    return bare(plain(event.get("text") or ""))


def register(app: App) -> None:
    """Before the listeners of the stories, for which every other message is a draft."""
    app.event("message", matchers=[is_a_word])(answer)
