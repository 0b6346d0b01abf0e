"""What digests ask of the record, with another workspace beside it."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from sqlmodel import select

from storage import digest, standing
from storage.compliments import add_compliment
from storage.database import Database, InWorkspace
from storage.ideas import Idea, Status
from storage.outbox import Post
from storage.participants import Participant
from tests.fakes import MONDAY
from tests.storage.records import TODAY, applauded, in_the_books, somebody, told

SUNDAY = TODAY + timedelta(days=6)
BEGINS, ENDS = datetime(2026, 11, 1, 23, tzinfo=UTC), datetime(2026, 11, 8, 23, tzinfo=UTC)


def most_applauded(database: Database, who: InWorkspace) -> str:
    with database.reading(who) as tx:
        found = digest.most_applauded(tx, BEGINS, ENDS, date(2026, 10, 5))
        return found.story.text if found else ""


def test_the_story_of_the_week_is_of_ones_own_workspace(
    database: Database, here: InWorkspace, there: InWorkspace, sanne: int, bram: int, their_sanne: int
) -> None:
    theirs, fan = told(database, there, their_sanne, "Elders"), somebody(database, there, "U0FAN", "Fan")
    applauded(database, there, theirs, fan)
    applauded(database, here, told(database, here, sanne, "Hier", week_of=date(2026, 10, 26)), bram)
    applauded(database, here, told(database, here, bram, "Van Bram"), sanne)

    assert most_applauded(database, here) == "Van Bram"
    assert most_applauded(database, there) == "Elders"


def test_applause_that_was_taken_back_and_ones_own_dont_count(
    database: Database, here: InWorkspace, sanne: int, bram: int
) -> None:
    story = told(database, here, sanne)
    applauded(database, here, story, sanne)
    applauded(database, here, story, bram)
    with database.reading(here) as tx:
        found = digest.stories_with(tx, [story])[story]

    assert (found.applause, found.teller.name) == (1, "Sanne")


def test_the_story_of_a_week_is_found_again_while_it_has_words(
    database: Database, here: InWorkspace, there: InWorkspace, sanne: int
) -> None:
    told(database, here, sanne, "Die", week_of=TODAY)
    told(database, here, sanne, "", week_of=SUNDAY)
    with database.reading(here) as tx:
        found = digest.story_of_week(tx, TODAY)
        assert found is not None
        assert found.story.text == "Die"
        assert digest.story_of_week(tx, SUNDAY) is None
    with database.reading(there) as tx:
        assert digest.story_of_week(tx, TODAY) is None


def test_stories_to_tell_aloud_come_a_page_at_a_time(database: Database, here: InWorkspace, sanne: int) -> None:
    for number in range(6):
        told(database, here, sanne, str(number), day=TODAY - timedelta(days=30 * number))
    with database.reading(here) as tx:
        since = TODAY - timedelta(days=56)
        pages = [[one.story.text for one in digest.to_tell_aloud(tx, since, skip, 2)] for skip in range(7)]

    assert pages == [["0", "1"], ["1", "2"], ["2", "3"], ["3", "4"], ["4", "5"], ["5"], []]


def test_everything_else_is_of_ones_own_workspace_too(
    database: Database, here: InWorkspace, there: InWorkspace, sanne: int, their_sanne: int
) -> None:
    with database.writing(there) as tx:
        add_compliment(tx, text="Elders", day=TODAY, entered_at=MONDAY)
        tx.add(Idea(workspace_id=there.workspace_id, title="Elders", status=Status.DONE, posted_on=TODAY,
                    suggested_at=MONDAY, moved_at=MONDAY))  # fmt: skip
        in_the_books(tx, their_sanne, "Bloemen")
    found = []
    for who in (here, there):
        with database.reading(who) as tx:
            found.append([
                len(digest.compliments_between(tx, BEGINS, ENDS, 9)),
                len(digest.ideas_moved_between(tx, BEGINS, ENDS, 9)),
                len(digest.given_away(tx, BEGINS, ENDS)), digest.gestures_paid(tx, BEGINS, ENDS),
                len(digest.compliments_with(tx, [1, 2])), len(digest.ideas_with(tx, [1, 2])),
            ])  # fmt: skip

    assert found == [[0] * 6, [1] * 6]


def test_who_rests_has_no_story_of_the_week(database: Database, here: InWorkspace, sanne: int, bram: int) -> None:
    applauded(database, here, told(database, here, sanne), bram)
    with database.reading(here) as tx:
        assert digest.most_applauded(tx, BEGINS, ENDS, SUNDAY, {bram}) is not None
        assert digest.most_applauded(tx, BEGINS, ENDS, SUNDAY, {sanne}) is None


def queued(database: Database, who: InWorkspace, key: str, **values: Any) -> None:
    first = {"body": {"text": key}, "target": "C0OUD", "token": key, "due_at": MONDAY}
    with database.writing(who) as tx:
        tx.add(Post(workspace_id=who.workspace_id, key=key, **first | values))


@pytest.mark.parametrize(
    ("head", "moved"),
    [
        ({}, {"head", "part", "alone"}),
        ({"parked_reason": "is_archived", "is_waiting": False}, {"head", "part", "alone"}),
        ({"ts": "1.1", "channel": "C0OUD"}, {"alone"}),
        ({"claim": "bezig"}, {"alone"}),
        ({"is_uncertain": True}, {"alone"}),
    ],
)
def test_what_slack_has_not_got_goes_to_another_channel_with_its_thread(
    database: Database, here: InWorkspace, there: InWorkspace, head: dict[str, Any], moved: set[str]
) -> None:
    queued(database, here, "head", **head)
    queued(database, here, "part", thread_key="head")
    queued(database, here, "alone")
    queued(database, here, "other")
    queued(database, there, "head")
    with database.writing(here) as tx:
        standing.move_unsent(tx, ["head", "part", "alone", "gone"], "C0NIEUW")

    with database.reading(here) as tx:
        posts = tx.exec(select(Post)).all()
        assert {post.key for post in posts if post.target == "C0NIEUW"} == moved
        assert all(post.is_waiting and not post.parked_reason for post in posts if post.key in moved)
    with database.reading(there) as tx:
        assert [post.target for post in tx.exec(select(Post))] == ["C0OUD"]


def test_a_week_whose_digest_never_came_gave_nobody_a_turn(
    database: Database, here: InWorkspace, there: InWorkspace, sanne: int, bram: int, their_sanne: int
) -> None:
    before = date(2026, 10, 26)
    told(database, here, sanne, "Eerder", week_of=before)
    told(database, there, their_sanne, "Elders", week_of=SUNDAY)
    applauded(database, here, told(database, here, sanne, "Nu"), bram)
    assert most_applauded(database, here) == ""
    with database.reading(here) as tx:
        found = digest.most_applauded(tx, BEGINS, ENDS, date(2026, 10, 5), never_came={before})
        assert found is not None
        assert found.story.text == "Nu"
        assert digest.mondays_of(tx, sanne) == [before]


@pytest.mark.parametrize("on_board", [True, False])
def test_who_wants_no_name_on_leaderboards_is_known_with_the_story(
    database: Database, here: InWorkspace, sanne: int, bram: int, on_board: bool
) -> None:
    stories = [told(database, here, one) for one in (sanne, bram)]
    with database.writing(here) as tx:
        tx.add(Participant(workspace_id=here.workspace_id, person_id=sanne, joined_at=MONDAY, joined_on=TODAY,
                           on_board=on_board, remind_at=time(9), second_at=time(16), volume="light"))  # fmt: skip
    with database.reading(here) as tx:
        found = digest.stories_with(tx, stories)

    assert [found[story].is_named for story in stories] == [on_board, True]
