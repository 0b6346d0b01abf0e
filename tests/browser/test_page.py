"""The page itself: steady at first paint, readable, usable with the keyboard alone, and what it has beyond Slack."""

from functools import partial

import httpx
import pytest
from playwright.sync_api import Page, expect

from bot.wiring.demo import Demo
from tests.browser.conftest import Open

STEADY = 0.02  # cumulative layout shift
SHIFT = """() => new Promise((done) => {
  let total = 0;
  const add = (list) => list.getEntries().forEach((one) => (total += one.hadRecentInput ? 0 : one.value));
  new PerformanceObserver(add).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(total), 400);
})"""
NAMELESS = """() => [...document.querySelectorAll("button, a[href], input, select, textarea, summary")]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }))
  .filter((one) => !(one.ariaLabel || one.title || one.textContent.trim() || one.labels?.length))
  .map((one) => one.outerHTML)"""
# Elements whose own words stand out too little from the nearest ground behind them (WCAG AA).
PALE = """() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const ground = (one) => {
    for (let at = one; at; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.backgroundImage !== "none") return null;
      const [r, g, b, a] = rgba(style.backgroundColor);
      if (a === 255) return [r, g, b];
    }
    return rgba("Canvas");
  };
  const part = (value) => (value <= 10 ? value / 3294.6 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  const light = ([r, g, b]) => 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  const ratio = (one, other) => (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  const words = (one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
  const visible = { opacityProperty: true, visibilityProperty: true };
  const shown = (one) => one.checkVisibility(visible) && !one.closest(":disabled");
  return [...document.body.querySelectorAll("*")].filter((one) => words(one) && shown(one)).flatMap((one) => {
    const behind = ground(one);
    const found = behind && ratio(light(rgba(getComputedStyle(one).color)), light(behind));
    return found && found < 4.5 ? [`${found.toFixed(2)} ${one.outerHTML.slice(0, 120)}`] : [];
  });
}"""
VIEWS = ["at=C0FANS", "at=home", "at=D0SANNE", "at=C0FANS&developer=1"]


def show(page: Page, demo: Demo, query: str) -> None:
    page.goto(f"{demo.url}/?as=U0SANNE&{query}")
    expect(page.locator("#main")).to_be_visible()


def test_every_view_is_steady_named_and_readable(open_as: Open, demo: Demo) -> None:
    for width in (1280, 400):
        page = open_as("U0SANNE", width=width)
        for query in VIEWS:
            show(page, demo, query)
            assert page.evaluate(SHIFT) < STEADY, query
            assert page.evaluate(NAMELESS) == [], query
            assert page.evaluate("document.documentElement.scrollWidth") <= width, query
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                assert page.evaluate(PALE) == [], (query, scheme)


def test_a_conversation_opens_at_its_end(open_as: Open) -> None:
    page = open_as("U0SANNE")

    expect(page.locator("article").last).to_be_in_viewport()
    expect(page.locator("article").first).not_to_be_in_viewport()


def test_the_keyboard_alone_reads_opens_a_thread_and_comes_back(open_as: Open) -> None:
    page = open_as("U0SANNE")
    page.locator("#main").focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    message = page.locator("article:focus")
    expect(message).to_have_attribute("data-ts", page.locator("article").nth(-2).get_attribute("data-ts") or "")
    message.get_by_role("link", name="Reageren in thread").press("Enter")

    reply = page.get_by_role("textbox", name="Antwoord in de thread")
    expect(reply).to_be_focused()
    reply.press("Escape")
    expect(page.locator(".thread")).to_have_count(0)
    expect(page.locator("article").nth(-2)).to_be_focused()


def test_lists_are_walked_with_the_arrow_keys_and_menus_close_with_escape(open_as: Open) -> None:
    page = open_as("U0SANNE")
    page.get_by_role("link", name="fans", exact=True).focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("link", name="klantwand")).to_be_focused()

    clock = page.locator("#clock-button")
    clock.press("Enter")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("button", name="Morgen 09:00")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#clock-menu")).to_be_hidden()
    expect(clock).to_be_focused()


def test_the_skip_link_is_the_first_stop(open_as: Open) -> None:
    page = open_as("U0SANNE", at="home")
    page.keyboard.press("Tab")

    expect(page.get_by_role("link", name="Naar het gesprek")).to_be_focused()


def test_the_card_is_ticked_off_step_by_step(open_as: Open) -> None:
    page = open_as("U0SANNE")
    card = page.locator(".try-out")
    expect(page.get_by_text("Nieuw hier?")).to_be_visible()
    page.locator("#composer").fill("/fan")
    page.keyboard.press("Enter")
    page.locator("dialog[open]").get_by_role("button", name="Annuleren").click()
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(card).to_contain_text("0 van")
    card.get_by_role("button", name="Zet het klaar").click()
    page.keyboard.press("Enter")
    expect(card).to_contain_text("1 van")
    expect(page.get_by_text("Nieuw hier?")).to_be_hidden()

    card.get_by_role("link", name="Word Bram").click()
    page.wait_for_url("**as=U0BRAM**")  # till it has loaded: a click before that does nothing
    page.locator("article").last.get_by_role("button", name="Applaudisseer").click()
    expect(card).to_contain_text("2 van")
    card.get_by_role("button", name="Kaart ‘Probeer dit’ sluiten").click()
    expect(card).to_have_count(0)
    page.get_by_role("button", name="Probeer dit").click()
    expect(card).to_contain_text("2 van")


def test_the_cards_next_step_is_in_sight_and_in_the_end_its_last_words_are(open_as: Open, demo: Demo) -> None:
    page, steps = open_as("U0SANNE"), demo.emulator.try_out.steps
    page.set_viewport_size({"width": 1280, "height": 600})
    card = page.locator(".try-out")
    for step in steps[:-1]:
        demo.between_requests(partial(demo.emulator.try_out.happened, step.kind, step.name))
    expect(card).to_contain_text(f"{len(steps) - 1} van")
    expect(card.locator("[aria-current=step] .button")).to_be_in_viewport(ratio=1)
    bottom = "(one) => one.getBoundingClientRect().bottom"
    step_ends = card.locator("[aria-current=step]").evaluate(bottom)
    assert step_ends <= card.evaluate(bottom)

    demo.between_requests(partial(demo.emulator.try_out.happened, steps[-1].kind, steps[-1].name))
    expect(card.get_by_text("Dat was het.")).to_be_in_viewport(ratio=1)


def test_moving_the_clock_begins_a_new_day(open_as: Open) -> None:
    page = open_as("U0SANNE")
    page.locator("#clock-button").click()
    page.get_by_role("button", name="Morgen 09:00").click()
    expect(page.locator(".moved")).to_contain_text("09:00")
    page.locator("#composer").press_sequentially("goedemorgen")
    page.keyboard.press("Enter")
    expect(page.locator(".day").last).to_have_text("Vandaag")

    page.locator("#clock-button").click()
    page.get_by_role("button", name="Terug naar nu").click()
    expect(page.locator(".moved")).to_have_count(0)


def test_the_drawer_shows_requests_as_they_happen(open_as: Open, demo: Demo) -> None:
    page = open_as("U0SANNE")
    page.get_by_role("link", name="Achter de schermen").click()
    words = page.get_by_role("searchbox", name="Zoek in verzoeken")
    expect(words).to_be_focused()
    page.locator("#composer").fill("/fan Een paraplu")
    page.locator("#composer").press("Enter")
    command = page.locator(".exchange", has_text="/fan")
    expect(command).to_have_count(1)
    command.locator("summary").click()
    expect(command.locator("pre").first).to_contain_text("Een paraplu")

    words.fill("views.publish")
    expect(command).to_have_count(0)
    words.press("Escape")
    expect(command).to_have_count(1)
    words.press("Escape")
    expect(page.locator("#developer-button")).to_be_focused()


@pytest.fixture
def posted(demo: Demo) -> str:
    """A message with a table, and a menu that asks before it acts."""

    def plain(text: str) -> dict[str, str]:
        return {"type": "plain_text", "text": text}

    names = ["Sanne", "Bram", "Lotte", "Kees", "Ruben", "Mei", "Daan"]
    cells = [
        [{"type": "raw_text", "text": name}, {"type": "raw_number", "value": 10 * index}]
        for index, name in enumerate(names)
    ]
    heads = [{"type": "raw_text", "text": "Wie"}, {"type": "raw_text", "text": "Fans"}]
    sure = {"title": plain("Zeker?"), "text": plain("Echt?"), "confirm": plain("Ja"), "deny": plain("Nee")}
    options = [{"text": plain(text), "value": text} for text in ("een", "twee")]
    menu = {"type": "static_select", "action_id": "pick", "options": options, "initial_option": options[0]}
    blocks = [
        {"type": "data_table", "caption": "Deze week", "rows": [heads, *cells]},
        {"type": "actions", "elements": [{**menu, "confirm": sure}]},
    ]
    fields = {"token": "xoxb-demo", "channel": "C0FANS", "text": "Deze week", "blocks": blocks}
    answer = httpx.post(f"{demo.url}/api/chat.postMessage", json=fields, trust_env=False).json()
    assert answer["ok"], answer
    return str(answer["ts"])


def test_a_data_table_is_sorted_turned_and_searched(open_as: Open, posted: str) -> None:
    message = open_as("U0SANNE").locator(f"[data-ts='{posted}']")
    rows = message.locator("tbody tr:visible")
    expect(rows).to_have_count(5)
    message.get_by_role("button", name="Fans").click()
    message.get_by_role("button", name="Fans").click()
    expect(rows.first).to_contain_text("Daan")
    message.get_by_role("button", name="Volgende").click()
    expect(rows).to_have_count(2)
    message.get_by_role("searchbox").fill("kees")
    expect(rows).to_have_text(["Kees30"])


def test_who_says_no_gets_the_old_choice_back(open_as: Open, posted: str) -> None:
    page = open_as("U0SANNE")
    menu = page.locator(f"[data-ts='{posted}'] select")
    menu.select_option("twee")
    page.locator("#confirm").get_by_role("button", name="Nee").click()

    expect(menu).to_have_value("een")
