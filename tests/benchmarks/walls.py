"""The walls outside Slack: their pages with few and with many compliments, and two hundred screens at once."""

import asyncio
import gc
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
from starlette.applications import Starlette

from bot.features.wall_screen.web import routes
from bot.kernel.links import new_token
from bot.wiring.server import WebServer
from storage.compliments import CameIn, Compliment, Consent
from storage.database import Database, InWorkspace
from storage.letters import plain_letters
from storage.links import LinkKind, PublicLink
from storage.workspaces import enter_workspace
from tests.benchmarks.tick import WEDNESDAY, databases, insert_all, markdown, parts, services_on, tidied

FEW, MANY = 100, 100_000  # compliments
ASKED = 60  # times each page
PAGES = {"the screen": "", "the list": "?list", "its search, for a word in many": "?list&q=winkel"}
RARE = {"its search, for a word in one": "?list&q=speld"}  # beside the target: each compliment is looked at
SCREENS, CHANGES = 200, 10
PATIENCE = 30  # seconds
Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]  # kept together: without its writer a connection is closed


def the_walls(folder: Path) -> list[str]:
    """All figures, as a part of the report."""
    times: list[list[str]] = []
    (folder / "walls").mkdir()
    with databases(folder / "walls") as kinds:
        for kind, new_database in kinds.items():
            few, many = time_of_pages(new_database, FEW), time_of_pages(new_database, MANY)
            times += [[f"{kind}: {page}", *ratio(few[page], many[page])] for page in few]
            print(f"The walls, {kind}: {times}", flush=True)
        seconds, before, after = screens_at_once(kinds["SQLite"]())
    return [
        "## The walls outside Slack",
        "",
        f"A page, median of {ASKED} requests one after the other, with so many compliments:",
        "",
        *markdown(["", f"{FEW}: ms", f"{MANY:,}: ms", "ratio"], times),
        "",
        f"{SCREENS} open screens on one process, {CHANGES} compliments after each other, from the commit until the "
        f"last screen had it: median {statistics.median(seconds):.2f} s, slowest {max(seconds):.2f} s. Memory after "
        f"the first {before / 1e6:.0f} MB, after the last {after / 1e6:.0f} MB (with the {SCREENS} readers).",
    ]


def ratio(few: float, many: float) -> list[str]:
    return [f"{few * 1000:.1f}", f"{many * 1000:.1f}", f"{many / few:.2f}"]


def time_of_pages(new_database: Callable[[], Database], count: int) -> dict[str, float]:
    """Seconds that each page takes, its median."""
    database = new_database()
    token, _ = fill(database, count)
    gc.collect()
    with served(database) as address, httpx.Client() as client:
        pages = PAGES | RARE
        return {page: median_of(client, f"{address}/wall/{token}{query}") for page, query in pages.items()}


def median_of(client: httpx.Client, address: str) -> float:
    took = []
    for _ in range(ASKED):
        began = time.perf_counter()
        assert client.get(address).status_code == 200
        took.append(time.perf_counter() - began)
    return statistics.median(took)


@contextmanager
def served(database: Database) -> Iterator[str]:
    server = WebServer("127.0.0.1", 0)
    server.start(Starlette(routes=routes(services_on(database, WEDNESDAY))))
    yield f"http://127.0.0.1:{server.port}"
    server.stop()
    database.close()


def fill(database: Database, count: int) -> tuple[str, InWorkspace]:
    """So many compliments over five years, one in ten without consent for the screen; answers a screen's token."""
    token = new_token()
    with database.writing() as tx:
        who = InWorkspace(enter_workspace(tx, "T0LINDE", WEDNESDAY).id or 0)
    link = {"workspace_id": who.workspace_id, "kind": LinkKind.SCREEN, "token": token, "name": "", "made_at": WEDNESDAY}
    insert_all(database, PublicLink, [link])
    for numbers in parts(range(count), 10_000):
        insert_all(database, Compliment, [compliment(who.workspace_id, number, count) for number in numbers])
    tidied(database)
    return token, who


def compliment(workspace: int, number: int, count: int) -> dict[str, Any]:
    word = "speld" if number == count // 2 else "winkel" if number % 3 else "kast"
    text = f"Nummer {number}: wat een fijne {word}, ik kom zeker terug en ik vertel het aan iedereen die het horen wil"
    return {
        "workspace_id": workspace, "text": text, "customer": f"Klant {number}", "came_in": CameIn.TALK,
        "consent": Consent.FULL_NAME if number % 10 else Consent.NOT_ON_SCREEN,
        "day": (WEDNESDAY - timedelta(days=(count - number) * 1800 // count)).date(), "is_placed": True,
        "folded": plain_letters(text), "entered_at": WEDNESDAY, "placed_at": WEDNESDAY, "contact": "", "answer": "",
    }  # fmt: skip


def screens_at_once(database: Database) -> tuple[list[float], int, int]:
    """Seconds from each commit until the last of the screens had it; memory after the first change and at the end."""
    token, who = fill(database, FEW)
    with served(database) as address:
        return asyncio.run(_screens(database, who, address.removeprefix("http://"), token))


async def _screens(database: Database, who: InWorkspace, host: str, token: str) -> tuple[list[float], int, int]:
    streams = [await _open(host, token) for _ in range(SCREENS)]
    await asyncio.gather(*(_until(stream, b"data: {") for stream in streams))
    seconds, memory = [], []
    for number in range(CHANGES):
        mark = f"Wijziging {number} van de proef"
        row = compliment(who.workspace_id, FEW + 1, FEW) | {"text": mark}
        await asyncio.to_thread(insert_all, database, Compliment, [row])
        began = time.perf_counter()
        await asyncio.gather(*(_until(stream, mark.encode()) for stream in streams))
        seconds.append(time.perf_counter() - began)
        memory.append(resident())
    return seconds, memory[0], memory[-1]


async def _open(host: str, token: str) -> Stream:
    name, _, port = host.partition(":")
    reader, writer = await asyncio.open_connection(name, int(port), limit=2**20)
    writer.write(f"GET /wall/{token}/stream HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
    return reader, writer


async def _until(stream: Stream, wanted: bytes) -> None:
    """Read on until a line has this in it."""
    while wanted not in (line := await asyncio.wait_for(stream[0].readline(), PATIENCE)):
        assert line, "the stream ended"


def resident() -> int:
    """Bytes of memory that this process holds (Linux)."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory(prefix="walls-") as name:
        print("\n".join(the_walls(Path(name))))
