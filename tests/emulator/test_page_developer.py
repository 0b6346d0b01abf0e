"""The developer's drawer, and the card that ticks itself off: both look at what goes over the wire."""

import asyncio

import httpx
import pytest
from slack_sdk import WebClient

from bot.emulator.delivery import Answer
from bot.emulator.exchanges import KEPT, Exchanges
from bot.emulator.model import Command
from bot.emulator.server import Emulator, running
from bot.emulator.tryout import OWN_MESSAGES, Step
from bot.emulator.web_api import Record

STEPS = [
    Step("Vertel een verhaal.", "command", "/fan", at="C0FANS", text="/fan Een paraplu"),
    Step("Applaudisseer als Bram.", "action", "story.applaud", persona="U0BRAM", at="C0FANS"),
    Step("Stuur een berichtje.", "event", "message.im", at=OWN_MESSAGES),
]


@pytest.fixture
def emulator() -> Emulator:
    emulator = Emulator(steps=STEPS)
    emulator.workspace.commands = [Command("/fan")]
    return emulator


@pytest.fixture
def page(url):
    def show(address: str = "/?as=U0SANNE&at=C0FANS") -> str:
        return httpx.get(f"{url}{address}", trust_env=False).text

    return show


def do(url: str, deed: str, **fields: str) -> httpx.Response:
    return httpx.post(f"{url}/do/{deed}", data={"as": "U0SANNE", **fields}, trust_env=False)


def test_a_command_and_a_call_show_in_the_drawer(url, slack, connect, page):
    connect(lambda request: {"text": "Mooi"})
    do(url, "say", channel="C0FANS", text="/fan hallo daar")
    slack.chat_postMessage(channel="C0FANS", text="klaar")
    shown = page("/?as=U0SANNE&at=C0FANS&developer=1")

    assert "<code>/fan</code>" in shown
    assert "<code>chat.postMessage</code>" in shown
    assert "<code>/fan</code>" not in page()


def test_a_request_is_shown_in_full_without_its_token(url, emulator, slack):
    slack.chat_postMessage(channel="C0FANS", text="<b>klaar</b>")
    number = emulator.exchanges.latest()[0].number
    shown = httpx.get(f"{url}/exchanges/{number}", trust_env=False).text

    assert "&lt;b&gt;klaar&lt;/b&gt;" in shown
    assert "xoxb" not in shown
    assert httpx.get(f"{url}/exchanges/999", trust_env=False).status_code == 404


def test_the_drawer_filters_by_words_and_by_way(url, slack, connect, page):
    connect()
    do(url, "say", channel="C0FANS", text="/fan ananas")
    slack.chat_postMessage(channel="C0FANS", text="banaan")

    assert "/fan</code>" in page("/?developer=1&words=ANANAS")
    assert "postMessage" not in page("/?developer=1&words=ANANAS")
    assert "/fan</code>" not in page("/?developer=1&way=out")
    assert "Nog niets te zien" in page("/?developer=1&words=kiwi")


def test_a_failure_shows_its_word(url, page):
    do(url, "say", channel="C0FANS", text="/fan niemand luistert")

    assert "no_connection" in page("/?developer=1")


def test_the_drawer_keeps_a_bounded_number_of_requests(emulator):
    exchanges = Exchanges(emulator.clock, lambda: None)
    for number in range(KEPT + 5):
        exchanges.called(Record("api.test", {"number": number}, {"ok": True}, 0.0))

    assert len(exchanges.latest()) == KEPT
    assert exchanges.latest()[0].sent == {"number": KEPT + 4}


def test_the_page_hears_of_calls_only_while_somebody_looks():
    told = []
    exchanges = Exchanges(Emulator().clock, lambda: told.append(1))
    exchanges.called(Record("api.test", {}, {"ok": True}, 0.0))
    assert told == []
    exchanges.watchers = 1
    exchanges.called(Record("api.test", {}, {"ok": True}, 0.0))
    assert told == [1]


def test_a_step_is_ticked_off_once_the_app_has_acknowledged(url, emulator, connect, page):
    do(url, "say", channel="C0FANS", text="/fan niemand luistert")
    assert emulator.try_out.done == 0
    connect()
    do(url, "say", channel="C0FANS", text="/fan nu wel")

    assert emulator.try_out.done == 1
    assert "1 van 3" in page()


def test_a_form_that_the_app_refuses_ticks_nothing(emulator):
    payload = {"type": "view_submission", "view": {"callback_id": "story.change"}}
    emulator.exchanges.delivered("interactive", payload, Answer(True, {"response_action": "errors", "errors": {}}))

    assert emulator.exchanges.latest()[0].kind == "view"
    assert emulator.try_out.done == 0


def test_a_step_can_wait_until_the_app_has_posted_what_it_names():
    emulator = Emulator(steps=[Step("Vertel een verhaal.", "post", "story.applaud")])
    button = {"type": "button", "action_id": "story.applaud", "text": {"type": "plain_text", "text": "Mooi"}}
    blocks = [{"type": "actions", "elements": [button]}]
    with running(emulator) as address:
        client = WebClient("xoxb-1", base_url=f"{address}/api/")
        client.chat_postMessage(channel="C0FANS", text="Welkom")
        client.chat_postEphemeral(channel="C0FANS", user="U0SANNE", text="Alleen jij", blocks=blocks)
        assert emulator.try_out.done == 0
        client.chat_postMessage(channel="C0FANS", text="Een verhaal", blocks=blocks)
        assert emulator.try_out.done == 1


def test_what_was_cleared_away_ticks_nothing(emulator):
    emulator.try_out.happened("command", "/fan")
    emulator.exchanges.clear()
    assert emulator.try_out.done == 0


def test_looking_around_is_no_beginning(emulator):
    emulator.try_out.happened("event", "message.im")
    assert emulator.try_out.done == 0
    emulator.try_out.happened("command", "/fan")
    emulator.try_out.happened("event", "message.im")
    assert emulator.try_out.done == 2


def test_a_step_can_open_the_clock_and_a_page_of_the_side_bar():
    steps = [Step("Zet de klok.", "clock", "moved", opens="clock"), Step("Kijk.", "command", "/fan", opens="Balie")]
    emulator = Emulator(steps=steps, links=[("Balie", "/compliment/abc"), ("Scherm", "/wall/x")])
    with running(emulator) as address:
        card = httpx.get(address, trust_env=False).text.partition('id="fragment-card"')[2]
        assert 'popovertarget="clock-menu">Open de klok</button>' in card
        emulator.try_out.happened("clock", "moved")
        card = httpx.get(address, trust_env=False).text.partition('id="fragment-card"')[2]
        assert '<a class="button" href="/compliment/abc"' in card
        assert "/wall/x" not in card


def test_the_card_says_who_and_where_to_be(emulator, page):
    assert 'data-insert="/fan Een paraplu"' in page()
    assert ">Ga naar #fans</a>" in page("/?as=U0SANNE&at=C0ALGEMEEN")
    emulator.try_out.happened("command", "/fan")
    assert '<a class="button" href="?as=U0BRAM&amp;at=C0FANS">Word Bram</a>' in page()
    emulator.try_out.happened("action", "story.applaud")
    assert 'href="?as=U0SANNE&amp;at=D0SANNE"' in page()
    emulator.try_out.happened("event", "message.im")
    assert "Dat was het." in page()


def test_the_card_goes_away_and_comes_back(url, page):
    do(url, "card")
    assert 'class="try-out"' not in page()
    assert "Probeer dit (0 van 3)" in page()
    do(url, "card", show="1")
    assert 'class="try-out"' in page()


def test_a_workspace_without_steps_has_no_card():
    async def ask() -> str:
        transport = httpx.ASGITransport(Emulator().app)
        async with httpx.AsyncClient(transport=transport, base_url="http://here") as http:
            return (await http.get("/")).text

    assert "Probeer dit" not in asyncio.run(ask())
