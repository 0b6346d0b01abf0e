"""Suggesting, changing, withdrawing and supporting ideas, on both databases."""

import json

import pytest
from sqlmodel import select

from bot.features.change_wall import actions, screens
from bot.features.change_wall.forgetting import forget_suggester
from bot.features.change_wall.rules import TypedIdea
from bot.features.change_wall.screens import CHANGE
from bot.features.change_wall.wall import View, wall_window
from bot.kernel.errors import BotError, FormError
from bot.kernel.facts import AnswerBecameIdea, RuleProposed
from bot.kernel.office import Me
from bot.wiring.home import show_home
from storage.customers import CustomerNote, NoteKind
from storage.idea_wall import supporters
from storage.ideas import Idea, IdeaVote
from storage.outbox import Post
from storage.people import Standing
from storage.personal import make_nameless
from tests.fakes import MONDAY, FakeOffice, StoppedClock
from tests.features.change_wall.conftest import WALL, Suggest
from tests.features.heard import texts_in

HOURS = "Openingstijden op de eerste bladzijde zetten"
UMBRELLAS = "Paraplu's bij de deur om uit te lenen"


def ideas_in(office: FakeOffice, me: Me) -> list[Idea]:
    with office.services.database.reading(me) as tx:
        return list(tx.exec(select(Idea).order_by(Idea.id)))  # type: ignore[arg-type]


def count(office: FakeOffice, me: Me, idea_id: int) -> int:
    with office.services.database.reading(me) as tx:
        return supporters(tx, [idea_id]).get(idea_id, 0)


def post_of(office: FakeOffice, idea_id: int) -> Post:
    return next(post for post in office.queued(WALL) if post.key == f"idea:{idea_id}")


def says(office: FakeOffice, idea_id: int) -> str:
    return texts_in(post_of(office, idea_id).body or {})


def test_an_idea_in_one_go_is_posted_at_once(office: FakeOffice, sanne: Me) -> None:
    suggested = actions.suggest_in_one_go(office.services, sanne, f" {HOURS} ")

    assert not suggested.alike
    [post] = office.queued(WALL)
    assert post.key == f"idea:{suggested.idea.id}"
    assert "Sanne" in texts_in(post.body or {})
    assert HOURS in texts_in(post.body or {})


def test_a_long_idea_has_its_beginning_for_a_title(office: FakeOffice, sanne: Me) -> None:
    text = "Laten we klanten binnen een uur terugbellen " * 10
    idea = actions.suggest_in_one_go(office.services, sanne, text).idea

    assert len(idea.title) <= 150
    assert idea.title.endswith("…")
    assert idea.about == text.strip()


def test_the_same_words_within_two_minutes_are_the_same_idea(
    office: FakeOffice, sanne: Me, clock: StoppedClock
) -> None:
    first = actions.suggest_in_one_go(office.services, sanne, HOURS)
    clock.pass_time(minutes=2)
    again = actions.suggest_in_one_go(office.services, sanne, HOURS)

    assert (again.idea.id, again.alike) == (first.idea.id, ())
    assert len(office.queued(WALL)) == 1


@pytest.mark.parametrize("typed", ["", " \n ", "…", "**", "<b>", "x" * 2001, "🎉🎉🎉"])
def test_what_makes_no_idea_is_refused_and_leaves_nothing(office: FakeOffice, sanne: Me, typed: str) -> None:
    with pytest.raises(BotError):
        actions.suggest_in_one_go(office.services, sanne, typed)
    with pytest.raises(FormError):
        actions.suggest(office.services, sanne, TypedIdea(typed))

    assert office.rows("idea") == len(office.queued(WALL)) == 0


def test_likely_duplicates_are_shown_before_anything_is_posted(office: FakeOffice, sanne: Me, bram: Me) -> None:
    first = actions.suggest_in_one_go(office.services, sanne, HOURS).idea
    second = actions.suggest_in_one_go(office.services, bram, "Zet de openingstijden op de bladzijde")

    assert [one.idea.id for one in second.alike] == [first.id]
    assert len(office.queued(WALL)) == 1


def test_supporting_the_other_lets_go_of_ones_own(office: FakeOffice, sanne: Me, bram: Me) -> None:
    first = actions.suggest_in_one_go(office.services, sanne, HOURS).idea.id or 0
    own = actions.suggest_in_one_go(office.services, bram, "Zet de openingstijden op de bladzijde").idea.id or 0
    for _ in range(2):
        actions.support_instead(office.services, bram, own, first)

    assert [idea.id for idea in ideas_in(office, sanne)] == [first]
    assert count(office, sanne, first) == 1


def test_an_idea_is_posted_all_the_same_when_one_says_so_and_once(office: FakeOffice, sanne: Me, bram: Me) -> None:
    actions.suggest_in_one_go(office.services, sanne, HOURS)
    own = actions.suggest_in_one_go(office.services, bram, "Zet de openingstijden op de bladzijde").idea.id or 0
    for _ in range(2):
        actions.post_anyway(office.services, bram, own)

    assert len(office.queued(WALL)) == 2


def test_without_a_channel_an_idea_is_kept_and_it_says_so(office: FakeOffice, sanne: Me) -> None:
    object.__setattr__(sanne.office, "change_wall_channel", None)
    suggested = actions.suggest_in_one_go(office.services, sanne, HOURS)

    assert [remark.english[:20] for remark in suggested.remarks] == ["There is no channel "]
    assert actions.page_of(office.services, sanne, View()).count == 1


@pytest.mark.parametrize("standing", [Standing.GUEST, Standing.STRANGER, Standing.GONE, Standing.BOT])
def test_who_does_not_belong_suggests_and_votes_nothing(
    office: FakeOffice, sanne: Me, suggest: Suggest, standing: Standing
) -> None:
    idea = suggest(sanne, HOURS)
    guest = office.person("U0GAST", "Gast", standing=standing)

    for act in (
        lambda: actions.vote(office.services, guest, idea),
        lambda: actions.suggest_in_one_go(office.services, guest, UMBRELLAS),
        lambda: actions.page_of(office.services, guest, View()),
        lambda: actions.support_instead(office.services, guest, 0, idea),
    ):
        with pytest.raises(BotError):
            act()
    assert office.rows("idea_vote") == 0


def test_a_vote_counts_once_and_can_be_taken_back(
    office: FakeOffice, sanne: Me, bram: Me, suggest: Suggest, clock: StoppedClock
) -> None:
    idea = suggest(sanne, HOURS)
    actions.vote(office.services, bram, idea)
    actions.vote(office.services, bram, idea)  # a finger that slipped
    assert count(office, sanne, idea) == 1
    assert "· 1" in says(office, idea)
    clock.pass_time(seconds=5)
    actions.vote(office.services, bram, idea)
    assert count(office, sanne, idea) == 0
    assert "· 1" not in says(office, idea)
    clock.pass_time(seconds=5)
    actions.vote(office.services, bram, idea)
    assert count(office, sanne, idea) == 1
    assert office.rows("idea_vote") == 1


def test_who_takes_a_vote_back_hears_no_more_and_the_suggester_still_does(
    office: FakeOffice, sanne: Me, bram: Me, suggest: Suggest, clock: StoppedClock
) -> None:
    idea = suggest(sanne, HOURS)
    for me in (sanne, bram):
        for _ in range(2):
            actions.vote(office.services, me, idea)
            clock.pass_time(seconds=5)

    assert office.rows("idea_follower") == 1


def test_an_idea_of_another_workspace_is_not_there(office: FakeOffice, sanne: Me, suggest: Suggest) -> None:
    idea = suggest(sanne, HOURS)
    ilse = office.person_elsewhere("T0EIK", "U0ILSE", "Ilse")

    with pytest.raises(BotError, match="not there"):
        actions.vote(office.services, ilse, idea)
    assert actions.page_of(office.services, ilse, View()).ideas == []
    assert not actions.suggest_in_one_go(office.services, ilse, HOURS).alike


def test_only_the_suggester_changes_and_withdraws(office: FakeOffice, sanne: Me, bram: Me, suggest: Suggest) -> None:
    idea = suggest(sanne, HOURS)
    for act in (
        lambda: actions.change_idea(office.services, bram, idea, TypedIdea(UMBRELLAS)),
        lambda: actions.withdraw_idea(office.services, bram, idea),
        lambda: actions.idea_to_change(office.services, bram, idea),
        lambda: actions.post_anyway(office.services, bram, idea),
    ):
        with pytest.raises(BotError, match="Only whoever"):
            act()
    actions.change_idea(office.services, sanne, idea, TypedIdea(UMBRELLAS, pain="natte klanten"))
    assert UMBRELLAS in says(office, idea)
    assert "natte klanten" in says(office, idea)
    actions.withdraw_idea(office.services, sanne, idea)
    assert actions.withdraw_idea(office.services, sanne, idea) is None
    assert office.queued(WALL) == []


def test_of_an_anonymous_idea_nothing_tells_whose_it_is(
    office: FakeOffice, sanne: Me, bram: Me, fatima: Me, suggest: Suggest
) -> None:
    idea = suggest(sanne, HOURS, is_anonymous=True)
    actions.vote(office.services, bram, idea)

    post = json.dumps(post_of(office, idea).body)
    assert "Sanne" not in post
    assert sanne.slack_id not in post
    [row] = actions.page_of(office.services, fatima, View()).ideas
    assert row.suggester is None
    assert actions.page_of(office.services, fatima, View("mine")).ideas == []
    assert len(actions.page_of(office.services, sanne, View("mine")).ideas) == 1


def test_a_name_can_be_taken_out_of_an_idea_later(office: FakeOffice, sanne: Me, suggest: Suggest) -> None:
    idea = suggest(sanne, HOURS)
    assert sanne.slack_id in json.dumps(post_of(office, idea).body)
    actions.change_idea(office.services, sanne, idea, TypedIdea(HOURS, is_anonymous=True))

    post = json.dumps(post_of(office, idea).body)
    assert "Sanne" not in post
    assert sanne.slack_id not in post


def test_an_answer_of_a_customer_becomes_one_idea(office: FakeOffice, fatima: Me) -> None:
    with office.services.database.writing(fatima) as tx:
        note = CustomerNote(
            workspace_id=fatima.workspace_id, kind=NoteKind.ANSWER, text=HOURS, received_at=office.services.clock.now()
        )
        tx.add(note)
        tx.flush()
        for _ in range(2):
            remark = actions.suggest_from_answer(tx, office.services, AnswerBecameIdea(fatima, note.id or 0, HOURS))
    assert remark is not None
    said = texts_in(office.queued(WALL)[0].body or {})
    assert HOURS in said
    assert fatima.office.say("A customer") in said
    assert "Fatima" not in said
    window = wall_window(actions.page_of(office.services, fatima, View()), MONDAY.date(), fatima)
    assert "Fatima" not in texts_in(window)
    assert office.rows("idea") == 1


def test_an_idea_from_an_answer_or_a_rule_says_what_it_looks_like(
    office: FakeOffice, sanne: Me, fatima: Me, suggest: Suggest
) -> None:
    suggest(sanne, HOURS)
    note = CustomerNote(
        workspace_id=fatima.workspace_id, kind=NoteKind.ANSWER, text=HOURS, received_at=office.services.clock.now()
    )
    with office.services.database.writing(fatima) as tx:
        tx.add(note)
        tx.flush()
        answered = actions.suggest_from_answer(
            tx, office.services, AnswerBecameIdea(fatima, note.id or 0, f"{HOURS} graag")
        )
        proposed = actions.suggest_rule(
            tx, office.services, RuleProposed(sanne, "Mag deze regel weg: geen honden", "geen honden")
        )
        again = actions.suggest_rule(
            tx, office.services, RuleProposed(fatima, "Laten we buigen: geen honden", "geen honden")
        )
    assert answered == screens.looks_like(Idea(title=HOURS, suggested_at=MONDAY, workspace_id=1))
    assert proposed == screens.FROM_ANSWER
    assert again is not None
    assert again.values == {"title": "Mag deze regel weg: geen honden"}
    assert office.rows("idea") == 4


def test_a_customers_words_stay_when_the_manager_is_erased(office: FakeOffice, fatima: Me) -> None:
    with office.services.database.writing(fatima) as tx:
        note = CustomerNote(
            workspace_id=fatima.workspace_id, kind=NoteKind.ANSWER, text=HOURS, received_at=office.services.clock.now()
        )
        tx.add(note)
        tx.flush()
        actions.suggest_from_answer(tx, office.services, AnswerBecameIdea(fatima, note.id or 0, HOURS))
        make_nameless(tx, fatima.person_id, office.services.clock.now())
        forget_suggester(tx, office.services, fatima)

    body = json.dumps(office.queued(WALL)[0].body)
    assert HOURS in body
    assert CHANGE not in body
    assert ideas_in(office, fatima)[0].suggester_id is None


def test_the_wall_has_an_order_kinds_and_pages(
    office: FakeOffice, sanne: Me, bram: Me, fatima: Me, suggest: Suggest
) -> None:
    first = suggest(sanne, HOURS)
    others = [suggest(bram, f"{UMBRELLAS} nummer {number}") for number in range(11)]
    actions.vote(office.services, bram, first)

    newest = actions.page_of(office.services, fatima, View())
    assert ([one.idea.id for one in newest.ideas], newest.count) == (others[:0:-1], 12)
    last = actions.page_of(office.services, fatima, View(offset=10))
    assert [one.idea.id for one in last.ideas] == [others[0], first]
    voted = actions.page_of(office.services, bram, View(by_votes=True))
    assert [one.idea.id for one in voted.ideas][:2] == [first, others[-1]]
    assert voted.supported == {first}
    assert [one.idea.id for one in actions.page_of(office.services, sanne, View("mine")).ideas] == [first]
    assert actions.page_of(office.services, sanne, View("planned")).ideas == []
    assert actions.page_of(office.services, sanne, View("waiting")).count == 12


def test_home_tells_managers_alone_what_waits(office: FakeOffice, sanne: Me, fatima: Me, suggest: Suggest) -> None:
    suggest(sanne, HOURS)
    with office.services.database.reading(sanne) as tx:
        assert actions.home_card(tx, office.services, sanne) == []
        assert "1 " in texts_in({"blocks": actions.home_card(tx, office.services, fatima)})
    show_home(office.services, fatima)


def test_votes_are_kept_when_the_suggester_leaves_the_wall_alone(office: FakeOffice, sanne: Me) -> None:
    """An idea that was never decided on is no idea of the wall: nobody can support it."""
    actions.suggest_in_one_go(office.services, sanne, HOURS)
    own = actions.suggest_in_one_go(office.services, sanne, f"{HOURS} graag").idea
    with pytest.raises(BotError, match="not there"):
        actions.vote(office.services, sanne, own.id or 0)
    assert office.rows(str(IdeaVote.__tablename__)) == 0
