"""Bringing a database up to the tables that this code knows."""

from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from storage.database import Database, begin_sqlite, make_engine

PATIENCE = 60  # seconds to wait for another process that is migrating
LOCK = 7_301_309  # any number that no other program uses on the same PostgreSQL


class DatabaseNewerError(Exception):
    """The database was written by a newer version of the program."""


def upgrade(database: Database) -> bool:
    """Bring the tables up to date; true if there was something to do.

    Of several processes that start together one does it and the others wait for it.
    Raises DatabaseNewerError when the database is ahead of this code.
    """
    engine = make_engine(database.address, threads=1, patience=PATIENCE)
    with _alone(engine) as connection:
        found, newest = _revisions(connection)
        if found == newest:
            return False
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        return True


def pending(database: Database) -> bool:
    """Whether the tables are older than this code. Raises DatabaseNewerError when they are newer."""
    with database.engine.connect() as connection:
        found, newest = _revisions(connection)
        return found != newest


def draft(message: str, number: str) -> None:
    """Write a migration from what the tables are to what the code says: for `make migration`, to be read through."""
    with TemporaryDirectory() as folder, _alone(make_engine(f"sqlite:///{folder}/draft.db", threads=1)) as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        command.revision(config, message, autogenerate=True, rev_id=number)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    return config


def _revisions(connection: Connection) -> tuple[str | None, str | None]:
    script = ScriptDirectory.from_config(_config())
    found = MigrationContext.configure(connection).get_current_revision()
    if found is not None and found not in {revision.revision for revision in script.walk_revisions()}:
        raise DatabaseNewerError(found)
    return found, script.get_current_head()


@contextmanager
def _alone(engine: Engine) -> Iterator[Connection]:
    """One transaction that no other process shares: SQLite's own writer lock, or PostgreSQL's advisory one."""
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            begin_sqlite(connection)
        else:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        yield connection
    engine.dispose()
