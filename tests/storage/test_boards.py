"""What boards count is asked of the index for it, and of one workspace."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from storage.boards import Beside, Team, beside, fans_by_day, teams, tellers_by_day, told_by
from storage.compliments import ComplimentAbout, add_compliment
from storage.database import Database, InWorkspace
from storage.groups import add_group, replace_members
from storage.ideas import Idea, IdeaAnswer, Status
from storage.outbox import change_post, put_post
from storage.people import Person, Standing
from storage.standing import posts_under
from storage.stories import Applause
from tests.fakes import MONDAY
from tests.storage.records import TODAY, applauded, told

SUNDAY = TODAY + timedelta(days=6)


def beside_of(database: Database, who: InWorkspace, person_id: int, first: date = TODAY) -> Beside:
    with database.reading(who) as tx:
        return beside(tx, [person_id], first, SUNDAY, MONDAY, MONDAY + timedelta(days=7))[person_id]


def test_what_is_kept_for_oneself_counts_nowhere(database: Database, here: InWorkspace, sanne: int) -> None:
    told(database, here, sanne, is_shared=False)
    told(database, here, sanne, day=TODAY - timedelta(days=1))
    told(database, here, sanne, day=SUNDAY + timedelta(days=1))

    with database.reading(here) as tx:
        assert told_by(tx, TODAY, SUNDAY, 3) == []
        assert fans_by_day(tx, TODAY, SUNDAY, 3) == {}


def test_the_first_and_the_last_day_count(database: Database, here: InWorkspace, sanne: int, bram: int) -> None:
    for teller, day in ((sanne, TODAY), (sanne, SUNDAY), (bram, SUNDAY)):
        told(database, here, teller, day=day)

    with database.reading(here) as tx:
        assert fans_by_day(tx, TODAY, SUNDAY, 3) == {TODAY: 1, SUNDAY: 2}
        assert {one.name: one.fans for one in told_by(tx, TODAY, SUNDAY, 3)} == {"Sanne": 2, "Bram": 1}


def test_who_told_is_counted_once_a_day(database: Database, here: InWorkspace, sanne: int, bram: int) -> None:
    for teller, day in ((sanne, TODAY), (sanne, TODAY), (bram, TODAY), (bram, SUNDAY)):
        told(database, here, teller, day=day)
    told(database, here, sanne, day=SUNDAY, is_shared=False)

    with database.reading(here) as tx:
        assert tellers_by_day(tx, TODAY, SUNDAY) == {TODAY: 2, SUNDAY: 1}


def test_what_stands_under_a_beginning_is_found_by_a_range_of_keys(
    database: Database, here: InWorkspace, there: InWorkspace
) -> None:
    keys = ["board:C0FANS:2026-W45:people:2026-11-06", "board:GZZZZ:2026:team:2026-11-06", "board:C0WEG:2026",
            "board-file:2026", "board", "boarding:C0", "weekly-board:2026-11-02", "story:1", "card:1"]  # fmt: skip
    for number, (who, key) in enumerate([(here, key) for key in keys] + [(there, keys[0])]):
        with database.writing(who) as tx:
            put_post(tx, key=key, body={"text": key}, target="C0FANS", workspace_id=who.workspace_id,
                     token=f"{number}", due_at=MONDAY)  # fmt: skip
    with database.writing(here) as tx:
        change_post(tx, "board:C0WEG:2026", None, MONDAY)

    with database.reading(here) as tx:
        assert posts_under(tx, "board:") == [(key, {"text": key}) for key in keys[:2]]
        assert posts_under(tx, "weekly-board:") == [(keys[6], {"text": keys[6]})]
        assert posts_under(tx, "board-file:") == [(keys[3], {"text": keys[3]})]


def test_another_workspace_counts_for_itself(
    database: Database, here: InWorkspace, there: InWorkspace, sanne: int, their_sanne: int
) -> None:
    told(database, there, their_sanne)

    with database.reading(here) as tx:
        assert told_by(tx, TODAY, SUNDAY, 3) == []
        assert fans_by_day(tx, TODAY, SUNDAY, 3) == {}


def test_applause_that_was_taken_back_does_not_count(
    database: Database, here: InWorkspace, sanne: int, bram: int
) -> None:
    story = told(database, here, sanne)
    applauded(database, here, story, bram)
    assert beside_of(database, here, sanne).applause == 1

    with database.writing(here) as tx:
        tx.execute(update(Applause).values(is_given=False))
    assert beside_of(database, here, sanne).applause == 0


@pytest.mark.parametrize(("is_placed", "day", "count"), [(True, TODAY, 1), (False, TODAY, 0), (True, date.min, 0)])
def test_a_compliment_counts_for_whom_it_is_about_once_it_is_placed(
    database: Database, here: InWorkspace, sanne: int, is_placed: bool, day: date, count: int
) -> None:
    with database.writing(here) as tx:
        compliment = add_compliment(tx, text="Fijn", day=day, is_placed=is_placed, entered_at=MONDAY)
        tx.add(ComplimentAbout(workspace_id=here.workspace_id, compliment_id=compliment.id or 0, person_id=sanne))

    assert beside_of(database, here, sanne).compliments == count


def suggested(
    database: Database, who: InWorkspace, person_id: int, *answers: tuple[Status, datetime], **idea: bool
) -> None:
    own = {"workspace_id": who.workspace_id}
    with database.writing(who) as tx:
        row = Idea(**own, title="", suggester_id=person_id, suggested_at=MONDAY, status=answers[-1][0], **idea)
        tx.add(row)
        tx.flush()
        tx.add_all(IdeaAnswer(**own, idea_id=row.id or 0, status=status, words="", answered_at=at)
                   for status, at in answers)  # fmt: skip


def test_an_idea_counts_once_when_it_last_got_done(database: Database, here: InWorkspace, sanne: int) -> None:
    ends = MONDAY + timedelta(days=7)
    suggested(database, here, sanne, (Status.DONE, MONDAY), (Status.DOING, MONDAY), (Status.DONE, MONDAY))
    suggested(database, here, sanne, (Status.DONE, MONDAY), (Status.DONE, ends))
    suggested(database, here, sanne, (Status.DONE, MONDAY), (Status.NO_BUT, MONDAY))
    suggested(database, here, sanne, (Status.DONE, MONDAY - timedelta(seconds=1)))

    assert beside_of(database, here, sanne).ideas == 1


def test_an_anonymous_idea_is_nobodys(database: Database, here: InWorkspace, sanne: int) -> None:
    suggested(database, here, sanne, (Status.DONE, MONDAY), is_anonymous=True)

    assert beside_of(database, here, sanne).ideas == 0


def test_in_a_group_are_those_who_work_here(database: Database, here: InWorkspace, sanne: int, bram: int) -> None:
    with database.writing(here) as tx:
        for name in ("Winkel", "Balie", "Leeg"):
            group = add_group(tx, name)
            assert group is not None
            replace_members(tx, group.id or 0, [] if name == "Leeg" else [sanne, bram])
        tx.get_one(Person, bram).standing = Standing.GUEST

    with database.reading(here) as tx:
        assert teams(tx) == [Team("Balie", frozenset({sanne})), Team("Winkel", frozenset({sanne}))]


def test_stories_are_counted_in_the_index_for_boards(sqlite: Database) -> None:
    asked: list[str] = []
    with sqlite.reading(InWorkspace(1)) as tx:
        connection = tx.connection()
        driver: Any = connection.connection.driver_connection
        driver.set_trace_callback(asked.append)
        told_by(tx, TODAY, SUNDAY, 3)
        fans_by_day(tx, TODAY, SUNDAY, 3)
        driver.set_trace_callback(None)
        plans = [str(connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {one}").all()) for one in asked]

    assert ["COVERING INDEX ix_story_board" in plan for plan in plans] == [True, True]
