"""Which tips somebody got, on both databases."""

from datetime import date, timedelta

from sqlmodel import select

from storage.database import Database, InWorkspace
from storage.people import enter_person
from storage.tips import TipShown, show_tip, show_tips, tips_shown_since, tips_shown_to, who_had
from tests.storage.records import TODAY, somebody


def shown(database: Database, who: InWorkspace, person_id: int, tip_id: str, day: date = TODAY) -> None:
    with database.writing(who) as tx:
        show_tip(tx, person_id, tip_id, day)


def test_a_tip_counts_from_its_day_on(database: Database, here: InWorkspace, sanne: int) -> None:
    shown(database, here, sanne, "clear-no", TODAY - timedelta(days=1))
    shown(database, here, sanne, "walk-along")

    with database.reading(here) as tx:
        assert tips_shown_since(tx, sanne, TODAY - timedelta(days=1)) == {"clear-no", "walk-along"}
        assert tips_shown_since(tx, sanne, TODAY) == {"walk-along"}
        assert tips_shown_since(tx, sanne, TODAY + timedelta(days=1)) == set()


def test_a_tip_shown_twice_on_a_day_is_one_row(database: Database, here: InWorkspace, sanne: int) -> None:
    for day in (TODAY, TODAY, TODAY + timedelta(days=41)):
        shown(database, here, sanne, "clear-no", day)

    with database.reading(here) as tx:
        assert tx.exec(select(TipShown.shown_on).order_by(TipShown.shown_on)).all() == [
            TODAY,
            TODAY + timedelta(days=41),
        ]


def test_what_somebody_saw_is_not_what_another_saw(
    database: Database, here: InWorkspace, sanne: int, bram: int
) -> None:
    shown(database, here, sanne, "clear-no")
    shown(database, here, bram, "walk-along")

    with database.reading(here) as tx:
        assert tips_shown_since(tx, sanne, TODAY) == {"clear-no"}
        assert tips_shown_to(tx, [sanne, bram], TODAY) == {sanne: {"clear-no"}, bram: {"walk-along"}}


def test_everybody_who_was_asked_for_is_answered_for(
    database: Database, here: InWorkspace, sanne: int, bram: int
) -> None:
    shown(database, here, sanne, "clear-no", TODAY - timedelta(days=1))
    shown(database, here, sanne, "walk-along")
    shown(database, here, sanne, "hold-the-door")

    with database.reading(here) as tx:
        assert tips_shown_to(tx, [bram, sanne], TODAY) == {sanne: {"walk-along", "hold-the-door"}, bram: set()}
        assert tips_shown_to(tx, [], TODAY) == {}


def test_many_people_are_one_question(database: Database, here: InWorkspace, sanne: int) -> None:
    shown(database, here, sanne, "clear-no")

    with database.reading(here) as tx:
        found = tips_shown_to(tx, range(1, 20_001), TODAY)
    assert len(found) == 20_000
    assert {person_id for person_id, names in found.items() if names} == {sanne}


def test_another_workspace_sees_nothing_of_it(
    database: Database, here: InWorkspace, there: InWorkspace, sanne: int
) -> None:
    shown(database, here, sanne, "clear-no")

    with database.reading(there) as tx:
        assert tips_shown_since(tx, sanne, TODAY) == set()
        assert tips_shown_to(tx, [sanne], TODAY) == {sanne: set()}


def test_who_goes_takes_it_along(database: Database, here: InWorkspace, sanne: int, bram: int) -> None:
    shown(database, here, sanne, "clear-no")
    shown(database, here, bram, "clear-no")

    with database.writing(here) as tx:
        tx.delete(enter_person(tx, "U0SANNE"))

    with database.reading(here) as tx:
        assert tx.exec(select(TipShown.person_id)).all() == [bram]


def test_of_many_it_is_told_who_had_that_very_tip(
    database: Database, here: InWorkspace, there: InWorkspace, sanne: int, bram: int
) -> None:
    long_ago, joost = TODAY - timedelta(days=41), somebody(database, there, "U0JOOST")
    with database.writing(here) as tx:
        show_tips(tx, [(sanne, "clear-no", TODAY), (bram, "walk-along", TODAY), (bram, "clear-no", long_ago)])
        show_tips(tx, [(sanne, "clear-no", TODAY)])
        show_tips(tx, [])
    shown(database, there, joost, "clear-no")

    with database.reading(here) as tx:
        assert tips_shown_to(tx, [sanne, bram], TODAY) == {sanne: {"clear-no"}, bram: {"walk-along"}}
        assert who_had(tx, [(sanne, "clear-no"), (bram, "clear-no"), (joost, "clear-no")], TODAY) == {sanne}
        assert who_had(tx, [(sanne, "walk-along"), (bram, "clear-no")], long_ago) == {bram}
        assert who_had(tx, [], TODAY) == set()
