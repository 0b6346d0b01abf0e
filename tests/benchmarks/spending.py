"""How long an expense takes with a few entries in the ledger, and with a million."""

import gc
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.features.budgets import actions, closing
from bot.features.budgets.rules import TypedSpending
from bot.kernel.office import Me
from bot.services import Services
from bot.wiring.reactions import REACTIONS
from storage.database import Database, InWorkspace
from storage.people import Person, person_by_slack_id
from storage.spending import LedgerEntry, PaidWith, Spending, SpendingStatus, month_of
from storage.workspaces import enter_workspace
from tests.benchmarks.tick import (
    TODAY,
    WEDNESDAY,
    bare_writing,
    databases,
    insert_all,
    markdown,
    parts,
    person,
    services_on,
)

FEW, MANY = 100, 1_000_000  # entries in the ledger
EACH = 1000  # of one person at most: four a working day for a year
DAYS = 365  # over which they spent
TIMES = 300  # that each act is measured
PLENTY = 10**9  # cents: nobody is asked
ACTS = {"an expense": TIMES, "one's balance": TIMES, "the managers' month": 9}


def the_ledger(folder: Path) -> list[str]:
    """All figures, as a part of the report."""
    (folder / "ledger").mkdir()
    rows: list[list[str]] = []
    with databases(folder / "ledger") as kinds:
        for kind, new_database in kinds.items():
            few, many = times_of([new_database(), new_database()])
            rows += [[f"{kind}: {act}", *ratio(few[act], many[act])] for act in ACTS]
            print(f"The ledger, {kind}: {rows}", flush=True)
    return [
        "## The ledger",
        "",
        f"Median of {TIMES} one after the other, by somebody with at most {EACH:,} entries of their own; to reach for "
        "an expense: at most 1.5 times as long. A month is read whole, so it grows with what was spent in it.",
        "",
        *markdown(["", f"{FEW} entries: ms", f"{MANY:,} entries: ms", "ratio"], rows),
    ]


def ratio(few: float, many: float) -> list[str]:
    return [f"{few * 1000:.2f}", f"{many * 1000:.2f}", f"{many / few:.2f}"]


def times_of(databases: list[Database]) -> list[dict[str, float]]:
    """Seconds that each act takes, its median: with few entries and with many.

    In turns, so that what else the machine does slows both down.
    """
    offices = [opened(database, entries) for database, entries in zip(databases, (FEW, MANY), strict=True)]
    found: list[dict[str, float]] = [{}, {}]
    gc.collect()
    gc.disable()
    for act, times in ACTS.items():
        took: list[list[float]] = [[], []]
        for number in range(times + 5):
            for office, seconds in zip(offices, took, strict=True):
                seconds.append(timed(act, *office, number))
        for medians, seconds in zip(found, took, strict=True):
            medians[act] = statistics.median(seconds[5:])  # the first ones prepare what the others use
    gc.enable()
    for database in databases:
        database.close()
    return found


def timed(act: str, services: Services, me: Me, number: int) -> float:
    acts: dict[str, Callable[[], Any]] = {
        "an expense": lambda: actions.spend(services, me, TypedSpending("2,50", f"koffie {number}")),
        "one's balance": lambda: actions.balance(services, me),
        "the managers' month": lambda: closing.overview(services, me),
    }
    began = time.perf_counter()
    acts[act]()
    return time.perf_counter() - began


def opened(database: Database, entries: int) -> tuple[Services, Me]:
    """An office with so many entries in its ledger, and somebody who spends in it."""
    services = services_on(database, WEDNESDAY)
    caps = {"budget_per_day": PLENTY, "budget_per_month": PLENTY, "managers": frozenset({"U000001"})}
    services = replace(services, settings=services.settings.model_copy(update=caps), reactions=REACTIONS)
    with database.writing() as tx:
        who = InWorkspace(enter_workspace(tx, "T0LINDE", WEDNESDAY).id or 0)
    people = max(entries // EACH, 1)
    insert_all(database, Person, [person(who.workspace_id, number) for number in range(1, people + 1)])
    for numbers in parts(range(entries), 20_000):
        insert_all(database, Spending, [spent(who.workspace_id, number, people) for number in numbers])
        insert_all(database, LedgerEntry, [entry(who.workspace_id, number, people) for number in numbers])
    tidy(database)
    with database.reading(who) as tx:
        found = person_by_slack_id(tx, "U000001")
        assert found is not None
        return services, services.me(tx, found)


def tidy(database: Database) -> None:
    """As a database is that was filled in a year: it knows what is in its tables."""
    with bare_writing(database) as connection:
        connection.exec_driver_sql("ANALYZE")


def when(number: int, people: int) -> Iterator[Any]:
    """Whose the expense with this number is, and its day."""
    own = number // people
    yield number % people + 1
    yield TODAY - timedelta(days=own * DAYS // EACH + 1)


def spent(workspace: int, number: int, people: int) -> dict[str, Any]:
    person_id, day = when(number, people)
    return {
        "workspace_id": workspace, "person_id": person_id, "day": day, "cents": 250,
        "currency": "EUR", "what_for": f"Koffie voor klant {number}", "paid_with": PaidWith.OWN, "company": "",
        "is_staff": False, "no_receipt": "", "is_from_story": False, "status": SpendingStatus.BOOKED,
        "is_urgent": False, "is_spent": True, "is_over": False, "reason": "", "asked_at": WEDNESDAY,
        "paid_back_at": WEDNESDAY,
    }  # fmt: skip


def entry(workspace: int, number: int, people: int) -> dict[str, Any]:
    person_id, day = when(number, people)
    return {
        "workspace_id": workspace, "spending_id": number + 1, "person_id": person_id, "day": day,
        "month": month_of(day), "cents": 250, "is_staff": False, "is_asked": False, "booked_at": WEDNESDAY,
    }  # fmt: skip


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory(prefix="ledger-") as name:
        print("\n".join(the_ledger(Path(name))))
