"""The messages about money: to the managers who decide, and to who asked."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session

from bot.features.budgets import approving, screens
from bot.kernel.office import Me, Office
from bot.services import Services
from bot.slack.blocks import Message
from storage import people
from storage.absences import absences_from
from storage.compliments import people_told
from storage.people import Person
from storage.spending import Spending, SpendingStatus
from storage.spending_questions import decided_or_paid_by, waiting

MANAGERS, NEWS, DIGEST = "spending:", "spending-news:", "spending-digest:"  # how the keys of the messages begin


def managers_of(tx: Session, office: Office, but: int = 0) -> list[Person]:
    """The office's managers who can decide, but for the person with the id `but`: nobody decides on their own."""
    return [one for one in people.colleagues_among(tx, office.managers) if one.id != but]


def who_is_there(tx: Session, managers: Sequence[Person], today: date) -> list[Person]:
    """Those who are not away today; all of them when they all are."""
    away = absences_from(tx, [one.id or 0 for one in managers], today)
    there = [one for one in managers if not any(first <= today <= last for first, last in away[one.id or 0])]
    return there or list(managers)


def ask(tx: Session, services: Services, office: Office, spending: Spending) -> None:
    """Show the managers who are there what a customer waits for, or what was booked above a soft cap.

    What waits without hurry comes in the day's digest.
    """
    if not (spending.is_urgent or spending.is_over):
        return
    owner, managers = _person(tx, spending.person_id), managers_of(tx, office, spending.person_id)
    for manager in who_is_there(tx, managers, services.clock.today(office.zone)):
        me = services.me(tx, manager)
        message = _message(spending, owner, me)
        services.outbox.post(tx, f"{_key(spending)}{manager.slack_id}", message, to=manager.slack_id)


def renew(tx: Session, services: Services, spending: Spending, decided_by: str = "") -> None:
    """Bring the managers' messages about an expense in line; `decided_by` is the name of who decided just now."""
    owner = _person(tx, spending.person_id)
    for manager in people_told(tx, _key(spending)):
        message = _message(spending, owner, services.me(tx, manager), decided_by)
        services.outbox.change(tx, f"{_key(spending)}{manager.slack_id}", message)


def renew_digests(tx: Session, services: Services, office: Office) -> None:
    """Let today's digests show what waits still."""
    beginning = f"{DIGEST}{services.clock.today(office.zone)}:"
    for manager in people_told(tx, beginning):
        left = waiting(tx, but=manager.id or 0)
        message = approving.digest_message(left, services.me(tx, manager))
        services.outbox.change(tx, f"{beginning}{manager.slack_id}", message)


def tell_owner(tx: Session, services: Services, spending: Spending, decided_by: str) -> None:
    """Tell who asked what a manager decided."""
    owner = _person(tx, spending.person_id)
    message = screens.decided_message(spending, decided_by, services.me(tx, owner))
    services.outbox.post(tx, f"{NEWS}{spending.id}", message, to=owner.slack_id)


def tell_paid_back(tx: Session, services: Services, spending: Spending, paid_by: str) -> None:
    """Tell somebody that their own money was paid back."""
    owner = _person(tx, spending.person_id)
    message = screens.paid_back_message(spending, paid_by, services.me(tx, owner))
    services.outbox.post(tx, f"{NEWS}{spending.id}:paid", message, to=owner.slack_id)


def forget_decider(tx: Session, services: Services, me: Me) -> None:
    """Take somebody's name out of the messages in which they decided, or paid back."""
    for turn, spending in enumerate(decided_or_paid_by(tx, me.person_id)):
        owner = _person(tx, spending.person_id)
        for manager in people_told(tx, _key(spending)):
            message = _message(spending, owner, services.me(tx, manager))
            services.outbox.change_alike(tx, [f"{_key(spending)}{manager.slack_id}"], message, turn)
        reader, key = services.me(tx, owner), f"{NEWS}{spending.id}"
        if spending.decided_by == me.person_id:
            services.outbox.change_alike(tx, [key], screens.decided_message(spending, "", reader), turn)
        if spending.paid_back_by == me.person_id:
            services.outbox.change_alike(tx, [f"{key}:paid"], screens.paid_back_message(spending, "", reader), turn)


def take_down(tx: Session, services: Services, spending: Spending) -> None:
    """Take the managers' messages about an expense away."""
    for manager in people_told(tx, _key(spending)):
        services.outbox.remove(tx, f"{_key(spending)}{manager.slack_id}")


def _message(spending: Spending, owner: Person, me: Me, decided_by: str = "") -> Message:
    if spending.is_over and spending.status == SpendingStatus.BOOKED:
        return approving.seen_message(spending, owner, me)
    return approving.managers_message(spending, owner, me, decided_by)


def _person(tx: Session, person_id: int) -> Person:
    return next(iter(people.people_by_ids(tx, [person_id])))


def _key(spending: Spending) -> str:
    return f"{MANAGERS}{spending.id}:"
