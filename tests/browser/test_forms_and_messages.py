"""What somebody typed is kept, what was wrong goes once it is mended, and one's own messages can be changed."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Open


def type_in(page: Page, words: str) -> None:
    page.locator("#composer").press_sequentially(words)
    page.keyboard.press("Enter")


def test_what_was_typed_in_a_form_outlives_a_reload(open_as: Open) -> None:
    page = open_as("U0SANNE")
    type_in(page, "/fan")
    form = page.locator("dialog[open]")
    form.get_by_label("Wat deed je").fill("Een halve zin,\nen nog een")
    form.get_by_label("Alleen ik").check()
    page.reload()

    expect(form.get_by_label("Wat deed je")).to_have_value("Een halve zin,\nen nog een")
    expect(form.get_by_label("Alleen ik")).to_be_checked()
    form.get_by_role("button", name="Venster sluiten").click()
    expect(form).to_have_count(0)
    page.reload()
    assert page.evaluate("Object.keys(sessionStorage).filter((key) => key.startsWith('form'))") == []


def with_an_unclear_amount(open_as: Open) -> tuple[Page, Locator, Locator]:
    """A form that isn't sent yet, and its field."""
    page = open_as("U0SANNE")
    type_in(page, "/fan")
    form = page.locator("dialog[open]")
    cost = form.get_by_label("Wat kostte het")
    form.get_by_label("Wat deed je").fill("Een paraplu meegegeven")
    cost.fill("1.250")
    return page, form, cost


def test_a_complaint_goes_once_the_field_is_edited_and_comes_back_when_it_still_holds(open_as: Open) -> None:
    _, form, cost = with_an_unclear_amount(open_as)
    complaint = form.get_by_text("1.250 kan 1,25 of 1250 betekenen")
    for _ in range(2):
        form.get_by_role("button", name="Vertellen").click()
        expect(complaint).to_be_visible()
        expect(cost).to_have_attribute("aria-invalid", "true")
        cost.press("End")
        cost.press("1")
        expect(complaint).to_have_count(0)
        expect(cost).not_to_have_attribute("aria-invalid", "true")
        cost.press("Backspace")


def test_a_view_that_comes_late_says_nothing_of_what_was_mended_meanwhile(open_as: Open) -> None:
    page, form, cost = with_an_unclear_amount(open_as)
    form.get_by_role("button", name="Vertellen").click()
    expect(cost).to_have_attribute("aria-invalid", "true")
    page.evaluate("late = document.querySelector('dialog[open]').cloneNode(true)")
    cost.fill("12,50")
    page.evaluate(
        "import('/emulator/static/fields.js')"
        ".then(({ keepTyped }) => keepTyped(document.querySelector('dialog[open]'), late))"
    )

    assert page.evaluate("[...late.querySelectorAll('[aria-invalid], .invalid')].length") == 0
    assert page.evaluate("late.querySelector('[name^=spent]').value") == "12,50"


def test_ones_own_message_is_changed_and_deleted_with_the_keyboard(open_as: Open) -> None:
    page = open_as("U0SANNE")
    type_in(page, "Dag allemaal & <iedereen>")
    message = page.locator("#main article").last
    expect(message).to_contain_text("Dag allemaal")
    page.locator("#main").focus()
    page.keyboard.press("ArrowUp")
    message.get_by_role("button", name="Meer acties").press("Enter")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    box = page.get_by_role("textbox", name="Bericht bewerken")
    expect(box).to_have_value("Dag allemaal & <iedereen>")
    box.fill("Dag @bram")
    box.press("Enter")

    expect(message).to_contain_text("Dag @Bram Jansen")
    expect(message).to_contain_text("(bewerkt)")
    expect(message).to_be_focused()
    message.get_by_role("button", name="Meer acties").click()
    message.get_by_role("button", name="Bericht verwijderen").click()
    page.locator("#confirm").get_by_role("button", name="Annuleren").click()
    expect(message).to_be_focused()
    message.get_by_role("button", name="Meer acties").click()
    message.get_by_role("button", name="Bericht verwijderen").click()
    page.locator("#confirm").get_by_role("button", name="Verwijderen").click()
    expect(page.locator("#main article", has_text="Dag @")).to_have_count(0)
    expect(page.locator("#main")).to_be_focused()


def test_somebody_elses_message_cannot_be_changed(open_as: Open) -> None:
    page = open_as("U0SANNE")
    message = page.locator("#main article").last
    message.hover()

    expect(message.get_by_role("button", name="Duim omhoog")).to_be_visible()
    expect(message.get_by_role("button", name=re.compile("^Bericht"))).to_have_count(0)
