"""Every screen of taking part stays within what Slack takes, and says what it should."""

import json
from datetime import date, time
from typing import Any

import pytest

from bot.features.participants import screens
from bot.features.participants.form import (
    LISTED,
    absence_form,
    invitation_form,
    invited_in,
    join_form,
    settings_form,
    typed_absence,
    typed_choices,
    typed_language,
)
from bot.features.participants.rules import (
    MOST_INVITED,
    Away,
    Choices,
    Entered,
    Invited,
    Skip,
    TypedAbsence,
    TypedChoices,
)
from bot.features.stories.screens import DraftChoice as Draft
from bot.features.stories.screens import saved_window, settled_message, told_message
from bot.i18n.translate import speakers
from bot.kernel.office import Me
from bot.slack.blocks import home
from storage.participants import Volume
from storage.people import Standing
from storage.stories import Draft as WrittenDraft
from tests.fakes import MONDAY, an_office
from tests.limits import complaints_about_message, complaints_about_view

SPEAKERS = speakers()
TODAY = date(2026, 11, 2)
LONG = "N" * 120
MON_FRI = frozenset(range(5))


def person(language: str, slack_id: str = "U0SANNE", name: str = "Sanne") -> Me:
    say = SPEAKERS[language]
    office = an_office(say)
    return Me(office, 1, slack_id, name, office.zone, Standing.MEMBER, is_admin=False, say=say)


@pytest.fixture(params=["nl", "en"])
def me(request: pytest.FixtureRequest) -> Me:
    return person(request.param)


@pytest.fixture
def manager(me: Me) -> Me:
    return person(me.say.language, "U0FATIMA", LONG)


def chosen(**fields: Any) -> Choices:
    values: dict[str, Any] = {
        "at": time(8, 30), "second_at": time(16), "days": MON_FRI, "volume": Volume.LIGHT, "on_board": True,
    }  # fmt: skip
    return Choices(**values | fields)


def buttons_in(blocks: Any) -> dict[str, str]:
    """By action, the value that a button carries."""
    rows = [block for block in blocks if block["type"] == "actions"]
    return {button["action_id"]: button.get("value", "") for row in rows for button in row["elements"]}


def field(view: dict[str, Any], name: str) -> dict[str, Any]:
    element: dict[str, Any] = next(block["element"] for block in view["blocks"] if block.get("block_id") == name)
    return element


# The question after the first story


def test_the_question_offers_three_times_and_a_no(me: Me) -> None:
    offered = buttons_in(told_message(1, True, [screens.nudge(1)], me).blocks)
    times = {action: value for action, value in offered.items() if action.startswith("participant.nudge.")}

    assert times == {
        "participant.nudge.0830": "08:30", "participant.nudge.0900": "09:00", "participant.nudge.1630": "16:30",
    }  # fmt: skip
    assert screens.NO_NUDGE in offered


def test_the_question_is_taken_by_slack_wherever_a_story_is_told(me: Me) -> None:
    draft = WrittenDraft(id=1, workspace_id=1, person_id=1, text="x" * 3000, written_at=MONDAY)

    assert complaints_about_message(told_message(1, True, [screens.nudge(1)], me).body()) == []
    assert complaints_about_message(settled_message(draft, Draft.SHARE, me, [screens.nudge(1)]).body()) == []
    assert complaints_about_view(saved_window(True, [screens.nudge(1)], me)) == []
    assert set(screens.NUDGES) <= set(buttons_in(saved_window(True, [screens.nudge(1)], me)["blocks"]))


# The hub and the answers


@pytest.mark.parametrize("joined", [0, 1, 11, 12, 10_000])
@pytest.mark.parametrize("choices", [None, *(chosen(volume=volume) for volume in Volume)])
def test_the_hub_is_taken_by_slack(me: Me, manager: Me, choices: Choices | None, joined: int) -> None:
    for who in (me, manager):
        assert complaints_about_message(screens.hub_message(choices, joined, who).body()) == []
        assert complaints_about_view(home(screens.home_card(choices, who))) == []


def test_the_hub_offers_what_fits(me: Me, manager: Me) -> None:
    out, inside = (set(buttons_in(screens.hub_message(one, 3, me).blocks)) for one in (None, chosen()))

    assert {screens.JOIN, screens.SETTINGS, screens.ABSENCE, screens.TIP} == out
    assert out ^ inside == {screens.JOIN, screens.LEAVE}
    managers = set(buttons_in(screens.hub_message(None, 3, manager).blocks))
    assert managers - out == {screens.INVITE, screens.OFFICE}


def test_the_group_that_it_begins_with_is_named_while_there_is_room(me: Me) -> None:
    def named(choices: Choices | None, joined: int) -> bool:
        return screens.founders_line(joined, me.say) in json.dumps(
            screens.hub_message(choices, joined, me).blocks, ensure_ascii=False
        )

    assert named(None, 0)
    assert named(None, 11)
    assert not named(None, 12)
    assert not named(chosen(), 3)


def test_it_says_when_the_reminders_come(me: Me) -> None:
    light = screens.when_reminded(chosen(), me.say)
    normal = screens.when_reminded(chosen(volume=Volume.NORMAL), me.say)
    late = screens.when_reminded(chosen(volume=Volume.NORMAL, second_at=time(8)), me.say)
    weekly = screens.when_reminded(chosen(volume=Volume.WEEKLY), me.say)

    assert all("08:30" in said for said in (light, normal, weekly))
    assert "16:00" in normal
    assert late == light
    assert len({light, normal, weekly}) == 3


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (range(5), "Monday to Friday"),
        ((0, 1, 3), "Monday, Tuesday, Thursday"),
        ((5, 6), "Saturday, Sunday"),
        (range(7), "Monday to Sunday"),
        ((2,), "Wednesday"),
    ],
)
def test_days_are_said_in_words(days: Any, said: str) -> None:
    assert screens.days_in_words(frozenset(days), SPEAKERS["en"]) == said


def test_the_answers_are_taken_by_slack(me: Me, manager: Me) -> None:
    for choices in (chosen(), chosen(volume=Volume.NORMAL, days=frozenset({0, 2, 4, 6}))):
        assert complaints_about_view(screens.joined_window(choices, me)) == []
        assert complaints_about_view(screens.changed_window(choices, me)) == []
        assert complaints_about_message(screens.joined_message(choices, me).body()) == []
        assert complaints_about_message(screens.already_message(choices, me).body()) == []
    assert complaints_about_view(screens.changed_window(None, me)) == []
    assert complaints_about_message(screens.declined_message(me).body()) == []
    for has_left in (True, False):
        assert complaints_about_message(screens.left_message(has_left, me).body()) == []
    for joined in (0, 1, 12):
        assert complaints_about_message(screens.invitation_message(manager, joined, me).body()) == []


def test_what_was_answered_has_no_button_left(me: Me) -> None:
    assert (
        buttons_in(screens.declined_message(me).blocks) == buttons_in(screens.joined_message(chosen(), me).blocks) == {}
    )


def test_an_invitation_can_be_taken_up_and_declined(me: Me, manager: Me) -> None:
    assert set(buttons_in(screens.invitation_message(manager, 3, me).blocks)) == {screens.JOIN, screens.DECLINE}


def test_an_invitation_names_the_inviter_as_they_are(me: Me) -> None:
    inviter = person("nl", name="<!channel> {who} *x*")
    message = screens.invitation_message(inviter, 12, me)

    assert inviter.name in message.text
    opening = message.blocks[0]["elements"][0]["elements"]
    assert {"type": "text", "text": inviter.name, "style": {"bold": True}} in opening


def test_the_window_after_inviting_is_taken_by_slack(manager: Me) -> None:
    names = [LONG] * MOST_INVITED
    windows = [
        screens.invited_window(Invited(names, {}, 0), manager),
        screens.invited_window(Invited([], dict.fromkeys(Skip, names[:4]), 12), manager),
        screens.invited_window(Invited(["Bram"], {Skip.UNKNOWN: [""]}, 1), manager),
    ]

    for window in windows:
        assert complaints_about_view(window) == []


def test_who_has_no_name_yet_is_counted(manager: Me) -> None:
    names = {1: ["Bram", ""], 3: ["", "Bram", "", ""], 2: ["", ""]}
    say = manager.say
    for count, who in names.items():
        shown = str(screens.invited_window(Invited([], {Skip.UNKNOWN: who}, 1), manager))
        unknown = say("a colleague") if count == 1 else say.plural("{number} colleague", "{number} colleagues", count)
        assert repr(f": {'Bram, ' if 'Bram' in who else ''}{unknown}") in shown


# Joining and settings


def test_joining_asks_for_the_leaderboard_with_nothing_chosen(me: Me) -> None:
    for before in (None, chosen(on_board=True), chosen(on_board=False)):
        form = join_form(me, before, None)
        assert complaints_about_view(form) == []
        assert "initial_option" not in field(form, "board")


def test_joining_begins_with_the_offices_first_values(me: Me) -> None:
    form = join_form(me, None, None)

    assert field(form, "at")["initial_value"] == "09:00"
    assert [box["value"] for box in field(form, "days")["initial_options"]] == list("01234")
    assert field(form, "volume")["initial_option"]["value"] == "light"


def test_a_time_that_was_clicked_is_filled_in(me: Me) -> None:
    assert field(join_form(me, chosen(at=time(7)), time(16, 30)), "at")["initial_value"] == "16:30"


def test_who_comes_back_finds_what_they_chose(me: Me) -> None:
    form = join_form(me, chosen(at=time(7), days=frozenset({1}), volume=Volume.WEEKLY), None)

    assert field(form, "at")["initial_value"] == "07:00"
    assert [box["value"] for box in field(form, "days")["initial_options"]] == ["1"]
    assert field(form, "volume")["initial_option"]["value"] == "weekly"


@pytest.mark.parametrize("language", [None, "nl", "en", "fr"])
@pytest.mark.parametrize("choices", [None, chosen(), chosen(at=time(16, 30), volume=Volume.NORMAL)])
def test_the_form_of_settings_is_taken_by_slack(
    me: Me, manager: Me, choices: Choices | None, language: str | None
) -> None:
    for who in (me, manager):
        form = settings_form(who, choices, language)
        assert complaints_about_view(form) == []
        assert field(form, "language")["initial_option"]["value"] == (
            language if language in ("nl", "en") else "office"
        )
        assert (screens.OFFICE in buttons_in(form["blocks"])) == (who is manager)


def test_settings_show_what_was_chosen(me: Me) -> None:
    form = settings_form(me, chosen(on_board=False, second_at=time(15), volume=Volume.NORMAL), None)

    assert (field(form, "at")["initial_value"], field(form, "second")["initial_value"]) == ("08:30", "15:00")
    assert field(form, "board")["initial_option"]["value"] == "no"
    assert field(form, "volume")["initial_option"]["value"] == "normal"


def test_a_second_time_that_comes_too_early_is_not_proposed_again(me: Me) -> None:
    form = settings_form(me, chosen(at=time(16, 30), second_at=time(16)), None)

    assert field(form, "second")["initial_value"] == "17:30"


def test_what_was_filled_in_is_read() -> None:
    values = {
        "at": {"at": {"type": "plain_text_input", "value": "half 9"}},
        "second": {"second": {"type": "plain_text_input", "value": None}},
        "days": {"days": {"type": "checkboxes", "selected_options": [{"value": "0"}, {"value": "3"}]}},
        "volume": {"volume": {"type": "radio_buttons", "selected_option": {"value": "weekly"}}},
        "board": {"board": {"type": "radio_buttons", "selected_option": None}},
        "language": {"language": {"type": "radio_buttons", "selected_option": {"value": "en"}}},
    }
    view = {"state": {"values": values}}

    assert typed_choices(view) == TypedChoices("half 9", "", ("0", "3"), "weekly", "")
    assert typed_language(view) == "en"
    assert typed_choices({"state": {"values": {"language": values["language"]}}}) is None
    assert typed_choices({}) is None


# Absence


def test_the_form_of_an_absence_is_taken_by_slack_however_many_there_are(me: Me, manager: Me) -> None:
    away = [Away(10**15 + number, TODAY, date(2027, 12, 31), LONG) for number in range(100)]
    for who in (me, manager):
        form = absence_form(who, away, TODAY)
        assert complaints_about_view(form) == []
        assert len([block for block in form["blocks"] if block["type"] == "actions"]) == LISTED
        assert complaints_about_view(absence_form(who, [], TODAY)) == []


def test_only_a_manager_is_asked_whose_absence_it_is(me: Me, manager: Me) -> None:
    def fields(who: Me) -> list[str]:
        return [block["block_id"] for block in absence_form(who, [], TODAY)["blocks"] if block["type"] == "input"]

    assert fields(me) == ["first", "last"]
    assert fields(manager) == ["first", "last", "who"]


def test_each_absence_can_be_taken_back(me: Me) -> None:
    form = absence_form(me, [Away(7, TODAY, TODAY), Away(8, TODAY, date(2027, 1, 4), "Fatima")], TODAY)
    said = json.dumps(form, ensure_ascii=False)
    rows = [block for block in form["blocks"] if block["type"] == "actions"]

    assert [(row["elements"][0]["action_id"], row["elements"][0]["value"]) for row in rows] == [
        (screens.BACK, "7"), (screens.BACK, "8"),
    ]  # fmt: skip
    assert "2027" in said
    assert "Fatima" in said


def test_a_range_of_days_is_said_with_the_year_when_it_is_another(me: Me) -> None:
    one = screens.span_in_words(TODAY, TODAY, TODAY, me.say)
    across = screens.span_in_words(TODAY, date(2027, 1, 4), TODAY, me.say)

    assert one == me.say.day(TODAY)
    assert across.endswith(" 2027")
    assert "2026" not in across


def test_the_window_after_an_absence_is_taken_by_slack(me: Me) -> None:
    for colleague in (None, "", LONG, "{span} <!here>"):
        window = screens.away_window(Entered(TODAY, date(2027, 10, 1), colleague), TODAY, me)
        assert complaints_about_view(window) == []
        assert (colleague or "") in json.dumps(window, ensure_ascii=False)


def test_the_dates_that_were_filled_in_are_read() -> None:
    values = {
        "first": {"first": {"type": "datepicker", "selected_date": "2026-11-03"}},
        "last": {"last": {"type": "datepicker", "selected_date": None}},
        "who": {"who": {"type": "users_select", "selected_user": "U0BRAM"}},
    }

    assert typed_absence({"state": {"values": values}}) == TypedAbsence("2026-11-03", "", "U0BRAM")
    assert typed_absence({}) == TypedAbsence("", "")


# Invitations


@pytest.mark.parametrize("joined", [0, 1, 12])
def test_the_form_of_an_invitation_is_taken_by_slack_and_counts_to_twelve(manager: Me, joined: int) -> None:
    form = invitation_form(manager, joined)

    assert complaints_about_view(form) == []
    assert field(form, "who")["max_selected_items"] == MOST_INVITED
    assert screens.founders_line(joined, manager.say) in json.dumps(form, ensure_ascii=False)


def test_the_people_who_were_chosen_are_read() -> None:
    values = {"who": {"who": {"type": "multi_users_select", "selected_users": ["U1", "U2"]}}}

    assert invited_in({"state": {"values": values}}) == ["U1", "U2"]
    assert invited_in({}) == []
