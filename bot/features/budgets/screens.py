"""The messages to who spent or asked something, and what they can do with it."""

from datetime import date

from bot.features.budgets.rules import Spent
from bot.features.budgets.wording import (
    asked_price,
    is_own,
    is_part,
    permission,
    price,
    quoted,
    thing,
    what_for,
    whose_money,
)
from bot.i18n.translate import later
from bot.kernel.budgets import Room
from bot.kernel.calendar import in_force
from bot.kernel.office import Me, Say
from bot.slack.blocks import Json, Message, button, buttons, confirm, line, paragraph, small, words
from storage.spending import PaidWith, Spending, SpendingStatus

BALANCE, ADD, CHANGE = "spending.balance", "spending.add", "spending.change"
UNDO, HURRY, SPENT = "spending.undo", "spending.hurry", "spending.spent"
AGAIN = "spending.again"

UNSPENT = (SpendingStatus.BOOKED, SpendingStatus.APPROVED)  # once it is spent, they say so
CHANGEABLE = (SpendingStatus.WAITING, *UNSPENT)


def spent_message(spent: Spent, today: date, me: Me) -> Message:
    """The private answer to who spent something, or asked to; `today` is theirs."""
    say, spending = me.say, spent.spending
    is_waiting = spending.status == SpendingStatus.WAITING
    text = _asking(spending, say) if is_waiting else _booked(spent, today, me)
    row = own_buttons(spending, say)
    if spent.is_again:
        text = say("{amount} stood there already: I don't book it twice.", amount=asked_price(spending, say))
        row = [button(say("Once more"), AGAIN, str(spending.id)), *row]
    notes = [small(say(remark.english, **remark.values)) for remark in spent.remarks]
    if spending.status in UNSPENT and not spending.is_spent and spending.paid_with == PaidWith.OWN:
        notes.append(small(say("As soon as you have spent it, say so at My budget: then you get it back.")))
    about = [paragraph(*thing(spending, say)), small(whose_money(spending, say))]
    return Message(text, [line(text), *about, *notes, *_row(row)])


def _row(elements: list[Json]) -> list[Json]:
    return [buttons(*elements)] if elements else []


def _asking(spending: Spending, say: Say) -> str:
    if spending.is_spent:
        template = later(
            "{amount} is more than you can spend without asking. I'll ask the managers whether it gets paid;"
            " you'll hear it here."
        )
    else:
        template = later(
            "{amount} is more than you can spend without asking. I'll ask the managers; you'll hear it here."
        )
    return say(template, amount=asked_price(spending, say))


def _booked(spent: Spent, today: date, me: Me) -> str:
    say, spending = me.say, spent.spending
    booked = say("Booked: {amount}.", amount=price(spending, say))
    if spending.is_over:
        return f"{booked} " + say("That is more than the day's amount: a manager sees it afterwards.")
    if spending.day != today:
        return booked
    return f"{booked} " + permission(spent.room, in_force(me.office.caps, today), spending.currency, say)


def own_buttons(spending: Spending, say: Say) -> list[Json]:
    """What somebody is offered to do with what they spent or asked; each act checks again whether it may."""
    value, status = str(spending.id), spending.status
    if spending.paid_with == PaidWith.CUPBOARD or spending.paid_back_at is not None:
        return []
    row: list[Json] = []
    if status == SpendingStatus.WAITING and not spending.is_urgent:
        row.append(button(say("The customer is waiting"), HURRY, value))
    if status in UNSPENT and not spending.is_spent:
        row.append(button(say("Spent now"), SPENT, value))
    if status in CHANGEABLE:
        row.append(button(say("Change"), CHANGE, value))
    if status in CHANGEABLE and not spending.is_from_story:
        label = say("Withdraw") if status == SpendingStatus.WAITING else say("Undo")
        row.append(button(label, UNDO, f"{value} {status}", confirm=sure(say)))
    return row


def spent_now_message(spending: Spending, say: Say) -> Message:
    """After "spent now"."""
    text = say("Noted: it is spent.")
    about = [paragraph(*thing(spending, say)), small(whose_money(spending, say))]
    return Message(text, [line(text), *about, *_row(own_buttons(spending, say))])


def sure(say: Say) -> Json:
    return confirm(
        say("Take this back?"),
        say("Then it counts no more. In the books it stays visible that it was there."),
        say("Take this back"),
        say("Keep it"),
    )


def hurried_message(spending: Spending, say: Say) -> Message:
    """After "the customer is waiting"."""
    text = say("The managers hear it now. As soon as one of them has decided, you hear it here.")
    return Message(text, [line(text), paragraph(*thing(spending, say)), *_row(own_buttons(spending, say))])


def undone_message(spending: Spending | None, say: Say) -> Message:
    """After "undo" and "withdraw"."""
    if spending is None:
        return Message(say("It was taken back already."), [line(say("It was taken back already."))])
    text = say("Taken back: {amount}. It counts no more.", amount=price(spending, say))
    return Message(text, [line(text), paragraph(words(quoted(what_for(spending, say))))])


def decided_message(spending: Spending, decided_by: str, me: Me) -> Message:
    """To who asked: what a manager said, and the reason."""
    say, who = me.say, decided_by or me.say("A manager")
    text = decision(spending, who, say)
    if spending.status == SpendingStatus.APPROVED:
        text += " " + (say("You get it back.") if is_own(spending) else say("Go ahead."))
        if not spending.is_spent and spending.paid_with == PaidWith.OWN:
            text += " " + say("As soon as you have spent it, say so at My budget: then you get it back.")
    blocks = [line(text), paragraph(words(say("It is about:") + " "), words(quoted(what_for(spending, say))))]
    if spending.reason:
        blocks.append(paragraph(words(f"{who}: ", bold=True), words(spending.reason)))
    return Message(text, [*blocks, buttons(button(say("My budget"), BALANCE))])


def decision(spending: Spending, who: str, say: Say) -> str:
    """What a manager said, in a sentence."""
    amount, asked = price(spending, say), asked_price(spending, say)
    if spending.status == SpendingStatus.REFUSED:
        return say("{who} says no to {amount}, but…", who=who, amount=asked)
    if is_part(spending):
        return say("{who} agrees with {amount} of the {asked}.", who=who, amount=amount, asked=asked)
    return say("{who} agrees with {amount}.", who=who, amount=amount)


def paid_back_message(spending: Spending, paid_by: str, me: Me) -> Message:
    """To who paid with their own money."""
    say = me.say
    text = say("{who} paid {amount} back to you.", who=paid_by or say("A manager"), amount=price(spending, say))
    return Message(text, [line(text), paragraph(words(quoted(what_for(spending, say))))])


def gentle_message(tip: str, room: Room, me: Me) -> Message:
    """At most once a month, to who spent nothing for a while: one idea, and no more."""
    say = me.say
    text = say("An idea for a small gesture:")
    left = say("You may still spend {amount} today without asking.", amount=say.money(room.cents, me.office.currency))
    row = buttons(button(say("Spend something"), ADD), button(say("My budget"), BALANCE))
    return Message(f"{text} {tip}", [line(text), paragraph(words(tip, italic=True)), small(left), row])


def help_message(me: Me) -> Message:
    """`/budget help`."""
    say, budget = me.say, me.office.commands["budget"]
    lines = [
        say("A little money for a gesture to a customer, without asking anybody. You tell me what you spent:"),
        f"{budget} " + say("7.50 flowers for a customer's birthday"),
        say("{budget} on its own shows what you may still spend, and what you spent.", budget=budget),
        say("Is it more? Then I ask the managers, and you hear what they decide."),
        say("Nobody but you and the managers sees your amounts."),
    ]
    return Message(lines[0], [line(text) for text in lines])
