"""Somebody's own budget: the window behind the command, and the card at Home."""

from collections.abc import Sequence

from bot.features.budgets.approving import OVERVIEW
from bot.features.budgets.own_month import month_picker, totals
from bot.features.budgets.rules import LISTED, Balance
from bot.features.budgets.screens import ADD, BALANCE, own_buttons
from bot.features.budgets.wording import bars, particulars, permission, quoted, repayment, state, thing
from bot.kernel.office import Me, Say
from bot.slack.blocks import Json, button, buttons, divider, header, line, modal, paragraph, small, words
from storage.spending import Spending, SpendingStatus

MINE = "mine"  # what the window is called in what a form carries, with the page behind it
PAGE = "spending.page"


def balance_window(mine: Balance, me: Me) -> Json:
    """`/budget`: what may still be spent, what waits, what was spent last; a page at a time. One's own alone."""
    say = me.say
    row = [button(say("Spend something"), ADD, style="primary")]
    row += [button(say("The office's budget"), OVERVIEW)] if me.is_manager else []
    row += [month_picker(mine.month, me)] if mine.month else []
    blocks = [*_left(mine, me), *([totals(mine.month, me)] if mine.month else []), buttons(*row)]
    still_open = [*mine.waiting, *mine.unspent][mine.page * LISTED : (mine.page + 1) * LISTED]
    waiting = [one for one in still_open if one.status == SpendingStatus.WAITING]
    blocks += _listed(say("What waits for a manager"), waiting, me)
    blocks += _listed(say("Not spent yet"), still_open[len(waiting) :], me)
    blocks += _listed(say("What you spent last"), mine.last, me)
    if not (mine.page or mine.last or mine.unspent):
        blocks += [divider(), line(say("Nothing yet. A small gesture is enough: a flower, a card, a coffee."))]
    blocks += _pages(mine, say)
    return modal(say("My budget"), blocks, close=say("Close"), note=f"{MINE} {mine.page}")


def _listed(title: str, spendings: Sequence[Spending], me: Me) -> list[Json]:
    if not spendings:
        return []
    return [divider(), header(title), *(block for spending in spendings for block in _one(spending, me))]


def _pages(mine: Balance, say: Say) -> list[Json]:
    made = []
    if mine.page > 0:
        made.append(button(say("Previous"), f"{PAGE}.back", str(mine.page - 1)))
    if mine.has_older or len(mine.waiting) + len(mine.unspent) > (mine.page + 1) * LISTED:
        made.append(button(say("Next"), f"{PAGE}.on", str(mine.page + 1)))
    return [divider(), buttons(*made)] if made else []


def _left(mine: Balance, me: Me) -> list[Json]:
    currency = me.office.currency
    text = permission(mine.room, mine.caps, currency, me.say)
    return [line(text), *bars(mine.room, mine.caps, currency, me.say, mine.minutes_today)]


def _one(spending: Spending, me: Me) -> list[Json]:
    say = me.say
    waits = spending.status == SpendingStatus.WAITING
    opening = say("the customer is waiting") if waits and spending.is_urgent else ""
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
