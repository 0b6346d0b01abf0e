"""The habit in a browser: join, be reminded, put it off, tell from the reminder, be away."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, Page, expect

from bot.wiring.demo import Demo
from tests.browser.conftest import Open
from tests.browser.test_main_path import type_in

ZONE = ZoneInfo("Europe/Amsterdam")
STORY = "Iemand met een lekke band mijn fietspomp geleend"


def monday(demo: Demo) -> datetime:
    """Eight o'clock on a Monday to come without a holiday in its week or the next."""
    first = datetime.fromtimestamp(demo.emulator.clock.now(), ZONE) + timedelta(days=1)
    day = next(
        day
        for ahead in range(230)
        if (day := first + timedelta(days=ahead)).weekday() == 0
        and day.month in (1, 2, 9, 10, 11)
        and (day.month, day.day) != (1, 1)
    )
    return day.replace(hour=8, minute=0, second=0, microsecond=0)


def set_clock(page: Page, moment: datetime) -> None:
    page.locator("#clock-button").click()
    page.locator("#clock-moment").fill(f"{moment:%Y-%m-%dT%H:%M}")
    with page.expect_response("**/do/clock"):
        page.locator("#clock-moment").press("Enter")


def reminders(page: Page) -> Locator:
    return page.locator("[data-ts]").filter(has=page.get_by_role("button", name="Vandaag niet"))


def test_a_habit_from_joining_to_being_away(demo: Demo, open_as: Open) -> None:
    morning = monday(demo)
    bram = open_as("U0BRAM", at="D0BRAM")
    set_clock(bram, morning)

    type_in(bram, "/fanclub meedoen")
    form = bram.locator("dialog[open]")
    form.get_by_label("Hoe laat").fill("08:30")
    form.get_by_role("button", name="Ik doe mee").click()
    expect(form.get_by_label("Ja, mijn naam mag erop")).not_to_be_checked()  # nothing is chosen beforehand
    form.get_by_label("Nee, ik tel alleen mee").check()
    form.get_by_role("button", name="Ik doe mee").click()
    form.get_by_role("button", name="Sluiten", exact=True).click()

    tomorrow = morning + timedelta(days=1)
    set_clock(bram, tomorrow.replace(hour=8, minute=30))
    first = reminders(bram)
    expect(first).to_have_count(1)
    first.get_by_role("combobox").select_option(label="Over een uur")
    expect(bram.get_by_text("Ik kom om 09:30 terug.")).to_be_visible()
    expect(reminders(bram)).to_have_count(0)

    set_clock(bram, tomorrow.replace(hour=9, minute=31))
    expect(reminders(bram)).to_have_count(1)
    reminders(bram).get_by_role("button", name="Vertel je verhaal").click()
    form.get_by_label("Wat deed je").fill(STORY)
    form.get_by_role("button", name="Vertellen").click()
    form.get_by_role("button", name="Sluiten", exact=True).click()
    expect(reminders(bram)).to_have_count(0)
    expect(bram.get_by_text("Verteld. Mooi.")).to_be_visible()

    home = bram.url.replace("at=D0BRAM", "at=home")
    bram.goto(home)
    expect(bram.get_by_text("1 dag op rij")).to_be_visible()

    bram.goto(home.replace("at=home", "at=D0BRAM"))
    type_in(bram, "/fanclub afwezig")
    form.get_by_label("Eerste dag").fill(f"{tomorrow + timedelta(days=1):%Y-%m-%d}")
    form.get_by_label("Laatste dag").fill(f"{tomorrow:%Y-%m-%d}")
    form.get_by_role("button", name="Opslaan").click()
    expect(form.get_by_text("Dit is vóór de eerste dag.")).to_be_visible()
    form.get_by_label("Laatste dag").fill(f"{tomorrow + timedelta(days=9):%Y-%m-%d}")
    form.get_by_role("button", name="Opslaan").click()
    form.get_by_role("button", name="Sluiten", exact=True).click()

    set_clock(bram, tomorrow + timedelta(days=7, hours=4))
    bram.goto(home)
    expect(bram.get_by_text("1 dag op rij")).to_be_visible()
    bram.goto(home.replace("at=home", "at=D0BRAM"))
    expect(bram.get_by_text("Verteld. Mooi.")).to_have_count(1)
    expect(reminders(bram)).to_have_count(0)
