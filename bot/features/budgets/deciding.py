"""What managers do: approve, partly approve or refuse what waits, and pay back."""

from collections.abc import Sequence

from sqlmodel import Session

from bot.features.budgets import digests, notices, quoting, reading, rules
from bot.features.budgets.rules import Asked, Decision
from bot.kernel.office import Me
from bot.kernel.roles import must_be_manager
from bot.services import Services
from storage import people
from storage import spending as ledger
from storage import spending_questions as questions
from storage.database import InWorkspace
from storage.spending import PaidWith, Spending, SpendingStatus


def decide_spending(
    services: Services, me: Me, spending_id: int, decision: Decision, amount: str = "", reason: str = "",
    seen_cents: int | None = None,
) -> Spending:  # fmt: skip
    """Approve what somebody asked, wholly or partly (`amount` as typed), or refuse it with a reason.

    `seen_cents` is what the manager read that it is (None: as it is). Raises FormError (`amount`, `reason`), and
    BotError: no manager, one's own, decided already, withdrawn, another amount by now, a part of a gift.
    """
    must_be_manager(me)
    with services.database.reading(me) as tx:
        owner_id = rules.must_be_decidable(ledger.spending_by_id(tx, spending_id), me).person_id
    # Not as `me`: who it is about is locked as well, and both in one order.
    with services.database.writing(InWorkspace(me.workspace_id, None, me.request_key)) as tx:
        questions.lock_people(tx, [owner_id, me.person_id])
        ledger.hold_books(tx)
        spending = rules.must_be_decidable(ledger.spending_to_change(tx, spending_id), me, seen_cents)
        if decision is Decision.PARTLY:
            rules.must_be_divisible(spending)
        cents, words = reading.read_decision(decision, amount, reason, spending.cents, spending.currency)
        _decide(tx, services, me, spending, cents, words)
        return spending


def _decide(tx: Session, services: Services, me: Me, spending: Spending, cents: int | None, reason: str) -> None:
    now = services.clock.now()
    spending.status = SpendingStatus.REFUSED if cents is None else SpendingStatus.APPROVED
    spending.cents_approved, spending.reason = cents, reason
    spending.decided_by, spending.decided_at = me.person_id, now
    if cents is not None and spending.paid_with != PaidWith.CUPBOARD:  # a gift is booked when it is taken
        ledger.enter(tx, spending, cents, now, ledger.closed_until(tx), is_asked=True)
    tx.flush()
    notices.renew(tx, services, spending, me.name)
    digests.renew(tx, services)
    notices.tell_owner(tx, services, spending, me.name)
    notices.announce(tx, services, me.office, [spending.person_id, me.person_id], is_question=True)


def spending_to_decide(
    services: Services, me: Me, spending_id: int, seen_cents: int | None = None, *, in_part: bool = False
) -> Asked:
    """What waits and whose it is, for the form. Raises BotError as `decide_spending` does."""
    must_be_manager(me)
    with services.database.reading(me) as tx:
        spending = rules.must_be_decidable(ledger.spending_by_id(tx, spending_id), me, seen_cents)
        if in_part:
            rules.must_be_divisible(spending)
        return Asked(quoting.as_told(tx, [spending])[0], next(iter(people.people_by_ids(tx, [spending.person_id]))))


def waiting(services: Services, me: Me) -> Sequence[Asked]:
    """What waits for this manager, the oldest first; not their own. Raises BotError."""
    must_be_manager(me)
    with services.database.reading(me) as tx:
        return [Asked(*one) for one in questions.waiting(tx, but=me.person_id)]
