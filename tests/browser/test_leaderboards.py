"""The board and the week's digest in a browser: asked for, looked at, posted by a manager, and by the clock."""

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect

from bot.features.participants.actions import join_club
from bot.features.participants.rules import TypedChoices
from bot.features.stories.actions import applaud
from bot.kernel.office import Me, Say
from bot.wiring.demo import Demo
from bot.wiring.demo_past import LINKS
from bot.wiring.gateway import me_of
from bot.wiring.requests import Asking
from storage.links import LinkKind
from storage.stories import last_stories
from tests.browser.conftest import Open
from tests.browser.test_habit import ZONE, set_clock
from tests.browser.test_main_path import post, type_in

FLOWERS, STOOL = "Bloemen gebracht bij wie verhuisde", "Een krukje geleend aan wie moest wachten"


@pytest.fixture
def say(demo: Demo) -> Say:
    return demo.bot.services.speakers["nl"]


def known(demo: Demo, slack_id: str) -> Me:
    asking = Asking(demo.emulator.workspace.team_id, slack_id, "", is_stranger=False, request_key=None)
    return me_of(demo.bot.services, asking)


def let_join(demo: Demo, slack_id: str) -> None:
    """Take part, with their name on boards."""
    join_club(demo.bot.services, known(demo, slack_id), TypedChoices("09:00", "", tuple("01234"), "light", "yes"))


def let_colleagues_applaud(demo: Demo, teller: str) -> None:
    """The last story of this teller gets more applause than any that the demo begins with."""
    services, me = demo.bot.services, known(demo, teller)
    with services.database.reading(me) as tx:
        [story] = last_stories(tx, me.person_id, 1)
    for name in ("LOTTE", "AYSE", "KEES", "INGRID", "RUBEN", "WARD", "MEI"):
        applaud(services, known(demo, f"U0{name}"), story.id or 0)


def quiet_monday(demo: Demo) -> datetime:
    """Ten o'clock on the Monday of a week to come in which the office works each day: its Friday is the same."""
    first = datetime.fromtimestamp(demo.emulator.clock.now(), ZONE) + timedelta(days=1)
    day = first + timedelta(days=(7 - first.weekday()) % 7)
    holidays = {(12, 25), (12, 26), (1, 1), (4, 27), (5, 5)}
    while any(((day + timedelta(days=step)).month, (day + timedelta(days=step)).day) in holidays for step in range(7)):
        day += timedelta(days=7)
    return day.replace(hour=10, minute=0, second=0, microsecond=0)


def test_a_manager_posts_the_board_and_a_colleague_only_sees_it(open_as: Open, demo: Demo, say: Say) -> None:
    let_join(demo, "U0SANNE")
    sanne, fatima, bram = open_as("U0SANNE"), open_as("U0FATIMA"), open_as("U0BRAM")
    set_clock(fatima, quiet_monday(demo) + timedelta(hours=4))
    type_in(sanne, f"/fan {FLOWERS}")
    expect(post(fatima, FLOWERS)).to_be_visible()

    type_in(bram, "/topfans week")
    seen = bram.locator("[data-ts].only-you").filter(has_text=say("Name")).last
    expect(seen).to_contain_text("Sanne de Vries")
    expect(seen.get_by_role("button", name=say("Post in this channel"))).to_have_count(0)

    type_in(fatima, "/topfans week")
    preview = fatima.locator("[data-ts].only-you").filter(has_text=say("Name")).last
    expect(preview).to_contain_text("Sanne de Vries")
    preview.get_by_role("combobox").select_option(label=say("The team together"))
    together = fatima.locator("[data-ts].only-you").filter(has_text="Fans samen").last
    expect(together).not_to_contain_text("Sanne de Vries")
    together.get_by_role("combobox").select_option(label=say("Groups, per head"))
    groups = fatima.locator("[data-ts].only-you").filter(has_text="Winkel").last
    groups.get_by_role("combobox").select_option(label=say("People, the first ten"))
    again = fatima.locator("[data-ts].only-you").filter(has=fatima.get_by_role("rowheader", name="Sanne de Vries")).last
    again.get_by_role("button", name=say("Post in this channel")).click()

    standing = post(bram, say("The first ten"))
    expect(standing).to_contain_text("Sanne de Vries")
    expect(standing.get_by_role("button", name=say("Post in this channel"))).to_have_count(0)


def test_the_clock_brings_the_weeks_digest_with_the_board_in_its_thread(open_as: Open, demo: Demo, say: Say) -> None:
    sanne, fatima = open_as("U0SANNE"), open_as("U0FATIMA")
    monday = quiet_monday(demo)
    set_clock(fatima, monday + timedelta(hours=4))  # too late for the digest of a Friday that the clock jumped over
    type_in(sanne, f"/fan {STOOL}")
    expect(post(fatima, STOOL)).to_be_visible()
    post(fatima, STOOL).get_by_role("button", name="Mooi").click()  # without applause none is the story of the week
    expect(post(fatima, STOOL).get_by_role("button", name="Mooi · 1")).to_be_visible()
    let_colleagues_applaud(demo, "U0SANNE")  # a digest may also be about days before: no other was posted yet

    type_in(fatima, "/fanclub weekbericht")
    window = fatima.locator("dialog[open]").last
    window.get_by_label(say("Your words on top")).fill("Wat een week, dank jullie wel.")
    window.get_by_role("button", name=say("Save"), exact=True).click()
    expect(window.get_by_text("Wat een week, dank jullie wel.").last).to_be_visible()
    window.get_by_role("button", name=say("Close"), exact=True).last.click()

    set_clock(fatima, monday + timedelta(days=4, hours=5))
    digest = post(fatima, "Wat een week, dank jullie wel.")
    expect(digest).to_contain_text(
        say.plural("In week {week} we made {number} fan.", "In week {week} we made {number} fans.", 1,
                   week=monday.isocalendar().week)
    )  # fmt: skip
    digest.locator("a.replies").click()
    thread = fatima.locator("aside.thread")
    expect(thread.get_by_text(STOOL)).to_be_visible()
    expect(thread.get_by_text("Topfans: week").first).to_be_visible()


@pytest.mark.parametrize("width", [400, 1280])
def test_the_board_is_a_page_too(open_as: Open, demo: Demo, say: Say, width: int) -> None:
    let_join(demo, "U0SANNE")
    page = open_as("U0SANNE", width=width)
    set_clock(page, quiet_monday(demo) + timedelta(hours=4))
    type_in(page, f"/fan {FLOWERS}")
    expect(post(page, FLOWERS)).to_be_visible()
    for kind in (LinkKind.BOARD, LinkKind.FIGURES):
        page.goto(dict(demo.emulator.links())[LINKS[kind]])
        expect(page.get_by_role("table").first).to_be_visible()
        expect(page.get_by_role("img").first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
