"""Bringing a database up to the tables of the code, also by several at once; on both databases."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import MetaData, Table, UniqueConstraint, inspect, text
from sqlmodel import SQLModel

from storage.database import Database
from storage.migrate import DatabaseNewerError, pending, upgrade
from tests.fakes import MONDAY
from tests.storage.records import enter, somebody, told

TABLES = {
    *("workspace", "person", "story", "story_helper", "applause", "draft", "outbox", "handled_request"),
    *("participant", "working_days", "absence", "reminder", "tip_shown", "office_change", "people_group"),
    *("group_member", "forgotten"),
    *("compliment", "compliment_about", "compliment_applause", "idea", "idea_vote", "idea_follower", "idea_answer"),
    *("celebration", "celebration_hidden", "celebration_report", "own_dates"),
    *("public_link", "customer_note", "page_visit"),
    *("spending", "ledger_entry", "person_cap", "closed_month", "cupboard", "gift", "gift_move"),
    *("permission", "story_permission", "to_not", "to_not_vote", "to_not_kept", "thanks"),
}
UPGRADE = """
import sys
from storage.database import Database
from storage.migrate import upgrade
database = Database(sys.argv[1], threads=2)
print("ready", flush=True)
sys.stdin.readline()
print(upgrade(database), flush=True)
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Of a database in which there is nothing yet."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.db'}"
    return str(request.getfixturevalue("empty_postgresql"))


@pytest.fixture
def empty(address: str) -> Iterator[Database]:
    database = Database(address, threads=4)
    yield database
    database.close()


def tables(database: Database) -> set[str]:
    return set(inspect(database.engine).get_table_names()) - {"alembic_version"}


def pretend_revision(database: Database, revision: str) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})


def test_an_empty_database_gets_all_tables(empty: Database) -> None:
    assert tables(empty) == set()
    assert pending(empty)

    assert upgrade(empty)

    assert tables(empty) == TABLES == set(SQLModel.metadata.tables)
    assert not pending(empty)


def test_the_migrations_make_what_the_code_says(empty: Database) -> None:
    upgrade(empty)

    with empty.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_every_constraint_has_the_name_by_which_a_migration_can_change_it(empty: Database) -> None:
    upgrade(empty)

    found = inspect(empty.engine)
    for name, table in SQLModel.metadata.tables.items():
        assert {key["name"] for key in found.get_foreign_keys(name)} == {
            str(key.name) for key in table.foreign_key_constraints
        }
        assert {key["name"] for key in found.get_unique_constraints(name)} == {
            str(key.name) for key in table.constraints if isinstance(key, UniqueConstraint)
        }


def test_upgrading_again_does_nothing_and_keeps_what_is_there(empty: Database) -> None:
    upgrade(empty)
    where = enter(empty, "T0LINDE")
    told(empty, where, somebody(empty, where, "U0SANNE"))

    assert not upgrade(empty)

    with empty.engine.connect() as connection:
        assert connection.execute(text("SELECT text FROM story")).scalars().all() == ["Paraplu uitgeleend"]


def test_a_database_of_a_newer_version_is_left_alone(empty: Database) -> None:
    upgrade(empty)
    pretend_revision(empty, "9999")

    with pytest.raises(DatabaseNewerError, match="9999"):
        upgrade(empty)
    with pytest.raises(DatabaseNewerError, match="9999"):
        pending(empty)

    assert tables(empty) == TABLES


def test_downgrading_takes_every_table_away_and_upgrading_brings_them_back(empty: Database) -> None:
    upgrade(empty)
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    with empty.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    assert tables(empty) == set()

    assert upgrade(empty)

    assert tables(empty) == TABLES


def test_what_was_on_the_wall_already_came_there_when_it_was_entered(empty: Database) -> None:
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    with empty.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0007")
        table = Table("compliment", MetaData(), autoload_with=connection)
        workspace = Table("workspace", MetaData(), autoload_with=connection)
        connection.execute(workspace.insert().values(id=1, team_id="T0LINDE", created_at=MONDAY))
        for number, is_placed in enumerate((True, False), 1):
            row = dict.fromkeys(("text", "customer", "contact", "answer", "folded", "for_whom"), "")
            more = {"consent": "anonymous", "came_in": "talk", "day": MONDAY.date(), "entered_at": MONDAY}
            own = {"id": number, "workspace_id": 1, "is_placed": is_placed}
            connection.execute(table.insert().values(row | more | own))
        command.upgrade(config, "head")
        same = connection.execute(text("SELECT placed_at = entered_at FROM compliment ORDER BY id")).scalars().all()

    assert same == [True, None]


def test_a_migration_that_fails_leaves_nothing_half_done(empty: Database) -> None:
    """The last table of the first migration stands in the way."""
    with empty.engine.begin() as connection:
        connection.execute(text("CREATE TABLE story_helper (id INTEGER)"))

    with pytest.raises(Exception, match="story_helper"):
        upgrade(empty)

    assert tables(empty) == {"story_helper"}
    assert pending(empty)


@pytest.mark.parametrize("processes", [2])
def test_processes_that_start_at_the_same_moment_do_not_collide(address: str, processes: int) -> None:
    replicas = [
        subprocess.Popen(
            [sys.executable, "-c", UPGRADE, address],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for _ in range(processes)
    ]  # fmt: skip
    for replica in replicas:
        assert replica.stdout is not None
        assert replica.stdout.readline() == "ready\n"
    answers = []
    for replica in replicas:
        assert replica.stdin is not None
        replica.stdin.write("go\n")
        replica.stdin.flush()
    for replica in replicas:
        out, errors = replica.communicate(timeout=60)
        assert (errors, replica.returncode) == ("", 0)
        answers.append(out.strip())

    assert sorted(answers) == ["False"] * (processes - 1) + ["True"]
    database = Database(address, threads=2)
    assert tables(database) == TABLES
    database.close()
