"""Writing the record out, from both databases."""

import csv
import json
import tracemalloc
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO, TextIOBase
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert

from bot.features.stories import actions
from bot.features.stories.rules import TypedStory
from bot.kernel.office import Me
from bot.kernel.spreadsheets import FORMULA, harmless
from bot.wiring import export as exporting
from bot.wiring.export import EXPORTS, Export, export
from storage.database import Database, InWorkspace
from storage.rows import table_of
from storage.stories import Story
from tests.fakes import MONDAY, FakeOffice

UMBRELLA = "Paraplu meegegeven aan een klant in de regen"


def exported(office: FakeOffice, form: str) -> list[dict[str, Any]]:
    out = StringIO(newline="")
    count = export(office.services.database, "stories", form, out)
    text = out.getvalue()
    rows = json.loads(text) if form == "json" else list(csv.DictReader(StringIO(text, newline="")))
    assert len(rows) == count
    return list(rows)


@pytest.fixture(params=["csv", "json"])
def form(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_a_story_is_exported_whole(office: FakeOffice, sanne: Me, bram: Me, fatima: Me, form: str) -> None:
    told = actions.tell_story(
        office.services,
        sanne,
        TypedStory(
            UMBRELLA, customer="de bakker", moment="complaint", unasked=True, helpers=("U0BRAM", "U0FATIMA"),
            spent="7,50", minutes="20", day="2026-10-30",
        ),
    )  # fmt: skip
    actions.applaud(office.services, fatima, told.story_id)

    [row] = exported(office, form)
    assert (row["workspace"], row["day"], row["teller"], row["text"]) == ("T0LINDE", "2026-10-30", "Sanne", UMBRELLA)
    assert sorted(row["helpers"].split("; ")) == ["Bram", "Fatima"]
    assert [str(row[name]) for name in ("spent_cents", "minutes", "applause", "unasked", "customer", "moment")] == [
        "750", "20", "1", "True", "de bakker", "complaint",
    ]  # fmt: skip
    assert row["told_at"] == "2026-11-02T09:00:00+00:00"


def test_private_stories_are_left_out(office: FakeOffice, sanne: Me, form: str) -> None:
    actions.tell_story(office.services, sanne, TypedStory("Alleen voor mijzelf bedoeld", is_shared=False))
    actions.share_story(office.services, sanne, UMBRELLA)

    assert [row["text"] for row in exported(office, form)] == [UMBRELLA]


def test_an_empty_record_is_an_export_too(office: FakeOffice, form: str) -> None:
    assert exported(office, form) == []


def test_all_workspaces_are_exported_in_the_order_of_telling(office: FakeOffice, sanne: Me, form: str) -> None:
    actions.share_story(office.services, sanne, UMBRELLA)
    actions.share_story(office.services, office.person_elsewhere("T0OTHER", "U1", "Piet"), "Een verhaal van elders")

    assert [(row["workspace"], row["teller"]) for row in exported(office, form)] == [
        ("T0LINDE", "Sanne"), ("T0OTHER", "Piet"),
    ]  # fmt: skip


@pytest.mark.parametrize("start", ["=", "+", "-", "@", '=HYPERLINK("http://boef")'])
def test_no_cell_is_taken_for_a_formula(office: FakeOffice, start: str) -> None:
    trickster = office.person("U0TRICK", f"{start}naam")
    actions.tell_story(
        office.services, trickster, TypedStory(f"{start} tien letters of meer", customer=f"{start}klant")
    )

    [row] = exported(office, "csv")
    for cell in (row["text"], row["customer"], row["teller"]):
        assert cell.startswith("'")
    assert exported(office, "json")[0]["text"] == f"{start} tien letters of meer"  # JSON runs nothing


def test_words_with_commas_quotes_and_lines_come_through(office: FakeOffice, sanne: Me, form: str) -> None:
    words = 'Hij zei: "mooi", en toen;\nnog een regel — שלום 🎉'
    actions.tell_story(office.services, sanne, TypedStory(words))

    assert exported(office, form)[0]["text"] == words


@given(st.text())
def test_a_harmless_cell_never_begins_like_a_formula_and_loses_nothing(text: str) -> None:
    cell = harmless(text)

    assert not cell.startswith(FORMULA)
    assert cell in (text, "'" + text)


def test_numbers_stay_numbers() -> None:
    assert [harmless(value) for value in (-5, 0, None, True)] == [-5, 0, None, True]


@dataclass(frozen=True)
class Row:
    number: int


def test_rows_are_written_as_they_are_read(office: FakeOffice, monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    out, written_before = StringIO(), []

    def rows(_tx: Any, _month: str) -> Iterator[Row]:
        for number in range(5):
            written_before.append(out.getvalue().count(str(number - 1)) if number else 1)
            yield Row(number)

    one = Export(Row, rows, lambda _tx, _month: 5)
    monkeypatch.setitem(exporting.EXPORTS, "rows", one)  # type: ignore[arg-type]
    assert export(office.services.database, "rows", form, out) == 5
    assert written_before == [1] * 5


def test_who_watches_sees_each_row_and_hears_beforehand_how_many(office: FakeOffice, sanne: Me, form: str) -> None:
    for number in range(3):
        actions.share_story(office.services, sanne, f"{UMBRELLA} {number}")
    heard: list[Any] = []

    def watch(rows: Iterator[Any], count: int) -> Iterator[Any]:
        heard.append(count)
        for row in rows:
            heard.append(row.text)
            yield row

    assert export(office.services.database, "stories", form, StringIO(), watch=watch) == 3
    assert heard == [3, *(f"{UMBRELLA} {number}" for number in range(3))]


@pytest.mark.parametrize("what", EXPORTS)
def test_each_export_has_a_head_and_is_json_when_there_is_nothing(database: Database, what: str) -> None:
    table, listed = StringIO(newline=""), StringIO()

    assert export(database, what, "csv", table) == export(database, what, "json", listed) == 0
    assert table.getvalue().startswith("workspace,")
    assert json.loads(listed.getvalue()) == []


class Nowhere(TextIOBase):
    """What is written to it is gone."""

    def write(self, _text: str) -> int:
        return 0


def test_an_export_of_four_times_as_much_holds_no_more_in_memory(office: FakeOffice, sanne: Me, form: str) -> None:
    database, who = office.services.database, InWorkspace(office.workspace_id)
    export(database, "stories", form, Nowhere())  # type: ignore[arg-type]
    few = peak_after(database, who, sanne, 1_100, form)
    many = peak_after(database, who, sanne, 3_300, form)

    assert many < 1.5 * few


def peak_after(database: Database, who: InWorkspace, teller: Me, more: int, form: str) -> int:
    """Bytes of Python that an export holds at most, with so many more stories in the record."""
    row = {
        "workspace_id": who.workspace_id, "teller_id": teller.person_id, "text": UMBRELLA * 10, "day": MONDAY.date(),
        "told_at": MONDAY, "is_shared": True, "customer": "", "unasked": False, "on_screen": False,
    }  # fmt: skip
    with database.writing(who) as tx:
        tx.connection().execute(insert(table_of(Story)), [row] * more)
    tracemalloc.start()
    export(database, "stories", form, Nowhere())  # type: ignore[arg-type]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak
