"""Receipts that can be looked at, whose money it is, and money of another currency, on the screens."""

from typing import Any

import pytest

from bot.features.budgets import approving, overview, screens, window
from bot.features.budgets.form import spending_form
from bot.features.budgets.overview import Office
from bot.features.budgets.rules import Asked, Overview, Spent
from bot.kernel.budgets import Verdict
from bot.kernel.office import Me
from storage.spending import PaidWith, Spending, SpendingStatus
from tests.features.budgets.test_screens import ROOM, TODAY, a_balance, a_spending, texts
from tests.features.stories.test_screens import a_story, me_speaking, people


@pytest.fixture(params=["nl", "en"])
def me(request: pytest.FixtureRequest) -> Me:
    return me_speaking(request.param)


@pytest.mark.parametrize(("name", "is_drawn"), [("bon.JPG", True), ("bon.pdf", False), ("bon.heic", False)])
def test_a_receipt_is_shown_to_who_decides_and_can_be_opened_from_every_list(me: Me, name: str, is_drawn: bool) -> None:
    link = f"https://club.slack.com/files/U1/F1/{name}"
    asked = a_spending(receipt="F1", receipt_link=link, status=SpendingStatus.WAITING)
    person = people(1)[0]

    message = approving.managers_message(asked, person, me)
    assert [one["slack_file"] for one in message.blocks if one["type"] == "image"] == [{"id": "F1"}] * is_drawn
    assert "slack_file" not in texts(message.plainer)
    for shown in (message.blocks, approving.digest_message([(asked, person)], me).blocks, screens_with(asked, me)):
        assert link in texts(shown)


def screens_with(spending: Spending, me: Me) -> list[Any]:
    owed = Overview("2026-11", False, False, [], {}, [], [], [Asked(spending, people(1)[0])])
    return [window.balance_window(a_balance(0, waiting=[spending]), me), overview.overview_window(
        Office(owed, TODAY, []), me)]  # fmt: skip


def test_money_of_another_currency_is_paid_back_apart(me: Me) -> None:
    person = people(1)[0]
    owed = [Asked(a_spending(id=3), person), Asked(a_spending(id=5, currency="CHF"), person)]
    view = overview.overview_window(Office(Overview("2026-11", False, False, [], {}, [], [], owed), TODAY, []), me)

    rows = [one for block in view["blocks"] if block["type"] == "actions" for one in block["elements"]]
    assert [one["value"] for one in rows if one["action_id"] == overview.PAID_BACK] == ["3:750", "5:750"]


def test_whose_money_it_counts_as_stands_in_the_answer() -> None:
    me = me_speaking("en")
    own = screens.spent_message(Spent(a_spending(), Verdict.BOOK, ROOM), TODAY, me)
    till = screens.spent_message(Spent(a_spending(paid_with=PaidWith.TILL), Verdict.BOOK, ROOM), TODAY, me)

    assert "Your own money: you get it back." in texts(own.blocks)
    assert "from the till" in texts(till.blocks)
    asked = screens.spent_message(Spent(a_spending(status=SpendingStatus.WAITING), Verdict.ASK, ROOM), TODAY, me)
    assert "you get it back" not in texts(asked.blocks)


def test_the_amount_of_a_story_is_offered_no_other_story(me: Me) -> None:
    kept = a_spending(is_from_story=True, story_id=3)
    form = spending_form(me, "2026-11-02", [a_story(id=3), a_story(id=4)], kept)

    assert "story_id" not in [block["block_id"] for block in form["blocks"]]
