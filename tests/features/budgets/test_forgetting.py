"""Who has themselves erased leaves the amounts, and nothing that leads to them."""

from dataclasses import replace

from bot.features.budgets import deciding, export, forgetting, jobs, repaying
from bot.features.budgets.rules import Decision
from bot.kernel.office import Me
from bot.services import Services
from storage.personal import make_nameless
from storage.spending import SpendingStatus
from tests.fakes import MONDAY, FakeOffice
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


def test_who_changed_their_name_and_is_erased_stands_in_no_digest_with_the_old_one(
    services: Services, sanne: Me, fatima: Me, office: FakeOffice
) -> None:
    spend(services, sanne, "25")
    jobs.ask_in_digest(services)
    assert "Sanne" in str(office.queued("U0FATIMA")[-1].body)
    renamed = replace(sanne, name="Sanne van Dijk")

    with services.database.writing(renamed) as tx:
        make_nameless(tx, renamed.person_id, MONDAY)
        forgetting.forget_spender(tx, services, renamed)

    assert "Sanne" not in str([post.body for post in office.queued("U0FATIMA")])


def test_the_files_with_somebody_in_them_go_and_those_without_stay(
    services: Services, sanne: Me, fatima: Me, office: FakeOffice
) -> None:
    spend(services, sanne, "5", company="Bakkerij Jansen")
    for month in ("2026-11", "2026-10"):
        export.queue_file(services, fatima, month)
    assert len(office.queued("U0FATIMA")) == 3

    with services.database.writing(sanne) as tx:
        forgetting.forget_spender(tx, services, sanne)

    assert [post.key.split(":")[1] for post in office.queued("U0FATIMA")] == ["2026", "2026-10"]


def test_a_decision_stays_without_the_name_of_who_decided(
    services: Services, sanne: Me, fatima: Me, office: FakeOffice
) -> None:
    spending = spend(services, sanne, "25", is_urgent=True).spending.id or 0
    deciding.decide_spending(services, fatima, spending, Decision.APPROVE)
    repaying.mark_paid_back(services, fatima, [spending])
    assert "Fatima" in str([post.body for post in office.queued("U0SANNE")])

    with services.database.writing(fatima) as tx:
        forgetting.forget_decider(tx, services, fatima)

    assert "Fatima" not in str([post.body for post in (*office.queued("U0SANNE"), *office.queued("U0FATIMA"))])
    assert entries(services, sanne) == [2500]
