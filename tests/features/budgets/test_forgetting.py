"""Who has themselves erased leaves the amounts, and nothing that leads to them."""

from bot.features.budgets import deciding, forgetting
from bot.features.budgets.rules import Decision
from bot.kernel.office import Me
from bot.services import Services
from storage.spending import SpendingStatus
from tests.fakes import FakeOffice
from tests.features.budgets.spenders import entries, spend, spendings


def test_the_amounts_of_who_is_erased_stay_without_their_words(
    services: Services, sanne: Me, fatima: Me, office: FakeOffice
) -> None:
    spend(services, sanne, "5", what_for="voor mijn buurvrouw", no_receipt="kwijt")
    spend(services, sanne, "25", is_urgent=True)
    assert len(office.posts("U0FATIMA")) == 1

    with services.database.writing(sanne) as tx:
        forgetting.forget_spender(tx, services, sanne)

    assert entries(services, sanne) == [500]
    assert {(one.what_for, one.no_receipt) for one in spendings(services, sanne)} == {("", "")}
    assert spendings(services, sanne)[1].status == SpendingStatus.UNDONE
    assert office.posts("U0FATIMA") == []


def test_a_decision_stays_without_the_name_of_who_decided(
    services: Services, sanne: Me, fatima: Me, office: FakeOffice
) -> None:
    spending = spend(services, sanne, "25", is_urgent=True).spending.id or 0
    deciding.decide_spending(services, fatima, spending, Decision.APPROVE)
    deciding.mark_paid_back(services, fatima, [spending])
    assert "Fatima" in str([post.body for post in office.queued("U0SANNE")])

    with services.database.writing(fatima) as tx:
        forgetting.forget_decider(tx, services, fatima)

    assert "Fatima" not in str([post.body for post in (*office.queued("U0SANNE"), *office.queued("U0FATIMA"))])
    assert entries(services, sanne) == [2500]
