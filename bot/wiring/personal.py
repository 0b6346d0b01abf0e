"""Who keeps what about a person: how it is shown to them, and what becomes of it when they want to be erased."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from bot.features.participants import actions as participants
from bot.features.stories import actions as stories
from bot.kernel.choices import Choice
from bot.kernel.office import Me
from bot.services import Services
from storage import personal
from storage.absences import Absence
from storage.groups import GroupMember
from storage.office import OfficeChange, change_office
from storage.participants import Participant, WorkingDays
from storage.people import Person, remember_to_forget
from storage.reminders import Reminder
from storage.stories import Applause, Draft, Story, StoryHelper
from storage.tips import TipShown

Erase = Callable[[Session, Services, Me], None]
LISTS_OF_PEOPLE = (Choice.MANAGERS,)  # settings that hold Slack ids


def _stays(_tx: Session, _services: Services, _me: Me) -> None:
    """What is left is a number that leads to nobody: counts stay right."""


def _leave_managers(tx: Session, services: Services, me: Me) -> None:
    """Out of the office's managers, also where the installation's first values name them, and out of the history."""
    managers = services.office(tx).managers
    if me.slack_id in managers:
        change_office(tx, Choice.MANAGERS, sorted(managers - {me.slack_id}), me.person_id, services.clock.now())
    personal.strike_from_history(tx, LISTS_OF_PEOPLE, me.slack_id)


def _make_nameless(tx: Session, services: Services, me: Me) -> None:
    remember_to_forget(tx, me.slack_id)
    personal.make_nameless(tx, me.person_id, services.clock.now())


def _blank_participant(tx: Session, services: Services, me: Me) -> None:
    personal.blank_participant(tx, me.person_id, services.clock.now())


@dataclass(frozen=True)
class Keeps:
    """A column that points at a person: under which name its rows are shown, and how they are erased.

    Without an `erase` of its own the rows are deleted. `shows` are the columns to show, where not all of them are the
    person's own business.
    """

    name: str
    table: personal.Table
    column: str = "person_id"
    erase: Erase | None = None
    shows: Sequence[str] = ()

    def see(self, tx: Session, person_id: int) -> list[dict[str, Any]]:
        rows = personal.rows_about(tx, self.table, self.column, person_id)
        return [{name: row[name] for name in self.shows or row} for row in rows]

    def forget(self, tx: Session, services: Services, me: Me) -> None:
        if self.erase is None:
            personal.delete_about(tx, self.table, self.column, me.person_id)
        else:
            self.erase(tx, services, me)


# In the order in which they are shown, and erased: who helped is nameless before the posts are written anew.
KEPT: tuple[Keeps, ...] = (
    Keeps("person", Person, "id", _make_nameless),
    Keeps("taking_part", Participant, erase=_blank_participant),
    Keeps("working_days", WorkingDays),
    Keeps("absences", Absence),
    Keeps("absences_entered", Absence, "entered_by", _stays, ("entered_at",)),
    Keeps("reminders", Reminder),
    Keeps("tips_shown", TipShown),
    Keeps("groups", GroupMember),
    Keeps("office_settings_changed", OfficeChange, "changed_by", _stays),
    Keeps("stories", Story, "teller_id", stories.forget_teller),
    Keeps("stories_helped_with", StoryHelper, erase=stories.forget_helper),
    Keeps("applause", Applause, erase=_stays),
    Keeps("drafts", Draft),
)


def see(tx: Session, person: Person) -> Mapping[str, Any]:
    """All that is kept about somebody, by what it is about; values that JSON knows, but for days and times."""
    person_id = person.id or 0
    kept: dict[str, Any] = {keeps.name: keeps.see(tx, person_id) for keeps in KEPT}
    return kept | {
        "groups": list(personal.groups_with(tx, person_id)),
        "messages_from_the_bot": personal.messages_to(tx, person.slack_id),
        "requests_of_the_last_day": list(personal.requests_of(tx, person.slack_id)),
    }


def erase(tx: Session, services: Services, me: Me) -> None:
    """Take away all that leads to somebody, from the record and from Slack; counts stay.

    One transaction, so that nothing is left half done; a person with 3,000 stories takes about half a second. The
    posts in Slack follow at the pace that Slack allows: the newest forty within a minute.
    """
    _leave_managers(tx, services, me)
    participants.forget_inviter(tx, services, me)
    for keeps in KEPT:
        keeps.forget(tx, services, me)
    services.outbox.erase_for(tx, me.slack_id)
    personal.forget_requests(tx, me.slack_id)
