"""What managers see of what somebody asks: the message on which they decide, the digest, the card at Home."""

from collections.abc import Sequence

from bot.features.budgets.rules import cents_of, is_divisible
from bot.features.budgets.screens import decision
from bot.features.budgets.wording import (
    Named,
    asked_price,
    name_of,
    particulars,
    price,
    receipt,
    receipt_picture,
    thing,
    what_for,
)
from bot.i18n.translate import later
from bot.kernel.office import Me, Say
from bot.slack.blocks import Json, Message, button, buttons, divider, filled, header, line, paragraph, small, words
from storage.spending import Spending, SpendingStatus

AGREE, PART, REFUSE, OVERVIEW = "spending.agree", "spending.part", "spending.refuse", "spending.overview"

IN_DIGEST, AT_HOME = 10, 3  # of what waits

Waiting = tuple[Spending, Named]  # what somebody asks, and who


def managers_message(spending: Spending, person: Named, me: Me, decided_by: str = "") -> Message:
    """One thing that somebody asks, to one manager; and what became of it."""
    say, who = me.say, name_of(person, me.say)
    text = say("{who} asks {amount} for a customer.", who=who, amount=asked_price(spending, say))
    about = [words(asked_price(spending, say), bold=True), words(" · " + what_for(spending, say))]
    opening = paragraph(*filled(say(_opening(spending)), who=words(who, bold=True)))
    blocks = [opening, paragraph(*about, *receipt(spending, say)), small(particulars(spending, say))]
    if spending.status == SpendingStatus.WAITING:
        rest = deciding(spending, person, me)
    else:
        outcome = _outcome(spending, decided_by or say("A manager"), say)
        rest = [paragraph(words(outcome, bold=True))]
        rest += [paragraph(words(spending.reason, italic=True))] if spending.reason else []
        text += f" {outcome}"
    picture = receipt_picture(spending, say)
    return Message(text, [*blocks, *picture, *rest], plainer=[*blocks, *rest] if picture else ())


def _opening(spending: Spending) -> str:
    if spending.is_urgent:
        return later("{who} asks for more than fits, and the customer is waiting:")
    if spending.is_spent:
        return later("{who} spent more than fits, and asks whether it is paid:")
    return later("{who} asks for more than fits:")


def _outcome(spending: Spending, who: str, say: Say) -> str:
    """What became of it, in a sentence."""
    if spending.status == SpendingStatus.UNDONE:
        return say("It was taken back. There is nothing left to decide.")
    if spending.status == SpendingStatus.BOOKED:
        return say("It fits, and is booked. There is nothing left to decide.")
    return decision(spending, who, say)


def as_seen(spending: Spending) -> str:
    """What a button carries: which expense it is, and the amount that stands beside it, in cents."""
    return f"{spending.id}:{cents_of(spending)}"


def deciding(spending: Spending, person: Named, me: Me) -> list[Json]:
    """The buttons with which a manager decides. Nobody does on their own, which the click checks again."""
    say, value = me.say, as_seen(spending)
    if person.slack_id == me.slack_id:
        return [small(say("This is your own: another manager decides on it."))]
    label = say("Agree with {amount} of {who}", amount=asked_price(spending, say), who=name_of(person, say))
    row = [button(say("Agree"), AGREE, value, style="primary", label=label[:75])]
    row += [button(say("In part"), PART, value)] if is_divisible(spending) else []
    return [buttons(*row, button(say("No, but…"), REFUSE, value))]


def seen_message(spending: Spending, person: Named, me: Me, decided_by: str = "") -> Message:  # noqa: ARG001
    """To a manager, afterwards: above the day's amount, which is soft, and within the month's."""
    say, who, amount = me.say, name_of(person, me.say), price(spending, me.say)
    template = say("{who} spent {amount}: above the day's amount, within the month's. You need not do anything.")
    blocks = [
        paragraph(*filled(template, who=words(who, bold=True), amount=words(amount))),
        paragraph(words(what_for(spending, say)), *receipt(spending, say)),
        small(particulars(spending, say)),
    ]
    return Message(template.format(who=who, amount=amount), blocks)


def digest_message(waiting: Sequence[Waiting], me: Me, number: int | None = None) -> Message:
    """Once a day to a manager: what waits, the oldest first; `number` in all, if there are more than are given."""
    say, count = me.say, len(waiting) if number is None else number
    title = questions(count, say) if count else say("There is no question about money left.")
    blocks: list[Json] = [line(title)]
    for spending, person in waiting[:IN_DIGEST]:
        blocks += [*listed(spending, person, me), *deciding(spending, person, me)]
    blocks += more(count - IN_DIGEST, say)
    return Message(title, [*blocks, buttons(button(say("The office's budget"), OVERVIEW))])


def past_message(say: Say) -> Message:
    """In place of what a manager was asked once: on an earlier day, or as long as they were one."""
    text = say("What waits for the managers stands in a newer message, and at their Home.")
    return Message(text, [small(text)])


def managers_card(waiting: Sequence[Waiting], me: Me) -> list[Json]:
    """What waits for a manager, at Home; the office's budget is always a click away."""
    if not waiting:
        return [buttons(button(me.say("The office's budget"), OVERVIEW))]
    blocks = [divider(), header(questions(len(waiting), me.say))]
    for spending, person in waiting[:AT_HOME]:
        blocks += [*listed(spending, person, me), *deciding(spending, person, me)]
    return [*blocks, buttons(button(me.say("The office's budget"), OVERVIEW))]


def questions(number: int, say: Say) -> str:
    """How many wait for a manager."""
    return say.plural(
        "{number} question about money waits for you", "{number} questions about money wait for you", number
    )


def asked_in(body: Json) -> set[str]:
    """The numbers of the expenses on which a message that stands lets its reader decide."""
    elements = [one for block in body.get("blocks", ()) for one in block.get("elements", ())]
    return {one["value"].partition(":")[0] for one in elements if one.get("action_id") == AGREE}


def listed(spending: Spending, person: Named, me: Me) -> list[Json]:
    """What somebody asks, in a list."""
    who = words(f"{name_of(person, me.say)}: ", bold=True)
    waits = [me.say("the customer is waiting")] if spending.is_urgent else []
    return [paragraph(who, *thing(spending, me.say)), small(" · ".join([*waits, particulars(spending, me.say)]))]


def more(number: int, say: Say) -> list[Json]:
    """That there are more than are shown."""
    return [small(say.plural("and {number} more", "and {number} more", number))] if number > 0 else []
