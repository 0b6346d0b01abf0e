"""The chat page: what it shows to whom, and what its forms do."""

import asyncio
import json
from datetime import UTC, datetime
from types import SimpleNamespace

import httpx
import pytest
from starlette.applications import Starlette

from bot.emulator import page
from bot.emulator.acting import Outcome
from bot.emulator.clock import Clock
from bot.emulator.elements import with_ids
from bot.emulator.exchanges import Exchanges
from bot.emulator.model import Channel, Command, File, Message, Shortcut, View
from bot.emulator.roster import de_linde
from bot.emulator.screen import FRAGMENTS
from bot.emulator.server import Emulator, running
from bot.emulator.tryout import Step, TryOut

SIZE_LIMIT = 150_000  # bytes: page and styles together


class Somebody:
    """Stands in for People: remembers what a person did."""

    def __init__(self):
        self.did = []

    def __getattr__(self, deed):
        async def do(*arguments, **named):
            self.did.append((deed, *arguments, *([named] if named else [])))
            return Outcome(True)

        return do


class Browser:
    """Asks the page without a server in between."""

    def __init__(self, app):
        self._app = app

    def get(self, path, **more):
        return asyncio.run(self._ask("GET", path, **more))

    def post(self, path, **more):
        return asyncio.run(self._ask("POST", path, **more))

    async def _ask(self, verb, path, **more):
        transport = httpx.ASGITransport(self._app)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost:3000") as http:
            return await http.request(verb, path, **more)


@pytest.fixture
def somebody():
    return Somebody()


@pytest.fixture
def workspace():
    clock = Clock()
    clock.set(datetime(2026, 10, 14, 10, tzinfo=UTC))  # midnight is far off
    workspace = de_linde(clock)
    workspace.app_name = "Fanbot"
    workspace.commands = [Command("/fan", "[verhaal]", "Vertel hoe een klant fan werd")]
    workspace.shortcuts = [Shortcut("tell", "Vertel een verhaal"), Shortcut("wall", "Op de wand", "message")]
    return workspace


@pytest.fixture
def client(workspace, somebody):
    notify = workspace.changes.notify
    try_out, exchanges = TryOut((), notify), Exchanges(workspace.clock, notify)
    teams = {workspace.team_id: SimpleNamespace(workspace=workspace, people=somebody)}
    routes = page.routes(SimpleNamespace(teams=teams, try_out=try_out, exchanges=exchanges, links=tuple))
    return Browser(Starlette(routes=routes))


def plain(text):
    return {"type": "plain_text", "text": text}


def post(workspace, user, text, *blocks, channel="C0FANS", **more):
    message = Message(workspace.next_ts(channel), channel, user, text, with_ids(list(blocks)), **more)
    return workspace.add_message(message)


def modal(workspace, *blocks, person="U0SANNE", **more):
    body = {"type": "modal", "title": plain("Formulier"), "submit": plain("Opslaan"), "blocks": with_ids(list(blocks))}
    workspace.modals[person] = [View("V1", person, body, "hash", **more)]


def field(block_id, element, **more):
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(block_id),
        "element": {"action_id": "a", **element},
        **more,
    }


def test_the_first_visitor_is_sanne_in_the_apps_channel(client):
    shown = client.get("/").text

    assert '<html lang="nl">' in shown
    assert "<h1>" in shown
    assert 'aria-label="Bericht aan #fans"' in shown
    assert 'data-as="U0SANNE"' in shown
    assert ">demo<" in shown


def test_the_page_loads_nothing_from_elsewhere(client):
    answer = client.get("/")

    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert " style=" not in answer.text
    assert "http" not in answer.text.replace("http-equiv", "")


def test_the_page_is_light_with_a_hundred_messages(client, workspace):
    clap = {"type": "button", "action_id": "story.applaud", "text": plain("👏 Mooi · 2"), "value": "1"}
    acts = {"type": "actions", "elements": [clap]}
    for number in range(100):
        said = {"type": "rich_text_section", "elements": [{"type": "text", "text": f"{number} Een klant " * 12}]}
        post(workspace, "U0BOT", "x", {"type": "rich_text", "elements": [said]}, acts)
        workspace.clock.advance(600)
    shown = client.get("/?as=U0SANNE&at=C0FANS")
    files = [file for file in page.STATIC.iterdir() if file.is_file()]
    styles = sum(file.stat().st_size for file in files if file.suffix == ".css")

    assert shown.text.count("<article") == 100
    assert all(client.get(f"/emulator/static/{file.name}").status_code == 200 for file in files)
    assert len(shown.content) + styles < SIZE_LIMIT


def test_the_menu_of_a_small_screen_counts_what_waits_behind_it(client, workspace):
    def badge(at):
        return client.get(f"/?as=U0SANNE&at={at}").text.partition('id="fragment-waiting"')[2].partition("</button>")[0]

    before = badge("home")
    post(workspace, "U0BOT", "Seintje", channel=workspace.im_of("U0SANNE").id)
    post(workspace, "U0BOT", "Verhaal")

    assert "ongelezen" not in before
    assert '>2<span class="unseen"> ongelezen' in badge("home")
    assert '>1<span class="unseen"> ongelezen' in badge("C0FANS")  # which is read by that
    assert '>1<span class="unseen"> ongelezen' in badge("home")


@pytest.fixture
def english(workspace, somebody):
    """The page of an app that speaks English, with something to try."""
    notify = workspace.changes.notify
    try_out = TryOut((Step("Tell it.", "post", "x", text="/fan"),), notify, "en")
    exchanges = Exchanges(workspace.clock, notify)
    teams = {workspace.team_id: SimpleNamespace(workspace=workspace, people=somebody)}
    routes = page.routes(SimpleNamespace(teams=teams, try_out=try_out, exchanges=exchanges, links=tuple))
    return Browser(Starlette(routes=routes))


def test_an_app_that_speaks_english_has_an_english_card_and_optional_fields(english, client, workspace):
    modal(workspace, field("about", {"type": "plain_text_input"}, optional=True))
    shown = english.get("/?as=U0SANNE&at=C0FANS").text

    for words in ("Try this", "0 of 1", "Put it ready", ">optional<", 'lang="en"'):
        assert words in shown
    for words in ("Probeer dit", "niet verplicht", "Zet het klaar"):
        assert words not in shown
    assert ">niet verplicht<" in client.get("/?as=U0SANNE&at=C0FANS").text


@pytest.mark.parametrize("stranger", ["U0LOTTE", "U0NIEMAND"])
def test_only_a_persona_can_be_who_you_are(client, stranger):
    assert client.get(f"/?as={stranger}").status_code == 400
    assert client.get(f"/stream?as={stranger}").status_code == 400
    answer = client.post("/do/say", data={"as": stranger, "channel": "C0FANS", "text": "hoi"})
    assert (answer.status_code, answer.text) == (400, f"Onbekende persoon: {stranger}.")


def test_a_form_from_another_site_is_refused(client, somebody):
    said = {"as": "U0SANNE", "channel": "C0FANS", "text": "hoi"}

    assert client.post("/do/say", data=said, headers={"Origin": "https://kwaad.example"}).status_code == 403
    assert client.post("/do/say", data=said, headers={"Origin": "null"}).status_code == 403
    assert somebody.did == []
    assert client.post("/do/say", data=said, headers={"Origin": "http://localhost:3000"}).status_code == 204
    assert somebody.did == [("say", "U0SANNE", "C0FANS", "hoi", None)]


def test_an_ephemeral_is_for_one_person(client, workspace):
    post(workspace, "U0BOT", "stil woord", only_for="U0SANNE")

    assert "Alleen zichtbaar voor jou" in client.get("/?as=U0SANNE&at=C0FANS").text
    assert "stil woord" not in client.get("/?as=U0BRAM&at=C0FANS").text


def test_somebody_elses_direct_messages_stay_closed(client, workspace):
    post(workspace, "U0BOT", "voor Bram", channel=workspace.im_of("U0BRAM").id)

    assert "voor Bram" in client.get("/?as=U0BRAM&at=D0BRAM").text
    assert "voor Bram" not in client.get("/?as=U0SANNE&at=D0BRAM").text


def test_messages_of_one_author_are_grouped_and_replies_folded(client, workspace):
    first = post(workspace, "U0BRAM", "een")
    post(workspace, "U0BRAM", "twee")
    post(workspace, "U0LOTTE", "antwoord", thread_ts=first.ts)
    shown = client.get("/?as=U0SANNE&at=C0FANS").text

    assert shown.count('class="message grouped"') == 1
    assert "1 reactie<" in shown
    assert "antwoord" not in shown
    assert "antwoord" in client.get(f"/?as=U0SANNE&at=C0FANS&thread={first.ts}").text


def test_what_was_not_read_is_marked_until_it_is(client, workspace):
    client.get("/?as=U0SANNE&at=C0ALGEMEEN")
    post(workspace, "U0BRAM", "nieuws")

    assert "1 ongelezen" in client.get("/?as=U0SANNE&at=C0ALGEMEEN").text
    client.get("/?as=U0SANNE&at=C0FANS")
    assert "ongelezen" not in client.get("/?as=U0SANNE&at=C0ALGEMEEN").text


def test_a_line_shows_where_the_new_messages_begin(client, workspace):
    post(workspace, "U0BRAM", "oud")
    client.get("/?as=U0SANNE&at=C0FANS")
    post(workspace, "U0SANNE", "van mijzelf")
    first = post(workspace, "U0BRAM", "nieuw")
    post(workspace, "U0BRAM", "nieuwer")
    shown = client.get("/?as=U0SANNE&at=C0FANS").text

    assert shown.index("van mijzelf") < shown.index('data-key="new"') < shown.index(">nieuw<")
    assert f'data-new="{first.ts}"' in shown
    assert 'data-key="new"' not in client.get("/?as=U0SANNE&at=C0FANS").text


def test_reactions_and_files_of_a_message_are_shown(client, workspace, somebody):
    message = post(workspace, "U0BRAM", "kijk", reactions={"tada": ["U0SANNE", "U0BRAM"]})
    photo = File("F1", "taart.png", "U0BRAM", 0, 3, "image/png", content=b"png", is_ready=True)
    workspace.files["F1"] = photo
    message.files.append("F1")
    shown = client.get("/?as=U0SANNE&at=C0FANS").text

    assert 'aria-pressed="true" title="Sanne de Vries, Bram Jansen">🎉 2</button>' in shown
    assert '<img src="/files-pri/T0LINDE-F1/taart.png" alt="taart.png">' in shown


def test_commands_and_shortcuts_of_the_app_are_offered(client, workspace):
    post(workspace, "U0BRAM", "iets")
    shown = client.get("/").text

    assert 'data-command="/fan"' in shown
    assert "Vertel een verhaal" in shown
    assert "Op de wand" in shown


def test_a_click_sends_the_element_as_slack_does(client, workspace, somebody):
    button = {"type": "button", "action_id": "clap", "text": plain("👏"), "value": "42"}
    message = post(workspace, "U0BOT", "x", {"type": "actions", "block_id": "acts", "elements": [button]})
    where = {"as": "U0BRAM", "channel": "C0FANS", "ts": message.ts, "block": "acts", "action": "clap"}

    assert client.post("/do/click", data=where).status_code == 204
    action = {"action_id": "clap", "block_id": "acts", "type": "button", "text": plain("👏"), "value": "42"}
    named = {"state": {}, "channel_id": "C0FANS", "message_ts": message.ts}
    assert somebody.did == [("click", "U0BRAM", action, named)]


def test_a_button_that_is_gone_or_hidden_cannot_be_clicked(client, workspace, somebody):
    hidden = {"type": "button", "action_id": "d", "text": plain("Weg"), "visible_to_user_ids": ["U0SANNE"]}
    message = post(workspace, "U0BOT", "x", {"type": "actions", "block_id": "b", "elements": [hidden]})
    where = {"as": "U0BRAM", "channel": "C0FANS", "ts": message.ts, "block": "b"}

    assert client.post("/do/click", data={**where, "action": "d"}).status_code == 400
    assert client.post("/do/click", data={**where, "action": "weg"}).status_code == 400
    assert client.post("/do/click", data={**where, "ts": "1.0", "action": "d"}).status_code == 400
    assert somebody.did == []


def test_a_form_is_sent_in_slacks_shapes(client, workspace, somebody):
    one, two = ({"text": plain(text), "value": text} for text in ("een", "twee"))
    modal(
        workspace,
        field("text", {"type": "plain_text_input"}),
        field("empty", {"type": "email_text_input"}, optional=True),
        field("radio", {"type": "radio_buttons", "options": [one, two]}),
        field("boxes", {"type": "checkboxes", "options": [one, two]}),
        field("people", {"type": "multi_users_select"}),
        field("day", {"type": "datepicker"}),
        field("when", {"type": "datetimepicker"}),
    )
    filled = {"text|a": "hoi", "empty|a": "", "radio|a": "twee", "boxes|a": ["een", "twee"], "people|a": ["U0BRAM"]}
    filled |= {"day|a": "2026-11-21", "when|a": "2026-11-21T10:00"}
    client.post(
        "/do/submit",
        data={"as": "U0SANNE", "view": "V1", "day|a": "2026-11-21", "when|a": "2026-11-21T10:00", **filled},
    )

    [(deed, person, view, state)] = somebody.did
    assert (deed, person, view) == ("submit", "U0SANNE", "V1")
    assert state["text"]["a"] == {"type": "plain_text_input", "value": "hoi"}
    assert state["empty"]["a"]["value"] is None
    assert state["radio"]["a"]["selected_option"] == two
    assert state["boxes"]["a"]["selected_options"] == [one, two]
    assert state["people"]["a"]["selected_users"] == ["U0BRAM"]
    assert state["day"]["a"]["selected_date"] == "2026-11-21"
    assert state["when"]["a"]["selected_date_time"] == 1795251600


def test_a_modal_shows_first_values_and_errors_at_the_field(client, workspace):
    first = field("story", {"type": "plain_text_input", "initial_value": "eerste", "max_length": 80})
    modal(workspace, first, field("day", {"type": "datepicker"}, optional=True), errors={"story": "Te kort."})
    shown = client.get("/?as=U0SANNE").text

    assert 'value="eerste"' in shown
    assert 'data-maxlength="80"' in shown
    assert 'id="V1-story-a-error" role="alert">Te kort.</p>' in shown
    assert "niet verplicht" in shown
    assert "Formulier" not in client.get("/?as=U0BRAM").text


def test_what_was_filled_in_comes_before_the_first_value(client, workspace):
    element = {"type": "plain_text_input", "initial_value": "eerste"}
    modal(workspace, field("story", element), state={"story": {"a": {"type": "plain_text_input", "value": "getypt"}}})

    assert 'value="getypt"' in client.get("/?as=U0SANNE").text


def test_a_photo_that_somebody_handed_in_is_drawn_where_the_app_shows_it(client, workspace):
    workspace.files["F1"] = File("F1", "taart.png", "U0BRAM", 0, 3, "image/png", content=b"png", is_ready=True)
    image = {"type": "image", "alt_text": "Een foto van taart", "slack_file": {"id": "F1"}}
    post(workspace, "U0BOT", "x", image)
    modal(workspace, image)

    for place in ("C0FANS", "home"):
        shown = client.get(f"/?as=U0SANNE&at={place}").text
        assert 'src="/files-pri/T0LINDE-F1/taart.png" alt="Een foto van taart"' in shown


def test_a_private_channel_is_there_for_its_members_alone(client, workspace):
    workspace.add_channel(Channel("C0STIL", "stil", members={"U0SANNE"}, is_private=True))
    post(workspace, "U0SANNE", "onder ons", channel="C0STIL")

    assert "onder ons" in client.get("/?as=U0SANNE&at=C0STIL").text
    assert "aria-label='privé'" in client.get("/?as=U0SANNE").text
    for place in ("C0STIL", "C0FANS"):
        shown = client.get(f"/?as=U0BRAM&at={place}").text
        assert "onder ons" not in shown
        assert "C0STIL" not in shown


def test_a_private_channel_is_a_choice_among_conversations_of_its_members(client, workspace):
    workspace.add_channel(Channel("C0STIL", "stil", members={"U0SANNE"}, is_private=True))
    one, other = ({"type": f"{kind}_select", "action_id": kind} for kind in ("conversations", "channels"))
    post(workspace, "U0BOT", "x", {"type": "actions", "elements": [one, other]})

    assert client.get("/?as=U0SANNE&at=C0FANS").text.count('value="C0STIL"') == 1
    assert 'value="C0STIL"' not in client.get("/?as=U0BRAM&at=C0FANS").text


def test_the_side_bar_leads_to_the_pages_that_its_owner_gives():
    links = [("Scherm <hal>", "/wall/abc"), ("Klanten", "http://127.0.0.1:1/compliment/x"), ("Kwaad", "javascript:x")]
    shown = Browser(Emulator(links=links).app).get("/").text

    assert "<h2>Pagina's</h2>" in shown
    assert '<a href="/wall/abc" target="_blank" rel="noopener noreferrer">' in shown
    assert "Scherm &lt;hal&gt;" in shown
    assert "javascript:" not in shown


def test_pages_that_come_later_are_in_the_side_bar_then():
    links = []
    browser = Browser(Emulator(links=lambda: links).app)

    assert "Pagina's" not in browser.get("/").text
    links.append(("Scherm", "/wall/abc"))
    assert "Pagina's" in browser.get("/").text


def test_home_is_a_tab_of_the_app(client, workspace, somebody):
    assert "laat hier nog niets zien" in client.get("/?as=U0SANNE&at=home").text
    body = {"type": "home", "blocks": with_ids([{"type": "header", "text": plain("Dag Sanne")}])}
    workspace.homes["U0SANNE"] = View("VH", "U0SANNE", body, "hash")

    assert "Dag Sanne" in client.get("/?as=U0SANNE&at=home").text
    client.post("/do/home", data={"as": "U0SANNE"})
    assert somebody.did == [("open_home", "U0SANNE")]


@pytest.mark.parametrize(
    ("deed", "fields", "status", "said"),
    [
        ("close", {"view": "V0GONE"}, 204, ""),  # Escape was pressed twice
        ("submit", {"view": "V0GONE"}, 400, "Dat venster is er niet meer."),
        ("edit", {"channel": "C0FANS", "ts": "1.2", "text": "Anders"}, 400, "Dat bericht is er niet meer."),
    ],
)
def test_what_is_gone_meanwhile_is_said_and_needs_not_be_closed(url, deed, fields, status, said):
    answer = httpx.post(f"{url}/do/{deed}", data={"as": "U0SANNE", **fields}, trust_env=False)

    assert (answer.status_code, answer.text) == (status, said)


def test_other_deeds_reach_the_workspace(client, workspace, somebody):
    post(workspace, "U0BRAM", "iets")
    client.post("/do/close", data={"as": "U0SANNE", "view": "V1", "all": "1"})
    client.post("/do/shortcut", data={"as": "U0SANNE", "callback": "tell", "channel": "C0FANS"})

    assert somebody.did == [
        ("close", "U0SANNE", "V1", {"all_of_them": True}),
        ("shortcut", "U0SANNE", "tell", {"message_ts": None, "channel_id": "C0FANS"}),
    ]
    assert client.post("/do/onzin", data={"as": "U0SANNE"}).status_code == 404
    assert client.post("/do/say", data={"as": "U0SANNE", "channel": "C0FANS", "text": "  "}).status_code == 400
    assert client.post("/do/say", data={"as": "U0SANNE", "channel": "C0WEG", "text": "hoi"}).status_code == 400


def test_more_than_a_field_can_hold_is_refused_in_dutch(client):
    answer = client.post("/do/say", data={"as": "U0SANNE"}, files={"text": (None, "y" * 1_100_000)})

    assert (answer.status_code, answer.text) == (413, "Dat is te veel tekst in één keer.")


def test_the_stream_sends_only_what_changed():
    emulator = Emulator()
    with running(emulator) as url, httpx.stream("GET", f"{url}/stream?as=U0BRAM&at=C0FANS", trust_env=False) as stream:
        events = (json.loads(line[6:]) for line in stream.iter_lines() if line.startswith("data: "))
        assert set(next(events)["fragments"]) == set(FRAGMENTS)
        httpx.post(f"{url}/do/say", data={"as": "U0SANNE", "channel": "C0FANS", "text": "hallo Bram"}, trust_env=False)
        changed = next(events)["fragments"]

    assert "hallo Bram" in changed["main"]
    assert "dialogs" not in changed
