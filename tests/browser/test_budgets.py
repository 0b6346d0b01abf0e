"""Small budgets in a browser: spending, asking, a part of it, paying back, the month for the accountant."""

import csv
from io import StringIO

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlmodel import select

from bot.features.gifts.managing import add_gift, keep_cupboard
from bot.features.gifts.rules import TypedGift
from bot.kernel.office import Say
from bot.kernel.spreadsheets import BETWEEN, UTF_8
from bot.wiring.demo import Demo
from bot.wiring.gateway import me_of
from bot.wiring.requests import Asking
from storage.gifts import Cupboard
from tests.browser.conftest import Open
from tests.browser.test_main_path import post, type_in


@pytest.fixture
def say(demo: Demo) -> Say:
    return demo.bot.services.speakers["nl"]


def money(say: Say, cents: int) -> str:
    return say.money(cents, "EUR").replace("\u00a0", " ")


def window(page: Page) -> Locator:
    """What lies on top."""
    return page.locator("dialog[open]").last


def go(page: Page, to: str) -> None:
    page.goto(page.url.split("&at=")[0] + f"&at={to}")


def test_an_expense_is_booked_asked_agreed_in_part_and_read(open_as: Open, say: Say) -> None:
    sanne, fatima = open_as("U0SANNE", at="D0SANNE"), open_as("U0FATIMA", at="D0FATIMA")

    type_in(sanne, "/budget 7,50 bloemen voor een jarige klant")
    expect(sanne.get_by_text(money(say, 250)).first).to_be_visible()
    type_in(sanne, "/budget 5 taart voor de buren")
    asked = sanne.locator("[data-ts]").filter(has_text="taart voor de buren").last
    expect(asked).to_be_visible()
    fatima.reload()
    expect(fatima.get_by_text("taart voor de buren")).to_have_count(0)  # without hurry it comes in the day's digest
    asked.get_by_role("button", name=say("The customer is waiting")).click()

    question = post(fatima, "taart voor de buren")
    expect(question).to_contain_text("Sanne")
    expect(question).to_contain_text(money(say, 500))
    question.get_by_role("button", name=say("In part")).click()
    form = window(fatima)
    form.get_by_label(say("How much?")).fill("5")
    form.get_by_label(say("Why not all of it?")).fill("Een kleintje smaakt ook")
    form.get_by_role("button", name=say("Agree"), exact=True).click()
    expect(form.get_by_text(say("That is not less than what was asked."))).to_be_visible()
    form.get_by_label(say("How much?")).fill("2,50")
    form.get_by_role("button", name=say("Agree"), exact=True).click()

    expect(fatima.locator("dialog[open]")).to_have_count(0)
    expect(question.get_by_role("button", name=say("In part"))).to_have_count(0)
    answer = post(sanne, "Een kleintje smaakt ook")
    expect(answer).to_contain_text("Fatima")
    expect(answer).to_contain_text(money(say, 250))
    for channel in ("C0FANS", "C0ALGEMEEN"):
        go(fatima, channel)
        expect(fatima.get_by_text("taart voor de buren")).to_have_count(0)


def test_the_form_takes_a_receipt_and_the_window_takes_it_back(open_as: Open, say: Say) -> None:
    sanne = open_as("U0SANNE", width=400)
    whole = say("You may still spend {amount} today without asking.", amount=money(say, 1000))

    type_in(sanne, "/budget")
    mine = window(sanne)
    expect(mine.get_by_text(whole)).to_be_visible()
    mine.get_by_role("button", name=say("Spend something")).click()
    form = window(sanne)
    form.get_by_label(say("How much?")).fill("7,505")
    form.get_by_label(say("What is it for?")).fill("een kaartje")
    form.locator("input[type=file]").set_input_files(
        {"name": "bon.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n"}
    )
    form.get_by_role("button", name=say("Save"), exact=True).click()
    expect(form.locator("[role=alert]").first).to_be_visible()
    form.get_by_label(say("How much?")).fill("7,50")
    form.get_by_role("button", name=say("Save"), exact=True).click()
    expect(window(sanne).get_by_text(say("Booked: {amount}.", amount=money(say, 750)))).to_be_visible()
    window(sanne).get_by_role("button", name=say("Close"), exact=True).click()

    mine = window(sanne)
    expect(mine.get_by_text("een kaartje")).to_be_visible()
    expect(mine.get_by_text(say("with a receipt"))).to_be_visible()
    mine.get_by_role("button", name=say("Undo")).click()
    sanne.locator("#confirm").get_by_role("button", name=say("Take this back")).click()
    expect(mine.get_by_text(whole)).to_be_visible()
    assert sanne.evaluate("document.documentElement.scrollWidth") <= 400


def test_a_manager_pays_back_and_sends_the_month_to_the_accountant(demo: Demo, open_as: Open, say: Say) -> None:
    sanne, fatima = open_as("U0SANNE", at="D0SANNE"), open_as("U0FATIMA", at="D0FATIMA")
    type_in(sanne, "/budget 7,50 bloemen voor een jarige klant")
    expect(sanne.get_by_text(money(say, 250)).first).to_be_visible()

    type_in(fatima, "/budget")
    window(fatima).get_by_role("button", name=say("The office's budget")).click()
    office = window(fatima)
    expect(office.get_by_text("bloemen voor een jarige klant")).to_be_visible()
    office.get_by_text(say("Paid back"), exact=True).click()
    fatima.locator("#confirm").get_by_role("button", name=say("Paid back"), exact=True).click()
    expect(office.get_by_text(say("Paid back"), exact=True)).to_have_count(0)
    office.get_by_role("button", name=say("For the accountant (CSV)")).click()
    window(fatima).get_by_role("button", name=say("Close"), exact=True).click()

    link = fatima.locator("[data-ts] a.attached").filter(has_text=f"{say('spending')}-")
    expect(link).to_be_visible()
    text = fatima.evaluate("(path) => fetch(path).then((answer) => answer.text())", link.get_attribute("href"))
    rows = csv.DictReader(StringIO(text.removeprefix(UTF_8)), delimiter=BETWEEN)
    [row] = [row for row in rows if row[say("What for")] == "bloemen voor een jarige klant"]
    assert (row[say("Cents")], row[say("Person")]) == ("750", "Sanne de Vries")
    back = say("{who} paid {amount} back to you.", who="Fatima el Amrani", amount=money(say, 750))
    expect(post(sanne, back)).to_be_visible()


def test_the_last_chocolate_is_taken_by_one(demo: Demo, open_as: Open, say: Say) -> None:
    services = demo.bot.services
    asking = Asking(demo.emulator.workspace.team_id, "U0FATIMA", "", is_stranger=False, request_key=None)
    fatima = me_of(services, asking)
    keep_cupboard(services, fatima, "De la bij de balie", "U0FATIMA")
    with services.database.reading(fatima) as tx:
        [cupboard] = [one for one in tx.exec(select(Cupboard)) if one.name == "De la bij de balie"]
    add_gift(services, fatima, cupboard.id or 0, TypedGift("Laatste chocola", "🍫", "3,50", stock="1", low_at="0"))
    bram, sanne = open_as("U0BRAM"), open_as("U0SANNE")

    for page in (bram, sanne):
        type_in(page, "/fanclub kast")
        window(page).get_by_role("button", name=say("Take {name}", name="Laatste chocola")).click()
    window(bram).get_by_role("button", name=say("For a customer")).click()
    expect(window(bram).get_by_text(say("none left"), exact=True)).to_be_visible()
    window(sanne).get_by_role("button", name=say("For a customer")).click()
    expect(
        window(sanne).get_by_text(say("Just gone: somebody took the last {gift}.", gift="Laatste chocola"))
    ).to_be_visible()

    for page, left in ((bram, 650), (sanne, 1000)):
        go(page, "home")
        permission = say("You may still spend {amount} today without asking.", amount=money(say, left))
        expect(page.get_by_text(permission)).to_be_visible()
