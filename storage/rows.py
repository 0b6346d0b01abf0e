"""What every table shares: names of constraints, the workspace a row belongs to, instants in UTC."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    DateTime,
    Dialect,
    Executable,
    Integer,
    Select,
    String,
    Table,
    bindparam,
    cast,
    literal,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, Session, SQLModel

# Set before the first table exists: a constraint without a name can't be changed by a migration on SQLite.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Instant(TypeDecorator[datetime]):
    """An aware instant, kept in UTC; SQLite has no zones, so it is stored there without one and read back with it."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"an instant needs its zone: {value!r}")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def instant(**options: Any) -> Any:
    """A column that holds an instant; `options` are those of a column (`index`, `nullable`)."""
    return Field(sa_type=Instant, sa_column_kwargs=options)


class Owned(SQLModel):
    """A row of one workspace. A session that was opened for a workspace sees no other's rows."""

    workspace_id: int = Field(foreign_key="workspace.id", ondelete="CASCADE")


def insert_new(tx: Session, table: type[SQLModel], **values: Any) -> bool:
    """Insert a row, unless one with the same unique key is there: another request may have been first.

    Answers whether the row is new.
    """
    insert = sqlite.insert if tx.get_bind().dialect.name == "sqlite" else postgresql.insert
    is_new = insert(table).values(**values).on_conflict_do_nothing().returning(literal(1))
    return tx.execute(is_new).first() is not None


def table_of(row: type[SQLModel]) -> Table:
    """The table behind a row class, for statements that are built once."""
    table: Table = row.__table__  # type: ignore[attr-defined]
    return table


def run(tx: Session, statement: Executable, **values: Any) -> CursorResult[Any]:
    """Run a statement of the hot path, which was built once and names its values.

    Building a statement and asking the ORM costs five to ten times what running it does (`make bench`). It goes past
    the session, so it must name its workspace itself.
    """
    result: CursorResult[Any] = tx.info["connection"].execute(statement, values)
    return result


class _listed(GenericFunction[Any]):  # noqa: N801 - the name of a function in SQL
    """The values of a JSON list, as rows."""

    name = "listed"
    inherit_cache = True


@compiles(_listed, "sqlite")
def _listed_by_sqlite(element: Any, compiler: Any, **options: Any) -> str:
    return f"json_each({compiler.process(element.clauses, **options)})"


@compiles(_listed, "postgresql")
def _listed_by_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    return f"json_array_elements_text(CAST({compiler.process(element.clauses, **options)} AS JSON))"


def listed(name: str) -> Select[Any]:
    """The numbers that a statement gets under this name (see `as_list`), to be in one of them.

    They are one parameter, however many there are: hundreds of parameters take longer than what is asked.
    """
    values = _listed(bindparam(name, type_=String)).table_valued("value")
    return select(cast(values.c.value, Integer))


def as_list(numbers: Iterable[int]) -> str:
    """Numbers as `listed` takes them."""
    return json.dumps(list(numbers))


def run_for_each(tx: Session, statement: Executable, rows: Sequence[Mapping[str, Any]]) -> None:
    """Run a statement that was built once with the values of each row; see `run`."""
    if rows:
        tx.info["connection"].execute(statement, rows)


def naming(key: Any, slack_id: str) -> ColumnElement[bool]:
    """Whether a key such as `click:U0SANNE:1.2` has this id as one of its parts."""
    is_named: ColumnElement[bool] = (literal(":") + key + ":").contains(f":{slack_id}:", autoescape=True)
    return is_named


def workspace_of(tx: Session) -> int:
    """The workspace that this transaction was opened for; a KeyError when it was opened for all."""
    return int(tx.info["workspace_id"])
