"""The walls in a browser: a customer's compliment from the page to the screen, and off both again."""

from collections.abc import Callable, Iterator
from datetime import date
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from starlette.applications import Starlette

from bot.emulator.origins import HOST as LOOPBACK
from bot.features.links.actions import links_kept, make_link, revoke_link
from bot.kernel.office import Me, Say
from bot.wiring.demo import Demo
from bot.wiring.gateway import me_of
from bot.wiring.requests import Asking
from bot.wiring.server import WebServer
from storage.compliments import add_compliment
from storage.links import LinkKind
from tests.browser.conftest import PATIENCE, Open

WORDS = "Wat een fijne winkel, ik werd zo goed geholpen"

TODAY = date(2026, 11, 2)
FITS = """(place) => {
    const { scrollHeight, clientHeight, scrollWidth, clientWidth } = document.querySelector(place);
    return scrollHeight <= clientHeight && scrollWidth <= clientWidth;
}"""

OpenPage = Callable[..., Page]


@pytest.fixture
def fatima(demo: Demo) -> Me:
    team = demo.emulator.workspace.team_id
    return me_of(demo.bot.services, Asking(team, "U0FATIMA", "", is_stranger=False, request_key=None))


@pytest.fixture
def say(demo: Demo) -> Say:
    return demo.bot.services.speakers["nl"]


def address_of(demo: Demo, me: Me, kind: LinkKind) -> tuple[int, str]:
    """A new link: its id and its address."""
    made = make_link(demo.bot.services, me, kind, "Proef")
    return made, next(link.address for link in links_kept(demo.bot.services, me) if link.id == made)


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Opens a page that needs no Slack, in a window of its own; an error of its script fails the test."""
    errors: list[str] = []
    contexts = []

    def opened(address: str, width: int = 1280, height: int = 720, **options: str) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, locale="nl-NL", **options)  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert errors == []


def shown(screen: Page) -> Locator:
    """The card that one sees."""
    return screen.locator(".card.on")


def test_a_compliment_goes_from_the_customer_to_the_screen_and_is_taken_back(
    demo: Demo, fatima: Me, say: Say, open_as: Open, open_page: OpenPage
) -> None:
    screen = open_page(address_of(demo, fatima, LinkKind.SCREEN)[1])
    customer = open_page(address_of(demo, fatima, LinkKind.CUSTOMERS)[1], width=400)

    customer.get_by_text(say("Give a compliment")).click()
    form = customer.locator("details[open]")
    form.get_by_label(say("What was so good?")).fill(WORDS)
    form.get_by_label(say("Your name")).fill("Joke de Vries")
    form.locator("[name=consent][value=first_name]").check()
    form.get_by_role("button", name=say("Send my compliment")).click()
    expect(customer.get_by_text(WORDS)).to_be_visible()
    own = customer.locator(".keep a").get_attribute("href")
    assert own

    manager = open_as("U0FATIMA", at="D0FATIMA")
    waiting = manager.locator("[data-ts]").filter(has_text=WORDS)
    expect(waiting).to_be_visible()
    expect(screen.get_by_text(WORDS)).to_have_count(0)  # nothing from outside is seen before it was placed
    waiting.get_by_role("button", name=say("Place"), exact=True).click()
    expect(shown(screen)).to_contain_text(WORDS)
    expect(shown(screen)).to_contain_text("Joke")
    expect(screen.get_by_text("Vries")).to_have_count(0)
    team = open_as("U0SANNE", at="C0KLANTWAND")
    post = team.locator("[data-ts]").filter(has_text=WORDS)
    expect(post).to_be_visible()

    customer.goto(own)
    customer.get_by_text(say("Take it back")).first.click()
    customer.get_by_role("button", name=say("Yes, take it back")).click()
    expect(screen.get_by_text(WORDS)).to_have_count(0)
    expect(post).to_have_count(0)


def test_a_screen_that_is_switched_off_shows_nothing_any_more(demo: Demo, fatima: Me, open_page: OpenPage) -> None:
    link, address = address_of(demo, fatima, LinkKind.SCREEN)
    screen = open_page(address)
    expect(shown(screen)).to_have_count(1)

    revoke_link(demo.bot.services, fatima, link)

    expect(screen.locator(".card")).to_have_count(0)
    expect(screen.locator("#gone")).to_be_visible()


def test_a_screen_comes_back_by_itself_after_a_restart(demo: Demo, fatima: Me, open_page: OpenPage) -> None:
    path = urlsplit(address_of(demo, fatima, LinkKind.SCREEN)[1]).path
    server = WebServer(LOOPBACK, 0)
    server.start(Starlette(routes=demo.bot.web.routes))
    screen = open_page(f"http://{LOOPBACK}:{server.port}{path}")
    seen = shown(screen).get_attribute("data-key")

    with screen.expect_event("requestfailed", lambda request: request.url.endswith("/stream")):
        server.stop()
    with demo.bot.services.database.writing(fatima) as tx:
        add_compliment(tx, text=WORDS, day=TODAY, entered_at=demo.bot.services.clock.now())
    expect(screen.locator(f"[data-key='{seen}']")).to_have_count(1)  # it keeps what it has meanwhile
    again = WebServer(LOOPBACK, server.port)
    again.start(Starlette(routes=demo.bot.web.routes))

    expect(shown(screen)).to_contain_text(WORDS)
    again.stop()


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1280, 720), (1080, 1920), (1024, 768)])
def test_nothing_on_the_screen_falls_off_it(
    demo: Demo, fatima: Me, open_page: OpenPage, width: int, height: int
) -> None:
    screen = open_page(address_of(demo, fatima, LinkKind.SCREEN)[1], width, height, reduced_motion="reduce")

    cards = screen.locator(".card").count()
    assert cards > 1
    for _ in range(cards):
        assert screen.evaluate(FITS, "html")
        assert screen.evaluate(FITS, ".on .words")
        screen.keyboard.press("ArrowRight")


def test_the_list_is_read_on_a_phone_without_javascript(demo: Demo, fatima: Me, browser: Browser) -> None:
    address = address_of(demo, fatima, LinkKind.SCREEN)[1]
    context = browser.new_context(viewport={"width": 400, "height": 800}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}?list=ideas")

    page.get_by_role("searchbox").fill("onvindbaar woord")
    page.get_by_role("search").get_by_role("button").click()

    expect(page.get_by_role("searchbox")).to_have_value("onvindbaar woord")
    expect(page.get_by_role("listitem")).to_have_count(0)
    context.close()
