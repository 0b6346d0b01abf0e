"""What can be asked of stories; on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from storage.database import Database, InWorkspace
from storage.people import enter_person
from storage.stories import (
    Applause,
    Draft,
    Story,
    StoryHelper,
    applause_by,
    applause_for,
    days_told,
    draft_by_id,
    helpers_of,
    last_stories,
    replace_helpers,
    stories_on,
    stories_since,
    story_by_id,
)
from tests.fakes import MONDAY
from tests.storage.records import TODAY, applauded, drafted, helped, somebody, told

YESTERDAY = TODAY - timedelta(days=1)


def test_a_story_comes_back_as_it_was_told(database: Database, here: InWorkspace, sanne: int) -> None:
    text = "Regel één\n\n'twee' <b> 🎉 שלום & \\ \t" + "x" * 2900
    story = told(
        database, here, sanne, text, customer="de buurvrouw", moment="complaint", unasked=True, spent_cents=0,
        minutes=15, day=YESTERDAY, is_shared=False, on_screen=True, posted_on=None,
    )  # fmt: skip

    with database.reading(here) as tx:
        found = story_by_id(tx, story)
    assert found is not None
    assert (found.text, found.customer, found.moment, found.unasked) == (text, "de buurvrouw", "complaint", True)
    assert (found.spent_cents, found.minutes, found.day, found.told_at) == (0, 15, YESTERDAY, MONDAY)
    assert (found.is_shared, found.on_screen, found.posted_on, found.changed_at) == (False, True, None, None)


def test_a_story_of_another_workspace_is_not_there(
    database: Database, here: InWorkspace, there: InWorkspace, their_sanne: int
) -> None:
    story = told(database, there, their_sanne)

    with database.reading(here) as tx:
        assert story_by_id(tx, story) is None
        assert last_stories(tx, their_sanne, 5) == []
        assert stories_on(tx, their_sanne, TODAY) == 0


def test_the_number_of_a_removed_story_never_comes_back(database: Database, here: InWorkspace, sanne: int) -> None:
    """Its post is known by that number: a new story would answer to an old button."""
    first = told(database, here, sanne)
    with database.writing(here) as tx:
        tx.delete(tx.exec(select(Story)).one())

    assert told(database, here, sanne) > first


def test_the_number_of_a_settled_draft_never_comes_back(database: Database, here: InWorkspace, sanne: int) -> None:
    first = drafted(database, here, sanne)
    with database.writing(here) as tx:
        tx.delete(tx.exec(select(Draft)).one())

    assert drafted(database, here, sanne) > first


def test_my_last_stories_are_the_newest_days_first(
    database: Database, here: InWorkspace, sanne: int, bram: int
) -> None:
    told(database, here, sanne, "gisteren, pas verteld", day=YESTERDAY, told_at=MONDAY + timedelta(hours=2))
    told(database, here, sanne, "vandaag, eerst", told_at=MONDAY)
    told(database, here, sanne, "vandaag, later", told_at=MONDAY + timedelta(hours=1), is_shared=False)
    told(database, here, bram, "van een ander")

    with database.reading(here) as tx:
        found = [story.text for story in last_stories(tx, sanne, 5)]
        assert found == ["vandaag, later", "vandaag, eerst", "gisteren, pas verteld"]
        assert [story.text for story in last_stories(tx, sanne, 1)] == ["vandaag, later"]


def test_stories_are_counted_by_the_tellers_own_day(
    database: Database, here: InWorkspace, sanne: int, bram: int
) -> None:
    told(database, here, sanne, day=TODAY, is_shared=False)
    told(database, here, sanne, day=YESTERDAY)
    told(database, here, bram, day=TODAY)

    with database.reading(here) as tx:
        assert (stories_on(tx, sanne, TODAY), stories_on(tx, sanne, TODAY + timedelta(days=1))) == (1, 0)


def test_helpers_are_those_of_the_last_form(database: Database, here: InWorkspace, sanne: int, bram: int) -> None:
    story, other = told(database, here, sanne), told(database, here, sanne)
    helped(database, here, story, "U0FATIMA", "U0BRAM")
    helped(database, here, other, "U0JEROEN")

    with database.reading(here) as tx:
        assert [person.slack_id for person in helpers_of(tx, story)] == ["U0BRAM", "U0FATIMA"]
    helped(database, here, story, "U0JEROEN")
    with database.reading(here) as tx:
        assert [person.slack_id for person in helpers_of(tx, story)] == ["U0JEROEN"]
        assert [person.slack_id for person in helpers_of(tx, other)] == ["U0JEROEN"]
    helped(database, here, story)
    with database.reading(here) as tx:
        assert helpers_of(tx, story) == []


def test_replacing_helpers_leaves_another_workspace_alone(
    database: Database, here: InWorkspace, there: InWorkspace, sanne: int, their_sanne: int
) -> None:
    theirs = told(database, there, their_sanne)
    helped(database, there, theirs, "U0BRAM")

    with database.writing(here) as tx:
        replace_helpers(tx, theirs, [])

    with database.reading(there) as tx:
        assert [person.slack_id for person in helpers_of(tx, theirs)] == ["U0BRAM"]


def test_applause_is_counted_once_a_person(database: Database, here: InWorkspace, sanne: int, bram: int) -> None:
    story, other = told(database, here, sanne), told(database, here, bram)
    applauded(database, here, story, bram)
    applauded(database, here, story, somebody(database, here, "U0FATIMA"))
    applauded(database, here, other, sanne)

    with pytest.raises(IntegrityError):
        applauded(database, here, story, bram)

    with database.reading(here) as tx:
        assert (applause_for(tx, story), applause_for(tx, other), applause_for(tx, 4711)) == (2, 1, 0)
        given = applause_by(tx, story, bram)
        assert given is not None
        assert given.changed_at == MONDAY
        assert applause_by(tx, story, sanne) is None


def test_a_story_takes_its_applause_and_helpers_with_it(
    database: Database, here: InWorkspace, sanne: int, bram: int
) -> None:
    story, other = told(database, here, sanne), told(database, here, sanne)
    for one in (story, other):
        applauded(database, here, one, bram)
        helped(database, here, one, "U0BRAM")

    with database.writing(here) as tx:
        tx.delete(story_by_id(tx, story))

    with database.reading(here) as tx:
        assert tx.exec(select(Applause.story_id)).all() == [other]
        assert tx.exec(select(StoryHelper.story_id)).all() == [other]


def test_a_person_takes_their_stories_drafts_and_applause_with_them(
    database: Database, here: InWorkspace, sanne: int, bram: int
) -> None:
    mine, other = told(database, here, sanne, "van Sanne"), told(database, here, bram, "van Bram")
    applauded(database, here, other, sanne)
    applauded(database, here, mine, bram)
    drafted(database, here, sanne)
    helped(database, here, other, "U0SANNE")

    with database.writing(here) as tx:
        tx.delete(enter_person(tx, "U0SANNE"))

    with database.reading(here) as tx:
        assert tx.exec(select(Story.text)).all() == ["van Bram"]
        assert [tx.exec(select(table)).all() for table in (Applause, StoryHelper, Draft)] == [[], [], []]


def test_a_draft_is_found_in_its_own_workspace(
    database: Database, here: InWorkspace, there: InWorkspace, sanne: int
) -> None:
    draft = drafted(database, here, sanne, "Een klant geholpen met zijn fiets")

    with database.reading(here) as tx:
        found = draft_by_id(tx, draft)
    assert found is not None
    assert (found.text, found.person_id, found.written_at) == ("Een klant geholpen met zijn fiets", sanne, MONDAY)
    with database.reading(there) as tx:
        assert draft_by_id(tx, draft) is None


def test_the_days_with_a_story_are_counted_once_private_ones_too(
    database: Database, here: InWorkspace, there: InWorkspace, sanne: int, bram: int
) -> None:
    for day, is_shared in ((TODAY, True), (TODAY, False), (YESTERDAY, False), (TODAY - timedelta(days=9), True)):
        told(database, here, sanne, day=day, is_shared=is_shared)
    told(database, here, bram)

    with database.reading(here) as tx:
        assert days_told(tx, sanne, YESTERDAY) == {YESTERDAY, TODAY}
        assert stories_since(tx, sanne, YESTERDAY) == 3
    with database.reading(there) as tx:
        assert days_told(tx, sanne, YESTERDAY) == set()
        assert stories_since(tx, sanne, YESTERDAY) == 0
