"""What somebody got on a day, and what they answered, on both databases."""

from datetime import date, timedelta
from typing import Any

from sqlmodel import select

from storage.database import Database, InWorkspace
from storage.reminders import Answer, Reminder, days_free, note_reminders, reminder_on
from tests.fakes import MONDAY
from tests.storage.records import TODAY, somebody

YESTERDAY = TODAY - timedelta(days=1)


def noted(database: Database, who: InWorkspace, person_id: int, day: date = TODAY, posts: int = 1) -> None:
    key = f"reminder:{person_id}:{day}:{posts}"
    row = {"person_id": person_id, "day": day, "posts": posts, "last_key": key, "reminded_at": MONDAY}
    with database.writing(who) as tx:
        note_reminders(tx, [row])


def answered(database: Database, who: InWorkspace, person_id: int, day: date, answer: Answer, **more: Any) -> None:
    with database.writing(who) as tx:
        reminder = reminder_on(tx, person_id, day)
        assert reminder is not None
        reminder.answer = answer
        for name, value in more.items():
            setattr(reminder, name, value)


def test_a_second_reminder_of_a_day_has_no_answer_yet(database: Database, here: InWorkspace, sanne: int) -> None:
    noted(database, here, sanne)
    answered(database, here, sanne, TODAY, Answer.SNOOZED, snoozed_until=MONDAY)

    noted(database, here, sanne, posts=2)

    with database.reading(here) as tx:
        (reminder,) = tx.exec(select(Reminder)).all()
    assert (reminder.posts, reminder.answer, reminder.snoozed_until) == (2, None, None)
    assert reminder.last_key == f"reminder:{sanne}:2026-11-02:2"


def test_the_days_off_of_each_are_told_in_order(database: Database, here: InWorkspace, sanne: int) -> None:
    bram = somebody(database, here, "U0BRAM")
    for person_id, day, answer in (
        (sanne, TODAY, Answer.FREE),
        (sanne, YESTERDAY, Answer.FREE),
        (bram, TODAY, Answer.TOLD),
    ):
        noted(database, here, person_id, day)
        answered(database, here, person_id, day, answer)

    with database.reading(here) as tx:
        assert days_free(tx, [sanne], YESTERDAY) == {sanne: [YESTERDAY, TODAY]}
        assert days_free(tx, [sanne, bram], TODAY) == {sanne: [TODAY], bram: []}
        assert days_free(tx, [], TODAY) == {}


def test_nothing_noted_is_nothing_written(database: Database, here: InWorkspace) -> None:
    with database.writing(here) as tx:
        note_reminders(tx, [])
        assert tx.exec(select(Reminder)).all() == []


def test_another_workspace_sees_nothing_of_it(
    database: Database, here: InWorkspace, there: InWorkspace, sanne: int
) -> None:
    noted(database, here, sanne)
    answered(database, here, sanne, TODAY, Answer.FREE)

    with database.reading(there) as tx:
        assert reminder_on(tx, sanne, TODAY) is None
        assert days_free(tx, [sanne], TODAY) == {sanne: []}
