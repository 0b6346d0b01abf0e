"""What has to be known before a story is saved; on both databases."""

from datetime import timedelta
from typing import Any

from storage.database import Database, InWorkspace
from storage.outbox import change_post, put_post
from storage.telling import Beforehand, known_beforehand
from tests.fakes import MONDAY
from tests.storage.records import TODAY, told

YESTERDAY = TODAY - timedelta(days=1)


def asked(database: Database, who: InWorkspace, teller: int, **about: Any) -> Beforehand:
    asking = {"text": "Paraplu", "since": MONDAY, "day": TODAY, "posts_a_day": 3, "thread_key": "stories:today"}
    with database.reading(who) as tx:
        return known_beforehand(tx, teller, **asking | about)


def test_nothing_is_known_on_a_first_morning(database: Database, here: InWorkspace, sanne: int) -> None:
    assert asked(database, here, sanne) == Beforehand(same=None, is_busy=False, has_thread=False)


def test_the_same_words_are_found_within_their_time(
    database: Database, here: InWorkspace, sanne: int, bram: int
) -> None:
    old = told(database, here, sanne, "Paraplu", told_at=MONDAY - timedelta(minutes=5))
    told(database, here, bram, "Paraplu")
    told(database, here, sanne, "paraplu")
    told(database, here, sanne, "Paraplu", told_at=MONDAY + timedelta(minutes=1), is_shared=False)
    new = told(database, here, sanne, "Paraplu")

    moments = (MONDAY - timedelta(minutes=10), MONDAY, MONDAY + timedelta(seconds=1))
    assert [asked(database, here, sanne, since=moment).same for moment in moments] == [new, new, None]
    assert old != new


def test_a_busy_day_is_seen_from_the_last_story_that_fits(
    database: Database, here: InWorkspace, there: InWorkspace, sanne: int, their_sanne: int
) -> None:
    for _ in range(3):
        told(database, here, sanne)
        told(database, there, their_sanne)
    told(database, here, sanne, posted_on=YESTERDAY)
    told(database, here, sanne, posted_on=None, is_shared=False)

    assert [asked(database, here, sanne, posts_a_day=count).is_busy for count in (1, 3, 4)] == [True, True, False]


def test_the_days_thread_is_known_while_it_stands(
    database: Database, here: InWorkspace, there: InWorkspace, sanne: int, their_sanne: int
) -> None:
    with database.writing(here) as tx:
        put_post(
            tx, key="stories:today", body={"text": "Wat een dag"}, target="C0FANS", token="t", due_at=MONDAY,
            workspace_id=here.workspace_id,
        )  # fmt: skip

    assert asked(database, here, sanne).has_thread
    assert not asked(database, there, their_sanne).has_thread

    with database.writing(here) as tx:
        change_post(tx, "stories:today", None, MONDAY)
    assert not asked(database, here, sanne).has_thread
