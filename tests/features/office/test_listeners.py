"""Managers in the windows of the office's settings: what is opened, sent, shown next, and who may."""

import json
from datetime import date
from typing import Any

import pytest
from slack_bolt import Ack

from bot.features.office import listeners, screens
from bot.features.office.form import form_of
from bot.features.office.rules import SET_UP, Step
from bot.features.office.screens import SETTING_UP
from bot.kernel.calendar import Country, in_force
from bot.kernel.errors import BotError
from bot.kernel.office import Me
from bot.slack.reply import Reply
from tests.fakes import FANS, FakeOffice, FakeSlack
from tests.features.heard import Heard, Json, texts_in
from tests.limits import complaints_about_view

TODAY = date(2026, 11, 2)


@pytest.fixture
def heard(office: FakeOffice, slack: FakeSlack, fatima: Me) -> Heard:
    return Heard(office.services, slack, listeners.register)


def chosen(value: str) -> Json:
    return {"selected_option": {"value": value}}


def general(**values: Any) -> Json:
    first = {
        "language": chosen("nl"), "zone": chosen("Europe/Amsterdam"), "other_zone": {"value": None},
        "currency": {"value": "EUR"},
    }  # fmt: skip
    return first | values


def calendar(country: str = "NL", days: str = "", *switches: str) -> Json:
    ticked = [{"value": name} for name in switches]
    return {"country": chosen(country), "switches": {"selected_options": ticked}, "company_days": {"value": days}}


REMINDER = {"remind_at": {"selected_time": "08:15"}, "workdays": {"selected_options": [{"value": "0"}]}}
CHANNELS = {
    name: {"selected_conversation": channel}
    for name, channel in (("stories_channel", FANS), ("customer_wall_channel", "C0WALL"), ("change_wall_channel", None))
}
MANAGERS = {"managers": {"selected_users": ["U0FATIMA", "U0SANNE"]}}
BUDGETS = {"per_day": {"value": "7,50"}, "per_month": {"value": "75"}}
WEEK = {
    "board_mode": chosen("team"), "channel": {"selected_conversation": FANS}, "weekday": chosen("3"),
    "at": {"selected_time": "16:00"}, "posts": {"selected_options": [{"value": "board"}]},
}  # fmt: skip
FILLED = {
    Step.GENERAL: general(zone=chosen("Europe/Brussels")),
    Step.CALENDAR: calendar("BE"),
    Step.REMINDER: REMINDER,
    Step.CHANNELS: CHANNELS,
    Step.MANAGERS: MANAGERS,
    Step.BUDGETS: BUDGETS,
    Step.WEEK: WEEK,
}


def fatima_of(office: FakeOffice) -> Me:
    return office.person("U0FATIMA", "Fatima")


def form(office: FakeOffice, step: Step, note: str = "") -> Json:
    return form_of(step, fatima_of(office), TODAY, note)


# Opening


def test_the_word_opens_all_settings(office: FakeOffice, fatima: Me, slack: FakeSlack) -> None:
    reply = Reply({"command": "/fanclub", "trigger_id": "t"}, Ack(), slack)  # type: ignore[no-untyped-call, arg-type]
    listeners.open_office("", fatima, office.services, reply)

    assert slack.asked("views_open")[0]["view"] == screens.overview(fatima)


def test_each_group_of_settings_opens_over_them(heard: Heard, office: FakeOffice, slack: FakeSlack) -> None:
    overview = heard.click(screens.OPEN)
    assert overview is not None
    for step in Step:
        assert heard.click(step.value, view=overview) == form(office, step)
    heard.click(screens.HISTORY, view=overview)

    assert len(slack.asked("views_open")) == 1
    assert len(slack.asked("views_push")) == len(Step) + 1


def test_from_another_window_the_settings_take_its_place(heard: Heard, slack: FakeSlack) -> None:
    """Windows stack three deep: settings, groups, a group."""
    heard.click(screens.OPEN, view={"type": "modal", "id": "V9"})

    [update] = slack.asked("views_update")
    assert update["view_id"] == "V9"
    assert slack.asked("views_push") == []


@pytest.mark.parametrize("action_id", [screens.OPEN, screens.BEGIN, screens.HISTORY, Step.GENERAL])
def test_a_window_that_does_not_open_is_said(heard: Heard, slack: FakeSlack, action_id: str) -> None:
    slack.fail("views_open", "expired_trigger_id")
    heard.click(action_id)

    assert "Slack" in texts_in(slack.asked("views_open")[-1]["view"])


# Saving


@pytest.mark.parametrize("step", [Step.GENERAL, Step.REMINDER, Step.MANAGERS, Step.BUDGETS])
def test_a_form_that_was_saved_makes_way_for_the_settings_with_the_change_in_them(
    heard: Heard, office: FakeOffice, slack: FakeSlack, step: Step
) -> None:
    assert heard.send(form(office, step), FILLED[step], previous_view_id="V0ALL") == {}

    [update] = slack.asked("views_update")
    assert update["view_id"] == "V0ALL"
    assert update["view"] == screens.overview(fatima_of(office))
    assert office.rows("office_change") > 0


def test_after_another_language_everything_is_said_in_it(heard: Heard, office: FakeOffice, slack: FakeSlack) -> None:
    heard.send(form(office, Step.GENERAL), general(language=chosen("en")), previous_view_id="V0ALL")

    assert slack.asked("views_update")[0]["view"]["title"]["text"] == "Settings"


def test_after_the_holidays_the_calendar_is_shown(heard: Heard, office: FakeOffice) -> None:
    filled = calendar("BE", "24-12-2026 Kerstavond", "flemish_day")
    answer = heard.send(form(office, Step.CALENDAR), filled, previous_view_id="V0ALL")

    assert answer["response_action"] == "update"
    assert "Kerstavond" in texts_in(answer["view"])
    assert "Vlaamse Gemeenschap" in texts_in(answer["view"])
    assert complaints_about_view(answer["view"]) == []


def test_a_slack_that_cannot_renew_the_settings_has_them_saved_all_the_same(
    heard: Heard, office: FakeOffice, slack: FakeSlack
) -> None:
    slack.fail("views_update", "not_found")

    assert heard.send(form(office, Step.BUDGETS), BUDGETS, previous_view_id="V0ALL") == {}
    assert in_force(fatima_of(office).office.caps, date.max).day_cents == 750


@pytest.mark.parametrize(
    ("step", "filled", "field"),
    [
        (Step.GENERAL, general(other_zone={"value": "Mars/Olympus"}), "other_zone"),
        (Step.GENERAL, general(currency={"value": "EU"}), "currency"),
        (Step.CALENDAR, calendar("DE"), "country"),
        (Step.CALENDAR, calendar("NL", "31-02 Niets"), "company_days"),
        (Step.REMINDER, REMINDER | {"workdays": {"selected_options": []}}, "workdays"),
        (Step.REMINDER, REMINDER | {"remind_at": {"selected_time": None}}, "remind_at"),
        (Step.MANAGERS, {"managers": {"selected_users": []}}, "managers"),
        (Step.BUDGETS, BUDGETS | {"per_day": {"value": "veel"}}, "per_day"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost(
    heard: Heard, office: FakeOffice, step: Step, filled: Json, field: str
) -> None:
    answer = heard.send(form(office, step), filled)

    assert answer["response_action"] == "errors"
    assert set(answer["errors"]) == {field}
    assert office.rows("office_change") == 0


def test_a_form_is_sent_again_from_the_window_that_had_an_error(heard: Heard, office: FakeOffice) -> None:
    window = form(office, Step.REMINDER)
    heard.send(window, REMINDER | {"workdays": {"selected_options": []}}, id="V1")
    heard.send(window, REMINDER, id="V1")

    assert fatima_of(office).office.workdays == {0}


# The calendar before it is saved


def previewed(heard: Heard, office: FakeOffice, filled: Json, note: str = "") -> Json:
    state = {"values": {name: {name: element} for name, element in filled.items()}}
    shown = heard.click(screens.PREVIEW, view=form(office, Step.CALENDAR, note) | {"state": state})
    assert shown is not None
    assert complaints_about_view(shown) == []
    return shown


@pytest.mark.parametrize("note", ["", SETTING_UP])
def test_the_calendar_can_be_seen_before_it_is_saved(heard: Heard, office: FakeOffice, note: str) -> None:
    shown = previewed(heard, office, calendar("NL", "31-12 Inventaris", "good_friday"), note)

    assert "Inventaris" in texts_in(shown)
    assert "Goede vrijdag" in texts_in(shown)
    assert shown.get("private_metadata", "") == note
    assert office.rows("office_change") == 0


def test_a_calendar_that_cannot_be_read_is_said_in_place_of_it(heard: Heard, office: FakeOffice) -> None:
    assert "31-02" in texts_in(previewed(heard, office, calendar("NL", "31-02 Niets")))


# Channels


def test_after_the_channels_it_says_where_it_can_post(heard: Heard, office: FakeOffice, slack: FakeSlack) -> None:
    slack.closed["C0WALL"] = "not_in_channel"
    answer = heard.send(form(office, Step.CHANNELS), CHANNELS)
    buttons = [block for block in answer["view"]["blocks"] if block["type"] == "actions"]

    assert [call["channel"] for call in slack.asked("history")] == [FANS, "C0WALL"]
    assert [button["value"] for row in buttons for button in row["elements"]] == ["C0WALL"]
    assert complaints_about_view(answer["view"]) == []


def test_after_the_week_it_says_whether_it_can_post_there(heard: Heard, office: FakeOffice, slack: FakeSlack) -> None:
    slack.closed["C0WEEK"] = "not_in_channel"
    week = heard.send(form(office, Step.WEEK), WEEK | {"channel": {"selected_conversation": "C0WEEK"}})["view"]

    assert slack.asked("history")[-1]["channel"] == "C0WEEK"
    assert "Elke week" in texts_in(week)
    assert complaints_about_view(week) == []
    heard.click(screens.JOIN, "C0WEEK", view=week)
    assert slack.asked("join") == [{"channel": "C0WEEK"}]


def test_where_nothing_goes_out_each_week_no_channel_is_looked_at(
    heard: Heard, office: FakeOffice, slack: FakeSlack
) -> None:
    heard.send(form(office, Step.WEEK), WEEK | {"channel": {"selected_conversation": None}})

    assert slack.asked("history") == []


def set_channels(heard: Heard, office: FakeOffice) -> Json:
    view: Json = heard.send(form(office, Step.CHANNELS), CHANNELS)["view"]
    return view


def test_it_joins_when_it_is_asked_to(heard: Heard, office: FakeOffice, slack: FakeSlack) -> None:
    slack.closed["C0WALL"] = "not_in_channel"
    shown = heard.click(screens.JOIN, "C0WALL", view=set_channels(heard, office))

    assert slack.asked("join") == [{"channel": "C0WALL"}]
    assert shown is not None
    assert screens.JOIN not in json.dumps(shown)


@pytest.mark.parametrize("error", ["missing_scope", "method_not_supported_for_channel_type", "is_archived"])
def test_where_it_cannot_get_in_it_asks_for_an_invitation(
    heard: Heard, office: FakeOffice, slack: FakeSlack, error: str
) -> None:
    slack.closed["C0WALL"] = "not_in_channel"
    slack.fail("join", error)
    shown = heard.click(screens.JOIN, "C0WALL", view=set_channels(heard, office))

    assert shown is not None
    assert "/invite" in texts_in(shown)
    assert screens.JOIN not in json.dumps(shown)


def test_it_joins_no_other_channel(heard: Heard, office: FakeOffice, slack: FakeSlack) -> None:
    heard.click(screens.JOIN, "C0SECRET", view=set_channels(heard, office))

    assert slack.asked("join") == []


def test_slack_is_asked_no_further_once_it_is_away(heard: Heard, office: FakeOffice, slack: FakeSlack) -> None:
    slack.lose("history", TimeoutError())
    answer = heard.send(form(office, Step.CHANNELS), CHANNELS)

    assert answer["response_action"] == "update"
    assert len(slack.asked("history")) == 1
    assert fatima_of(office).office.customer_wall_channel == "C0WALL"


# The first time


def test_five_steps_lead_through_the_settings_in_one_window(
    heard: Heard, office: FakeOffice, sanne: Me, slack: FakeSlack
) -> None:
    window = heard.click(screens.BEGIN)
    assert window is not None
    for number, step in enumerate(SET_UP, start=1):
        assert (window["callback_id"], window["private_metadata"]) == (step.value, SETTING_UP)
        assert f" {number} " in window["blocks"][0]["elements"][0]["text"]
        assert complaints_about_view(window) == []
        window = heard.send(window, FILLED[step], id="V1")["view"]
        if step is Step.CHANNELS:
            assert window["callback_id"] == screens.GO_ON
            window = heard.send(window, {}, id="V1")["view"]

    office_now = fatima_of(office).office
    assert "submit" not in window
    assert office_now.is_set_up
    assert (office_now.zone, office_now.calendar[-1][1].country) == ("Europe/Brussels", Country.BE)
    assert (office_now.workdays, office_now.customer_wall_channel) == ({0}, "C0WALL")
    assert office_now.managers == {"U0FATIMA", "U0SANNE"}


def test_each_step_is_saved_when_it_is_sent_and_found_again_after_reopening(heard: Heard, office: FakeOffice) -> None:
    window = heard.click(screens.BEGIN)
    assert window is not None
    heard.send(window, FILLED[Step.GENERAL])
    again = heard.click(screens.BEGIN)

    assert again is not None
    assert again == form(office, Step.GENERAL, SETTING_UP)
    assert again["blocks"][3]["element"]["initial_option"]["value"] == "Europe/Brussels"
    assert not fatima_of(office).office.is_set_up


def test_an_admin_of_the_workspace_is_led_through_as_well(heard: Heard, office: FakeOffice) -> None:
    office.person("U0JEROEN", "Jeroen", is_admin=True)
    window = heard.click(screens.BEGIN, user="U0JEROEN")

    assert window is not None
    assert heard.send(window, FILLED[Step.GENERAL], user="U0JEROEN")["view"]["callback_id"] == Step.CALENDAR


# Who may


@pytest.mark.parametrize(
    "action_id", [screens.OPEN, screens.BEGIN, screens.HISTORY, screens.PREVIEW, screens.JOIN, *Step]
)
def test_a_button_does_nothing_for_who_may_not_manage(
    heard: Heard, office: FakeOffice, sanne: Me, slack: FakeSlack, action_id: str
) -> None:
    view = {"type": "modal", "private_metadata": ""} if action_id in (screens.PREVIEW, screens.JOIN) else None
    heard.click(action_id, FANS, user="U0SANNE", view=view)
    shown = [call.arguments["view"] for call in slack.calls if call.method.startswith("views_")]

    assert len(shown) == 1
    assert [block["type"] for block in shown[0]["blocks"]] == ["section"]
    assert {call.method for call in slack.calls} <= {"views_open", "views_push"}


@pytest.mark.parametrize("note", ["", SETTING_UP])
@pytest.mark.parametrize("step", Step)
def test_a_form_of_who_manages_no_longer_is_not_saved(
    heard: Heard, office: FakeOffice, sanne: Me, slack: FakeSlack, step: Step, note: str
) -> None:
    window = form(office, step) | {"private_metadata": note}
    answer = heard.send(window, FILLED[step], user="U0SANNE")

    assert answer["response_action"] == "errors"
    assert office.rows("office_change") == 0
    assert slack.calls == []


def test_the_way_on_is_closed_to_who_may_not_manage(heard: Heard, office: FakeOffice, sanne: Me) -> None:
    view = {"type": "modal", "blocks": [], "callback_id": screens.GO_ON, "private_metadata": SETTING_UP}
    answer = heard.send(view, {}, user="U0SANNE")

    assert "callback_id" not in answer["view"]


def test_the_word_is_not_for_everybody(office: FakeOffice, sanne: Me, slack: FakeSlack) -> None:
    reply = Reply({"command": "/fanclub", "trigger_id": "t"}, Ack(), slack)  # type: ignore[no-untyped-call, arg-type]
    with pytest.raises(BotError, match="Only the office's managers"):
        listeners.open_office("", sanne, office.services, reply)
