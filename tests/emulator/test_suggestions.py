"""Menus that the app fills while somebody types."""

import pytest

from bot.emulator import sockets
from tests.emulator.clients import NO_ACK


def plain(text="x"):
    return {"type": "plain_text", "text": text}


def option(word):
    return {"text": plain(word), "value": word.lower()}


def menu(kind="external_select", **more):
    element = {"type": kind, "action_id": "klant", **more}
    return {"type": "input", "block_id": "k", "label": plain("Klant"), "element": element}


def modal(*blocks):
    return {"type": "modal", "title": plain("Titel"), "submit": plain("Ok"), "blocks": list(blocks)}


class Searching:
    """Has a form open with a menu, and answers what is typed with what a test says."""

    def __init__(self, connect, control, slack):
        self.control, self.slack = control, slack
        self.answer = {"options": [option("Jansen"), option("Janssen")]}
        self.bot = connect(self._answer)

    def _answer(self, request):
        return self.answer if request.payload["type"] == "block_suggestion" else None

    def open(self, *blocks):
        self.control("shortcut", user="sanne", callback_id="x")
        return self.slack.views_open(trigger_id=self.bot.next().payload["trigger_id"], view=modal(*blocks))["view"]

    def type(self, query):
        return self.control("suggest", user="sanne", action_id="klant", query=query)

    def submit(self, value):
        self.control("submit", user="sanne", values={"Klant": value})
        return self.bot.next().payload["view"]["state"]["values"]["k"]["klant"]


@pytest.fixture
def searching(connect, control, slack):
    return Searching(connect, control, slack)


def test_what_is_typed_reaches_the_app_and_its_options_can_be_chosen(searching):
    view = searching.open(menu())

    outcome = searching.type("jan")

    payload = searching.bot.next().payload
    assert (payload["type"], payload["value"]) == ("block_suggestion", "jan")
    assert (payload["action_id"], payload["block_id"]) == ("klant", "k")
    assert payload["container"] == {"type": "view", "view_id": view["id"]}
    assert payload["view"]["id"] == view["id"]
    assert "trigger_id" not in payload
    assert [one["value"] for one in outcome["options"]] == ["jansen", "janssen"]
    assert searching.submit("Janssen") == {"type": "external_select", "selected_option": option("Janssen")}


def test_options_may_come_in_groups(searching):
    searching.open(menu("multi_external_select"))
    searching.answer = {"option_groups": [{"label": plain("Deventer"), "options": [option("Jansen"), option("Smit")]}]}

    assert len(searching.type("eve")["options"]) == 2
    searching.bot.next()
    assert searching.submit(["Smit", "Jansen"])["selected_options"] == [option("Smit"), option("Jansen")]


def test_a_menu_in_a_message_is_asked_and_clicked(searching):
    element = {"type": "external_select", "action_id": "klant", "min_query_length": 0}
    block = {"type": "actions", "block_id": "k", "elements": [element]}
    ts = searching.slack.chat_postMessage(channel="C0FANS", text="Wie?", blocks=[block])["ts"]

    searching.type("")
    searching.control("click", user="sanne", action_id="klant", value="Jansen")

    asked, clicked = searching.bot.next().payload, searching.bot.next().payload
    assert (asked["container"]["message_ts"], asked["message"]["ts"], asked["channel"]["id"]) == (ts, ts, "C0FANS")
    assert clicked["actions"][0]["selected_option"] == option("Jansen")


@pytest.mark.parametrize(("length", "query", "asks"), [(None, "ja", False), (None, "jan", True), (1, "j", True)])
def test_the_app_is_asked_from_a_number_of_characters_on(searching, length, query, asks):
    searching.open(menu(**({} if length is None else {"min_query_length": length})))

    searching.type(query)

    assert (searching.bot.requests.qsize() == 1) == asks


def test_what_was_not_offered_can_not_be_chosen(searching):
    searching.open(menu(initial_option=option("Eerst")))
    searching.type("jan")

    assert "no option" in searching.control.post("submit", user="sanne", values={"Klant": "Peters"}).json()["error"]
    searching.bot.next()
    assert searching.submit("Eerst")["selected_option"] == option("Eerst")


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        (None, "no_options"),
        ({}, "no_options"),
        ({"options": [option("Jansen")] * 101}, "no more than 100"),
        ({"options": [{"text": {"type": "mrkdwn", "text": "x"}, "value": "x"}]}, "unsupported type"),
        ({"options": [option("x" * 76)]}, "less than 76"),
        ({"option_groups": [{"options": [option("Jansen")]}]}, "missing required field: label"),
    ],
)
def test_an_answer_that_slack_can_not_show_offers_nothing(searching, answer, failure):
    searching.open(menu())
    searching.answer = answer

    outcome = searching.type("jan")

    assert (outcome["ok"], outcome["options"]) == (False, [])
    assert failure in outcome["failure"]


def test_nothing_found_is_no_failure(searching):
    searching.open(menu())
    searching.answer = {"options": []}

    assert searching.type("xyz")["ok"]


def test_an_app_that_thinks_too_long_offers_nothing(searching, monkeypatch):
    searching.open(menu())
    monkeypatch.setattr(sockets, "ACK_SECONDS", 0.1)
    searching.answer = NO_ACK

    assert searching.type("jan")["failure"] == "timeout"


def test_another_element_offers_nothing(searching):
    searching.open({**menu(), "element": {"type": "plain_text_input", "action_id": "klant"}})

    answer = searching.control.post("suggest", user="sanne", action_id="klant", query="jan")
    assert answer.json()["error"] == "not_an_external_select"


def test_a_conversation_that_was_chosen_can_be_answered_to(searching, control):
    element = {"type": "conversations_select", "action_id": "klant", "response_url_enabled": True}
    searching.open({**menu(), "element": element})

    control("submit", user="sanne", values={"Klant": "#fans"})

    [url] = searching.bot.next().payload["response_urls"]
    assert (url["channel_id"], url["block_id"], url["action_id"]) == ("C0FANS", "k", "klant")
    assert url["response_url"].startswith("http://127.0.0.1:")
