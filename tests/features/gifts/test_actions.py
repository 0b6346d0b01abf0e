"""Taking gifts and putting them back: the stock and the ledger move together."""

import json
import threading
from datetime import timedelta

import pytest

from bot.features.gifts import actions
from bot.kernel.caps import Caps
from bot.kernel.choices import Choice, caps_as_json
from bot.kernel.errors import BotError
from bot.kernel.office import Me
from storage.office import change_office
from storage.people import Standing
from storage.spending import PaidWith, SpendingStatus
from tests.fakes import FakeOffice
from tests.features.gifts.shelf import Shelf


def test_taking_one_lowers_the_stock_and_books_its_price(shelf: Shelf, sanne: Me) -> None:
    chocolate = shelf.has()
    took = actions.take_gift(shelf.services, sanne, chocolate, for_colleague=False)

    assert shelf.gift(chocolate).stock == 4
    [spent] = shelf.spent(sanne)
    assert (spent.cents, spent.paid_with, spent.is_staff, spent.what_for) == (
        250, PaidWith.CUPBOARD, False, "🍫 Chocolade",
    )  # fmt: skip
    assert shelf.entries(sanne) == [250]
    assert (took.room.day_cents, took.room.month_cents) == (750, 9750)


def test_what_is_for_a_colleague_stands_in_the_other_column(shelf: Shelf, sanne: Me) -> None:
    actions.take_gift(shelf.services, sanne, shelf.has(), for_colleague=True)

    assert [spent.is_staff for spent in shelf.spent(sanne)] == [True]


def test_a_gift_that_cost_nothing_is_on_no_ledger(shelf: Shelf, sanne: Me) -> None:
    card = shelf.has("Kaart", price="0")
    took = actions.take_gift(shelf.services, sanne, card, for_colleague=False)
    actions.put_back(shelf.services, sanne, took.move_id)

    assert shelf.spent(sanne) == []
    assert shelf.gift(card).stock == 5


def test_above_the_caps_nothing_is_taken(shelf: Shelf, sanne: Me) -> None:
    flowers = shelf.has("Bloemen", price="7,50")
    actions.take_gift(shelf.services, sanne, flowers, for_colleague=False)

    with pytest.raises(BotError, match=r"costs.*without asking"):
        actions.take_gift(shelf.services, sanne, flowers, for_colleague=False)
    assert shelf.gift(flowers).stock == 4
    assert shelf.entries(sanne) == [750]


def test_a_soft_cap_of_the_day_lets_it_go_and_marks_it(shelf: Shelf, sanne: Me) -> None:
    with shelf.services.database.writing(shelf.manager) as tx:
        soft = caps_as_json([(shelf.services.clock.today("UTC"), Caps(100, 10000, is_soft=True))])
        change_office(tx, Choice.CAPS, soft, shelf.manager.person_id, shelf.services.clock.now())
    actions.take_gift(shelf.services, shelf.anew(sanne), shelf.has(), for_colleague=False)

    assert [spent.is_over for spent in shelf.spent(sanne)] == [True]


def test_the_last_one_is_taken_once(shelf: Shelf, sanne: Me, bram: Me) -> None:
    chocolate = shelf.has(stock=1)
    actions.take_gift(shelf.services, sanne, chocolate, for_colleague=False)

    with pytest.raises(BotError, match="the last Chocolade"):
        actions.take_gift(shelf.services, bram, chocolate, for_colleague=False)
    assert shelf.entries(bram) == []
    assert shelf.gift(chocolate).stock == 0


def test_of_many_who_take_the_last_three_at_once_three_get_one(shelf: Shelf, office: FakeOffice) -> None:
    chocolate = shelf.has(stock=3)
    people = [office.person(f"U0NR{number}", f"Nummer {number}") for number in range(8)]
    together, refused = threading.Barrier(len(people)), []

    def take(me: Me) -> None:
        together.wait()
        try:
            actions.take_gift(shelf.services, me, chocolate, for_colleague=False)
        except BotError as error:
            refused.append(error)

    threads = [threading.Thread(target=take, args=[me]) for me in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert shelf.gift(chocolate).stock == 0
    assert len(refused) == 5
    assert sum(sum(shelf.entries(me)) for me in people) == 750


def test_put_back_it_is_there_again_and_off_the_ledger(shelf: Shelf, sanne: Me) -> None:
    chocolate = shelf.has()
    took = actions.take_gift(shelf.services, sanne, chocolate, for_colleague=False)
    actions.put_back(shelf.services, sanne, took.move_id)

    assert shelf.gift(chocolate).stock == 5
    assert shelf.entries(sanne) == [250, -250]
    assert [spent.status for spent in shelf.spent(sanne)] == [SpendingStatus.UNDONE]
    assert shelf.spent_today(sanne) == 0
    with pytest.raises(BotError, match="already"):
        actions.put_back(shelf.services, sanne, took.move_id)


def test_nobody_puts_back_what_another_took_or_what_was_taken_long_ago(shelf: Shelf, sanne: Me, bram: Me) -> None:
    chocolate = shelf.has()
    took = actions.take_gift(shelf.services, sanne, chocolate, for_colleague=False)

    with pytest.raises(BotError, match="Only who took it"):
        actions.put_back(shelf.services, bram, took.move_id)
    shelf.services.clock.move_to(shelf.services.clock.now() + timedelta(days=32))
    with pytest.raises(BotError, match="too long ago"):
        actions.put_back(shelf.services, sanne, took.move_id)
    assert shelf.gift(chocolate).stock == 4


def test_what_one_took_can_be_seen_until_it_is_put_back(shelf: Shelf, sanne: Me, bram: Me) -> None:
    chocolate = shelf.has()
    took = actions.take_gift(shelf.services, sanne, chocolate, for_colleague=False)
    assert [move.id for move, _ in actions.see_cupboards(shelf.services, sanne).mine] == [took.move_id]
    assert actions.see_cupboards(shelf.services, bram).mine == []
    actions.put_back(shelf.services, sanne, took.move_id)

    assert actions.see_cupboards(shelf.services, sanne).mine == []


def test_guests_and_other_workspaces_take_nothing(shelf: Shelf, office: FakeOffice) -> None:
    chocolate = shelf.has()
    guest = office.person("U0GAST", "Gast", standing=Standing.GUEST)
    elsewhere = office.person_elsewhere("T0ELDERS", "U0SANNE", "Sanne")

    for who in (guest, elsewhere):
        with pytest.raises(BotError):
            actions.take_gift(shelf.services, who, chocolate, for_colleague=False)
    assert shelf.gift(chocolate).stock == 5


def test_who_keeps_the_cupboard_hears_once_that_few_are_left(shelf: Shelf, office: FakeOffice, sanne: Me) -> None:
    chocolate = shelf.has(stock=4, low_at="2")
    for _ in range(3):
        actions.take_gift(shelf.services, sanne, chocolate, for_colleague=False)

    assert len(office.posts("U0BRAM")) == 1
    assert "🍫 Chocolade" in office.posts("U0BRAM")[0]
    assert "Sanne" not in json.dumps([post.body for post in office.queued("U0BRAM")])
    assert office.posts("U0FATIMA") == []


def test_without_a_keeper_the_managers_hear_it(office: FakeOffice, fatima: Me, sanne: Me) -> None:
    shelf = Shelf(office, fatima)
    actions.take_gift(shelf.services, sanne, shelf.has(stock=1), for_colleague=False)

    assert len(office.posts("U0FATIMA")) == 1


def test_an_alert_can_be_dismissed(shelf: Shelf, office: FakeOffice, sanne: Me, bram: Me) -> None:
    actions.take_gift(shelf.services, sanne, shelf.has(stock=1), for_colleague=False)
    [post] = office.queued("U0BRAM")
    which = (post.body or {})["blocks"][-1]["elements"][-1]["value"]
    actions.dismiss_alert(shelf.services, sanne, which)
    assert len(office.posts("U0BRAM")) == 1
    actions.dismiss_alert(shelf.services, bram, which)

    assert office.posts("U0BRAM") == []


def test_an_alert_goes_when_enough_was_put_back(shelf: Shelf, office: FakeOffice, sanne: Me) -> None:
    took = actions.take_gift(shelf.services, sanne, shelf.has(stock=2, low_at="1"), for_colleague=False)
    assert len(office.posts("U0BRAM")) == 1
    actions.put_back(shelf.services, sanne, took.move_id)

    assert office.posts("U0BRAM") == []


def test_home_shows_what_is_at_hand(shelf: Shelf, sanne: Me) -> None:
    shelf.has()
    shelf.has("Bloemen", emoji="💐", stock=0)
    with shelf.services.database.reading(sanne) as tx:
        card = json.dumps(actions.home_card(tx, shelf.services, sanne), ensure_ascii=False)

    assert "🍫 Chocolade 5" in card
    assert "Bloemen" not in card


def test_without_a_cupboard_home_shows_nothing(office: FakeOffice, sanne: Me) -> None:
    with office.services.database.reading(sanne) as tx:
        assert actions.home_card(tx, office.services, sanne) == []


def test_an_erased_keeper_keeps_nothing(shelf: Shelf, bram: Me) -> None:
    shelf.has()
    with shelf.services.database.writing(bram) as tx:
        actions.forget_keeper(tx, shelf.services, bram)

    assert [cupboard.keeper_id for cupboard, _ in actions.see_cupboards(shelf.services, shelf.manager).kept] == [None]
