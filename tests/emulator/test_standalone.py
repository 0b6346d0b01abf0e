"""The emulator as a program of its own."""

import json
import subprocess
import sys
from contextlib import contextmanager

import httpx
import pytest
from slack_sdk import WebClient

from tests.emulator.clients import PATIENCE, Control


@contextmanager
def program(*arguments):
    """The three lines that it prints, while it runs."""
    command = [sys.executable, "-m", "bot.emulator", "--port", "0", *arguments]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        yield [process.stdout.readline().strip() for _ in range(3)]
    finally:
        process.terminate()
        process.wait(PATIENCE)
        process.stdout.close()


def test_it_tells_where_it_is_and_serves_a_bot_there(tmp_path):
    manifest = tmp_path / "manifest.json"
    manifest.write_text(json.dumps({"features": {"slash_commands": [{"command": "/fan"}]}}))

    with program("--manifest", str(manifest)) as (page, _, environment):
        url = page.removeprefix("Page: ").rstrip("/")
        settings = dict(word.split("=", 1) for word in environment.removeprefix("Bot: ").split())
        client = WebClient(settings["SLACK_BOT_TOKEN"], base_url=settings["SLACK_API_URL"])

        assert client.auth_test()["team"] == "De Linde"
        assert settings["SLACK_APP_TOKEN"].startswith("xapp-")
        control = Control(url)
        outcome = control("command", user="sanne", channel="#fans", command="/fen")
        assert outcome["failure"] == "unknown_command"
        control.close()


def test_it_answers_to_no_other_name_than_its_own():
    with program() as (page, _, _):
        url = page.removeprefix("Page: ").rstrip("/")
        port = url.rpartition(":")[2]
        codes = [
            httpx.get(url, headers={"Host": host}, trust_env=False).status_code
            for host in (f"127.0.0.1:{port}", f"localhost:{port}", f"kwaad.example:{port}")
        ]

    assert codes == [200, 200, 400]


def test_a_manifest_that_can_not_be_read_is_said_in_one_line(tmp_path):
    manifest = tmp_path / "manifest.json"
    manifest.write_text("[" * 50_000)
    ended = subprocess.run(
        [sys.executable, "-m", "bot.emulator", "--manifest", str(manifest)], capture_output=True, text=True
    )

    assert (ended.returncode, ended.stderr.count("\n")) == (1, 1)


@pytest.mark.parametrize(
    ("option", "given", "word"),
    [
        ("--port", "99999", "port"),
        ("--manifest", "nowhere.json", "nowhere.json"),
        ("--request-url", "banana", "banana"),
        ("--request-url", "ftp://127.0.0.1/", "http://"),
    ],
)
def test_what_it_can_not_start_with_is_said_in_one_line(option, given, word):
    ended = subprocess.run([sys.executable, "-m", "bot.emulator", option, given], capture_output=True, text=True)

    assert ended.returncode == 1
    assert word in ended.stderr
    assert ended.stderr.count("\n") == 1


def test_it_names_the_secret_when_it_delivers_over_http():
    with program("--request-url", "http://127.0.0.1:9/", "--signing-secret", "geheim") as lines:
        assert "SLACK_SIGNING_SECRET=geheim" in lines[2]
