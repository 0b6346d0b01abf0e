"""The page of a leaderboard, as a browser gets it: what is on it, what isn't, and who gets nothing."""

import csv
import re
from html import unescape
from io import StringIO

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.features.leaderboards.web import routes
from bot.kernel.links import new_token
from bot.kernel.office import Me
from bot.kernel.weekly import BoardMode
from bot.pages.render import static_files
from bot.services import Services
from storage.links import LinkKind
from tests.fakes import FakeOffice
from tests.features.leaderboards.telling import Telling

HOSTILE = [
    "<script>alert(1)</script>", "\"'><b>vet", "{{ 7 * 7 }}", "</svg></main>", "\u202eachterstevoren", "x" * 80,
]  # fmt: skip


@pytest.fixture
def web(services: Services) -> TestClient:
    return TestClient(Starlette(routes=[*routes(services), *static_files()]))


@pytest.fixture
def told(telling: Telling, fatima: Me) -> Telling:
    telling.colleague("Sanne", 3)
    telling.colleague("Bram", 2)
    return telling


def rows(html: str) -> list[list[str]]:
    """What stands in the page's table, heading included."""
    found = re.findall(r"<tr>(.*?)</tr>", html, re.S)
    return [[unescape(re.sub(r"<[^>]+>", "", cell)) for cell in re.findall(r"<t[hd].*?</t[hd]>", row)] for row in found]


def test_the_page_shows_the_week_as_a_drawing_and_a_table(web: TestClient, told: Telling) -> None:
    answer = web.get(f"/board/{told.link()}")

    assert answer.status_code == 200
    assert [row[:3] for row in rows(answer.text)[1:]] == [["1", "Sanne", "3"], ["2", "Bram", "2"]]
    assert answer.text.count('class="bar"') == 2
    assert "style=" not in answer.text  # its policy lets none through
    assert "<script" not in answer.text


@pytest.mark.parametrize("period", ["2026-W44", "2026-11", "2026-Q4", "2026", "2026-11-02", "vorige week"])
def test_each_kind_of_period_has_its_page(web: TestClient, told: Telling, period: str) -> None:
    answer = web.get(f"/board/{told.link()}", params={"period": period})

    assert answer.status_code == 200
    assert 'role="alert"' not in answer.text
    assert answer.text.count('aria-current="true"') == 1


def test_one_turns_back_and_on_but_not_into_what_is_to_come(web: TestClient, told: Telling) -> None:
    token = told.link()
    now = web.get(f"/board/{token}").text
    assert 'rel="next"' not in now
    before = re.search(r'rel="prev" href="([^"]+)"', now)
    assert before is not None
    last_week = web.get(f"/board/{before[1]}").text

    assert "?period=2026-W45" in last_week
    assert rows(last_week) == []


@pytest.mark.parametrize("period", ["2026-W54", "2027", "<script>", "x" * 5000, "\x00"])
def test_a_period_that_cannot_be_is_told_above_the_usual_one(web: TestClient, told: Telling, period: str) -> None:
    answer = web.get(f"/board/{told.link()}", params={"period": period})

    assert answer.status_code == 200
    assert 'role="alert"' in answer.text
    assert "<script>" not in answer.text
    assert len(rows(answer.text)) == 3


@pytest.mark.parametrize("mode", [BoardMode.TEAM, BoardMode.GROUPS])
def test_where_the_office_shows_no_names_no_address_does(web: TestClient, told: Telling, mode: BoardMode) -> None:
    told.chooses(mode=mode)
    token = told.link()
    for address in (f"/board/{token}", f"/board/{token}?mode=people", f"/board/{token}.csv?mode=people"):
        answer = web.get(address)
        assert answer.status_code == 200
        assert "Sanne" not in answer.text


def test_the_team_stands_in_a_line_beside_its_own_past(web: TestClient, told: Telling) -> None:
    told.chooses(mode=BoardMode.TEAM)
    html = web.get(f"/board/{told.link()}").text

    assert html.count("<circle") == 12
    assert [row[1] for row in rows(html)[1:]] == ["5", *["0"] * 11]


def test_of_a_day_on_which_few_told_the_page_has_no_number(web: TestClient, told: Telling) -> None:
    told.chooses(mode=BoardMode.TEAM)
    html = web.get(f"/board/{told.link()}", params={"period": "2026-11-02"}).text

    assert "een paar collega's maakten fans" in unescape(html)
    assert {row[1] for row in rows(html)[1:]} == {"0"}


def test_the_file_is_the_same_board(web: TestClient, told: Telling) -> None:
    answer = web.get(f"/board/{told.link()}.csv?period=2026-W45")
    read = list(csv.reader(StringIO(answer.text), delimiter=";"))

    assert answer.headers["content-type"].startswith("text/csv")
    assert "board-2026-W45.csv" in answer.headers["content-disposition"]
    assert [row[:3] for row in read[1:]] == [["1", "Sanne", "3"], ["2", "Bram", "2"]]


def test_there_is_no_file_of_a_period_that_cannot_be(web: TestClient, told: Telling) -> None:
    answer = web.get(f"/board/{told.link()}.csv?period=2026-W54")

    assert (answer.status_code, answer.text) == (400, "2026 heeft geen week 54.")


def test_who_has_no_link_sees_nothing(web: TestClient, told: Telling) -> None:
    for token in (new_token(), "x", told.link(LinkKind.SCREEN), told.link(LinkKind.FIGURES)):
        for ending in ("", ".csv"):
            assert web.get(f"/board/{token}{ending}").status_code == 404
            assert web.head(f"/board/{token}{ending}").status_code == 404


def test_a_link_opens_the_board_of_its_own_workspace(web: TestClient, told: Telling, office: FakeOffice) -> None:
    elsewhere = office.person_elsewhere("T0ANDERS", "U0FATIMA", "Fatima van elders")
    told.workspace = elsewhere  # type: ignore[assignment]

    assert rows(web.get(f"/board/{told.link()}").text) == []


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_only_words(web: TestClient, telling: Telling, fatima: Me, name: str) -> None:
    me = telling.colleague("Sanne", 1)
    telling.office.person(me.slack_id, name)
    html = web.get(f"/board/{telling.link()}").text

    assert rows(html)[1][1] == name
    assert "<script>" not in html
    assert "<b>" not in html
