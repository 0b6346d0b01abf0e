"""Who takes part and when they are due, on both databases."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from storage.database import Database, InWorkspace
from storage.participants import (
    Participant,
    participant_of,
    participants_count,
    plan_anew,
    work_on,
    working_days_of,
    workspaces_with_due,
)
from tests.fakes import MONDAY
from tests.storage.records import TODAY, somebody

NEXT_WEEK = TODAY + timedelta(days=7)
MON_FRI = frozenset(range(5))


def joined(database: Database, who: InWorkspace, person_id: int, **values: Any) -> None:
    first = {"joined_at": MONDAY, "joined_on": TODAY, "on_board": False, "remind_at": time(9), "second_at": time(16)}
    with database.writing(who) as tx:
        values = {"volume": "light", **first, **values}
        tx.add(Participant(workspace_id=who.workspace_id, person_id=person_id, **values))


def due_of(database: Database, who: InWorkspace, person_id: int) -> tuple[datetime | None, date | None]:
    with database.reading(who) as tx:
        row = participant_of(tx, person_id)
    assert row is not None
    return row.due_at, row.due_day


def test_those_who_left_do_not_take_part(database: Database, here: InWorkspace, sanne: int, bram: int) -> None:
    joined(database, here, sanne)
    joined(database, here, bram, left_at=MONDAY)

    with database.reading(here) as tx:
        assert participants_count(tx) == 1


def test_planning_anew_is_for_some_or_for_all_who_take_part(
    database: Database, here: InWorkspace, there: InWorkspace, sanne: int, bram: int
) -> None:
    gone, joost = somebody(database, here, "U0GONE"), somebody(database, there, "U0JOOST")
    later = MONDAY + timedelta(hours=5)
    for person_id in (sanne, bram):
        joined(database, here, person_id, due_at=later, due_day=TODAY, due_is_second=True)
    joined(database, here, gone, left_at=MONDAY)
    joined(database, there, joost, due_at=later, due_day=TODAY)
    now = MONDAY + timedelta(hours=1)

    with database.writing(here) as tx:
        plan_anew(tx, now, [sanne])
    assert [due_of(database, here, one) for one in (sanne, bram)] == [(now, None), (later, TODAY)]
    with database.writing(here) as tx:
        plan_anew(tx, now)

    assert [due_of(database, here, one) for one in (sanne, bram, gone)] == [(now, None), (now, None), (None, None)]
    assert due_of(database, there, joost) == (later, TODAY)


def test_nobody_is_planned_before_they_joined(database: Database, here: InWorkspace, sanne: int) -> None:
    joined(database, here, sanne)

    with database.writing(here) as tx:
        plan_anew(tx, MONDAY - timedelta(hours=4), [sanne])

    assert due_of(database, here, sanne) == (MONDAY, None)


def test_the_workspace_that_waits_longest_comes_first(
    database: Database, here: InWorkspace, there: InWorkspace, sanne: int, bram: int
) -> None:
    joost = somebody(database, there, "U0JOOST")
    joined(database, here, sanne, due_at=MONDAY)
    joined(database, here, bram, due_at=MONDAY - timedelta(minutes=2))
    joined(database, there, joost, due_at=MONDAY - timedelta(minutes=3))

    with database.reading() as tx:
        assert workspaces_with_due(tx, MONDAY) == [there.workspace_id, here.workspace_id]
        assert workspaces_with_due(tx, MONDAY - timedelta(minutes=3)) == [there.workspace_id]
        assert workspaces_with_due(tx, datetime(2020, 1, 1, tzinfo=UTC)) == []


def test_working_days_are_dated_and_the_past_stays(
    database: Database, here: InWorkspace, sanne: int, bram: int
) -> None:
    with database.writing(here) as tx:
        work_on(tx, sanne, {4, 0}, NEXT_WEEK)
        work_on(tx, sanne, MON_FRI, TODAY)
        work_on(tx, sanne, {1, 0}, NEXT_WEEK)

    with database.reading(here) as tx:
        found = working_days_of(tx, [sanne, bram])
    assert found == {sanne: [(TODAY, MON_FRI), (NEXT_WEEK, frozenset({0, 1}))], bram: []}


def test_another_workspace_sees_nothing_of_it(
    database: Database, here: InWorkspace, there: InWorkspace, sanne: int
) -> None:
    joined(database, here, sanne)
    with database.writing(here) as tx:
        work_on(tx, sanne, MON_FRI, TODAY)

    with database.reading(there) as tx:
        assert participant_of(tx, sanne) is None
        assert participants_count(tx) == 0
        assert working_days_of(tx, [sanne]) == {sanne: []}
