"""SQLite without room to write, and with another process that holds its lock."""

import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from storage.database import Database
from tests.faults.world import FANS, USERS, World, at_once, drafts_kept, stories_kept
from tests.programs import Program, wait_until

WENT_WRONG = "Er ging bij ons iets mis"
SLACKS_PATIENCE = 3.0  # seconds
DISK = 4 * 2**20  # bytes


class SmallDisk:
    """A disk of a few megabytes, in memory; full when a file takes all the room that is left."""

    def __init__(self, folder: Path) -> None:
        self.folder, self._filler = folder, folder / "filler"

    def fill(self, _program: Program) -> None:
        block = 65_536
        with self._filler.open("wb", buffering=0) as filler:
            while block:
                try:
                    filler.write(b"x" * block)
                except OSError:
                    block //= 2

    def make_room(self, _program: Program) -> None:
        self._filler.unlink()


class NoGrowth:
    """The program's own limit on the size of a file, at nothing: it can write nowhere."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def fill(self, program: Program) -> None:
        self._limit(program, 1)

    def make_room(self, program: Program) -> None:
        self._limit(program, resource.RLIM_INFINITY)

    def _limit(self, program: Program, size: int) -> None:
        assert program.process is not None
        resource.prlimit(program.process.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


@pytest.fixture(params=["disk", "limit"])
def room(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SmallDisk | NoGrowth]:
    folder = tmp_path / "disk"
    folder.mkdir()
    if request.param == "limit":
        yield NoGrowth(folder)
        return
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", folder], capture_output=True)
    if mounted.returncode:
        pytest.skip("only root can mount a small disk; the limit on a file's size stands in for it")
    yield SmallDisk(folder)
    subprocess.run(["umount", "--lazy", folder], check=True)


def running_on(room: SmallDisk | NoGrowth, world: World) -> Program:
    """Record and log on the same disk, as on any small server."""
    world.folder = room.folder
    return world.running()


def what_was_heard(world: World, user: str, text: str) -> str:
    """The answer to a `/fan`, or what Slack says in its place."""
    outcome = world.act("command", user=user, channel=FANS, command="/fan", text=text)
    return str(outcome["ack"] or outcome["failure"])


def test_on_a_full_disk_people_hear_it_and_nothing_is_half_done(world: World, room: SmallDisk | NoGrowth) -> None:
    program = running_on(room, world)
    for user in USERS[:2]:
        world.tell_until_heard(user, f"Vooraf van {user}: deur opengehouden")
    database = Database(program.database_url)
    wait_until(lambda: world.all_posted(database), "what was told before is posted")
    room.fill(program)
    told = [(user, f"Zonder plek van {user}: deur opengehouden") for user in USERS[:4]]  # two of them are newcomers
    heard = at_once(*(lambda user=user, text=text: what_was_heard(world, user, text) for user, text in told))
    assert [WENT_WRONG in answer for answer in heard] == [True] * 4
    assert len(stories_kept(database)) == 2
    assert sum(world.stories_posted().values()) == 2
    room.make_room(program)
    for user, text in told:
        world.tell_until_heard(user, text)
    world.end_with_each_once()
    database.close()


def test_a_message_to_the_bot_that_met_a_full_disk_comes_again(world: World, room: SmallDisk | NoGrowth) -> None:
    """Slack redelivers an event that was answered with a 500."""
    world.emulator.delivery.retry_delays = (0.1,) * 100
    program = running_on(room, world)
    world.tell_until_heard("U0KEES", "Vooraf: deur opengehouden")
    database = Database(program.database_url)
    wait_until(lambda: world.all_posted(database), "what was told before is posted")
    room.fill(program)
    world.act("say", user="U0KEES", text="Iemand geholpen met zijn fiets")
    assert list(drafts_kept(database)) == []
    room.make_room(program)
    wait_until(lambda: len(drafts_kept(database)) == 1, "the message came again")
    world.end_with_each_once()
    assert len(world.written_by_bot_to("U0KEES")) == 1
    assert list(drafts_kept(database)) == ["Iemand geholpen met zijn fiets"]
    database.close()


@pytest.mark.long
def test_a_post_under_way_when_the_disk_fills_up_is_not_posted_again(world: World, room: SmallDisk | NoGrowth) -> None:
    """Its message stands in Slack, and nobody could write that down."""
    program = running_on(room, world)
    calls = world.when_called("chat.postMessage")
    world.emulator.faults.replace([{"kind": "delay_after", "method": "chat.postMessage", "seconds": 2, "times": 1}])
    world.tell_until_heard("U0KEES", "Onderweg: deur opengehouden")
    wait_until(lambda: calls.done == 1, "it stands in Slack")
    room.fill(program)
    answered_at = time.monotonic() + 2
    wait_until(lambda: time.monotonic() > answered_at + 3, "the answer came, and couldn't be written down")
    room.make_room(program)
    world.end_with_each_once()
    assert calls.done == 1


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Another process writes, and takes its time."""
    script = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "c.execute('BEGIN IMMEDIATE'); print('held', flush=True); sys.stdin.read(); c.execute('ROLLBACK')"
    )
    holding = subprocess.Popen([sys.executable, "-c", script, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert holding.stdout is not None
    assert holding.stdin is not None
    assert holding.stdout.readline() == b"held\n"
    try:
        yield
    finally:
        holding.stdin.close()
        holding.wait()
        holding.stdout.close()


def test_while_another_process_writes_people_hear_it_in_time(world: World) -> None:
    program = world.running()
    for user in USERS[:4]:
        world.tell_until_heard(user, f"Vooraf van {user}: deur opengehouden")
    told = [(user, f"Intussen van {user}: deur opengehouden") for user in USERS[:4]]
    with held(world.folder / "fans.db"):
        begun = time.monotonic()
        answers = at_once(*(lambda user=user, text=text: _asked(program, user, text) for user, text in told))
        assert time.monotonic() - begun < SLACKS_PATIENCE
    assert [WENT_WRONG in answer for answer in answers] == [True] * 4
    for user, text in told:
        world.tell_until_heard(user, text)
    world.end_with_each_once()


def _asked(program: Program, user: str, text: str) -> str:
    _, answer = program.post(program.fan_body(user, text))
    return answer.decode()
