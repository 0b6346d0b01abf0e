"""What the tick asks and writes, on both databases; who else holds a row holds the tick back from it."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlmodel import select

from storage.database import Database, InWorkspace
from storage.office import change_office
from storage.participants import Participant, participant_of
from storage.people import Part, Person
from storage.reminders import Answer, Reminder, reminder_on
from storage.reminding import (
    DuePerson,
    Next,
    change_people,
    note_first_reminders,
    note_reminded,
    people_due,
    plan_people,
)
from tests.fakes import MONDAY
from tests.storage.records import TODAY, somebody, told

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
LONG_AGO = MONDAY - timedelta(days=8)


@pytest.fixture
def sanne(database: Database, here: InWorkspace) -> int:
    return joined(database, here, "U0SANNE")


def joined(database: Database, who: InWorkspace, slack_id: str, **values: Any) -> int:
    """Somebody whose reminder of today is due."""
    person_id = somebody(database, who, slack_id)
    first = {
        "joined_at": MONDAY, "joined_on": TODAY, "on_board": False, "remind_at": time(9), "second_at": time(16),
        "volume": "light", "due_at": MONDAY, "due_day": TODAY, "last_day": YESTERDAY,
    }  # fmt: skip
    with database.writing(who) as tx:
        person = tx.exec(select(Person).where(Person.id == person_id)).one()
        person.zone, person.part = "Europe/Amsterdam", Part.JOINED
        tx.add(Participant(workspace_id=who.workspace_id, person_id=person_id, **first | values))
    return person_id


def due(database: Database, who: InWorkspace, now: datetime = MONDAY, limit: int = 10) -> list[DuePerson]:
    with database.writing(who) as tx:
        return list(people_due(tx, now, limit, LONG_AGO))


def row_of(database: Database, who: InWorkspace, person_id: int) -> Participant:
    with database.reading(who) as tx:
        row = participant_of(tx, person_id)
    assert row is not None
    return row


def test_who_is_due_is_told_of_with_both_days(database: Database, here: InWorkspace, sanne: int) -> None:
    with database.writing(here) as tx:
        common: dict[str, Any] = {"workspace_id": here.workspace_id, "person_id": sanne, "reminded_at": MONDAY}
        tx.add(Reminder(**common, day=YESTERDAY, posts=2, answer=Answer.SNOOZED, snoozed_until=MONDAY, last_key="k"))
        tx.add(Reminder(**common, day=TODAY, posts=1, answer=Answer.SKIPPED))

    (person,) = due(database, here)

    assert (person.person_id, person.slack_id, person.zone, person.part) == (
        *(sanne, "U0SANNE", "Europe/Amsterdam", Part.JOINED),
    )
    assert (person.due_at, person.due_day, person.remind_at) == (MONDAY, TODAY, time(9))
    assert (person.last_answer, person.last_until, person.last_key) == (Answer.SNOOZED, MONDAY, "k")
    assert (person.day_answer, person.day_posts, person.is_told) == (Answer.SKIPPED, 1, False)


def test_who_has_no_reminder_yet_is_told_of_as_well(database: Database, here: InWorkspace) -> None:
    joined(database, here, "U0NEW", last_day=None, due_day=None)

    (person,) = due(database, here)

    assert (person.last_answer, person.last_key, person.day_answer, person.day_posts) == (None, None, None, None)
    assert person.is_told is False


@pytest.mark.parametrize(
    ("day", "told_at", "is_told"),
    [(TODAY, MONDAY, True), (YESTERDAY, MONDAY, False), (TODAY, LONG_AGO - timedelta(days=1), False)],
)
def test_a_story_of_the_day_is_seen(
    database: Database, here: InWorkspace, sanne: int, day: date, told_at: datetime, is_told: bool
) -> None:
    told(database, here, sanne, day=day, told_at=told_at, is_shared=False)

    assert [person.is_told for person in due(database, here)] == [is_told]


def test_the_longest_due_come_first_and_no_more_than_were_asked_for(
    database: Database, here: InWorkspace, there: InWorkspace, sanne: int
) -> None:
    bram = joined(database, here, "U0BRAM", due_at=MONDAY - timedelta(minutes=1))
    joined(database, here, "U0LATER", due_at=MONDAY + timedelta(minutes=1))
    joined(database, here, "U0NEVER", due_at=None)
    joined(database, there, "U0JOOST")

    assert [person.person_id for person in due(database, here)] == [bram, sanne]
    assert [person.person_id for person in due(database, here, limit=1)] == [bram]
    assert due(database, here, LONG_AGO) == []


def test_what_is_next_is_written_for_many_at_once(
    database: Database, here: InWorkspace, there: InWorkspace, sanne: int
) -> None:
    bram, joost = joined(database, here, "U0BRAM", unanswered=2), joined(database, there, "U0JOOST")
    tomorrow = MONDAY + timedelta(days=1)

    with database.writing(here) as tx:
        note_reminded(tx, [sanne, bram, joost], Next(tomorrow, TOMORROW, True), TODAY, True, 1)
        note_first_reminders(tx, [sanne, bram, joost], TODAY, ("reminder:", ":today"), MONDAY)

    for person_id, unanswered in ((sanne, 1), (bram, 3)):
        row = row_of(database, here, person_id)
        assert (row.due_at, row.due_day, row.due_is_second) == (tomorrow, TOMORROW, True)
        assert (row.last_day, row.has_second, row.unanswered) == (TODAY, True, unanswered)
        with database.reading(here) as tx:
            reminder = reminder_on(tx, person_id, TODAY)
        assert reminder is not None
        assert (reminder.posts, reminder.last_key) == (1, f"reminder:{person_id}:today")
        assert reminder.reminded_at == MONDAY
    assert row_of(database, there, joost).last_day == YESTERDAY  # another workspace's is left alone


def test_who_is_planned_no_more_has_no_next_moment(database: Database, here: InWorkspace, sanne: int) -> None:
    with database.writing(here) as tx:
        plan_people(tx, [sanne], Next())

    row = row_of(database, here, sanne)
    assert (row.due_at, row.due_day, row.due_is_second, row.last_day) == (None, None, False, YESTERDAY)


def test_other_values_are_written_for_each(
    database: Database, here: InWorkspace, there: InWorkspace, sanne: int
) -> None:
    joost = joined(database, there, "U0JOOST")

    with database.writing(here) as tx:
        change_people(tx, [{"of_person": sanne, "volume": "weekly"}, {"of_person": joost, "volume": "weekly"}])
        change_people(tx, [])

    assert row_of(database, here, sanne).volume == "weekly"
    assert row_of(database, there, joost).volume == "light"


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_who_acts_just_now_waits_for_the_next_tick(database: Database, here: InWorkspace, sanne: int) -> None:
    bram = joined(database, here, "U0BRAM")

    with database.writing(InWorkspace(here.workspace_id, sanne)):
        assert [person.person_id for person in due(database, here)] == [bram]
    assert len(due(database, here)) == 2


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_two_replicas_get_different_people(database: Database, here: InWorkspace, sanne: int) -> None:
    bram = joined(database, here, "U0BRAM")

    with database.writing(here) as tx:
        mine = [person.person_id for person in people_due(tx, MONDAY, 1, LONG_AGO)]
        others = [person.person_id for person in due(database, here)]

    assert sorted(mine + others) == sorted([sanne, bram])


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_nobody_is_reminded_while_the_office_is_being_changed(
    database: Database, here: InWorkspace, sanne: int
) -> None:
    with database.writing(here) as tx:
        change_office(tx, "zone", "Europe/London", sanne, MONDAY)
        assert due(database, here) == []
    assert len(due(database, here)) == 1
