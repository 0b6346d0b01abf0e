"""Who is erased leaves the wall of change; on both databases."""

import json

from bot.features.change_wall import actions, forgetting, managing
from bot.features.change_wall.jobs import nudge_managers
from bot.features.change_wall.rules import TypedAnswer
from bot.features.change_wall.wall import View
from bot.kernel.office import Me
from storage.ideas import Status
from storage.personal import make_nameless
from tests.fakes import FakeOffice, StoppedClock
from tests.features.change_wall.conftest import WALL, Suggest
from tests.features.change_wall.test_actions import HOURS, UMBRELLAS, count, post_of, says


def erase(office: FakeOffice, me: Me) -> None:
    with office.services.database.writing(me) as tx:
        make_nameless(tx, me.person_id, office.services.clock.now())
        for forget in (forgetting.forget_suggester, forgetting.forget_owner, forgetting.forget_answerer):
            forget(tx, office.services, me)


def test_an_erased_suggesters_words_go_and_the_votes_stay(
    office: FakeOffice, sanne: Me, bram: Me, suggest: Suggest
) -> None:
    idea = suggest(sanne, HOURS, about="Voor de buurvrouw", pain="wachten")
    actions.vote(office.services, bram, idea)
    erase(office, sanne)

    body = json.dumps([post.body for post in office.queued(WALL)])
    assert not [word for word in ("Sanne", "U0SANNE", HOURS, "buurvrouw", "wachten") if word in body]
    assert count(office, bram, idea) == 1


def test_an_anonymous_idea_does_not_go_blank_when_somebody_is_erased(
    office: FakeOffice, sanne: Me, bram: Me, suggest: Suggest
) -> None:
    idea = suggest(sanne, HOURS, is_anonymous=True)
    before = post_of(office, idea)
    erase(office, sanne)

    assert post_of(office, idea).revision == before.revision
    assert HOURS in says(office, idea)
    assert actions.page_of(office.services, sanne, View("mine")).ideas == []
    assert office.rows("idea_follower") == 0


def test_the_name_goes_from_answers_and_from_what_one_looks_after(
    office: FakeOffice, sanne: Me, fatima: Me, suggest: Suggest
) -> None:
    idea, other = suggest(sanne, HOURS), suggest(sanne, UMBRELLAS)
    managing.answer_idea(office.services, fatima, idea, TypedAnswer(Status.DOING, "Komt eraan", owner=fatima.slack_id))
    managing.merge_ideas(office.services, fatima, other, idea)
    erase(office, fatima)

    assert "Komt eraan" in says(office, idea)
    assert "Fatima" not in json.dumps([post.body for post in office.queued(WALL)])


def test_titles_go_from_the_posts_of_merged_ideas_too(
    office: FakeOffice, sanne: Me, bram: Me, fatima: Me, suggest: Suggest
) -> None:
    mine, theirs, third = suggest(sanne, HOURS), suggest(bram, UMBRELLAS), suggest(bram, "Koffie voor wachtenden")
    managing.merge_ideas(office.services, fatima, third, mine)
    managing.merge_ideas(office.services, fatima, mine, theirs)
    erase(office, sanne)

    assert HOURS not in json.dumps([post.body for post in office.queued(WALL)])


def test_titles_go_from_messages_to_others_too(
    office: FakeOffice, sanne: Me, bram: Me, fatima: Me, suggest: Suggest, clock: StoppedClock
) -> None:
    idea, other = suggest(sanne, HOURS), suggest(bram, UMBRELLAS)
    clock.pass_time(days=14)
    nudge_managers(office.services)
    actions.vote(office.services, bram, idea)
    managing.answer_idea(office.services, fatima, idea, TypedAnswer(Status.PLANNED, "Komt eraan"))
    managing.answer_idea(office.services, fatima, other, TypedAnswer(Status.PLANNED, "Ook dit"))
    erase(office, sanne)

    left = json.dumps([post.body for me in (bram, fatima) for post in office.queued(me.slack_id)])
    assert HOURS not in left
    assert "Komt eraan" in left
    assert "Ook dit" in left
