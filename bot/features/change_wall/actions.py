"""Suggesting, changing, withdrawing and supporting ideas, and looking at the wall."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from bot.features.change_wall import likeness, posting, rules, screens, wall
from bot.features.change_wall.rules import TypedIdea
from bot.features.change_wall.wall import PAGE_SIZE, Page, View
from bot.kernel.clock import is_double_click
from bot.kernel.facts import AnswerBecameIdea, RuleProposed, WallOfChangeMoved
from bot.kernel.office import Me
from bot.kernel.roles import must_belong
from bot.kernel.sentence import Sentence
from bot.services import Services
from bot.slack.blocks import Json
from storage import idea_wall, ideas, people
from storage.idea_wall import Shown, Which
from storage.ideas import Idea


@dataclass(frozen=True)
class Suggested:
    """An idea that was saved; it waits for its suggester where others are `alike`, and else it is posted."""

    idea: Idea
    alike: Sequence[Shown] = ()
    remarks: Sequence[Sentence] = ()


def suggest_in_one_go(services: Services, me: Me, typed: str) -> Suggested:
    """Save what stood behind the command. The same words within two minutes are the same idea. Raises BotError."""
    must_belong(me)
    return _suggest(services, me, rules.typed_in_one_go(typed))


def suggest(services: Services, me: Me, typed: TypedIdea) -> Suggested:
    """Save an idea from the form. Raises FormError, BotError."""
    must_belong(me)
    return _suggest(services, me, rules.read_idea(typed))


def fields_naming(services: Services, me: Me, typed: TypedIdea) -> list[str]:
    """The fields of an anonymous idea in which a colleague is named. Raises FormError, BotError."""
    must_belong(me)
    values = rules.read_idea(typed)
    if not values.is_anonymous:
        return []
    with services.database.reading(me) as tx:
        return rules.named_in(values, [person.name for person in people.colleagues_known(tx)])


def post_anyway(services: Services, me: Me, idea_id: int) -> Suggested:
    """Post an idea though others look like it; nothing more happens the second time. Raises BotError."""
    must_belong(me)
    with services.database.writing(me) as tx:
        idea = rules.must_be_own(ideas.idea_by_id(tx, idea_id), me.person_id)
        if idea.posted_on is not None:
            return Suggested(idea)
        remarks = posting.put_on_wall(tx, services, me.office, idea)
        services.announce(tx, WallOfChangeMoved(me))
        return Suggested(idea, remarks=remarks)


def support_instead(services: Services, me: Me, undecided_id: int, idea_id: int) -> Idea:
    """Support an idea that was there, and let go of one's own that looks like it. Raises BotError."""
    must_belong(me)
    with services.database.writing(me) as tx:
        own = ideas.idea_by_id(tx, undecided_id)
        if own is not None and own.posted_on is None and own.suggester_id == me.person_id:
            tx.delete(own)
            tx.flush()
        idea = rules.must_be_posted(ideas.idea_by_id(tx, idea_id))
        root = rules.must_be_posted(ideas.root_to_change(tx, idea))
        family = ideas.family_of(tx, root.id or 0)
        if not any(vote.is_given for vote in ideas.votes_by(tx, family, me.person_id)):
            ideas.give_vote(tx, root.id or 0, me.person_id, services.clock.now())
            posting.redraw(tx, services, me.office, [root])
        return root


def undecided(services: Services, me: Me, idea_id: int) -> Suggested:
    """One's own idea that isn't posted yet, with what looks like it now. Raises BotError."""
    must_belong(me)
    with services.database.reading(me) as tx:
        idea = rules.must_be_undecided(ideas.idea_by_id(tx, idea_id), me.person_id)
        alike = likeness.likely_duplicates(f"{idea.title} {idea.about}", idea_wall.candidates(tx, likeness.COMPARED))
        return Suggested(idea, alike=idea_wall.shown(tx, idea_wall.ideas_with(tx, alike)))


def idea_to_change(services: Services, me: Me, idea_id: int) -> Idea:
    """One's own idea, for the form. Raises BotError."""
    with services.database.reading(me) as tx:
        return rules.must_be_own(ideas.idea_by_id(tx, idea_id), me.person_id)


def change_idea(services: Services, me: Me, idea_id: int, typed: TypedIdea) -> None:
    """Give one's idea other words, or take one's name out of it; its post follows. Raises FormError, BotError."""
    must_belong(me)
    values = rules.read_idea(typed)
    with services.database.writing(me) as tx:
        idea = rules.must_be_own(ideas.idea_by_id(tx, idea_id), me.person_id)
        idea.title, idea.about, idea.pain = values.title, values.about, values.pain
        idea.is_anonymous, idea.changed_at = values.is_anonymous, services.clock.now()
        near = [idea, *ideas.merged_into(tx, [idea_id])]  # which say in their posts what it is called
        near += idea_wall.ideas_with(tx, [idea.merged_into] if idea.merged_into else [])
        posting.redraw(tx, services, me.office, near)
        posting.rename_notes(tx, services, me.office, idea)
        services.announce(tx, WallOfChangeMoved(me))


def withdraw_idea(services: Services, me: Me, idea_id: int) -> Idea | None:
    """Take an idea away, with its post, votes and answers; what was merged into it stands alone again.

    None when it was gone. Raises BotError.
    """
    with services.database.writing(me) as tx:
        idea = ideas.idea_by_id(tx, idea_id)
        if idea is None:
            return None
        rules.must_be_own(idea, me.person_id)
        root = ideas.root_to_change(tx, idea)
        inside = ideas.merged_into(tx, [idea_id])
        for child in inside:
            child.merged_into = child.merged_at = None
            posting.unlink(tx, services, child.id, idea_id)
        if idea.merged_into is not None:
            posting.unlink(tx, services, idea_id, idea.merged_into)
        services.outbox.remove(tx, posting.key_of(idea_id))
        tx.flush()
        tx.delete(idea)
        tx.flush()
        posting.redraw(tx, services, me.office, [*inside, *([root] if root and root.id != idea_id else [])])
        services.announce(tx, WallOfChangeMoved(me))
        return idea


def vote(services: Services, me: Me, idea_id: int) -> bool | None:
    """Support an idea, or take that back; of a merged one it counts for what it went into. Raises BotError.

    Answers whether it is supported now; None for a double click, which changes nothing.
    """
    must_belong(me)
    with services.database.writing(me) as tx:
        idea = rules.must_be_posted(ideas.idea_by_id(tx, idea_id))
        root = rules.must_be_posted(ideas.root_to_change(tx, idea))
        family, now = ideas.family_of(tx, root.id or 0), services.clock.now()
        votes = ideas.votes_by(tx, family, me.person_id)
        if any(is_double_click(one.changed_at, now) for one in votes):
            return None
        given = [one for one in votes if one.is_given]
        for one in given:
            one.is_given, one.changed_at = False, now
        if given:
            ideas.unfollow(tx, family, me.person_id)
        else:
            ideas.give_vote(tx, root.id or 0, me.person_id, now)
        posting.redraw(tx, services, me.office, [root])
        return not given


def page_of(services: Services, me: Me, view: View) -> Page:
    """A page of the wall. Raises BotError for who doesn't belong here."""
    must_belong(me)
    with services.database.reading(me) as tx:
        whose = {"person_id": me.person_id, "today": services.clock.today(me.office.zone)}
        count = idea_wall.how_many(tx, view.which, **whose)  # type: ignore[arg-type]
        found = idea_wall.ideas_on_wall(
            tx, view.which, by_votes=view.by_votes, limit=PAGE_SIZE, offset=view.offset, **whose  # type: ignore[arg-type]
        )  # fmt: skip
        supported = idea_wall.supported_by(tx, [idea.id or 0 for idea in found], me.person_id)
        return Page(view, idea_wall.shown(tx, found), count, supported, services.clock.now())


def home_card(tx: Session, services: Services, me: Me) -> list[Json]:
    """For managers: how many ideas wait for an answer, and how many are past their date."""
    if not me.is_manager:
        return []
    today = services.clock.today(me.office.zone)
    waiting, overdue = (
        idea_wall.how_many(tx, which, person_id=me.person_id, today=today) for which in (Which.WAITING, Which.OVERDUE)
    )
    return wall.home_card(waiting, overdue, me)


def suggest_from_answer(tx: Session, services: Services, fact: AnswerBecameIdea) -> Sentence | None:
    """A reaction: what a customer said could be better goes on the wall; once, however often it is asked for.

    Raises FormError for what was typed in a form (`title`, `about`), BotError.
    """
    if ideas.idea_of_note(tx, fact.note_id) is not None:
        return screens.FROM_ANSWER
    if fact.title is None:
        values = rules.typed_in_one_go(fact.text)
    else:
        values = rules.read_idea(TypedIdea(fact.title, fact.text))
    remark = _remark(tx, f"{values.title} {values.about}")
    idea = _save(tx, services, fact.me, values, note_id=fact.note_id)
    remarks = posting.put_on_wall(tx, services, fact.me.office, idea)
    return next(iter(remarks), remark)


def suggest_rule(tx: Session, services: Services, fact: RuleProposed) -> Sentence | None:
    """A reaction: a rule to bend or to scrap goes on the wall. The same words within two minutes are the same idea."""
    values, since = rules.typed_in_one_go(fact.text), services.clock.now() - rules.SAME_WITHIN
    same = ideas.same_idea(tx, fact.me.person_id, values.title, values.about, since)
    if same is not None and same.posted_on is not None:
        return screens.FROM_ANSWER
    remark = _remark(tx, fact.rule)
    idea = same or _save(tx, services, fact.me, values)
    remarks = posting.put_on_wall(tx, services, fact.me.office, idea)
    return next(iter(remarks), remark)


def _remark(tx: Session, text: str) -> Sentence:
    """Of an idea that isn't held back for what it looks like, and is yet to be posted: what that is, if anything."""
    there = idea_wall.candidates(tx, likeness.WHILE_OTHERS_WAIT) if text else []
    alike = likeness.likely_duplicates(text, there)
    named = [idea for idea in idea_wall.ideas_with(tx, alike) if idea.title]
    return screens.looks_like(named[0]) if named else screens.FROM_ANSWER


def _suggest(services: Services, me: Me, values: TypedIdea) -> Suggested:
    with services.database.reading(me) as tx:  # apart, for it takes longer than others should wait
        there = idea_wall.candidates(tx, likeness.COMPARED)
    alike = likeness.likely_duplicates(f"{values.title} {values.about}", there)
    with services.database.writing(me) as tx:
        since = services.clock.now() - rules.SAME_WITHIN
        same = ideas.same_idea(tx, me.person_id, values.title, values.about, since)
        if same is not None and same.posted_on is not None:
            return Suggested(same)
        idea = same or _save(tx, services, me, values)
        if like := idea_wall.shown(tx, idea_wall.ideas_with(tx, alike)):
            return Suggested(idea, alike=like)
        remarks = posting.put_on_wall(tx, services, me.office, idea)
        services.announce(tx, WallOfChangeMoved(me))
        return Suggested(idea, remarks=remarks)


def _save(tx: Session, services: Services, me: Me, values: TypedIdea, note_id: int | None = None) -> Idea:
    idea = Idea(
        workspace_id=me.workspace_id, title=values.title, about=values.about, pain=values.pain, note_id=note_id,
        is_anonymous=values.is_anonymous, suggester_id=me.person_id, suggested_at=services.clock.now(),
    )  # fmt: skip
    tx.add(idea)
    tx.flush()
    ideas.follow(tx, idea.id or 0, me.person_id)
    return idea
