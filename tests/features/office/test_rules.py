"""What a form of settings comes to, and what is wrong with it, at which field."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from bot.features.habit.rules import LATEST
from bot.features.office import rules
from bot.features.office.rules import Step
from bot.features.office.typed import (
    Typed,
    TypedBudgets,
    TypedCalendar,
    TypedChannels,
    TypedGeneral,
    TypedManagers,
    TypedReminder,
    TypedWeek,
)
from bot.i18n.translate import speakers
from bot.kernel.calendar import Country, HolidayRules, in_force
from bot.kernel.caps import Caps
from bot.kernel.choices import Choice, calendar_in, caps_in
from bot.kernel.errors import FormError
from bot.kernel.weekly import Weekly, weekly_in
from tests.fakes import an_office

SAY = speakers()["nl"]
TODAY = date(2026, 11, 2)
NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
OFFICE = an_office(SAY)


def read(typed: Typed, **office: Any) -> dict[Choice, Any]:
    return dict(rules.read_form(typed, an_office(SAY, **office), NOW))


def wrong_in(typed: Typed) -> dict[str, str]:
    with pytest.raises(FormError) as raised:
        rules.read_form(typed, OFFICE, NOW)
    return {name: str(error) for name, error in raised.value.fields.items()}


def general(**values: str) -> TypedGeneral:
    first = {"language": "nl", "zone": "Europe/Amsterdam", "other_zone": "", "currency": "EUR"}
    return TypedGeneral(**first | values)


def calendar(country: str = "NL", switches: tuple[str, ...] = (), days: str = "") -> TypedCalendar:
    return TypedCalendar(country, switches, days)


# Language, zone, currency


def test_language_zone_and_currency_are_read() -> None:
    assert read(general(language="en", zone="Europe/Brussels", currency=" usd ", name=" De Linde\n")) == {
        Choice.NAME: "De Linde", Choice.LANGUAGE: "en", Choice.ZONE: "Europe/Brussels", Choice.CURRENCY: "USD",
    }  # fmt: skip


@pytest.mark.parametrize("typed", ["Asia/Tokyo", "asia/tokyo", " ASIA/TOKYO "])
def test_a_zone_that_is_typed_wins_over_the_one_that_was_chosen(typed: str) -> None:
    assert read(general(other_zone=typed))[Choice.ZONE] == "Asia/Tokyo"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"zone": "Europe/Atlantis"}, "zone"),
        ({"zone": ""}, "zone"),
        ({"other_zone": "Amsterdam"}, "other_zone"),
        ({"other_zone": "../../etc/passwd"}, "other_zone"),
        ({"currency": "euro"}, "currency"),
        ({"currency": "XQZ"}, "currency"),
        ({"language": "de"}, "language"),
    ],
)
def test_what_nobody_knows_is_an_error_at_its_field(values: dict[str, str], field: str) -> None:
    assert set(wrong_in(general(**values))) == {field}


def test_all_that_is_wrong_is_told_at_once() -> None:
    assert set(wrong_in(general(language="", other_zone="Mars", currency="?"))) == {
        "language",
        "other_zone",
        "currency",
    }


# The calendar


def test_a_calendar_holds_from_today_on_and_the_past_keeps_its_own() -> None:
    found = calendar_in(read(calendar("BE", ("flemish_day", "good_friday")))[Choice.CALENDAR])

    assert in_force(found, date(2026, 11, 1)) == HolidayRules(Country.NL)
    assert in_force(found, TODAY) == HolidayRules(Country.BE, good_friday=True, flemish_day=True)


def test_a_second_change_on_one_day_takes_the_place_of_the_first() -> None:
    first = calendar_in(read(calendar("BE"))[Choice.CALENDAR])
    second = calendar_in(read(calendar("NL", ("liberation_day",)), calendar=first)[Choice.CALENDAR])

    assert [day for day, _ in second] == [date.min, TODAY]
    assert in_force(second, TODAY) == HolidayRules(Country.NL, liberation_day=True)


def test_a_switch_of_another_country_is_off() -> None:
    found = calendar_in(read(calendar("NL", ("flemish_day", "good_friday")))[Choice.CALENDAR])

    assert in_force(found, TODAY) == HolidayRules(Country.NL, good_friday=True)


def test_company_days_are_kept_with_those_of_this_year_that_went_by() -> None:
    was = HolidayRules(
        Country.NL, company_days=((date(2025, 12, 24), "Toen"), (date(2026, 5, 1), "Mei"), (date(2026, 12, 24), "Dan"))
    )
    found = read(calendar(days="31-12 Inventaris"), calendar=((date.min, was),))

    days = in_force(calendar_in(found[Choice.CALENDAR]), TODAY).company_days
    assert days == ((date(2026, 5, 1), "Mei"), (date(2026, 12, 31), "Inventaris"))


def test_the_same_calendar_once_more_changes_nothing() -> None:
    was = HolidayRules(Country.NL, company_days=((date(2025, 12, 24), "Toen"), (date(2026, 12, 24), "Dan")))

    assert read(calendar()) == {}
    assert read(calendar(days="24-12-2026 Dan"), calendar=((date.min, was),)) == {}


@pytest.mark.parametrize(
    ("typed", "field", "error"),
    [
        (calendar("DE"), "country", "no calendar of DE"),
        (calendar(""), "country", "no calendar"),
        (calendar(days="31-02 Niets"), "company_days", "31-02"),
        (calendar(days="20-11 Teamdag\n01-11-2026 Gisteren"), "company_days", "gone by"),
    ],
)
def test_a_country_without_a_calendar_or_an_unreadable_day_is_an_error_at_its_field(
    typed: TypedCalendar, field: str, error: str
) -> None:
    found = wrong_in(typed)

    assert set(found) == {field}
    assert error in found[field]


# Reminders


def test_the_reminders_first_values_are_read() -> None:
    assert read(TypedReminder("08:30", ("4", "0", "1"))) == {Choice.REMIND_AT: "08:30", Choice.WORKDAYS: "014"}


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        (TypedReminder("25:00", ("0",)), "remind_at"),
        (TypedReminder("", ("0",)), "remind_at"),
        (TypedReminder("09:00", ()), "workdays"),
        (TypedReminder("09:00", ("7", "-1", "x", "")), "workdays"),
    ],
)
def test_no_time_or_no_working_day_is_an_error_at_its_field(typed: TypedReminder, field: str) -> None:
    assert set(wrong_in(typed)) == {field}


# Channels, managers, budgets, the week's post


def test_channels_are_read_and_can_be_left_empty() -> None:
    found = read(TypedChannels("C0FANS", "", "G0IDEE", "C0TEAM", "after"))

    assert list(found.values()) == ["C0FANS", "", "G0IDEE", "C0TEAM", "after"]


def test_a_weekend_s_birthday_is_before_or_after() -> None:
    assert set(wrong_in(TypedChannels("", "", "", "", "never"))) == {"weekend_birthdays"}


@pytest.mark.parametrize("channel", ["D0SANNE", "#fans", "fans", "C0<!channel>", "C" + "0" * 50])
def test_what_is_no_channel_is_an_error_at_its_field(channel: str) -> None:
    assert set(wrong_in(TypedChannels("C0FANS", channel, ""))) == {"customer_wall_channel"}


def test_managers_are_kept_once_and_in_order() -> None:
    assert wrong_in(TypedManagers(("U1",), tuple(f"U{n}" for n in range(26)))).keys() == {"moderators"}
    assert read(TypedManagers(("U2", "U1", "U2"))) == {Choice.MANAGERS: ["U1", "U2"], Choice.MODERATORS: []}


@pytest.mark.parametrize("chosen", [(), tuple(f"U{number}" for number in range(26))])
def test_nobody_or_a_crowd_cannot_manage(chosen: tuple[str, ...]) -> None:
    assert set(wrong_in(TypedManagers(chosen))) == {"managers"}


def test_budgets_are_read_as_people_write_them() -> None:
    found = read(TypedBudgets("7,50", "€ 100", "15", is_soft=True, notice="50"))

    assert found[Choice.GIFT_NOTICE] == 5000
    new = Caps(750, 10000, 15, is_soft=True)
    assert caps_in(found[Choice.CAPS])[-1] == (TODAY, new)
    assert in_force(caps_in(found[Choice.CAPS]), TODAY - timedelta(days=1)) == Caps(1000, 10000)  # the past stays


def test_the_same_caps_are_no_change() -> None:
    assert read(TypedBudgets("10", "100")) == {Choice.GIFT_NOTICE: 22700}


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        (TypedBudgets("tien", "100"), {"per_day"}),
        (TypedBudgets("10", "-5"), {"per_month"}),
        (TypedBudgets("", "1.250"), {"per_day", "per_month"}),
        (TypedBudgets("101", "100"), {"per_day"}),
        (TypedBudgets("1", "100", "601"), {"minutes"}),
        (TypedBudgets("1", "100", "een kwartier", notice="veel"), {"minutes", "notice"}),
    ],
)
def test_amounts_that_cannot_be_are_errors_at_their_fields(typed: TypedBudgets, fields: set[str]) -> None:
    assert set(wrong_in(typed)) == fields


# What differs, and the steps


def test_only_what_is_another_value_differs() -> None:
    values = dict(rules.values_of(OFFICE))

    assert set(values) == set(Choice)
    assert rules.differing(values, OFFICE) == {}
    assert rules.differing(values | {Choice.ZONE: "Europe/Brussels"}, OFFICE) == {Choice.ZONE: "Europe/Brussels"}


def test_the_five_steps_follow_each_other() -> None:
    steps: list[Step | None] = [rules.SET_UP[0]]
    while steps[-1] is not None:
        steps.append(rules.step_after(steps[-1]))

    assert steps == [*rules.SET_UP, None]
    assert len(rules.SET_UP) == 5


def test_so_far_back_is_planned_anew_as_a_reminder_may_be_late() -> None:
    assert rules.LATEST == LATEST


def test_the_weeks_post_is_read() -> None:
    found = read(TypedWeek("team", "C0FANS", "3", "16.30", ("board",)))

    assert found[Choice.BOARD_MODE] == "team"
    assert weekly_in(found[Choice.WEEKLY]) == Weekly("C0FANS", 3, time(16, 30), has_digest=False, since=TODAY)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        (TypedWeek("losers", "C0FANS", "4", "15:00", ("board",)), "board_mode"),
        (TypedWeek("team", "fans", "4", "15:00", ("board",)), "channel"),
        (TypedWeek("team", "C0FANS", "7", "15:00", ("board",)), "weekday"),
        (TypedWeek("team", "C0FANS", "", "15:00", ("board",)), "weekday"),
        (TypedWeek("team", "C0FANS", "4", "25:00", ("board",)), "at"),
        (TypedWeek("team", "C0FANS", "4", "15:00", ()), "posts"),
    ],
)
def test_what_is_wrong_with_the_weeks_post_is_said_at_its_field(typed: TypedWeek, field: str) -> None:
    assert set(wrong_in(typed)) == {field}


def test_what_is_chosen_after_its_day_begins_next_week_and_what_stays_the_same_goes_on() -> None:
    typed = TypedWeek("people", "C0FANS", "4", "15:00", ("digest", "board"))
    in_time, late = datetime(2026, 11, 6, 13, 59, tzinfo=UTC), datetime(2026, 11, 6, 14, tzinfo=UTC)
    assert weekly_in(rules.read_form(typed, OFFICE, in_time)[Choice.WEEKLY]).since == TODAY
    chosen = weekly_in(rules.read_form(typed, OFFICE, late)[Choice.WEEKLY])

    assert chosen.since == date(2026, 11, 9)
    assert weekly_in(read(typed, weekly=chosen)[Choice.WEEKLY]) == chosen


def test_another_channel_alone_changes_nothing_of_when_it_comes() -> None:
    typed = TypedWeek("people", "C0ANDERS", "4", "15:00", ("digest", "board"))
    office = an_office(SAY, weekly=Weekly("C0FANS", since=TODAY))
    moved = weekly_in(rules.read_form(typed, office, datetime(2026, 11, 6, 16, tzinfo=UTC))[Choice.WEEKLY])

    assert (moved.channel, moved.since) == ("C0ANDERS", TODAY)


def test_without_a_channel_nothing_has_to_go_out() -> None:
    assert weekly_in(read(TypedWeek("people", "", "4", "15:00", ()))[Choice.WEEKLY]).channel == ""
