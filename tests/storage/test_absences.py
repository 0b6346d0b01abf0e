"""When somebody is away, on both databases."""

from datetime import date, timedelta

from storage.absences import Absence, absence_by_id, absences_from, absences_of
from storage.database import Database, InWorkspace
from storage.people import enter_person
from tests.fakes import MONDAY
from tests.storage.records import TODAY, somebody

WEEK = timedelta(days=7)


def away(database: Database, who: InWorkspace, person_id: int, first: date, last: date, by: int | None = None) -> int:
    with database.writing(who) as tx:
        absence = Absence(
            workspace_id=who.workspace_id, person_id=person_id, first_day=first, last_day=last, entered_by=by,
            entered_at=MONDAY,
        )  # fmt: skip
        tx.add(absence)
        tx.flush()
        return absence.id or 0


def test_absences_are_told_in_order_and_from_the_day_on_which_they_end(
    database: Database, here: InWorkspace, sanne: int
) -> None:
    bram = somebody(database, here, "U0BRAM")
    away(database, here, sanne, TODAY + WEEK, TODAY + 2 * WEEK)
    away(database, here, sanne, TODAY, TODAY)
    away(database, here, sanne, TODAY - WEEK, TODAY - timedelta(days=1))

    with database.reading(here) as tx:
        assert [one.first_day for one in absences_of(tx, sanne)] == [TODAY - WEEK, TODAY, TODAY + WEEK]
        assert absences_from(tx, [sanne, bram], TODAY) == {
            sanne: [(TODAY, TODAY), (TODAY + WEEK, TODAY + 2 * WEEK)], bram: [],
        }  # fmt: skip


def test_another_workspace_sees_nothing_of_it(
    database: Database, here: InWorkspace, there: InWorkspace, sanne: int
) -> None:
    absence_id = away(database, here, sanne, TODAY, TODAY)

    with database.reading(there) as tx:
        assert absences_of(tx, sanne) == []
        assert absences_from(tx, [sanne], TODAY) == {sanne: []}
        assert absence_by_id(tx, absence_id) is None
    with database.reading(here) as tx:
        assert absence_by_id(tx, absence_id) is not None


def test_it_stays_when_who_entered_it_goes_and_goes_with_who_it_is_about(
    database: Database, here: InWorkspace, sanne: int
) -> None:
    manager = somebody(database, here, "U0FATIMA")
    absence_id = away(database, here, sanne, TODAY, TODAY, by=manager)

    with database.writing(here) as tx:
        tx.delete(enter_person(tx, "U0FATIMA"))
    with database.reading(here) as tx:
        found = absence_by_id(tx, absence_id)
        assert found is not None
        assert found.entered_by is None
    with database.writing(here) as tx:
        tx.delete(enter_person(tx, "U0SANNE"))
    with database.reading(here) as tx:
        assert absence_by_id(tx, absence_id) is None
