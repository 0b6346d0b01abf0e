"""The managers' digest: what waits, once a day. Of each manager's the newest alone is kept true, and has buttons."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta

from sqlmodel import Session

from bot.features.budgets import approving, notices, quoting
from bot.kernel.calendar import due_days
from bot.kernel.clock import local_day
from bot.kernel.office import Office
from bot.services import Services
from storage import spending_questions as questions
from storage import standing
from storage.people import Person
from storage.spending import Spending

DIGEST = "spending-digest:"  # how the keys of the messages begin; then the office's day, and who it is for

Waiting = Sequence[tuple[Spending, Person]]


def put(tx: Session, services: Services, office: Office, today: date) -> None:
    """What waits, to the managers who are there, and to all after one working day; nothing when nothing does.

    Each gets one a day: the key makes a second one impossible.
    """
    waiting = questions.waiting(tx)
    late = {one.id for one, _ in waiting if is_late(office, local_day(one.asked_at, office.zone), today)}
    managers = notices.managers_of(tx, office) if waiting else []
    there = {one.id for one in notices.who_is_there(tx, managers, today)}
    for manager in managers:
        if services.outbox.stands(tx, f"{DIGEST}{today}:{manager.slack_id}"):
            continue
        asked = [one for one in waiting if manager.id in there or one[0].id in late]
        _put(tx, services, manager, _new_to(tx, services, manager, asked, late), today)


def _put(tx: Session, services: Services, manager: Person, listed: Waiting, today: date) -> None:
    if not listed:
        return
    me = services.me(tx, manager)
    before = next((one for one, reader in _newest(tx) if reader.id == manager.id), None)
    if before is not None:
        services.outbox.close(tx, before, approving.past_message(me.say))
    message = approving.digest_message(quoting.asked_as_told(tx, listed), me)
    services.outbox.post(tx, f"{DIGEST}{today}:{manager.slack_id}", message, to=manager.slack_id)


def _new_to(tx: Session, services: Services, manager: Person, asked: Waiting, late: set[int | None]) -> Waiting:
    """Not one's own; nor what one had a message of one's own about, until that is a working day old."""
    return [
        (spending, person)
        for spending, person in asked
        if person.id != manager.id
        and (spending.id in late or not services.outbox.stands(tx, notices.key_of(spending, manager)))
    ]


def renew(tx: Session, services: Services) -> None:
    """Let the digests show what waits still; to who is no manager any more they show nothing."""
    managers = {one.id for one in notices.managers_of(tx, services.office(tx))}
    waiting = quoting.asked_as_told(tx, questions.waiting(tx))
    for key, reader in list(_newest(tx)):
        me = services.me(tx, reader)
        if reader.id in managers:
            left = _new_to(tx, services, reader, waiting, set())
            services.outbox.change(tx, key, approving.digest_message(left, me))
        else:
            services.outbox.close(tx, key, approving.past_message(me.say))


def forget(tx: Session, services: Services, spending_ids: Collection[int]) -> None:
    """Take what somebody asked, and their name with it, out of the digests, of earlier days too.

    By the buttons beside each: what they were called then is kept nowhere.
    """
    about = {str(spending_id) for spending_id in spending_ids}
    keys = {key for key, body in standing.posts_under(tx, DIGEST) if approving.asked_in(body) & about}
    newest = {key for key, _ in _newest(tx)}
    if keys & newest:
        renew(tx, services)
    for key, reader in questions.told_under(tx, DIGEST):
        if key in keys - newest:
            services.outbox.change_alike(tx, [key], approving.past_message(services.me(tx, reader).say))


def is_late(office: Office, asked_on: date, today: date) -> bool:
    """Whether a whole working day of the office went by between the day of asking and today."""
    first, last = asked_on + timedelta(days=1), today - timedelta(days=1)
    return bool(due_days(first, last, [(first, office.workdays)], office.calendar, (), ())) if first <= last else False


def _newest(tx: Session) -> Iterator[tuple[str, Person]]:
    """The last digest of each who ever got one."""
    seen: set[int | None] = set()
    for key, reader in questions.told_under(tx, DIGEST):
        if reader.id not in seen:
            seen.add(reader.id)
            yield key, reader
