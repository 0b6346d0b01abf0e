"""The ledger's questions."""

from datetime import date
from typing import Any

import pytest

from storage import spending as ledger
from storage import spending_questions as questions
from storage.database import Database
from storage.ledger_export import company_totals
from storage.people import enter_person
from storage.spending import ClosedMonth, PaidWith, Spending, SpendingStatus
from storage.workspaces import enter_workspace
from tests.fakes import MONDAY, TEAM

DAY = date(2026, 11, 2)


class Books:
    """Somebody's books in a workspace."""

    def __init__(self, database: Database, team: str = TEAM) -> None:
        self.database = database
        with database.writing() as tx:
            self.workspace_id: int = enter_workspace(tx, team, MONDAY).id or 0
            self.person_id: int = enter_person(tx, "U0SANNE", "Sanne").id or 0
        self.request_key = None

    def book(self, cents: int, day: date = DAY, **values: Any) -> int:
        first = {"currency": "EUR", "what_for": "bloemen"}
        with self.database.writing(self) as tx:
            books = ledger.books_for(tx, self.person_id, day)
            return ledger.book(tx, books, now=MONDAY, cents=cents, **first | values).id or 0

    def take_back(self, spending_id: int) -> None:
        with self.database.writing(self) as tx:
            spending = ledger.spending_to_change(tx, spending_id)
            assert spending is not None
            ledger.take_back(tx, spending, MONDAY, ledger.closed_until(tx))
            spending.status = SpendingStatus.UNDONE

    def close(self, month: str) -> None:
        with self.database.writing(self) as tx:
            tx.add(ClosedMonth(workspace_id=self.workspace_id, month=month, closed_at=MONDAY))


@pytest.fixture
def books(database: Database) -> Books:
    return Books(database)


def test_what_was_spent_is_summed_by_day_and_by_month(books: Books) -> None:
    for cents, day in ((250, DAY), (100, DAY), (400, date(2026, 11, 30)), (900, date(2026, 10, 31))):
        books.book(cents, day)
    Books(books.database, "T0ANDERS").book(5000)

    with books.database.reading(books) as tx:
        assert ledger.spent(tx, books.person_id, DAY) == (350, 750)
        assert ledger.spent(tx, books.person_id, date(2026, 12, 1)) == (0, 0)


def test_what_was_taken_back_counts_no_more_and_is_taken_back_once(books: Books) -> None:
    spending = books.book(250)
    books.take_back(spending)
    books.take_back(spending)

    with books.database.reading(books) as tx:
        assert ledger.spent(tx, books.person_id, DAY) == (0, 0)
        assert [one.cents for one in tx.exec(ledger.entries_of(spending))] == [250, -250]


def test_what_comes_after_closing_stands_in_the_open_month(books: Books) -> None:
    spending = books.book(250)
    books.close("2026-11")
    books.take_back(spending)

    with books.database.reading(books) as tx:
        assert ledger.closed_until(tx) == "2026-11"
        assert [one.month for one in tx.exec(ledger.entries_of(spending))] == ["2026-11", "2026-12"]
        assert questions.month_by_person(tx, "2026-12") == {books.person_id: (-250, 0)}


def test_gifts_to_colleagues_are_another_column(books: Books) -> None:
    books.book(250)
    books.book(300, is_staff=True)

    with books.database.reading(books) as tx:
        assert questions.month_by_person(tx, "2026-11") == {books.person_id: (250, 300)}


def test_a_companys_year_is_without_vat_and_without_what_colleagues_got(books: Books) -> None:
    books.book(12_100, company="Bakker Jansen", vat_rate=21)
    books.book(1000, company="bakker  jansen")
    books.book(500, company="Bakker Jansen", currency="CHF")
    books.book(500, company="Bakker Jansen", is_staff=True)
    books.book(900, date(2025, 12, 31), company="Bakker Jansen")
    books.take_back(books.book(700, company="Slager Smit"))
    books.book(300)

    with books.database.reading(books) as tx:
        assert company_totals(tx, 2026, "EUR") == [("Bakker Jansen", 11_000)]


def test_only_own_money_that_counts_is_to_be_paid_back(books: Books) -> None:
    own = books.book(250)
    books.book(250, paid_with=PaidWith.TILL)
    books.take_back(books.book(250))

    with books.database.reading(books) as tx:
        assert [spending.id for spending, _ in questions.to_pay_back(tx)] == [own]


def test_the_same_expense_is_of_the_same_person_day_amount_and_words(books: Books) -> None:
    spending = books.book(250)
    like = {"workspace_id": books.workspace_id, "person_id": books.person_id, "day": DAY, "what_for": "bloemen"}

    with books.database.reading(books) as tx:
        same = questions.same_spending(tx, Spending(**like, cents=250), MONDAY)
        assert same is not None
        assert same.id == spending
        assert questions.same_spending(tx, Spending(**like, cents=251), MONDAY) is None
