"""The pages outside Slack, for who hears them or sees little: labels, headings, contrast, and where the focus is."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from bot.emulator.origins import HOST as LOOPBACK
from bot.kernel.office import Me
from bot.wiring.demo import Demo
from bot.wiring.server import WebServer
from storage.links import LinkKind
from tests.browser.conftest import PATIENCE
from tests.browser.test_walls import OpenPage, address_of, fatima, open_page  # noqa: F401 - fixtures

Scheme = Literal["light", "dark"]
SEEN = (Path(__file__).parent / "seen.js").read_text()
# What differs in how the element looks now that it has the focus, with the keyboard.
OUTLINED = """() => {
    const one = document.activeElement;
    if (!one || one === document.body) return null;
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
    return (outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || boxShadow !== "none" ? "" : one.outerHTML;
}"""
STOPS = 40  # tabs: more than any of the pages takes


@pytest.fixture(scope="module")  # starting one takes longer than looking at a page
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    demo = Demo(WebServer(LOOPBACK, 0), tmp_path_factory.mktemp("demo"))
    demo.start()
    yield demo
    demo.stop()


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> Scheme:
    return request.param  # type: ignore[no-any-return]


def complaints(page: Page) -> list[str]:
    page.wait_for_load_state()  # what can be clicked may not have its styles yet
    found: list[str] = page.evaluate(SEEN)
    for _ in range(STOPS):
        page.keyboard.press("Tab")
        outlined = page.evaluate(OUTLINED)
        if outlined is None:
            break
        found += [f"the focus is not seen: {outlined[:120]}"] if outlined else []
    return found


@pytest.mark.parametrize("door", ["", "?door=compliment", "?door=better", "?door=call", "?thanks=call"])
def test_the_page_for_customers_is_for_everybody(
    demo: Demo, fatima: Me, open_page: OpenPage, scheme: Scheme, door: str  # noqa: F811
) -> None:  # fmt: skip
    address = address_of(demo, fatima, LinkKind.CUSTOMERS)[1]
    assert complaints(open_page(address + door, width=400, color_scheme=scheme)) == []


def test_what_is_wrong_with_a_form_is_for_everybody(
    demo: Demo, fatima: Me, open_page: OpenPage, scheme: Scheme  # noqa: F811
) -> None:  # fmt: skip
    address = address_of(demo, fatima, LinkKind.CUSTOMERS)[1]
    page = open_page(f"{address}?door=call", width=400, color_scheme=scheme)
    page.locator("details[open] [name=contact]").fill("x")
    page.locator("details[open] button").click()
    page.locator("[id$=-error]").first.wait_for()
    assert complaints(page) == []


def test_a_customers_own_page_is_for_everybody(
    demo: Demo, fatima: Me, open_page: OpenPage, scheme: Scheme  # noqa: F811
) -> None:  # fmt: skip
    address = address_of(demo, fatima, LinkKind.CUSTOMERS)[1]
    page = open_page(f"{address}?door=compliment", width=400, color_scheme=scheme)
    page.locator("details[open] [name=text]").fill("Wat een fijne winkel")
    page.locator("details[open] button").click()
    page.locator(".quote").wait_for()
    for summary in page.locator("summary").all():
        summary.click()
    assert complaints(page) == []


@pytest.mark.parametrize("query", ["", "?list", "?list=ideas", "?list=stories&q=zzz"])
def test_the_walls_are_for_everybody(
    demo: Demo, fatima: Me, open_page: OpenPage, scheme: Scheme, query: str  # noqa: F811
) -> None:  # fmt: skip
    address = address_of(demo, fatima, LinkKind.SCREEN)[1]
    assert complaints(open_page(address + query, color_scheme=scheme, reduced_motion="reduce")) == []


def test_a_page_with_each_of_these_faults_is_complained_about(browser: Browser) -> None:
    page = browser.new_page()
    page.set_default_timeout(PATIENCE)
    page.set_content(
        "<h1>Een</h1><h3>Drie</h3><input><button></button><img src='data:,'><p id=a></p><p id=a style='color:#bbb'>Vaag"
        "</p><a href='#' style='outline:none'>Daar</a>"
    )
    found = " | ".join(complaints(page))
    page.close()

    for fault in ("language", "title", "main", "label", "name", "picture", "twice", "skips", "stand out", "focus"):
        assert fault in found
