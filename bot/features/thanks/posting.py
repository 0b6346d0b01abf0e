"""Where thanks stand in Slack: in a story's thread, and in a message to who takes part."""

from sqlmodel import Session

from bot.features.thanks import screens
from bot.features.thanks.screens import Named
from bot.kernel.office import Me
from bot.services import Services
from storage import stories
from storage.gifts import Gift
from storage.outbox import post_by_key
from storage.people import Part, Person
from storage.thanks import Thanks


def tell(tx: Session, services: Services, me: Me, given: Thanks, teller: Person, gift: Gift | None) -> None:
    """Let who is thanked read it, and everybody else too unless it is private.

    One message at most: what stands in the thread notifies nobody.
    """
    post = None if given.is_private else post_by_key(tx, story_key(given.story_id))
    if post is not None:
        message = screens.thread_message(given, me, teller, gift, me.office)
        # Where the story stands, whatever the channel is now; on a busy day that is in a thread itself.
        services.outbox.post(tx, thread_key(given), message, to=post.target, thread=post.thread_key or post.key)
    if teller.part == Part.JOINED:
        say = services.speakers.get(teller.language or "", me.office.say)
        story = stories.story_by_id(tx, given.story_id or 0)
        message = screens.private_message(given, me, gift, story, say)
        services.outbox.post(tx, message_key(given), message, to=teller.slack_id)


def make_wordless(tx: Session, services: Services, given: Thanks, giver: Named, teller: Person) -> None:
    """Let what stands say no more than that there were thanks."""
    office = services.office(tx)
    say = services.speakers.get(teller.language or "", office.say)
    in_thread = screens.thread_message(given, giver, teller, None, office)
    services.outbox.change_alike(tx, [thread_key(given)], in_thread)
    services.outbox.change_alike(tx, [message_key(given)], screens.private_message(given, giver, None, None, say))


def take_away(tx: Session, services: Services, given: Thanks) -> None:
    """Take away what stands."""
    services.outbox.remove(tx, thread_key(given))
    services.outbox.remove(tx, message_key(given))


def story_key(story_id: int | None) -> str:
    return f"story:{story_id}"


def thread_key(given: Thanks) -> str:
    return f"thanks:{given.story_id}:{given.id}"


def message_key(given: Thanks) -> str:
    return f"thanked:{given.id}"
