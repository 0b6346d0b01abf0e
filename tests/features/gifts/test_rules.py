"""What makes a gift and a count; and that no series of moves loses a gift or a cent."""

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.features.gifts import actions, managing, rules
from bot.kernel.errors import BotError
from bot.kernel.office import Me
from storage.gifts import Gift
from tests.features.gifts.shelf import Shelf

DEEDS = st.tuples(st.sampled_from(["take", "take", "take", "put_back", "refill", "count", "price"]), st.integers(0, 6))


@pytest.mark.parametrize(
    ("typed", "drawn"), [("🍫", "🍫"), (":chocolate_bar:", "🍫"), (":bouquet:", "💐"), (" ", "🎁"), ("❤️", "❤️")]
)
def test_one_emoji_shows_a_gift(typed: str, drawn: str) -> None:
    assert rules.read_emoji(typed) == drawn


@pytest.mark.parametrize("typed", ["lekker", "🍫🍫", ":nergens:", "7"])
def test_anything_else_does_not(typed: str) -> None:
    with pytest.raises(BotError, match="one emoji"):
        rules.read_emoji(typed)


@pytest.mark.parametrize(("typed", "number"), [("0", 0), (" 12 ", 12), ("0012", 12), ("10000", 10000)])
def test_a_count_is_a_whole_number(typed: str, number: int) -> None:
    assert rules.read_number(typed) == number


@pytest.mark.parametrize("typed", ["-1", "1,5", "1e3", "", "10001", "veel", "٣", "9" * 50])
def test_what_is_no_count_is_refused(typed: str) -> None:
    with pytest.raises(BotError, match="whole number"):
        rules.read_number(typed)


def test_a_name_is_one_line_with_a_word_in_it() -> None:
    assert rules.read_name(" Reep\n  chocolade ") == "Reep chocolade"
    for typed in ("", "…", "x" * 81):
        with pytest.raises(BotError):
            rules.read_name(typed)


def test_an_alert_is_due_once_it_is_low() -> None:
    assert rules.is_alert_due(Gift(workspace_id=1, cupboard_id=1, name="Reep", price_cents=1, stock=2, low_at=2))
    assert not rules.is_alert_due(Gift(workspace_id=1, cupboard_id=1, name="Reep", price_cents=1, stock=3, low_at=2))


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=st.lists(DEEDS, max_size=25))
def test_no_series_of_moves_loses_a_gift_or_a_cent(
    shelf: Shelf, sanne: Me, fatima: Me, deeds: list[tuple[str, int]]
) -> None:
    chocolate = shelf.has(stock=3)
    before = sum(shelf.entries(sanne))
    held: list[tuple[int, int]] = []  # moves, and what each cost
    for deed, number in deeds:
        with suppress(BotError):
            _do(shelf, sanne, fatima, chocolate, deed, number, held)
        assert shelf.gift(chocolate).stock >= 0  # and the sum of its moves: `gift` looks
        assert sum(shelf.entries(sanne)) == before + sum(cost for _, cost in held)
        assert shelf.spent_today(sanne) <= 1000
    for move_id, _ in held:
        actions.put_back(shelf.services, sanne, move_id)

    assert sum(shelf.entries(sanne)) == before == 0


def _do(shelf: Shelf, sanne: Me, fatima: Me, gift_id: int, deed: str, number: int, held: list[tuple[int, int]]) -> None:
    if deed == "take":
        took = actions.take_gift(shelf.services, sanne, gift_id, for_colleague=number % 2 == 0)
        held.append((took.move_id, took.gift.price_cents))
    elif deed == "put_back" and held:
        actions.put_back(shelf.services, sanne, held[number % len(held)][0])
        held.pop(number % len(held))
    elif deed == "refill":
        managing.refill(shelf.services, fatima, gift_id, str(number))
    elif deed == "count":
        managing.count(shelf.services, fatima, gift_id, str(number))
    elif deed == "price":
        changed = rules.TypedGift("Chocolade", price=str(number), stock="0", low_at="1")
        managing.change_gift(shelf.services, fatima, gift_id, changed)
