"""The command line, as it is typed: exit codes, and what is printed where."""

import csv
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any, Protocol

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from bot import __main__ as start
from bot import cli
from bot.features.stories import actions
from bot.settings import Settings
from storage.database import Database
from storage.links import LinkKind, PublicLink
from storage.migrate import pending, upgrade
from storage.workspaces import enter_workspace
from tests.fakes import FANS, Answered, FakeOffice, SmallServer
from tests.features.stories.test_actions import UMBRELLA

HERE = Path(__file__).parent.parent
PATIENCE = 60  # seconds; a command takes one or two, on a busy machine more


def environment(**values: str) -> dict[str, str]:
    """Ours, without any setting of the bot that happens to be in it."""
    bare = {name: value for name, value in os.environ.items() if name.lower() not in Settings.model_fields}
    return bare | values


@dataclass
class Done:
    returncode: int
    stdout: str
    stderr: str


class Typed(Protocol):
    """Types a command, with settings in its environment, in a folder of its own."""

    def __call__(self, *arguments: str, **values: str) -> Done: ...


@pytest.fixture
def fanperdag(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Typed:
    """In this process, which saves the second that a new one takes to start; its log stays as it is."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(cli, "configure_logs", lambda *_: None)

    def typed(*arguments: str, **values: str) -> Done:
        monkeypatch.setattr(sys, "argv", ["fanperdag", *arguments])
        monkeypatch.setattr(os, "environ", environment(**values))
        with pytest.raises(SystemExit) as ended:
            cli.main()
        return Done(int(ended.value.code or 0), *capfd.readouterr())

    return typed


@pytest.fixture
def fanperdag_process(tmp_path: Path) -> Typed:
    """In a process of its own, as people start it."""

    def typed(*arguments: str, **values: str) -> Done:
        done = subprocess.run(
            [sys.executable, "-m", "bot", *arguments], cwd=tmp_path, env=environment(PYTHONPATH=str(HERE), **values),
            capture_output=True, text=True, timeout=PATIENCE, check=False,
        )  # fmt: skip
        return Done(done.returncode, done.stdout, done.stderr)

    return typed


def one_line(done: Done) -> str:
    """The one line that a command which gave up printed."""
    assert done.returncode == 2, done.stderr
    [line] = done.stderr.strip().splitlines()
    assert line.startswith("fanperdag: ")
    assert done.stdout == ""
    return line


def test_without_a_token_it_names_the_demo(tmp_path: Path, fanperdag_process: Typed) -> None:
    line = one_line(fanperdag_process("run"))

    assert "SLACK_BOT_TOKEN" in line
    assert "fanperdag demo" in line
    assert list(tmp_path.iterdir()) == []


def test_a_name_in_the_file_that_is_nearly_a_setting_is_warned_about(tmp_path: Path, fanperdag: Typed) -> None:
    (tmp_path / ".env").write_text("STORY_CHANNEL=C0GEHEIM\nOTHER=1\n", encoding="utf-8")
    with capture_logs() as logs:
        done = fanperdag("manifest")

    assert done.returncode == 0
    assert [entry["event"] for entry in logs] == ["STORY_CHANNEL in .env is no setting; is STORIES_CHANNEL meant?"]


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, "SLACK_APP_TOKEN"),
        ({"SLACK_BOT_TOKEN": "xoxp-1", "SLACK_APP_TOKEN": "xapp-1"}, "SLACK_BOT_TOKEN"),
        ({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "geheim"}, "SLACK_APP_TOKEN"),
        ({"PORT": "drieduizend"}, "PORT"),
    ],
)
def test_what_cannot_work_is_one_line_that_names_the_variable(
    values: dict[str, str], named: str, fanperdag: Typed
) -> None:
    line = one_line(fanperdag("run", **values))

    assert named in line
    assert "geheim" not in line


def test_a_token_that_slack_refuses_is_named(small_server: SmallServer, fanperdag_process: Typed) -> None:
    small_server.answer = Answered(body='{"ok": false, "error": "invalid_auth"}')
    tokens = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s", "SLACK_API_URL": small_server.url}
    line = one_line(fanperdag_process("run", PORT="0", **tokens))

    assert "SLACK_BOT_TOKEN" in line
    assert "invalid_auth" in line


@pytest.mark.parametrize("command", ["run", "migrate", "export stories"])
def test_a_database_of_a_newer_version_is_left_alone(tmp_path: Path, command: str, fanperdag: Typed) -> None:
    path = tmp_path / "newer.db"
    database = Database(f"sqlite:///{path}")
    upgrade(database)
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    database.close()
    tokens = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s", "PORT": "0"}
    line = one_line(fanperdag(*command.split(), DATABASE_URL=f"sqlite:///{path}", **tokens))

    assert "DATABASE_URL" in line
    assert "newer" in line
    assert "9999" in line


@pytest.mark.parametrize("url", ["sqlite:////nowhere/at/all/fan.db", "postgresql+psycopg://fan:geheim@127.0.0.1:1/fan"])
def test_a_database_that_cannot_be_opened_is_one_line_without_a_password(url: str, fanperdag: Typed) -> None:
    line = one_line(fanperdag("migrate", DATABASE_URL=url))

    assert "DATABASE_URL" in line
    assert "geheim" not in line


def test_a_port_that_is_taken_is_one_line(small_server: SmallServer, fanperdag: Typed) -> None:
    port = small_server.url.rstrip("/").rpartition(":")[2]
    tokens = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s", "SLACK_API_URL": small_server.url}
    line = one_line(fanperdag("run", PORT=port, **tokens))

    assert port in line


def test_it_starts_while_slack_is_away_and_stops_when_it_is_asked_to(tmp_path: Path, small_server: SmallServer) -> None:
    url = small_server.url
    small_server.stop()
    holding = socket.socket()  # nobody listens there, and nobody else can
    holding.bind(("127.0.0.1", int(url.rstrip("/").rpartition(":")[2])))
    values = environment(
        PYTHONPATH=str(HERE), SLACK_BOT_TOKEN="xoxb-1", SLACK_SIGNING_SECRET="s",
        SLACK_API_URL=url, STORIES_CHANNEL="C1", PORT="0",
    )  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "run"], cwd=tmp_path, env=values, stderr=subprocess.PIPE, text=True
    )
    given_up = threading.Timer(PATIENCE, process.kill)
    given_up.start()
    try:
        assert process.stderr is not None
        said = []
        for line in process.stderr:
            said.append(line)
            if "out of reach" in line:
                break
        assert any("serving" in line for line in said)
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=PATIENCE)
        assert process.returncode == 0
    finally:
        process.kill()
        process.wait()
        given_up.cancel()
        holding.close()


@pytest.mark.parametrize("mode", ["socket", "http"])
def test_the_manifest_is_printed_alone_and_its_link_beside_it(mode: str, fanperdag: Typed) -> None:
    done = fanperdag("manifest", "--mode", mode, PUBLIC_URL="https://fan.example.nl")

    assert done.returncode == 0
    assert json.loads(done.stdout)["settings"]["socket_mode_enabled"] is (mode == "socket")
    assert "https://api.slack.com/apps?new_app=1&manifest_json=" in done.stderr


def test_the_manifest_over_http_needs_an_address(fanperdag: Typed) -> None:
    assert "PUBLIC_URL" in one_line(fanperdag("manifest", "--mode", "http"))


def test_migrating_makes_the_tables_and_a_second_time_does_nothing(tmp_path: Path, fanperdag: Typed) -> None:
    first = fanperdag("migrate")
    second = fanperdag("migrate")

    assert (first.returncode, first.stdout) == (0, "The tables were brought up to date.\n")
    assert (second.returncode, second.stdout) == (0, "The tables were up to date.\n")
    database = Database(f"sqlite:///{tmp_path}/fanperdag.db")
    assert not pending(database)
    database.close()


@pytest.mark.parametrize("form", ["csv", "json"])
def test_the_export_goes_to_standard_output(office: FakeOffice, form: str, fanperdag: Typed) -> None:
    actions.share_story(office.services, office.person("U0SANNE", "Sanne"), UMBRELLA)
    url = office.services.database.address
    done = fanperdag("export", "stories", "--format", form, DATABASE_URL=url)

    assert done.returncode == 0, done.stderr
    rows: list[dict[str, Any]] = (
        json.loads(done.stdout) if form == "json" else list(csv.DictReader(StringIO(done.stdout, newline="")))
    )
    assert [(row["teller"], row["text"]) for row in rows] == [("Sanne", UMBRELLA)]
    assert FANS not in done.stdout


@pytest.mark.parametrize("what", ["compliments", "ideas", "spending", "figures"])
def test_each_export_is_there_and_says_nothing_beside_it_outside_a_terminal(
    office: FakeOffice, what: str, fanperdag: Typed
) -> None:
    url = office.services.database.address
    done = fanperdag("export", what, "--month", "2026-11", DATABASE_URL=url)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("workspace,")


def test_a_terminal_is_told_how_far_an_export_is(
    office: FakeOffice, fanperdag: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(2):
        actions.share_story(office.services, office.person("U0SANNE", "Sanne"), f"{UMBRELLA} {number}")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    done = fanperdag("export", "stories", DATABASE_URL=office.services.database.address)

    assert "2/2" in done.stderr
    assert len(list(csv.DictReader(StringIO(done.stdout, newline="")))) == 2


@pytest.mark.parametrize(
    "month", ["2026-13", "2026-1", "november", "2026-11-01", "２026-11", "0000-01", "0001-01", "9999-12"]
)
def test_a_month_that_is_none_is_one_line(month: str, fanperdag: Typed) -> None:
    assert "--month" in one_line(fanperdag("export", "stories", "--month", month))


@pytest.mark.parametrize("month", ["2000-01", "2099-12"])
def test_a_month_far_away_is_an_export_of_nothing(office: FakeOffice, month: str, fanperdag: Typed) -> None:
    done = fanperdag("export", "figures", "--month", month, DATABASE_URL=office.services.database.address)

    assert (done.returncode, done.stderr, len(done.stdout.splitlines())) == (0, "", 1)


def test_an_export_of_nothing_makes_no_record(fanperdag: Typed, tmp_path: Path) -> None:
    path = tmp_path / "typo.db"

    assert "there is no record there" in one_line(fanperdag("export", "stories", DATABASE_URL=f"sqlite:///{path}"))
    assert not path.exists()


def test_there_is_no_export_of_anything_else(fanperdag: Typed) -> None:
    line = one_line(fanperdag("export", "people"))

    assert "people" in line
    assert "stories" in line


def test_each_command_explains_itself(fanperdag: Typed) -> None:
    done = fanperdag("--help")

    assert done.returncode == 0
    for command in ("run", "demo", "manifest", "migrate", "export"):
        assert command in done.stdout


@pytest.mark.parametrize("command", ["run", "migrate", "export stories", "poster"])
def test_a_file_that_is_no_database_is_one_line(tmp_path: Path, command: str, fanperdag: Typed) -> None:
    (tmp_path / "bad.db").write_text("no database", encoding="utf-8")
    tokens = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s", "PORT": "0"}
    line = one_line(fanperdag(*command.split(), DATABASE_URL="sqlite:///bad.db", **tokens))

    assert "DATABASE_URL: the database can't be used (file is not a database)" in line


def test_a_poster_is_written_where_that_can_be(tmp_path: Path, fanperdag: Typed) -> None:
    database = Database(f"sqlite:///{tmp_path / 'fans.db'}")
    upgrade(database)
    with database.writing() as tx:
        now = datetime(2026, 10, 14, 7, tzinfo=UTC)
        workspace = enter_workspace(tx, "T0EIK", now).id or 0
        tx.add(PublicLink(workspace_id=workspace, kind=LinkKind.CUSTOMERS, token="x" * 22, name="Winkel", made_at=now))
    database.close()
    tokens = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s", "PUBLIC_URL": "https://fans.example"}
    settings = tokens | {"DATABASE_URL": "sqlite:///fans.db"}

    done = fanperdag("poster", "Winkel", **settings)
    line = one_line(fanperdag("poster", "Winkel", "--to", "nowhere/poster.pdf", **settings))

    assert (done.returncode, done.stdout) == (0, "The poster is in poster.pdf.\n")
    assert (tmp_path / "poster.pdf").read_bytes().startswith(b"%PDF")
    assert "Can't write nowhere/poster.pdf (No such file or directory)" in line


def test_ctrl_c_is_quiet_also_before_a_command_has_begun(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "main", interrupted)

    with pytest.raises(SystemExit) as ended:
        start.main()

    assert ended.value.code == 130
    assert capfd.readouterr() == ("", "")
