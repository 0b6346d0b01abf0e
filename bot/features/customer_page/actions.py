"""What a customer does on the page: saying something, seeing it again, taking it back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from sqlmodel import Session

from bot.features.customer_page import notes, rules
from bot.features.customer_page.rules import Door, Said, Typed
from bot.kernel.facts import ComplimentLeft, ComplimentTakenBack, HomesOutdated
from bot.kernel.links import hashed, is_token, new_token
from bot.services import Services
from storage import compliments, customers, people
from storage.compliments import CameIn, Compliment, Consent
from storage.customers import CustomerNote, NoteKind, PageVisit
from storage.database import InWorkspace
from storage.handled import AlreadyHandledError
from storage.links import LinkKind, PublicLink, link_by_token
from storage.people import Person

Found = TypeVar("Found")


class SentBeforeError(Exception):
    """This very form was sent before, and its compliment was taken back since, or its link ended."""


@dataclass(frozen=True)
class Page:
    """The page behind a link."""

    link: PublicLink
    language: str  # the office's
    colleague: str  # the first name of whom the link is about; empty: of nobody in particular
    company: str = ""  # whose page it is


@dataclass(frozen=True)
class Own:
    """A compliment as its customer sees it again."""

    text: str
    shown_name: str  # empty: "a customer"
    consent: Consent
    is_placed: bool
    answer: str  # what was sent to the customer
    language: str  # the office's
    company: str = ""  # to whom it was said


def page_of(services: Services, token: str) -> Page | None:
    """The page that a token opens; None for one that nobody made, or that was revoked."""
    if not is_token(token):
        return None
    link = _of_any_workspace(services, lambda tx: link_by_token(tx, token, LinkKind.CUSTOMERS))
    if link is None:
        return None
    with services.database.reading(InWorkspace(link.workspace_id)) as tx:
        colleague = rules.name_on_page(_colleague(tx, link))
        office = services.office(tx)
        return Page(link, office.say.language, colleague, office.name)


def leave(services: Services, page: Page, typed: Typed, address: str) -> str | None:
    """Save what a customer said. Of a compliment, answers the token of the customer's own link to it.

    The same form sent twice is one. Raises FormError, TooManyError for who sends too much, and SentBeforeError when
    what the same form left is not to be seen any more.
    """
    if rules.is_trapped(typed):
        return None
    said = rules.read_form(typed)
    token = rules.own_token(page.link.token, typed.once if is_token(typed.once) else new_token(), typed.door, said)
    scope = InWorkspace(page.link.workspace_id, request_key=f"page:{hashed(token)}")
    try:
        with services.database.writing(scope) as tx:
            _count_visit(tx, services, page.link, address)
            if typed.door is Door.COMPLIMENT:
                _leave_compliment(tx, services, page.link, said, hashed(token))
            else:
                _leave_note(tx, services, page.link, typed.door, said)
    except AlreadyHandledError:
        if typed.door is Door.COMPLIMENT and _own(services, token) is None:
            raise SentBeforeError from None
    return token if typed.door is Door.COMPLIMENT else None


def own_compliment(services: Services, token: str) -> Own | None:
    """The compliment behind a customer's own link; None when there is none, or none any more."""
    found = _own(services, token)
    if found is None:
        return None
    with services.database.reading(InWorkspace(found.workspace_id)) as tx:
        office = services.office(tx)
    name, language = compliments.shown_name(found), office.say.language
    return Own(found.text, name, Consent(found.consent), found.is_placed, found.answer, language, office.name)


def withdraw(services: Services, token: str) -> bool:
    """Take a compliment back: it is gone from everywhere. False when it was gone."""
    found = _own(services, token)
    if found is None:
        return False
    with services.database.writing(InWorkspace(found.workspace_id)) as tx:
        compliment = compliments.compliment_to_change(tx, found.id or 0)
        if compliment is None:
            return False
        office = services.office(tx)
        concerns = compliments.concerned_by(tx, compliment, office.managers | office.moderators)
        services.announce(tx, ComplimentTakenBack(office, compliment.id or 0))
        tx.delete(compliment)
        tx.flush()
        services.announce(tx, HomesOutdated(concerns))
    return True


def revoke_own_link(services: Services, token: str) -> bool:
    """Let a customer's own link open nothing any more; the compliment stays. False when it opened nothing."""
    found = _own(services, token)
    if found is None:
        return False
    with services.database.writing(InWorkspace(found.workspace_id)) as tx:
        compliment = compliments.compliment_to_change(tx, found.id or 0)
        if compliment is None:
            return False
        compliment.own_link = None
    return True


def forget_visits(services: Services) -> None:
    """In every workspace: who sent the form more than an hour ago is of no use any more."""
    with services.database.writing() as tx:
        customers.forget_visits_before(tx, services.clock.now() - rules.WITHIN)


def _of_any_workspace(services: Services, ask: Callable[[Session], Found]) -> Found:
    """What a token leads to: it alone says whose workspace it is."""
    with services.database.reading() as tx:
        return ask(tx)


def _own(services: Services, token: str) -> Compliment | None:
    if not is_token(token):
        return None
    return _of_any_workspace(services, lambda tx: compliments.compliment_by_own_link(tx, hashed(token)))


def _count_visit(tx: Session, services: Services, link: PublicLink, address: str) -> None:
    now, sender, number = services.clock.now(), rules.sender_of(address, link.token), link.id or 0
    since = now - rules.WITHIN
    rules.must_be_few(
        customers.visits_since(tx, number, since, sender), customers.visits_since(tx, number, since)
    )  # fmt: skip
    tx.add(PageVisit(workspace_id=link.workspace_id, link_id=number, address=sender, at=now))
    tx.flush()


def _leave_compliment(tx: Session, services: Services, link: PublicLink, said: Said, own_link: str) -> None:
    if compliments.compliment_by_own_link(tx, own_link) is not None:
        return  # the form was sent so long ago that its request is forgotten
    office = services.office(tx)
    # Where the page hides whom its link is about, the customer may mean somebody else.
    about = rules.colleague_meant(said.whom, people.colleagues_known(tx)) if said.whom else _colleague(tx, link)
    compliment = compliments.add_compliment(
        tx, text=said.text, customer=said.name, consent=said.consent, came_in=CameIn.PAGE,
        day=services.clock.today(office.zone), is_placed=False, entered_at=services.clock.now(), link_id=link.id,
        own_link=own_link, for_whom="" if about else said.whom, contact=said.contact,
    )  # fmt: skip
    if about is not None:
        compliments.replace_about(tx, compliment.id or 0, [about])
    services.announce(tx, ComplimentLeft(office, compliment.id or 0))


def _leave_note(tx: Session, services: Services, link: PublicLink, door: Door, said: Said) -> None:
    note = CustomerNote(
        workspace_id=link.workspace_id, kind=NoteKind.CALL if door is Door.CALL else NoteKind.ANSWER, text=said.text,
        name=said.name, contact=said.contact, link_id=link.id, received_at=services.clock.now(),
    )  # fmt: skip
    tx.add(note)
    tx.flush()
    notes.tell_managers(tx, services, note)


def _colleague(tx: Session, link: PublicLink) -> Person | None:
    """Whom the link is about."""
    return next(iter(people.people_by_ids(tx, [link.about_id] if link.about_id else [])), None)
