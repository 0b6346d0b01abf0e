"""What stays as it is when somebody corrects what they spent: a story's amount, a manager's yes, a closed month."""

import pytest

from bot.features.budgets import actions, closing, deciding, export, repaying
from bot.features.budgets.rules import Decision
from bot.features.stories.actions import change_story, remove_story, share_story, tell_story
from bot.features.stories.rules import TypedStory
from bot.kernel.errors import BotError
from bot.kernel.office import Me
from bot.services import Services
from storage.database import InWorkspace
from storage.spending import PaidWith, SpendingStatus
from storage.spending_questions import to_pay_back
from tests.fakes import FakeOffice, StoppedClock
from tests.features.budgets.spenders import correct, entries, lines, spend, spendings

STORY = "Ik bracht haar bloemen voor haar verjaardag."


def agreed(services: Services, me: Me, manager: Me, amount: str = "25", **typed: object) -> int:
    spending = spend(services, me, amount, **typed).spending.id or 0
    deciding.decide_spending(services, manager, spending, Decision.APPROVE)
    return spending


def debts(services: Services, me: Me) -> list[int]:
    with services.database.reading(InWorkspace(me.workspace_id)) as tx:
        return [spending.cents for spending, _ in to_pay_back(tx)]


@pytest.mark.parametrize("is_emptied", [True, False])
def test_the_amount_of_a_story_stays_with_its_story_and_is_booked_once(
    services: Services, sanne: Me, is_emptied: bool
) -> None:
    story = tell_story(services, sanne, TypedStory(STORY, spent="1")).story_id
    other = None if is_emptied else share_story(services, sanne, "Een ander verhaal over een klant").story_id
    spending = spendings(services, sanne)[0].id or 0

    correct(services, sanne, spending, "1", what_for="", story_id=other)
    change_story(services, sanne, story, TypedStory(STORY, spent="1,20"))

    assert entries(services, sanne) == [100, -100, 120]
    remove_story(services, sanne, story)
    assert sum(entries(services, sanne)) == 0


def test_own_money_that_was_agreed_beforehand_is_paid_back_once_it_is_spent(
    services: Services, sanne: Me, fatima: Me
) -> None:
    spending = agreed(services, sanne, fatima, is_spent=False)
    assert debts(services, sanne) == []

    actions.spend_now(services, sanne, spending)
    actions.spend_now(services, sanne, spending)

    assert debts(services, sanne) == [2500]
    assert repaying.mark_paid_back(services, fatima, [spending]) == 1


def test_only_ones_own_and_only_what_was_agreed_can_be_spent_now(
    services: Services, sanne: Me, bram: Me, fatima: Me
) -> None:
    spending, waiting = agreed(services, sanne, fatima), spend(services, sanne, "30").spending.id or 0

    for me, number in ((bram, spending), (sanne, waiting), (sanne, 999)):
        with pytest.raises(BotError):
            actions.spend_now(services, me, number)


def test_of_what_was_agreed_all_but_the_amount_can_be_corrected(services: Services, sanne: Me, fatima: Me) -> None:
    tell_story(services, sanne, TypedStory(STORY, spent="25"))
    spending = spendings(services, sanne)[0].id or 0
    deciding.decide_spending(services, fatima, spending, Decision.APPROVE)
    assert debts(services, sanne) == []

    correct(services, sanne, spending, "25", what_for="", paid_with="own", company="Jansen")
    for changed in ({"amount": "24"}, {"amount": "25", "is_staff": True}, {"amount": "25", "day": "2026-11-01"}):
        with pytest.raises(BotError, match="agreed"):
            correct(services, sanne, spending, **changed)

    assert debts(services, sanne) == [2500]
    assert entries(services, sanne) == [2500]


@pytest.fixture
def closed(services: Services, sanne: Me, fatima: Me, clock: StoppedClock) -> int:
    """An expense whose month is closed."""
    spending = spend(services, sanne, "5", paid_with="till", company="Jansen BV").spending.id or 0
    clock.pass_time(days=31)
    closing.close_month(services, fatima, "2026-11")
    return spending


def test_what_is_corrected_of_a_closed_month_stands_in_the_open_one(services: Services, sanne: Me, closed: int) -> None:
    before = export.csv_of(services, sanne.workspace_id, "2026-11")

    corrected = correct(
        services, sanne, closed, "5", day="2026-11-02", paid_with="own", company="Andere BV", vat_rate="21",
        what_for="iets anders",
    ).spending  # fmt: skip

    assert export.csv_of(services, sanne.workspace_id, "2026-11") == before
    assert [(one.cents, one.month) for one in lines(services, sanne)] == [
        (500, "2026-11"), (-500, "2026-12"), (500, "2026-12"),
    ]  # fmt: skip
    old, new = spendings(services, sanne)
    assert (old.status, old.company, old.paid_with) == (SpendingStatus.UNDONE, "Jansen BV", PaidWith.TILL)
    assert (new.id, new.status, new.company, new.paid_with) == (
        corrected.id, SpendingStatus.BOOKED, "Andere BV", PaidWith.OWN,
    )  # fmt: skip
    assert debts(services, sanne) == [500]


def test_another_amount_and_taking_back_leave_a_closed_month_too(services: Services, sanne: Me, closed: int) -> None:
    before = export.csv_of(services, sanne.workspace_id, "2026-11")

    corrected = correct(services, sanne, closed, "4", day="2026-11-02", company="Andere BV").spending
    actions.undo_spending(services, sanne, corrected.id or 0)

    assert export.csv_of(services, sanne.workspace_id, "2026-11") == before
    assert sum(entries(services, sanne)) == 0


def test_what_nobody_exports_is_no_new_line_in_a_closed_month(services: Services, sanne: Me, closed: int) -> None:
    correct(services, sanne, closed, "5", day="2026-11-02", paid_with="till", company="Jansen BV", is_spent=False)

    assert entries(services, sanne) == [500]


def test_today_can_be_written_where_it_is_still_the_month_that_closed(
    services: Services, office: FakeOffice, fatima: Me, clock: StoppedClock
) -> None:
    behind = office.person("U0KAI", "Kai", zone="Pacific/Honolulu")
    clock.pass_time(days=29)  # the first of December, and in Honolulu the last of November
    closing.close_month(services, fatima, "2026-11")

    spend(services, behind, "5", day="2026-11-30")

    assert [(f"{one.day}", one.month) for one in lines(services, behind)] == [("2026-11-30", "2026-12")]


def test_an_expense_that_fits_is_shown_to_no_manager_however_urgent(
    services: Services, sanne: Me, fatima: Me, office: FakeOffice
) -> None:
    spend(services, sanne, "5", is_urgent=True)

    assert office.posts("U0FATIMA") == []


def test_a_question_that_was_refused_and_comes_again_is_another_one(services: Services, sanne: Me, fatima: Me) -> None:
    first = actions.spend_by_command(services, sanne, "25 taart").spending.id or 0
    deciding.decide_spending(services, fatima, first, Decision.REFUSE, reason="nee")

    again = actions.spend_by_command(services, sanne, "25 taart").spending

    assert (again.id != first, again.status) == (True, SpendingStatus.WAITING)
