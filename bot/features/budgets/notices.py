"""The messages about money: to the managers who decide, and to who asked."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session

from bot.features.budgets import approving, own_month, screens
from bot.features.budgets.quoting import as_told
from bot.kernel.facts import HomesOutdated
from bot.kernel.office import Me, Office
from bot.kernel.sentence import Sentence
from bot.services import Services
from bot.slack.blocks import Message
from storage import people
from storage.absences import absences_from
from storage.people import Person, Standing
from storage.spending import Spending, SpendingStatus
from storage.spending_questions import decided_or_paid_by, told_under

MANAGERS, NEWS = "spending:", "spending-news:"  # how the keys of the messages begin


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
    is_pressing = spending.is_urgent and spending.status == SpendingStatus.WAITING
    if not (is_pressing or _is_over(spending)):
        return
    owner, managers = _person(tx, spending.person_id), managers_of(tx, office, spending.person_id)
    for manager in who_is_there(tx, managers, services.clock.today(office.zone)):
        me = services.me(tx, manager)
        message = _message(tx, spending, owner, me)
        services.outbox.post(tx, key_of(spending, manager), message, to=manager.slack_id)


def renew(tx: Session, services: Services, spending: Spending, decided_by: str = "") -> None:
    """Bring the managers' messages about an expense in line; `decided_by` is the name of who decided just now.

    To who is no manager any more they show nothing.
    """
    owner = _person(tx, spending.person_id)
    managers = {one.id for one in managers_of(tx, services.office(tx))}
    for key, reader in told_under(tx, _beginning(spending)):
        me = services.me(tx, reader)
        if reader.id in managers:
            services.outbox.change(tx, key, _message(tx, spending, owner, me, decided_by))
        else:
            services.outbox.close(tx, key, approving.past_message(me.say))


def announce(
    tx: Session, services: Services, office: Office, person_ids: Sequence[int], *, is_question: bool
) -> list[Sentence]:
    """Something changed in the budgets of these people; `is_question`: in what waits for the managers, too.

    One fact for all: their Homes are drawn in one order, so that two who act at one moment don't wait for each other.
    """
    managers = [one.id or 0 for one in managers_of(tx, office)] if is_question else []
    return services.announce(tx, HomesOutdated(tuple(sorted({*person_ids, *managers}))))


def tell_owner(tx: Session, services: Services, spending: Spending, decided_by: str) -> None:
    """Tell who asked what a manager decided, unless they left meanwhile."""
    owner = _person(tx, spending.person_id)
    if owner.standing == Standing.GONE:
        return
    message = screens.decided_message(spending, decided_by, services.me(tx, owner))
    services.outbox.post(tx, f"{NEWS}{spending.id}", message, to=owner.slack_id)


def tell_paid_back(tx: Session, services: Services, spending: Spending, paid_by: str) -> None:
    """Tell somebody that their own money was paid back; who left, or is erased, is nowhere to be told."""
    owner = _person(tx, spending.person_id)
    if owner.standing == Standing.GONE:
        return
    message = screens.paid_back_message(spending, paid_by, services.me(tx, owner))
    services.outbox.remove(tx, f"{NEWS}{spending.id}:unpaid")
    services.outbox.post(tx, f"{NEWS}{spending.id}:paid", message, to=owner.slack_id)


def tell_not_paid_back(tx: Session, services: Services, spending: Spending) -> None:
    """Tell somebody, in place of that it was paid back, that it is still to come."""
    owner = _person(tx, spending.person_id)
    services.outbox.remove(tx, f"{NEWS}{spending.id}:paid")
    if owner.standing != Standing.GONE:
        message = own_month.not_paid_back_message(spending, services.me(tx, owner))
        services.outbox.post(tx, f"{NEWS}{spending.id}:unpaid", message, to=owner.slack_id)


def forget_decider(tx: Session, services: Services, me: Me) -> None:
    """Take somebody's name out of the messages in which they decided, or paid back."""
    managers = {one.id for one in managers_of(tx, services.office(tx))}
    for turn, spending in enumerate(decided_or_paid_by(tx, me.person_id)):
        owner = _person(tx, spending.person_id)
        for told, manager in told_under(tx, _beginning(spending)):
            theirs = services.me(tx, manager)
            is_theirs = manager.id in managers
            message = _message(tx, spending, owner, theirs) if is_theirs else approving.past_message(theirs.say)
            services.outbox.change_alike(tx, [told], message, turn)
        reader, key = services.me(tx, owner), f"{NEWS}{spending.id}"
        if spending.decided_by == me.person_id:
            services.outbox.change_alike(tx, [key], screens.decided_message(spending, "", reader), turn)
        if spending.paid_back_by == me.person_id:
            services.outbox.change_alike(tx, [f"{key}:paid"], screens.paid_back_message(spending, "", reader), turn)


def take_down(tx: Session, services: Services, spending: Spending) -> None:
    """Take the managers' messages about an expense away."""
    for key, _ in told_under(tx, _beginning(spending)):
        services.outbox.remove(tx, key)


def key_of(spending: Spending, manager: Person) -> str:
    """The key of a manager's message about an expense."""
    return f"{_beginning(spending)}{manager.slack_id}"


def _beginning(spending: Spending) -> str:
    return f"{MANAGERS}{spending.id}:"


def _is_over(spending: Spending) -> bool:
    return spending.is_over and spending.status == SpendingStatus.BOOKED


def _message(tx: Session, spending: Spending, owner: Person, me: Me, decided_by: str = "") -> Message:
    """A story is quoted as long as its amount waits: what was decided stays there when the story has gone."""
    if _is_over(spending):
        return approving.seen_message(spending, owner, me)
    shown = as_told(tx, [spending])[0] if spending.status == SpendingStatus.WAITING else spending
    return approving.managers_message(shown, owner, me, decided_by)


def _person(tx: Session, person_id: int) -> Person:
    return next(iter(people.people_by_ids(tx, [person_id])))
