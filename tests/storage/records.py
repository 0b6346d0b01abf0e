"""Rows to test with, written the way the bot writes them."""

from datetime import date, time
from typing import Any

from storage.absences import Absence
from storage.database import Database, InWorkspace
from storage.groups import GroupMember, PeopleGroup
from storage.office import OfficeChange
from storage.participants import Participant, WorkingDays
from storage.people import Forgotten, enter_person
from storage.reminders import Reminder
from storage.stories import Applause, Draft, add_story, replace_helpers
from storage.tips import TipShown
from storage.workspaces import enter_workspace
from tests.fakes import MONDAY

TODAY = date(2026, 11, 2)


def enter(database: Database, team_id: str) -> InWorkspace:
    """A workspace, to open transactions for."""
    with database.writing() as tx:
        return InWorkspace(enter_workspace(tx, team_id, MONDAY).id or 0)


def somebody(database: Database, who: InWorkspace, slack_id: str, name: str = "") -> int:
    with database.writing(who) as tx:
        return enter_person(tx, slack_id, name).id or 0


def told(database: Database, who: InWorkspace, teller_id: int, text: str = "Paraplu uitgeleend", **values: Any) -> int:
    """A story; `values` are its columns."""
    values = {"day": TODAY, "told_at": MONDAY, "posted_on": TODAY, **values}
    with database.writing(who) as tx:
        return int(add_story(tx, workspace_id=who.workspace_id, teller_id=teller_id, text=text, **values).id)


def applauded(database: Database, who: InWorkspace, story_id: int, person_id: int) -> None:
    with database.writing(who) as tx:
        tx.add(Applause(workspace_id=who.workspace_id, story_id=story_id, person_id=person_id, changed_at=MONDAY))


def helped(database: Database, who: InWorkspace, story_id: int, *slack_ids: str) -> None:
    with database.writing(who) as tx:
        replace_helpers(tx, story_id, [enter_person(tx, slack_id) for slack_id in slack_ids])


def drafted(database: Database, who: InWorkspace, person_id: int, text: str = "Een idee") -> int:
    with database.writing(who) as tx:
        draft = Draft(workspace_id=who.workspace_id, person_id=person_id, text=text, written_at=MONDAY)
        tx.add(draft)
        tx.flush()
        return draft.id or 0


def one_of_each(database: Database, who: InWorkspace, person_id: int) -> None:
    """A row in every table that a person's habit and an office's choices leave behind."""
    own: dict[str, Any] = {"workspace_id": who.workspace_id}
    with database.writing(who) as tx:
        tx.add(Participant(**own, person_id=person_id, joined_at=MONDAY, joined_on=TODAY, on_board=True,
                           remind_at=time(9), second_at=time(16), volume="light"))  # fmt: skip
        tx.add(WorkingDays(**own, person_id=person_id, from_day=TODAY, days="01234"))
        tx.add(Absence(**own, person_id=person_id, first_day=TODAY, last_day=TODAY, entered_at=MONDAY))
        tx.add(Reminder(**own, person_id=person_id, day=TODAY, reminded_at=MONDAY))
        tx.add(TipShown(**own, person_id=person_id, tip_id="tip", shown_on=TODAY))
        tx.add(OfficeChange(**own, name="language", value="en", changed_by=person_id, changed_at=MONDAY))
        tx.add(Forgotten(**own, mark="mark"))
        group = PeopleGroup(**own, name="Balie")
        tx.add(group)
        tx.flush()
        tx.add(GroupMember(**own, group_id=group.id or 0, person_id=person_id))
