"""What the tests of budgets do time and again: spending, and looking in the ledger."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import col, select

from bot.features.budgets import actions
from bot.features.budgets.rules import Spent, TypedSpending
from bot.kernel.office import Me
from bot.services import Services
from storage.database import InWorkspace
from storage.spending import LedgerEntry, Spending


def spend(services: Services, me: Me, amount: str, **typed: Any) -> Spent:
    """An expense from the form."""
    return actions.spend(services, me, TypedSpending(**{"amount": amount, "what_for": "bloemen"} | typed))


def correct(services: Services, me: Me, spending_id: int, amount: str, **typed: Any) -> Spent:
    return actions.correct_spending(
        services, me, spending_id, TypedSpending(**{"amount": amount, "what_for": "bloemen"} | typed)
    )


def entries(services: Services, me: Me) -> list[int]:
    """The cents of somebody's lines in the ledger, in order."""
    return [entry.cents for entry in lines(services, me)]


def lines(services: Services, me: Me) -> Sequence[LedgerEntry]:
    with services.database.reading(InWorkspace(me.workspace_id)) as tx:
        found = select(LedgerEntry).where(LedgerEntry.person_id == me.person_id).order_by(col(LedgerEntry.id))
        return tx.exec(found).all()


def spendings(services: Services, me: Me) -> Sequence[Spending]:
    """Somebody's expenses, in order."""
    with services.database.reading(InWorkspace(me.workspace_id)) as tx:
        found = select(Spending).where(Spending.person_id == me.person_id).order_by(col(Spending.id))
        return tx.exec(found).all()
