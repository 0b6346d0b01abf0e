"""The form of thanks: its fields, and what was filled in. The names of the fields stand here alone."""

from collections.abc import Sequence
from typing import Any

from slack_sdk.models.blocks import PlainTextInputElement, RadioButtonsElement, StaticSelectElement

from bot.features.thanks.rules import LONGEST, TypedThanks, Where
from bot.features.thanks.screens import GIVE, Named, name_of
from bot.i18n.translate import later
from bot.kernel.office import Me
from bot.slack.blocks import Json, field_of, filled, modal, option, paragraph, small, words
from bot.slack.forms import as_text, filled_in
from storage.gifts import Cupboard, Gift
from storage.stories import Story

QUOTED = 600  # characters of the story
WHERES = {
    Where.THREAD: later("In the thread of the story: everybody reads along"),
    Where.PRIVATE: later("Only between the two of you"),
}


def thanks_form(
    story: Story, teller: Named, offered: Sequence[tuple[Cupboard, Gift]], wheres: Sequence[Where], me: Me
) -> Json:
    """Words, something from the cupboard if there is anything, and where they are read."""
    say, who = me.say, name_of(teller, me.say)
    said = PlainTextInputElement(
        multiline=True, max_length=LONGEST, focus_on_load=True,
        placeholder=say("For example: how kind that you walked along. The customer will remember it."),
    )  # fmt: skip
    blocks = [
        paragraph(*filled(say("Thank {who} for this story:"), who=words(who, bold=True))),
        paragraph(words(story.text[:QUOTED], italic=True)),
        field_of("words", say("What do you want to say?"), said, optional=False),
        *_gift(offered, me),
        *_where(wheres, me),
    ]
    title, submit = say("Thank a colleague"), say("Thank")
    return modal(title, blocks, submit=submit, close=say("Cancel"), callback_id=GIVE, note=str(story.id))


def typed_thanks(view: dict[str, Any]) -> TypedThanks:
    """The form as it was filled in."""
    form = filled_in(view)
    return TypedThanks(as_text(form.get("words")), as_text(form.get("gift")), as_text(form.get("where")))


def _gift(offered: Sequence[tuple[Cupboard, Gift]], me: Me) -> list[Json]:
    if not offered:
        return []
    options = [option(str(gift.id), _offered(cupboard, gift, me)) for cupboard, gift in offered]
    element = StaticSelectElement(options=options, placeholder=me.say("Nothing, words are enough"))
    hint = me.say("It goes on your own budget, and you hand it over yourself.")
    return [field_of("gift", me.say("Something from the cupboard?"), element, hint=hint)]


def _offered(cupboard: Cupboard, gift: Gift, me: Me) -> str:
    price = me.say.money(gift.price_cents, me.office.currency)
    return f"{gift.emoji} {gift.name[:30]} · {price} · {cupboard.name}"[:75]


def _where(wheres: Sequence[Where], me: Me) -> list[Json]:
    if not wheres:
        return [small(me.say("They don't take part, so I send them no messages: they see it at Home."))]
    options = [option(where, me.say(WHERES[where])) for where in wheres]
    element = RadioButtonsElement(options=options, initial_option=options[0])
    return [field_of("where", me.say("Where?"), element, optional=False)]
