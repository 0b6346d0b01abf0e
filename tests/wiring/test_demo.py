"""What the demo keeps, and what it says when it can't: nothing that was kept is lost."""

import fcntl
import json
import os
import threading
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest
from structlog.testing import capture_logs

from bot.emulator.keeping import load_workspace, save_workspace
from bot.emulator.model import Message
from bot.emulator.origins import HOST as LOOPBACK
from bot.emulator.server import Emulator
from bot.settings import SettingsError
from bot.wiring import demo as demo_of
from bot.wiring.demo import Demo, run_demo
from bot.wiring.server import AddressTakenError, WebServer
from tests.programs import wait_until


def refused(folder: Path) -> str:
    """The one line that says why a demo can't be kept there."""
    server = WebServer(LOOPBACK, 0)
    try:
        with pytest.raises(SettingsError) as error:
            Demo(server, folder)
    finally:
        server.stop()
    [line] = str(error.value).splitlines()
    assert line.startswith(f"--keep {folder}: can't be used (")
    return line


@pytest.mark.parametrize("port", [99999, -1])
def test_a_port_that_is_none_is_said(tmp_path: Path, port: int) -> None:
    with pytest.raises(AddressTakenError, match=f"port {port} .*0-65535"):
        run_demo(port, tmp_path, "nl")


def test_a_host_with_a_name_that_is_none_is_said() -> None:
    with pytest.raises(AddressTakenError, match="Can't listen on"):
        WebServer(f"{'x' * 64}.nl", 0)


@pytest.fixture
def no_signals(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo_of, "stop_signal", threading.Event)


@pytest.mark.usefixtures("no_signals")
def test_a_path_that_can_be_no_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(SettingsError, match=r"file/x: can't be used \(Not a directory"):
        run_demo(0, tmp_path / "file" / "x", "nl")


@pytest.mark.usefixtures("no_signals")
def test_a_folder_in_which_another_demo_is_at_work_is_said(tmp_path: Path) -> None:
    handle = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        with pytest.raises(SettingsError, match="another demo is at work there"):
            run_demo(0, tmp_path, "nl")
    finally:
        os.close(handle)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("written", ["{", "[]", "{}", "5", "\x00"])
def test_a_workspace_that_is_broken_is_said_and_left_as_it_is(tmp_path: Path, written: str) -> None:
    (tmp_path / "workspace.json").write_text(written, encoding="utf-8")
    (tmp_path / "demo.db").touch()

    assert "Choose another folder" in refused(tmp_path)
    assert {kept.name: kept.read_text(encoding="utf-8") for kept in tmp_path.iterdir()} == {
        "workspace.json": written,
        "demo.db": "",
    }


def test_a_workspace_without_anybody_is_said(tmp_path: Path) -> None:
    kept = tmp_path / "workspace.json"
    save_workspace(Emulator().workspace, kept)
    kept.write_text(json.dumps(json.loads(kept.read_text(encoding="utf-8")) | {"users": []}), encoding="utf-8")

    assert "holds nobody" in refused(tmp_path)


def test_a_record_that_is_no_database_is_said(tmp_path: Path) -> None:
    save_workspace(Emulator().workspace, tmp_path / "workspace.json")
    (tmp_path / "demo.db").write_text("no database", encoding="utf-8")

    assert "file is not a database" in refused(tmp_path)


class Watched(dict[str, list[Message]]):
    """The messages of a workspace, and in which threads they were looked through."""

    def __init__(self, messages: dict[str, list[Message]]) -> None:
        super().__init__(messages)
        self.threads: set[str] = set()

    def values(self) -> Any:
        self.threads.add(threading.current_thread().name)
        return super().values()


def reasons(logs: Iterable[Mapping[str, Any]]) -> set[str]:
    return {line["reason"] for line in list(logs) if line["event"] == "workspace not kept"}


def test_the_workspace_is_kept_after_each_change_and_goes_on_when_it_can_not_be(tmp_path: Path) -> None:
    demo, kept = Demo(WebServer(LOOPBACK, 0), tmp_path), tmp_path / "workspace.json"

    def says(text: str) -> None:
        form = {"as": "U0SANNE", "channel": "C0ALGEMEEN", "text": text}
        assert httpx.post(f"{demo.url}/do/say", data=form, trust_env=False).status_code == 204

    demo.start()
    try:
        watched = demo.emulator.workspace.messages = Watched(demo.emulator.workspace.messages)
        says("Wie heeft de sleutel")
        wait_until(lambda: "Wie heeft de sleutel" in kept.read_text(encoding="utf-8"), "what was said was kept")
        assert watched.threads == {"web"}  # no other thread is to look while a request changes it

        with capture_logs() as logs:
            (tmp_path / "workspace.part").mkdir()
            says("Op de balie")
            wait_until(lambda: bool(reasons(logs)), "the log says that it was not kept")
        assert reasons(logs) == {"Is a directory"}
        (tmp_path / "workspace.part").rmdir()
    finally:
        demo.stop()

    assert [said.text for said in load_workspace(kept).messages["C0ALGEMEEN"]][-1] == "Op de balie"


def test_a_demo_that_can_not_be_kept_from_the_start_is_said(tmp_path: Path) -> None:
    (tmp_path / "workspace.part").mkdir()
    server = WebServer(LOOPBACK, 0)
    demo = Demo(server, tmp_path)

    with pytest.raises(SettingsError, match=r"can't be used \(Is a directory"):
        demo.start()

    server.stop()
