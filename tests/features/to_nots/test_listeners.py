"""The to-not list in Slack: every window within what Slack takes, and the way through them."""

from datetime import date
from typing import Any

import pytest

from bot.features.to_nots import actions, listeners, screens
from bot.features.to_nots.actions import TheList
from bot.features.to_nots.form import to_not_form
from bot.features.to_nots.rules import LONGEST, MOST, MOST_MINUTES
from bot.i18n.translate import speakers
from bot.kernel.office import Me
from bot.services import Services
from bot.slack.blocks import home
from bot.slack.reply import Reply
from storage.people import Standing
from storage.to_nots import ToNot
from tests.fakes import MONDAY, FakeOffice, FakeSlack, an_office
from tests.features.heard import Heard, Json, texts_in
from tests.features.to_nots.test_actions import MEETING, agreed, propose, proposed
from tests.limits import complaints_about_view

MARKS = "<!channel> *vet* &{who} "


@pytest.fixture
def heard(services: Services, slack: FakeSlack, fatima: Me, sanne: Me) -> Heard:
    return Heard(services, slack, listeners.register)


@pytest.fixture(params=[("nl", "U0FATIMA"), ("en", "U0SANNE")], ids=["nl manager", "en colleague"])
def me(request: pytest.FixtureRequest) -> Me:
    language, slack_id = request.param
    say = speakers()[language]
    office = an_office(say)
    return Me(office, 1, slack_id, "Somebody", office.zone, Standing.MEMBER, is_admin=False, say=say)


def a_to_not(number: int, *, is_agreed: bool) -> ToNot:
    return ToNot(
        id=number, workspace_id=1, text=(MARKS * 9)[:LONGEST], minutes=MOST_MINUTES, proposed_at=MONDAY,
        agreed_on=date(2026, 11, 2) if is_agreed else None,
    )  # fmt: skip


def filled(text: str = MEETING, minutes: str = "30") -> dict[str, Any]:
    return {"text": {"value": text}, "minutes": {"value": minutes}}


def opened(me: Me, services: Services, slack: FakeSlack, typed: str = "") -> Json:
    """`/fanclub to-not …`."""
    body = {"command": "/fanclub", "trigger_id": "t"}
    listeners.open_list(typed, me, services, Reply(body, lambda **_: None, slack))  # type: ignore[arg-type]
    window: Json = slack.asked("views_open")[-1]["view"]
    return window


def test_every_window_is_taken_by_slack(me: Me) -> None:
    many = [a_to_not(number, is_agreed=number % 2 == 0) for number in range(MOST)]
    all_agreed = [a_to_not(number, is_agreed=True) for number in range(MOST)]
    all_proposed = [a_to_not(number, is_agreed=False) for number in range(MOST)]
    votes, months = dict.fromkeys(range(MOST), 99), {number: ["2026-10"] for number in range(MOST)}
    windows = [
        screens.list_window(TheList([], {}, set(), {}, "2026-11"), me),
        *(screens.list_window(TheList(rows, votes, {1}, months, "2026-11"), me)
          for rows in (many, all_agreed, all_proposed)),
        screens.list_window(TheList(many, {}, set(), months, "2026-10"), me),
        screens.list_window(TheList(all_agreed, {}, set(), months, "2026-11", votes, set(range(0, MOST, 2))), me),
        to_not_form(me),
        to_not_form(me, "x" * 4000),
        home(screens.home_card(75, 12, 3, me)),
        home(screens.home_card(0, 0, 1, me)),
    ]  # fmt: skip

    assert [complaints_about_view(window) for window in windows] == [[]] * len(windows)


def test_the_word_opens_the_list_and_with_words_the_form(
    services: Services, office: FakeOffice, slack: FakeSlack, sanne: Me
) -> None:
    propose(office, sanne)

    assert MEETING in texts_in(opened(sanne, services, slack))
    assert MEETING in texts_in(opened(sanne, services, slack, "help"))
    assert (
        opened(sanne, services, slack, "Cc aan iedereen")["blocks"][0]["element"]["initial_value"] == "Cc aan iedereen"
    )


def test_somebody_proposes_from_the_list(heard: Heard, office: FakeOffice, slack: FakeSlack, sanne: Me) -> None:
    form = heard.click(screens.PROPOSE, user="U0SANNE")
    assert form is not None
    heard.send(form, filled(), user="U0SANNE", previous_view_id="V0")

    assert proposed(office, sanne) == [MEETING]
    assert MEETING in texts_in(slack.asked("views_update")[-1]["view"])


def test_the_form_of_the_command_gives_way_to_the_list(heard: Heard, sanne: Me) -> None:
    answer = heard.send(to_not_form(sanne), filled(), user="U0SANNE")

    assert answer["response_action"] == "update"
    assert MEETING in texts_in(answer["view"])


def test_what_is_wrong_is_told_at_its_field(heard: Heard, sanne: Me) -> None:
    answer = heard.send(to_not_form(sanne), filled("", "0"), user="U0SANNE")

    assert set(answer["errors"]) == {"text", "minutes"}


def test_the_buttons_do_what_they_say(heard: Heard, office: FakeOffice, sanne: Me, bram: Me) -> None:
    value = str(propose(office, sanne))
    listed = screens.list_window(actions.the_list(office.services, bram), bram)
    mine = heard.click(screens.AGREE, value, user="U0BRAM", view=listed)
    assert screens.TAKE_BACK in str(mine)
    again = heard.click(screens.TAKE_BACK, value, user="U0BRAM", view=listed)
    assert screens.AGREE in str(again)
    heard.click(screens.AGREE, value, user="U0FATIMA", view=listed)
    assert agreed(office, sanne) == [MEETING]
    kept = heard.click(screens.KEEP_UP, value, user="U0BRAM", view=listed)
    assert screens.KEEP_UP not in str(kept)
    heard.click(screens.LET_GO, value, user="U0FATIMA", view=listed)

    assert agreed(office, sanne) == []


def test_a_colleague_votes_to_let_it_go_and_takes_that_back(
    heard: Heard, office: FakeOffice, fatima: Me, bram: Me
) -> None:
    value = str(propose(office, fatima))
    listed = screens.list_window(actions.the_list(office.services, bram), bram)
    voted = heard.click(screens.LET_GO, value, user="U0BRAM", view=listed)
    assert screens.TAKE_BACK in str(voted)
    assert complaints_about_view(voted or {}) == []
    again = heard.click(screens.TAKE_BACK, value, user="U0BRAM", view=listed)

    assert screens.LET_GO in str(again)
    assert screens.TAKE_BACK not in str(again)
    assert agreed(office, fatima) == [MEETING]


def test_a_button_without_a_number_changes_nothing(heard: Heard, office: FakeOffice, sanne: Me) -> None:
    propose(office, sanne)
    for value in ("", "x", "1; drop", "9" * 30, "999999999"):
        heard.click(screens.LET_GO, value, user="U0FATIMA")

    assert proposed(office, sanne) == [MEETING]


def test_home_leads_to_the_list(heard: Heard, office: FakeOffice, sanne: Me) -> None:
    propose(office, sanne)
    window = heard.click(screens.OPEN, user="U0SANNE")

    assert window is not None
    assert MEETING in texts_in(window)
