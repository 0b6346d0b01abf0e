"""A mark of being paid back that was a mistake is taken away again."""

import pytest
from slack_bolt import App

from bot.features.budgets import actions, approving, closing, forgetting, listeners, overview, repaying
from bot.kernel.errors import BotError
from bot.kernel.office import Me
from bot.services import Services
from storage.personal import make_nameless
from tests.fakes import MONDAY, FakeOffice, FakeSlack, StoppedClock
from tests.features.budgets.spenders import entries, spend, spendings
from tests.features.heard import Heard, Json, texts_in
from tests.limits import complaints_about_view


@pytest.fixture
def heard(services: Services, slack: FakeSlack) -> Heard:
    def register(app: App) -> None:
        listeners.register(app, dict(services.settings.commands))

    return Heard(services, slack, register)


def buttons(view: Json, action: str) -> list[Json]:
    rows = [one for block in view["blocks"] if block["type"] == "actions" for one in block["elements"]]
    return [one for one in rows if one["action_id"] == action]


def test_paid_back_asks_first(heard: Heard, services: Services, sanne: Me, fatima: Me) -> None:
    spend(services, sanne, "7,50")

    [button] = buttons(heard.click(approving.OVERVIEW) or {}, overview.PAID_BACK)
    assert "Sanne" in button["confirm"]["text"]["text"]


def test_a_payment_that_was_none_is_undone_in_the_same_list_and_can_be_made_again(
    heard: Heard, services: Services, office: FakeOffice, sanne: Me, fatima: Me
) -> None:
    for amount in ("5", "2"):
        spend(services, sanne, amount)
    [paid] = buttons(heard.click(approving.OVERVIEW) or {}, overview.PAID_BACK)
    heard.click(overview.PAID_BACK, paid["value"])
    window = heard.click(approving.OVERVIEW) or {}
    [undo] = buttons(window, repaying.NOT_PAID_BACK)

    after = heard.click(repaying.NOT_PAID_BACK, undo["value"], view=window) or {}

    assert [(one.paid_back_at, one.paid_back_by) for one in spendings(services, sanne)] == [(None, None)] * 2
    assert [one["value"] for one in buttons(after, overview.PAID_BACK)] == [paid["value"]]
    assert buttons(after, repaying.NOT_PAID_BACK) == []
    assert all("vergissing" in post for post in office.posts("U0SANNE"))
    assert len(office.posts("U0SANNE")) == 2
    assert entries(services, sanne) == [500, 200]
    heard.click(overview.PAID_BACK, paid["value"])
    assert all("Fatima" in post for post in office.posts("U0SANNE"))
    assert len(office.posts("U0SANNE")) == 2


def test_what_was_not_paid_back_after_all_can_be_taken_back_again(services: Services, sanne: Me, fatima: Me) -> None:
    own = spend(services, sanne, "4").spending.id or 0
    repaying.mark_paid_back(services, fatima, [own])

    assert repaying.mark_not_paid_back(services, fatima, [own]) == 1
    assert repaying.mark_not_paid_back(services, fatima, [own]) == 0
    actions.undo_spending(services, sanne, own)

    assert entries(services, sanne) == [400, -400]


def test_only_another_manager_says_that_it_was_not_paid_back(
    services: Services, sanne: Me, bram: Me, fatima: Me
) -> None:
    own, hers = spend(services, sanne, "4").spending.id or 0, spend(services, fatima, "4").spending.id or 0
    repaying.mark_paid_back(services, fatima, [own])

    for me, spending in ((bram, own), (sanne, own), (fatima, hers)):
        with pytest.raises(BotError):
            repaying.mark_not_paid_back(services, me, [spending])
    assert repaying.mark_not_paid_back(services, fatima, [own], {own: 500}) == 0  # another amount than was read
    assert spendings(services, sanne)[0].paid_back_at is not None


def test_the_last_five_payments_are_shown_the_last_first(
    services: Services, clock: StoppedClock, sanne: Me, fatima: Me
) -> None:
    for number in range(7):
        repaying.mark_paid_back(services, fatima, [spend(services, sanne, f"0,{number + 10}").spending.id or 0])
        clock.pass_time(minutes=1)

    shown = {"blocks": repaying.listed(closing.overview(services, fatima).paid_back, fatima)}
    assert [one["value"].partition(":")[2] for one in buttons(shown, repaying.NOT_PAID_BACK)] == [
        "16", "15", "14", "13", "12",
    ]  # fmt: skip
    window = {"type": "modal", "title": {"type": "plain_text", "text": "x"}, **shown}
    assert complaints_about_view(window) == []


def test_who_is_erased_hears_of_no_payment(services: Services, office: FakeOffice, sanne: Me, fatima: Me) -> None:
    own = spend(services, sanne, "4").spending.id or 0
    repaying.mark_paid_back(services, fatima, [own])
    with services.database.writing(sanne) as tx:
        make_nameless(tx, sanne.person_id, MONDAY)
        forgetting.forget_spender(tx, services, sanne)

    assert repaying.mark_not_paid_back(services, fatima, [own]) == 1
    assert office.posts("U0SANNE") == []


@pytest.mark.parametrize("value", ["", "abc", "99999", "1,x", "9" * 30])
def test_an_old_or_foreign_button_gets_an_answer(heard: Heard, fatima: Me, value: str) -> None:
    assert "referen" not in texts_in(heard.click(repaying.NOT_PAID_BACK, value) or {}).lower()
