"""Once a week managers hear who told stories and has had no thanks yet: names alone."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session

from bot.features.thanks import rules, screens
from bot.features.thanks.forgetting import WEEK
from bot.kernel.office import Office
from bot.services import Services
from storage import people, thanks
from storage.database import InWorkspace
from storage.people import Person
from storage.thanks import Teller


def workspaces(services: Services) -> Sequence[int]:
    """Where somebody told a story this week or the last."""
    with services.database.reading() as tx:
        return thanks.workspaces_with_stories(tx, services.clock.today("UTC") - 2 * rules.WEEK)


def tell_managers(services: Services, workspace_id: int) -> None:
    """On the first working day of the week, or as soon as the bot is there: who had no thanks for last week."""
    with services.database.writing(InWorkspace(workspace_id)) as tx:
        office = services.office(tx)
        if not rules.is_time_to_tell(services.clock.now(), office):
            return
        monday = rules.monday_of(services.clock.today(office.zone))
        managers = [
            one
            for one in people.colleagues_among(tx, office.managers)
            if not services.outbox.stands(tx, _key(monday, one))
        ]
        tellers = _without_thanks(tx, office, monday) if managers else []
        for manager in managers:
            others = [teller for teller in tellers if teller.person.id != manager.id]
            if others:
                say = services.speakers.get(manager.language or "", office.say)
                message = screens.week_message(others, say)
                services.outbox.post(tx, _key(monday, manager), message, to=manager.slack_id)


def renew(tx: Session, services: Services, office: Office) -> None:
    """Let this week's lists that stand name who waits still: whom one thanked is no choice any more."""
    monday = rules.monday_of(services.clock.today(office.zone))
    told = [
        one for one in people.colleagues_among(tx, office.managers) if services.outbox.stands(tx, _key(monday, one))
    ]
    tellers = _without_thanks(tx, office, monday) if told else []
    for manager in told:
        others = [teller for teller in tellers if teller.person.id != manager.id]
        say = services.speakers.get(manager.language or "", office.say)
        message = screens.week_message(others, say) if others else screens.all_thanked_message(say)
        services.outbox.change(tx, _key(monday, manager), message)


def _without_thanks(tx: Session, office: Office, monday: date) -> Sequence[Teller]:
    first, last = rules.week_before(monday)
    return thanks.without_thanks(tx, first, last, rules.beginning_of(first, office.zone))


def _key(monday: date, manager: Person) -> str:
    return f"{WEEK}{monday}:{manager.slack_id}"
