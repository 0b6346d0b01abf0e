"""What stands in Slack of a compliment, brought in line with the record: the post, and the colleagues' messages."""

from collections.abc import Callable, Collection, Sequence

from sqlmodel import Session

from bot.features.customer_wall import moderators, screens
from bot.features.customer_wall.moderators import By
from bot.kernel.office import Me, Office
from bot.kernel.sentence import Sentence
from bot.services import Services
from bot.slack.blocks import Message
from storage import compliments, people
from storage.compliments import CameIn, Compliment
from storage.people import Part, Person, Standing

ASKED = "moderate:"  # the beginning of the keys of the messages in which moderators are asked to decide


def place(tx: Session, services: Services, office: Office, compliment: Compliment, by: int) -> list[Sentence]:
    """Post a compliment on the wall, and tell the colleagues it is about; `by` is the id of who let it come there."""
    _tell(tx, services, compliment, by)
    if office.customer_wall_channel is None:
        return [screens.NO_CHANNEL]
    message = _message(tx, office, compliment)
    services.outbox.post(tx, key_of(compliment.id), message, to=office.customer_wall_channel)
    return []


def follow(
    tx: Session, services: Services, office: Office, compliment: Compliment, before: Sequence[Person], by: int
) -> None:
    """Bring the post and the messages in line with a changed compliment, which was about those in `before`."""
    services.outbox.change(tx, key_of(compliment.id), _message(tx, office, compliment))
    about = compliments.about_of(tx, compliment.id or 0)
    for person in before:
        if person.id not in [one.id for one in about]:
            services.outbox.remove(tx, _praise_key(compliment, person))
    for person in about:
        message = screens.praise_message(compliment, services.me(tx, person))
        services.outbox.change(tx, _praise_key(compliment, person), message)
    _tell(tx, services, compliment, by, not_to=[person.id for person in before])
    follow_asked(tx, services, compliment)


def tell_others(tx: Session, services: Services, compliment: Compliment, but: int) -> None:
    """Bring the messages in line, with all but the person with the id `but`: the moderators', the colleagues'."""
    about = compliments.about_of(tx, compliment.id or 0)
    for person in about:
        if person.id != but:
            message = screens.praise_message(compliment, services.me(tx, person))
            services.outbox.change(tx, _praise_key(compliment, person), message)
    follow_asked(tx, services, compliment)


def redraw(tx: Session, services: Services, office: Office, compliment: Compliment) -> None:
    """Bring the post in line with the applause."""
    services.outbox.change(tx, key_of(compliment.id), _message(tx, office, compliment))


def redraw_in_turn(tx: Session, services: Services, office: Office, compliment: Compliment, turn: int) -> None:
    """Bring one of many posts in line, so slowly that nobody's posts wait for it."""
    services.outbox.change_alike(tx, [key_of(compliment.id)], _message(tx, office, compliment), turn)


def take_away(tx: Session, services: Services, compliment: Compliment, *, by_customer: bool) -> None:
    """Take away the post and the messages; those of the moderators say what became of it."""
    services.outbox.remove(tx, key_of(compliment.id))
    for person in compliments.about_of(tx, compliment.id or 0):
        services.outbox.remove(tx, _praise_key(compliment, person))
    tell_moderators(tx, services, compliment, lambda me: moderators.withdrawn_message(me, by_customer=by_customer))


def ask_each_moderator(tx: Session, services: Services, office: Office, compliment: Compliment) -> None:
    """A message to each manager and moderator who is known as somebody of the office."""
    about = compliments.about_of(tx, compliment.id or 0)
    for person in people.colleagues_among(tx, office.managers | office.moderators):
        message = moderators.moderator_message(compliment, about, services.me(tx, person))
        key = f"{_asked_key(compliment)}{person.slack_id}"
        services.outbox.post(tx, key, message, to=person.slack_id)


def tell_moderators(tx: Session, services: Services, compliment: Compliment, message: Callable[[Me], Message]) -> None:
    """Another content for the messages with which moderators were asked; nothing for what no moderator was asked."""
    if compliment.came_in != CameIn.PAGE:
        return
    for person in compliments.people_told(tx, _asked_key(compliment)):
        key = f"{_asked_key(compliment)}{person.slack_id}"
        services.outbox.change(tx, key, message(services.me(tx, person)))


def follow_asked(tx: Session, services: Services, compliment: Compliment, decided_by: By | None = None) -> None:
    """Bring the moderators' messages in line; `decided_by` is who placed it just now."""
    about = compliments.about_of(tx, compliment.id or 0)
    answered_by = _answered_by(tx, compliment)
    tell_moderators(
        tx,
        services,
        compliment,
        lambda me: moderators.moderator_message(compliment, about, me, decided_by, answered_by),
    )


def renew_asked(tx: Session, services: Services, key: str) -> None:
    """Write one message to a moderator anew, without who decided; `key` is that of its post."""
    _, number, slack_id = key.split(":", 2)
    compliment = compliments.compliment_by_id(tx, int(number))
    person = people.person_by_slack_id(tx, slack_id)
    if person is None:
        return
    me = services.me(tx, person)
    message = moderators.refused_message(None, me)
    if compliment is not None:
        about = compliments.about_of(tx, compliment.id or 0)
        message = moderators.moderator_message(compliment, about, me, answered_by=_answered_by(tx, compliment))
    services.outbox.change(tx, key, message)


def _answered_by(tx: Session, compliment: Compliment) -> By | None:
    answered = people.people_by_ids(tx, [compliment.answered_by or 0])
    return next((By(person.id or 0, person.name) for person in answered), None)


def _tell(
    tx: Session, services: Services, compliment: Compliment, by: int, not_to: Collection[int | None] = ()
) -> None:
    """One message to each colleague it is about who takes part; not to who put it there, nor to those in `not_to`."""
    for person in compliments.about_of(tx, compliment.id or 0):
        takes_part = person.part == Part.JOINED and person.standing == Standing.MEMBER
        if takes_part and person.id != by and person.id not in not_to:
            message = screens.praise_message(compliment, services.me(tx, person))
            services.outbox.post(tx, _praise_key(compliment, person), message, to=person.slack_id)


def _message(tx: Session, office: Office, compliment: Compliment) -> Message:
    about = compliments.about_of(tx, compliment.id or 0)
    applause = compliments.applause_for(tx, compliment.id or 0)
    return screens.compliment_message(compliment, about, applause, _keepers(tx, office, compliment, about), office)


def _keepers(tx: Session, office: Office, compliment: Compliment, about: Sequence[Person]) -> screens.Keepers:
    """Who sees the buttons to change and to withdraw it; see `rules.may_change` and `rules.may_withdraw`."""
    praised = [person.slack_id for person in about]
    if compliment.came_in == CameIn.PAGE:
        own = sorted(office.managers | office.moderators)
        return screens.Keepers(own, list(dict.fromkeys([*own, *praised])))
    own = [person.slack_id for person in people.people_by_ids(tx, [compliment.entered_by or 0])]
    both = list(dict.fromkeys([*own, *praised]))
    return screens.Keepers(both, both)


def concerned(tx: Session, office: Office, compliment: Compliment) -> tuple[int, ...]:
    """The ids of those who see it at Home."""
    return compliments.concerned_by(tx, compliment, office.managers | office.moderators)


def key_of(compliment_id: int | None) -> str:
    return f"compliment:{compliment_id}"


def _praise_key(compliment: Compliment, person: Person) -> str:
    return f"compliment-for:{compliment.id}:{person.slack_id}"


def _asked_key(compliment: Compliment) -> str:
    """The beginning of the keys of the moderators' messages; each ends in a Slack id."""
    return f"{ASKED}{compliment.id}:"
