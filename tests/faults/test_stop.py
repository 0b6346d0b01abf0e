"""SIGTERM while people are waiting for an answer and posts are under way."""

import threading
import time
from collections import Counter

import pytest

from storage.database import Database
from tests.faults.world import USERS, World, stories_kept
from tests.programs import Program, wait_until

SECONDS = 10.0  # after which most that stop a program lose patience and kill it
LATE = {"kind": "delay_after", "seconds": 0.8}
HANGS = {"kind": "drop", "seconds": 60}


class Busy:
    """Many people who tell one story after the other, until the program is gone."""

    def __init__(self, world: World, people: int) -> None:
        self._world, self._over = world, threading.Event()
        self._before = len(world.acknowledged)
        self._threads = [threading.Thread(target=self._tell, args=(user,)) for user in USERS[:people]]
        for thread in self._threads:
            thread.start()

    def _tell(self, user: str) -> None:
        number = self._before  # so that nobody uses the same words twice
        while not self._over.is_set():
            self._world.tell(user, f"Verhaal {number} van {user}: taart gebracht")
            number += 1

    def heard(self) -> int:
        return len(self._world.acknowledged) - self._before

    def end(self) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()


def stop_while_busy(world: World, program: Program, people: int) -> None:
    """Ends in time, and whoever is in the record was told so."""
    busy = Busy(world, people)
    wait_until(lambda: busy.heard() >= people, "everybody is telling")
    stopped_at = time.monotonic()
    assert program.end() == 0
    assert time.monotonic() - stopped_at < SECONDS
    busy.end()
    database = Database(program.database_url)
    kept = Counter(stories_kept(database))
    database.close()
    assert kept == Counter(world.acknowledged)


@pytest.mark.parametrize("over_socket", [False, True], ids=["http", "socket"])
def test_a_stop_answers_what_was_taken_and_loses_nothing(world: World, over_socket: bool) -> None:
    program = world.running(over_socket=over_socket)
    world.emulator.faults.replace([{**LATE, "method": "users.info"}, {**LATE, "method": "chat.postMessage"}])
    stop_while_busy(world, program, people=8)
    world.emulator.faults.replace([])
    database = Database(program.database_url)
    assert not world.all_posted(database)
    world.assert_nothing_twice()
    database.close()


@pytest.mark.parametrize("over_socket", [False, pytest.param(True, marks=pytest.mark.long)], ids=["http", "socket"])
def test_a_stop_ends_in_time_while_slack_hangs(world: World, over_socket: bool) -> None:
    program = world.running(over_socket=over_socket)
    calls = world.when_called("chat.postMessage")
    world.emulator.faults.replace([{**HANGS, "method": "chat.postMessage"}, {**HANGS, "method": "users.list"}])
    assert world.tell("U0SANNE", "Verhaal: taart gebracht")
    wait_until(lambda: calls.failed > 0, "a post hangs")
    stopped_at = time.monotonic()
    assert program.end() == 0
    assert time.monotonic() - stopped_at < SECONDS
    world.emulator.faults.replace([])
    program.start()
    world.end_with_each_once()


@pytest.mark.long
@pytest.mark.parametrize("over_socket", [False, True], ids=["http", "socket"])
def test_ten_stops_in_a_row_lose_nothing_and_double_nothing(world: World, over_socket: bool) -> None:
    program = world.running(over_socket=over_socket)
    world.emulator.faults.replace([{**LATE, "probability": 0.5}])
    for _ in range(10):
        stop_while_busy(world, program, people=3)
        program.start()
        if over_socket:
            wait_until(world.is_connected, "the program is connected to Slack")
    world.end_with_each_once(patience=1200)
