"""What can be asked of ideas; on both databases. Votes and merges by property: tests/features/change_wall."""

from datetime import timedelta
from typing import Any

from storage.database import Database, InWorkspace
from storage.idea_wall import (
    Which,
    candidates,
    how_many,
    ideas_on_wall,
    shown,
    supported_by,
    supporters,
    telling_time,
    titled,
)
from storage.ideas import (
    Idea,
    above,
    family_of,
    follow,
    followers_of,
    give_vote,
    idea_by_id,
    unfollow,
    workspaces_with_ideas,
)
from tests.fakes import MONDAY
from tests.storage.records import TODAY


def suggested(database: Database, who: InWorkspace, person_id: int, title: str = "Koffie", **values: Any) -> int:
    own = {"suggester_id": person_id, "suggested_at": MONDAY, "posted_on": TODAY, "workspace_id": who.workspace_id}
    with database.writing(who) as tx:
        idea = Idea(**own | {"title": title} | values)
        tx.add(idea)
        tx.flush()
        return idea.id or 0


def test_an_idea_of_another_workspace_is_not_there_and_counts_nothing(
    database: Database, here: InWorkspace, there: InWorkspace, sanne: int, their_sanne: int
) -> None:
    theirs = suggested(database, there, their_sanne)
    with database.writing(there) as tx:
        give_vote(tx, theirs, their_sanne, MONDAY)

    with database.reading(here) as tx:
        assert idea_by_id(tx, theirs) is None
        assert supporters(tx, [theirs]) == {}
        assert supported_by(tx, [theirs], their_sanne) == set()
        assert candidates(tx, 10) == []
        assert titled(tx, "", 10) == []
        assert telling_time(tx, TODAY, 10, 0) == []
        assert how_many(tx, Which.ALL, person_id=sanne, today=TODAY) == 0
        both: dict[str, Any] = {"person_id": their_sanne, "today": TODAY, "limit": 9}
        assert ideas_on_wall(tx, Which.MINE, by_votes=False, **both) == []
        assert ideas_on_wall(tx, Which.ALL, by_votes=True, **both) == []
    with database.reading() as tx:
        assert workspaces_with_ideas(tx) == [there.workspace_id]


def test_a_family_is_all_that_went_into_one(database: Database, here: InWorkspace, sanne: int, bram: int) -> None:
    root = suggested(database, here, sanne, "Koffie")
    child = suggested(database, here, bram, "Thee", merged_into=root)
    grandchild = suggested(database, here, bram, "Melk", merged_into=child)
    with database.writing(here) as tx:
        for idea, person in ((root, sanne), (child, sanne), (grandchild, bram)):
            give_vote(tx, idea, person, MONDAY)

    with database.reading(here) as tx:
        assert family_of(tx, root) == {root, child, grandchild}
        assert supporters(tx, [root, child, grandchild]) == {root: 2, child: 2, grandchild: 1}
        assert supported_by(tx, [root, grandchild], sanne) == {root}
        last = idea_by_id(tx, grandchild)
        assert last is not None
        assert [idea.id for idea in above(tx, last)] == [child, root]
        [around] = shown(tx, [last])
        assert around.into is not None
        assert around.into.id == child


def test_a_title_is_found_by_its_words_also_far_down_and_never_what_went_into_another(
    database: Database, here: InWorkspace, sanne: int
) -> None:
    first = suggested(database, here, sanne, "Één bankje bij de deur")
    second = suggested(database, here, sanne, "Koffie bij de DEUR")
    suggested(database, here, sanne, "Deur open", merged_into=first)
    suggested(database, here, sanne, "Deur dicht", posted_on=None)
    suggested(database, here, sanne, "")

    with database.reading(here) as tx:
        assert titled(tx, "deur", 9) == [second, first]
        assert titled(tx, "deur", 1) == [second]
        assert titled(tx, " DEUR een ", 9) == [first]
        assert titled(tx, "", 9) == [second, first]
        assert titled(tx, "100%", 9) == []


def test_an_idea_is_past_its_date_also_when_nobody_answered_it(
    database: Database, here: InWorkspace, sanne: int
) -> None:
    before, overdue = TODAY - timedelta(days=1), {"by_votes": False, "person_id": 0, "today": TODAY, "limit": 9}
    answered: dict[str, Any] = {"answered_at": MONDAY, "due_on": before}
    late = [suggested(database, here, sanne, status=status, **answered) for status in ("new", "planned")]
    for status in ("done", "no_but"):
        suggested(database, here, sanne, status=status, **answered)
    suggested(database, here, sanne, status="planned", answered_at=MONDAY, due_on=TODAY)
    waits = suggested(database, here, sanne)

    with database.reading(here) as tx:
        assert [idea.id for idea in ideas_on_wall(tx, Which.OVERDUE, **overdue)] == late[::-1]  # type: ignore[arg-type]
        assert [idea.id for idea in telling_time(tx, TODAY, 9, 0)] == [*late, waits]
        assert [idea.id for idea in telling_time(tx, TODAY, 1, late[0])] == [late[1]]


def test_everybody_follows_a_family_once(database: Database, here: InWorkspace, sanne: int, bram: int) -> None:
    root = suggested(database, here, sanne)
    child = suggested(database, here, bram, merged_into=root)
    with database.writing(here) as tx:
        for idea, person in ((root, sanne), (root, sanne), (child, sanne), (child, bram)):
            follow(tx, idea, person)
        found = followers_of(tx, [root, child])
        assert sorted(person.id or 0 for person, _ in found) == [sanne, bram]
        unfollow(tx, [root, child], sanne)  # of her own idea she still hears
        assert [person.id for person, _ in followers_of(tx, [root])] == [sanne]
        assert [person.id for person, _ in followers_of(tx, [child])] == [bram]


def test_the_suggester_of_an_anonymous_idea_is_not_in_what_is_shown(
    database: Database, here: InWorkspace, sanne: int
) -> None:
    named, anonymous = suggested(database, here, sanne), suggested(database, here, sanne, is_anonymous=True)
    with database.reading(here) as tx:
        found = shown(tx, [one for idea in (named, anonymous) if (one := idea_by_id(tx, idea))])
    assert [one.suggester.name if one.suggester else None for one in found] == ["Sanne", None]
