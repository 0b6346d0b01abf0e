"""The form of posting a board in another channel, and what its buttons carry."""

import re

from slack_sdk.models.blocks import ConversationFilter, ConversationSelectElement, RadioButtonsElement

from bot.features.leaderboards.screens import PLACE, Chosen
from bot.features.leaderboards.wording import MODES, Shown, period_called
from bot.kernel.errors import BotError, FormError
from bot.kernel.office import Me
from bot.kernel.periods import code_of
from bot.kernel.weekly import BoardMode
from bot.slack.blocks import Json, Message, field_of, line, modal, option
from bot.slack.forms import as_text, filled_in

_CHOSEN = re.compile(r"(?P<code>[0-9WQ-]{4,10}) (?P<mode>people|groups|team)(?: (?P<channel>[CG][A-Z0-9]{1,38}))?")


def place_form(seen: Shown, me: Me) -> Json:
    """Where to, and how it shows the team."""
    say = me.say
    which = ConversationFilter(include=["public", "private"], exclude_bot_users=True)
    modes = [option(mode.value, say(name)) for mode, name in MODES.items()]
    first = next(one for one in modes if one.value == seen.mode)
    fields = [
        line(say("The board of: {period}", period=period_called(seen, say))),
        field_of(
            "channel", say("In which channel?"),
            ConversationSelectElement(filter=which, placeholder=say("Choose a channel")), optional=False,
        ),
        field_of("mode", say("What does it show?"), RadioButtonsElement(options=modes, initial_option=first),
                 optional=False),
    ]  # fmt: skip
    return modal(
        say("Post the board"), fields, submit=say("Post"), close=say("Cancel"), callback_id=PLACE,
        note=code_of(seen.period),
    )  # fmt: skip


def typed_place(view: Json) -> Chosen:
    """Where a manager wants which board. Raises FormError, and BotError for a note that can't be."""
    form = filled_in(view)
    channel, mode = as_text(form.get("channel")), as_text(form.get("mode"))
    if not channel:
        raise FormError({"channel": BotError("Choose a channel.")})
    if mode not in MODES:
        raise FormError({"mode": BotError("Choose one of these.")})
    return read_place(f"{view.get('private_metadata') or ''} {mode} {channel}")


def read_chosen(value: object) -> Chosen:
    """What a button carries. Raises BotError when it carries nothing that can be read."""
    found = _CHOSEN.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise _worn()
    return Chosen(found["code"], BoardMode(found["mode"]), found["channel"] or "")


def read_place(value: object) -> Chosen:
    """The same, of a button that posts: it carries a channel too."""
    chosen = read_chosen(value)
    if not chosen.channel:
        raise _worn()
    return chosen


def _worn() -> BotError:
    return BotError("That button doesn't work any more. Ask for the board anew.")


def as_window(message: Message, me: Me) -> Json:
    """What came of it, in the window's place."""
    return modal(me.say("Post the board"), message.blocks, close=me.say("Close"))
