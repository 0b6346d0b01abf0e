"""Rows to test with, written the way the bot writes them."""

from datetime import date
from typing import Any

from storage.database import Database, InWorkspace
from storage.people import enter_person
from storage.stories import Applause, Draft, Story, add_story, replace_helpers
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
    story = Story(workspace_id=who.workspace_id, teller_id=teller_id, text=text, **values)
    with database.writing(who) as tx:
        add_story(tx, story)
    return story.id or 0


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
