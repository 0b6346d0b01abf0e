"""The forms of gifts and cupboards: their fields, and what was filled in. The names of the fields stand here alone."""

from typing import Any

from slack_sdk.models.blocks import (
    CheckboxesElement,
    PlainTextInputElement,
    StaticSelectElement,
    UserSelectElement,
)

from bot.features.gifts.rules import LONGEST_NAME, TypedGift
from bot.features.gifts.screens import (
    ADD,
    ADD_CUPBOARD,
    CHANGE,
    CHANGE_CUPBOARD,
    COMPANY,
    COUNT,
    REFILL,
    SAYS,
    called,
    company_field,
    how_many,
)
from bot.kernel.money import typed_amount
from bot.kernel.office import Me, Say
from bot.slack.blocks import Json, field_of, modal, option, paragraph, small, words
from bot.slack.forms import as_list, as_text, filled_in
from storage.gifts import Cupboard, Gift

LOW_AT = "2"  # the first value


def cupboard_form(me: Me, kept: Cupboard | None = None, keeper: str = "", page: int = 0) -> Json:
    """A new cupboard, or one that is there. `keeper` is a Slack id; `page` is what the window beneath shows."""
    say = me.say
    name = PlainTextInputElement(max_length=LONGEST_NAME, initial_value=kept.name if kept else None, focus_on_load=True)
    who = UserSelectElement(placeholder=say("Choose a colleague"), initial_user=keeper or None)
    hint = say("They refill and count, and hear it when something runs low. Nobody? Then the managers do.")
    fields = [
        field_of("name", say("Where is it?"), name, hint=say("Such as: behind the counter."), optional=False),
        field_of("keeper", say("Who keeps it?"), who, hint=hint),
    ]
    if kept:
        gone = CheckboxesElement(options=[option("yes", say("Yes, take this cupboard away"))])
        fields.append(field_of("gone", say("Not in use any more?"), gone))
    title = say("Change the cupboard") if kept else say("New cupboard")
    return modal(title, fields, submit=say("Save"), close=say("Cancel"),
                 callback_id=CHANGE_CUPBOARD if kept else ADD_CUPBOARD,
                 note=f"{kept.id if kept else 0}:{page}")  # fmt: skip


def typed_cupboard(view: dict[str, Any]) -> tuple[str, str, bool]:
    """What it is called, the Slack id of who keeps it, and whether it is in use."""
    form = filled_in(view)
    return as_text(form.get("name")), as_text(form.get("keeper")), not as_list(form.get("gone"))


def gift_form(me: Me, cupboard_id: int, kept: Gift | None = None, page: int = 0) -> Json:
    """A new gift in a cupboard, or one that is there."""
    say = me.say
    fields = [_name(kept, say), _emoji(kept, say), _price(kept, me), _says(kept, say)]
    fields += [] if kept else [_number("stock", say("How many are there?"), "", say)]
    low = str(kept.low_at) if kept else LOW_AT
    hint = say("With so many left, or fewer, who keeps the cupboard hears of it, once.")
    fields.append(_number("low_at", say("When is it low?"), low, say, hint))
    if kept:
        gone = CheckboxesElement(options=[option("yes", say("Yes, take it out of the cupboard"))])
        fields.append(field_of("gone", say("Not on offer any more?"), gone))
    return modal(say("Change the gift") if kept else say("New gift"), fields, submit=say("Save"), close=say("Cancel"),
                 callback_id=CHANGE if kept else ADD, note=f"{kept.id if kept else cupboard_id}:{page}")  # fmt: skip


def typed_gift(view: dict[str, Any]) -> TypedGift:
    """The form as it was filled in."""
    form = filled_in(view)
    return TypedGift(
        name=as_text(form.get("name")),
        emoji=as_text(form.get("emoji")),
        price=as_text(form.get("price")),
        says=as_text(form.get("says")),
        stock=as_text(form.get("stock")) or "0",
        low_at=as_text(form.get("low_at")) or "0",
        is_offered=not as_list(form.get("gone")),
    )


def refill_form(gift: Gift, me: Me, page: int = 0) -> Json:
    return _how_many(gift, me, REFILL, me.say("Refill"), me.say("How many came in?"), page)


def count_form(gift: Gift, me: Me, page: int = 0) -> Json:
    return _how_many(gift, me, COUNT, me.say("Count"), me.say("How many are there?"), page)


def typed_count(view: dict[str, Any]) -> str:
    return as_text(filled_in(view).get("count"))


def company_form(gift: Gift, move_id: int, company: str, me: Me, page: int = 0) -> Json:
    """Of which company the customer was who got it."""
    say = me.say
    blocks = [paragraph(words(called(gift), bold=True)), company_field(company, say)]
    return modal(say("For a company"), blocks, submit=say("Save"), close=say("Cancel"), callback_id=COMPANY,
                 note=f"{move_id}:{page}")  # fmt: skip


def typed_company(view: dict[str, Any]) -> str:
    return as_text(filled_in(view).get("company"))


def _how_many(gift: Gift, me: Me, callback: str, title: str, question: str, page: int) -> Json:
    say = me.say
    blocks = [
        paragraph(words(called(gift), bold=True)),
        small(how_many(gift, say)),
        _number("count", question, "", say),
    ]
    return modal(title, blocks, submit=say("Save"), close=say("Cancel"), callback_id=callback,
                 note=f"{gift.id}:{page}")  # fmt: skip


def _name(kept: Gift | None, say: Say) -> Json:
    element = PlainTextInputElement(
        max_length=LONGEST_NAME, initial_value=kept.name if kept else None, focus_on_load=True,
        placeholder=say("For example: a bar of chocolate"),
    )  # fmt: skip
    return field_of("name", say("What is it?"), element, optional=False)


def _emoji(kept: Gift | None, say: Say) -> Json:
    element = PlainTextInputElement(max_length=40, initial_value=kept.emoji if kept else None, placeholder="🍫")
    return field_of("emoji", say("Which emoji shows it?"), element)


def _price(kept: Gift | None, me: Me) -> Json:
    now = typed_amount(kept.price_cents, me.say.language) if kept else None
    element = PlainTextInputElement(max_length=20, initial_value=now)
    hint = me.say("It goes on the budget of who takes one. Another price counts from now on.")
    return field_of("price", me.say("What does one cost?"), element, hint=hint, optional=False)


def _says(kept: Gift | None, say: Say) -> Json:
    choices = [option(what, say(label)) for what, label in SAYS.items()]
    chosen = next((one for one in choices if kept and one.value == kept.says), None)
    element = StaticSelectElement(options=choices, initial_option=chosen, placeholder=say("Anything"))
    return field_of("says", say("What does it say?"), element)


def _number(name: str, label: str, known: str, say: Say, hint: str | None = None) -> Json:
    element = PlainTextInputElement(max_length=8, initial_value=known or None, placeholder=say("A whole number"))
    return field_of(name, label, element, hint=hint, optional=False)
