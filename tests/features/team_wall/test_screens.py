"""What people see of the wall: taken by Slack in both languages, also when it is full."""

from datetime import date, timedelta

import pytest

from bot.features.team_wall import posts, screens
from bot.features.team_wall.form import celebration_form, dates_form, typed_celebration, typed_dates
from bot.features.team_wall.rules import LISTED, LONGEST, TypedCelebration, TypedDates
from bot.i18n.translate import speakers
from bot.kernel.office import Me
from storage.celebrations import Celebration, Occasion, OwnDates, Shown
from storage.people import Person, Standing
from tests.fakes import MONDAY, an_office
from tests.features.heard import texts_in
from tests.limits import complaints_about_message, complaints_about_view

TODAY = date(2026, 11, 2)
LONG_NAME = "<*Sanne*> &amp; " * 7


@pytest.fixture(params=["nl", "en"])
def me(request: pytest.FixtureRequest) -> Me:
    say = speakers()[request.param]
    return Me(an_office(say), 1, "U0FATIMA", "Fatima", "Europe/Amsterdam", Standing.MEMBER, is_admin=False, say=say)


def person(number: int) -> Person:
    return Person(workspace_id=1, id=number, slack_id=f"U{number:09}", name=LONG_NAME)


def told(number: int = 1, **values: object) -> Shown:
    first = {"occasion": Occasion.JUBILEE, "text": "x" * LONGEST, "photo": "F1", "about_id": 2, "entered_by": 1}
    fixed = {"id": 10**17 + number, "workspace_id": 1, "posted_on": TODAY, "entered_at": MONDAY}
    return Shown(Celebration(**fixed | first | values), person(1), person(2))


def congratulated(number: int) -> Shown:
    occasion = Occasion.BIRTHDAY if number % 2 else Occasion.JUBILEE
    row = Celebration(
        workspace_id=1, id=number, occasion=occasion, day=TODAY - timedelta(days=number % 3), months=150,
        about_id=number, posted_on=TODAY, entered_at=MONDAY,
    )  # fmt: skip
    return Shown(row, None, person(number))


def test_every_window_is_taken_by_slack(me: Me) -> None:
    full = [[told(number)] for number in range(LISTED - 1)] + [[congratulated(number) for number in range(60)]]
    dates = OwnDates(workspace_id=1, person_id=1, birthday="02-29", began_on=TODAY)
    windows = [
        screens.wall_window([], False, me),
        screens.wall_window(full, True, me),
        screens.saved_window([], me),
        screens.saved_window([screens.NO_CHANNEL], me),
        screens.dates_window(True, me),
        screens.dates_window(False, me),
        celebration_form(me),
        celebration_form(me, told()),
        dates_form(me, None),
        dates_form(me, dates),
    ]

    assert [complaints_about_view(window) for window in windows] == [[]] * len(windows)


def test_every_message_is_taken_by_slack(me: Me) -> None:
    crowd = [congratulated(number) for number in range(60)]
    messages = [
        posts.celebration_message(told(), me.office),
        posts.congratulations_message(crowd, me.office),
        posts.congratulations_message(crowd[:1], me.office),
        screens.hidden_message(1, me.say),
        screens.shown_message(me.say),
        screens.thanks_message(True, me.say),
        screens.thanks_message(False, me.say),
        screens.report_message([told()], 1, me),
        screens.report_message(crowd, 3, me),
        screens.settled_message([told()], True, me, me),
        screens.settled_message(crowd, False, me, me),
        screens.gone_message(me.say),
        screens.help_message(me),
    ]

    assert [complaints_about_message(message.body()) for message in messages] == [[]] * len(messages)


@pytest.mark.parametrize("occasion", posts.TOLD)
def test_whom_it_is_about_is_part_of_the_sentence(me: Me, occasion: Occasion) -> None:
    [section] = posts.celebration_message(told(occasion=occasion), me.office).blocks[0]["elements"]
    parts = [part["text"] for part in section["elements"]]

    assert parts.count(LONG_NAME) == 2
    assert " · " not in "".join(parts)


def test_nothing_in_the_form_asks_for_a_year_of_birth(me: Me) -> None:
    names = [block.get("block_id") for block in dates_form(me, None)["blocks"]]

    assert names == [None, "day", "month", "began"]


def test_the_window_shows_a_long_post_in_short(me: Me) -> None:
    assert "x" * (screens.QUOTED - 1) + "…" in texts_in(screens.wall_window([[told()]], False, me))


def test_a_form_that_was_filled_in_is_read_back() -> None:
    state = {
        "text": {"text": {"type": "plain_text_input", "value": "Taart"}},
        "occasion": {"occasion": {"type": "radio_buttons", "selected_option": {"value": "joke"}}},
        "about": {"about": {"type": "users_select", "selected_user": "U0BRAM"}},
        "photo": {"photo": {"type": "file_input", "files": [{"id": "F1", "filetype": "png"}]}},
        "without_photo": {"without_photo": {"type": "checkboxes", "selected_options": [{"value": "yes"}]}},
    }

    assert typed_celebration({"state": {"values": state}}) == TypedCelebration(
        "Taart", "joke", "U0BRAM", "F1", "png", without_photo=True
    )
    assert typed_celebration({}) == TypedCelebration("")


@pytest.mark.parametrize("files", [None, []])
def test_a_form_without_a_photo_has_none(files: object) -> None:
    values = {"photo": {"photo": {"type": "file_input", "files": files}}}

    assert typed_celebration({"state": {"values": values}}).photo == ""


@pytest.mark.parametrize(
    ("day", "month", "typed"),
    [
        ("3", "11", TypedDates("3", "11")),
        ("-", "11", TypedDates()),
        ("-", None, TypedDates()),
        ("3", None, TypedDates("3")),
    ],
)
def test_dates_that_were_chosen_are_read_back(day: str, month: str | None, typed: TypedDates) -> None:
    values = {
        "day": {"day": {"type": "static_select", "selected_option": {"value": day}}},
        "month": {"month": {"type": "static_select", "selected_option": {"value": month} if month else None}},
        "began": {"began": {"type": "datepicker", "selected_date": None}},
    }

    assert typed_dates({"state": {"values": values}}) == typed


def test_the_form_knows_what_was_given(me: Me) -> None:
    form = dates_form(me, OwnDates(workspace_id=1, person_id=1, birthday="02-09", began_on=TODAY))
    chosen = {block["block_id"]: block["element"] for block in form["blocks"] if "element" in block}

    assert chosen["day"]["initial_option"]["value"] == "9"
    assert chosen["month"]["initial_option"]["value"] == "2"
    assert chosen["began"]["initial_date"] == "2026-11-02"
