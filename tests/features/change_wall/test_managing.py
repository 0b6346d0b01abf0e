"""Answering ideas, merging two and undoing that, on both databases."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import select

from bot.features.change_wall import actions, managing
from bot.features.change_wall.rules import TypedAnswer
from bot.features.change_wall.wall import View
from bot.kernel.errors import BotError, FormError
from bot.kernel.office import Me
from storage.ideas import Idea, Status
from storage.people import Standing
from tests.fakes import MONDAY, FakeOffice, StoppedClock
from tests.features.change_wall.conftest import WALL, Suggest
from tests.features.change_wall.test_actions import HOURS, UMBRELLAS, count, says
from tests.features.heard import texts_in

PLANNED = TypedAnswer(Status.PLANNED, "We beginnen in december.")


def idea_of(office: FakeOffice, me: Me, idea_id: int) -> Idea:
    with office.services.database.reading(me) as tx:
        return tx.exec(select(Idea).where(Idea.id == idea_id)).one()


def news_to(office: FakeOffice, me: Me) -> list[str]:
    return [texts_in(post.body or {}) for post in office.queued(me.slack_id) if post.key.startswith("idea-news:")]


def test_an_answer_is_in_the_post_and_told_once_to_who_suggested_or_supports_it(
    office: FakeOffice, sanne: Me, bram: Me, fatima: Me, suggest: Suggest
) -> None:
    idea = suggest(sanne, HOURS)
    for me in (sanne, bram, fatima):
        actions.vote(office.services, me, idea)
    managing.answer_idea(office.services, fatima, idea, PLANNED)

    assert "We beginnen in december." in says(office, idea)
    assert "Fatima" in says(office, idea)
    for me in (sanne, bram):
        [news] = news_to(office, me)
        assert "We beginnen in december." in news
        assert HOURS in news
    assert news_to(office, fatima) == []  # who knows already


def test_the_news_says_the_same_to_suggester_and_voters(
    office: FakeOffice, sanne: Me, bram: Me, fatima: Me, suggest: Suggest
) -> None:
    idea = suggest(sanne, HOURS, is_anonymous=True)
    actions.vote(office.services, bram, idea)
    managing.answer_idea(office.services, fatima, idea, PLANNED)

    assert news_to(office, sanne) == news_to(office, bram)
    keys = [post.key for me in (sanne, bram) for post in office.queued(me.slack_id)]
    assert not any(me.slack_id in key or f":{me.person_id}" in key.split("-news")[0] for me in (sanne,) for key in keys)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        (TypedAnswer(Status.PLANNED), "words"),
        (TypedAnswer(Status.NO_BUT, "Helaas te duur."), "possible"),
        (TypedAnswer(Status.NO_BUT, possible="Wel een bordje."), "words"),
        (TypedAnswer(Status.DONE, "x" * 2001), "words"),
        (TypedAnswer(Status.DOING, "We doen het", due="2026-11-01"), "due"),
        (TypedAnswer(Status.DOING, "We doen het", due="morgen"), "due"),
        (TypedAnswer(Status.DOING, "We doen het", due="2099-01-01"), "due"),
    ],
)
def test_what_makes_no_answer_is_refused_at_its_field(
    office: FakeOffice, sanne: Me, fatima: Me, suggest: Suggest, typed: TypedAnswer, field: str
) -> None:
    idea = suggest(sanne, HOURS)
    with pytest.raises(FormError) as caught:
        managing.answer_idea(office.services, fatima, idea, typed)

    assert list(caught.value.fields) == [field]
    assert idea_of(office, sanne, idea).status == Status.NEW
    assert office.rows("idea_answer") == 0


def test_all_that_is_wrong_with_an_answer_is_said_at_once(
    office: FakeOffice, sanne: Me, fatima: Me, suggest: Suggest
) -> None:
    idea = suggest(sanne, HOURS)
    with pytest.raises(FormError) as caught:
        managing.answer_idea(office.services, fatima, idea, TypedAnswer(Status.NO_BUT, due="morgen"))

    assert set(caught.value.fields) == {"words", "possible", "due"}


def test_owner_and_date_change_quietly(office: FakeOffice, sanne: Me, fatima: Me, suggest: Suggest) -> None:
    idea = suggest(sanne, HOURS)
    typed = TypedAnswer(Status.NEW, owner="U0BRAM", due="2026-12-01")
    office.person("U0BRAM", "Bram")
    managing.answer_idea(office.services, fatima, idea, typed)

    assert "Bram" in says(office, idea)
    assert news_to(office, sanne) == []
    assert idea_of(office, sanne, idea).answered_at is None


def test_a_guest_looks_after_nothing(office: FakeOffice, sanne: Me, fatima: Me, suggest: Suggest) -> None:
    idea = suggest(sanne, HOURS)
    office.person("U0GAST", "Gast", standing=Standing.GUEST)
    with pytest.raises(FormError):
        managing.answer_idea(office.services, fatima, idea, TypedAnswer(Status.NEW, owner="U0GAST"))


def test_a_date_that_went_by_may_stay(
    office: FakeOffice, sanne: Me, fatima: Me, suggest: Suggest, clock: StoppedClock
) -> None:
    idea = suggest(sanne, HOURS)
    managing.answer_idea(office.services, fatima, idea, TypedAnswer(Status.PLANNED, "Komt eraan", due="2026-11-03"))
    clock.pass_time(days=3)
    managing.answer_idea(office.services, fatima, idea, TypedAnswer(Status.DOING, "Iets later", due="2026-11-03"))
    assert actions.page_of(office.services, fatima, View("overdue")).count == 1


def test_only_managers_answer_merge_and_undo(office: FakeOffice, sanne: Me, suggest: Suggest) -> None:
    one, other = suggest(sanne, HOURS), suggest(sanne, UMBRELLAS)
    admin = office.person("U0ADMIN", "Admin", is_admin=True)
    for me in (sanne, admin):
        for act in (
            lambda me=me: managing.answer_idea(office.services, me, one, PLANNED),
            lambda me=me: managing.idea_to_answer(office.services, me, one),
            lambda me=me: managing.merge_ideas(office.services, me, one, other),
            lambda me=me: managing.ideas_to_merge_with(office.services, me, one),
            lambda me=me: managing.idea_to_merge(office.services, me, one),
            lambda me=me: managing.undo_merge(office.services, me, one),
        ):
            with pytest.raises(BotError, match="managers"):
                act()


def test_merged_ideas_count_nobody_twice_and_tell_each_once(
    office: FakeOffice, sanne: Me, bram: Me, fatima: Me, suggest: Suggest
) -> None:
    child, root = suggest(sanne, HOURS), suggest(bram, UMBRELLAS)
    jeroen = office.person("U0JEROEN", "Jeroen")
    for me, idea in ((sanne, child), (sanne, root), (jeroen, child), (bram, root)):
        actions.vote(office.services, me, idea)
    managing.merge_ideas(office.services, fatima, child, root)

    assert count(office, sanne, root) == 3
    assert "· 3" in says(office, root)
    assert UMBRELLAS in says(office, child)
    assert HOURS in says(office, root)
    managing.answer_idea(office.services, fatima, root, PLANNED)
    assert [len(news_to(office, me)) for me in (sanne, bram, jeroen)] == [1, 1, 1]


def test_each_of_two_merged_threads_leads_to_the_other(
    office: FakeOffice, sanne: Me, fatima: Me, suggest: Suggest
) -> None:
    child, root = suggest(sanne, HOURS), suggest(sanne, UMBRELLAS)
    managing.merge_ideas(office.services, fatima, child, root)
    notes = {post.thread_key: texts_in(post.body or {}) for post in office.queued(WALL) if post.thread_key}

    assert UMBRELLAS in notes[f"idea:{child}"]
    assert HOURS in notes[f"idea:{root}"]
    managing.undo_merge(office.services, fatima, child)
    assert not [post for post in office.queued(WALL) if post.thread_key]


def test_a_merge_can_be_undone_for_a_week(
    office: FakeOffice, sanne: Me, bram: Me, fatima: Me, suggest: Suggest, clock: StoppedClock
) -> None:
    child, root = suggest(sanne, HOURS), suggest(sanne, UMBRELLAS)
    actions.vote(office.services, bram, child)
    managing.merge_ideas(office.services, fatima, child, root)
    clock.pass_time(days=7)
    for _ in range(2):
        managing.undo_merge(office.services, fatima, child)
    assert (count(office, sanne, child), count(office, sanne, root)) == (1, 0)

    managing.merge_ideas(office.services, fatima, child, root)
    clock.pass_time(days=7, seconds=1)
    with pytest.raises(BotError, match="7 days"):
        managing.undo_merge(office.services, fatima, child)
    assert count(office, sanne, root) == 1


def test_an_idea_goes_not_into_itself_nor_round_in_a_circle(
    office: FakeOffice, sanne: Me, fatima: Me, suggest: Suggest
) -> None:
    one, two, three = (suggest(sanne, f"{words} hier") for words in (HOURS, UMBRELLAS, "Koffie voor wachtenden"))
    managing.merge_ideas(office.services, fatima, one, two)
    managing.merge_ideas(office.services, fatima, two, three)
    for child, root in ((one, one), (two, one), (three, one), (three, two), (three, three), (one, three), (one, 4711)):
        with pytest.raises(BotError):
            managing.merge_ideas(office.services, fatima, child, root)
    assert idea_of(office, sanne, three).merged_into is None
    with pytest.raises(BotError, match="no other idea"):
        managing.idea_to_merge(office.services, fatima, three)


def test_what_is_offered_to_merge_with_begins_with_what_is_most_alike(
    office: FakeOffice, sanne: Me, fatima: Me, suggest: Suggest
) -> None:
    alike = suggest(sanne, HOURS)
    inside, newest = suggest(sanne, "Koffie voor wachtenden"), suggest(sanne, UMBRELLAS)
    idea = suggest(sanne, "Zet de openingstijden op de bladzijde")
    managing.merge_ideas(office.services, fatima, inside, alike)

    others = managing.ideas_to_merge_with(office.services, fatima, idea)
    assert [one.id for one in others] == [alike, newest]
    others = managing.ideas_to_merge_with(office.services, fatima, idea, " PARAPLU")
    assert [one.id for one in others] == [newest]


def test_every_idea_is_found_to_merge_with(office: FakeOffice, sanne: Me, fatima: Me, suggest: Suggest) -> None:
    idea, oldest = suggest(sanne, HOURS), suggest(sanne, "Een bankje bij de deur")
    with office.services.database.writing(sanne) as tx:
        own = {"workspace_id": sanne.workspace_id, "suggested_at": MONDAY, "posted_on": MONDAY.date()}
        tx.add_all([Idea(title=f"Koffie {number}", **own) for number in range(managing.OFFERED + 60)])

    assert len(managing.ideas_to_merge_with(office.services, fatima, idea)) == managing.OFFERED
    assert [one.id for one in managing.ideas_to_merge_with(office.services, fatima, idea, "bánkje")] == [oldest]


def test_two_managers_who_merge_crosswise_make_no_circle(
    office: FakeOffice, sanne: Me, fatima: Me, suggest: Suggest
) -> None:
    one, two = suggest(sanne, HOURS), suggest(sanne, UMBRELLAS)
    ward = office.person("U0WARD", "Ward")

    def merge(me: Me, child: int, root: int) -> bool:
        try:
            managing.merge_ideas(office.services, me, child, root)
        except BotError:
            return False
        return True

    with ThreadPoolExecutor(2) as both:
        done = list(both.map(merge, (fatima, ward), (one, two), (two, one)))
    assert sorted(done) == [False, True]


def test_votes_of_several_at_once_are_all_in_the_post(office: FakeOffice, sanne: Me, suggest: Suggest) -> None:
    idea = suggest(sanne, HOURS)
    voters = [office.person(f"U0V{number}", f"V{number}") for number in range(6)]
    with ThreadPoolExecutor(6) as all_of_them:
        list(all_of_them.map(lambda me: actions.vote(office.services, me, idea), voters))
    assert "· 6" in says(office, idea)


def test_a_vote_on_a_merged_idea_counts_for_what_it_went_into(
    office: FakeOffice, sanne: Me, bram: Me, fatima: Me, suggest: Suggest, clock: StoppedClock
) -> None:
    child, root = suggest(sanne, HOURS), suggest(sanne, UMBRELLAS)
    managing.merge_ideas(office.services, fatima, child, root)
    actions.vote(office.services, bram, child)
    assert (count(office, sanne, root), count(office, sanne, child)) == (1, 0)
    clock.pass_time(seconds=5)
    actions.vote(office.services, bram, root)
    assert count(office, sanne, root) == 0


def test_who_withdraws_an_idea_gives_what_went_into_it_back(
    office: FakeOffice, sanne: Me, bram: Me, fatima: Me, suggest: Suggest
) -> None:
    child, root = suggest(sanne, HOURS), suggest(bram, UMBRELLAS)
    actions.vote(office.services, bram, child)
    managing.merge_ideas(office.services, fatima, child, root)
    actions.withdraw_idea(office.services, bram, root)

    assert idea_of(office, sanne, child).merged_into is None
    assert count(office, sanne, child) == 1
    assert UMBRELLAS not in json.dumps([post.body for post in office.queued(WALL)])
