"""A gift that costs more than fits, for which a manager is asked; and the company that a gift was for."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import Session

from bot.features.budgets import closing, deciding
from bot.features.budgets.rules import Decision
from bot.features.gifts import actions, booking, listeners, screens
from bot.features.gifts.rules import TooDearError
from bot.kernel.errors import BotError, FormError
from bot.kernel.facts import GiftOnLedger
from bot.kernel.office import Me
from bot.services import Services
from storage.spending import PaidWith, SpendingStatus, spending_by_id
from tests.fakes import FakeOffice, FakeSlack
from tests.features.gifts.shelf import Shelf
from tests.features.heard import Heard, Json, texts_in
from tests.limits import complaints_about_view


@pytest.fixture
def heard(office: FakeOffice, slack: FakeSlack, sanne: Me, bram: Me, fatima: Me) -> Heard:
    return Heard(office.services, slack, listeners.register)


def opened(heard: Heard, action: str, value: str, view: Json | None = None) -> Json:
    shown = heard.click(action, value, "U0SANNE", view)
    assert shown is not None
    assert complaints_about_view(shown) == []
    return shown


def decide(shelf: Shelf, manager: Me, me: Me, decision: Decision, amount: str = "", reason: str = "") -> None:
    [asked] = [one for one in shelf.spent(me) if one.status == SpendingStatus.WAITING]
    deciding.decide_spending(shelf.services, manager, asked.id or 0, decision, amount, reason)


# Too dear


def test_what_is_too_dear_offers_to_ask_a_manager(heard: Heard, shelf: Shelf, sanne: Me) -> None:
    roses = shelf.has("Rozen", price="15")
    asked = opened(heard, screens.TAKE, str(roses))
    refused = opened(heard, screens.FOR_CUSTOMER, str(roses), asked)
    assert "10,00" in texts_in(refused) or "10.00" in texts_in(refused)
    opened(heard, screens.ASK_FOR_CUSTOMER, str(roses), refused)

    [spent] = shelf.spent(sanne)
    assert (spent.status, spent.cents, spent.paid_with, spent.is_spent, spent.is_staff) == (
        SpendingStatus.WAITING, 1500, PaidWith.CUPBOARD, False, False,
    )  # fmt: skip
    assert (shelf.entries(sanne), shelf.gift(roses).stock) == ([], 5)


def test_while_the_customer_waits_it_is_asked_at_once(heard: Heard, shelf: Shelf, sanne: Me) -> None:
    roses = shelf.has("Rozen", price="15")
    booking.ask_for_gift(shelf.services, sanne, roses, for_colleague=False)
    refused = opened(heard, screens.FOR_CUSTOMER, str(roses), opened(heard, screens.TAKE, str(roses)))
    opened(heard, screens.ASK_NOW, str(roses), refused)

    assert [one.is_urgent for one in shelf.spent(sanne)] == [True]


def test_budgets_hear_of_each_gift_that_is_on_the_ledger(office: FakeOffice, fatima: Me, sanne: Me) -> None:
    heard: list[tuple[int, str]] = []

    def hear(tx: Session, _services: Services, fact: GiftOnLedger) -> None:
        found = spending_by_id(tx, fact.spending_id)
        heard.append((fact.spending_id, found.status if found else ""))

    services = replace(office.services, reactions={GiftOnLedger: (hear,)})
    shelf = Shelf(FakeOffice(services, office.real_clock), fatima)
    took = actions.take_gift(services, sanne, shelf.has(), for_colleague=False)
    actions.put_back(services, sanne, took.move_id)
    booking.ask_for_gift(services, sanne, shelf.has("Rozen", price="15"), for_colleague=False)
    booking.withdraw_ask(services, sanne, 2)

    assert heard == [(1, "booked"), (1, "undone"), (2, "waiting"), (2, "undone")]


def test_what_a_manager_agreed_with_is_taken_and_booked_once(shelf: Shelf, sanne: Me, fatima: Me) -> None:
    roses = shelf.has("Rozen", price="15")
    for _ in range(2):
        booking.ask_for_gift(shelf.services, sanne, roses, for_colleague=False)
    with pytest.raises(TooDearError):
        actions.take_gift(shelf.services, sanne, roses, for_colleague=False)
    decide(shelf, fatima, sanne, Decision.APPROVE)
    took = actions.take_gift(shelf.services, sanne, roses, for_colleague=False)

    assert (shelf.entries(sanne), shelf.gift(roses).stock) == ([1500], 4)
    assert [one.is_spent for one in shelf.spent(sanne)] == [True]
    assert shelf.spent_today(sanne) == 0
    with pytest.raises(TooDearError):
        actions.take_gift(shelf.services, sanne, roses, for_colleague=False)
    actions.put_back(shelf.services, sanne, took.move_id)
    assert (shelf.entries(sanne), shelf.gift(roses).stock) == ([1500, -1500], 5)


def test_a_yes_for_a_customer_is_none_for_a_colleague(shelf: Shelf, sanne: Me, fatima: Me) -> None:
    roses = shelf.has("Rozen", price="15")
    booking.ask_for_gift(shelf.services, sanne, roses, for_colleague=False)
    decide(shelf, fatima, sanne, Decision.APPROVE)

    with pytest.raises(TooDearError):
        actions.take_gift(shelf.services, sanne, roses, for_colleague=True)


def test_a_no_takes_the_question_away(shelf: Shelf, sanne: Me, fatima: Me) -> None:
    roses = shelf.has("Rozen", price="15")
    booking.ask_for_gift(shelf.services, sanne, roses, for_colleague=False)
    assert len(actions.see_cupboards(shelf.services, sanne).asked) == 1
    decide(shelf, fatima, sanne, Decision.REFUSE, reason="Neem een kaart")

    assert actions.see_cupboards(shelf.services, sanne).asked == []


def test_the_list_shows_what_was_asked_and_takes_it(
    heard: Heard, shelf: Shelf, slack: FakeSlack, sanne: Me, fatima: Me
) -> None:
    roses = shelf.has("Rozen", price="15")
    booking.ask_for_gift(shelf.services, sanne, roses, for_colleague=True)
    seen = opened(heard, screens.SEE, "")
    assert screens.WITHDRAW in str(seen)
    assert screens.FOR_COLLEAGUE not in str(seen)
    decide(shelf, fatima, sanne, Decision.APPROVE)
    seen = opened(heard, screens.SEE, "")
    opened(heard, screens.FOR_COLLEAGUE, str(roses), seen)

    assert shelf.gift(roses).stock == 4
    beneath = slack.asked("views_update")[-1]
    assert beneath["view_id"] == "V1"
    assert screens.PUT_BACK in str(beneath["view"])
    assert screens.WITHDRAW not in str(beneath["view"])


def test_a_question_is_withdrawn_before_and_after_the_answer(
    heard: Heard, shelf: Shelf, sanne: Me, bram: Me, fatima: Me
) -> None:
    roses = shelf.has("Rozen", price="15")
    for is_answered in (False, True):
        booking.ask_for_gift(shelf.services, sanne, roses, for_colleague=False)
        if is_answered:
            decide(shelf, fatima, sanne, Decision.APPROVE)
        asked = shelf.spent(sanne)[-1].id or 0
        with pytest.raises(BotError, match="any more"):
            booking.withdraw_ask(shelf.services, bram, asked)
        after = opened(heard, screens.WITHDRAW, str(asked), opened(heard, screens.SEE, ""))
        assert screens.WITHDRAW not in str(after)
        with pytest.raises(BotError, match="any more"):
            booking.withdraw_ask(shelf.services, sanne, asked)

    assert [one.status for one in shelf.spent(sanne)] == [SpendingStatus.UNDONE] * 2
    assert sum(shelf.entries(sanne)) == 0


def test_what_was_taken_is_not_withdrawn(shelf: Shelf, sanne: Me, fatima: Me) -> None:
    roses = shelf.has("Rozen", price="15")
    booking.ask_for_gift(shelf.services, sanne, roses, for_colleague=False)
    decide(shelf, fatima, sanne, Decision.APPROVE)
    actions.take_gift(shelf.services, sanne, roses, for_colleague=False)

    with pytest.raises(BotError, match="any more"):
        booking.withdraw_ask(shelf.services, sanne, shelf.spent(sanne)[0].id or 0)
    assert shelf.entries(sanne) == [1500]


def test_where_nobody_else_decides_nothing_is_asked(shelf: Shelf, fatima: Me) -> None:
    roses = shelf.has("Rozen", price="15")

    with pytest.raises(BotError, match="no other manager"):
        booking.ask_for_gift(shelf.services, fatima, roses, for_colleague=False)
    assert shelf.spent(fatima) == []


# For a company


def test_a_gift_for_a_customer_can_name_their_company(heard: Heard, shelf: Shelf, sanne: Me) -> None:
    asked = opened(heard, screens.TAKE, str(shelf.has()))
    taken = opened(heard, screens.FOR_CUSTOMER, str(shelf.has()), asked)
    heard.send(taken, {"company": {"value": "  Bakkerij\n Jansen "}}, "U0SANNE")
    assert [one.company for one in shelf.spent(sanne)] == ["Bakkerij Jansen"]
    [move] = [move for move, _ in actions.see_cupboards(shelf.services, sanne).mine]
    seen = opened(heard, screens.SEE, "")
    assert "Bakkerij Jansen" in texts_in(seen)
    form = opened(heard, screens.COMPANY, str(move.id), seen)
    heard.send(form, {"company": {"value": None}}, "U0SANNE")

    assert [one.company for one in shelf.spent(sanne)] == [""]


def test_a_gift_for_a_colleague_or_for_nothing_asks_no_company(heard: Heard, shelf: Shelf) -> None:
    chocolate, card = shelf.has(), shelf.has("Kaart", price="0")
    for action, gift_id in ((screens.FOR_COLLEAGUE, chocolate), (screens.FOR_CUSTOMER, card)):
        taken = opened(heard, action, str(gift_id), opened(heard, screens.TAKE, str(gift_id)))
        assert "submit" not in taken
    assert screens.COMPANY not in str(opened(heard, screens.SEE, ""))


def test_what_is_too_long_is_told_at_its_field(heard: Heard, shelf: Shelf, sanne: Me) -> None:
    chocolate = str(shelf.has())
    taken = opened(heard, screens.FOR_CUSTOMER, chocolate, opened(heard, screens.TAKE, chocolate))

    assert list(heard.send(taken, {"company": {"value": "x" * 151}}, "U0SANNE")["errors"]) == ["company"]


def test_nobody_names_the_company_of_anothers_gift_or_of_what_is_back(shelf: Shelf, sanne: Me, bram: Me) -> None:
    took = actions.take_gift(shelf.services, sanne, shelf.has(), for_colleague=False)
    with pytest.raises(BotError, match="Only who took it"):
        booking.name_company(shelf.services, bram, took.move_id, "Jansen")
    actions.put_back(shelf.services, sanne, took.move_id)

    with pytest.raises(BotError, match="already"):
        booking.name_company(shelf.services, sanne, took.move_id, "Jansen")


def test_in_closed_books_the_company_stays(shelf: Shelf, sanne: Me, fatima: Me) -> None:
    took = actions.take_gift(shelf.services, sanne, shelf.has(), for_colleague=False)
    month = f"{shelf.spent(sanne)[0].day:%Y-%m}"
    shelf.services.clock.move_to(shelf.services.clock.now() + timedelta(days=31))
    closing.close_month(shelf.services, fatima, month)

    with pytest.raises(FormError) as error:
        booking.name_company(shelf.services, sanne, took.move_id, "Jansen")
    assert list(error.value.fields) == ["company"]
    booking.name_company(shelf.services, sanne, took.move_id, "")
