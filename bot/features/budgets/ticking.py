"""What time does to budgets: the managers' digest, books that close, one gentle idea a month."""

from collections.abc import Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.features.budgets import digests, screens
from bot.features.budgets.closing import close_by_itself
from bot.kernel.budgets import room_in
from bot.kernel.calendar import due_days
from bot.kernel.office import Me, Office
from bot.kernel.tips import Cost, fresh_tip, seen_since
from bot.services import Services
from storage import spending as ledger
from storage import spending_questions as questions
from storage import tips
from storage.absences import absences_from
from storage.database import InWorkspace
from storage.participants import working_days_of
from storage.people import Person, Standing
from storage.spending import month_of
from storage.workspaces import every_workspace as workspaces_known

FROM, UNTIL = 9, 18  # o'clock, in the office, or where somebody is
CLOSES_ON = 5  # of the month after
IDEA_FROM, IDEA_UNTIL = 15, 22  # of the month: in this week everybody has a working day, and two ideas are far apart
QUIET_FOR = timedelta(days=30)


def workspaces(services: Services) -> Sequence[int]:
    """Where anything was spent or asked."""
    with services.database.reading() as tx:
        return questions.workspaces_with_spendings(tx)


def every_workspace(services: Services) -> Sequence[int]:
    """Who spends nothing is where nothing is spent, too."""
    with services.database.reading() as tx:
        return [workspace_id for workspace_id, _ in workspaces_known(tx)]


def ask_in_digest(services: Services, workspace_id: int) -> None:
    """In the day on a working day of the office; what comes later waits for the next one."""
    with services.database.writing(InWorkspace(workspace_id)) as tx:
        office = services.office(tx)
        today = services.clock.today(office.zone)
        if _is_office_time(services, office, today):
            digests.put(tx, services, office, today)


def close_months(services: Services, workspace_id: int) -> None:
    """From the fifth on the month before is closed, unless a manager did."""
    with services.database.reading(InWorkspace(workspace_id)) as tx:
        today, closed = services.clock.today(services.office(tx).zone), ledger.closed_until(tx)
    last_month = month_of(today.replace(day=1) - timedelta(days=1))
    if today.day >= CLOSES_ON and closed < last_month:
        close_by_itself(services, workspace_id, last_month)


def give_ideas(services: Services, workspace_id: int) -> None:
    """Once a month an idea for who takes part and spent nothing for thirty days, on a working day of their own."""
    with services.database.reading(InWorkspace(workspace_id)) as tx:
        office = services.office(tx)
        today = services.clock.today(office.zone)
        if not IDEA_FROM <= today.day < IDEA_UNTIL:
            return
        quiet = [one for one in questions.participants_without_spending(tx, today - QUIET_FOR) if _is_here(one)]
        quiet = _working_now(tx, services, office, quiet)
    for person in quiet:
        with services.database.writing(InWorkspace(workspace_id)) as tx:
            _give_idea(tx, services, services.me(tx, person), today)


def _working_now(tx: Session, services: Services, office: Office, people: Sequence[Person]) -> list[Person]:
    """Those of these for whom it is daytime on a working day of their own, by their own zone and calendar."""
    ids, moment = [one.id or 0 for one in people], services.clock.now()
    own = working_days_of(tx, ids)
    away = absences_from(tx, ids, moment.date() - timedelta(days=1))
    found = []
    for person in people:
        there = moment.astimezone(ZoneInfo(person.zone or office.zone))
        day, days = there.date(), own.get(person.id or 0) or [(date.min, office.workdays)]
        if FROM <= there.hour < UNTIL and due_days(day, day, days, office.calendar, away[person.id or 0], ()):
            found.append(person)
    return found


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


def _is_office_time(services: Services, office: Office, today: date) -> bool:
    hour = services.clock.now().astimezone(ZoneInfo(office.zone)).hour
    return FROM <= hour < UNTIL and bool(due_days(today, today, [(today, office.workdays)], office.calendar, (), ()))


def _is_here(person: Person) -> bool:
    return person.standing == Standing.MEMBER
