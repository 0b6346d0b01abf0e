"""Changing the office's settings, and what follows from it; on both databases."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from bot.features.office import actions, rules, screens
from bot.features.office.typed import (
    Typed,
    TypedBudgets,
    TypedCalendar,
    TypedChannels,
    TypedGeneral,
    TypedManagers,
    TypedReminder,
)
from bot.kernel.calendar import Country, holidays_in
from bot.kernel.caps import OWN_CAPS, Caps
from bot.kernel.errors import BotError, FormError
from bot.kernel.office import Me
from bot.slack.profiles import Profile
from storage.absences import absences_of
from storage.office import note_change, office_changes
from storage.participants import Participant, participant_of
from storage.people import Standing, remember_to_forget
from storage.personal import make_nameless
from storage.stories import add_story
from tests.fakes import MONDAY, FakeOffice, StoppedClock
from tests.features.heard import texts_in

TODAY = date(2026, 11, 2)
PLANNED = MONDAY + timedelta(days=1)

GENERAL = TypedGeneral("en", "Europe/Brussels", "", "USD")
CALENDAR = TypedCalendar("BE", ("flemish_day",), "24-12-2026 Kerstavond")
REMINDER = TypedReminder("08:15", ("0", "1"))
CHANNELS = TypedChannels("C0NEW", "C0WALL", "")
MANAGERS = TypedManagers(("U0SANNE", "U0FATIMA"))
BUDGETS = TypedBudgets("7,50", "75")
EACH = [GENERAL, CALENDAR, REMINDER, CHANNELS, MANAGERS, BUDGETS]


@pytest.fixture
def jeroen(office: FakeOffice) -> Me:
    return office.person("U0JEROEN", "Jeroen", is_admin=True)


def change(office: FakeOffice, me: Me, typed: Typed, **more: Any) -> Me:
    return actions.change_settings(office.services, me, typed, **more)


def changes(office: FakeOffice, me: Me) -> list[tuple[str, int | None, datetime]]:
    with office.services.database.reading(me) as tx:
        return [(one.name, one.changed_by, one.changed_at) for one in office_changes(tx, 100)]


def joined(office: FakeOffice, me: Me) -> None:
    """Somebody who takes part, with a reminder that is planned for tomorrow."""
    with office.services.database.writing(me) as tx:
        tx.add(
            Participant(
                workspace_id=me.workspace_id, person_id=me.person_id, on_board=True,
                joined_at=MONDAY - timedelta(days=7), joined_on=TODAY - timedelta(days=7), remind_at=time(9),
                second_at=time(16), volume="light", due_at=PLANNED, due_day=TODAY,
            )
        )  # fmt: skip


def plan_of(office: FakeOffice, me: Me) -> tuple[datetime | None, date | None]:
    with office.services.database.reading(me) as tx:
        found = participant_of(tx, me.person_id)
        assert found is not None
        return found.due_at, found.due_day


# What is kept


def test_every_setting_is_there_for_the_next_request(office: FakeOffice, fatima: Me, sanne: Me) -> None:
    for typed in EACH:
        change(office, fatima, typed)

    now = office.person("U0FATIMA", "Fatima").office
    assert (now.say.language, now.zone, now.currency) == ("en", "Europe/Brussels", "USD")
    assert now.calendar[-1][1].country == Country.BE
    assert date(2026, 12, 24) in holidays_in(2026, now.calendar[-1][1], "nl")
    assert (now.remind_at, now.workdays) == (time(8, 15), {0, 1})
    assert (now.stories_channel, now.customer_wall_channel, now.change_wall_channel) == ("C0NEW", "C0WALL", None)
    assert now.managers == {"U0SANNE", "U0FATIMA"}
    assert now.caps == ((date.min, Caps(1000, 10000)), (MONDAY.date(), Caps(750, 7500)))
    assert not now.is_set_up


def test_each_change_is_kept_with_who_and_when(office: FakeOffice, fatima: Me, jeroen: Me, clock: StoppedClock) -> None:
    change(office, fatima, BUDGETS)
    clock.pass_time(hours=1)
    change(office, jeroen, TypedBudgets("7,50", "80"))

    assert changes(office, fatima) == [
        ("caps", jeroen.person_id, MONDAY + timedelta(hours=1)),
        ("caps", fatima.person_id, MONDAY),
    ]


def test_the_changes_can_be_read_back_with_names(office: FakeOffice, fatima: Me, jeroen: Me) -> None:
    change(office, fatima, TypedGeneral("nl", "Europe/Brussels", "", "EUR"))
    change(office, jeroen, TypedGeneral("nl", "Asia/Tokyo", "", "EUR"))

    found = [(one.name, one.value, one.who) for one in actions.last_changes(office.services, fatima)]
    assert found == [("zone", "Asia/Tokyo", "Jeroen"), ("zone", "Europe/Brussels", "Fatima")]


@pytest.mark.parametrize("typed", EACH, ids=lambda typed: type(typed).__name__)
def test_the_same_once_more_writes_nothing(office: FakeOffice, fatima: Me, sanne: Me, typed: Typed) -> None:
    fresh = change(office, fatima, typed)
    rows = office.rows("office_change")

    assert rows > 0
    for me in (fatima, fresh):  # who clicked may have read the office before it was changed
        assert change(office, me, typed) == fresh
    assert office.rows("office_change") == rows


def test_first_values_that_stay_as_they_are_are_not_pinned(office: FakeOffice, fatima: Me) -> None:
    change(office, fatima, TypedGeneral("nl", "Europe/Amsterdam", "", "EUR"))
    change(office, fatima, TypedCalendar("NL", (), ""))
    change(office, fatima, TypedReminder("09:00", ("0", "1", "2", "3", "4")))

    assert office.rows("office_change") == 0


def test_one_answer_has_the_office_as_it_is_from_now_on(office: FakeOffice, fatima: Me) -> None:
    fresh = change(office, fatima, GENERAL)

    assert (fresh.say.language, fresh.office.zone, fresh.zone) == ("en", "Europe/Brussels", "Europe/Brussels")


def test_a_language_of_ones_own_stays(office: FakeOffice) -> None:
    fatima = office.person("U0FATIMA", "Fatima", language="nl")

    assert change(office, fatima, GENERAL).say.language == "nl"


def test_home_shows_the_change(office: FakeOffice) -> None:
    fatima = office.person("U0FATIMA", "Fatima", home_opened_at=MONDAY)
    change(office, fatima, GENERAL)

    [home] = [post for post in office.queued("U0FATIMA") if post.is_home]
    assert "One fan a day" in str(home.body)


def test_what_is_wrong_changes_nothing(office: FakeOffice, fatima: Me) -> None:
    with pytest.raises(FormError):
        change(office, fatima, TypedGeneral("en", "Europe/Brussels", "", "euro"))

    assert office.rows("office_change") == 0


def test_another_workspace_keeps_its_own(office: FakeOffice, fatima: Me) -> None:
    elsewhere = office.person_elsewhere("T0OTHER", "U0FATIMA", "Fatima daar")
    change(office, fatima, GENERAL)

    again = office.person_elsewhere("T0OTHER", "U0FATIMA", "Fatima daar")
    assert again.office.zone == elsewhere.office.zone == "Europe/Amsterdam"


# Who may


@pytest.mark.parametrize("typed", EACH, ids=lambda typed: type(typed).__name__)
def test_who_is_no_manager_changes_nothing(office: FakeOffice, sanne: Me, fatima: Me, typed: Typed) -> None:
    with pytest.raises(BotError, match="Only the office's managers"):
        change(office, sanne, typed)

    assert office.rows("office_change") == 0


@pytest.mark.parametrize("standing", [Standing.GUEST, Standing.STRANGER, Standing.GONE])
def test_a_manager_who_does_not_belong_any_more_changes_nothing(office: FakeOffice, standing: Standing) -> None:
    fatima = office.person("U0FATIMA", "Fatima", standing=standing, is_admin=True)
    with pytest.raises(BotError):
        change(office, fatima, GENERAL)
    with pytest.raises(BotError):
        actions.last_changes(office.services, fatima)


def test_a_workspace_admin_may_appoint_managers(office: FakeOffice, jeroen: Me, sanne: Me) -> None:
    change(office, jeroen, TypedManagers(("U0SANNE",)))

    assert office.person("U0SANNE", "Sanne").is_manager
    assert not office.person("U0FATIMA", "Fatima").is_manager


def test_somebody_the_bot_never_met_can_manage(office: FakeOffice, fatima: Me) -> None:
    assert "U0NEW" in change(office, fatima, TypedManagers(("U0NEW", "U0FATIMA"))).office.managers


@pytest.mark.parametrize("standing", [Standing.GUEST, Standing.STRANGER, Standing.GONE, Standing.BOT])
def test_who_is_no_colleague_cannot_manage(office: FakeOffice, fatima: Me, standing: Standing) -> None:
    office.person("U0OTHER", "Otto", standing=standing)
    with pytest.raises(FormError) as raised:
        change(office, fatima, TypedManagers(("U0FATIMA", "U0OTHER")))

    assert "Otto" in str(raised.value.fields["managers"])
    assert office.rows("office_change") == 0


# The first time


def test_the_last_step_sets_the_office_up(office: FakeOffice, fatima: Me) -> None:
    fresh = change(office, fatima, TypedManagers(("U0FATIMA",)), is_last_step=True)

    assert fresh.office.is_set_up
    assert [name for name, _, _ in changes(office, fatima)] == ["set_up"]


def test_a_last_step_with_an_error_leaves_it_open(office: FakeOffice, fatima: Me) -> None:
    with pytest.raises(FormError):
        change(office, fatima, TypedManagers(()), is_last_step=True)

    assert not office.person("U0FATIMA", "Fatima").office.is_set_up


@pytest.mark.parametrize(("slack_id", "sees"), [("U0FATIMA", True), ("U0JEROEN", True), ("U0SANNE", False)])
def test_home_has_settings_for_managers_and_admins_alone(
    office: FakeOffice, jeroen: Me, slack_id: str, sees: bool
) -> None:
    me = jeroen if slack_id == "U0JEROEN" else office.person(slack_id, "Iemand")
    with office.services.database.reading(me) as tx:
        assert bool(actions.home_card(tx, office.services, me)) == sees


# What follows for reminders


def test_another_calendar_plans_everybodys_reminder_anew(office: FakeOffice, fatima: Me, sanne: Me) -> None:
    joined(office, sanne)
    change(office, fatima, REMINDER)
    assert plan_of(office, sanne) == (PLANNED, TODAY)

    change(office, fatima, CALENDAR)
    assert plan_of(office, sanne) == (MONDAY, None)


def test_another_zone_plans_anew_for_who_has_none_of_their_own(office: FakeOffice, fatima: Me, sanne: Me) -> None:
    bram = office.person("U0BRAM", "Bram", zone="Europe/London")
    for me in (sanne, bram):
        joined(office, me)
    change(office, fatima, TypedGeneral("nl", "America/New_York", "", "EUR"))

    assert plan_of(office, sanne) == (MONDAY - rules.LATEST, None)
    assert plan_of(office, bram) == (PLANNED, TODAY)


def told(zone: str | None = "Europe/Amsterdam", standing: Standing = Standing.MEMBER) -> Profile:
    return Profile("U0SANNE", "Sanne", zone, standing, is_admin=False)


def test_who_travels_is_reminded_at_their_local_time(office: FakeOffice, bram: Me) -> None:
    sanne = office.person("U0SANNE", "Sanne", zone="Europe/Amsterdam")
    for me in (sanne, bram):
        joined(office, me)
    actions.remember_profiles(office.services, office.workspace_id, [told()])
    assert plan_of(office, sanne) == (PLANNED, TODAY)

    actions.remember_profiles(office.services, office.workspace_id, [told("America/New_York")])
    assert plan_of(office, sanne) == (MONDAY - rules.LATEST, None)
    assert plan_of(office, bram) == (PLANNED, TODAY)


@pytest.mark.parametrize(("was", "becomes"), [("member", "gone"), ("gone", "member"), ("guest", "member")])
def test_who_leaves_or_comes_back_is_planned_anew(office: FakeOffice, was: str, becomes: str) -> None:
    sanne = office.person("U0SANNE", "Sanne", zone="Europe/Amsterdam", standing=was)
    joined(office, sanne)
    actions.remember_profiles(office.services, office.workspace_id, [told(standing=Standing(becomes))])

    assert plan_of(office, sanne) == (MONDAY, None)


def spans_away(office: FakeOffice, me: Me) -> list[tuple[date, date]]:
    with office.services.database.reading(me) as tx:
        return [(one.first_day, one.last_day) for one in absences_of(tx, me.person_id)]


@pytest.mark.parametrize("meanwhile", [("gone",), ("guest",), ("guest", "gone")])
@pytest.mark.parametrize(("is_told", "first"), [(False, 2), (True, 3)])
def test_the_days_on_which_somebody_could_not_take_part_are_days_away(
    office: FakeOffice, clock: StoppedClock, meanwhile: tuple[str, ...], is_told: bool, first: int
) -> None:
    sanne = office.person("U0SANNE", "Sanne", zone="Europe/Amsterdam", part="joined")
    joined(office, sanne)
    if is_told:
        with office.services.database.writing(sanne) as tx:
            words = {"text": "Paraplu uitgeleend", "day": TODAY, "told_at": MONDAY}
            add_story(tx, workspace_id=sanne.workspace_id, teller_id=sanne.person_id, **words)
    for standing in meanwhile:
        actions.remember_profiles(office.services, office.workspace_id, [told(standing=Standing(standing))])
        clock.pass_time(days=14 / len(meanwhile))
    assert spans_away(office, sanne) == [(date(2026, 11, first), date.max)]

    actions.remember_profiles(office.services, office.workspace_id, [told(), told()])
    actions.remember_profiles(office.services, office.workspace_id, [told()])

    assert spans_away(office, sanne) == [(date(2026, 11, first), date(2026, 11, 15))]


def test_who_is_back_the_same_day_or_took_no_part_was_not_away(office: FakeOffice) -> None:
    sanne = office.person("U0SANNE", "Sanne", zone="Europe/Amsterdam", part="joined")
    bram = office.person("U0BRAM", "Bram")
    for standing in (Standing.GONE, Standing.MEMBER):
        profiles = [told(standing=standing), Profile("U0BRAM", "Bram", None, standing, is_admin=False)]
        actions.remember_profiles(office.services, office.workspace_id, profiles)

    assert spans_away(office, sanne) == spans_away(office, bram) == []


def test_who_both_moves_and_comes_back_is_planned_from_so_far_back(office: FakeOffice) -> None:
    sanne = office.person("U0SANNE", "Sanne", zone="Europe/Amsterdam", standing="gone")
    joined(office, sanne)
    actions.remember_profiles(office.services, office.workspace_id, [told("America/New_York")])

    assert plan_of(office, sanne) == (MONDAY - rules.LATEST, None)


def test_a_zone_that_nobody_knows_counts_as_none(office: FakeOffice) -> None:
    sanne = office.person("U0SANNE", "Sanne", zone=None)
    joined(office, sanne)
    actions.remember_profiles(office.services, office.workspace_id, [told("Moon/Tranquility")])

    assert office.person("U0SANNE", "Sanne").zone == "Europe/Amsterdam"
    assert plan_of(office, sanne) == (PLANNED, TODAY)


def test_who_was_erased_stays_so_whatever_slack_tells(office: FakeOffice) -> None:
    office.person("erased:1", "")
    actions.remember_profiles(office.services, office.workspace_id, [told()])

    with office.services.database.reading(office.person("U0SANNE", "Sanne")) as tx:
        erased = actions.people.person_by_slack_id(tx, "erased:1")
    assert erased is not None
    assert (erased.name, erased.zone) == ("", None)


def test_who_had_themselves_erased_is_not_appointed_by_others(office: FakeOffice, fatima: Me, bram: Me) -> None:
    with office.services.database.writing(bram) as tx:
        remember_to_forget(tx, "U0BRAM")
        make_nameless(tx, bram.person_id, office.services.clock.now())

    with pytest.raises(FormError) as caught:
        actions.change_settings(office.services, fatima, TypedManagers(("U0FATIMA",), ("U0BRAM",)))
    assert list(caught.value.fields) == ["moderators"]


def test_the_notice_of_gifts_follows_the_offices_own_country_until_somebody_chose_one(
    office: FakeOffice, fatima: Me
) -> None:
    assert fatima.office.gift_notice == 22700
    assert change(office, fatima, CALENDAR).office.gift_notice == 5000
    assert change(office, fatima, TypedBudgets("7,50", "75", notice="300")).office.gift_notice == 30000
    assert change(office, fatima, TypedCalendar("NL", (), "")).office.gift_notice == 30000


def test_what_one_person_may_spend_is_in_the_history_for_managers_alone(office: FakeOffice, fatima: Me) -> None:
    sanne, admin = office.person("U0SANNE", "Sanne"), office.person("U0ADMIN", "Ada", is_admin=True)
    caps = {"day_cents": 2500, "month_cents": None, "day_minutes": 30}
    with office.services.database.writing(fatima) as tx:
        value = {"person": sanne.person_id, "first_day": "2026-11-09", **caps}
        note_change(tx, OWN_CAPS, value, fatima.person_id, MONDAY)

    said = texts_in(screens.history_window(actions.last_changes(office.services, fatima), fatima))
    amounts = f"{fatima.say.money(2500, 'EUR')} per dag · 30 minuten per dag"
    assert f"Sanne, vanaf maandag 9 november 2026: {amounts}" in said
    assert "Fatima" in said
    assert actions.last_changes(office.services, admin) == []
    with office.services.database.writing(sanne) as tx:
        make_nameless(tx, sanne.person_id, MONDAY)
    assert "Sanne" not in texts_in(screens.history_window(actions.last_changes(office.services, fatima), fatima))
