"""What becomes of the ledger when somebody has themselves erased: the amounts stay, for the books have to be right."""

from sqlmodel import Session

from bot.features.budgets import digests, export, notices, rules
from bot.features.budgets.actions import take_back
from bot.i18n.translate import later
from bot.kernel.office import Me
from bot.services import Services
from storage import spending as ledger
from storage.spending import SpendingStatus
from storage.spending_questions import months_of, spendings_of, to_pay_back
from storage.standing import posts_under


def forget_spender(tx: Session, services: Services, me: Me) -> None:
    """Take somebody's words and receipts out of the ledger, and what managers read of them out of Slack.

    What waits is taken back. Day, amount and company stay: whom they belong to is a number that leads to nobody.
    """
    ledger.hold_books(tx)
    closed = ledger.closed_until(tx)
    has_asked = False
    theirs = spendings_of(tx, me.person_id)
    for spending in theirs:
        if spending.status == SpendingStatus.WAITING:
            has_asked = take_back(tx, services, spending, closed)
        spending.what_for, spending.no_receipt, spending.receipt, spending.reason = "", "", None, ""
        spending.receipt_link = None
        notices.take_down(tx, services, spending)
    tx.flush()
    digests.forget(tx, services, [spending.id or 0 for spending in theirs])
    _take_files_away(tx, services, me)
    if has_asked:
        notices.announce(tx, services, services.office(tx), [], is_question=True)


def _take_files_away(tx: Session, services: Services, me: Me) -> None:
    """The accountant's files of the months with somebody's lines; a manager can ask for them anew, without the name."""
    months = set(months_of(tx, me.person_id))
    for key, _ in posts_under(tx, export.FILE):
        if key.split(":")[1] in months:
            services.outbox.remove(tx, key)


def forget_decider(tx: Session, services: Services, me: Me) -> None:
    """Take somebody's name out of the messages in which they decided, or paid back; the decisions stay."""
    notices.forget_decider(tx, services, me)


def what_is_owed(tx: Session, me: Me) -> list[str]:
    """Sentences for who is about to be erased: own money that is still to come is theirs to ask for first."""
    sums: dict[str, int] = {}
    for spending, _ in to_pay_back(tx, me.person_id):
        sums[spending.currency] = sums.get(spending.currency, 0) + rules.cents_of(spending)
    template = later("You still get {amount} back. Ask a manager for it first: afterwards nobody knows it is yours.")
    return [me.say(template, amount=me.say.money(cents, currency)) for currency, cents in sums.items()]
