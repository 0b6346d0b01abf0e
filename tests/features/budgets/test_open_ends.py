"""What isn't spent yet and what was long ago stays within reach; and a line that comes twice."""

from typing import Any

import pytest
from slack_bolt import App

from bot.features.budgets import actions, closing, deciding, listeners, screens, window
from bot.features.budgets.rules import LISTED, Decision, OwnMonth
from bot.kernel.errors import BotError
from bot.kernel.office import Me
from bot.services import Services
from storage.spending import PaidWith, SpendingStatus
from tests.fakes import FakeSlack
from tests.features.budgets.spenders import correct, entries, spend, spendings
from tests.features.budgets.test_screens import TODAY, a_balance, a_manager, heaviest
from tests.features.heard import Heard, Json
from tests.features.stories.test_screens import me_speaking
from tests.limits import complaints_about_view


@pytest.fixture
def heard(services: Services, slack: FakeSlack) -> Heard:
    def register(app: App) -> None:
        listeners.register(app, dict(services.settings.commands))

    return Heard(services, slack, register)


def opened(heard: Heard, action: str, value: str = "", view: Json | None = None) -> Json:
    shown = heard.click(action, value, "U0SANNE", view)
    assert shown is not None
    assert complaints_about_view(shown) == []
    return shown


def values(view: Json, action: str) -> list[int]:
    rows = [one for block in view["blocks"] if block["type"] == "actions" for one in block["elements"]]
    return [int(one["value"].split()[0]) for one in rows if one["action_id"] == action]


def owed(services: Services, manager: Me) -> list[int]:
    return [one.spending.cents for one in closing.overview(services, manager).to_pay_back]


def test_own_money_within_the_caps_is_paid_back_once_it_is_spent(services: Services, sanne: Me, fatima: Me) -> None:
    spent = spend(services, sanne, "7,50", is_spent=False).spending
    assert owed(services, fatima) == []
    assert screens.SPENT in str(screens.own_buttons(spent, sanne.say))
    for _ in range(2):
        actions.spend_now(services, sanne, spent.id or 0)

    assert owed(services, fatima) == [750]
    assert entries(services, sanne) == [750]


def test_so_is_what_waited_and_was_corrected_until_it_fits(services: Services, sanne: Me, fatima: Me) -> None:
    asked = spend(services, sanne, "25", is_spent=False).spending.id or 0
    with pytest.raises(BotError, match="still be spent"):
        actions.spend_now(services, sanne, asked)
    correct(services, sanne, asked, "5", is_spent=False)
    assert [one.id for one in actions.balance(services, sanne).unspent] == [asked]
    actions.spend_now(services, sanne, asked)

    assert owed(services, fatima) == [500]
    assert actions.balance(services, sanne).unspent == []


def test_the_answer_says_how_own_money_comes_back(services: Services, sanne: Me) -> None:
    today = services.clock.today(sanne.zone)
    told = [
        str(screens.spent_message(spend(services, sanne, "1", is_spent=False, paid_with=way), today, sanne).blocks)
        for way in (PaidWith.OWN, PaidWith.TILL)
    ]
    sentence = sanne.say("As soon as you have spent it, say so at My budget: then you get it back.")

    assert [sentence in one for one in told] == [True, False]


def test_what_waits_or_is_not_spent_is_listed_however_much_came_after(
    heard: Heard, services: Services, sanne: Me, fatima: Me
) -> None:
    agreed, waits = (spend(services, sanne, "25", is_spent=False, day="2026-10-20").spending.id or 0 for _ in range(2))
    deciding.decide_spending(services, fatima, agreed, Decision.APPROVE)
    fits = spend(services, sanne, "1", is_spent=False, day="2026-10-19").spending.id or 0
    for _ in range(LISTED + 2):
        spend(services, sanne, "0,10")

    seen = opened(heard, screens.BALANCE)
    assert values(seen, screens.SPENT) == [fits, agreed]
    assert waits in values(seen, screens.CHANGE)
    after = opened(heard, screens.SPENT, str(fits), seen)
    assert values(after, screens.SPENT) == [agreed]


def test_older_ones_are_a_page_away_and_the_page_stays(heard: Heard, services: Services, sanne: Me) -> None:
    ids = [spend(services, sanne, "0,10").spending.id or 0 for _ in range(2 * LISTED + 3)]
    seen = opened(heard, screens.BALANCE)
    found = values(seen, screens.UNDO)
    for page in (1, 2):
        seen = opened(heard, f"{window.PAGE}.on", str(page), seen)
        found += values(seen, screens.UNDO)
    assert found == ids[::-1]
    assert f"{window.PAGE}.on" not in str(seen)
    after = opened(heard, screens.UNDO, str(ids[0]), seen)

    assert after["private_metadata"] == "mine 2"
    assert spendings(services, sanne)[0].status == SpendingStatus.UNDONE
    assert values(opened(heard, f"{window.PAGE}.back", "1", after), screens.UNDO) == ids[3:13][::-1]


def test_many_questions_take_pages_too(heard: Heard, services: Services, sanne: Me) -> None:
    ids = [spend(services, sanne, "25").spending.id or 0 for _ in range(LISTED + 1)]
    seen = opened(heard, screens.BALANCE)
    found = values(seen, screens.UNDO) + values(opened(heard, f"{window.PAGE}.on", "1", seen), screens.UNDO)

    assert found == ids


@pytest.mark.parametrize("value", ["", "x", "-1", "9" * 30, "999999999"])
def test_a_page_that_is_none_gets_an_answer(heard: Heard, sanne: Me, value: str) -> None:
    seen = opened(heard, screens.BALANCE)

    assert "enmerk" not in str(heard.click(f"{window.PAGE}.on", value, "U0SANNE", seen))  # as when the code is wrong


@pytest.mark.parametrize("amount", ["2,50", "25"])
def test_the_same_line_again_says_that_it_stands_and_books_once_more_on_request(
    heard: Heard, services: Services, sanne: Me, amount: str
) -> None:
    def told(spent: Any) -> str:
        return str(screens.spent_message(spent, services.clock.today(sanne.zone), sanne).blocks)

    first = actions.spend_by_command(services, sanne, f"{amount} bloemen")
    assert screens.AGAIN not in told(first)
    again = actions.spend_by_command(services, sanne, f"{amount} bloemen")
    assert again.spending.id == first.spending.id
    assert screens.AGAIN in told(again)
    assert "twice" in told(again) or "dubbel" in told(again)
    opened(heard, screens.AGAIN, str(again.spending.id))

    one, other = spendings(services, sanne)
    for column in ("cents", "what_for", "paid_with", "status", "day"):
        assert getattr(one, column) == getattr(other, column)


def test_nobody_books_anothers_expense_once_more(services: Services, sanne: Me, bram: Me) -> None:
    spent = spend(services, sanne, "2,50").spending

    with pytest.raises(BotError, match="not an expense of yours"):
        actions.spend_again(services, bram, spent.id or 0)


@pytest.mark.parametrize("page", [0, 1])
def test_slack_takes_the_fullest_page(page: int) -> None:
    me = a_manager(me_speaking("nl"))
    opens = [heaviest(status=SpendingStatus.APPROVED, cents_approved=5, is_spent=False)] * 2 * LISTED
    month = OwnMonth("2026-11", 10**7, 10**7, 10**7, TODAY, {"EUR": 10**7})
    last = [heaviest(status=SpendingStatus.APPROVED, cents_approved=5)] * LISTED
    mine = a_balance(5, last=last, unspent=opens, page=page, has_older=True, month=month)

    assert complaints_about_view(window.balance_window(mine, me)) == []
