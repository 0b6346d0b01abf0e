"""The posts of suggestions: putting one on the wall, and keeping it in line with the record."""

from collections.abc import Sequence

from sqlmodel import Session

from bot.features.change_wall import screens
from bot.kernel.office import Office
from bot.kernel.sentence import Sentence
from bot.services import Services
from bot.slack.blocks import Json, Message
from storage import idea_wall, ideas
from storage.ideas import Idea
from storage.outbox import post_by_key


def key_of(idea_id: int | None) -> str:
    return f"idea:{idea_id}"


def put_on_wall(tx: Session, services: Services, office: Office, idea: Idea) -> list[Sentence]:
    """Let the team see an idea; it is kept where there is no channel for it yet, and the remark says so."""
    today = services.clock.today(office.zone)
    idea.posted_on = today
    tx.flush()
    if office.change_wall_channel is None:
        return [screens.NO_CHANNEL]
    [shown] = idea_wall.shown(tx, [idea])
    message = screens.idea_message(shown, today, office)
    services.outbox.post(tx, key_of(idea.id), message, to=office.change_wall_channel)
    return []


def redraw(tx: Session, services: Services, office: Office, found: Sequence[Idea]) -> None:
    """Bring the posts of these ideas in line with the record."""
    tx.flush()
    for shown, message in messages(tx, services, office, found):
        services.outbox.change(tx, key_of(shown.idea.id), message)


def redraw_slowly(tx: Session, services: Services, office: Office, found: Sequence[Idea], turns: int = 0) -> None:
    """The same for many at once, so that nobody's posts wait for them; `turns` were taken before these."""
    tx.flush()
    for turn, (shown, message) in enumerate(messages(tx, services, office, found), turns):
        services.outbox.change_alike(tx, [key_of(shown.idea.id)], message, turn)


def messages(
    tx: Session, services: Services, office: Office, found: Sequence[Idea]
) -> list[tuple[idea_wall.Shown, Message]]:
    """What the posts of these are to say today."""
    today = services.clock.today(office.zone)
    return [(one, screens.idea_message(one, today, office)) for one in idea_wall.shown(tx, found)]


def link(tx: Session, services: Services, office: Office, child: Idea, root: Idea) -> None:
    """Say in the thread of each of two merged ideas where the other is."""
    if office.change_wall_channel is None:
        return
    for here, there in ((child, root), (root, child)):
        if services.outbox.stands(tx, key_of(here.id)):
            note = screens.thread_note(there, here is child, None, office.say)
            key = note_key(child.id, root.id, here.id)
            services.outbox.post(tx, key, note, to=office.change_wall_channel, thread=key_of(here.id))


def unlink(tx: Session, services: Services, child_id: int | None, root_id: int | None) -> None:
    """Take those words away again."""
    for here in (child_id, root_id):
        services.outbox.remove(tx, note_key(child_id, root_id, here))


def rename_notes(tx: Session, services: Services, office: Office, idea: Idea) -> None:
    """Let the words in others' threads call an idea by the name that it has now."""
    into = ideas.idea_by_id(tx, idea.merged_into) if idea.merged_into else None
    pairs = [(idea, into, into)] if into else []
    pairs += [(child, idea, child) for child in ideas.merged_into(tx, [idea.id or 0])]
    for child, root, here in pairs:
        key = note_key(child.id, root.id, here.id)
        if (post := post_by_key(tx, key)) and post.body:
            note = screens.thread_note(idea, here is child, url_in(post.body), office.say)
            services.outbox.change(tx, key, note)


def url_in(body: Json) -> str | None:
    """The address that a note has already, if any."""
    elements = [element for block in body["blocks"] for element in block["elements"][0]["elements"]]
    return next((str(element["url"]) for element in elements if element["type"] == "link"), None)


def note_key(child_id: int | None, root_id: int | None, here: int | None) -> str:
    """Of the words in the thread of `here`, which is one of the two."""
    return f"idea-merge:{child_id}:{root_id}:{here}"
