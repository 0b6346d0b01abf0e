"""What the walls are asked, on both databases: in which order, from which place, and of whose workspace."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from storage.compliments import Compliment, Consent, add_compliment
from storage.database import Database, InWorkspace
from storage.ideas import Idea
from storage.on_the_wall import (
    compliments_on_the_wall,
    ideas_moved_since,
    ideas_on_the_wall,
    last_placed,
    stories_on_the_wall,
    stories_posted_on,
)
from tests.fakes import MONDAY
from tests.storage.records import TODAY, told

Praised = Callable[..., int]


@pytest.fixture
def praised(database: Database, here: InWorkspace) -> Praised:
    """Writes a compliment with consent; `values` are its columns."""

    def add(text: str, who: InWorkspace = here, day: date = TODAY, **values: Any) -> int:
        first = {"consent": Consent.ANONYMOUS, "entered_at": MONDAY}
        with database.writing(who) as tx:
            return add_compliment(tx, text=text, day=day, **first | values).id or 0

    return add


def suggested(database: Database, who: InWorkspace, title: str, **values: Any) -> int:
    with database.writing(who) as tx:
        idea = Idea(workspace_id=who.workspace_id, title=title, suggested_at=MONDAY, **{"posted_on": TODAY, **values})
        tx.add(idea)
        tx.flush()
        return idea.id or 0


def test_a_list_begins_with_what_was_said_last_and_a_screen_with_what_was_placed_last(
    database: Database, here: InWorkspace, praised: Praised
) -> None:
    praised("vandaag")
    praised("eerder", day=TODAY - timedelta(days=30))

    with database.reading(here) as tx:
        assert [one.compliment.text for one in compliments_on_the_wall(tx, 9)] == ["vandaag", "eerder"]
        assert [one.compliment.text for one in last_placed(tx, 9)] == ["eerder", "vandaag"]


def test_what_a_moderator_places_late_is_first_on_the_screen(
    database: Database, here: InWorkspace, praised: Praised
) -> None:
    waited = praised("wachtte", is_placed=False)
    praised("intussen", entered_at=MONDAY + timedelta(hours=1))
    with database.writing(here) as tx:
        compliment = tx.get_one(Compliment, waited)
        assert compliment.placed_at is None
        compliment.is_placed, compliment.placed_at = True, MONDAY + timedelta(hours=2)

    with database.reading(here) as tx:
        assert [one.compliment.text for one in last_placed(tx, 9)] == ["wachtte", "intussen"]
        assert [one.compliment.text for one in last_placed(tx, 1)] == ["wachtte"]


def test_the_screens_ask_by_an_index_alone(sqlite: Database) -> None:
    asked: list[str] = []
    with sqlite.reading(InWorkspace(1)) as tx:
        connection = tx.connection()
        driver: Any = connection.connection.driver_connection
        driver.set_trace_callback(asked.append)
        last_placed(tx, 12)
        driver.set_trace_callback(None)
        [plan] = [str(connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {one}").all()) for one in asked[:1]]

    assert "ix_compliment_workspace_id_is_placed_placed_at_id" in plan
    assert "TEMP B-TREE" not in plan


def test_an_idea_whose_words_were_erased_is_on_no_wall(database: Database, here: InWorkspace) -> None:
    suggested(database, here, "", moved_at=MONDAY)

    with database.reading(here) as tx:
        assert ideas_on_the_wall(tx, 9) == []
        assert ideas_moved_since(tx, MONDAY, 9) == []


def test_a_page_begins_after_a_place_also_within_a_day(database: Database, here: InWorkspace, praised: Praised) -> None:
    ids = [praised(f"nummer {number}") for number in range(4)]

    with database.reading(here) as tx:
        found = compliments_on_the_wall(tx, 2, before=(TODAY, ids[2]))

    assert [one.compliment.id for one in found] == [ids[1], ids[0]]


def test_no_wall_shows_another_workspace(
    database: Database, here: InWorkspace, there: InWorkspace, praised: Praised, sanne: int
) -> None:
    praised("hier")
    told(database, here, sanne, on_screen=True)
    suggested(database, here, "hier", moved_at=MONDAY)

    with database.reading(there) as tx:
        assert not compliments_on_the_wall(tx, 9)
        assert not last_placed(tx, 9)
        assert not stories_on_the_wall(tx, 9)
        assert not ideas_on_the_wall(tx, 9)
        assert not ideas_moved_since(tx, MONDAY, 9)
        assert stories_posted_on(tx, TODAY) == 0


def test_stories_come_with_their_tellers_the_newest_first(database: Database, here: InWorkspace, sanne: int) -> None:
    told(database, here, sanne, "eerst", on_screen=True)
    told(database, here, sanne, "verborgen")
    told(database, here, sanne, "laatst", on_screen=True)

    with database.reading(here) as tx:
        assert [(story.text, teller.name) for story, teller in stories_on_the_wall(tx, 9)] == [
            ("laatst", "Sanne"),
            ("eerst", "Sanne"),
        ]
        assert stories_posted_on(tx, TODAY) == 3


def test_the_idea_that_moved_last_is_first(database: Database, here: InWorkspace) -> None:
    suggested(database, here, "net", moved_at=MONDAY)
    suggested(database, here, "eerder", moved_at=MONDAY - timedelta(days=2))
    suggested(database, here, "nooit")

    with database.reading(here) as tx:
        assert [idea.title for idea in ideas_moved_since(tx, MONDAY - timedelta(days=3), 9)] == ["net", "eerder"]
        assert [idea.title for idea in ideas_moved_since(tx, MONDAY - timedelta(days=1), 9)] == ["net"]
