"""What becomes of the ledger when somebody has themselves erased: the amounts stay, for the books have to be right."""

from sqlmodel import Session

from bot.features.budgets import notices
from bot.features.budgets.actions import take_back
from bot.kernel.office import Me
from bot.services import Services
from storage import spending as ledger
from storage.spending import SpendingStatus
from storage.spending_questions import spendings_of


def forget_spender(tx: Session, services: Services, me: Me) -> None:
    """Take somebody's words and receipts out of the ledger, and what managers read of them out of Slack.

    What waits is taken back. Day, amount and company stay: whom they belong to is a number that leads to nobody.
    """
    ledger.hold_books(tx)
    closed = ledger.closed_until(tx)
    for spending in spendings_of(tx, me.person_id):
        if spending.status == SpendingStatus.WAITING:
            take_back(tx, services, spending, closed)
        spending.what_for, spending.no_receipt, spending.receipt, spending.reason = "", "", None, ""
        notices.take_down(tx, services, spending)
    tx.flush()


def forget_decider(tx: Session, services: Services, me: Me) -> None:
    """Take somebody's name out of the messages in which they decided, or paid back; the decisions stay."""
    notices.forget_decider(tx, services, me)
