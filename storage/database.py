"""The engine, and the two kinds of transaction in which everything is read and written."""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, TableClause, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DisconnectionError, OperationalError, SQLAlchemyError, TimeoutError
from sqlalchemy.orm import ORMExecuteState, with_loader_criteria
from sqlalchemy.sql.base import ExecutableOption
from sqlalchemy.sql.visitors import iterate
from sqlmodel import Session, select

from storage.handled import LOCK_PERSON, mark_handled
from storage.rows import Owned, run

WAIT_FOR_LOCK = 2  # seconds that SQLite waits for another process: Slack's patience ends at three
WAL_TRIES = 100  # times 20 ms
RESTED = 1  # seconds without use, after which a connection to PostgreSQL may have been cut
WAIT_FOR_TURN = 2  # seconds that one waits for others in this process …
AFTER_TURN = 0.5  # … and after that for another process: whoever was first in line has waited long enough for it


class Scope(Protocol):
    """For whom a transaction is opened: it sees one workspace, and handles a request at most once."""

    @property
    def workspace_id(self) -> int: ...
    @property
    def person_id(self) -> int | None: ...
    @property
    def request_key(self) -> str | None: ...


@dataclass(frozen=True)
class InWorkspace:
    """The scope of what nobody in particular does in a workspace: a job, an export."""

    workspace_id: int
    person_id: int | None = None
    request_key: str | None = None


class Database:
    """One database at an address of SQLAlchemy's form, for at most `threads` transactions at a time."""

    def __init__(self, url: str, threads: int = 40) -> None:
        self.address = url
        self.engine = make_engine(url, threads)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self.file = self.engine.url.database or "" if self.is_sqlite else ""  # of SQLite alone
        self._reader = self.engine.execution_options(kind="reading")
        self._writer = self.engine.execution_options(kind="writing", patience=WAIT_FOR_LOCK)
        at_once = {} if self.is_sqlite else {"isolation_level": "AUTOCOMMIT"}
        self._asker = self.engine.execution_options(kind="reading", **at_once)
        self._hurried = self.engine.execution_options(kind="writing", patience=AFTER_TURN)
        # SQLite has one writer. Waiting for it here, in order, costs far less than its own retries.
        self._turn = threading.Lock()

    @contextmanager
    def reading(self, who: Scope | None = None) -> Iterator[Session]:
        """A transaction that changes nothing, on the rows of `who`'s workspace, or of all when there is no `who`."""
        with self._reader.connect() as connection:
            if self.is_sqlite:
                begin_sqlite(connection)
            with _session(connection, who, autoflush=False) as tx:
                yield tx

    @contextmanager
    def asking(self) -> Iterator[Session]:
        """For a question or two to the rows of all workspaces: beginning and ending a transaction takes longer."""
        with self._asker.connect() as connection, _session(connection, None, autoflush=False) as tx:
            yield tx

    @contextmanager
    def writing(self, who: Scope | None = None, *, patient: bool = False) -> Iterator[Session]:
        """A transaction that is saved when the block ends and undone when it raises.

        Acts of the same person come one after the other. Raises AlreadyHandledError when `who` carries
        the key of a request that was handled before, and an SQLAlchemyError when the database stays busy for
        longer than somebody in Slack can wait. Who is `patient` waits for others in this process however long it takes.
        """
        with self._in_turn(patient) as writer, writer.begin() as connection, _session(connection, who) as tx:
            if self.is_sqlite:
                begin_sqlite(connection)
            if who is not None:
                self._begin_act(tx, who)
            yield tx
            tx.flush()
        for call in tx.info.get("afterwards", ()):
            call()

    @contextmanager
    def _in_turn(self, patient: bool) -> Iterator[Engine]:
        if not self.is_sqlite:
            yield self._writer
            return
        at_once = self._turn.acquire(blocking=False)
        if not at_once and not self._turn.acquire(timeout=-1 if patient else WAIT_FOR_TURN):
            raise TimeoutError("SQLite is busy: too many writers, or another process holds it")
        try:
            yield self._writer if at_once or patient else self._hurried
        finally:
            self._turn.release()

    def _begin_act(self, tx: Session, who: Scope) -> None:
        person_id = None if self.is_sqlite else who.person_id  # SQLite has one writer, who is alone anyway
        if who.request_key is not None:
            mark_handled(tx, who.workspace_id, who.request_key, lock_person=person_id)
        elif person_id is not None:
            run(tx, LOCK_PERSON, person=person_id)

    @property
    def is_new(self) -> bool:
        """Whether it is a file that isn't there yet: the first transaction would make it."""
        return self.file not in ("", ":memory:") and not Path(self.file).exists()

    def answers(self) -> bool:
        """Whether the database can be reached."""
        try:
            with self.engine.connect() as connection:
                connection.execute(select(1))
        except SQLAlchemyError:
            return False
        return True

    def close(self) -> None:
        self.engine.dispose()


def _session(connection: Connection, who: Scope | None, **options: Any) -> Session:
    """A session within the transaction of `connection`: its own would cost as much again as two statements."""
    tx = Session(connection, expire_on_commit=False, **options)
    tx.info["connection"] = connection
    if who is not None:
        tx.info["workspace_id"] = who.workspace_id
    return tx


def afterwards(tx: Session, call: Callable[[], None]) -> None:
    """Do this once, as soon as the transaction is saved; not at all when it is undone."""
    calls = tx.info.setdefault("afterwards", [])
    if call not in calls:
        calls.append(call)


@event.listens_for(Session, "do_orm_execute")
def _only_own_rows(state: ORMExecuteState) -> None:
    """Every select, update and delete of an owned table gets the workspace's condition."""
    workspace_id = state.session.info.get("workspace_id")
    if workspace_id is not None and not state.is_column_load and not state.is_relationship_load:
        state.statement = state.statement.options(*_own_rows_of(workspace_id, _owned_in(state.statement)))


def _owned_in(statement: Any) -> tuple[type[Owned], ...]:
    """The owned tables in a statement, however deep: a condition for each table there is takes longer than asking."""
    found = {part.name for part in iterate(statement) if isinstance(part, TableClause)}
    return tuple(table for table in Owned.__subclasses__() if table.__tablename__ in found)


@lru_cache(maxsize=1024)
def _own_rows_of(workspace_id: int, tables: tuple[type[Owned], ...]) -> tuple[ExecutableOption, ...]:
    """The condition for each owned table; made once a workspace, for making it costs more than applying it.

    A function and not an expression: of an alias in a join, SQLAlchemy puts only the former's on the alias.
    """
    return tuple(
        with_loader_criteria(table, lambda rows: rows.workspace_id == workspace_id, include_aliases=True)
        for table in tables
    )


def make_engine(url: str, threads: int, patience: float = WAIT_FOR_LOCK) -> Engine:
    """An engine for so many threads. What people wrote is in no error's text, for errors go to the log."""
    # The last connection first: it knows the statements, and its pages are in memory.
    options: dict[str, Any] = {"pool_size": threads, "pool_use_lifo": True, "hide_parameters": True}
    if make_url(url).get_backend_name() != "sqlite":
        engine = create_engine(url, **options, max_overflow=4)
        event.listen(engine, "checkin", _note_use)
        event.listen(engine, "checkout", _must_be_alive)
        return engine
    # `pool_size` as large as there are threads: a thread that waits for a connection holds up its ack.
    engine = create_engine(url, **options, connect_args={"timeout": patience, "check_same_thread": False})
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _note_use(_connection: Any, record: Any) -> None:
    record.info["used"] = time.monotonic()


def _must_be_alive(connection: Any, record: Any, _fairy: Any) -> None:
    """Ask a connection that rested whether it still is one; the pool then gives another. Each time would cost a tenth.

    A server that starts anew takes longer than this rest.
    """
    if time.monotonic() - record.info.get("used", time.monotonic()) > RESTED:
        from psycopg import Error as PsycopgError  # who runs on SQLite doesn't load it

        try:
            connection.execute("")
            connection.rollback()
        except PsycopgError as error:
            raise DisconnectionError from error


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself; `begin_sqlite` does
    _write_ahead(connection)
    for pragma in ("synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _write_ahead(connection: Any) -> None:
    """Switch a new file to the write-ahead log. SQLite doesn't wait here for another process that does the same."""
    for pause in (*[0.02] * WAL_TRIES, None):
        try:
            if connection.execute("PRAGMA journal_mode=WAL").fetchone()[0] in ("wal", "memory"):
                return
        except sqlite3.OperationalError:
            if pause is None:
                raise
        threading.Event().wait(pause or 0)


def begin_sqlite(connection: Connection) -> None:
    """Begin a transaction on SQLite, as the options of the connection say.

    Not by SQLAlchemy's event of that name: an engine that has one looks for listeners at each statement.
    """
    options = connection.get_execution_options()
    patience = options.get("patience")
    if patience is not None and connection.info.get("patience") != patience:  # the pool gives it to one after the other
        connection.connection.execute(f"PRAGMA busy_timeout={patience * 1000:.0f}")
        connection.info["patience"] = patience
    begin = "BEGIN" if options.get("kind") == "reading" else "BEGIN IMMEDIATE"
    try:  # past the engine, which takes ten times as long; so its errors are named here
        connection.connection.execute(begin)
    except sqlite3.Error as error:
        raise OperationalError(begin, None, error) from error
