"""Taking somebody who had themselves erased out of thanks."""

from sqlmodel import Session

from bot.features.thanks import posting, screens
from bot.kernel.facts import HomesOutdated
from bot.kernel.office import Me
from bot.services import Services
from storage import gifts, people, thanks
from storage.standing import posts_under
from storage.thanks import Thanks

WEEK = "thanks-week:"  # the beginning of the key of a manager's list


def forget_thanker(tx: Session, services: Services, me: Me) -> None:
    """Take somebody's words out of the thanks they gave, and out of the posts; that there were thanks stays.

    The record has no name for them any more when this is called; `me` still knows it.
    """
    given = thanks.all_about(tx, "from_id", me.person_id)
    for one in given:
        one.words = ""
        tx.flush()
        _make_wordless(tx, services, one)
    services.announce(tx, HomesOutdated(tuple(dict.fromkeys(one.to_id for one in given))))


def forget_thanked(tx: Session, services: Services, me: Me) -> None:
    """Take away the thanks that somebody got, and the managers' lists that name them.

    What went with them is a gift as any other from then on: who took it can still put it back.
    """
    for got in thanks.all_about(tx, "to_id", me.person_id):
        posting.take_away(tx, services, got)
        tx.delete(got)
    tx.flush()
    gifts.forget_receiver(tx, me.person_id)
    services.outbox.change_alike(tx, _lists_naming(tx, me), screens.past_week_message(me.office.say))


def _lists_naming(tx: Session, me: Me) -> list[str]:
    """The keys of the managers' lists with somebody in them, under whatever name."""
    told = {str(story_id) for story_id in thanks.stories_of(tx, me.person_id)}
    return [key for key, body in posts_under(tx, WEEK) if screens.lists(body, me.person_id, told)]


def _make_wordless(tx: Session, services: Services, given: Thanks) -> None:
    found = {person.id: person for person in people.people_by_ids(tx, [given.from_id, given.to_id])}
    posting.make_wordless(tx, services, given, found[given.from_id], found[given.to_id])
