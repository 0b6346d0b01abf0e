"""What people see of gifts: the question for whom, what was taken, the alert, the card at Home."""

from collections.abc import Sequence

from slack_sdk.models.blocks import PlainTextInputElement

from bot.features.gifts.rules import LONGEST_COMPANY
from bot.i18n.translate import later
from bot.kernel.budgets import Room
from bot.kernel.office import Me, Say
from bot.slack.blocks import (
    Json,
    Message,
    button,
    buttons,
    divider,
    field_of,
    filled,
    line,
    modal,
    paragraph,
    small,
    words,
)
from storage.gifts import Cupboard, Gift, Says

SEE, TAKE, PUT_BACK, UNDO = "gift.see", "gift.take", "gift.put_back", "gift.undo"
FOR_CUSTOMER, FOR_COLLEAGUE = "gift.for_customer", "gift.for_colleague"
ASK_FOR_CUSTOMER, ASK_FOR_COLLEAGUE = "gift.ask_for_customer", "gift.ask_for_colleague"
ASK_NOW = "gift.ask_now"  # for a customer, who waits
WITHDRAW, COMPANY = "gift.withdraw", "gift.company"
REFILL, COUNT, DISMISS = "gift.refill", "gift.count", "gift.dismiss"
ADD, CHANGE = "gift.add", "gift.change"
ADD_CUPBOARD, CHANGE_CUPBOARD = "cupboard.add", "cupboard.change"

SAYS = {
    Says.SORRY: later("Sorry"),
    Says.THANKS: later("Thank you"),
    Says.CONGRATULATIONS: later("Congratulations"),
}


def called(gift: Gift) -> str:
    """A gift as it is written everywhere."""
    return f"{gift.emoji} {gift.name}"


def how_many(gift: Gift, say: Say) -> str:
    return say.plural("{number} left", "{number} left", gift.stock) if gift.stock else say("none left")


def details(gift: Gift, me: Me) -> str:
    """How many there are, what one costs, and what it says."""
    parts = [how_many(gift, me.say), me.say.money(gift.price_cents, me.office.currency)]
    parts += [me.say(SAYS[Says(gift.says)])] if gift.says in list(Says) else []
    return " · ".join(parts)


def take_window(cupboard: Cupboard, gift: Gift, me: Me, page: int = 0) -> Json:
    """For whom is it? The second click takes it. `page` is what the window beneath shows."""
    say, value = me.say, str(gift.id)
    blocks = [
        paragraph(words(called(gift), bold=True), words(f" · {cupboard.name}")),
        small(details(gift, me)),
        line(say("For whom is it? The price goes on your budget.")),
        buttons(
            button(say("For a customer"), FOR_CUSTOMER, value, style="primary"),
            button(say("For a colleague"), FOR_COLLEAGUE, value),
        ),
    ]
    return modal(say("Gift cupboard"), blocks, close=say("Cancel"), note=f"{gift.id}:{page}")


def too_dear_window(why: str, value: str, me: Me, page: int = 0, *, for_colleague: bool) -> Json:
    """After the second click, when it costs more than fits: a manager can be asked. `value` is the gift's number."""
    say = me.say
    row = [button(say("Ask a manager"), ASK_FOR_COLLEAGUE if for_colleague else ASK_FOR_CUSTOMER, value)]
    row += [] if for_colleague else [button(say("The customer is waiting: ask now"), ASK_NOW, value, style="primary")]
    return modal(say("Gift cupboard"), [line(why), buttons(*row)], close=say("Close"), note=f"{value}:{page}")


def asked_window(gift: Gift, me: Me) -> Json:
    """After asking."""
    say = me.say
    text = say("I ask the managers for {gift}. Their answer comes in your messages; after a yes you take it here.")
    return modal(say("Gift cupboard"), [paragraph(*filled(text, gift=words(called(gift), bold=True)))],
                 close=say("Close"))  # fmt: skip


def taken_window(gift: Gift, move_id: int, room: Room, me: Me, page: int = 0, *, asks_company: bool = False) -> Json:
    """After the second click; for a customer it can be said of which company they are."""
    say, currency = me.say, me.office.currency
    left = say(
        "You can spend {today} more today without asking, and {month} this month.",
        today=say.money(room.cents, currency), month=say.money(room.month_cents, currency),
    )  # fmt: skip
    blocks = [
        paragraph(*filled(say("{gift} is yours to give."), gift=words(called(gift), bold=True))),
        small(how_many(gift, say)),
        small(left),
        buttons(button(say("Put it back"), UNDO, str(move_id))),
    ]
    note = f"{move_id}:{page}"
    if not asks_company:
        return modal(say("Gift cupboard"), blocks, close=say("Close"), note=note)
    return modal(say("Gift cupboard"), [*blocks, company_field("", say)], submit=say("Save"), close=say("Close"),
                 callback_id=COMPANY, note=note)  # fmt: skip


def company_field(company: str, say: Say) -> Json:
    """Of which company the customer is who gets it."""
    element = PlainTextInputElement(initial_value=company or None, max_length=LONGEST_COMPANY)
    return field_of("company", say("For which company?"), element, hint=say("Leave it empty for a private customer."))


def back_window(gift: Gift, me: Me) -> Json:
    """After it was put back."""
    say = me.say
    text = say("{gift} is in the cupboard again, and its price is off your budget.")
    return modal(say("Gift cupboard"), [paragraph(*filled(text, gift=words(called(gift), bold=True)))],
                 close=say("Close"))  # fmt: skip


def low_message(gift: Gift, cupboard: Cupboard, which: str, say: Say) -> Message:
    """To who keeps the cupboard. `which` is how the alert is found again."""
    text = say("{gift} is gone ({place}).", gift=called(gift), place=cupboard.name)
    if gift.stock:
        text = say.plural(
            "{gift} runs low: {number} left ({place}).", "{gift} runs low: {number} left ({place}).", gift.stock,
            gift=called(gift), place=cupboard.name,
        )  # fmt: skip
    row = [
        button(say("Refill"), REFILL, str(gift.id), style="primary"),
        button(say("I know"), DISMISS, which),
    ]
    return Message(text, [paragraph(words(text)), buttons(*row)])


def at_hand_card(at_hand: Sequence[Gift], me: Me) -> list[Json]:
    """At Home: what there is to give."""
    say = me.say
    shown = " · ".join(f"{called(gift)} {gift.stock}" for gift in at_hand)
    there = paragraph(words(shown)) if shown else line(say("The gift cupboard is empty just now."))
    return [divider(), line(say("At hand to give")), there, buttons(button(say("Gift cupboard"), SEE))]


def help_message(me: Me) -> Message:
    """What the word of /fanclub does."""
    say = me.say
    text = say("In the gift cupboard is what you can give at once: chocolate that says sorry, a card, flowers.")
    more = say("You take something with two clicks. Its price goes on your own budget.")
    return Message(text, [line(text), line(more)])
