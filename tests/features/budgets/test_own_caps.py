"""Somebody's own caps can be read back where they are set, and each change of them is kept."""

import pytest

from bot.features.budgets import closing, overview, own_caps
from bot.kernel.caps import OWN_CAPS
from bot.kernel.errors import BotError
from bot.kernel.office import Me
from bot.services import Services
from storage.office import office_changes
from storage.personal import make_nameless
from tests.fakes import MONDAY, StoppedClock
from tests.features.heard import texts_in
from tests.limits import complaints_about_view


def read(services: Services, me: Me) -> str:
    form = overview.caps_form(me, "2026-11-02", "0 office", own_caps.own_caps(services, me))
    assert complaints_about_view(form) == []
    return texts_in(form)


def test_caps_that_hold_and_those_to_come_stand_beneath_the_form(
    services: Services, clock: StoppedClock, sanne: Me, bram: Me, fatima: Me
) -> None:
    closing.set_person_cap(services, fatima, "U0SANNE", "25", "")
    closing.set_person_cap(services, fatima, "U0SANNE", "", "80", "30", "2026-11-09")
    closing.set_person_cap(services, fatima, "U0BRAM", "", "", "", "2026-11-10")
    day, month = (fatima.say.money(cents, "EUR") for cents in (2500, 8000))
    by_whom = "ingesteld door Fatima op maandag 2 november"
    first = f"Sanne, vanaf maandag 2 november 2026: {day} per dag · {by_whom}"
    second = f"Sanne, vanaf maandag 9 november 2026: {month} per maand · 30 minuten per dag · {by_whom}"

    said = read(services, fatima)
    assert first in said
    assert second in said
    assert "Bram, vanaf dinsdag 10 november 2026: de bedragen van het kantoor" in said
    clock.pass_time(days=8)
    later = read(services, fatima)
    assert first not in later
    assert second in later
    assert "Bram" not in later


def test_without_caps_of_anybodys_own_the_form_has_no_list(services: Services, sanne: Me, fatima: Me) -> None:
    assert own_caps.own_caps(services, fatima) == []
    assert "Wie eigen bedragen heeft" not in read(services, fatima)


def test_each_change_is_kept_also_of_the_same_day(services: Services, sanne: Me, fatima: Me) -> None:
    for amount in ("25", "20"):
        closing.set_person_cap(services, fatima, "U0SANNE", amount, "")

    with services.database.reading(fatima) as tx:
        kept = [one for one in office_changes(tx, 10) if one.name == OWN_CAPS]
    assert [(one.value["day_cents"], one.value["person"], one.changed_by, one.changed_at) for one in kept] == [
        (2000, sanne.person_id, fatima.person_id, MONDAY),
        (2500, sanne.person_id, fatima.person_id, MONDAY),
    ]


def test_they_are_shown_to_managers_alone(services: Services, sanne: Me, fatima: Me) -> None:
    with pytest.raises(BotError, match="Only the office's managers"):
        own_caps.own_caps(services, sanne)


def test_caps_set_by_who_was_erased_stay_without_the_name(services: Services, sanne: Me, fatima: Me) -> None:
    closing.set_person_cap(services, fatima, "U0SANNE", "25", "")
    with services.database.writing(fatima) as tx:
        make_nameless(tx, fatima.person_id, MONDAY)

    assert "ingesteld door een collega" in read(services, fatima)
