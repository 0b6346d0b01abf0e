"""An app of somebody else, developed against `python -m bot.emulator`: over Socket Mode, and over signed HTTP."""

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.emulator.clients import PATIENCE, Control
from tests.emulator.test_standalone import program
from tests.programs import free_port

APP = Path(__file__).with_name("lunch_app.py")
MANIFEST = """{
  "display_information": {"name": "Lunch"},
  "features": {
    "slash_commands": [{"command": "/lunch", "description": "Bestel"}],
    "shortcuts": [{"name": "Prijs", "type": "message", "callback_id": "praise"}]
  },
  "oauth_config": {"scopes": {"bot": ["chat:write", "commands", "files:write", "reactions:write", "im:history"]}},
  "settings": {"event_subscriptions": {"bot_events": ["app_home_opened", "message.im"]}}
}"""


@contextmanager
def lunch_app(settings, *arguments):
    environment = {**os.environ, **settings}
    process = subprocess.Popen([sys.executable, str(APP), *arguments], env=environment, stdout=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        process.wait(PATIENCE)


@pytest.fixture(params=["socket", "http"])
def control(request, tmp_path):
    """The emulator and the app, each a program of its own, as their two lines of output bring them together."""
    port = str(free_port())
    manifest = tmp_path / "manifest.json"
    manifest.write_text(MANIFEST)
    url = ["--request-url", f"http://127.0.0.1:{port}/slack/events"] if request.param == "http" else []
    with program("--manifest", str(manifest), *url) as (page, _, environment):
        settings = dict(word.split("=", 1) for word in environment.removeprefix("Bot: ").split())
        with lunch_app(settings, *([port] if url else [])):
            control = Control(page.removeprefix("Page: ").rstrip("/"))
            wait_until_it_answers(control)
            yield control
            control.close()


def wait_until_it_answers(control):
    control("say", user="jeroen", channel="@jeroen", text="taart")
    [said] = control.get("messages", channel="@jeroen")
    ask = {"user": "jeroen", "callback_id": "praise", "channel": "@jeroen", "ts": said["ts"]}
    end = time.monotonic() + 3 * PATIENCE
    while not control("shortcut", **ask)["ok"]:
        assert time.monotonic() < end, "the app doesn't answer"
        time.sleep(0.05)


def test_an_app_that_knows_nothing_of_the_emulator_works_with_it(control):
    assert control("command", user="sanne", channel="#fans", command="/lunch")["ok"]
    assert control.get("views", user="sanne", wait=PATIENCE)[0]["title"]["text"] == "Lunch"

    offered = control("suggest", user="sanne", action_id="dish", query="s")["options"]
    assert [option["value"] for option in offered] == ["Soep", "Salade", "Tosti"]
    assert control("submit", user="sanne", values={"Gerecht": "Soep"})["errors"] == {"order": "De soep is op"}
    assert control("submit", user="sanne", values={"Gerecht": "Salade"})["closed"]
    [posted] = control.get("messages", channel="#fans", wait=PATIENCE)
    assert posted["blocks"][0]["text"]["text"] == "<@U0SANNE> neemt Salade"

    assert control("click", user="bram", action_id="me_too")["ok"]
    assert control.get("ephemerals", user="bram", wait=PATIENCE)[0]["text"] == "Staat genoteerd"
    assert control.get("messages", channel="#fans")[0]["reactions"] == {"fork_and_knife": ["U0BOT"]}

    control("say", user="fatima", channel="@fatima", text="de kaart graag")
    answer = control.get("messages", channel="@fatima", contains="De kaart", wait=PATIENCE)
    assert len(answer[-1]["files"]) == 1

    control("home", user="fatima")
    assert control.get("home", user="fatima", wait=PATIENCE)["blocks"][0]["text"]["text"] == "Lunch"
    said = control.get("messages", channel="@jeroen", contains="Smakelijk", wait=PATIENCE)
    assert said[0]["text"] == "Smakelijk: taart"
