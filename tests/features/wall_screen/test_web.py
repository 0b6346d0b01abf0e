"""The pages of the walls, as a browser gets them: what is on them, what isn't, and who gets nothing."""

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from html import unescape

import httpx
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.features.wall_screen import rules
from bot.features.wall_screen.web import routes
from bot.kernel.links import new_token
from bot.kernel.office import Me
from bot.pages.render import STATIC, static_files
from bot.services import Services
from bot.wiring.server import WebServer
from storage.compliments import Consent
from storage.database import InWorkspace
from storage.links import LinkKind
from storage.people import Standing
from tests.fakes import MONDAY, FakeOffice, StoppedClock
from tests.features.wall_screen.hung import TODAY, Walls

HOSTILE = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"'><b>vet", "*vet* _schuin_ `code`", "<!channel>",
    "\u202eachterstevoren", "Z\u0335\u0321\u031b\u0354a\u0336l\u0337go", "{{ 7 * 7 }}", "</article></main>",
    "\u05e9\u05dc\u05d5\u05dd", "a&amp;b", "x" * 3000,
]  # fmt: skip
PATIENCE = 10  # seconds


@pytest.fixture
def web(services: Services) -> Iterator[TestClient]:
    with TestClient(Starlette(routes=[*routes(services), *static_files()])) as client:
        yield client


def texts(html: str) -> list[str]:
    """The words of the cards, in their order."""
    return [unescape(found) for found in re.findall(r'<p(?: class="text")? dir="auto">(.*?)</p>', html, re.S)]


def whos(html: str) -> list[str]:
    found = re.findall(r'<p class="who">(.*?)</p>', html, re.S)
    return [unescape(re.sub(r"<[^>]+>", "", one)) for one in found]


def test_the_screen_shows_compliments_stories_ideas_and_todays_count(
    web: TestClient, walls: Walls, sanne: Me, bram: Me
) -> None:
    walls.joined(sanne.slack_id)
    walls.compliment("Wat een fijne winkel", about=(sanne.slack_id,))
    walls.story(sanne.person_id, "Paraplu uitgeleend")
    walls.story(bram.person_id, "Voor mezelf", on_screen=False)
    walls.idea("Een bankje bij de deur")

    answer = web.get(f"/wall/{walls.screen()}")

    assert texts(answer.text) == ["Wat een fijne winkel", "Paraplu uitgeleend", "Een bankje bij de deur"]
    assert "<strong>2</strong>" in answer.text
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("consent", "shown"),
    [(Consent.FULL_NAME, "Joke de Vries"), (Consent.FIRST_NAME, "Joke"), (Consent.ANONYMOUS, None)],
)
def test_a_customer_is_named_as_far_as_they_agreed(
    web: TestClient, walls: Walls, services: Services, consent: Consent, shown: str | None
) -> None:
    walls.compliment(consent=consent)
    say = services.speakers["nl"]

    for address in ("", "?list"):
        html = web.get(f"/wall/{walls.screen()}{address}").text
        assert whos(html)[0].startswith(shown or say("a customer"))
        assert ("Vries" in html) is (consent == Consent.FULL_NAME)


def test_what_has_no_consent_waits_or_is_not_ticked_is_nowhere(web: TestClient, walls: Walls, sanne: Me) -> None:
    walls.compliment("Geheim", consent=Consent.NOT_ON_SCREEN)
    walls.compliment("Wacht nog", is_placed=False)
    walls.story(sanne.person_id, "Niet aangevinkt", on_screen=False)
    walls.story(sanne.person_id, "Niet gedeeld", is_shared=False, posted_on=None)
    walls.story(sanne.person_id, "")  # of somebody who was erased
    walls.idea("Nog niet geplaatst", posted_on=None)
    walls.idea("Samengevoegd", merged_into=walls.idea("Blijft"))
    token = walls.screen()

    pages = [web.get(f"/wall/{token}{query}").text for query in ("", "?list", "?list=stories", "?list=ideas")]
    shown = [text for html in pages for text in texts(html)]

    assert shown == ["Blijft", "Blijft"]


def test_who_does_not_take_part_or_left_is_a_colleague(
    web: TestClient, walls: Walls, office: FakeOffice, services: Services, sanne: Me, bram: Me
) -> None:
    gone = office.person("U0WARD", "Ward Maes", standing=Standing.GONE)
    walls.joined(sanne.slack_id, gone.slack_id)
    walls.story(gone.person_id)
    walls.compliment(about=(bram.slack_id,))
    walls.compliment(about=(sanne.slack_id, bram.slack_id, gone.slack_id), customer="Ali", text="Samen")

    html = web.get(f"/wall/{walls.screen()}").text

    assert "Bram" not in html
    assert "Ward" not in html
    assert "Sanne" in html


def test_the_words_name_a_colleague_as_far_as_they_chose_to_be_seen(
    web: TestClient, walls: Walls, office: FakeOffice
) -> None:
    office.person("U0MEI", "Mei Chen")
    office.person("U0BRAM", "Bram de Boer")
    walls.joined("U0BRAM")
    walls.compliment("In mei hielp @Mei Chen mij, en Mei lachte; @Bram de Boer ook", about=("U0MEI", "U0BRAM"))
    screen = walls.screen()

    for query in ("", "?list"):
        [text] = texts(web.get(f"/wall/{screen}{query}").text)
        assert text == "In mei hielp een collega mij, en een collega lachte; Bram ook"
    assert texts(web.get(f"/wall/{screen}?list&q=chen").text) == []


def test_an_idea_shows_how_far_it_is_and_never_whose_it_was(web: TestClient, walls: Walls, sanne: Me) -> None:
    walls.joined(sanne.slack_id)
    walls.idea("Bonnetje per mail", suggester_id=sanne.person_id, status="new", moved_at=None, answered_at=None)
    token = walls.screen()

    html = web.get(f"/wall/{token}?list=ideas").text

    assert texts(html) == ["Bonnetje per mail"]
    assert "9" in whos(html)[0]  # the public clock
    assert "Sanne" not in html
    assert "Bonnetje" not in web.get(f"/wall/{token}").text  # it hasn't moved


def test_a_no_is_no_news_for_the_screen_and_stays_in_the_list(web: TestClient, walls: Walls) -> None:
    walls.idea(status="no_but")
    screen = walls.screen()
    assert "Een bankje" not in web.get(f"/wall/{screen}").text
    assert "Een bankje" in web.get(f"/wall/{screen}?list=ideas").text


def test_a_list_tells_all_of_an_idea_and_is_searched_in_all_of_it(web: TestClient, walls: Walls) -> None:
    walls.idea("Bankje", about="Want wie wacht, staat nu.\nOok in de regen.")
    walls.idea("Zet koffie voor wie wacht, en ook…", about="Zet koffie voor wie wacht, en ook thee")
    screen = walls.screen()

    html = web.get(f"/wall/{screen}?list=ideas").text
    assert texts(html) == ["Zet koffie voor wie wacht, en ook thee", "Bankje"]
    assert unescape(html).count("Ook in de regen.") == 1
    assert texts(web.get(f"/wall/{screen}?list=ideas&q=regen+bankje").text) == ["Bankje"]
    assert texts(web.get(f"/wall/{screen}?list=ideas&q=thee").text) == ["Zet koffie voor wie wacht, en ook thee"]
    assert "regen" not in web.get(f"/wall/{screen}").text


def test_an_idea_that_moved_long_ago_is_no_news(web: TestClient, walls: Walls) -> None:
    walls.idea("Oud", moved_at=MONDAY - rules.MOVED_WITHIN - timedelta(seconds=1))

    assert "Oud" not in web.get(f"/wall/{walls.screen()}").text


def test_a_compliment_of_long_ago_that_is_entered_now_is_on_the_screen(web: TestClient, walls: Walls) -> None:
    for number in range(rules.COMPLIMENTS):
        walls.compliment(f"Vandaag {number}")
    walls.compliment("Een brief van vorig jaar", day=date(2025, 5, 1))
    token = walls.screen()

    assert texts(web.get(f"/wall/{token}").text)[0] == "Een brief van vorig jaar"
    html = web.get(f"/wall/{token}?list").text
    assert texts(html)[-1] == "Een brief van vorig jaar"
    assert "1 mei 2025" in whos(html)[-1]


def test_an_empty_wall_says_so(web: TestClient, walls: Walls, services: Services) -> None:
    token, say = walls.screen(), services.speakers["nl"]

    assert texts(web.get(f"/wall/{token}").text) == [say("Here the first compliment will hang. Who makes a fan today?")]
    assert say("There is nothing here yet.") in unescape(web.get(f"/wall/{token}?list").text)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_words(web: TestClient, walls: Walls, sanne: Me, text: str) -> None:
    walls.joined(sanne.slack_id)
    walls.compliment(text, customer=text[:150])
    walls.story(sanne.person_id, text)
    walls.idea(text[:150])
    token = walls.screen()

    for asked in ({}, {"list": ""}, {"list": "stories"}, {"list": "ideas"}, {"list": "", "q": text}):
        html = web.get(f"/wall/{token}", params=asked).text
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert "<b>vet" not in html
        assert html.count("</main>") == 1
        whole = text if "list" in asked else rules.excerpt(text)
        assert set(texts(html)) <= {whole, text[:150]}
        assert texts(html) or "q" in asked


def test_a_list_is_read_page_by_page_and_nothing_twice(web: TestClient, walls: Walls) -> None:
    for number in range(2 * rules.PAGE + 3):
        walls.compliment(f"Nummer {number}", day=TODAY - timedelta(days=number % 3))
    address, read = f"/wall/{walls.screen()}?list", []

    for expected in (rules.PAGE, rules.PAGE, 3):
        html = web.get(address).text
        assert len(texts(html)) == expected
        read += texts(html)
        following = re.search(r'rel="next" href="([^"]+)"', html)
        address = f"/wall/{unescape(following[1])}" if following else ""

    assert address == ""
    assert len(set(read)) == 2 * rules.PAGE + 3


@pytest.mark.parametrize("wall", ["compliments", "stories", "ideas"])
def test_words_are_searched_for_without_minding_accents(web: TestClient, walls: Walls, sanne: Me, wall: str) -> None:
    for text in ("Eén kopje café crème", "Een fijne winkel"):
        walls.compliment(text)
        walls.story(sanne.person_id, text)
        walls.idea(text)
    token = walls.screen()

    def found(typed: str) -> list[str]:
        return texts(web.get(f"/wall/{token}", params={"list": wall, "q": typed}).text)

    assert found("CAFE creme") == ["Eén kopje café crème"]
    assert found("winkel een") == ["Een fijne winkel"]
    assert found("100%_") == []
    assert len(found("   ")) == 2


def test_a_name_that_is_not_shown_is_not_found_either(web: TestClient, walls: Walls) -> None:
    walls.compliment(consent=Consent.FIRST_NAME)
    token = walls.screen()

    assert texts(web.get(f"/wall/{token}?list&q=joke").text)
    assert not texts(web.get(f"/wall/{token}?list&q=vries").text)


def test_a_search_goes_on_where_the_last_page_stopped_looking(
    web: TestClient, walls: Walls, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "SEARCHED", 5)
    walls.idea("Speld")
    for number in range(12):
        walls.idea(f"Hooi {number}")
    address, pages = f"/wall/{walls.screen()}?list=ideas&q=speld", 0

    while not texts(html := web.get(address).text):
        pages += 1
        following = re.search(r'rel="next" href="([^"]+)"', html)
        assert following
        address = f"/wall/{unescape(following[1])}"

    assert (texts(html), pages) == (["Speld"], 2)


@pytest.mark.parametrize(
    "query", ["?list=nonsense", "?list&before=x", "?list&before=9999-99-99.1", "?list&q=%00", "?x"]
)
def test_an_address_with_nonsense_shows_the_wall(web: TestClient, walls: Walls, query: str) -> None:
    walls.compliment("Mooi")

    assert web.get(f"/wall/{walls.screen()}{query}").status_code == 200


def test_a_guessed_revoked_or_odd_token_opens_nothing(web: TestClient, walls: Walls) -> None:
    walls.compliment("Mooi")
    revoked, page_for_customers = walls.screen(), walls.screen(LinkKind.CUSTOMERS)
    walls.revoke(revoked)

    for token in (new_token(), revoked, page_for_customers, "x", "%00" * 43, "A" * 5000):
        for path in (f"/wall/{token}", f"/wall/{token}?list", f"/wall/{token}/stream"):
            answer = web.get(path)
            assert (answer.status_code, "Mooi" in answer.text) == (404, False)
    assert web.head(f"/wall/{revoked}").status_code == 404


def test_a_screen_shows_its_own_workspace_alone(web: TestClient, walls: Walls, office: FakeOffice) -> None:
    walls.compliment("Van ons")
    other = office.person_elsewhere("T0EIK", "U0EIK", "Elders")
    theirs = Walls(office)
    theirs.workspace = InWorkspace(other.workspace_id)
    theirs.compliment("Van hen")

    assert texts(web.get(f"/wall/{walls.screen()}?list").text) == ["Van ons"]
    assert texts(web.get(f"/wall/{theirs.screen()}").text) == ["Van hen"]


def test_who_asks_for_the_head_alone_gets_it(web: TestClient, walls: Walls) -> None:
    token = walls.screen()

    assert web.head(f"/wall/{token}").status_code == 200
    assert web.head(f"/wall/{token}/stream").headers["content-type"].startswith("text/event-stream")


def test_the_screen_rests_at_night(web: TestClient, walls: Walls, clock: StoppedClock) -> None:
    token = walls.screen()
    assert 'class="screen"' in web.get(f"/wall/{token}").text

    clock.pass_time(hours=12)

    assert 'class="screen resting"' in web.get(f"/wall/{token}").text
    assert '<p id="dimmed">' in web.get(f"/wall/{token}").text


def luminance(color: str, left: float) -> float:
    """Of a colour such as #8c2347 of which so much is left beneath the black (WCAG 2)."""
    parts = [int(color[at : at + 2], 16) * left / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_what_is_on_a_resting_screen_stays_readable() -> None:
    styles = (STATIC / "wall.css").read_text()
    left = 1 - float(re.findall(r"\.resting body::after .* opacity: ([.\d]+)", styles)[0])
    cards = re.findall(r"--light: (#\w{6})(?:; --accent: (#\w{6}))?", styles)
    words = re.findall(r"--ink: (#\w{6})", styles)[0]

    def contrast(color: str, ground: str) -> float:
        return (luminance(color, left) + 0.05) / (luminance(ground, left) + 0.05)

    assert len(cards) == 4
    assert all(contrast(words, ground) >= 4.5 for ground, _ in cards)
    assert all(contrast(accent, ground) >= 3 for ground, accent in cards if accent)  # in large letters alone


def test_what_a_page_loads_is_there(web: TestClient, walls: Walls) -> None:
    loaded = re.findall(r'(?:src|href)="\.\./(static/[^"]+)"', web.get(f"/wall/{walls.screen()}").text)

    assert len(set(loaded)) == 3
    assert [web.get(f"/{path}").status_code for path in loaded] == [200] * len(loaded)


def test_a_stream_brings_what_is_new_takes_away_what_is_withdrawn_and_ends_when_revoked(
    services: Services, walls: Walls
) -> None:
    """Over a real connection, for an answer without an end can't be read otherwise."""
    token, server = walls.screen(), WebServer("127.0.0.1", 0)
    server.start(Starlette(routes=routes(services)))
    address = f"http://127.0.0.1:{server.port}/wall/{token}/stream"
    try:
        with httpx.stream("GET", address, timeout=PATIENCE) as answer:
            lines = answer.iter_lines()
            assert "Mooi" not in shown(lines)
            compliment = walls.compliment("Mooi")
            assert "Mooi" in shown(lines)
            walls.change(compliment, text="Prachtig")
            assert "Prachtig" in shown(lines)
            walls.withdraw(compliment)
            assert "Prachtig" not in shown(lines)
            walls.revoke(token)
            assert "event: gone" in list(lines)
        assert httpx.get(address).status_code == 404
    finally:
        server.stop()


def shown(lines: Iterator[str]) -> str:
    """The HTML of the next change."""
    data = next(line for line in lines if line.startswith("data: {"))
    return str(json.loads(data.removeprefix("data: "))["html"])
