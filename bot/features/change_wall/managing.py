"""What managers do with suggestions: answering, merging two and undoing that."""

from collections.abc import Sequence

from sqlmodel import Session

from bot.features.change_wall import likeness, posting, rules, screens
from bot.features.change_wall.rules import AnswerValues, TypedAnswer
from bot.kernel.errors import BotError, FormError
from bot.kernel.facts import WallOfChangeMoved
from bot.kernel.office import Me
from bot.kernel.roles import must_be_manager
from bot.services import Services
from storage import idea_wall, ideas, people
from storage.idea_wall import Shown
from storage.ideas import Idea, IdeaAnswer
from storage.people import Person, Standing

OFFERED = 100  # ideas to merge with, at once: more fit in no list of Slack's


def idea_to_answer(services: Services, me: Me, idea_id: int) -> Shown:
    """An idea with its owner, for the form. Raises BotError."""
    must_be_manager(me)
    with services.database.reading(me) as tx:
        [shown] = idea_wall.shown(tx, [_whole(tx, idea_id)])
        return shown


def answer_idea(services: Services, me: Me, idea_id: int, typed: TypedAnswer) -> None:
    """Answer an idea, with its status, owner and date; who suggested or supports it hears of it, once.

    Without words, owner and date change quietly. How many hear of it is told to nobody: of an anonymous idea it could
    tell whose it is not. Raises FormError, BotError.
    """
    must_be_manager(me)
    today = services.clock.today(me.office.zone)
    with services.database.writing(me) as tx:
        [idea] = ideas.ideas_to_change(tx, [_whole(tx, idea_id).id or 0])
        values = rules.read_answer(typed, idea, today)
        owner = _owner(tx, values)
        idea.owner_id, idea.due_on = owner.id if owner else None, values.due_on
        if values.words:
            _answer(tx, services, me, idea, values)
        posting.redraw(tx, services, me.office, [idea])
        services.announce(tx, WallOfChangeMoved(me))


def idea_to_merge(services: Services, me: Me, idea_id: int) -> Idea:
    """An idea that can go into another one, for the form. Raises BotError."""
    must_be_manager(me)
    with services.database.reading(me) as tx:
        idea = _whole(tx, idea_id)
        if not set(idea_wall.titled(tx, "", 2)) - {idea_id}:
            raise BotError("There is no other idea to merge it with.")
        return idea


def ideas_to_merge_with(services: Services, me: Me, idea_id: int, search: str = "") -> Sequence[Idea]:
    """Those that an idea can go into, with each of these words in their title: the newest first.

    Without any words those that are most alike come before them. Raises BotError.
    """
    must_be_manager(me)
    with services.database.reading(me) as tx:
        idea = _whole(tx, idea_id)
        alike = [] if search.strip() else _alike(tx, idea)
        found = dict.fromkeys([*alike, *idea_wall.titled(tx, search, OFFERED + 1)])
        found.pop(idea_id, None)
        return idea_wall.ideas_with(tx, list(found)[:OFFERED])


def merge_ideas(services: Services, me: Me, child_id: int, root_id: int) -> tuple[Idea, Idea]:
    """Let an idea go into another one. Votes and followers stay on their own idea, and count for both together.

    Raises BotError, also for an idea with itself, and for one that was merged already.
    """
    must_be_manager(me)
    with services.database.writing(me) as tx:
        found = ideas.ideas_to_change(tx, {child_id, root_id})
        child, root = rules.must_be_mergeable(found, child_id, root_id)
        child.merged_into, child.merged_at = root_id, services.clock.now()
        posting.redraw(tx, services, me.office, [child, root])
        posting.link(tx, services, me.office, child, root)
        services.announce(tx, WallOfChangeMoved(me))
        return child, root


def undo_merge(services: Services, me: Me, child_id: int) -> Idea:
    """Let a merged idea stand alone again, within a week; nothing happens the second time. Raises BotError."""
    must_be_manager(me)
    with services.database.writing(me) as tx:
        child = rules.must_be_posted(ideas.idea_by_id(tx, child_id))
        parent = child.merged_into
        ideas.ideas_to_change(tx, {child_id, parent or child_id})
        if parent is None or child.merged_into != parent:
            return child
        rules.must_be_undoable(child, services.clock.now())
        posting.unlink(tx, services, child_id, parent)
        above = ideas.above(tx, child)
        child.merged_into = child.merged_at = None
        posting.redraw(tx, services, me.office, [child, *above])
        services.announce(tx, WallOfChangeMoved(me))
        return child


def _alike(tx: Session, idea: Idea) -> list[int]:
    there = [one for one in idea_wall.candidates(tx, likeness.COMPARED) if one.id != idea.id]
    return likeness.likely_duplicates(f"{idea.title} {idea.about}", there)


def _whole(tx: Session, idea_id: int) -> Idea:
    """An idea on the wall that went into no other. Raises BotError."""
    idea = rules.must_be_posted(ideas.idea_by_id(tx, idea_id))
    if idea.merged_into is not None:
        raise BotError("This idea went into another one. Answer or merge that one.")
    return idea


def _owner(tx: Session, values: AnswerValues) -> Person | None:
    """Raises FormError for who can look after nothing."""
    found = people.known_people(tx, [values.owner]) if values.owner else []
    if any(one.standing != Standing.MEMBER for one in found):
        raise FormError({"owner": BotError("Choose a colleague: a guest or a bot can't look after it.")})
    return next(iter(found), None)


def _answer(tx: Session, services: Services, me: Me, idea: Idea, values: AnswerValues) -> None:
    now = services.clock.now()
    answer = IdeaAnswer(
        workspace_id=me.workspace_id, idea_id=idea.id or 0, status=values.status, words=values.words,
        possible=values.possible, answered_by=me.person_id, answered_at=now,
    )  # fmt: skip
    tx.add(answer)
    tx.flush()
    if idea.status != values.status:
        idea.status, idea.moved_at = values.status, now
    idea.answered_at = idea.answered_at or now
    _tell(tx, services, me, idea, answer)


def _tell(tx: Session, services: Services, me: Me, idea: Idea, answer: IdeaAnswer) -> None:
    """To everybody who suggested or supports it, or what was merged into it; each once, and not to the manager."""
    posts = []
    for follower, mark in ideas.followers_of(tx, ideas.family_of(tx, idea.id or 0)):
        if follower.id != me.person_id and follower.standing == Standing.MEMBER:
            say = services.speakers.get(follower.language or "", me.office.say)
            message = screens.news_message(idea, answer, screens.name_of(me, say), say)
            posts.append((f"idea-news:{answer.id}:{mark}", message, follower.slack_id))
    if posts:
        services.outbox.post_many(tx, posts)
