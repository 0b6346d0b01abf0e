"""Taking somebody who had themselves erased out of the wall of change."""

from collections.abc import Sequence

from sqlmodel import Session

from bot.features.change_wall import posting, screens, wall
from bot.kernel.office import Me
from bot.services import Services
from bot.slack.blocks import Message
from storage import ideas, people
from storage.ideas import Idea
from storage.standing import keys_saying


def forget_suggester(tx: Session, services: Services, me: Me) -> None:
    """Take somebody's words out of their ideas, and out of the posts; votes and answers stay.

    An anonymous idea keeps its words and loses all that leads to whose it was: were it to go blank when somebody is
    erased, everybody could see that it was theirs. What a customer answered keeps its words too: they are no manager's.
    """
    mine = ideas.ideas_about(tx, "suggester_id", me.person_id)
    ideas.unfollow_all(tx, [idea.id or 0 for idea in mine], me.person_id)
    named = [idea for idea in mine if not idea.is_anonymous and idea.posted_on is not None]
    told = [said for idea in named if idea.note_id is None for said in _told(tx, me, idea)]
    for idea in mine:
        if idea.posted_on is None:
            tx.delete(idea)
        elif idea.is_anonymous or idea.note_id is not None:
            idea.suggester_id = None
        else:
            idea.title = idea.about = idea.pain = ""
    tx.flush()
    around = [one for one in ideas.merged_into(tx, [idea.id or 0 for idea in named]) if one not in named]
    around += [root for idea in named if (root := ideas.idea_by_id(tx, idea.merged_into or 0)) and root not in named]
    posting.redraw_slowly(tx, services, me.office, [*named, *around])
    for idea in named:
        posting.rename_notes(tx, services, me.office, idea)
    for keys, message in told:
        services.outbox.change_alike(tx, keys, message, len(named) + len(around))


def _told(tx: Session, me: Me, idea: Idea) -> list[tuple[Sequence[str], Message]]:
    """Direct messages in which an idea is called by its name, and what they are to say once it has none."""
    say, found = me.office.say, []
    nameless = Idea(**idea.model_dump() | {"title": ""})
    for answer in ideas.answers_to(tx, idea.id or 0):
        who = people.people_by_ids(tx, [answer.answered_by or 0])
        message = screens.news_message(nameless, answer, screens.name_of(next(iter(who), None), say), say)
        found.append((keys_saying(tx, f"idea-news:{answer.id}:", idea.title), message))
    found.append((keys_saying(tx, "idea-week:", idea.title), wall.past_week_message(say)))
    return found


def forget_owner(tx: Session, services: Services, me: Me) -> None:
    """Nobody looks after what they looked after."""
    owned = ideas.ideas_about(tx, "owner_id", me.person_id)
    for idea in owned:
        idea.owner_id = None
    posting.redraw_slowly(tx, services, me.office, owned)


def forget_answerer(tx: Session, services: Services, me: Me) -> None:
    """The office's answers stay, without the name of who gave them."""
    answered = ideas.ideas_answered_by(tx, me.person_id)
    ideas.make_answers_nameless(tx, me.person_id)
    posting.redraw_slowly(tx, services, me.office, answered)
