"""How the bot comes to know workspaces, and keeps to one; on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlmodel import select

from storage.database import Database, InWorkspace
from storage.people import Person, enter_person
from storage.rows import workspace_of
from storage.workspaces import Workspace, enter_workspace, every_workspace, workspace_of_team
from tests.fakes import MONDAY
from tests.storage.records import enter, somebody


def test_a_workspace_is_entered_once(database: Database) -> None:
    first = enter(database, "T0LINDE")
    with database.writing() as tx:
        again = enter_workspace(tx, "T0LINDE", MONDAY + timedelta(days=1))

    assert again.id == first.workspace_id
    assert again.created_at == MONDAY
    with database.reading() as tx:
        assert tx.exec(select(Workspace.team_id)).all() == ["T0LINDE"]


def test_a_workspace_entered_by_sixteen_at_once_is_one(database: Database) -> None:
    start = Barrier(16)

    def come_in(_number: int) -> InWorkspace:
        start.wait(20)
        return enter(database, "T0LINDE")

    with ThreadPoolExecutor(16) as threads:
        assert len(set(threads.map(come_in, range(16)))) == 1


def test_from_its_entry_on_the_transaction_keeps_to_the_workspace(database: Database, there: InWorkspace) -> None:
    somebody(database, there, "U0SANNE", "Susan")

    with database.writing() as tx:
        here = enter_workspace(tx, "T0LINDE", MONDAY)
        enter_person(tx, "U0SANNE", "Sanne")
        assert workspace_of(tx) == here.id
        assert tx.exec(select(Person.name)).all() == ["Sanne"]


def test_a_known_team_is_found_and_kept_to(database: Database, here: InWorkspace, there: InWorkspace) -> None:
    somebody(database, here, "U0SANNE", "Sanne")
    somebody(database, there, "U0SANNE", "Susan")

    with database.reading() as tx:
        found = workspace_of_team(tx, "T0EIK")
        assert found is not None
        assert found.id == there.workspace_id
        assert tx.exec(select(Person.name)).all() == ["Susan"]


def test_an_unknown_team_is_no_workspace(database: Database, here: InWorkspace) -> None:
    with database.reading() as tx:
        assert workspace_of_team(tx, "T0ONBEKEND") is None
        with pytest.raises(KeyError):
            workspace_of(tx)


def test_a_job_can_go_round_all_workspaces(database: Database, here: InWorkspace, there: InWorkspace) -> None:
    with database.reading() as tx:
        assert [workspace_id for workspace_id, _team in every_workspace(tx)] == sorted(
            [here.workspace_id, there.workspace_id]
        )
