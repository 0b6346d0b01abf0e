"""Fields of the page that need the server while somebody fills them in: uploads, and menus that the app fills."""

import httpx
import pytest

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
