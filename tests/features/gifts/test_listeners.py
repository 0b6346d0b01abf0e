"""The cupboard as people use it in Slack."""

import pytest

from bot.features.gifts import actions, listeners, screens, window
from bot.features.gifts.form import cupboard_form, gift_form, refill_form
from bot.kernel.office import Me
from tests.fakes import FakeOffice, FakeSlack
from tests.features.gifts.shelf import Shelf
from tests.features.heard import Heard, Json, texts_in
from tests.limits import complaints_about_view


@pytest.fixture
def heard(office: FakeOffice, slack: FakeSlack, sanne: Me, bram: Me, fatima: Me) -> Heard:
    return Heard(office.services, slack, listeners.register)


def opened(heard: Heard, action: str, value: str = "", user: str = "U0FATIMA", view: Json | None = None) -> Json:
    shown = heard.click(action, value, user, view)
    assert shown is not None
    assert complaints_about_view(shown) == []
    return shown


def test_two_clicks_take_one_and_a_third_puts_it_back(heard: Heard, shelf: Shelf, sanne: Me) -> None:
    chocolate = shelf.has()
    seen = opened(heard, screens.SEE, user="U0SANNE")
    asked = opened(heard, screens.TAKE, str(chocolate), "U0SANNE", seen)
    assert screens.FOR_COLLEAGUE in str(asked)
    taken = opened(heard, screens.FOR_CUSTOMER, str(chocolate), "U0SANNE", asked)
    assert shelf.gift(chocolate).stock == 4
    [spent] = shelf.spent(sanne)
    assert not spent.is_staff
    [move] = actions.see_cupboards(shelf.services, sanne).mine
    opened(heard, screens.UNDO, str(move[0].id), "U0SANNE", taken)

    assert shelf.gift(chocolate).stock == 5


def test_the_window_beneath_follows(heard: Heard, shelf: Shelf, slack: FakeSlack, sanne: Me) -> None:
    chocolate = shelf.has("Reep")
    asked = opened(heard, screens.TAKE, str(chocolate), "U0SANNE")
    heard.click(screens.FOR_COLLEAGUE, str(chocolate), "U0SANNE", asked | {"previous_view_id": "V0BELOW"})

    assert [call["view_id"] for call in slack.asked("views_update")] == ["V1", "V0BELOW"]
    assert [spent.is_staff for spent in shelf.spent(sanne)] == [True]


def test_what_one_took_is_put_back_from_the_list(heard: Heard, shelf: Shelf, sanne: Me) -> None:
    took = actions.take_gift(shelf.services, sanne, shelf.has(), for_colleague=False)
    seen = opened(heard, screens.SEE, user="U0SANNE")
    assert screens.PUT_BACK in str(seen)
    after = opened(heard, screens.PUT_BACK, str(took.move_id), "U0SANNE", seen)

    assert screens.PUT_BACK not in str(after)


def test_each_sees_the_buttons_they_may_use(heard: Heard, shelf: Shelf) -> None:
    shelf.has()
    shown = {user: str(opened(heard, screens.SEE, user=user)) for user in ("U0SANNE", "U0BRAM", "U0FATIMA")}

    keeping, managing = (screens.REFILL, screens.COUNT), (screens.ADD, screens.CHANGE, screens.ADD_CUPBOARD)
    assert [action in shown["U0SANNE"] for action in (*keeping, *managing)] == [False] * 5
    assert [action in shown["U0BRAM"] for action in (*keeping, *managing)] == [True] * 2 + [False] * 3
    assert all(action in shown["U0FATIMA"] for action in (*keeping, *managing))


def test_who_keeps_it_refills_and_counts_by_the_forms(heard: Heard, shelf: Shelf, slack: FakeSlack) -> None:
    chocolate = shelf.has()
    seen = opened(heard, screens.SEE, user="U0BRAM")
    refill = opened(heard, screens.REFILL, str(chocolate), "U0BRAM", seen)
    assert list(heard.send(refill, {"count": {"value": "-1"}}, "U0BRAM")["errors"]) == ["count"]
    heard.send(refill, {"count": {"value": "5"}}, "U0BRAM", previous_view_id="V0BELOW")
    assert shelf.gift(chocolate).stock == 10
    assert slack.asked("views_update")[0]["view_id"] == "V0BELOW"
    count = opened(heard, screens.COUNT, str(chocolate), "U0BRAM", seen)
    heard.send(count, {"count": {"value": "8"}}, "U0BRAM")

    assert shelf.gift(chocolate).stock == 8


def test_a_manager_adds_and_changes_cupboards_and_gifts(heard: Heard, shelf: Shelf, fatima: Me) -> None:
    opened(heard, screens.ADD_CUPBOARD)
    heard.send(cupboard_form(fatima), {"name": {"value": "De balie"}, "keeper": {"selected_user": "U0SANNE"}})
    [balie, _] = [cupboard for cupboard, _ in actions.see_cupboards(shelf.services, fatima).kept]
    change = opened(heard, screens.CHANGE_CUPBOARD, str(balie.id))
    heard.send(change, {"name": {"value": "De kassa"}, "keeper": {"selected_user": None}})
    form = opened(heard, screens.ADD, str(balie.id))
    filled = {"name": {"value": "Kaart"}, "price": {"value": "1"}, "stock": {"value": "3"}, "low_at": {"value": "1"}}
    heard.send(form, filled)
    [(cupboard, card), _] = actions.see_cupboards(shelf.services, fatima).kept
    assert card is not None
    assert (cupboard.name, card.name, card.stock, card.emoji) == ("De kassa", "Kaart", 3, "🎁")
    form = opened(heard, screens.CHANGE, str(card.id))
    says = {"says": {"selected_option": {"value": "sorry"}}, "gone": {"selected_options": [{"value": "yes"}]}}
    heard.send(form, filled | says)

    assert [gift for _, gift in actions.see_cupboards(shelf.services, fatima).kept] == [None, None]


def test_what_is_wrong_in_the_form_of_a_gift_is_said_at_its_field(heard: Heard, shelf: Shelf, fatima: Me) -> None:
    form = gift_form(fatima, shelf.cupboard_id)
    filled = {"name": {"value": "Kaart"}, "price": {"value": "-1"}, "stock": {"value": "3"}, "low_at": {"value": "1"}}

    assert list(heard.send(form, filled)["errors"]) == ["price"]


def test_an_alert_is_dismissed(heard: Heard, shelf: Shelf, office: FakeOffice, sanne: Me) -> None:
    actions.take_gift(shelf.services, sanne, shelf.has(stock=1), for_colleague=False)
    [post] = office.queued("U0BRAM")
    heard.click(screens.DISMISS, (post.body or {})["blocks"][-1]["elements"][-1]["value"], "U0BRAM")

    assert office.posts("U0BRAM") == []


def test_a_button_with_nonsense_moves_nothing(heard: Heard, shelf: Shelf, sanne: Me) -> None:
    chocolate = shelf.has()
    for action in (screens.FOR_CUSTOMER, screens.PUT_BACK, screens.REFILL, screens.CHANGE, screens.ADD, screens.TAKE):
        for value in ("", "x", "-1", "99999999999999999999", "1 OR 1", "٣"):
            heard.click(action, value, "U0SANNE")
    heard.send(refill_form(shelf.gift(chocolate), sanne) | {"private_metadata": "x:y"}, {"count": {"value": "3"}})

    assert shelf.gift(chocolate).stock == 5


def test_a_full_cupboard_is_turned_a_page_at_a_time(heard: Heard, shelf: Shelf, sanne: Me) -> None:
    for number in range(window.A_PAGE + 2):
        shelf.has(f"Kaart {number:02}" + "x" * 70, price="0")
    for _ in range(5):
        actions.take_gift(shelf.services, sanne, 1, for_colleague=False)
    first = opened(heard, screens.SEE)
    second = opened(heard, f"{window.PAGE}.on", "1", view=first)

    assert "Kaart 00" in texts_in(first)
    last = f"Kaart {window.A_PAGE + 1}"
    assert last not in texts_in(first)
    assert last in texts_in(second)
    assert "Kaart 00" in texts_in(opened(heard, f"{window.PAGE}.back", "0", view=second))


def test_a_page_of_cupboards_with_one_gift_each_fits_in_a_window(heard: Heard, office: FakeOffice, fatima: Me) -> None:
    for _ in range(window.A_PAGE + 1):
        shelf = Shelf(office, fatima, fatima)
        gift_id = shelf.has("x" * 80, price="0")
        actions.take_gift(shelf.services, fatima, gift_id, for_colleague=False)

    assert "Fatima" in texts_in(opened(heard, screens.SEE))
