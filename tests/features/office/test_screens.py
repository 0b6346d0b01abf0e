"""Every window of the office's settings stays within what Slack takes, in Dutch and in English."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.features.office import screens
from bot.features.office.form import calendar_form, form_of, typed_form
from bot.features.office.rules import SET_UP, Step
from bot.features.office.screens import SETTING_UP, Changed
from bot.features.office.typed import TypedCalendar, TypedChannels, TypedGeneral, TypedReminder
from bot.features.office.wording import TITLES
from bot.i18n.translate import speakers
from bot.kernel.calendar import Country, HolidayRules
from bot.kernel.caps import Caps
from bot.kernel.choices import Choice, calendar_as_json, caps_as_json
from bot.kernel.company_days import LONGEST_NAME, MOST
from bot.kernel.errors import BotError, FormError
from bot.kernel.office import Me
from bot.kernel.weekly import Edited, Weekly, edited_as_json, weekly_as_json
from bot.slack.channels import Membership
from storage.people import Standing
from tests.fakes import MONDAY, an_office
from tests.features.heard import texts_in
from tests.limits import complaints_about_view

SPEAKERS = speakers()
TODAY = date(2026, 11, 2)
FULL = HolidayRules(
    Country.BE,
    good_friday=True,
    flemish_day=True,
    company_days=tuple((TODAY + timedelta(days=number), "x" * LONGEST_NAME) for number in range(MOST)),
)


@pytest.fixture(params=["nl", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def a_manager(language: str, **office: Any) -> Me:
    say = SPEAKERS[language]
    made = an_office(say, **office)
    return Me(made, 1, "U0FATIMA", "Fatima", made.zone, Standing.MEMBER, is_admin=False, say=say)


def full(language: str) -> Me:
    return a_manager(
        language,
        calendar=((date.min, FULL),),
        managers=frozenset(f"U{number:09}" for number in range(25)),
        customer_wall_channel="C0WALL",
        change_wall_channel="G0IDEE",
        workdays=frozenset(range(7)),
        caps=((date.min, Caps(10_000_000, 10_000_000, 600, is_soft=True)),),
        is_set_up=False,
        zone="America/Argentina/ComodRivadavia",
    )


def bare(language: str) -> Me:
    return a_manager(language, stories_channel=None, managers=frozenset(), workdays=frozenset({0}))


def fields_of(view: dict[str, Any]) -> list[str]:
    return [block["block_id"] for block in view["blocks"] if block["type"] == "input"]


@pytest.mark.parametrize("note", ["", SETTING_UP])
@pytest.mark.parametrize("step", Step)
def test_every_form_is_taken_by_slack(language: str, step: Step, note: str) -> None:
    if note and step not in SET_UP:
        return
    for me in (full(language), bare(language), a_manager(language)):
        form = form_of(step, me, TODAY, note)
        assert complaints_about_view(form) == []
        assert fields_of(form)
        assert (form["callback_id"], form.get("private_metadata", "")) == (step.value, note)


def test_every_window_is_taken_by_slack(language: str) -> None:
    wrong = FormError(
        {"company_days": BotError("I know no currency {typed}. Write its three letters, like EUR.", typed="x" * 40)}
    )
    for me in (full(language), bare(language), a_manager(language)):
        found = dict(zip(CHANNELS, Membership, strict=True))
        windows = [
            screens.overview(me),
            screens.calendar_window(FULL, TODAY, me.say),
            screens.channels_window(found, me, ""),
            screens.channels_window(found, me, SETTING_UP),
            screens.done_window(me),
            screens.history_window([], me),
            screens.history_window(ALL_CHANGES, me),
            calendar_form(me, FULL, TODAY, "", wrong),
        ]
        assert [complaints_about_view(window) for window in windows] == [[]] * len(windows)


def test_the_card_at_home_is_taken_by_slack(language: str) -> None:
    for me in (full(language), bare(language)):
        assert complaints_about_view({"type": "home", "blocks": screens.home_card(me)}) == []


def test_the_first_time_home_offers_to_lead_one_through(language: str) -> None:
    first, later = (json.dumps(screens.home_card(a_manager(language, is_set_up=done))) for done in (False, True))

    assert screens.BEGIN in first
    assert screens.BEGIN not in later
    assert screens.OPEN in first
    assert screens.OPEN in later


def test_the_overview_has_a_button_to_every_group_of_settings(language: str) -> None:
    view = screens.overview(a_manager(language))
    rows = [block for block in view["blocks"] if block["type"] == "actions"]
    found = [button["action_id"] for row in rows for button in row["elements"]]

    assert found == [*SET_UP, Step.BUDGETS, Step.WEEK, screens.GROUPS, screens.HISTORY]


def test_the_overview_says_what_is_now() -> None:
    said = texts_in(screens.overview(a_manager("en", calendar=((date.min, FULL),))))

    for words in (
        "English · Europe/Amsterdam · EUR",
        "Belgium (Flanders) · Good Friday · 11 July (Flanders) · 60 company days",
        "09:00 · Monday, Tuesday, Wednesday, Thursday, Friday",
        "€10.00 a day, €100.00 a month, for each person",
    ):
        assert words in said


def test_the_calendar_shows_this_year_and_next(language: str) -> None:
    rules = HolidayRules(Country.NL, good_friday=True, company_days=((date(2026, 12, 31), "Inventaris"),))
    said = texts_in({"blocks": screens.calendar_shown(rules, TODAY, SPEAKERS[language])})

    assert "2026 | " in said
    assert "2027 | " in said
    assert "Inventaris" in said
    assert ("Goede vrijdag" in said, "Good Friday" in said) == (language == "nl", language == "en")


def test_belgium_is_told_which_holidays_fall_in_a_weekend() -> None:
    belgian = HolidayRules(Country.BE, company_days=((date(2026, 8, 15), "Feest"), (date(2026, 11, 7), "Zaterdag")))
    said = texts_in({"blocks": screens.calendar_shown(belgian, TODAY, SPEAKERS["nl"])})
    dutch = texts_in({"blocks": screens.calendar_shown(HolidayRules(Country.NL), TODAY, SPEAKERS["nl"])})

    assert " | O. L. V. Hemelvaart, Allerheiligen | " in said
    assert len(said.split(" | ")) > len(dutch.split(" | "))


CHANNELS = ("C0FANS", "C0WALL", "G0IDEE", "C0MORE")


@pytest.mark.parametrize(
    ("membership", "can_join"),
    [(Membership.IN, False), (Membership.OUT, True), (Membership.HIDDEN, False), (Membership.UNKNOWN, False)],
)
def test_joining_is_offered_where_the_bot_can(language: str, membership: Membership, can_join: bool) -> None:
    view = screens.channels_window({"C0FANS": membership}, a_manager(language), "")

    assert (screens.JOIN in json.dumps(view)) == can_join
    assert "submit" not in view


def test_the_check_of_the_channels_leads_on_the_first_time(language: str) -> None:
    view = screens.channels_window({"C0FANS": Membership.OUT}, a_manager(language), SETTING_UP)

    assert (view["callback_id"], view["private_metadata"]) == (screens.GO_ON, SETTING_UP)


ALL_CHANGES = [
    Changed(name, value, "Fatima <3 *", datetime(2026, 11, 2, 9, 5, tzinfo=UTC))
    for name, value in (
        (Choice.NAME, "De Linde"), (Choice.LANGUAGE, "en"), (Choice.ZONE, "Asia/Tokyo"), (Choice.CURRENCY, "USD"),
        (Choice.CALENDAR, calendar_as_json(((date.min, FULL),))), (Choice.WORKDAYS, "014"), (Choice.REMIND_AT, "08:30"),
        (Choice.STORIES_CHANNEL, "C0FANS"), (Choice.CUSTOMER_WALL_CHANNEL, ""), (Choice.CHANGE_WALL_CHANNEL, "G0IDEE"),
        (Choice.TEAM_WALL_CHANNEL, "C0TEAM"), (Choice.MODERATORS, []), (Choice.WEEKEND_BIRTHDAYS, "after"),
        (Choice.MANAGERS, ["U0FATIMA", "U0JEROEN"]), (Choice.GIFT_NOTICE, 22700),
        (Choice.CAPS, caps_as_json(((date.min, Caps(750, 10000, 15, is_soft=True)),))),
        (Choice.BOARD_MODE, "team"), (Choice.WEEKLY, weekly_as_json(Weekly("C0FANS"))),
        (Choice.WEEKLY, weekly_as_json(Weekly())), (Choice.DIGEST, edited_as_json(Edited(date(2026, 11, 2), "Hoi"))),
        (Choice.DIGEST, edited_as_json(Edited(date(2026, 11, 9), is_skipped=True))),
        (Choice.SET_UP, True), (Choice.ZONE, None), ("group", {"change": "added", "name": "Balie & co"}),
        ("group", {"change": "changed", "name": "Balie"}), ("group", {"change": "removed", "name": "Balie"}),
    )
]  # fmt: skip


def test_each_change_reads_as_a_sentence() -> None:
    said = texts_in(screens.history_window(ALL_CHANGES, a_manager("en")))

    for words in (
        "Fatima <3 * |  · Monday 2 November 2026 10:05\nLanguage:  | English",
        "Time zone:  | Asia/Tokyo",
        "First working days:  | Monday, Tuesday, Friday",
        "First time of the reminder:  | 08:30",
        "Budgets:  | €7.50 a day, €100.00 a month, for each person · 15 minutes a day · above the"
        " day's amount too, a manager sees it afterwards",
        "Gifts to one company:  | €227.00",
        "Moderators:  | nobody yet",
        "Birthday in a weekend:  | On the working day after",
        "Set-up:  | all five steps were taken",
        "Leaderboard:  | The team's total, and nobody's name",
        "The week's post:  | nothing goes out by itself",
        "The week's post:  | Friday 15:00,  | \nThe digest: the week's number",
        "The week's digest:  | other words in the week of Monday 2 November",
        "The week's digest:  | the week of Monday 9 November is skipped",
        "Time zone:  | as it was in the beginning",
        "Groups of people:  | Balie & co was made",
        "Groups of people:  | Balie was removed",
    ):
        assert words in said
    assert {change.name for change in ALL_CHANGES} >= set(Choice)


def test_who_was_erased_is_not_named(language: str) -> None:
    view = screens.history_window([Changed(Choice.ZONE, "Asia/Tokyo", "", MONDAY)], a_manager(language))

    assert SPEAKERS[language]("a colleague") in texts_in(view)


# What was filled in


def filled(**values: Any) -> dict[str, Any]:
    return {"state": {"values": {name: {name: element} for name, element in values.items()}}}


def test_what_was_filled_in_is_read() -> None:
    chosen = {"selected_option": {"value": "nl"}}
    assert typed_form(
        Step.GENERAL, filled(language=chosen, zone=chosen, other_zone={"value": None}, currency={"value": "EUR"})
    ) == TypedGeneral("nl", "nl", "", "EUR")
    assert typed_form(
        Step.CALENDAR,
        filled(
            country=chosen, switches={"selected_options": [{"value": "good_friday"}]}, company_days={"value": "31-12 x"}
        ),
    ) == TypedCalendar("nl", ["good_friday"], "31-12 x")
    assert typed_form(
        Step.CHANNELS,
        filled(stories_channel={"selected_conversation": "C1"}, customer_wall_channel={"selected_conversation": None}),
    ) == TypedChannels("C1", "", "")


@pytest.mark.parametrize("step", Step)
def test_a_form_in_which_nothing_was_filled_in_is_read_as_well(step: Step) -> None:
    assert typed_form(step, {})


def test_nothing_chosen_is_no_working_day() -> None:
    assert typed_form(Step.REMINDER, filled(remind_at={"selected_time": "09:00"}, workdays={})) == TypedReminder(
        "09:00", []
    )


def test_every_step_has_a_title() -> None:
    assert set(TITLES) == set(Step)
