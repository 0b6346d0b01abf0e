"""What moderators do with compliments from outside: ask, place, adjust, refuse, note that a customer was thanked."""

from collections.abc import Sequence

from sqlmodel import Session

from bot.features.customer_wall import moderators, posting, reading, rules
from bot.features.customer_wall.actions import with_mentioned, write
from bot.features.customer_wall.moderators import By
from bot.features.customer_wall.reading import TypedCompliment
from bot.kernel.facts import (
    ComplimentChanged,
    ComplimentLeft,
    ComplimentPlaced,
    ComplimentRemoved,
    ComplimentTakenBack,
    HomesOutdated,
)
from bot.kernel.office import Me
from bot.kernel.roles import must_moderate
from bot.kernel.sentence import Sentence
from bot.services import Services
from storage import compliments
from storage.compliments import Compliment
from storage.people import Person


def ask_moderators(tx: Session, services: Services, fact: ComplimentLeft) -> None:
    """A reaction: a customer left a compliment, and each moderator is asked what is to become of it."""
    compliment = compliments.compliment_by_id(tx, fact.compliment_id)
    if compliment is not None and not compliment.is_placed:
        posting.ask_each_moderator(tx, services, fact.office, compliment)
        services.announce(tx, HomesOutdated(posting.concerned(tx, fact.office, compliment)))


def take_down(tx: Session, services: Services, fact: ComplimentTakenBack) -> None:
    """A reaction: a customer takes a compliment back, and nothing of it stays in Slack."""
    compliment = compliments.compliment_by_id(tx, fact.compliment_id)
    if compliment is not None:
        posting.take_away(tx, services, compliment, by_customer=True)


def place_compliment(services: Services, me: Me, compliment_id: int) -> Sequence[Sentence]:
    """Let a customer's compliment come on the wall; answers what else there is to say. Raises BotError."""
    must_moderate(me)
    with services.database.writing(me) as tx:
        compliment = rules.must_be_waiting(compliments.compliment_to_change(tx, compliment_id))
        return _place(tx, services, me, compliment)


def adjust_compliment(services: Services, me: Me, compliment_id: int, typed: TypedCompliment) -> Sequence[Sentence]:
    """Give a customer's compliment another content and place it. Raises FormError, BotError."""
    must_moderate(me)
    typed = with_mentioned(services, me, typed)
    with services.database.writing(me) as tx:
        compliment = rules.must_be_waiting(compliments.compliment_to_change(tx, compliment_id))
        values = reading.read_compliment(typed, services.clock.today(me.zone), compliment)
        write(tx, services, compliment, values)
        return _place(tx, services, me, compliment)


def refuse_compliment(services: Services, me: Me, compliment_id: int) -> None:
    """Delete a customer's compliment that nobody is to see. Raises BotError."""
    must_moderate(me)
    with services.database.writing(me) as tx:
        compliment = rules.must_be_waiting(compliments.compliment_to_change(tx, compliment_id))
        concerned, by = posting.concerned(tx, me.office, compliment), By(me.person_id, me.name)
        posting.tell_moderators(tx, services, compliment, lambda one: moderators.refused_message(by, one))
        tx.delete(compliment)
        tx.flush()
        services.announce(tx, ComplimentRemoved(me, compliment_id, concerned))


def note_thanks(services: Services, me: Me, compliment_id: int, typed: str) -> None:
    """Keep the words with which a customer was thanked, and forget where they went. Raises BotError."""
    must_moderate(me)
    answer = reading.answer_text(typed)
    with services.database.writing(me) as tx:
        compliment = rules.must_want_answer(compliments.compliment_to_change(tx, compliment_id))
        compliment.answer, compliment.contact = answer, ""
        compliment.answered_by, compliment.answered_at = me.person_id, services.clock.now()
        tx.flush()
        posting.follow_asked(tx, services, compliment)
        concerned = posting.concerned(tx, me.office, compliment)
        services.announce(tx, ComplimentChanged(me, compliment_id, concerned))


def compliment_to_adjust(services: Services, me: Me, compliment_id: int) -> tuple[Compliment, Sequence[Person]]:
    """A compliment that waits and whom it is about, for the form. Raises BotError."""
    must_moderate(me)
    with services.database.reading(me) as tx:
        compliment = rules.must_be_waiting(compliments.compliment_by_id(tx, compliment_id))
        return compliment, compliments.about_of(tx, compliment_id)


def compliment_to_thank_for(services: Services, me: Me, compliment_id: int) -> Compliment:
    """A compliment whose customer would like an answer, for the form. Raises BotError."""
    must_moderate(me)
    with services.database.reading(me) as tx:
        return rules.must_want_answer(compliments.compliment_by_id(tx, compliment_id))


def _place(tx: Session, services: Services, me: Me, compliment: Compliment) -> Sequence[Sentence]:
    compliment.is_placed, compliment.placed_at = True, services.clock.now()
    tx.flush()
    remarks = posting.place(tx, services, me.office, compliment, me.person_id)
    posting.follow_asked(tx, services, compliment, By(me.person_id, me.name))
    concerned = posting.concerned(tx, me.office, compliment)
    return remarks + services.announce(tx, ComplimentPlaced(me, compliment.id or 0, concerned))
