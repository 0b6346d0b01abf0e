"""Queueing what is to stand in Slack, on both databases."""

from typing import Any

import pytest
from sqlmodel import select

from bot.slack.blocks import Message
from bot.slack.outbox import Outbox
from storage.database import InWorkspace
from storage.outbox import Post, post_by_key
from tests.fakes import FANS, FakeOffice, StoppedClock


@pytest.fixture
def rung() -> list[str]:
    """What the outbox wakes."""
    return []


@pytest.fixture
def outbox(clock: StoppedClock, rung: list[str]) -> Outbox:
    return Outbox(clock, lambda: rung.append("ring"))


def post_of(office: FakeOffice, key: str) -> Post:
    with office.services.database.reading(InWorkspace(office.workspace_id)) as tx:
        post = post_by_key(tx, key)
    assert post is not None
    return post


def writing(office: FakeOffice) -> Any:
    return office.services.database.writing(InWorkspace(office.workspace_id))


def test_under_one_key_something_is_posted_once(office: FakeOffice, outbox: Outbox) -> None:
    with writing(office) as tx:
        outbox.post(tx, "reminder:1:2026-11-02", Message("Een"), to=FANS)
        outbox.post(tx, "reminder:1:2026-11-02", Message("Twee"), to=FANS)
    with writing(office) as tx:
        outbox.post(tx, "reminder:1:2026-11-02", Message("Drie"), to=FANS)

    assert office.posts() == ["Een"]
    assert post_of(office, "reminder:1:2026-11-02").revision == 1


def test_the_sender_is_woken_once_and_only_when_all_is_saved(
    office: FakeOffice, outbox: Outbox, rung: list[str]
) -> None:
    with writing(office) as tx:
        outbox.post(tx, "a", Message("Een"), to=FANS)
        outbox.change(tx, "a", Message("Twee"))
        assert rung == []
    assert rung == ["ring"]


def test_what_is_undone_is_not_queued_and_wakes_nobody(office: FakeOffice, outbox: Outbox, rung: list[str]) -> None:
    def queue_and_break() -> None:
        with writing(office) as tx:
            outbox.post(tx, "a", Message("Een"), to=FANS)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        queue_and_break()

    assert office.posts() == []
    assert rung == []


def test_changes_to_what_waits_melt_into_one(office: FakeOffice, outbox: Outbox) -> None:
    with writing(office) as tx:
        outbox.post(tx, "a", Message("Een"), to=FANS)
    for text in ("Twee", "Drie"):
        with writing(office) as tx:
            outbox.change(tx, "a", Message(text))

    assert office.posts() == ["Drie"]
    assert len(office.queued(FANS)) == 1


def test_changing_or_removing_what_does_not_stand_does_nothing(office: FakeOffice, outbox: Outbox) -> None:
    with writing(office) as tx:
        outbox.change(tx, "a", Message("Een"))
        outbox.remove(tx, "b")

    assert office.rows("outbox") == 0


def test_what_was_removed_does_not_change_and_can_be_posted_again(office: FakeOffice, outbox: Outbox) -> None:
    with writing(office) as tx:
        outbox.post(tx, "a", Message("Een"), to=FANS)
        outbox.remove(tx, "a")
        outbox.change(tx, "a", Message("Twee"))
        assert not outbox.stands(tx, "a")
        outbox.post(tx, "a", Message("Drie"), to="C0OTHER", thread="b")
        assert outbox.stands(tx, "a")

    post = post_of(office, "a")
    assert (post.body or {})["text"] == "Drie"
    assert (post.target, post.thread_key) == ("C0OTHER", "b")


def test_a_home_is_drawn_anew_each_time(office: FakeOffice, outbox: Outbox) -> None:
    for blocks in ([], [{"type": "divider"}]):
        with writing(office) as tx:
            outbox.show_home(tx, "home:1", {"type": "home", "blocks": blocks}, to="U0SANNE")

    [home] = office.queued("U0SANNE")
    assert (home.body or {})["blocks"] == [{"type": "divider"}]
    assert home.is_home


def test_two_workspaces_may_use_the_same_key(office: FakeOffice, outbox: Outbox) -> None:
    other = office.person_elsewhere("T0OTHER", "U1", "Piet")
    with writing(office) as tx:
        outbox.post(tx, "story:1", Message("Hier"), to=FANS)
    with office.services.database.writing(other) as tx:
        outbox.post(tx, "story:1", Message("Daar"), to=FANS)
        outbox.remove(tx, "story:1")

    assert office.posts() == ["Hier"]


def test_every_post_has_an_opaque_id_of_its_own(office: FakeOffice, outbox: Outbox) -> None:
    with writing(office) as tx:
        for key in "abc":
            outbox.post(tx, key, Message(key), to=FANS)

    assert len({post.token for post in office.queued(FANS)}) == 3


def test_many_posts_have_their_turns_and_leave_room_for_others(
    office: FakeOffice, outbox: Outbox, clock: StoppedClock, rung: list[str]
) -> None:
    with writing(office) as tx:
        outbox.post_many(tx, [(f"a:{number}", Message(f"Post {number} & meer"), FANS) for number in range(3)], turns=2)
        outbox.post(tx, "b", Message("Ertussendoor"), to=FANS)
        assert rung == []

    assert rung == ["ring"]
    waits = {post.key: (post.due_at - clock.now()).total_seconds() for post in office.queued(FANS)}
    assert waits == {"a:0": 0.5, "a:1": 0.75, "a:2": 1.0, "b": 0}
    assert len({post.token for post in office.queued(FANS)}) == 4
    assert office.posts()[1] == "Post 1 &amp; meer"


def test_many_posts_under_known_keys_change_nothing(office: FakeOffice, outbox: Outbox) -> None:
    with writing(office) as tx:
        outbox.post(tx, "a:1", Message("Er was al een"), to=FANS)
        outbox.post_many(tx, [("a:1", Message("Nog een"), FANS), ("a:2", Message("Nieuw"), FANS)])
        outbox.post_many(tx, [])

    assert office.posts() == ["Er was al een", "Nieuw"]


def test_many_changes_are_alike_and_a_few_at_a_time(office: FakeOffice, outbox: Outbox, clock: StoppedClock) -> None:
    keys = [f"a:{number}" for number in range(45)]
    with writing(office) as tx:
        outbox.post_many(tx, [(key, Message("Open"), FANS) for key in [*keys, "b"]])
        for post in tx.exec(select(Post)):
            post.is_waiting, post.sent_revision = False, 1
    clock.pass_time(hours=1)

    with writing(office) as tx:
        outbox.change_alike(tx, [*keys, "unknown"], Message("Voorbij"))
        outbox.change_alike(tx, [], Message("Voor niemand"))

    assert office.posts() == ["Voorbij"] * 45 + ["Open"]
    waits = [(post.due_at - clock.now()).total_seconds() for post in office.queued(FANS)][:45]
    assert waits == [0] * 20 + [30] * 20 + [60] * 5
    assert [post.revision for post in office.queued(FANS)] == [2] * 45 + [1]
