"""Somebody's own budget: the window behind the command, and the card at Home."""

from bot.features.budgets.approving import OVERVIEW, more
from bot.features.budgets.rules import Balance
from bot.features.budgets.screens import ADD, BALANCE, own_buttons
from bot.features.budgets.wording import bars, particulars, permission, quoted, repayment, state, thing
from bot.kernel.office import Me
from bot.slack.blocks import Json, button, buttons, divider, header, line, modal, paragraph, small, words
from storage.spending import Spending, SpendingStatus

MINE = "mine"  # what the window is called in what a form carries
SHOWN = 10  # of what waits


def balance_window(mine: Balance, me: Me) -> Json:
    """`/budget`: what may still be spent, what waits, what was spent last. One's own alone."""
    say = me.say
    row = [button(say("Spend something"), ADD, style="primary")]
    row += [button(say("The office's budget"), OVERVIEW)] if me.is_manager else []
    blocks = [*_left(mine, me), buttons(*row)]
    if mine.waiting:
        blocks += [divider(), header(say("What waits for a manager"))]
        for spending in mine.waiting[:SHOWN]:
            blocks += _one(spending, me)
        blocks += more(len(mine.waiting) - SHOWN, say)
    blocks += [divider(), header(say("What you spent last"))]
    done = [spending for spending in mine.last if spending.status != SpendingStatus.WAITING]
    blocks += [block for spending in done for block in _one(spending, me)]
    if not done:
        blocks.append(line(say("Nothing yet. A small gesture is enough: a flower, a card, a coffee.")))
    return modal(say("My budget"), blocks, close=say("Close"), note=MINE)


def _left(mine: Balance, me: Me) -> list[Json]:
    currency = me.office.currency
    text = permission(mine.room, mine.caps, currency, me.say)
    return [line(text), *bars(mine.room, mine.caps, currency, me.say, mine.minutes_today)]


def _one(spending: Spending, me: Me) -> list[Json]:
    say = me.say
    waits = spending.status == SpendingStatus.WAITING
    opening = say("the customer waits") if waits and spending.is_urgent else ""
    marks = [opening, "" if waits else state(spending, say), repayment(spending, say), particulars(spending, say)]
    blocks = [paragraph(*thing(spending, say)), small(" · ".join(filter(None, marks)))]
    if spending.reason:
        blocks.append(paragraph(words(quoted(spending.reason), italic=True)))
    row = own_buttons(spending, say)
    return [*blocks, buttons(*row)] if row else blocks


def own_card(mine: Balance, me: Me) -> list[Json]:
    """One's own budget at Home."""
    say, waiting = me.say, len(mine.waiting)
    blocks = [divider(), header(say("My budget")), *_left(mine, me)]
    if waiting:
        blocks.append(small(say.plural("{number} of your questions waits for a manager",
                                       "{number} of your questions wait for a manager", waiting)))  # fmt: skip
    return [*blocks, buttons(button(say("Spend something"), ADD), button(say("My budget"), BALANCE))]
