"""The window of the cupboards: what is in each, and what one took."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.features.gifts import screens
from bot.features.gifts.rules import is_for_customer, may_keep
from bot.features.gifts.screens import called, details
from bot.kernel.clock import local_day
from bot.kernel.office import Me, Say
from bot.slack.blocks import Json, button, buttons, divider, filled, line, modal, paragraph, small, words
from storage.gifts import AskedFor, Cupboard, Gift, Kept, Taken
from storage.people import Person
from storage.spending import Spending, SpendingStatus

WINDOW, PAGE = "gift.window", "gift.page"
A_PAGE = 14  # gifts: with their cupboards at most five blocks each, of a window's hundred
MINE = 5  # on a page, of what one asked for and of what one took: two blocks each


@dataclass(frozen=True)
class Cupboards:
    """What is at hand, who keeps each cupboard, and what this person took lately."""

    kept: Sequence[Kept]
    keepers: Mapping[int, Person]  # by their id
    mine: Sequence[Taken]
    booked: Mapping[int, Spending]  # the expenses of those, by the move's id
    asked: Sequence[AskedFor]  # what waits for a manager, or may be taken now that one agreed


def cupboards_window(seen: Cupboards, me: Me, page: int = 0) -> Json:
    """All cupboards, a page at a time; `page` counts from 0."""
    say = me.say
    last_page = _last_page(seen)
    page = max(0, min(page, last_page))
    blocks: list[Json] = [small(say("Take what makes a customer's day. The price goes on your own budget."))]
    if me.is_manager:
        blocks.append(buttons(button(say("New cupboard"), screens.ADD_CUPBOARD)))
    last: Cupboard | None = None
    for cupboard, gift in seen.kept[page * A_PAGE : (page + 1) * A_PAGE]:
        blocks += _cupboard(cupboard, seen.keepers, me) if cupboard is not last else []
        blocks += _gift(gift, cupboard, me) if gift else [small(say("Nothing is in it yet."))]
        last = cupboard
    if not seen.kept:
        blocks.append(line(_nothing(me)))
    own = slice(page * MINE, (page + 1) * MINE)
    blocks += [*_asked(seen.asked[own], me), *_mine(seen.mine[own], seen.booked, me), *_pages(page, last_page, say)]
    return modal(say("Gift cupboard"), blocks, close=say("Close"), callback_id=WINDOW, note=str(page))


def page_in(note: str) -> int:
    """The page that a window or a button carries."""
    return int(note) if note.isascii() and note.isdigit() and len(note) < 6 else 0


def _cupboard(cupboard: Cupboard, keepers: Mapping[int, Person], me: Me) -> list[Json]:
    say, value = me.say, str(cupboard.id)
    keeper = keepers.get(cupboard.keeper_id or 0)
    kept = [words(" · " + say("kept by {who}", who=keeper.name))] if keeper and keeper.name else []
    row = [
        button(say("New gift"), screens.ADD, value, label=say("New gift: {place}", place=cupboard.name)[:75]),
        button(say("Change"), screens.CHANGE_CUPBOARD, value, label=say("Change {name}", name=cupboard.name)[:75]),
    ]
    manage = [buttons(*row)] if me.is_manager else []
    return [divider(), paragraph(words(cupboard.name, bold=True), *kept), *manage]


def _gift(gift: Gift, cupboard: Cupboard, me: Me) -> list[Json]:
    say, value, name = me.say, str(gift.id), gift.name
    row = [button(say("Take"), screens.TAKE, value, label=say("Take {name}", name=name)[:75])] if gift.stock else []
    if may_keep(cupboard, me):
        row.append(button(say("Refill"), screens.REFILL, value, label=say("Refill {name}", name=name)[:75]))
        row.append(button(say("Count"), screens.COUNT, value, label=say("Count {name}", name=name)[:75]))
    if me.is_manager:
        row.append(button(say("Change"), screens.CHANGE, value, label=say("Change {name}", name=name)[:75]))
    about = paragraph(words(called(gift)), words(f" · {details(gift, me)}"))
    return [about, buttons(*row)] if row else [about]


def _asked(asked: Sequence[AskedFor], me: Me) -> list[Json]:
    """What waits for a manager, or may be taken now."""
    say = me.say
    blocks: list[Json] = [divider(), line(say("You asked for"))] if asked else []
    for one in asked:
        is_agreed = one.spending.status == SpendingStatus.APPROVED
        told = say("a manager agreed: you may take it") if is_agreed else say("waits for a manager")
        blocks.append(paragraph(words(called(one.gift)), words(f" · {told}")))
        label = say("Don't ask for {name} any more", name=one.gift.name)[:75]
        row = [button(say("Withdraw"), screens.WITHDRAW, str(one.spending.id), label=label)]
        if is_agreed:
            action = screens.FOR_COLLEAGUE if one.spending.is_staff else screens.FOR_CUSTOMER
            label = say("Take {name}", name=one.gift.name)[:75]
            row.insert(0, button(say("Take"), action, str(one.gift.id), style="primary", label=label))
        blocks.append(buttons(*row))
    return blocks


def _mine(mine: Sequence[Taken], bookings: Mapping[int, Spending], me: Me) -> list[Json]:
    say = me.say
    blocks: list[Json] = [divider(), line(say("You took"))] if mine else []
    for move, gift in mine:
        day, booked = say.day(local_day(move.moved_at, me.zone)), bookings.get(move.id or 0)
        company = [words(f" · {booked.company}")] if booked and booked.company else []
        blocks.append(paragraph(*filled("{gift} · {day}", gift=words(called(gift)), day=words(day)), *company))
        label = say("Put {name} back", name=gift.name)[:75]
        row = [button(say("Put it back"), screens.PUT_BACK, str(move.id), label=label)]
        if is_for_customer(booked):
            label = say("For which company was {name}?", name=gift.name)[:75]
            row.append(button(say("For a company"), screens.COMPANY, str(move.id), label=label))
        blocks.append(buttons(*row))
    return blocks


def _nothing(me: Me) -> str:
    if me.is_manager:
        return me.say("There is no cupboard yet. Where would the chocolate be?")
    return me.say("There is no cupboard yet. A manager of the bot can add one here.")


def _last_page(seen: Cupboards) -> int:
    """The page where the longest list ends: all of them turn together."""
    own = max(len(seen.asked), len(seen.mine))
    return max((len(seen.kept) - 1) // A_PAGE, (own - 1) // MINE)


def _pages(page: int, last_page: int, say: Say) -> list[Json]:
    made = []
    if page > 0:
        made.append(button(say("Previous"), f"{PAGE}.back", str(page - 1)))
    if page < last_page:
        made.append(button(say("Next"), f"{PAGE}.on", str(page + 1)))
    return [divider(), buttons(*made)] if made else []
