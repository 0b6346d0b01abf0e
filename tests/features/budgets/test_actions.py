"""Spending within the caps and above them, correcting, taking back."""

import pytest

from bot.features.budgets import actions, closing
from bot.kernel.budgets import Verdict
from bot.kernel.errors import BotError, FormError
from bot.kernel.office import Me
from bot.services import Services
from storage.database import InWorkspace
from storage.people import Standing
from storage.spending import SpendingStatus
from tests.fakes import FakeOffice, StoppedClock
from tests.features.budgets.spenders import correct, entries, lines, spend, spendings


def test_within_the_caps_it_is_booked_and_nobody_is_asked(services: Services, sanne: Me, office: FakeOffice) -> None:
    spent = spend(services, sanne, "7,50")

    assert (spent.verdict, spent.spending.status) == (Verdict.BOOK, SpendingStatus.BOOKED)
    assert (spent.room.cents, spent.room.month_cents) == (250, 9250)
    assert entries(services, sanne) == [750]
    assert office.posts("U0FATIMA") == []


def test_above_the_days_cap_it_waits_and_nothing_is_booked(services: Services, sanne: Me) -> None:
    spend(services, sanne, "7,50")

    spent = spend(services, sanne, "5")

    assert (spent.verdict, spent.spending.status) == (Verdict.ASK, SpendingStatus.WAITING)
    assert spent.room.cents == 250
    assert entries(services, sanne) == [750]


def test_up_to_the_very_cap_is_within_it(services: Services, sanne: Me) -> None:
    assert spend(services, sanne, "10").verdict is Verdict.BOOK
    assert spend(services, sanne, "0,01").verdict is Verdict.ASK


def test_the_months_cap_holds_over_its_days(services: Services, sanne: Me, clock: StoppedClock) -> None:
    clock.pass_time(days=20)  # the 22nd
    for day in range(1, 11):
        assert spend(services, sanne, "10", day=f"2026-11-{day:02}").verdict is Verdict.BOOK

    assert spend(services, sanne, "1").verdict is Verdict.ASK
    assert spend(services, sanne, "1", day="2026-10-31").verdict is Verdict.BOOK


def test_one_line_is_an_expense_and_the_same_line_again_is_the_same_one(
    services: Services, sanne: Me, clock: StoppedClock
) -> None:
    first = actions.spend_by_command(services, sanne, "€ 2,50 bloemen voor een jarige klant")
    again = actions.spend_by_command(services, sanne, "2.50  bloemen voor een jarige klant")
    clock.pass_time(minutes=3)
    later = actions.spend_by_command(services, sanne, "2,50 bloemen voor een jarige klant")

    assert first.spending.what_for == "bloemen voor een jarige klant"
    assert again.spending.id == first.spending.id != later.spending.id
    assert entries(services, sanne) == [250, 250]


def test_taking_back_writes_the_opposite_and_refers_to_it(services: Services, sanne: Me) -> None:
    spent = spend(services, sanne, "7,50")

    assert actions.undo_spending(services, sanne, spent.spending.id or 0) is not None
    assert actions.undo_spending(services, sanne, spent.spending.id or 0) is None

    booked, back = lines(services, sanne)
    assert (booked.cents, back.cents, back.corrects_id) == (750, -750, booked.id)
    assert spend(services, sanne, "10").verdict is Verdict.BOOK


def test_a_corrected_amount_is_a_new_entry_judged_without_the_old(services: Services, sanne: Me) -> None:
    spent = spend(services, sanne, "7,50")

    corrected = correct(services, sanne, spent.spending.id or 0, "9", what_for="rozen")

    assert corrected.room.cents == 100
    assert entries(services, sanne) == [750, -750, 900]
    first, back, new = lines(services, sanne)
    assert back.corrects_id == new.corrects_id == first.id
    assert [one.what_for for one in spendings(services, sanne)] == ["rozen"]


def test_a_correction_above_the_caps_is_refused_at_its_field_and_changes_nothing(services: Services, sanne: Me) -> None:
    spent = spend(services, sanne, "7,50")

    with pytest.raises(FormError) as refused:
        correct(services, sanne, spent.spending.id or 0, "11")

    assert set(refused.value.fields) == {"amount"}
    assert entries(services, sanne) == [750]
    assert spendings(services, sanne)[0].cents == 750


def test_another_day_moves_the_money_to_that_day(services: Services, sanne: Me) -> None:
    spent = spend(services, sanne, "7,50")

    correct(services, sanne, spent.spending.id or 0, "7,50", day="2026-11-01")

    assert [(entry.cents, f"{entry.day}") for entry in lines(services, sanne)] == [
        (750, "2026-11-02"), (-750, "2026-11-02"), (750, "2026-11-01"),
    ]  # fmt: skip
    assert spend(services, sanne, "10").verdict is Verdict.BOOK


def test_what_waits_is_booked_when_it_is_corrected_to_fit(services: Services, sanne: Me) -> None:
    asked = spend(services, sanne, "12")

    corrected = correct(services, sanne, asked.spending.id or 0, "8")

    assert (corrected.verdict, corrected.spending.status) == (Verdict.BOOK, SpendingStatus.BOOKED)
    assert entries(services, sanne) == [800]


def test_words_alone_leave_the_ledger_as_it_is(services: Services, sanne: Me) -> None:
    spent = spend(services, sanne, "7,50")

    correct(services, sanne, spent.spending.id or 0, "7,50", what_for="rozen", company="Bakker Jansen")

    assert entries(services, sanne) == [750]
    assert spendings(services, sanne)[0].company == "Bakker Jansen"


def test_somebody_elses_expense_is_not_ones_own(services: Services, sanne: Me, bram: Me) -> None:
    spent = spend(services, sanne, "7,50").spending.id or 0

    for attempt in (
        lambda: actions.undo_spending(services, bram, spent),
        lambda: correct(services, bram, spent, "1"),
        lambda: actions.hurry_spending(services, bram, spent),
        lambda: actions.undo_spending(services, bram, 999),
    ):
        with pytest.raises(BotError, match="not an expense of yours"):
            attempt()
    assert entries(services, sanne) == [750]


def test_a_guest_spends_nothing(services: Services, office: FakeOffice) -> None:
    guest = office.person("U0GAST", "Gast", standing=Standing.GUEST)

    with pytest.raises(BotError):
        spend(services, guest, "1")
    with pytest.raises(BotError):
        actions.balance(services, guest)


def test_the_balance_says_what_is_left_and_what_waits(services: Services, sanne: Me) -> None:
    booked, asked = spend(services, sanne, "7,50"), spend(services, sanne, "5")

    seen = actions.balance(services, sanne)

    assert (seen.spent_day, seen.spent_month, seen.room.cents) == (750, 750, 250)
    assert [one.id for one in seen.last] == [booked.spending.id]
    assert [one.id for one in seen.waiting] == [asked.spending.id]


def test_the_days_are_the_persons_own(services: Services, office: FakeOffice, clock: StoppedClock) -> None:
    far = office.person("U0AROHA", "Aroha", zone="Pacific/Auckland")
    clock.pass_time(hours=3)  # noon in London is the third of November there

    assert f"{spend(services, far, '5').spending.day}" == "2026-11-03"


def test_a_later_correction_of_a_closed_month_stands_in_the_open_one(
    services: Services, sanne: Me, fatima: Me, clock: StoppedClock
) -> None:
    spent = spend(services, sanne, "7,50").spending.id or 0
    clock.pass_time(days=31)
    assert closing.close_month(services, fatima, "2026-11")

    corrected = correct(services, sanne, spent, "5", day="2026-11-02").spending.id or 0
    actions.undo_spending(services, sanne, corrected)

    assert [(one.cents, one.month) for one in lines(services, sanne)] == [
        (750, "2026-11"), (-750, "2026-12"), (500, "2026-12"), (-500, "2026-12"),
    ]  # fmt: skip


def test_nothing_new_is_written_in_a_closed_month(
    services: Services, sanne: Me, fatima: Me, clock: StoppedClock
) -> None:
    clock.pass_time(days=29)  # the first of December
    closing.close_month(services, fatima, "2026-11")

    with pytest.raises(FormError) as refused:
        spend(services, sanne, "5", day="2026-11-30")

    assert set(refused.value.fields) == {"day"}


def test_a_story_that_it_belongs_to_is_ones_own(services: Services, sanne: Me) -> None:
    with pytest.raises(FormError) as refused:
        spend(services, sanne, "5", story_id=12)

    assert set(refused.value.fields) == {"story_id"}


def test_another_workspace_sees_none_of_it(services: Services, sanne: Me, office: FakeOffice) -> None:
    spent = spend(services, sanne, "7,50").spending.id or 0
    elsewhere = office.person_elsewhere("T0ANDERS", "U0ANNA", "Anna")

    with pytest.raises(BotError):
        actions.undo_spending(services, elsewhere, spent)
    with services.database.reading(InWorkspace(elsewhere.workspace_id)) as tx:
        assert actions.balance_of(tx, elsewhere, spendings(services, sanne)[0].day).spent_month == 0
