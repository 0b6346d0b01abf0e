"""After any series of votes, merges and undos nobody counts twice, and nobody's vote is lost."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.features.change_wall import actions, managing
from bot.kernel.errors import BotError
from bot.kernel.office import Me
from storage.database import Database
from storage.idea_wall import supported_by, supporters
from storage.ideas import Idea
from tests.fakes import FakeOffice, StoppedClock

IDEAS, PEOPLE = 4, 3
DEED = st.one_of(
    st.tuples(st.just("vote"), st.integers(0, PEOPLE - 1), st.integers(0, IDEAS - 1)),
    st.tuples(st.just("merge"), st.integers(0, IDEAS - 1), st.integers(0, IDEAS - 1)),
    st.tuples(st.just("undo"), st.integers(0, IDEAS - 1), st.just(0)),
)


@pytest.fixture
def database(sqlite: Database) -> Database:
    """One kind is enough: what is tried here is the order of deeds."""
    return sqlite


class Model:
    """What each idea's supporters are, said in sets."""

    def __init__(self) -> None:
        self.votes: list[set[int]] = [set() for _ in range(IDEAS)]
        self.into: dict[int, int] = {}

    def root(self, idea: int) -> int:
        while idea in self.into:
            idea = self.into[idea]
        return idea

    def family(self, root: int) -> list[int]:
        return [idea for idea in range(IDEAS) if self.root(idea) == root]

    def supporters(self, root: int) -> set[int]:
        return set().union(*(self.votes[idea] for idea in self.family(root)))

    def counted(self) -> list[set[int]]:
        return [self.supporters(idea) for idea in range(IDEAS) if idea not in self.into]

    def vote(self, person: int, idea: int) -> None:
        root = self.root(idea)
        if person in self.supporters(root):
            for one in self.family(root):
                self.votes[one].discard(person)
        else:
            self.votes[root].add(person)

    def merge(self, child: int, root: int) -> None:
        if child != root and child not in self.into and root not in self.into:
            self.into[child] = root


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=st.lists(DEED, max_size=25))
def test_nobody_counts_twice_and_no_vote_is_lost(
    office: FakeOffice, clock: StoppedClock, deeds: list[tuple[str, int, int]]
) -> None:
    fatima = office.person("U0FATIMA", "Fatima")
    people = [office.person(f"U{number}", f"P{number}") for number in range(PEOPLE)]
    ids, model = put(office, fatima), Model()
    for kind, one, other in deeds:
        clock.pass_time(seconds=2)
        if kind == "vote":
            actions.vote(office.services, people[one], ids[other])
            model.vote(one, other)
        elif kind == "merge":
            merge(office, fatima, ids[one], ids[other])
            model.merge(one, other)
        else:
            managing.undo_merge(office.services, fatima, ids[one])
            model.into.pop(one, None)
        assert counted(office, fatima, people, ids) == model.counted()


def counted(office: FakeOffice, fatima: Me, people: list[Me], ids: list[int]) -> list[set[int]]:
    """Of each idea that is whole: who supports it, and that as many are counted."""
    with office.services.database.reading(fatima) as tx:
        roots = [one for one in ids if (idea := tx.get(Idea, one)) and idea.merged_into is None]
        who = [supported_by(tx, roots, person.person_id) for person in people]
        found = [{number for number, his in enumerate(who) if root in his} for root in roots]
        counts = supporters(tx, roots)
        assert [counts.get(root, 0) for root in roots] == [len(one) for one in found]
        return found


def put(office: FakeOffice, me: Me) -> list[int]:
    with office.services.database.writing(me) as tx:
        now = office.services.clock.now()
        rows = [
            Idea(
                workspace_id=me.workspace_id, title=f"Idee {number}", suggester_id=me.person_id, suggested_at=now,
                posted_on=now.date(),
            )
            for number in range(IDEAS)
        ]  # fmt: skip
        tx.add_all(rows)
        tx.flush()
        return [row.id or 0 for row in rows]


def merge(office: FakeOffice, me: Me, child: int, root: int) -> None:
    try:
        managing.merge_ideas(office.services, me, child, root)
    except BotError:
        return
