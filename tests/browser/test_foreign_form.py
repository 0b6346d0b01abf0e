"""A form of an app that isn't ours, with menus that it fills and files; and a second workspace to go to."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect
from slack_sdk import WebClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.emulator.clock import Clock
from bot.emulator.roster import de_wilg
from bot.emulator.server import Emulator, running
from tests.browser.conftest import Open
from tests.emulator.clients import SocketBot

DISHES = ["Soep", "Salade", "Tosti", "<b>Taart</b>"]


def plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}


def block(name: str, label: str, element: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "input", "block_id": name, "label": plain(label), "element": {"action_id": "a", **element}, **more}


ORDER = {
    "type": "modal",
    "title": plain("Lunch"),
    "submit": plain("Bestel"),
    "blocks": [
        block("dish", "Gerecht", {"type": "external_select", "min_query_length": 1}),
        block("more", "Erbij", {"type": "multi_external_select", "min_query_length": 0, "max_selected_items": 2}),
        block("bill", "Bon", {"type": "file_input", "filetypes": ["png", "pdf"]}),
        block("note", "Wens", {"type": "plain_text_input", "max_length": 10}, optional=True),
    ],
}


class LunchApp:
    """Opens its form on any command, and keeps what was handed in."""

    def __init__(self, url: str) -> None:
        self._slack = WebClient("xoxb-test", base_url=f"{url}/api/")
        self.handed_in: dict[str, Any] = {}
        self.bot = SocketBot(url, self._answer)

    def _answer(self, request: SocketModeRequest) -> Any:
        payload = request.payload
        if request.type == "slash_commands":
            self._slack.views_open(trigger_id=payload["trigger_id"], view=ORDER)
        elif payload.get("type") == "block_suggestion":
            found = [dish for dish in DISHES if payload["value"].lower() in dish.lower()]
            return {"options": [{"text": plain(dish), "value": dish} for dish in found]}
        elif payload.get("type") == "view_submission":
            self.handed_in = {name: held["a"] for name, held in payload["view"]["state"]["values"].items()}
        return None


@pytest.fixture
def address() -> Iterator[str]:
    clock = Clock()
    with running(Emulator(clock=clock, others=[de_wilg(clock)])) as url:
        yield url


@pytest.fixture
def app(address: str) -> Iterator[LunchApp]:
    app = LunchApp(address)
    yield app
    app.bot.close()


def test_menus_that_the_app_fills_and_files_outlive_a_reload_and_arrive(open_as: Open, app: LunchApp) -> None:
    page = open_as("U0SANNE")
    page.locator("#composer").fill("/lunch")
    page.keyboard.press("Enter")
    form = page.locator("dialog[open]")
    dish, more, bill = (form.locator(f"[data-group='{name}|a']") for name in ("dish", "more", "bill"))

    dish.locator("summary").press("Enter")
    expect(dish.locator("[data-suggest]")).to_be_focused()  # a browser tells of what unfolds a little later
    page.keyboard.type("taart")
    expect(dish.get_by_role("radio")).to_have_count(1)
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(dish.locator("summary")).to_have_text("<b>Taart</b>")
    more.locator("summary").click()
    for name in ("Soep", "Salade", "Tosti"):
        more.get_by_label(name).check()
    wrong, right = ({"name": name, "mimeType": "image/png", "buffer": b"x"} for name in ("bon.gif", "bon.PNG"))
    bill.locator("input[type=file]").set_input_files([wrong])
    expect(form.get_by_text("Dit veld neemt geen bon.gif")).to_be_visible()
    bill.locator("input[type=file]").set_input_files([right])
    expect(bill.get_by_role("listitem")).to_have_count(1)
    form.get_by_label("Wens").fill("veel te lange wens")
    page.reload()

    expect(dish.locator("summary")).to_have_text("<b>Taart</b>")
    expect(more.locator("summary")).to_have_text("Soep, Salade, Tosti")
    form.get_by_role("button", name="Bestel").click()
    expect(form.get_by_text("Kies er hoogstens 2.")).to_be_visible()
    expect(form.get_by_text("Gebruik hoogstens 10 tekens; nu zijn het er 18.")).to_be_visible()
    more.locator("summary").click()
    more.get_by_label("Tosti").uncheck()
    expect(form.get_by_text("Kies er hoogstens 2.")).to_have_count(0)
    form.get_by_label("Wens").fill("te lang")
    form.get_by_role("button", name="Bestel").click()
    expect(form).to_have_count(0)

    assert app.handed_in["dish"]["selected_option"]["value"] == "<b>Taart</b>"
    assert [one["value"] for one in app.handed_in["more"]["selected_options"]] == ["Soep", "Salade"]
    assert [file["name"] for file in app.handed_in["bill"]["files"]] == ["bon.PNG"]
    assert app.handed_in["note"]["value"] == "te lang"


def test_one_goes_to_the_other_workspace_and_back_with_the_keyboard(open_as: Open) -> None:
    page = open_as("U0BRAM", at="C0ALGEMEEN")
    page.get_by_role("link", name="De Linde").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(page.locator("h1")).to_have_text("#algemeen")
    expect(page.get_by_role("link", name="Noor van Dam")).to_have_attribute("aria-current", "true")
    page.get_by_role("link", name="De Linde").click()
    expect(page.get_by_role("link", name="Sanne de Vries")).to_have_attribute("aria-current", "true")
