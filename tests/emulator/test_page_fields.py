"""Fields of the page that need the server while somebody fills them in: uploads, and menus that the app fills."""

import httpx
import pytest

from bot.emulator.answers import answer
from bot.emulator.forms import MOST_FILE_BYTES

OPTIONS = [{"text": {"type": "plain_text", "text": f"Klant {name}"}, "value": name} for name in ("a", "b")]
BLOCK = {
    "type": "actions",
    "block_id": "who",
    "elements": [{"type": "external_select", "action_id": "customer", "min_query_length": 2}],
}


@pytest.fixture
def do(url):
    def post(deed: str, files=None, **fields: str) -> httpx.Response:
        return httpx.post(f"{url}/do/{deed}", data={"as": "U0SANNE", **fields}, files=files, trust_env=False)

    return post


@pytest.fixture
def menu(slack):
    """Where a menu stands that the app fills."""
    ts = slack.chat_postMessage(channel="C0FANS", text="kies", blocks=[BLOCK])["ts"]
    return {"channel": "C0FANS", "ts": ts, "block": "who", "action": "customer"}


def test_the_app_fills_a_menu_and_hears_what_was_chosen(do, menu, connect):
    bot = connect(lambda request: {"options": OPTIONS} if request.payload["type"] == "block_suggestion" else None)
    offered = do("suggest", **menu, typed="kla")

    assert offered.json() == {"options": [{"value": "a", "text": "Klant a"}, {"value": "b", "text": "Klant b"}]}
    assert do("click", **menu, value="b").status_code == 204
    assert bot.next().payload["value"] == "kla"
    assert bot.next().payload["actions"][0]["selected_option"] == OPTIONS[1]


def test_too_few_characters_do_not_bother_the_app(do, menu):
    assert do("suggest", **menu, typed="k").json() == {"options": []}


def test_a_menu_of_an_app_that_is_away_says_so(do, menu):
    answer = do("suggest", **menu, typed="klant")

    assert (answer.status_code, answer.text) == (400, "De app gaf geen keuzes.")


def test_a_file_is_uploaded_for_a_form(do, emulator):
    kept = do("upload", files={"file": ("taart.png", b"png", "image/png")}).json()

    assert kept["name"] == "taart.png"
    assert emulator.workspace.files[kept["id"]].content == b"png"
    assert do("upload").text == "Kies eerst een bestand."
    large = do("upload", files={"file": ("groot.bin", b"x" * (MOST_FILE_BYTES + 1))})
    assert (large.status_code, large.text) == (400, "Een bestand mag hoogstens 10 MB groot zijn.")


def test_a_reaction_comes_and_goes(do, emulator, slack):
    ts = slack.chat_postMessage(channel="C0FANS", text="hoi")["ts"]
    do("react", channel="C0FANS", ts=ts, name="+1")
    assert emulator.workspace.message("C0FANS", ts).reactions == {"+1": ["U0SANNE"]}
    do("react", channel="C0FANS", ts=ts, name="+1")
    assert emulator.workspace.message("C0FANS", ts).reactions == {}


def test_ones_own_message_is_changed_and_deleted(do, emulator, connect):
    bot = connect()
    emulator.workspace.im_of("U0SANNE")
    do("say", channel="D0SANNE", text="hoi @bram, 1 < 2 in #fans")
    [message] = emulator.workspace.messages["D0SANNE"]
    shown = httpx.get(f"{emulator.workspace.address}?as=U0SANNE&at=D0SANNE", trust_env=False).text
    assert 'data-own="hoi @bram, 1 &lt; 2 in #fans"' in shown

    where = {"channel": "D0SANNE", "ts": message.ts}
    assert do("edit", **where, text=" ").text == "Typ eerst een bericht."
    assert do("edit", **where, text="dag").status_code == 204
    assert do("erase", **where).status_code == 204
    events = [bot.next().payload["event"] for _ in range(3)]
    assert [event.get("subtype") for event in events] == [None, "message_changed", "message_deleted"]
    assert (events[1]["message"]["text"], events[1]["previous_message"]["text"]) == ("dag", events[0]["text"])


def test_nobody_changes_what_somebody_else_said(do, emulator, slack):
    ts = slack.chat_postMessage(channel="C0FANS", text="hoi")["ts"]

    assert do("edit", channel="C0FANS", ts=ts, text="dag").text == "Dat kan niet: cant_update_message."
    assert do("erase", channel="C0FANS", ts=ts).text == "Dat kan niet: cant_delete_message."
    shown = httpx.get(f"{emulator.workspace.address}?as=U0SANNE&at=C0FANS", trust_env=False).text
    assert "data-own" not in shown


def test_what_is_wrong_comes_back_with_the_form(do, slack, control, connect, emulator):
    wrong = {"response_action": "errors", "errors": {"day": "Te vroeg."}}
    bot = connect(lambda request: wrong if request.payload.get("type") == "view_submission" else None)
    words = {"type": "plain_text", "text": "Dag"}
    element = {"type": "datepicker", "action_id": "a", "initial_date": "2026-11-20"}
    block = {"type": "input", "block_id": "day", "label": words, "element": element, "dispatch_action": True}
    control("command", user="sanne", channel="#fans", command="/dag")
    trigger = bot.next().payload["trigger_id"]
    view = {"type": "modal", "title": words, "submit": words, "blocks": [block]}
    opened = slack.views_open(trigger_id=trigger, view=view)["view"]["id"]

    assert do("submit", view=opened, **{"day|a": "2026-11-20"}).json() == {"errors": {"day": "Te vroeg."}}
    [shown] = emulator.workspace.modals["U0SANNE"]
    assert shown.errors == {"day": "Te vroeg."}
    do("click", view=opened, block="day", action="a", value="2026-11-21", **{"day|a": "2026-11-21"})
    assert shown.errors == {}


@pytest.mark.parametrize(
    "odd", ["", "x" * 10_000, "0000-00-00", "275760-09-13", "9999-12-31T23:59", "0001-01-01T00:00", "\0", "\ud800"]
)
def test_odd_input_is_no_choice(odd):
    for kind, key in (("datepicker", "date"), ("timepicker", "time"), ("datetimepicker", "date_time")):
        given = answer({"type": kind}, [odd], "Europe/Amsterdam", [])
        assert given == {"type": kind, f"selected_{key}": None}
    assert answer({"type": "static_select"}, [odd], "Europe/Amsterdam", [])["selected_option"] is None


def test_a_line_ends_as_it_does_in_slack(do, emulator):
    do("say", channel="C0FANS", text="een\r\ntwee")

    assert emulator.workspace.messages["C0FANS"][0].text == "een\ntwee"


@pytest.mark.parametrize("name", ["geen_emoji", ":tada:", "x" * 10_000, ""])
def test_only_an_emoji_is_a_reaction(do, slack, name):
    ts = slack.chat_postMessage(channel="C0FANS", text="hoi")["ts"]

    assert do("react", channel="C0FANS", ts=ts, name=name).text == "Dat kan niet: invalid_name."


def test_an_emoji_that_was_typed_by_name_is_one(do, emulator):
    do("say", channel="C0FANS", text="Dag :tada: om 10:30:00 :geen:")

    [message] = emulator.workspace.messages["C0FANS"]
    [section] = message.blocks[0]["elements"]
    assert section["elements"] == [
        {"type": "text", "text": "Dag "},
        {"type": "emoji", "name": "tada", "unicode": "1f389"},
        {"type": "text", "text": " om 10:30:00 :geen:"},
    ]
    assert message.text == "Dag :tada: om 10:30:00 :geen:"
