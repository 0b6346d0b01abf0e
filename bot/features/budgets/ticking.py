"""What time does to budgets: the managers' digest, books that close, one gentle idea a month."""

from collections.abc import Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.features.budgets import approving, notices, screens
from bot.features.budgets.closing import close_by_itself
from bot.kernel.budgets import room_in
from bot.kernel.calendar import due_days
from bot.kernel.clock import local_day
from bot.kernel.office import Me, Office
from bot.kernel.tips import Cost, fresh_tip, seen_since
from bot.services import Services
from storage import spending as ledger
from storage import spending_questions as questions
from storage import tips
from storage.database import InWorkspace
from storage.people import Person, Standing
from storage.spending import Spending, month_of
from storage.workspaces import every_workspace as workspaces_known

FROM = 9  # o'clock, in the office
CLOSES_ON = 5  # of the month after
IDEA_FROM = 15  # of the month: the first working day from then on, so that two ideas are never days apart
QUIET_FOR = timedelta(days=30)

Waiting = Sequence[tuple[Spending, Person]]


def workspaces(services: Services) -> Sequence[int]:
    """Where anything was spent or asked."""
    with services.database.reading() as tx:
        return questions.workspaces_with_spendings(tx)


def every_workspace(services: Services) -> Sequence[int]:
    """Who spends nothing is where nothing is spent, too."""
    with services.database.reading() as tx:
        return [workspace_id for workspace_id, _ in workspaces_known(tx)]


def ask_in_digest(services: Services, workspace_id: int) -> None:
    """From nine o'clock on a working day: what waits, to the managers who are there, and to all after one working day.

    Each gets one a day: the key makes a second one impossible.
    """
    with services.database.writing(InWorkspace(workspace_id)) as tx:
        office = services.office(tx)
        today = services.clock.today(office.zone)
        waiting = questions.waiting(tx)
        if not waiting or not _is_office_time(services, office, today):
            return
        late = [one for one in waiting if is_late(office, local_day(one[0].asked_at, office.zone), today)]
        managers = notices.managers_of(tx, office)
        there = {one.id for one in notices.who_is_there(tx, managers, today)}
        for manager in managers:
            _digest(tx, services, manager, waiting if manager.id in there else late, today)


def _digest(tx: Session, services: Services, manager: Person, waiting: Waiting, today: date) -> None:
    listed = [(spending, person) for spending, person in waiting if person.id != manager.id]
    key = f"{notices.DIGEST}{today}:{manager.slack_id}"
    if listed and not services.outbox.stands(tx, key):
        message = approving.digest_message(listed, services.me(tx, manager))
        services.outbox.post(tx, key, message, to=manager.slack_id)


def is_late(office: Office, asked_on: date, today: date) -> bool:
    """Whether a whole working day of the office went by between the day of asking and today."""
    first, last = asked_on + timedelta(days=1), today - timedelta(days=1)
    return bool(due_days(first, last, [(first, office.workdays)], office.calendar, (), ())) if first <= last else False


def close_months(services: Services, workspace_id: int) -> None:
    """From the fifth on the month before is closed, unless a manager did."""
    with services.database.reading(InWorkspace(workspace_id)) as tx:
        today, closed = services.clock.today(services.office(tx).zone), ledger.closed_until(tx)
    last_month = month_of(today.replace(day=1) - timedelta(days=1))
    if today.day >= CLOSES_ON and closed < last_month:
        close_by_itself(services, workspace_id, last_month)


def give_ideas(services: Services, workspace_id: int) -> None:
    """On one working day of the month: an idea for who takes part and spent nothing for thirty days."""
    with services.database.reading(InWorkspace(workspace_id)) as tx:
        office = services.office(tx)
        today = services.clock.today(office.zone)
        if today != _idea_day(office, today) or not _is_office_time(services, office, today):
            return
        quiet = [one for one in questions.participants_without_spending(tx, today - QUIET_FOR) if _is_here(one)]
    for person in quiet:
        with services.database.writing(InWorkspace(workspace_id)) as tx:
            _give_idea(tx, services, services.me(tx, person), today)


def _give_idea(tx: Session, services: Services, me: Me, today: date) -> None:
    key = f"budget-idea:{month_of(today)}:{me.slack_id}"
    if services.outbox.stands(tx, key):
        return
    own_day = services.clock.today(me.zone)
    costly = [tip for tip in services.tips if tip.cost is Cost.MONEY]
    tip = fresh_tip(costly, tips.tips_shown_since(tx, me.person_id, seen_since(own_day)), own_day, me.person_id)
    room = room_in(me.office.caps, ledger.books_of(tx, me.person_id, own_day))
    if tip is not None and room.cents > 0:
        services.outbox.post(tx, key, screens.gentle_message(tip.texts[me.say.language], room, me), to=me.slack_id)
        tips.show_tip(tx, me.person_id, tip.id, own_day)


def _idea_day(office: Office, today: date) -> date | None:
    first = today.replace(day=IDEA_FROM)
    days = due_days(first, first + timedelta(days=10), [(first, office.workdays)], office.calendar, (), ())
    return days[0] if days else None


def _is_office_time(services: Services, office: Office, today: date) -> bool:
    hour = services.clock.now().astimezone(ZoneInfo(office.zone)).hour
    return hour >= FROM and bool(due_days(today, today, [(today, office.workdays)], office.calendar, (), ()))


def _is_here(person: Person) -> bool:
    return person.standing == Standing.MEMBER
