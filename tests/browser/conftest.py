"""The demo, served from a thread, and a browser to look at it with."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from bot.emulator import sockets, triggers
from bot.emulator.origins import HOST as LOOPBACK
from bot.wiring.demo import Demo
from bot.wiring.server import WebServer

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = [  # a browser that calls nobody but the page under test
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
PATIENCE = 20_000  # milliseconds
expect.set_options(timeout=PATIENCE)

Open = Callable[..., Page]


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All of these on one worker: two browsers at once on two cores only wait for each other."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="module")  # Playwright keeps an event loop in this thread: other tests need their own
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("there is no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a demo that has told its past: telling it anew takes longer than most tests."""
    folder = tmp_path_factory.mktemp("kept")
    demo = Demo(WebServer(LOOPBACK, 0), folder)
    demo.start()
    demo.stop()
    return folder


@pytest.fixture(autouse=True)
def _no_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a busy machine does to Slack's three seconds is not what these tests are about."""
    monkeypatch.setattr(sockets, "ACK_SECONDS", 30)
    monkeypatch.setattr(triggers, "LIFETIME", 30)


@pytest.fixture
def demo(kept: Path, tmp_path: Path) -> Iterator[Demo]:
    demo = Demo(WebServer(LOOPBACK, 0), Path(shutil.copytree(kept, tmp_path / "demo")))
    demo.start()
    yield demo
    demo.stop()


@pytest.fixture
def address(demo: Demo) -> str:
    """Where the page is; without a slash at the end."""
    return demo.url


@pytest.fixture
def open_as(browser: Browser, address: str) -> Iterator[Open]:
    """Opens the page as somebody, in a window of its own; an error of the page's script fails the test."""
    errors: list[str] = []
    contexts = []

    def open_page(user: str, at: str = "C0FANS", width: int = 1280) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 800})
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{address}/?as={user}&at={at}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert errors == []
