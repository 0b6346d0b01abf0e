"""Own money that a manager pays back: noting it, the last ones, and taking the note away again."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from sqlmodel import Session

from bot.features.budgets import notices, rules
from bot.features.budgets.approving import as_seen
from bot.features.budgets.rules import Asked
from bot.features.budgets.wording import name_of
from bot.kernel.clock import local_day
from bot.kernel.errors import BotError
from bot.kernel.office import Me
from bot.kernel.roles import must_be_manager
from bot.services import Services
from bot.slack.blocks import Json, button, buttons, header, paragraph, words
from storage import spending as ledger
from storage import spending_questions as questions
from storage.database import InWorkspace
from storage.spending import Spending

NOT_PAID_BACK = "spending.not_paid_back"
SHOWN = 5  # payments
READ = 75  # expenses: a payment is of fifteen at most


@contextmanager
def own_money_of(
    services: Services, me: Me, spending_ids: Sequence[int], seen: Mapping[int, int] | None
) -> Iterator[tuple[Session, list[Spending]]]:
    """Hold what a manager pays back, or takes that back of, and tell who sees it at Home. Raises BotError.

    `seen` is what the manager read that each is, in cents: one that is another amount by now is left out.
    """
    must_be_manager(me)
    with services.database.reading(me) as tx:
        owners = {one.person_id for one in questions.spendings_by_ids(tx, spending_ids)}
    if me.person_id in owners:
        raise BotError("Nobody pays their own money back. Another manager can.")
    with services.database.writing(InWorkspace(me.workspace_id, None, me.request_key)) as tx:
        questions.lock_people(tx, [*owners, me.person_id])
        found = [ledger.spending_to_change(tx, spending_id) for spending_id in sorted(set(spending_ids))]
        held = [one for one in found if one is not None]
        yield tx, [one for one in held if (seen or {}).get(one.id or 0, rules.cents_of(one)) == rules.cents_of(one)]
        notices.announce(tx, services, me.office, [me.person_id, *owners], is_question=False)


def mark_paid_back(
    services: Services, me: Me, spending_ids: Sequence[int], seen: Mapping[int, int] | None = None
) -> int:
    """Note that the own money of these was paid back; answers how many were new. See `own_money_of`."""
    with own_money_of(services, me, spending_ids, seen) as (tx, held):
        owed = [one for one in held if rules.is_to_pay_back(one, me)]
        now = services.clock.now()  # one moment for all: by it a payment is known
        for spending in owed:
            spending.paid_back_by, spending.paid_back_at = me.person_id, now
            tx.flush()
            notices.tell_paid_back(tx, services, spending, me.name)
        return len(owed)


def mark_not_paid_back(
    services: Services, me: Me, spending_ids: Sequence[int], seen: Mapping[int, int] | None = None
) -> int:
    """Note that the own money of these was not paid back after all; answers of how many. See `own_money_of`."""
    with own_money_of(services, me, spending_ids, seen) as (tx, held):
        paid = [one for one in held if one.paid_back_at is not None]
        for spending in paid:
            spending.paid_back_by, spending.paid_back_at = None, None
            tx.flush()
            notices.tell_not_paid_back(tx, services, spending)
        return len(paid)


def listed(paid_back: Sequence[Asked], me: Me) -> list[Json]:
    """The last payments, each with its way back; one's own is for another manager."""
    payments = _payments([one for one in paid_back if one.person.slack_id != me.slack_id])[:SHOWN]
    if not payments:
        return []
    return [header(me.say("Paid back lately")), *(block for payment in payments for block in _payment(payment, me))]


def _payments(paid_back: Sequence[Asked]) -> list[list[Asked]]:
    """What was marked with one click: of one person, at one moment, in one currency."""
    found: dict[tuple[object, ...], list[Asked]] = {}
    for one in paid_back:
        key = (one.person.id, one.spending.paid_back_at, one.spending.currency)
        found.setdefault(key, []).append(one)
    return list(found.values())


def _payment(payment: Sequence[Asked], me: Me) -> list[Json]:
    say, first = me.say, payment[0]
    amount = say.money(sum(rules.cents_of(one.spending) for one in payment), first.spending.currency)
    who, at = name_of(first.person, say), first.spending.paid_back_at
    row = [who, amount, *([say.day(local_day(at, me.zone))] if at else [])]
    ids = ",".join(as_seen(one.spending) for one in payment)
    label = say("{amount} was not paid back to {who} after all", amount=amount, who=who)
    undo = button(say("Not paid back after all"), NOT_PAID_BACK, ids, label=label[:75])
    return [paragraph(words(" · ".join(row))), buttons(undo)]
