"""The main job in a browser: tell, see, applaud, change, delete."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Open

STORY = "Paraplu meegegeven aan een klant in de regen"


def post(page: Page, words: str) -> Locator:
    """A message that everybody sees."""
    return page.locator("[data-ts]:not(.only-you)").filter(has_text=words)


def type_in(page: Page, words: str) -> None:
    page.locator("#composer").press_sequentially(words)
    page.keyboard.press("Enter")


def test_a_story_is_told_applauded_changed_and_deleted(open_as: Open) -> None:
    sanne, bram = open_as("U0SANNE"), open_as("U0BRAM")

    type_in(sanne, f"/fan {STORY}")
    expect(post(sanne, STORY)).to_contain_text("Sanne")
    expect(sanne.get_by_text("Alleen zichtbaar voor jou")).to_be_visible()
    expect(bram.get_by_text("Alleen zichtbaar voor jou")).to_have_count(0)

    story = post(bram, STORY)
    expect(story.get_by_role("button", name="Applaudisseer")).to_be_visible()
    expect(story.get_by_role("button", name="Wijzigen")).to_have_count(0)
    story.get_by_role("button", name="Applaudisseer").click()
    expect(story.get_by_text("👏 Mooi · 1")).to_be_visible()
    expect(post(sanne, STORY).get_by_text("👏 Mooi · 1")).to_be_visible()

    post(sanne, STORY).get_by_role("button", name="Wijzigen").click()
    form = sanne.locator("dialog[open]")
    form.get_by_label("Wat deed je").fill(f"{STORY}, ze kwam hem terugbrengen met taart")
    form.get_by_label("Wat kostte het").fill("1.250")
    form.get_by_role("button", name="Opslaan").click()
    expect(form.get_by_text("1.250 kan 1,25 of 1250 betekenen")).to_be_visible()
    expect(form.get_by_label("Wat kostte het")).to_have_value("1.250")
    form.get_by_label("Wat kostte het").fill("12,50")
    form.get_by_role("button", name="Opslaan").click()
    expect(form).to_have_count(0)
    expect(post(bram, "met taart").get_by_text("👏 Mooi · 1")).to_be_visible()
    expect(bram.get_by_text("12,50")).to_have_count(0)

    post(sanne, "met taart").get_by_role("button", name="Verwijderen").click()
    sanne.locator("#confirm").get_by_role("button", name="Verwijderen").click()
    expect(post(sanne, STORY)).to_have_count(0)
    expect(post(bram, STORY)).to_have_count(0)


def test_the_form_tells_a_story_for_oneself_alone_on_a_phone(open_as: Open) -> None:
    sanne = open_as("U0SANNE", width=400)

    type_in(sanne, "/fan")
    form = sanne.locator("dialog[open]")
    form.get_by_label("Wat deed je").fill("Iemand de weg gewezen naar de overkant")
    form.get_by_label("Alleen ik").check()
    form.get_by_role("button", name="Vertellen").click()
    expect(form.get_by_text("Bewaard, alleen voor jou.")).to_be_visible()
    form.get_by_role("button", name="Sluiten", exact=True).click()
    expect(form).to_have_count(0)
    expect(post(sanne, "Iemand de weg gewezen")).to_have_count(0)

    sanne.goto(sanne.url.replace("at=C0FANS", "at=home"))
    expect(sanne.get_by_text("Je hebt vandaag een fan gemaakt. Fijn.")).to_be_visible()
    expect(sanne.get_by_text("Iemand de weg gewezen")).to_be_visible()
    assert sanne.evaluate("document.documentElement.scrollWidth") <= 400


def test_what_is_written_to_the_bot_becomes_a_story_after_one_question(open_as: Open) -> None:
    sanne = open_as("U0SANNE", at="D0SANNE")

    type_in(sanne, "Een klant geholpen die eigenlijk bij de buren moest zijn")
    question = post(sanne, "Zal ik hier een fanverhaal van maken?")
    question.get_by_role("button", name="Plaatsen").click()
    expect(post(sanne, "Mooi gedaan. Je verhaal komt in")).to_be_visible()
    expect(sanne.get_by_role("button", name="Plaatsen")).to_have_count(0)

    sanne.goto(sanne.url.replace("at=D0SANNE", "at=C0FANS"))
    expect(post(sanne, "bij de buren")).to_contain_text("Sanne")


def test_the_private_answer_takes_a_story_back(open_as: Open) -> None:
    sanne = open_as("U0SANNE")

    type_in(sanne, f"/fan {STORY}")
    expect(post(sanne, STORY)).to_have_count(1)
    sanne.get_by_role("button", name="Ongedaan maken").click()

    expect(post(sanne, STORY)).to_have_count(0)
    expect(sanne.locator(".only-you").filter(has_text="Teruggenomen")).to_contain_text(STORY)
