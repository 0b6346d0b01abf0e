"""A month of one's own has the figures that managers see, and nobody else's."""

from datetime import date, timedelta

import pytest
from slack_bolt import App

from bot.features.budgets import actions, closing, listeners, own_month, repaying, screens
from bot.kernel.errors import BotError
from bot.kernel.office import Me
from bot.services import Services
from tests.fakes import FakeSlack, StoppedClock
from tests.features.budgets.spenders import spend
from tests.features.heard import Heard, Json, texts_in
from tests.limits import complaints_about_view

MONTHS = ("2026-11", "2026-10", "2026-09")


@pytest.fixture
def heard(services: Services, slack: FakeSlack) -> Heard:
    def register(app: App) -> None:
        listeners.register(app, dict(services.settings.commands))

    return Heard(services, slack, register)


def picked(heard: Heard, month: str, view: Json) -> Json:
    """Another month of one's own budget; the value of a click stands for what is chosen."""
    return heard.click(own_month.MONTH, month, "U0SANNE", view) or {}


def test_somebody_sees_of_each_month_what_managers_see_of_them(
    services: Services, sanne: Me, bram: Me, fatima: Me
) -> None:
    for me, amount in ((sanne, "7,50"), (bram, "9")):
        spend(services, me, amount)
        spend(services, me, "1", is_staff=True)
        spend(services, me, "4", day="2026-10-30")

    for month in MONTHS:
        people = closing.overview(services, fatima, month).people
        managers = {one.person.name: (one.cents, one.staff_cents) for one in people}
        mine = own_month.see_month(services, sanne, month)
        assert (mine.cents, mine.staff_cents) == managers.get("Sanne", (0, 0))
    assert own_month.see_month(services, sanne, "2026-11").cents == 750


def test_the_window_shows_this_month_and_another_one_when_that_is_chosen(
    heard: Heard, services: Services, sanne: Me
) -> None:
    spend(services, sanne, "7,50")
    spend(services, sanne, "2", is_staff=True)
    spend(services, sanne, "3,25", day="2026-10-30")
    window = heard.click(screens.BALANCE, user="U0SANNE") or {}
    before = picked(heard, "2026-10", window)

    assert f"november 2026 | \nVoor klanten: {money(sanne, 750)}" in texts_in(window)
    assert f"Voor collega's: {money(sanne, 200)}" in texts_in(window)
    assert f"oktober 2026 | \nVoor klanten: {money(sanne, 325)}" in texts_in(before)
    assert complaints_about_view(before) == []
    assert "2026-09" in [one["value"] for one in menu(before)["options"]]


def money(me: Me, cents: int) -> str:
    return me.say.money(cents, "EUR")


def menu(view: Json) -> Json:
    rows = [one for block in view["blocks"] if block["type"] == "actions" for one in block["elements"]]
    found: Json = next(one for one in rows if one["action_id"] == own_month.MONTH)
    return found


@pytest.mark.parametrize("month", ["2026-13", "", "november"])
def test_what_is_no_month_is_answered(services: Services, sanne: Me, month: str) -> None:
    with pytest.raises(BotError):
        own_month.see_month(services, sanne, month)


def test_own_money_that_is_still_to_come_is_said(heard: Heard, services: Services, sanne: Me, fatima: Me) -> None:
    own = spend(services, sanne, "7,50").spending.id or 0
    spend(services, sanne, "1", paid_with="till")
    owed = f"Je krijgt nog {money(sanne, 750)} terug."
    assert owed in texts_in(heard.click(screens.BALANCE, user="U0SANNE") or {})

    repaying.mark_paid_back(services, fatima, [own])

    assert owed not in texts_in(heard.click(screens.BALANCE, user="U0SANNE") or {})


def test_caps_of_ones_own_that_are_to_come_can_be_read(
    heard: Heard, services: Services, clock: StoppedClock, sanne: Me, fatima: Me
) -> None:
    next_week = date(2026, 11, 9)
    closing.set_person_cap(services, fatima, "U0SANNE", "25", "", "", next_week.isoformat())
    coming = f"Vanaf {sanne.say.day(next_week)} mag je uitgeven: {money(sanne, 2500)} per dag"
    assert coming in texts_in(heard.click(screens.BALANCE, user="U0SANNE") or {})
    mine = actions.balance(services, fatima).month
    assert mine is not None
    assert mine.coming == []

    clock.pass_time(days=7)

    assert coming not in texts_in(heard.click(screens.BALANCE, user="U0SANNE") or {})


def test_a_window_full_of_everything_fits(heard: Heard, services: Services, sanne: Me, fatima: Me) -> None:
    for number in range(40):
        closing.set_person_cap(
            services, fatima, "U0SANNE", "25", "900", "30", f"{date(2027, 1, 1) + timedelta(number)}"
        )
    spend(services, sanne, "2", is_staff=True)

    assert complaints_about_view(heard.click(screens.BALANCE, user="U0SANNE") or {}) == []
