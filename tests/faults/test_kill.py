"""kill -9 at random moments, while stories come in and Slack's answers come late."""

import random
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import select

from bot.emulator.server import Emulator, running
from storage.database import Database
from storage.outbox import posts_waiting
from storage.stories import Story
from tests.programs import Program, wait_until

USERS = ("U0SANNE", "U0BRAM", "U0FATIMA", "U0JEROEN")
BUSY_DAY = "Wat een dag. De andere verhalen van vandaag staan in de thread onder dit bericht."
LATE = [{"method": "*", "kind": "delay_after", "seconds": 0.3, "probability": 0.5}]


@pytest.fixture
def emulator() -> Iterator[tuple[Emulator, str]]:
    emulator = Emulator()
    with running(emulator) as url:
        emulator.faults.replace(LATE)
        yield emulator, f"{url}/api/"


def kill_again_and_again(program: Program, emulator: Emulator, times: int, seed: int) -> None:
    """Tell stories while the program is killed `times` times; then check that each is there once."""
    chance = random.Random(seed)
    acknowledged: list[str] = []
    sent: list[str] = []
    for round_number in range(times):
        program.start()
        over = threading.Event()
        told = threading.Thread(target=_tell, args=(program, over, round_number, sent, acknowledged))
        told.start()
        over.wait(chance.uniform(0.05, 1.5))  # how long it lives: the fault itself, and nothing waits for it
        program.kill()
        over.set()
        told.join()
    program.start()
    database = Database(program.database_url)
    wait_until(lambda: _all_posted(database), "everything queued is posted", patience=60 + 3 * len(sent))
    program.end()
    with database.reading() as tx:
        kept = Counter(tx.exec(select(Story.text)).all())
    database.close()
    posted = Counter(_story(message.text) for message in emulator.workspace.messages["C0FANS"])
    assert acknowledged
    assert {text for text in acknowledged if kept[text] != 1} == set()
    assert {text: count for text, count in kept.items() if posted[text] != 1} == {}
    assert set(posted) <= {*kept, BUSY_DAY}
    assert posted[BUSY_DAY] <= 1


def _tell(program: Program, over: threading.Event, round_number: int, sent: list[str], acknowledged: list[str]) -> None:
    for number in range(3):
        if over.is_set():
            return
        text = f"Ronde {round_number}, verhaal {number}: deur opengehouden"
        sent.append(text)
        if program.fan(USERS[number % len(USERS)], text):
            acknowledged.append(text)


def _all_posted(database: Database) -> bool:
    with database.reading() as tx:
        return posts_waiting(tx) == 0


def _story(fallback: str) -> str:
    return fallback.partition(": ")[2] or fallback


def test_every_acknowledged_story_exists_once_and_is_posted_once(
    emulator: tuple[Emulator, str], tmp_path: Path
) -> None:
    program = Program(emulator[1], f"sqlite:///{tmp_path / 'fans.db'}", tmp_path)
    kill_again_and_again(program, emulator[0], times=8, seed=8)


def test_it_holds_on_postgresql_too(emulator: tuple[Emulator, str], empty_postgresql: str, tmp_path: Path) -> None:
    program = Program(emulator[1], empty_postgresql, tmp_path)
    kill_again_and_again(program, emulator[0], times=4, seed=4)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(4))
def test_it_holds_two_hundred_times(emulator: tuple[Emulator, str], tmp_path: Path, seed: int) -> None:
    program = Program(emulator[1], f"sqlite:///{tmp_path / 'fans.db'}", tmp_path)
    kill_again_and_again(program, emulator[0], times=50, seed=seed)
