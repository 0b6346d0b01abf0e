"""What stands in the thread follows what happens to what it tells of."""

import json
from collections.abc import Callable
from datetime import time

import pytest
from sqlalchemy import event
from sqlmodel import select

from bot.features.change_wall import actions as change_wall
from bot.features.change_wall.rules import TypedIdea
from bot.features.customer_wall import actions as customer_wall
from bot.features.customer_wall import moderating
from bot.features.digest import posting
from bot.features.office.actions import change_settings
from bot.features.office.typed import TypedWeek
from bot.features.stories import actions as stories
from bot.features.stories.rules import TypedStory
from bot.kernel.facts import ComplimentTakenBack, PlanChanged, WallOfChangeMoved
from bot.kernel.office import Me
from storage.database import Database
from storage.ideas import Idea, Status, idea_by_id
from storage.outbox import Post
from storage.participants import Participant, participant_of
from storage.people import Person
from storage.personal import blank_stories, make_nameless
from tests.fakes import FANS, MONDAY, FakeOffice
from tests.features.digest.club import FIRST, FRIDAY, Club, at, weeks


@pytest.fixture
def story(club: Club, sanne: Me) -> int:
    """The story of the week, in a digest that stands."""
    number = club.told(sanne, "Met de klant meegelopen")
    club.said("Een schat", entered_by=sanne.person_id)
    club.said("Zo geduldig", entered_by=sanne.person_id)
    club.moved("Stoelen bij de balie")
    club.moved("Koffie erbij")
    club.tick()
    return number


def changed(club: Club, idea_id: int, **values: object) -> None:
    with club.services.database.writing(club.here) as tx:
        idea = idea_by_id(tx, idea_id)
        assert isinstance(idea, Idea)
        for name, value in values.items():
            setattr(idea, name, value)
        tx.flush()
        posting.follow_ideas(tx, club.services, WallOfChangeMoved(club.fatima))


def test_a_story_that_is_taken_away_goes_from_the_thread(club: Club, story: int, sanne: Me) -> None:
    stories.remove_story(club.services, sanne, story)

    assert "digest-story" not in club.thread()
    assert "digest-compliments" in club.thread()


def test_an_idea_is_called_by_the_title_that_it_has_now(club: Club, sanne: Me) -> None:
    idea = club.moved("Stoelen bij de bali", suggester_id=sanne.person_id)
    club.told(sanne)
    club.tick()
    assert "Stoelen bij de bali" in club.thread()["digest-ideas"]

    change_wall.change_idea(club.services, sanne, idea, TypedIdea("Banken voor wie wacht"))

    assert "Banken voor wie wacht" in club.thread()["digest-ideas"]
    assert "bali" not in club.thread()["digest-ideas"]


def test_another_story_leaves_it_as_it_is(club: Club, story: int, sanne: Me) -> None:
    other = club.told(sanne, "Nog eentje")
    stories.remove_story(club.services, sanne, other)

    assert "Met de klant meegelopen" in club.thread()["digest-story"]


def test_a_story_that_is_changed_says_so_there(club: Club, story: int, sanne: Me) -> None:
    stories.change_story(club.services, sanne, story, TypedStory("Met de klant gefietst", day=FIRST.isoformat()))

    assert "Met de klant gefietst" in club.thread()["digest-story"]


def test_a_story_that_is_kept_for_oneself_from_now_on_goes(club: Club, story: int, sanne: Me) -> None:
    typed = TypedStory("Met de klant gefietst", day=FIRST.isoformat(), is_shared=False)
    stories.change_story(club.services, sanne, story, typed)

    assert "digest-story" not in club.thread()


def test_a_compliment_that_is_withdrawn_goes_and_the_other_stays(club: Club, story: int, sanne: Me) -> None:
    customer_wall.withdraw_compliment(club.services, sanne, 1)

    assert club.thread()["digest-compliments"].endswith(": Zo geduldig")


def test_compliments_that_all_go_take_their_part_along(club: Club, story: int, sanne: Me) -> None:
    customer_wall.withdraw_compliment(club.services, sanne, 1)
    with club.services.database.writing(club.here) as tx:
        taken_back = ComplimentTakenBack(club.services.office(tx), 2)
        moderating.take_down(tx, club.services, taken_back)
        posting.follow_compliment(tx, club.services, taken_back)

    assert "digest-compliments" not in club.thread()


def test_an_idea_that_is_refused_after_all_or_merged_goes(club: Club, story: int) -> None:
    changed(club, 1, status=Status.NO_BUT)
    assert club.thread()["digest-ideas"].endswith(": Koffie erbij")
    changed(club, 2, merged_into=1)
    assert "digest-ideas" not in club.thread()


def test_an_idea_that_has_another_title_has_it_there(club: Club, story: int) -> None:
    changed(club, 1, title="Krukken bij de balie")

    assert "Krukken bij de balie" in club.thread()["digest-ideas"]


def test_who_is_erased_is_gone_from_all_digests(club: Club, story: int, sanne: Me) -> None:
    with club.services.database.writing(club.here) as tx:
        make_nameless(tx, sanne.person_id, club.services.clock.now())
        blank_stories(tx, sanne.person_id)
        posting.forget_person(tx, club.services, sanne)

    said = json.dumps([post.body for post in club.office.queued(FANS)])
    assert "Sanne" not in said
    assert "meegelopen" not in said
    assert len(club.digests()) == 1


def test_who_left_keeps_the_story_they_had(club: Club, story: int, sanne: Me) -> None:
    with club.services.database.writing(club.here) as tx:
        teller = tx.get(Person, sanne.person_id)
        assert teller is not None
        teller.standing = "gone"
        tx.flush()
        posting.forget_person(tx, club.services, club.fatima)

    assert "Met de klant meegelopen" in club.thread()["digest-story"]


def chose(club: Club, who: Me, *, on_board: bool) -> None:
    """Somebody says whether their name may be on leaderboards."""
    with club.services.database.writing(club.here) as tx:
        row = participant_of(tx, who.person_id)
        if row is None:
            row = Participant(
                workspace_id=who.workspace_id, person_id=who.person_id, joined_at=MONDAY, joined_on=FIRST,
                on_board=on_board, remind_at=time(9), second_at=time(16), volume="light",
            )  # fmt: skip
        row.on_board = on_board
        tx.add(row)
        tx.flush()
        posting.follow_name(tx, club.services, PlanChanged(who))


def test_who_wants_no_name_on_leaderboards_has_none_with_the_story_of_the_week(club: Club, sanne: Me) -> None:
    chose(club, sanne, on_board=False)
    club.told(sanne, "Met de klant meegelopen")
    club.tick()

    [post] = [one for one in club.office.queued(FANS) if one.key.startswith("digest-story")]
    assert "Sanne" not in str(post.body)
    assert "a colleague" in str(post.body)
    assert "Met de klant meegelopen" in club.thread()["digest-story"]


def test_a_name_goes_and_comes_with_what_its_owner_wants(club: Club, story: int, sanne: Me, bram: Me) -> None:
    assert "Sanne" in club.thread()["digest-story"]
    chose(club, bram, on_board=False)
    assert "Sanne" in club.thread()["digest-story"]
    chose(club, sanne, on_board=False)
    assert "Sanne" not in club.thread()["digest-story"]
    chose(club, sanne, on_board=True)
    assert "Sanne" in club.thread()["digest-story"]


def asked(database: Database, act: Callable[[], object]) -> list[str]:
    """The questions about the outbox that were asked in the meantime."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    act()
    event.remove(database.engine, "before_cursor_execute", note)
    return [one for one in statements if one.lstrip().startswith("SELECT") and "outbox" in one]


def test_where_no_digest_is_concerned_little_is_asked_and_nothing_searched(
    club: Club, office: FakeOffice, story: int, sanne: Me
) -> None:
    other, idea = club.told(sanne, "Nog eentje"), club.moved("Krukken")
    database = club.services.database
    typed = TypedStory("Met de klant gefietst", day=FIRST.isoformat())
    quiet = {
        0: lambda: stories.change_story(club.services, sanne, other, typed),
        1: lambda: changed(club, idea, title="Hoge krukken"),
    }
    for most, act in quiet.items():
        found = asked(database, act)
        assert len([one for one in found if "body" in one]) <= most
        assert not [one for one in found if "LIKE" in one]


def test_old_digests_follow_what_is_taken_away(club: Club, story: int, sanne: Me) -> None:
    club.services.clock.move_to(at(FRIDAY + weeks(70)))
    stories.remove_story(club.services, sanne, story)
    customer_wall.withdraw_compliment(club.services, sanne, 1)

    assert "digest-story" not in club.thread()
    assert club.thread()["digest-compliments"].endswith(": Zo geduldig")


@pytest.mark.parametrize("reason", [None, "is_archived"])
def test_another_channel_gets_what_the_first_one_did_not(
    club: Club, office: FakeOffice, story: int, reason: str | None
) -> None:
    with club.services.database.writing(club.here) as tx:
        for post in tx.exec(select(Post).where(Post.target == FANS)):
            post.parked_reason, post.is_waiting = reason, reason is None
    typed = TypedWeek("people", "C0NIEUW", "4", "15:00", ["digest", "board"])
    change_settings(club.services, club.me(club.fatima), typed)
    club.tick(at(FRIDAY, 16))

    moved = [post.key.partition(":")[0] for post in office.queued("C0NIEUW")]
    assert moved == ["digest", "digest-story", "digest-compliments", "digest-ideas", "digest-tip"]
    assert club.digests() == []


def test_a_digest_that_slack_has_stays_where_it_is(club: Club, office: FakeOffice, story: int) -> None:
    with club.services.database.writing(club.here) as tx:
        for post in tx.exec(select(Post).where(Post.target == FANS)):
            post.ts = "1.1"
    change_settings(club.services, club.me(club.fatima), TypedWeek("people", "C0NIEUW", "4", "15:00", ["digest"]))
    club.tick(at(FRIDAY, 16))

    assert office.queued("C0NIEUW") == []
    assert len(club.digests()) == 1
