"""The rules that may be bent in Slack: every window within what Slack takes, and the way through them."""

from typing import Any

import pytest
from slack_bolt import App

from bot.features.permissions import actions, listeners, screens
from bot.features.permissions.actions import Page
from bot.features.permissions.form import proposal_form, rule_form
from bot.features.permissions.rules import LONGEST_DETAILS, LONGEST_TEXT, OFTEN
from bot.features.permissions.screens import PAGE_SIZE, View, view_in
from bot.i18n.translate import speakers
from bot.kernel.office import Me
from bot.kernel.sentence import Sentence
from bot.services import Services
from bot.slack.blocks import home
from bot.slack.reply import Reply
from storage.people import Standing
from storage.permissions import Permission
from tests.fakes import MONDAY, FakeOffice, FakeSlack, an_office
from tests.features.heard import Heard, Json, texts_in
from tests.features.permissions.conftest import DRIVE, RECEIPT, WALL, Write
from tests.features.permissions.test_actions import bend, found
from tests.limits import complaints_about_message, complaints_about_view

MARKS = "<!channel> *vet* &{who} "


@pytest.fixture
def heard(services: Services, slack: FakeSlack, fatima: Me, sanne: Me) -> Heard:
    def register(app: App) -> None:
        listeners.register(app)

    return Heard(services, slack, register)


@pytest.fixture(params=[("nl", "U0FATIMA"), ("en", "U0SANNE")], ids=["nl manager", "en colleague"])
def me(request: pytest.FixtureRequest) -> Me:
    language, slack_id = request.param
    say = speakers()[language]
    office = an_office(say)
    return Me(office, 1, slack_id, "Somebody", office.zone, Standing.MEMBER, is_admin=False, say=say)


def a_rule(number: int = 10**12) -> Permission:
    text, details = (MARKS * 100)[:LONGEST_TEXT], (MARKS * 100)[:LONGEST_DETAILS]
    return Permission(id=number, workspace_id=1, text=text, details=details, written_at=MONDAY)


def filled(**fields: Any) -> Json:
    return {name: {"value": value} for name, value in fields.items()}


def opened(me: Me, services: Services, slack: FakeSlack, typed: str = "") -> Json:
    """`/fanclub rules …`."""
    body = {"command": "/fanclub", "trigger_id": "t"}
    listeners.open_rules(typed, me, services, Reply(body, lambda **_: None, slack))  # type: ignore[arg-type]
    window: Json = slack.asked("views_open")[-1]["view"]
    return window


def test_who_asks_for_help_sees_all_rules(services: Services, slack: FakeSlack, sanne: Me, write: Write) -> None:
    write(RECEIPT)

    assert RECEIPT in texts_in(opened(sanne, services, slack, "hulp"))


def test_every_window_is_taken_by_slack(me: Me) -> None:
    many = [a_rule(number) for number in range(PAGE_SIZE)]
    bent = dict.fromkeys(range(PAGE_SIZE), 12345)
    windows = [
        screens.rules_window(Page(View(), [], 0, {}), me),
        screens.rules_window(Page(View("x" * 100), [], 0, {}), me),
        screens.rules_window(Page(View("bon", PAGE_SIZE), many, 99, bent), me),
        screens.proposed_window([], me),
        screens.proposed_window([Sentence("It is on the wall of change now.")], me),
        rule_form(me, str(View("x" * 100))),
        rule_form(me, str(View()), a_rule()),
        proposal_form(me),
        proposal_form(me, a_rule()),
        home(screens.home_card(many[:4], me)),
    ]

    assert [complaints_about_view(window) for window in windows] == [[]] * len(windows)


def test_every_message_is_taken_by_slack(me: Me) -> None:
    messages = [screens.often_message(a_rule(), 5, me.say), screens.scrapped_message(a_rule(), [], me.say)]

    assert [complaints_about_message(message.body()) for message in messages] == [[], []]


def test_only_managers_see_the_buttons_with_which_the_list_is_kept(me: Me) -> None:
    window = str(screens.rules_window(Page(View(), [a_rule()], 1, {}), me))

    assert (screens.WRITE in window, screens.CHANGE in window, screens.WITHDRAW in window) == (me.is_manager,) * 3
    assert screens.PROPOSE in window


@pytest.mark.parametrize("view", [View(), View("bon tot 50"), View("", 40), View("een klant", 20)])
def test_a_view_can_be_written_and_read(view: View) -> None:
    assert view_in(str(view)) == view


@pytest.mark.parametrize("text", ["", "x", "-1 bon", "99999999 bon", "² bon"])
def test_what_is_no_view_is_the_first_page(text: str) -> None:
    assert view_in(text) == View()


def test_the_word_opens_the_list_and_what_is_typed_behind_it_is_looked_for(
    services: Services, slack: FakeSlack, sanne: Me, write: Write
) -> None:
    write(RECEIPT)
    write(DRIVE)

    assert RECEIPT in texts_in(opened(sanne, services, slack))
    assert RECEIPT not in texts_in(opened(sanne, services, slack, "rijden"))


def test_somebody_searches_in_the_window(heard: Heard, sanne: Me, services: Services, write: Write) -> None:
    write(RECEIPT)
    write(DRIVE)
    window = screens.rules_window(actions.page_of(services, sanne, View()), sanne)
    answer = heard.send(window, filled(search=" Bon "), user="U0SANNE")

    assert RECEIPT in texts_in(answer["view"])
    assert DRIVE not in texts_in(answer["view"])


def test_a_manager_writes_a_rule_and_sees_it_in_the_list(
    heard: Heard, office: FakeOffice, slack: FakeSlack, fatima: Me
) -> None:
    listed = screens.rules_window(actions.page_of(office.services, fatima, View()), fatima)
    form = heard.click(screens.WRITE, view=listed)
    assert form is not None
    heard.send(form, filled(text=RECEIPT, details=""), previous_view_id="V0")

    assert RECEIPT in texts_in(slack.asked("views_update")[-1]["view"])
    assert "text" in heard.send(form, filled(text="", details=""))["errors"]


def test_a_manager_changes_and_withdraws_and_stays_where_they_were(
    heard: Heard, office: FakeOffice, slack: FakeSlack, fatima: Me, write: Write
) -> None:
    rule_id = str(write(RECEIPT))
    write(DRIVE)
    listed = screens.rules_window(actions.page_of(office.services, fatima, View("bon")), fatima)
    form = heard.click(screens.CHANGE, rule_id, view=listed)
    assert form is not None
    heard.send(form, filled(text="Alles zonder bon", details=""), previous_view_id="V0")
    after = texts_in(slack.asked("views_update")[-1]["view"])
    assert "Alles zonder bon" in after
    assert DRIVE not in after
    left = heard.click(screens.WITHDRAW, rule_id, view=listed)

    assert left is not None
    assert "Alles zonder bon" not in texts_in(left)
    assert found(office, fatima) == [DRIVE]


def test_a_colleague_cannot_open_the_managers_forms(heard: Heard, write: Write) -> None:
    rule_id = str(write(RECEIPT))
    for action, value in ((screens.WRITE, ""), (screens.CHANGE, rule_id), (screens.CHANGE, "x")):
        shown = heard.click(action, value, user="U0SANNE")
        assert shown is None or shown.get("callback_id") not in (screens.WRITE, screens.CHANGE)


def test_somebody_proposes_to_scrap_a_rule_of_the_list(heard: Heard, office: FakeOffice, write: Write) -> None:
    form = heard.click(screens.PROPOSE, str(write(RECEIPT)), user="U0SANNE")
    assert form is not None
    assert RECEIPT in str(form)
    values = filled(rule=RECEIPT, why="") | {"kind": {"selected_option": {"value": "scrap"}}}
    answer = heard.send(form, values, user="U0SANNE")

    assert answer["response_action"] == "update"
    assert [RECEIPT in post for post in office.posts(WALL)] == [True]


def test_the_managers_button_makes_an_idea(heard: Heard, office: FakeOffice, sanne: Me, write: Write) -> None:
    rule_id = write(RECEIPT)
    bend(office, sanne, rule_id, OFTEN)
    heard.click(screens.SCRAP, str(rule_id))

    assert len(office.posts(WALL)) == 1


def test_pages_turn(heard: Heard, write: Write) -> None:
    for number in range(PAGE_SIZE + 1):
        write(f"Regel {number:02}")
    second = heard.click(screens.FURTHER, str(View(offset=PAGE_SIZE)))
    assert second is not None
    assert f"Regel {PAGE_SIZE:02}" in texts_in(second)
    first = heard.click(screens.BACK, str(View()))

    assert first is not None
    assert "Regel 00" in texts_in(first)
