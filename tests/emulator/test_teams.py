"""One app in two workspaces: the token says which one a call is for."""

import httpx
import pytest
from slack_sdk import WebClient
from slack_sdk.webhook import WebhookClient

from bot.emulator.clock import Clock
from bot.emulator.roster import de_wilg
from bot.emulator.server import Emulator, running
from tests.emulator.clients import PATIENCE


@pytest.fixture
def emulator():
    clock = Clock()
    return Emulator(clock=clock, others=[de_wilg(clock)])


@pytest.fixture
def wilg(url):
    return WebClient("xoxb-T1WILG-geheim", base_url=f"{url}/api/", timeout=PATIENCE)


def test_a_token_is_for_one_workspace(slack, wilg):
    assert (slack.auth_test()["team"], slack.auth_test()["bot_id"]) == ("De Linde", "B0BOT")
    assert (wilg.auth_test()["team"], wilg.auth_test()["bot_id"]) == ("De Wilg", "B1BOT")
    assert {user["id"] for user in wilg.users_list()["members"]} == {"U1BOT", "U1NOOR", "U1SEM", "USLACKBOT"}


def test_tokens_may_be_given_a_workspace_by_name(refused):
    clock = Clock()
    tokens = {"xoxb-een": "T0LINDE", "xoxb-twee": "T1WILG"}
    with running(Emulator(clock=clock, others=[de_wilg(clock)], tokens=tokens)) as url:
        assert WebClient("xoxb-twee", base_url=f"{url}/api/").auth_test()["team_id"] == "T1WILG"
        assert refused(WebClient("xoxb-T1WILG", base_url=f"{url}/api/").auth_test).response["error"] == "invalid_auth"


def test_nobody_sees_or_reaches_what_is_the_other_s(slack, wilg, refused):
    file = slack.files_upload_v2(filename="a.txt", content="x", channel="C0FANS")["file"]["id"]
    wilg.chat_postMessage(channel="C1FANS", text="van De Wilg")

    assert refused(wilg.conversations_history, channel="C0FANS").response["error"] == "channel_not_found"
    assert refused(wilg.users_info, user="U0SANNE").response["error"] == "user_not_found"
    assert refused(wilg.files_info, file=file).response["error"] == "file_not_found"
    assert len(slack.conversations_history(channel="C0FANS")["messages"]) == 1


def test_one_connection_carries_both_workspaces(connect, control, slack, wilg, refused):
    bot = connect()

    control("command", user="sanne", channel="#fans", command="/fan")
    control("command", team="T1WILG", user="noor", channel="#fans", command="/fan")

    first, second = bot.next().payload, bot.next().payload
    assert (first["team_id"], second["team_id"]) == ("T0LINDE", "T1WILG")
    assert (second["channel_id"], second["team_domain"]) == ("C1FANS", "de-wilg")
    assert first["api_app_id"] == second["api_app_id"]
    view = {"type": "modal", "title": {"type": "plain_text", "text": "x"}, "blocks": [{"type": "divider"}]}
    error = refused(slack.views_open, trigger_id=second["trigger_id"], view=view)
    assert error.response["error"] == "invalid_trigger_id"
    assert wilg.views_open(trigger_id=second["trigger_id"], view=view)["view"]["team_id"] == "T1WILG"
    assert len(control.get("views", team="T1WILG", user="noor")) == 1


def test_an_event_names_its_workspace_and_the_bot_there(connect, control, wilg):
    bot = connect()

    wilg.chat_postMessage(channel="U1SEM", text="hoi")
    control("user", team="T1WILG", id="U1SEM", tz="Europe/Brussels")

    message, change = bot.next().payload, bot.next().payload
    assert (message["team_id"], message["authorizations"][0]["user_id"]) == ("T1WILG", "U1BOT")
    assert message["event"]["bot_id"] == "B1BOT"
    assert change["event"]["user"]["team_id"] == "T1WILG"


def test_a_response_address_leads_back_to_its_workspace(connect, control):
    bot = connect()
    control("command", team="T1WILG", user="sem", channel="#fans", command="/fan")

    WebhookClient(bot.next().payload["response_url"]).send(text="hoi", response_type="in_channel")

    assert [message["text"] for message in control.get("messages", team="T1WILG", channel="#fans")] == ["hoi"]
    assert control.get("messages", channel="#fans") == []


def test_rates_count_a_workspace_by_itself(control, slack, wilg, refused):
    control("faults", rates=True)

    for _ in range(20):
        slack.users_list()

    assert refused(slack.users_list).response.status_code == 429
    assert wilg.users_list()["ok"]


def test_a_workspace_that_is_not_there_is_named(control):
    assert control.post("home", team="T9", user="sanne").json()["error"].startswith("team:")


def test_the_page_goes_where_the_persona_is(url, emulator):
    linde, wilg = httpx.get(url).text, httpx.get(url, params={"as": "U1NOOR"}).text

    assert "as=U1NOOR" in linde
    assert "Bram Jansen" in linde
    assert "Sem de Boer" in wilg
    assert "Bram Jansen" not in wilg
    said = {"as": "U1SEM", "channel": "C1FANS", "text": "hoi"}
    assert httpx.post(f"{url}/do/say", data=said).status_code == 204
    assert [message.user for message in emulator.teams["T1WILG"].workspace.messages["C1FANS"]] == ["U1SEM"]
