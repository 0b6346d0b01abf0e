"""A yes for a gift is permission and no more: its price is in the books once somebody takes it, and once alone."""

from datetime import timedelta

import pytest

from bot.features.budgets import actions as budgets
from bot.features.budgets import approving, closing, deciding, export
from bot.features.budgets.rules import Decision
from bot.features.gifts import actions, booking, listeners, screens, window
from bot.kernel.errors import BotError
from bot.kernel.office import Me
from bot.wiring.reactions import REACTIONS
from storage.spending import SpendingStatus
from tests.fakes import FakeOffice, FakeSlack
from tests.features.budgets.spenders import lines, spend
from tests.features.gifts.shelf import Shelf
from tests.features.heard import Heard
from tests.limits import complaints_about_view


@pytest.fixture
def reactions() -> object:
    """The managers' messages follow what is asked and withdrawn."""
    return REACTIONS


def ask(shelf: Shelf, me: Me, gift: int, **how: bool) -> int:
    booking.ask_for_gift(shelf.services, me, gift, **{"for_colleague": False} | how)
    return [one.id or 0 for one in shelf.spent(me) if one.status == SpendingStatus.WAITING][-1]


def agree(shelf: Shelf, manager: Me, asked: int) -> None:
    deciding.decide_spending(shelf.services, manager, asked, Decision.APPROVE)


def test_who_takes_a_gift_asks_for_it_no_longer(shelf: Shelf, office: FakeOffice, sanne: Me, fatima: Me) -> None:
    roses, card = shelf.has("Rozen", price="5"), shelf.has("Kaart", price="3")
    spend(shelf.services, sanne, "8")
    asked, another = ask(shelf, sanne, roses, is_urgent=True), ask(shelf, sanne, card)
    colleagues = ask(shelf, sanne, roses, for_colleague=True)
    shelf.services.clock.move_to(shelf.services.clock.now() + timedelta(days=1))
    actions.take_gift(shelf.services, sanne, roses, for_colleague=False)

    assert [one.id for one in shelf.spent(sanne) if one.status == SpendingStatus.WAITING] == [another, colleagues]
    assert "actions" not in str(office.queued("U0FATIMA")[0].body)  # the question has no buttons any more
    with pytest.raises(BotError, match="taken back"):
        agree(shelf, fatima, asked)
    assert shelf.entries(sanne) == [800, 500]


def test_whatever_it_cost_when_it_was_asked(shelf: Shelf, sanne: Me) -> None:
    roses = shelf.has("Rozen", price="15")
    ask(shelf, sanne, roses)
    with shelf.services.database.writing(sanne) as tx:
        found = actions.gifts.gift_to_move(tx, roses)
        assert found is not None
        found.price_cents = 500
    actions.take_gift(shelf.services, sanne, roses, for_colleague=False)

    assert [one.status for one in shelf.spent(sanne)] == [SpendingStatus.UNDONE, SpendingStatus.BOOKED]
    assert actions.see_cupboards(shelf.services, sanne).asked == []


def test_what_was_agreed_with_and_not_taken_is_in_no_books(shelf: Shelf, sanne: Me, bram: Me, fatima: Me) -> None:
    """Two who ask for the last rose."""
    roses = shelf.has("Rozen", price="20", stock=1)
    for me in (sanne, bram):
        agree(shelf, fatima, ask(shelf, me, roses))
    assert shelf.entries(sanne) == shelf.entries(bram) == []
    actions.take_gift(shelf.services, bram, roses, for_colleague=False)
    with pytest.raises(BotError, match="the last Rozen"):
        actions.take_gift(shelf.services, sanne, roses, for_colleague=False)

    assert (shelf.entries(sanne), shelf.entries(bram)) == ([], [2000])
    csv = export.csv_of(shelf.services, sanne.workspace_id, "2026-11")
    assert ("Bram" in csv, "Sanne" in csv) == (True, False)
    totals = {one.person.name: one.cents for one in closing.overview(shelf.services, fatima).people}
    assert totals == {"Bram": 2000}


def test_it_stands_on_the_day_on_which_it_was_taken_beside_the_caps(shelf: Shelf, sanne: Me, fatima: Me) -> None:
    roses = shelf.has("Rozen", price="20")
    agree(shelf, fatima, ask(shelf, sanne, roses))
    shelf.services.clock.move_to(shelf.services.clock.now() + timedelta(days=31))
    closing.close_month(shelf.services, fatima, "2026-11")
    actions.take_gift(shelf.services, sanne, roses, for_colleague=False)

    [line] = lines(shelf.services, sanne)
    assert (f"{line.day}", line.month, line.cents, line.is_asked) == ("2026-12-03", "2026-12", 2000, True)
    assert (f"{shelf.spent(sanne)[0].day}", shelf.spent_today(sanne)) == ("2026-12-03", 0)


def test_a_gift_is_not_agreed_with_in_part(shelf: Shelf, sanne: Me, fatima: Me) -> None:
    asked = ask(shelf, sanne, shelf.has("Rozen", price="20"))
    [spending] = shelf.spent(sanne)

    assert approving.PART not in str(approving.managers_message(spending, sanne, fatima).blocks)
    for attempt in (
        lambda: deciding.spending_to_decide(shelf.services, fatima, asked, in_part=True),
        lambda: deciding.decide_spending(shelf.services, fatima, asked, Decision.PARTLY, "5"),
    ):
        with pytest.raises(BotError, match="in part"):
            attempt()
    assert shelf.spent(sanne)[0].status == SpendingStatus.WAITING


def test_a_gift_is_spent_by_taking_it_alone(shelf: Shelf, sanne: Me, fatima: Me) -> None:
    asked = ask(shelf, sanne, shelf.has("Rozen", price="20"))
    agree(shelf, fatima, asked)

    with pytest.raises(BotError, match="from the cupboard"):
        budgets.spend_now(shelf.services, sanne, asked)


def test_all_that_one_took_and_asked_for_is_a_page_away(
    office: FakeOffice, slack: FakeSlack, shelf: Shelf, sanne: Me
) -> None:
    heard = Heard(office.services, slack, listeners.register)
    card = shelf.has("Kaart", price="0", stock=20)
    took = [actions.take_gift(shelf.services, sanne, card, for_colleague=False).move_id for _ in range(12)]
    for number in range(7):
        ask(shelf, sanne, shelf.has(f"Roos {number}", price="20"))
    shown, withdrawn = [], 0
    seen = heard.click(screens.SEE, user="U0SANNE") or {}
    for page in range(3):
        assert complaints_about_view(seen) == []
        row = [one for block in seen["blocks"] if block["type"] == "actions" for one in block["elements"]]
        shown += [int(one["value"]) for one in row if one["action_id"] == screens.PUT_BACK]
        withdrawn += sum(one["action_id"] == screens.WITHDRAW for one in row)
        if page < 2:
            seen = heard.click(f"{window.PAGE}.on", str(page + 1), "U0SANNE", seen) or {}
    assert (shown, withdrawn) == (took[::-1], 7)
    assert f"{window.PAGE}.on" not in str(seen)
    after = heard.click(screens.PUT_BACK, str(took[0]), "U0SANNE", seen) or {}

    assert after["private_metadata"] == "2"
    assert shelf.gift(card).stock == 9
