"""What colleagues do with answers to the open question and with calls to make."""

from collections.abc import Sequence

from sqlmodel import Session

from bot.features.customer_page import rules, screens
from bot.features.customer_page.screens import Seen
from bot.kernel.errors import BotError
from bot.kernel.facts import AnswerBecameIdea, HomesOutdated, NoteTakenUp
from bot.kernel.office import Me
from bot.kernel.roles import must_be_manager, must_belong, refusal
from bot.kernel.sentence import Sentence
from bot.services import Services
from bot.slack.blocks import Json
from storage import customers, links, people
from storage.compliments import people_told
from storage.customers import CustomerNote, NoteKind
from storage.database import InWorkspace
from storage.people import Person
from storage.standing import bodies_of

LISTED = 10  # answers in the window
AT_HOME = 5  # calls


def tell_managers(tx: Session, services: Services, note: CustomerNote) -> None:
    """Let each manager have a new note at once; who entered it knows it."""
    seen = _seen(tx, services, note)
    for person in people.colleagues_among(tx, services.office(tx).managers):
        if person.id != note.heard_by:
            message = screens.note_message(seen, services.me(tx, person))
            services.outbox.post(tx, _key(note, person), message, to=person.slack_id)
    services.announce(tx, HomesOutdated(_managers(tx, services)))


def claim_call(services: Services, me: Me, note_id: int) -> None:
    """Be the one who calls; the other managers see it. Raises BotError when somebody else is, since less than a day."""
    must_be_manager(me)
    with services.database.writing(me) as tx:
        note = rules.must_be_open_call(customers.note_to_change(tx, note_id))
        seen = _seen(tx, services, note)
        if note.taken_by != me.person_id and not (seen.is_free or seen.is_late):
            raise BotError("A colleague is calling this customer already.")
        note.taken_by, note.taken_at = me.person_id, services.clock.now()
        _follow(tx, services, me, note)


def release_call(services: Services, me: Me, note_id: int) -> None:
    """Not be the one who calls after all. Raises BotError when the call was made."""
    must_be_manager(me)
    with services.database.writing(me) as tx:
        note = rules.must_be_open_call(customers.note_to_change(tx, note_id))
        if note.taken_by == me.person_id:
            note.taken_by, note.taken_at = None, None
            _follow(tx, services, me, note)


def note_called(services: Services, me: Me, note_id: int) -> None:
    """The customer was called: how to reach them is forgotten. Raises BotError when a colleague is calling."""
    must_be_manager(me)
    with services.database.writing(me) as tx:
        note = rules.must_be_open_call(customers.note_to_change(tx, note_id))
        if note.taken_by != me.person_id:
            raise BotError("A colleague is calling this customer already.")
        note.settled_at, note.contact = services.clock.now(), ""
        _follow(tx, services, me, note)


def answer_for_idea(services: Services, me: Me, note_id: int) -> CustomerNote:
    """The answer that is to become an idea, for the form. Raises BotError."""
    must_be_manager(me)
    with services.database.reading(me) as tx:
        return rules.must_be_unsettled(customers.note_by_id(tx, note_id))


def make_idea(services: Services, me: Me, note_id: int, title: str, about: str) -> Sequence[Sentence]:
    """Let an answer become a suggestion on the wall of change, worded like this; answers what there is to say of it.

    Raises FormError, BotError.
    """
    must_be_manager(me)
    with services.database.writing(me) as tx:
        note = rules.must_be_unsettled(customers.note_to_change(tx, note_id))
        note.taken_by, note.taken_at, note.settled_at = me.person_id, services.clock.now(), services.clock.now()
        remarks = services.announce(tx, AnswerBecameIdea(me, note_id, about, title))
        _follow(tx, services, me, note)
        return remarks


def enter_answer(services: Services, me: Me, typed: str) -> int:
    """Save what a customer said to a colleague; answers its number. The same words within two minutes are one.

    Raises BotError.
    """
    must_belong(me)
    text, now = rules.answer_text(typed), services.clock.now()
    with services.database.writing(me) as tx:
        same = customers.answer_heard_since(tx, me.person_id, text, now - rules.SAME_WITHIN)
        if same is not None:
            return same.id or 0
        note = CustomerNote(
            workspace_id=me.workspace_id, kind=NoteKind.ANSWER, text=text, heard_by=me.person_id, received_at=now
        )
        tx.add(note)
        tx.flush()
        tell_managers(tx, services, note)
        return note.id or 0


def take_back(services: Services, me: Me, note_id: int) -> str | None:
    """Undo an answer that one entered; answers its words, None when it is gone or became an idea."""
    with services.database.writing(me) as tx:
        note = customers.note_to_change(tx, note_id)
        if note is None or note.heard_by != me.person_id or note.settled_at is not None:
            return None
        for person in people_told(tx, _beginning(note)):
            services.outbox.remove(tx, _key(note, person))
        tx.delete(note)
        return note.text


def answers(services: Services, me: Me) -> list[Seen]:
    """The latest answers to the open question, for managers. Raises BotError for others."""
    must_be_manager(me)
    with services.database.reading(me) as tx:
        return [_seen(tx, services, note) for note in customers.latest_answers(tx, LISTED)]


def home_card(tx: Session, services: Services, me: Me) -> list[Json]:
    """Who waits to be called, for managers."""
    if not me.is_manager or refusal(me):
        return []
    calls = customers.calls_to_make(tx)
    seen = [_seen(tx, services, note) for note in calls[:AT_HOME]]
    return screens.home_card(seen, len(calls), has_answers=bool(customers.latest_answers(tx, 1)), me=me)


def forget_names(tx: Session, services: Services, me: Me) -> None:
    """Let the messages on what somebody entered or took up name nobody; a call that waits for them is free again."""
    for note in customers.notes_naming(tx, me.person_id):
        if note.kind == NoteKind.CALL and note.settled_at is None:
            note.taken_by, note.taken_at = None, None
        tx.flush()
        _redraw(tx, services, note)
    services.announce(tx, HomesOutdated(_managers(tx, services)))


def workspaces_with_calls(services: Services) -> set[int]:
    """Where customers wait for a call."""
    with services.database.reading() as tx:
        return {note.workspace_id for note in customers.calls_to_make(tx)}


def follow_calls(services: Services, workspace_id: int) -> None:
    """Bring the messages on open calls in line: with the time, and with who is a manager now."""
    with services.database.reading(InWorkspace(workspace_id)) as tx:
        numbers = [note.id or 0 for note in customers.calls_to_make(tx)]
    with services.database.writing(InWorkspace(workspace_id)) as tx:
        held = [customers.note_to_change(tx, number) for number in numbers]  # a contact forgotten meanwhile stays so
        if [note for note in held if note and _redraw(tx, services, note)]:
            services.announce(tx, HomesOutdated(_managers(tx, services)))


def _follow(tx: Session, services: Services, me: Me, note: CustomerNote) -> None:
    """Bring the managers' messages, and the Home of who acted, in line with a note."""
    tx.flush()
    _redraw(tx, services, note)
    services.announce(tx, NoteTakenUp(me, _managers(tx, services)))


def _managers(tx: Session, services: Services) -> tuple[int, ...]:
    """The ids of who sees at Home which customers wait for a call."""
    return tuple(one.id or 0 for one in people.colleagues_among(tx, services.office(tx).managers))


def _redraw(tx: Session, services: Services, note: CustomerNote) -> bool:
    """Bring the managers' messages in line, and answer whether any of them wasn't."""
    seen, told = _seen(tx, services, note), people_told(tx, _beginning(note))
    stands, is_changed = bodies_of(tx, [_key(note, person) for person in told]), False
    for person in told:
        key, message = _key(note, person), screens.note_message(seen, services.me(tx, person))
        if stands.get(key) != message.body():
            services.outbox.change(tx, key, message)
            is_changed = True
    return is_changed


def _seen(tx: Session, services: Services, note: CustomerNote) -> Seen:
    link = links.link_by_id(tx, note.link_id) if note.link_id else None
    taker, hearer = _person(tx, note.taken_by), _person(tx, note.heard_by)
    is_free = rules.is_free(note, taker, services.office(tx).managers)
    is_late = rules.is_late(note, services.clock.now())
    return Seen(note, taker, hearer, link.name if link else "", is_free, is_late)


def _person(tx: Session, person_id: int | None) -> Person | None:
    return next(iter(people.people_by_ids(tx, [person_id] if person_id else [])), None)


def _beginning(note: CustomerNote) -> str:
    return f"note:{note.id}:"


def _key(note: CustomerNote, person: Person) -> str:
    return f"{_beginning(note)}{person.slack_id}"
