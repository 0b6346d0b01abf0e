"""What people see of figures: in Slack, at Home, and on the page."""

import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.emulator.validation import block_messages
from bot.features.figures import actions, listeners, screens
from bot.features.figures.web import routes
from bot.kernel.links import new_token
from bot.kernel.office import Me
from bot.slack.blocks import Message
from bot.slack.charts import MARK
from bot.slack.reply import Reply
from storage.links import LinkKind
from storage.stories import Moment
from tests.fakes import FakeOffice, FakeSlack, SmallServer
from tests.features.figures.told import TODAY, applaud, link, spend, story, team
from tests.features.heard import Heard, texts_in
from tests.limits import complaints_about_view

DAY = timedelta(days=1)


@pytest.fixture
def busy(office: FakeOffice, fatima: Me) -> FakeOffice:
    """Five colleagues with stories of two moments, free and paid."""
    people = team(office, 5)
    for number, colleague in enumerate(people):
        for back in range(0, 40, 2):
            moment = Moment.COMPLAINT if back % 4 else Moment.SAYING_NO
            told = story(office, colleague, TODAY - back * DAY, moment=moment, spent_cents=500 if back % 4 else None)
            applaud(office, people[(number + 1) % 5], told)
        spend(office, colleague, 1000)
    return office


def both(message: Message) -> list[Any]:
    return [message.blocks, message.plainer or message.blocks]


def charts_in(blocks: Any) -> list[str]:
    return [block["chart"]["type"] for block in blocks if block["type"] == "data_visualization"]


def test_ones_own_message_has_a_line_a_pie_and_who_sees_it(busy: FakeOffice) -> None:
    me = busy.person("U0P0", "Collega 0", language="en")
    message = screens.own_message(actions.own_figures(busy.services, me), me)

    for blocks in both(message):
        assert block_messages(list(blocks), "message", 50, "/blocks") == []
        assert "Who else sees this: nobody." in texts_in({"blocks": blocks})
    assert charts_in(message.blocks) == ["line", "pie"]
    assert charts_in(message.plainer) == []
    assert "€0.50" in texts_in({"blocks": message.blocks})


def test_without_stories_there_is_a_kind_word_and_no_chart(office: FakeOffice) -> None:
    me = office.person("U0NEW", "Nieuw", language="en")
    message = screens.own_message(actions.own_figures(office.services, me), me)

    assert charts_in(message.blocks) == []
    assert message.text.startswith("No figures yet")


def test_only_a_manager_is_offered_the_offices_figures(office: FakeOffice, sanne: Me, fatima: Me) -> None:
    for me, is_offered in ((sanne, False), (fatima, True)):
        story(office, me)
        message = screens.own_message(actions.own_figures(office.services, me), me)
        assert (screens.OFFICE in str(message.blocks)) is is_offered


def test_the_offices_messages_have_a_line_bars_and_a_pie_and_nobodys_name(busy: FakeOffice, fatima: Me) -> None:
    figures = actions.office_figures(busy.services, fatima)
    drawn = []
    for message in (screens.office_message(figures, fatima), screens.gestures_message(figures, fatima)):
        assert message is not None
        for blocks in both(message):
            assert block_messages(list(blocks), "message", 50, "/blocks") == []
            assert "Collega" not in texts_in({"blocks": blocks})
        drawn.append(charts_in(message.blocks))
        assert charts_in(message.plainer) == []

    assert drawn == [["line", "bar"], ["pie"]]


def test_a_manager_gets_both_messages(busy: FakeOffice, fatima: Me, small_server: SmallServer) -> None:
    reply = Reply({"response_url": small_server.url}, lambda **_: None, FakeSlack())  # type: ignore[arg-type]
    listeners.see_office(fatima, busy.services, reply)

    sent = [str(asked[1]) for asked in small_server.asked]
    assert ["'bar'" in one for one in sent] == [True, False]
    assert ["'pie'" in one for one in sent] == [False, True]


def test_weeks_are_numbers_beneath_a_line_and_ones_own_months_are_said(busy: FakeOffice) -> None:
    me = busy.person("U0P0", "Collega 0", language="en")
    message = screens.own_message(actions.own_figures(busy.services, me), me)

    assert message.blocks[1]["chart"]["axis_config"]["categories"][-3:] == ["43", "44", "45"]
    assert "wk 45 " in texts_in({"blocks": message.plainer})
    assert "Each month: Jun 0, Jul 0, Aug 0, Sep 3, Oct 16, Nov 1." in texts_in({"blocks": message.blocks})


@pytest.fixture
def quiet(office: FakeOffice) -> FakeOffice:
    """Five colleagues told something last week and a year before, one of them two things today."""
    people = team(office, 5)
    for colleague in people:
        story(office, colleague, TODAY - 340 * DAY)
        story(office, colleague, TODAY - 5 * DAY)
    for _ in range(2):
        story(office, people[0])
    return office


def test_a_few_peoples_week_is_in_no_chart_and_said_not_to_be_shown(quiet: FakeOffice) -> None:
    me = quiet.person("U0FATIMA", "Fatima", language="en")
    message = screens.office_message(actions.office_figures(quiet.services, me), me)
    [series] = next(block["chart"]["series"] for block in message.blocks if block["type"] == "data_visualization")

    assert [(one["label"], one["value"]) for one in series["data"]][-2:] == [("43", 0), ("44", 5)]
    bars = [line.removeprefix(" | ") for line in texts_in({"blocks": message.plainer}).splitlines()]
    assert [line for line in bars if line.startswith(("wk 44", "wk 45"))] == [
        f"wk 44  | {MARK * 10} 5",
        "wk 45  |  not shown",
    ]
    assert "The office made 12 fans in the last twelve months." in message.text


def test_an_office_of_few_or_of_none_has_a_message_too(office: FakeOffice, fatima: Me, sanne: Me) -> None:
    for _ in range(2):
        message = screens.office_message(actions.office_figures(office.services, fatima), fatima)
        for blocks in both(message):
            assert block_messages(list(blocks), "message", 50, "/blocks") == []
        assert charts_in(message.blocks) == []
        assert screens.gestures_message(actions.office_figures(office.services, fatima), fatima) is None
        story(office, sanne)


def test_home_leads_to_windows_without_charts(busy: FakeOffice, fatima: Me) -> None:
    story(busy, fatima)
    heard = Heard(busy.services, FakeSlack(), listeners.register)
    own = heard.click(screens.OWN)
    theirs = heard.click(screens.OFFICE_WINDOW)

    for window in (own, theirs):
        assert window is not None
        assert complaints_about_view(window) == []
        assert charts_in(window["blocks"]) == []
    assert screens.OFFICE_WINDOW in str(own)


def test_nobody_but_a_manager_gets_the_offices_window(busy: FakeOffice, sanne: Me) -> None:
    heard = Heard(busy.services, FakeSlack(), listeners.register)
    window = heard.click(screens.OFFICE_WINDOW, user="U0SANNE")

    assert window is None or "Collega" not in str(window)
    assert window is None or "fans" not in texts_in(window)


# The page


@pytest.fixture
def web(office: FakeOffice) -> Iterator[TestClient]:
    with TestClient(Starlette(routes=routes(office.services))) as client:
        yield client


def test_the_page_has_a_table_under_each_chart_and_no_name(busy: FakeOffice, fatima: Me, web: TestClient) -> None:
    shown = web.get(f"/figures/{link(busy, fatima)}")

    assert shown.status_code == 200
    assert shown.text.count("<figure") == shown.text.count("<table") == 4
    assert "Collega" not in shown.text
    assert "Fatima" not in shown.text
    assert len(re.findall(r"<tr><th scope=.row.", shown.text)) >= 12 + 12 + 2 + 2


def test_amounts_on_the_page_are_the_cost_of_a_fan_alone(busy: FakeOffice, fatima: Me, web: TestClient) -> None:
    shown = unescape(web.get(f"/figures/{link(busy, fatima)}").text)

    assert len(re.findall("€", shown)) == 1
    assert "0,50" in shown


@pytest.mark.parametrize("stories", [0, 1])
def test_with_nothing_or_one_person_the_page_says_so(
    office: FakeOffice, fatima: Me, sanne: Me, web: TestClient, stories: int
) -> None:
    for _ in range(stories):
        story(office, sanne, moment=Moment.COMPLAINT)
    shown = web.get(f"/figures/{link(office, fatima)}")

    assert shown.status_code == 200
    assert "<figure" not in shown.text
    assert "€" not in shown.text


def test_a_link_of_another_kind_or_of_nobody_opens_nothing(office: FakeOffice, fatima: Me, web: TestClient) -> None:
    for token in ("x", new_token(), link(office, fatima, LinkKind.SCREEN), link(office, fatima, LinkKind.BOARD)):
        assert web.get(f"/figures/{token}").status_code == 404


def test_a_few_peoples_month_is_in_no_chart_of_the_page_and_has_no_number_in_its_table(
    quiet: FakeOffice, fatima: Me, web: TestClient
) -> None:
    shown = web.get(f"/figures/{link(quiet, fatima)}").text
    rows = dict(re.findall(r"<tr><th[^>]*><bdi>([^<]*)</bdi></th><td><bdi>([^<]*)</bdi></td></tr>", shown))

    assert (rows["oktober 2026"], rows["44"]) == ("5", "5")
    assert rows["november 2026"] == rows["45"] == quiet.services.speakers["nl"]("not shown")
    assert len(re.findall('<circle class="dot', shown)) == 11 + 11


def test_months_are_short_beneath_a_line_and_whole_in_its_table(busy: FakeOffice, fatima: Me, web: TestClient) -> None:
    shown = web.get(f"/figures/{link(busy, fatima)}").text

    assert ">november 2026<" in shown
    assert ">december 2025<" in shown
    labels = re.findall(r'<text class="label[^>]*>([a-z]{3})</text>', shown)
    assert len(labels) == len(set(labels)) >= 6
