"""Keeping the cupboards: refilling, counting, adding, changing, and who may."""

from collections.abc import Callable

import pytest

from bot.features.gifts import actions, managing
from bot.features.gifts.rules import TypedGift
from bot.kernel.errors import BotError, FormError
from bot.kernel.office import Me
from storage.people import Standing
from tests.fakes import FakeOffice
from tests.features.gifts.shelf import Shelf


def test_who_keeps_it_refills_and_counts(shelf: Shelf, bram: Me) -> None:
    chocolate = shelf.has(stock=2)
    managing.refill(shelf.services, bram, chocolate, "10")
    assert shelf.gift(chocolate).stock == 12
    managing.count(shelf.services, bram, chocolate, "9")
    assert shelf.gift(chocolate).stock == 9
    managing.count(shelf.services, bram, chocolate, "9")

    assert shelf.gift(chocolate).stock == 9


@pytest.mark.parametrize("typed", ["0", "-3", "1e9", "2,5", "", "€", "99999"])
def test_what_is_no_number_is_refused_at_its_field(shelf: Shelf, bram: Me, typed: str) -> None:
    chocolate = shelf.has()
    with pytest.raises(FormError) as error:
        managing.refill(shelf.services, bram, chocolate, typed)

    assert list(error.value.fields) == ["count"]
    assert shelf.gift(chocolate).stock == 5


def test_a_refill_takes_the_alert_away_and_the_next_one_is_due_again(
    shelf: Shelf, office: FakeOffice, sanne: Me, bram: Me
) -> None:
    chocolate = shelf.has(stock=1)
    actions.take_gift(shelf.services, sanne, chocolate, for_colleague=False)
    assert len(office.posts("U0BRAM")) == 1
    managing.refill(shelf.services, bram, chocolate, "1")
    assert office.posts("U0BRAM") == []
    office.real_clock.pass_time(minutes=1)
    actions.take_gift(shelf.services, sanne, chocolate, for_colleague=False)

    assert len(office.posts("U0BRAM")) == 1


def test_a_count_that_finds_few_alerts_too(shelf: Shelf, office: FakeOffice, fatima: Me) -> None:
    managing.count(shelf.services, fatima, shelf.has(low_at="2"), "1")

    assert len(office.posts("U0BRAM")) == 1


def test_others_keep_nothing_and_an_admin_is_no_manager(shelf: Shelf, office: FakeOffice) -> None:
    chocolate = shelf.has()
    admin = office.person("U0ADMIN", "Admin", is_admin=True)
    deeds: list[Callable[[], object]] = [
        lambda: managing.refill(shelf.services, admin, chocolate, "1"),
        lambda: managing.count(shelf.services, admin, chocolate, "1"),
        lambda: managing.gift_to_keep(shelf.services, admin, chocolate),
        lambda: managing.keep_cupboard(shelf.services, admin, "Elders", ""),
        lambda: managing.add_gift(shelf.services, admin, shelf.cupboard_id, TypedGift("Kaart", price="1", stock="1")),
        lambda: managing.change_gift(shelf.services, admin, chocolate, TypedGift("Kaart", price="1")),
        lambda: managing.gift_to_change(shelf.services, admin, chocolate),
        lambda: managing.cupboard_to_change(shelf.services, admin, shelf.cupboard_id),
    ]

    for deed in deeds:
        with pytest.raises(BotError, match="Only the office's managers"):
            deed()


def test_who_keeps_it_changes_no_prices(shelf: Shelf, bram: Me) -> None:
    with pytest.raises(BotError, match="Only the office's managers"):
        managing.change_gift(shelf.services, bram, shelf.has(), TypedGift("Kaart", price="1"))


def test_another_price_leaves_the_ledger_as_it_was(shelf: Shelf, fatima: Me, sanne: Me) -> None:
    chocolate = shelf.has()
    took = actions.take_gift(shelf.services, sanne, chocolate, for_colleague=False)
    changed = TypedGift("Reep", emoji=":chocolate_bar:", price="€ 3", says="sorry", stock="0", low_at="1")
    managing.change_gift(shelf.services, fatima, chocolate, changed)

    gift = shelf.gift(chocolate)
    assert (gift.name, gift.price_cents, gift.stock, gift.says) == ("Reep", 300, 4, "sorry")
    assert shelf.entries(sanne) == [250]
    actions.put_back(shelf.services, sanne, took.move_id)
    assert shelf.entries(sanne) == [250, -250]


def test_a_gift_with_errors_says_so_at_each_field(shelf: Shelf, fatima: Me) -> None:
    wrong = TypedGift(" ", emoji="lekker", price="7,505", stock="-1", low_at="veel")
    with pytest.raises(FormError) as error:
        managing.add_gift(shelf.services, fatima, shelf.cupboard_id, wrong)

    assert set(error.value.fields) == {"name", "emoji", "price", "stock", "low_at"}


def test_what_is_not_offered_any_more_can_be_put_back_but_not_taken(shelf: Shelf, fatima: Me, sanne: Me) -> None:
    chocolate = shelf.has()
    took = actions.take_gift(shelf.services, sanne, chocolate, for_colleague=False)
    gone = TypedGift("Chocolade", price="2,50", stock="0", low_at="0", is_offered=False)
    managing.change_gift(shelf.services, fatima, chocolate, gone)

    with pytest.raises(BotError, match="not in the cupboard any more"):
        actions.take_gift(shelf.services, sanne, chocolate, for_colleague=False)
    actions.put_back(shelf.services, sanne, took.move_id)
    assert shelf.entries(sanne) == [250, -250]


def test_a_cupboard_gets_another_name_and_keeper_and_goes(shelf: Shelf, fatima: Me, sanne: Me) -> None:
    shelf.has()
    managing.keep_cupboard(shelf.services, fatima, "De balie", sanne.slack_id, shelf.cupboard_id)
    [(cupboard, _)] = actions.see_cupboards(shelf.services, sanne).kept
    assert (cupboard.name, cupboard.keeper_id) == ("De balie", sanne.person_id)
    managing.keep_cupboard(shelf.services, fatima, "De balie", "", shelf.cupboard_id, is_open=False)

    assert actions.see_cupboards(shelf.services, sanne).kept == []
    with pytest.raises(BotError, match="not in use"):
        managing.cupboard_to_change(shelf.services, fatima, shelf.cupboard_id)


def test_a_cupboard_that_is_taken_away_leaves_no_alert_behind(
    shelf: Shelf, office: FakeOffice, fatima: Me, sanne: Me, bram: Me
) -> None:
    actions.take_gift(shelf.services, sanne, shelf.has(stock=1), for_colleague=False)
    assert len(office.posts("U0BRAM")) == 1
    managing.keep_cupboard(shelf.services, fatima, "De winkel", bram.slack_id, shelf.cupboard_id, is_open=False)

    assert office.posts("U0BRAM") == []


def test_who_keeps_it_from_now_on_has_the_alerts_from_now_on(
    shelf: Shelf, office: FakeOffice, fatima: Me, sanne: Me
) -> None:
    actions.take_gift(shelf.services, sanne, shelf.has(stock=1), for_colleague=False)
    shelf.has("Kaart", stock=0)
    managing.keep_cupboard(shelf.services, fatima, "De winkel", sanne.slack_id, shelf.cupboard_id)

    assert office.posts("U0BRAM") == []
    assert ["Chocolade" in post for post in office.posts("U0SANNE")] == [True]


def test_an_alert_says_how_many_are_left_now(shelf: Shelf, office: FakeOffice, sanne: Me, bram: Me) -> None:
    chocolate = shelf.has(stock=4, low_at="3")
    actions.take_gift(shelf.services, sanne, chocolate, for_colleague=False)
    actions.take_gift(shelf.services, sanne, chocolate, for_colleague=False)
    assert ["2" in post for post in office.posts("U0BRAM")] == [True]
    managing.refill(shelf.services, bram, chocolate, "1")

    assert ["3" in post for post in office.posts("U0BRAM")] == [True]


def test_a_price_in_another_currency_is_refused_at_its_field(shelf: Shelf, fatima: Me) -> None:
    with pytest.raises(FormError) as error:
        managing.add_gift(shelf.services, fatima, shelf.cupboard_id, TypedGift("Kaart", price="£ 5", stock="1"))

    assert "price" in error.value.fields


def test_a_guest_keeps_no_cupboard(shelf: Shelf, office: FakeOffice, fatima: Me) -> None:
    office.person("U0GAST", "Gast", standing=Standing.GUEST)
    with pytest.raises(FormError) as error:
        managing.keep_cupboard(shelf.services, fatima, "De balie", "U0GAST")

    assert list(error.value.fields) == ["keeper"]
    with pytest.raises(FormError):
        managing.keep_cupboard(shelf.services, fatima, "…", "")
