"""The keyboard alone: after each deed the focus is with what was used, or with what came in its place."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.test_main_path import type_in

TITLE = "dialog.modal[open] .dialog-head h2"


def form_closes(page: Page) -> None:
    expect(page.locator(TITLE)).to_have_count(0)


def test_the_focus_comes_back_to_the_button_that_was_pressed(open_as: Open) -> None:
    bram = open_as("U0BRAM")
    kees = bram.locator("article", has_text="Kees van den Berg maakte een fan").last
    clap = kees.get_by_role("button", name="Applaudisseer")
    before = clap.inner_text()
    clap.press("Enter")
    expect(clap).not_to_have_text(before)
    expect(clap).to_be_focused()

    thank = kees.get_by_role("button", name="Bedanken")
    thank.press("Enter")
    expect(bram.locator(TITLE)).to_have_text("Collega bedanken")
    bram.keyboard.press("Escape")
    form_closes(bram)
    expect(thank).to_be_focused()

    type_in(bram, "/budget")
    expect(bram.locator(TITLE)).to_be_visible()
    spend = bram.locator("dialog[open]").get_by_role("button", name="Iets uitgeven")
    spend.press("Enter")
    expect(spend).to_be_hidden()
    bram.keyboard.press("Escape")
    expect(spend).to_be_focused()
    bram.keyboard.press("Escape")
    form_closes(bram)
    expect(bram.locator("#composer")).to_be_focused()


def test_a_form_that_says_something_else_keeps_the_focus_and_home_gets_it_back(open_as: Open) -> None:
    bram = open_as("U0BRAM", at="home")
    settings = bram.locator("#main").get_by_role("button", name="Mijn instellingen")
    settings.press("Enter")
    form = bram.locator("dialog.modal[open]")
    form.get_by_role("button", name="Opslaan").press("Enter")
    expect(form).to_contain_text("Bewaard.")
    close = form.get_by_role("button", name="Sluiten", exact=True)
    expect(close).to_be_focused()
    close.press("Enter")
    form_closes(bram)
    expect(settings).to_be_focused()


def test_the_drawer_of_a_small_screen_takes_the_focus_keeps_it_and_gives_it_back(open_as: Open) -> None:
    bram = open_as("U0BRAM", width=400)
    bram.locator("#drawer-button").press("Enter")
    expect(bram.locator("#sidebar [aria-current]").first).to_be_focused()
    for _ in range(20):
        bram.keyboard.press("Tab")
        assert not bram.evaluate("document.activeElement.closest('main, .skip')")
    bram.locator("#sidebar a").first.press("Escape")
    expect(bram.locator("#drawer-button")).to_be_focused()
    expect(bram.locator("#shade")).to_be_hidden()


def test_home_and_end_go_to_the_first_and_the_last_message(open_as: Open) -> None:
    bram = open_as("U0BRAM")
    for key, place in (("End", -1), ("Home", 0)):
        bram.locator("#main").press(key)
        expect(bram.locator("#main article").nth(place)).to_be_focused()


def test_what_cannot_be_sent_stays_and_why_is_said_at_the_field(open_as: Open) -> None:
    bram = open_as("U0BRAM", width=400)
    composer = bram.locator("#composer")
    composer.fill("x" * 12_001)
    composer.press("Enter")
    expect(bram.get_by_text("Een bericht heeft hoogstens 12.000 tekens. Dit zijn er 12.001.")).to_be_visible()
    expect(composer).to_have_value("x" * 12_001)
    composer.fill("")
    composer.press_sequentially("/KLA")
    expect(bram.get_by_role("option", name="/klantwand")).to_be_visible()

    ts = bram.locator("article").last.get_attribute("data-ts")
    bram.goto(f"{bram.url}&thread={ts}")
    reply = bram.get_by_role("textbox", name="Antwoord in de thread")
    reply.fill("/fan Een paraplu meegegeven")
    reply.press("Enter")
    wrong = bram.get_by_text("In een thread werken opdrachten niet.")
    expect(wrong).to_be_in_viewport()
    expect(reply).to_have_value("/fan Een paraplu meegegeven")
    reply.press("End")
    reply.press("x")
    expect(wrong).to_have_count(0)
