"""kill -9 at random moments, while stories come in and Slack's answers come late."""

import random
import threading

import pytest

from tests.faults.world import USERS, World
from tests.programs import Program

LATE = [{"method": "*", "kind": "delay_after", "seconds": 0.3, "probability": 0.5}]


def kill_again_and_again(world: World, program: Program, times: int, seed: int) -> None:
    """Tell stories while the program is killed `times` times; then each is there once."""
    world.emulator.faults.replace(LATE)
    chance = random.Random(seed)
    for round_number in range(times):
        program.start()
        over = threading.Event()
        told = threading.Thread(target=_tell, args=(world, program, over, round_number))
        told.start()
        over.wait(chance.uniform(0.05, 1.5))  # how long it lives: the fault itself, and nothing waits for it
        program.kill()
        over.set()
        told.join()
    program.start()
    _tell(world, program, threading.Event(), times)  # the last life is not cut short: it has to answer
    world.end_with_each_once(patience=60 + 9 * times)


def _tell(world: World, program: Program, over: threading.Event, round_number: int) -> None:
    for number in range(3):
        if over.is_set():
            return
        text = f"Ronde {round_number}, verhaal {number}: deur opengehouden"
        if program.fan(USERS[number % 4], text):
            world.acknowledged.append(text)


def test_every_acknowledged_story_exists_once_and_is_posted_once(world: World) -> None:
    kill_again_and_again(world, world.program(), times=6, seed=8)


def test_it_holds_on_postgresql_too(world: World, empty_postgresql: str) -> None:
    kill_again_and_again(world, world.program(empty_postgresql), times=3, seed=4)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(4))
def test_it_holds_two_hundred_times(world: World, seed: int) -> None:
    kill_again_and_again(world, world.program(), times=50, seed=seed)
