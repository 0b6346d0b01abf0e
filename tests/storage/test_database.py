"""Transactions: whose rows they see, when they are saved, and who waits for whom; on both databases."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta, timezone
from threading import Barrier, Event

import pytest
from sqlalchemy import Executable, delete, exists, func, insert, union, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from storage import database as database_module
from storage.database import Database, InWorkspace, afterwards
from storage.handled import AlreadyHandledError, HandledRequest, forget_handled_before
from storage.outbox import Post
from storage.people import Person, enter_person
from storage.rows import Owned
from storage.stories import Applause, Draft, Story, StoryHelper
from storage.workspaces import Workspace
from tests.fakes import MONDAY
from tests.storage.records import applauded, drafted, enter, helped, one_of_each, somebody, told

TOGETHER = 16  # threads that write at once
PATIENCE = 20  # seconds before a test that waits for a thread gives up


@dataclass(frozen=True)
class Two:
    """A database with the same things in two workspaces; we look from the first."""

    database: Database
    here: InWorkspace
    there: InWorkspace
    mine: int
    theirs: int  # the story of the other workspace

    def texts(self, who: InWorkspace) -> list[str]:
        with self.database.reading(who) as tx:
            return sorted(tx.exec(select(Story.text)))

    def everything(self, workspace_id: int) -> dict[str, list[str]]:
        """All rows of a workspace, column by column; read without a scope."""
        with self.database.reading() as tx:
            return {
                table.__name__: sorted(
                    str(sorted(row.model_dump().items()))
                    for row in tx.exec(select(table).where(table.workspace_id == workspace_id))
                )
                for table in Owned.__subclasses__()
            }


@pytest.fixture
def two(database: Database, here: InWorkspace, there: InWorkspace) -> Two:
    stories = []
    for who, name in ((here, "here"), (there, "there")):
        teller = somebody(database, who, "U0SANNE", f"Sanne {name}")
        story = told(database, who, teller, f"told {name}")
        helped(database, who, story, "U0BRAM")
        applauded(database, who, story, somebody(database, who, "U0BRAM"))
        drafted(database, who, teller, f"draft {name}")
        one_of_each(database, who, teller)
        with database.writing(replace(who, request_key=f"key {name}")) as tx:
            tx.add(Post(workspace_id=who.workspace_id, key="story:1", target="C1", token=name, due_at=MONDAY))
        stories.append(story)
    return Two(database, here, there, *stories)


def test_every_table_with_a_workspace_is_under_its_scope(two: Two) -> None:
    """A new table that is no direct child of `Owned` would escape; and one without rows here would prove nothing."""
    with two.database.reading(two.here) as tx:
        for table in Owned.__subclasses__():
            found = tx.exec(select(table)).all()
            assert found, table
            assert {row.workspace_id for row in found} == {two.here.workspace_id}, table

    tables = {mapper.class_ for mapper in Story._sa_registry.mappers}
    assert {table for table in tables if "workspace_id" in table.model_fields} == set(Owned.__subclasses__())


StorySelect = Callable[[], Executable]
_other = aliased(Story)
_author = aliased(Person)

SELECTS: dict[str, StorySelect] = {
    "rows": lambda: select(Story.text),
    "alias": lambda: select(_other.text),
    "join": lambda: select(Story.text).join(Person, col(Person.id) == Story.teller_id),
    "join of aliases": lambda: select(_other.text).join(_author, col(_author.id) == _other.teller_id),
    "outer join": lambda: select(Story.text).select_from(Person).outerjoin(Story, col(Story.teller_id) == Person.id),
    "without a join condition": lambda: select(Story.text).where(col(Person.slack_id) == "U0SANNE"),
    "subquery in where": lambda: select(Person.name).where(col(Person.id).in_(select(Story.teller_id))),
    "alias in where": lambda: select(Person.name).where(col(Person.id).in_(select(_other.teller_id))),
    "scalar subquery": lambda: select(select(func.max(Story.text)).scalar_subquery()),
    "derived table": lambda: select(select(Story.text).subquery().c.text),
    "common table expression": lambda: select(select(Story.text).cte().c.text),
    "common table expression of an alias": lambda: select(select(_other.text).cte().c.text),
    "exists": lambda: select(Person.name).where(exists(select(Story.id).where(Story.teller_id == Person.id))),
    "union": lambda: union(select(Story.text), select(_other.text)),
    "aggregate": lambda: select(func.max(Story.text)),
    "group": lambda: select(func.max(Story.text)).group_by(col(Story.workspace_id)),
}


@pytest.mark.filterwarnings("ignore:SELECT statement has a cartesian product")
@pytest.mark.parametrize("form", SELECTS)
def test_a_select_finds_own_rows_alone(two: Two, form: str) -> None:
    with two.database.reading(two.here) as tx:
        found = [str(value) for value in tx.execute(SELECTS[form]()).scalars() if value is not None]

    assert found
    assert all(text.endswith(" here") for text in found)


def test_counting_counts_own_rows_alone(two: Two) -> None:
    with two.database.reading(two.here) as tx:
        assert tx.exec(select(func.count()).select_from(Story)).one() == 1
        assert tx.exec(select(func.count(col(Applause.story_id)))).one() == 1


def test_a_row_of_another_workspace_cannot_be_had_by_its_id(two: Two) -> None:
    with two.database.reading(two.here) as tx:
        assert tx.get(Story, two.theirs) is None
        assert tx.get(Story, two.mine) is not None


UPDATES: dict[str, Callable[[Two], Executable]] = {
    "all rows": lambda two: update(Story).values(text="changed"),
    "by id": lambda two: update(Story).where(col(Story.id).in_([two.mine, two.theirs])).values(text="changed"),
    "by subquery": lambda two: update(Story).where(col(Story.teller_id).in_(select(Person.id))).values(text="changed"),
    "from another workspace's row": lambda two: (
        update(Story).where(exists(select(Draft.id).where(Draft.text == "draft here"))).values(text="changed")
    ),
}


@pytest.mark.parametrize("form", UPDATES)
def test_an_update_changes_own_rows_alone(two: Two, form: str) -> None:
    before = two.everything(two.there.workspace_id)
    with two.database.writing(two.here) as tx:
        tx.execute(UPDATES[form](two))

    assert two.texts(two.here) == ["changed"]
    assert two.everything(two.there.workspace_id) == before


def test_an_update_cannot_be_fed_from_another_workspace(two: Two) -> None:
    newest = select(func.max(_other.text)).scalar_subquery()
    with two.database.writing(two.here) as tx:
        tx.execute(update(Story).values(text=newest).execution_options(synchronize_session=False))

    assert two.texts(two.here) == ["told here"]


@pytest.mark.parametrize("table", [Applause, StoryHelper, Draft, Post, HandledRequest, Story, Person])
def test_a_delete_takes_own_rows_alone(two: Two, table: type[Owned]) -> None:
    before = two.everything(two.there.workspace_id)
    with two.database.writing(two.here) as tx:
        tx.execute(delete(table))

    assert two.everything(two.there.workspace_id) == before
    assert two.everything(two.here.workspace_id)[table.__name__] == []


def test_a_delete_by_subquery_takes_own_rows_alone(two: Two) -> None:
    before = two.everything(two.there.workspace_id)
    with two.database.writing(two.here) as tx:
        tx.execute(delete(Applause).where(col(Applause.story_id).in_(select(_other.id))))

    assert two.everything(two.there.workspace_id) == before
    assert two.everything(two.here.workspace_id)["Applause"] == []


def test_a_changed_object_and_a_removed_one_are_the_own_ones(two: Two) -> None:
    before = two.everything(two.there.workspace_id)
    with two.database.writing(two.here) as tx:
        tx.exec(select(Story)).one().text = "changed"
        tx.delete(tx.exec(select(Draft)).one())

    assert (two.texts(two.here), two.everything(two.here.workspace_id)["Draft"]) == (["changed"], [])
    assert two.everything(two.there.workspace_id) == before


def test_without_a_scope_every_workspace_is_seen(two: Two) -> None:
    with two.database.reading() as tx:
        assert sorted(tx.exec(select(Story.text))) == ["told here", "told there"]


def test_one_scope_does_not_linger_in_the_next_transaction(two: Two) -> None:
    assert two.texts(two.here) == ["told here"]
    assert two.texts(two.there) == ["told there"]
    assert two.texts(two.here) == ["told here"]


def test_workspaces_used_at_the_same_time_keep_apart(two: Two) -> None:
    scopes = [two.here, two.there] * 20
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(two.texts, scopes)) == [["told here"], ["told there"]] * 20


def names(database: Database) -> list[str]:
    with database.reading() as tx:
        return list(tx.exec(select(Person.name).order_by(col(Person.id))))


def test_an_act_that_raises_leaves_nothing_behind(database: Database, here: InWorkspace) -> None:
    calls: list[str] = []
    with suppress(ZeroDivisionError), database.writing(replace(here, request_key="click:1")) as tx:
        enter_person(tx, "U0SANNE", "Sanne")
        afterwards(tx, lambda: calls.append("posted"))
        raise ZeroDivisionError

    assert names(database) == []
    assert calls == []
    with database.writing(replace(here, request_key="click:1")) as tx:  # it was not handled: it may come again
        enter_person(tx, "U0SANNE", "Sanne")
    assert names(database) == ["Sanne"]


def test_a_refused_row_undoes_the_whole_act(database: Database, here: InWorkspace) -> None:
    def act() -> None:
        with database.writing(here) as tx:
            enter_person(tx, "U0SANNE", "Sanne")
            tx.add(Person(workspace_id=here.workspace_id, slack_id="U0SANNE"))

    with pytest.raises(IntegrityError):
        act()

    assert names(database) == []


def test_reading_saves_nothing(database: Database, here: InWorkspace) -> None:
    with database.reading(here) as tx:
        tx.add(Person(workspace_id=here.workspace_id, slack_id="U0SANNE"))
        tx.flush()

    assert names(database) == []


def test_what_was_loaded_can_be_used_after_the_transaction(database: Database, here: InWorkspace) -> None:
    with database.writing(here) as tx:
        person = enter_person(tx, "U0SANNE", "Sanne")

    assert (person.name, person.slack_id) == ("Sanne", "U0SANNE")


def test_a_request_that_comes_twice_is_handled_once(database: Database, here: InWorkspace) -> None:
    request = replace(here, request_key="view:V1")
    with database.writing(request) as tx:
        enter_person(tx, "U0SANNE", "Sanne")

    with pytest.raises(AlreadyHandledError), database.writing(request) as tx:
        enter_person(tx, "U0BRAM", "Bram")

    assert names(database) == ["Sanne"]


def test_two_workspaces_may_use_the_same_key(database: Database, here: InWorkspace, there: InWorkspace) -> None:
    for who in (here, there):
        with database.writing(replace(who, request_key="view:V1")) as tx:
            enter_person(tx, "U0SANNE", "Sanne")

    assert names(database) == ["Sanne", "Sanne"]


def test_a_request_delivered_sixteen_times_at_once_is_handled_once(database: Database, here: InWorkspace) -> None:
    sanne = somebody(database, here, "U0SANNE")
    request = replace(here, person_id=sanne, request_key="view:V1")
    start = Barrier(TOGETHER)

    def deliver(number: int) -> bool:
        start.wait(PATIENCE)
        try:
            with database.writing(request) as tx:
                enter_person(tx, f"U{number}")
        except AlreadyHandledError:
            return False
        return True

    with ThreadPoolExecutor(TOGETHER) as threads:
        assert sum(threads.map(deliver, range(TOGETHER))) == 1
    assert len(names(database)) == 2


def test_an_act_in_a_workspace_that_is_gone_is_not_taken_for_one_that_was_handled(database: Database) -> None:
    with pytest.raises(IntegrityError), database.writing(InWorkspace(4711, request_key="view:V1")):
        pass


def test_handled_requests_are_forgotten_by_their_age(database: Database, here: InWorkspace, there: InWorkspace) -> None:
    with database.writing() as tx:
        for who, key, at in ((here, "old", MONDAY), (there, "old", MONDAY), (here, "new", MONDAY.replace(hour=12))):
            tx.execute(insert(HandledRequest).values(workspace_id=who.workspace_id, key=key, handled_at=at))
        forget_handled_before(tx, MONDAY.replace(hour=11))

    with database.reading() as tx:
        assert tx.exec(select(HandledRequest.key)).all() == ["new"]


def test_what_comes_afterwards_comes_when_others_can_read_what_was_saved(database: Database, here: InWorkspace) -> None:
    seen: list[list[str]] = []

    def look() -> None:
        seen.append(names(database))

    with database.writing(here) as tx:
        enter_person(tx, "U0SANNE", "Sanne")
        afterwards(tx, look)
        afterwards(tx, look)
        assert seen == []

    assert seen == [["Sanne"]]


def test_what_comes_afterwards_may_write(database: Database, here: InWorkspace) -> None:
    """The sender is woken there: it must not find the door shut."""

    def write_more() -> None:
        somebody(database, here, "U0BRAM", "Bram")

    with database.writing(here) as tx:
        afterwards(tx, write_more)
        enter_person(tx, "U0SANNE", "Sanne")

    assert names(database) == ["Sanne", "Bram"]


def test_the_acts_of_one_person_come_one_after_the_other(database: Database, here: InWorkspace) -> None:
    """Each act reads a number and writes the next one; two at the same time would write the same."""
    sanne = somebody(database, here, "U0SANNE")
    story = told(database, here, sanne, minutes=0)
    start = Barrier(TOGETHER)

    def add_a_minute(_number: int) -> None:
        start.wait(PATIENCE)
        with database.writing(replace(here, person_id=sanne)) as tx:
            found = tx.exec(select(Story).where(Story.id == story)).one()
            found.minutes = (found.minutes or 0) + 1

    with ThreadPoolExecutor(TOGETHER) as threads:
        list(threads.map(add_a_minute, range(TOGETHER)))

    with database.reading(here) as tx:
        assert tx.exec(select(Story.minutes)).one() == TOGETHER


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)  # SQLite has one writer
def test_one_person_does_not_wait_for_another(database: Database, here: InWorkspace) -> None:
    people = [somebody(database, here, slack_id) for slack_id in ("U0SANNE", "U0BRAM")]
    meeting = Barrier(2)

    def act(person_id: int) -> None:
        with database.writing(replace(here, person_id=person_id)):
            meeting.wait(PATIENCE)  # both are inside: it would break if one had to leave first

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(act, people))


def test_sixteen_threads_writing_at_once_all_get_their_turn(
    database: Database, here: InWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_module, "WAIT_FOR_TURN", PATIENCE)  # however slow the disk
    start = Barrier(TOGETHER)
    each = 5

    def write(number: int) -> None:
        start.wait(PATIENCE)
        for turn in range(each):
            somebody(database, here, f"U{number}-{turn}", f"{number}-{turn}")

    with ThreadPoolExecutor(TOGETHER) as threads:
        list(threads.map(write, range(TOGETHER)))

    assert sorted(names(database)) == sorted(f"{n}-{t}" for n in range(TOGETHER) for t in range(each))


def test_who_reads_does_not_wait_for_who_writes(database: Database, here: InWorkspace) -> None:
    written, looked = Event(), Event()

    def write() -> None:
        with database.writing(here) as tx:
            enter_person(tx, "U0SANNE", "Sanne")
            written.set()
            assert looked.wait(PATIENCE)

    with ThreadPoolExecutor(1) as thread:
        writing = thread.submit(write)
        assert written.wait(PATIENCE)
        assert names(database) == []
        looked.set()
        writing.result(PATIENCE)
    assert names(database) == ["Sanne"]


def test_a_workspace_that_goes_takes_its_own_rows_with_it_and_nothing_else(
    database: Database, here: InWorkspace
) -> None:
    other = enter(database, "T0EIK")
    for who in (here, other):
        story = told(database, who, somebody(database, who, "U0SANNE", f"Sanne {who.workspace_id}"))
        applauded(database, who, story, somebody(database, who, "U0BRAM"))

    with database.writing() as tx:
        tx.delete(tx.exec(select(Workspace).where(Workspace.id == here.workspace_id)).one())

    with database.reading() as tx:
        for table in Owned.__subclasses__():
            assert {row.workspace_id for row in tx.exec(select(table))} <= {other.workspace_id}


@pytest.mark.parametrize(("pragma", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)])
def test_sqlite_survives_a_power_cut_and_keeps_its_references(sqlite: Database, pragma: str, value: object) -> None:
    for kind in (sqlite.reading, sqlite.writing):
        with kind() as tx:
            assert tx.connection().exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


def test_every_connection_to_sqlite_is_prepared(sqlite: Database) -> None:
    with ThreadPoolExecutor(4) as threads:
        meeting = Barrier(4)

        def look(_number: int) -> tuple[object, ...]:
            with sqlite.reading() as tx:
                meeting.wait(PATIENCE)  # four at once, so four connections
                return tuple(
                    tx.connection().exec_driver_sql(f"PRAGMA {pragma}").scalar()
                    for pragma in ("journal_mode", "synchronous", "foreign_keys")
                )

        assert set(threads.map(look, range(4))) == {("wal", 2, 1)}


def test_a_connection_that_was_cut_while_it_rested_is_replaced(
    migrated_postgresql: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = Database(migrated_postgresql.address, threads=1)
    with own.reading() as tx:
        server = tx.connection().exec_driver_sql("SELECT pg_backend_pid()").scalar()
    with migrated_postgresql.writing() as tx:
        tx.connection().exec_driver_sql(f"SELECT pg_terminate_backend({server})")

    monkeypatch.setattr(database_module, "RESTED", -1)
    with own.reading() as tx:
        assert tx.connection().exec_driver_sql("SELECT 1").scalar() == 1
    own.close()


@pytest.fixture
def twice(sqlite: Database) -> Iterator[tuple[Database, Database]]:
    """Two processes would have one `Database` each, on the same file."""
    other = Database(sqlite.address)
    yield sqlite, other
    other.close()


def test_two_processes_take_turns_on_one_sqlite_file(twice: tuple[Database, Database]) -> None:
    where = enter(twice[0], "T0LINDE")
    sanne = somebody(twice[0], where, "U0SANNE")
    story = told(twice[0], where, sanne, minutes=0)

    def add_a_minute(number: int) -> None:
        with twice[number % 2].writing(where) as tx:
            found = tx.exec(select(Story).where(Story.id == story)).one()
            found.minutes = (found.minutes or 0) + 1

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(add_a_minute, range(20)))

    with twice[0].reading(where) as tx:
        assert tx.exec(select(Story.minutes)).one() == 20


def test_an_instant_needs_its_zone_and_comes_back_in_utc(database: Database, here: InWorkspace) -> None:
    in_amsterdam = MONDAY.astimezone(timezone(timedelta(hours=1)))
    sanne = somebody(database, here, "U0SANNE")
    told(database, here, sanne, told_at=in_amsterdam)

    with database.reading(here) as tx:
        [at] = tx.exec(select(Story.told_at)).all()
    assert (at, at.utcoffset()) == (MONDAY, timedelta(0))
    with pytest.raises(Exception, match="an instant needs its zone"):
        told(database, here, sanne, told_at=MONDAY.replace(tzinfo=None))
