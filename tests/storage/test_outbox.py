"""The record of posts: what stands under a key, what is due, and who may send it; on both databases."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlmodel import col, select

from storage.database import Database, InWorkspace
from storage.outbox import (
    Post,
    change_post,
    claim_post,
    is_behind,
    next_due,
    parked_posts,
    post_by_key,
    posts_due,
    posts_waiting,
    put_post,
    release_claims,
    release_parked,
    settle_post,
    stands,
    thread_of,
)
from tests.fakes import FANS, MONDAY

PATIENCE = timedelta(minutes=1)
SENT = {"channel": FANS, "ts": "1000.1", "is_waiting": False, "is_uncertain": False, "attempts": 0}


def after(seconds: float) -> datetime:
    return MONDAY + timedelta(seconds=seconds)


def put(
    database: Database, who: InWorkspace, key: str, said: str = "hoi", at: datetime = MONDAY, **values: Any
) -> None:
    with database.writing(who) as tx:
        put_post(
            tx, workspace_id=who.workspace_id, key=key, body={"text": said}, due_at=at,
            **{"target": FANS, "token": f"token of {key}", **values},
        )  # fmt: skip


def change(database: Database, who: InWorkspace, key: str, said: str | None, at: datetime = MONDAY) -> None:
    with database.writing(who) as tx:
        change_post(tx, key, {"text": said} if said else None, at)


def post(database: Database, who: InWorkspace, key: str) -> Post:
    with database.reading(who) as tx:
        found = post_by_key(tx, key)
    assert found is not None
    return found


def due(database: Database, at: datetime = MONDAY, limit: int = 100, **left_out: Any) -> list[str]:
    """The keys of what is to be sent, of every workspace."""
    with database.writing() as tx:
        return [found.key for found in posts_due(tx, at, limit, **left_out)]


def claim(database: Database, who: InWorkspace, key: str, name: str, at: datetime = MONDAY) -> bool:
    found = post(database, who, key)
    with database.writing() as tx:
        return claim_post(tx, found, name, at, PATIENCE)


def settle(database: Database, who: InWorkspace, key: str, name: str, **outcome: Any) -> bool:
    found = post(database, who, key)
    with database.writing() as tx:
        return settle_post(tx, found.id or 0, name, **outcome)


def send(database: Database, who: InWorkspace, key: str, ts: str | None = "1000.1") -> None:
    """As the sender does when all goes well."""
    assert claim(database, who, key, "sender")
    revision = post(database, who, key).revision
    assert settle(database, who, key, "sender", **SENT | {"ts": ts, "sent_revision": revision})


def park(database: Database, who: InWorkspace, key: str, reason: str) -> None:
    assert claim(database, who, key, "sender")
    assert settle(database, who, key, "sender", is_waiting=False, parked_reason=reason, is_uncertain=False)


def test_what_is_put_waits_to_be_sent(database: Database, here: InWorkspace) -> None:
    put(database, here, "story:1", "Sanne maakte een fan")

    found = post(database, here, "story:1")
    assert (found.body, found.target, found.due_at) == ({"text": "Sanne maakte een fan"}, FANS, MONDAY)
    assert (found.is_waiting, found.revision, found.sent_revision, found.ts, found.is_home) == (True, 1, 0, None, False)
    assert due(database) == ["story:1"]


def test_under_one_key_it_is_put_once(database: Database, here: InWorkspace) -> None:
    put(database, here, "story:1", "eerst")
    put(database, here, "story:1", "nog eens", at=after(5), target="C0ELDERS", token="other")

    found = post(database, here, "story:1")
    assert (found.body, found.target, found.token, found.revision) == ({"text": "eerst"}, FANS, "token of story:1", 1)
    with database.reading(here) as tx:
        assert posts_waiting(tx) == 1


def test_a_post_that_was_sent_is_not_sent_again_by_putting_it_again(database: Database, here: InWorkspace) -> None:
    put(database, here, "story:1")
    send(database, here, "story:1")

    put(database, here, "story:1", "nog eens")

    assert due(database, after(100)) == []


def test_two_workspaces_have_their_own_post_under_the_same_key(
    database: Database, here: InWorkspace, there: InWorkspace
) -> None:
    put(database, here, "story:1", "hier")
    put(database, there, "story:1", "daar")
    change(database, here, "story:1", None)

    assert post(database, here, "story:1").body is None
    assert post(database, there, "story:1").body == {"text": "daar"}


def test_after_it_was_removed_it_can_be_put_again(database: Database, here: InWorkspace) -> None:
    put(database, here, "story:1", "eerst")
    send(database, here, "story:1")
    change(database, here, "story:1", None)
    send(database, here, "story:1", ts=None)

    put(database, here, "story:1", "opnieuw", at=after(60), target="C0NIEUW", thread_key="stories:today")

    found = post(database, here, "story:1")
    assert (found.body, found.target, found.thread_key) == ({"text": "opnieuw"}, "C0NIEUW", "stories:today")
    assert (found.is_waiting, found.due_at, found.ts) == (True, after(60), None)


def test_put_again_before_the_removal_was_sent_it_stays_one_message(database: Database, here: InWorkspace) -> None:
    put(database, here, "story:1", "eerst")
    send(database, here, "story:1")
    change(database, here, "story:1", None)

    put(database, here, "story:1", "opnieuw")

    found = post(database, here, "story:1")
    assert (found.body, found.ts, found.is_waiting) == ({"text": "opnieuw"}, "1000.1", True)
    assert found.revision > found.sent_revision


def test_a_home_tab_is_replaced_by_putting_it(database: Database, here: InWorkspace) -> None:
    put(database, here, "home:1", "gisteren", is_home=True, replace=True, target="U0SANNE")
    send(database, here, "home:1", ts=None)

    put(database, here, "home:1", "vandaag", at=after(5), is_home=True, replace=True, target="U0SANNE")

    found = post(database, here, "home:1")
    assert (found.body, found.is_waiting, found.due_at, found.is_home) == ({"text": "vandaag"}, True, after(5), True)


def test_changes_that_wait_melt_into_one(database: Database, here: InWorkspace) -> None:
    put(database, here, "story:1", "een")
    change(database, here, "story:1", "twee", at=after(1))
    change(database, here, "story:1", "drie", at=after(2))

    assert due(database, after(3)) == ["story:1"]
    assert post(database, here, "story:1").body == {"text": "drie"}
    send(database, here, "story:1")
    assert due(database, after(100)) == []


def test_a_change_of_what_waits_keeps_its_turn(database: Database, here: InWorkspace) -> None:
    """Slack may have asked for the wait: a change is no way around that."""
    put(database, here, "story:1", at=after(30))
    change(database, here, "story:1", "anders", at=after(1))

    assert post(database, here, "story:1").due_at == after(30)


def test_a_change_of_what_was_sent_is_due_at_once(database: Database, here: InWorkspace) -> None:
    put(database, here, "story:1")
    send(database, here, "story:1")
    change(database, here, "story:1", "anders", at=after(60))

    assert due(database, after(59)) == []
    assert due(database, after(60)) == ["story:1"]
    assert post(database, here, "story:1").ts == "1000.1"


def test_changing_what_is_not_there_does_nothing(database: Database, here: InWorkspace) -> None:
    change(database, here, "story:1", "anders")
    put(database, here, "story:2")
    change(database, here, "story:2", None)
    change(database, here, "story:2", "toch niet")

    with database.reading(here) as tx:
        assert post_by_key(tx, "story:1") is None
    assert post(database, here, "story:2").body is None


def test_a_change_in_the_middle_of_sending_is_sent_as_well(database: Database, here: InWorkspace) -> None:
    put(database, here, "story:1", "een")
    assert claim(database, here, "story:1", "sender")
    change(database, here, "story:1", "twee", at=after(1))
    settle(database, here, "story:1", "sender", **SENT | {"sent_revision": 1, "is_waiting": is_behind(1)})

    assert due(database, after(1)) == ["story:1"]


def test_without_a_change_nothing_is_left_after_sending(database: Database, here: InWorkspace) -> None:
    put(database, here, "story:1", "een")
    assert claim(database, here, "story:1", "sender")
    settle(database, here, "story:1", "sender", **SENT | {"sent_revision": 1, "is_waiting": is_behind(1)})

    assert due(database, after(1)) == []


def test_the_oldest_is_due_first_and_what_is_later_not_yet(database: Database, here: InWorkspace) -> None:
    for key, at in (("late", after(20)), ("second", after(10)), ("first", MONDAY), ("third", after(10))):
        put(database, here, key, at=at)

    assert due(database, after(10)) == ["first", "second", "third"]
    assert due(database, after(10), limit=2) == ["first", "second"]
    assert due(database, after(20)) == ["first", "second", "third", "late"]


def test_posts_of_every_workspace_are_due_together(database: Database, here: InWorkspace, there: InWorkspace) -> None:
    put(database, here, "story:1", at=after(1))
    put(database, there, "story:2")

    assert due(database, after(1)) == ["story:2", "story:1"]


def test_a_channel_or_a_workspace_that_has_to_wait_is_left_out(
    database: Database, here: InWorkspace, there: InWorkspace
) -> None:
    put(database, here, "fans here")
    put(database, here, "elders here", target="C0ELDERS")
    put(database, there, "fans there")

    assert due(database, not_to={(here.workspace_id, FANS)}) == ["elders here", "fans there"]
    assert due(database, not_for={here.workspace_id}) == ["fans there"]
    assert due(database, not_to={(there.workspace_id, FANS)}, not_for={here.workspace_id}) == []


def test_what_is_claimed_is_nobody_elses_until_the_claim_runs_out(database: Database, here: InWorkspace) -> None:
    put(database, here, "story:1")

    assert claim(database, here, "story:1", "one")
    assert not claim(database, here, "story:1", "two", at=after(59))
    assert due(database, after(59)) == []
    assert due(database, after(61)) == ["story:1"]
    assert claim(database, here, "story:1", "two", at=after(61))


def test_a_claim_says_that_the_outcome_is_not_known_yet(database: Database, here: InWorkspace) -> None:
    put(database, here, "story:1")
    claim(database, here, "story:1", "one")

    found = post(database, here, "story:1")
    assert (found.is_uncertain, found.attempts, found.claimed_until) == (True, 1, MONDAY + PATIENCE)


def test_who_lost_its_claim_settles_nothing(database: Database, here: InWorkspace) -> None:
    put(database, here, "story:1")
    claim(database, here, "story:1", "slow")
    claim(database, here, "story:1", "quick", at=after(61))

    assert not settle(database, here, "story:1", "slow", **SENT)
    assert post(database, here, "story:1").ts is None
    assert settle(database, here, "story:1", "quick", **SENT)
    assert not settle(database, here, "story:1", "quick", **SENT | {"ts": "2000.2"})
    assert post(database, here, "story:1").ts == "1000.1"


def test_of_sixteen_senders_one_gets_the_post(database: Database, here: InWorkspace) -> None:
    put(database, here, "story:1")
    start = Barrier(16)

    def take(number: int) -> bool:
        start.wait(20)
        return claim(database, here, "story:1", f"sender {number}")

    with ThreadPoolExecutor(16) as threads:
        assert sum(threads.map(take, range(16))) == 1
    assert post(database, here, "story:1").attempts == 1


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)  # SQLite has one writer
def test_a_sender_passes_over_what_another_is_about_to_claim(database: Database, here: InWorkspace) -> None:
    for number in range(4):
        put(database, here, f"story:{number}")

    with database.writing() as one, database.writing() as two:
        found: list[Sequence[Post]] = [posts_due(one, MONDAY, 2), posts_due(two, MONDAY, 2)]

    assert [[post.key for post in posts] for posts in found] == [["story:0", "story:1"], ["story:2", "story:3"]]


def test_what_a_process_that_died_had_taken_is_given_back(
    database: Database, here: InWorkspace, there: InWorkspace
) -> None:
    for who in (here, there):
        put(database, who, "story:1")
        claim(database, who, "story:1", "dead")

    with database.writing() as tx:
        release_claims(tx)

    assert due(database) == ["story:1", "story:1"]
    assert post(database, here, "story:1").is_uncertain  # it may stand there all the same: history tells


def test_an_answer_in_a_thread_waits_for_its_first_message(
    database: Database, here: InWorkspace, there: InWorkspace
) -> None:
    put(database, here, "story:16", thread_key="stories:today")
    put(database, there, "stories:today")  # of the same name, and another workspace's
    send(database, there, "stories:today", "3000.3")
    assert due(database) == []

    put(database, here, "stories:today", at=after(5))
    assert due(database, after(5)) == ["stories:today"]
    send(database, here, "stories:today", "2000.2")
    assert due(database, after(5)) == ["story:16"]


def test_an_answer_goes_into_the_thread_of_its_own_workspace(
    database: Database, here: InWorkspace, there: InWorkspace
) -> None:
    for who, ts in ((here, "1000.1"), (there, "3000.3")):
        put(database, who, "stories:today")
        send(database, who, "stories:today", ts)
    put(database, here, "story:16", thread_key="stories:today")

    with database.reading() as tx:  # the sender's transactions are for every workspace
        assert thread_of(tx, post(database, here, "story:16")) == "1000.1"
        assert thread_of(tx, post(database, here, "stories:today")) is None


def test_what_slack_refuses_is_parked_and_not_tried_again(database: Database, here: InWorkspace) -> None:
    put(database, here, "story:1")
    park(database, here, "story:1", "not_in_channel")

    assert due(database, after(100_000)) == []
    with database.reading() as tx:
        assert (posts_waiting(tx), next_due(tx)) == (0, None)


def test_what_was_parked_is_tried_again_when_its_reason_is_gone(
    database: Database, here: InWorkspace, there: InWorkspace
) -> None:
    for who, key, reason in (
        (here, "story:1", "token_revoked"), (there, "story:2", "account_inactive"), (here, "story:3", "invalid_blocks"),
    ):  # fmt: skip
        put(database, who, key)
        park(database, who, key, reason)

    with database.writing() as tx:
        assert release_parked(tx, ["token_revoked", "account_inactive"], after(60)) == 2

    assert due(database, after(60)) == ["story:1", "story:2"]
    found = post(database, here, "story:1")
    assert (found.attempts, found.parked_reason, found.due_at) == (0, None, after(60))


def test_in_one_workspace_only_its_own_parked_posts_come_back(
    database: Database, here: InWorkspace, there: InWorkspace
) -> None:
    """When the bot is invited into a channel, that changes nothing for another company."""
    for who in (here, there):
        put(database, who, "story:1")
        park(database, who, "story:1", "not_in_channel")

    with database.writing(here) as tx:
        assert release_parked(tx, ["not_in_channel"], after(60)) == 1

    assert post(database, there, "story:1").parked_reason == "not_in_channel"


def test_changing_a_parked_post_tries_it_again(database: Database, here: InWorkspace) -> None:
    put(database, here, "story:1")
    park(database, here, "story:1", "invalid_blocks")
    change(database, here, "story:1", "nu wel goed", at=after(5))

    assert due(database, after(5)) == ["story:1"]
    assert post(database, here, "story:1").parked_reason is None


def test_the_next_moment_at_which_something_is_due(database: Database, here: InWorkspace) -> None:
    with database.reading() as tx:
        assert next_due(tx) is None
    put(database, here, "story:1", at=after(20))
    put(database, here, "story:2", at=after(10))
    put(database, here, "story:3", at=MONDAY)
    send(database, here, "story:3")

    with database.reading() as tx:
        assert next_due(tx) == after(10)


def test_a_message_comes_back_as_it_went_in(database: Database, here: InWorkspace) -> None:
    body = {"text": "Eén 'fan' <b> 🎉 \\u0000 שלום", "blocks": [{"type": "section", "n": 1, "yes": True, "no": None}]}
    with database.writing(here) as tx:
        put_post(tx, workspace_id=here.workspace_id, key="story:1", body=body, due_at=MONDAY, target=FANS, token="t")

    assert post(database, here, "story:1").body == body


def test_what_was_removed_is_told_from_an_empty_message(database: Database, here: InWorkspace) -> None:
    """SQL's NULL, and not JSON's: otherwise it could never be put again."""
    put(database, here, "story:1")
    change(database, here, "story:1", None)

    with database.reading(here) as tx:
        assert tx.exec(select(Post.key).where(col(Post.body).is_(None))).all() == ["story:1"]


def test_something_stands_from_when_it_is_queued_until_it_is_removed(
    database: Database, here: InWorkspace, there: InWorkspace
) -> None:
    put(database, here, "home:1", is_home=True)
    put(database, there, "home:2", is_home=True)
    put(database, here, "story:1")
    change(database, here, "story:1", None)

    with database.reading(here) as tx:
        assert [stands(tx, key) for key in ("home:1", "home:2", "story:1", "story:2")] == [True, False, False, False]


def test_what_is_parked_is_counted_by_its_reason(database: Database, here: InWorkspace, there: InWorkspace) -> None:
    for who, key, reason in (
        (here, "story:1", "not_in_channel"), (there, "story:1", "not_in_channel"), (here, "story:2", "invalid_blocks"),
    ):  # fmt: skip
        put(database, who, key)
        park(database, who, key, reason)
    put(database, here, "story:3")

    with database.reading() as tx:
        assert parked_posts(tx) == {"not_in_channel": 2, "invalid_blocks": 1}
