"""The amount in a story stands in the ledger, and follows the story."""

import pytest
from sqlmodel import select

from bot.features.budgets import actions, booking, closing, deciding, following, jobs, repaying, showing
from bot.features.budgets.rules import Decision
from bot.features.gifts import actions as gifts
from bot.features.stories.actions import change_story, remove_story, share_story, tell_story
from bot.features.stories.rules import TypedStory
from bot.kernel.errors import BotError, FormError
from bot.kernel.facts import GiftOnLedger, StoryAmountSet, StoryChanged
from bot.kernel.office import Me
from bot.kernel.sentence import Sentence
from bot.services import Reactions, Services
from bot.wiring.gateway import me_of
from bot.wiring.requests import Asking
from storage.office import change_office
from storage.outbox import Post
from storage.spending import PaidWith, SpendingStatus
from storage.spending_questions import last_spendings
from tests.catalogue import sentences
from tests.fakes import MONDAY, TEAM, FakeOffice
from tests.features.budgets.spenders import correct, entries, lines, spend, spendings
from tests.features.gifts.shelf import Shelf

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
    assert list(told.remarks) == [following.FROM_TILL]
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
    repaying.mark_paid_back(services, fatima, [spending])

    changed = change_story(services, sanne, story, TypedStory(STORY, spent="9"))
    remove_story(services, sanne, story)

    assert len(changed.remarks) == 1
    assert entries(services, sanne) == [750]


def test_an_expense_of_its_own_may_belong_to_a_story_with_an_amount(services: Services, sanne: Me) -> None:
    story = tell_story(services, sanne, TypedStory(STORY, spent="5")).story_id
    spend(services, sanne, "2", story_id=story)

    remove_story(services, sanne, story)

    assert entries(services, sanne) == [500, 200, -500]


def test_a_manager_reads_how_a_shared_story_begins_and_of_a_private_one_the_day(
    services: Services, sanne: Me, fatima: Me
) -> None:
    story = tell_story(services, sanne, TypedStory(STORY, spent="35")).story_id
    asked = spendings(services, sanne)[0].id or 0
    actions.hurry_spending(services, sanne, asked)
    jobs.ask_in_digest(services)
    places = (shown_to(services, fatima), str(deciding.spending_to_decide(services, fatima, asked)))
    assert all(STORY[:20] in place for place in places)

    change_story(services, sanne, story, TypedStory(STORY, spent="35", is_shared=False))
    with services.database.writing(sanne) as tx:
        following.follow_words(tx, services, StoryChanged(sanne, story))

    assert STORY[:20] not in shown_to(services, fatima)
    assert STORY[:20] in str(actions.balance(services, sanne).waiting)


def test_a_message_about_what_was_decided_quotes_no_story(services: Services, sanne: Me, fatima: Me) -> None:
    tell_story(services, sanne, TypedStory(STORY, spent="35"))
    asked = spendings(services, sanne)[0].id or 0
    actions.hurry_spending(services, sanne, asked)

    deciding.decide_spending(services, fatima, asked, Decision.APPROVE)

    with services.database.reading(fatima) as tx:
        assert STORY[:20] not in str([post.body for post in tx.exec(select(Post)) if post.target == "U0FATIMA"])


def shown_to(services: Services, manager: Me) -> str:
    """What stands in a manager's messages, and at their Home."""
    with services.database.reading(manager) as tx:
        posts = [post.body for post in tx.exec(select(Post)) if post.target == manager.slack_id]
        return str([posts, showing.home_card(tx, services, manager)])


@pytest.mark.parametrize("remark", [booking.WAITS, booking.NOBODY_DECIDES, following.PAID_BACK, following.FROM_TILL])
def test_what_is_remarked_is_among_the_sentences_to_translate(remark: Sentence) -> None:
    assert remark.english in sentences()


def test_a_gift_above_a_soft_cap_is_shown_to_managers_once(
    services: Services, sanne: Me, fatima: Me, office: FakeOffice
) -> None:
    shelf = Shelf(office, fatima)
    gift = shelf.has(price="8")
    with services.database.writing(fatima) as tx:
        caps = {"day_cents": 1000, "month_cents": 3000, "is_soft": True}
        change_office(tx, "caps", [["0001-01-01", caps]], fatima.person_id, MONDAY)
    me = me_of(services, Asking(TEAM, "U0SANNE", "Sanne", is_stranger=False, request_key=None))

    told = []
    for _ in range(2):
        gifts.take_gift(services, me, gift, for_colleague=False)
        with services.database.reading(me) as tx:
            taken = last_spendings(tx, me.person_id, 1)[0].id or 0
        for _ in range(2):
            with services.database.writing(me) as tx:
                following.follow_gift(tx, services, GiftOnLedger(me, taken))
        told.append(len(office.posts("U0FATIMA")))

    assert told == [0, 1]


def test_a_new_amount_on_a_day_of_a_closed_month_is_told_at_the_day(services: Services, sanne: Me, fatima: Me) -> None:
    kept = tell_story(services, sanne, TypedStory(STORY, spent="5", day="2026-10-31")).story_id
    empty = tell_story(services, sanne, TypedStory(STORY, day="2026-10-31")).story_id
    other = tell_story(services, sanne, TypedStory(STORY, spent="1")).story_id
    closing.close_month(services, fatima, "2026-10")
    before = entries(services, sanne)
    for attempt in (
        lambda: tell_story(services, sanne, TypedStory(STORY, spent="5", day="2026-10-30")),
        lambda: change_story(services, sanne, empty, TypedStory(STORY, spent="5", day="2026-10-31")),
        lambda: change_story(services, sanne, kept, TypedStory(STORY, spent="5", day="2026-10-30")),
        lambda: change_story(services, sanne, other, TypedStory(STORY, spent="1", day="2026-10-30")),
    ):
        with pytest.raises(FormError) as refused:
            attempt()
        assert list(refused.value.fields) == ["day"]
    tell_story(services, sanne, TypedStory(STORY, day="2026-10-30"))
    change_story(services, sanne, kept, TypedStory(STORY + " En taart.", spent="5", day="2026-10-31"))
    assert entries(services, sanne) == before
    change_story(services, sanne, kept, TypedStory(STORY, spent="4", day="2026-10-31"))  # corrected in the open month

    assert [(line.cents, line.month) for line in lines(services, sanne)][-2:] == [(-500, "2026-11"), (400, "2026-11")]
