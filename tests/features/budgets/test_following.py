"""The amount in a story stands in the ledger, and follows the story."""

import pytest

from bot.features.budgets import actions, deciding, following
from bot.features.budgets.rules import Decision
from bot.features.stories.actions import change_story, remove_story, share_story, tell_story
from bot.features.stories.rules import TypedStory
from bot.kernel.errors import BotError, FormError
from bot.kernel.facts import StoryAmountSet
from bot.kernel.office import Me
from bot.services import Reactions, Services
from storage.spending import PaidWith, SpendingStatus
from tests.features.budgets.spenders import correct, entries, lines, spend, spendings

STORY = "Ik bracht haar bloemen voor haar verjaardag."


@pytest.fixture
def reactions() -> Reactions:
    """A story's amount is followed, and nothing else happens."""
    return {StoryAmountSet: (following.follow_story,)}


def test_an_amount_in_a_story_is_booked_and_linked_to_it(services: Services, sanne: Me) -> None:
    told = tell_story(services, sanne, TypedStory(STORY, spent="7,50", day="2026-11-01"))

    (spending,) = spendings(services, sanne)
    assert (spending.story_id, spending.cents, spending.paid_with) == (told.story_id, 750, PaidWith.TILL)
    assert (f"{spending.day}", spending.status) == ("2026-11-01", SpendingStatus.BOOKED)
    assert list(told.remarks) == []
    assert actions.balance(services, sanne).room.cents == 1000


def test_a_story_without_an_amount_leaves_the_ledger_alone(services: Services, sanne: Me) -> None:
    share_story(services, sanne, STORY)
    tell_story(services, sanne, TypedStory(STORY, spent="0"))

    assert list(spendings(services, sanne)) == []


def test_an_amount_above_the_caps_waits_and_the_teller_reads_so(services: Services, sanne: Me, fatima: Me) -> None:
    told = tell_story(services, sanne, TypedStory(STORY, spent="12"))

    assert [remark.english for remark in told.remarks] == ["The amount waits for a manager."]
    assert entries(services, sanne) == []
    deciding.decide_spending(services, fatima, spendings(services, sanne)[0].id or 0, Decision.APPROVE)
    assert entries(services, sanne) == [1200]


def test_another_amount_takes_the_old_one_back(services: Services, sanne: Me) -> None:
    story = tell_story(services, sanne, TypedStory(STORY, spent="7,50")).story_id

    change_story(services, sanne, story, TypedStory(STORY, spent="9"))
    change_story(services, sanne, story, TypedStory(STORY + " Ze straalde.", spent="9"))

    assert entries(services, sanne) == [750, -750, 900]
    assert actions.balance(services, sanne).room.cents == 100


def test_another_amount_above_the_caps_waits_and_counts_no_more(services: Services, sanne: Me) -> None:
    story = tell_story(services, sanne, TypedStory(STORY, spent="7,50")).story_id

    change_story(services, sanne, story, TypedStory(STORY, spent="50"))

    assert entries(services, sanne) == [750, -750]
    assert [one.status for one in spendings(services, sanne)] == [SpendingStatus.UNDONE, SpendingStatus.WAITING]


def test_another_day_moves_the_amount(services: Services, sanne: Me) -> None:
    story = tell_story(services, sanne, TypedStory(STORY, spent="7,50")).story_id

    change_story(services, sanne, story, TypedStory(STORY, spent="7,50", day="2026-11-01"))

    assert [(one.cents, f"{one.day}") for one in lines(services, sanne)] == [
        (750, "2026-11-02"), (-750, "2026-11-02"), (750, "2026-11-01"),
    ]  # fmt: skip


def test_a_story_that_loses_its_amount_or_goes_takes_the_money_back(services: Services, sanne: Me) -> None:
    first = tell_story(services, sanne, TypedStory(STORY, spent="5")).story_id
    second = tell_story(services, sanne, TypedStory(STORY + " Weer.", spent="4")).story_id

    change_story(services, sanne, first, TypedStory(STORY))
    remove_story(services, sanne, second)

    assert entries(services, sanne) == [500, 400, -500, -400]
    assert {one.status for one in spendings(services, sanne)} == {SpendingStatus.UNDONE}


def test_what_waits_goes_with_its_story(services: Services, sanne: Me, fatima: Me) -> None:
    story = tell_story(services, sanne, TypedStory(STORY, spent="50")).story_id

    remove_story(services, sanne, story)

    with pytest.raises(BotError, match="taken back"):
        deciding.decide_spending(services, fatima, spendings(services, sanne)[0].id or 0, Decision.APPROVE)


def test_an_amount_of_a_story_changes_there_and_its_receipt_here(services: Services, sanne: Me) -> None:
    tell_story(services, sanne, TypedStory(STORY, spent="7,50"))
    spending = spendings(services, sanne)[0].id or 0

    with pytest.raises(FormError) as refused:
        correct(services, sanne, spending, "5")
    assert set(refused.value.fields) == {"amount"}
    with pytest.raises(BotError, match="stands in a story"):
        actions.undo_spending(services, sanne, spending)
    story = spendings(services, sanne)[0].story_id
    correct(services, sanne, spending, "7,50", what_for="", paid_with="own", story_id=story)

    assert spendings(services, sanne)[0].paid_with == PaidWith.OWN


def test_what_was_paid_back_stays_in_the_books(services: Services, sanne: Me, fatima: Me) -> None:
    story = tell_story(services, sanne, TypedStory(STORY, spent="7,50")).story_id
    spending = spendings(services, sanne)[0].id or 0
    correct(services, sanne, spending, "7,50", what_for="", paid_with="own", story_id=story)
    deciding.mark_paid_back(services, fatima, [spending])

    changed = change_story(services, sanne, story, TypedStory(STORY, spent="9"))
    remove_story(services, sanne, story)

    assert len(changed.remarks) == 1
    assert entries(services, sanne) == [750]


def test_an_expense_of_its_own_may_belong_to_a_story_with_an_amount(services: Services, sanne: Me) -> None:
    story = tell_story(services, sanne, TypedStory(STORY, spent="5")).story_id
    spend(services, sanne, "2", story_id=story)

    remove_story(services, sanne, story)

    assert entries(services, sanne) == [500, 200, -500]
