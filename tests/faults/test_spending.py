"""Many who spend at once, managers who decide at once, and kill -9 at every statement: the ledger stays exact."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import func
from sqlmodel import col, select

from bot.kernel.budgets import Verdict
from storage.database import Database
from storage.migrate import upgrade
from storage.spending import LedgerEntry, Spending, SpendingStatus
from tests.faults.spending import ACTS, decide, die_everywhere, office_on, person, spend, spend_at_once
from tests.programs import Forked

Started = Callable[..., "Saying"]
TIMES = 200  # of 2,50, against ten a day


@dataclass
class Saying:
    """A program, and the file in which it says what it did."""

    program: Forked
    said: Path

    def ended(self) -> str:
        assert self.program.wait(timeout=240) == 0
        return self.said.read_text()


@pytest.fixture
def started(tmp_path: Path) -> Started:
    """Starts a program that does one thing."""
    numbers = count()

    def start(run: Callable[..., None], *arguments: object) -> Saying:
        said = tmp_path / f"said{next(numbers)}"
        return Saying(Forked(run, *arguments, said=said), said)

    return start


def assert_exactly_four(database: Database) -> None:
    with database.reading() as tx:
        statuses = Counter(tx.exec(select(Spending.status)))
        entries = list(tx.exec(select(LedgerEntry.cents)))
    assert statuses == {SpendingStatus.BOOKED: 4, SpendingStatus.WAITING: TIMES - 4}
    assert entries == [250] * 4


def test_two_hundred_at_once_book_exactly_four_in_thirty_two_threads(sqlite: Database) -> None:
    found = spend_at_once(office_on(sqlite), "U0SANNE", TIMES, threads=32)

    assert found.count(Verdict.BOOK) == 4
    assert_exactly_four(sqlite)


def test_two_hundred_at_once_book_exactly_four_in_two_processes(empty_postgresql: str, started: Started) -> None:
    database = Database(empty_postgresql, threads=4)
    upgrade(database)
    person(office_on(database), "U0SANNE")

    programs = [started(spend, empty_postgresql, TIMES // 2) for _ in range(2)]

    assert sum(int(program.ended()) for program in programs) == 4
    assert_exactly_four(database)
    database.close()


def test_two_managers_in_two_processes_decide_each_once(empty_postgresql: str, started: Started) -> None:
    """Also on each other's: neither waits for ever."""
    database = Database(empty_postgresql, threads=8)
    upgrade(database)
    services = office_on(database)
    for slack_id in ("U0SANNE", "U0FATIMA", "U0ILSE"):
        spend_at_once(services, slack_id, 24, threads=4)
    with database.reading() as tx:
        waiting = tx.exec(select(Spending.id).where(Spending.status == SpendingStatus.WAITING)).all()

    programs = [started(decide, empty_postgresql, slack_id, list(waiting)) for slack_id in ("U0FATIMA", "U0ILSE")]

    assert sum(int(program.ended()) for program in programs) == len(waiting) == 60
    with database.reading() as tx:
        approved = tx.exec(select(Spending.id).where(Spending.status == SpendingStatus.APPROVED)).all()
        own = select(func.count()).select_from(Spending).where(Spending.decided_by == Spending.person_id)
        lines = select(LedgerEntry.spending_id).where(col(LedgerEntry.is_asked).is_(True))
        assert sorted(map(int, approved)) == sorted(tx.exec(lines)) == sorted(map(int, waiting))
        assert tx.exec(own).one() == 0
    database.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def new_database(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """The address of an empty database that other programs can open too."""
    if request.param == "sqlite":
        return lambda: f"sqlite:///{tmp_path / 'fans.db'}"
    address: str = request.getfixturevalue("empty_postgresql")
    return lambda: address


def die_again_and_again(started: Started, address: str, step: int) -> None:
    database = Database(address, threads=2)
    upgrade(database)
    database.close()

    said = started(die_everywhere, address, step).ended()

    assert said.splitlines() == list(ACTS)


def test_killed_halfway_nothing_is_half_done(new_database: Callable[[], str], started: Started) -> None:
    die_again_and_again(started, new_database(), step=9)


@pytest.mark.long
def test_killed_before_any_statement_nothing_is_half_done(new_database: Callable[[], str], started: Started) -> None:
    die_again_and_again(started, new_database(), step=1)
