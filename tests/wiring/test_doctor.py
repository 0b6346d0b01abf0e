"""The doctor, against the emulator: each finding, and its remedy."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.emulator.server import Emulator, running
from bot.kernel.clock import RealClock
from bot.settings import Settings
from bot.wiring.doctor import examine
from bot.wiring.manifest import SCOPES
from bot.wiring.server import WebServer
from bot.wiring.web import build_web
from storage.database import Database
from storage.migrate import upgrade
from tests.fakes import FANS, Answered, SmallServer, StoppedClock


def found(tmp_path: Path, clock: RealClock | None = None, **values: Any) -> dict[str, tuple[str, str]]:
    """What the doctor says, and the remedy, by what it looked at."""
    known = {"slack_bot_token": "xoxb-1", "slack_signing_secret": "s", "stories_channel": FANS, "port": 1}
    settings = Settings.model_construct(**known | {"database_url": f"sqlite:///{tmp_path / 'fans.db'}"} | values)
    return {one.what: (one.says, one.remedy) for one in examine(settings, clock or RealClock())}


def test_what_is_in_order_needs_no_remedy(tmp_path: Path) -> None:
    upgrade(Database(f"sqlite:///{tmp_path / 'fans.db'}"))
    with running(Emulator()) as url:
        findings = found(tmp_path, slack_api_url=f"{url}/api/", slack_app_token="xapp-1")

    assert {what for what, (_says, remedy) in findings.items() if remedy} == {"web"}  # the bot itself isn't started
    assert findings["STORIES_CHANNEL"][0] == "the bot is a member"
    assert findings["tables"][0] == "up to date"
    assert findings["outbox"][0] == "nothing is stuck"


@pytest.mark.parametrize(
    ("values", "what", "remedy"),
    [
        ({"slack_signing_secret": ""}, "tokens", "SLACK_APP_TOKEN"),
        ({"slack_bot_token": "xoxb"}, "SLACK_BOT_TOKEN", "Copy it anew"),
        ({"stories_channel": "C0NOWHERE"}, "STORIES_CHANNEL", "/invite"),
        ({"stories_channel": ""}, "STORIES_CHANNEL", "Set it"),
        ({"database_url": "sqlite:////nowhere/at/all.db"}, "database", "DATABASE_URL"),
        ({"public_url": None}, "PUBLIC_URL", "Slack calls that"),
        ({"public_url": "http://127.0.0.1:1/"}, "PUBLIC_URL", "nothing but https"),
        ({"public_url": "https://127.0.0.1:1/?a=b/"}, "PUBLIC_URL", "such as https://fan.example.com"),
        ({"public_url": "https://127.0.0.1:1/#a/"}, "PUBLIC_URL", "such as https://fan.example.com"),
        ({"public_url": "https://127.0.0.1:fan/"}, "PUBLIC_URL", "such as https://fan.example.com"),
        ({"public_url": "https://[1/"}, "PUBLIC_URL", "such as https://fan.example.com"),
        ({"public_url": "https:///"}, "PUBLIC_URL", "such as https://fan.example.com"),
        ({"public_url": "https://127.0.0.1:1/één/"}, "web", "with a path only where"),
        ({"public_url": "https://127.0.0.1:1/slack/events/"}, "web", "with a path only where"),
    ],
)
def test_what_is_wrong_comes_with_its_remedy(tmp_path: Path, values: dict[str, Any], what: str, remedy: str) -> None:
    with running(Emulator()) as url:
        findings = found(tmp_path, slack_api_url=f"{url}/api/", **values)

    assert remedy in findings[what][1]


def test_tables_that_are_behind_are_found(tmp_path: Path) -> None:
    (tmp_path / "fans.db").touch()

    assert "fanperdag migrate" in found(tmp_path)["tables"][1]


def test_a_record_that_is_not_there_yet_is_no_fault_and_looking_does_not_make_it(tmp_path: Path) -> None:
    assert found(tmp_path)["database"] == ("not there yet; the first start makes it", "")
    assert not (tmp_path / "fans.db").exists()


def test_a_database_that_cannot_be_reached_says_why(tmp_path: Path) -> None:
    says, remedy = found(tmp_path, database_url="postgresql+psycopg://nobody@127.0.0.1:1/none")["database"]

    assert "127.0.0.1" in says
    assert remedy


def test_without_a_token_slack_is_not_asked(tmp_path: Path) -> None:
    findings = found(tmp_path, slack_bot_token="")

    assert "SLACK_BOT_TOKEN" in findings["tokens"][1]
    assert "SLACK_BOT_TOKEN" not in findings


def test_a_slack_out_of_reach_is_said_and_the_rest_is_still_looked_at(tmp_path: Path) -> None:
    findings = found(tmp_path, slack_api_url="http://127.0.0.1:1/api/")

    assert "out of reach" in findings["SLACK_BOT_TOKEN"][0]
    assert "database" in findings


def test_a_clock_that_is_off_is_found(tmp_path: Path) -> None:
    with running(Emulator()) as url:
        findings = found(tmp_path, StoppedClock(datetime(2001, 1, 1, tzinfo=UTC)), slack_api_url=f"{url}/api/")

    assert "seconds off" in findings["clock"][0]
    assert findings["clock"][1]


def test_two_commands_of_one_name_are_found(tmp_path: Path) -> None:
    fine = found(tmp_path, slack_api_url="http://127.0.0.1:1/api/")
    twice = found(tmp_path, slack_api_url="http://127.0.0.1:1/api/", command_fan="/fanclub")

    assert fine["commands"] == ("/fan, /klantwand, /idee, /budget, /topfans, /fanclub", "")
    assert "COMMAND_FAN and COMMAND_FANCLUB" in twice["commands"][1]


def test_a_scope_that_is_missing_is_not_blamed_on_the_channel(tmp_path: Path) -> None:
    emulator = Emulator()
    emulator.workspace.scopes = set(SCOPES) - {"channels:history"}
    with running(emulator) as url:
        findings = found(tmp_path, slack_api_url=f"{url}/api/")

    assert "channels:history" in findings["scopes"][0]
    assert "missing_scope" in findings["STORIES_CHANNEL"][0]
    assert "install it again" in findings["STORIES_CHANNEL"][1]
    assert "/invite" not in findings["STORIES_CHANNEL"][1]


def test_the_bot_is_known_at_its_address_and_in_socket_mode_that_may_be_http(tmp_path: Path) -> None:
    server = WebServer("127.0.0.1", 0)
    server.start(build_web([], None, lambda: True))
    url = f"http://127.0.0.1:{server.port}/"
    try:
        here = found(tmp_path, slack_bot_token="", slack_app_token="xapp-1", port=server.port)
        public = found(tmp_path, slack_bot_token="", slack_app_token="xapp-1", public_url=url)
    finally:
        server.stop()

    assert here["web"] == public["web"] == (f"{url} answers 200", "")
    assert "PUBLIC_URL" not in here.keys() | public.keys()


def test_another_program_at_the_address_is_not_taken_for_the_bot(tmp_path: Path, small_server: SmallServer) -> None:
    small_server.answer = Answered(body="ok")
    port = int(small_server.url.rstrip("/").rpartition(":")[2])
    here = found(tmp_path, slack_bot_token="", port=port)
    public = found(tmp_path, slack_bot_token="", slack_app_token="xapp-1", public_url=small_server.url)

    assert "another program" in here["web"][0]
    assert "another PORT" in here["web"][1]
    assert "another program" in public["web"][0]
    assert "PUBLIC_URL" not in public
    assert "https://fan.example.com" in public["web"][1]
