"""Forms that are half filled in, on a phone: nothing is lost by accident, and what is wrong comes into view."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open


@pytest.fixture
def phone(open_as: Open) -> Page:
    page = open_as("U0SANNE", width=390)
    page.set_viewport_size({"width": 390, "height": 600})
    page.locator("#composer").fill("/fan")
    page.locator("#composer").press("Enter")
    expect(page.locator("dialog[open]")).to_be_visible()
    return page


def test_escape_asks_first_when_something_was_filled_in(phone: Page) -> None:
    form, question = phone.locator("dialog.modal[open]"), phone.locator("#confirm")
    story = form.locator("[data-block=story] textarea")
    story.fill("Half verhaal")
    phone.mouse.click(4, 4)  # beside it
    story.press("Escape")
    question.get_by_role("button", name="Verder invullen").click()
    expect(story).to_have_value("Half verhaal")

    story.press("Escape")
    question.get_by_role("button", name="Sluiten").click()
    expect(form).to_have_count(0)


def test_escape_closes_an_empty_form_at_once(phone: Page) -> None:
    phone.locator("dialog.modal[open] [data-block=story] textarea").press("Escape")

    expect(phone.locator("dialog.modal[open]")).to_have_count(0)


def test_what_is_wrong_with_a_field_comes_into_view(phone: Page) -> None:
    form = phone.locator("dialog.modal[open]")
    form.locator("[data-block=story] textarea").fill("Te kort")
    form.locator(".dialog-body").evaluate("(body) => body.scrollTo(0, body.scrollHeight)")
    form.locator("[type=submit]").click()

    wrong = form.locator("[data-block=story] .error")
    expect(wrong).not_to_be_empty()
    expect(wrong).to_be_in_viewport()
    expect(form.locator("[data-block=story] label")).to_be_in_viewport()


def test_the_menu_counts_what_waits_in_other_places(open_as: Open) -> None:
    bram, menu = open_as("U0BRAM", at="C0KLANTWAND", width=390), "#drawer-button .badge"
    badge = bram.locator(menu)
    before = int(badge.inner_text().split()[0]) if badge.count() else 0
    sanne = open_as("U0SANNE")
    sanne.locator("#composer").fill("Koffie staat klaar")
    sanne.locator("#composer").press("Enter")

    more = "|".join(str(before + count) for count in range(1, 9))  # the bot may say something too
    expect(badge).to_contain_text(re.compile(rf"\b({more})\b"))
