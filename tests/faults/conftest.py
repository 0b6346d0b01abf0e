"""An emulated Slack for one test, and the end of every program that the test started."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.emulator.server import Emulator, running
from tests.faults.world import World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    emulator = Emulator()
    with running(emulator) as url:
        world = World(emulator, url, tmp_path)
        yield world
        emulator.faults.replace([])
        for program in world.programs:
            if program.is_running:
                program.kill()
