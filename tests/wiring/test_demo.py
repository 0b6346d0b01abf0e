"""The demo that can't start: what is wrong is said, and nothing that was kept is lost."""

import threading
from pathlib import Path
from typing import Any

import pytest

from bot.emulator.keeping import load_workspace, save_workspace
from bot.emulator.model import Message
from bot.emulator.origins import HOST as LOOPBACK
from bot.emulator.server import Emulator
from bot.settings import SettingsError
from bot.wiring.demo import Demo, run_demo
from bot.wiring.server import AddressTakenError, WebServer


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


def test_a_path_that_can_be_no_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    assert "Not a directory" in refused(tmp_path / "file" / "x")


@pytest.mark.parametrize("written", ["{", "[]", "{}", "5", "\x00"])
def test_a_workspace_that_is_broken_is_said_and_left_as_it_is(tmp_path: Path, written: str) -> None:
    (tmp_path / "workspace.json").write_text(written, encoding="utf-8")
    (tmp_path / "demo.db").touch()

    assert "Choose another folder" in refused(tmp_path)
    assert {kept.name: kept.read_text(encoding="utf-8") for kept in tmp_path.iterdir()} == {
        "workspace.json": written,
        "demo.db": "",
    }


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


def test_the_workspace_is_kept_between_requests_and_not_while_one_changes_it(tmp_path: Path) -> None:
    demo = Demo(WebServer(LOOPBACK, 0), tmp_path)
    demo.start()
    try:
        watched = demo.emulator.workspace.messages = Watched(demo.emulator.workspace.messages)
        demo.bot.scheduler.get_job("keep the workspace").func()
    finally:
        demo.stop()

    assert watched.threads == {"web", threading.current_thread().name}  # the last time nobody is served any more
    assert load_workspace(tmp_path / "workspace.json").messages["C0FANS"]
