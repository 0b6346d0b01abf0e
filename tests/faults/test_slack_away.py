"""Slack that says "not now", says nothing, is away, or takes a message and loses the answer."""

from typing import Any

import pytest

from bot.emulator.server import running
from tests.faults.world import FANS, USERS, World, at_once
from tests.programs import free_port, wait_until

AWAY: list[dict[str, Any]] = [{"kind": "down"}]
# What minutes of trouble look like, one thing after the other: each rule holds for a few calls.
TROUBLE: list[dict[str, Any]] = [
    {"kind": "http", "status": 503, "times": 2},
    {"kind": "error", "error": "internal_error", "times": 1},
    {"kind": "lost_answer", "method": "chat.postMessage", "times": 1},
    {"kind": "down", "times": 2},
]


def story(number: int) -> str:
    return f"Verhaal {number}: koffie gebracht"


def tell(world: World, count: int, first: int = 0) -> None:
    """So many stories, by people at the same time; all are heard."""
    numbers = range(first, first + count)
    heard = at_once(*(lambda n=n: world.tell(USERS[n % len(USERS)], story(n)) for n in numbers))
    assert heard == [True] * count


def test_a_storm_of_429_loses_nothing_doubles_nothing_and_is_not_fed(world: World) -> None:
    world.running()
    calls = world.when_called("chat.postMessage")
    world.emulator.faults.replace([{"kind": "ratelimited", "retry_after": 1, "times": 6, "probability": 0.7}])
    world.emulator.rates.enforced = True
    tell(world, 4)
    world.end_with_each_once(texts=[story(n) for n in range(4)])
    assert calls.done == 4
    assert calls.failed <= 6


def test_a_pause_that_slack_asks_for_is_kept_by_all_posts_to_that_channel(world: World) -> None:
    world.running()
    calls = world.when_called("chat.postMessage")
    world.emulator.faults.replace([{"kind": "ratelimited", "method": "chat.postMessage", "retry_after": 3}])
    tell(world, 1)
    wait_until(lambda: calls.failed > 0, "Slack asked for a pause")
    world.emulator.faults.replace([])
    tell(world, 1, first=1)
    world.end_with_each_once()
    posted = [message for message in world.emulator.workspace.messages[FANS] if message.only_for is None]
    assert min(float(message.ts) for message in posted) - calls.failed_at > 2.5


def test_what_is_told_while_slack_is_in_trouble_is_posted_afterwards(world: World) -> None:
    world.running()
    calls = world.when_called("*")
    world.emulator.faults.replace(TROUBLE)
    tell(world, 4)
    wait_until(lambda: calls.failed >= 5, "Slack failed again and again")
    world.end_with_each_once(texts=[story(n) for n in range(4)])


@pytest.mark.long
def test_what_is_told_while_slack_is_away_for_minutes_is_posted_afterwards(world: World) -> None:
    world.running()
    calls = world.when_called("*")
    world.emulator.faults.replace(AWAY)
    tell(world, 10)
    wait_until(lambda: calls.failed >= 10 * 6, "each post was tried for a minute and more", patience=400)
    world.emulator.faults.replace([])
    tell(world, 10, first=10)
    world.end_with_each_once(texts=[story(n) for n in range(20)], patience=400)


def test_a_message_whose_answer_was_lost_is_found_and_not_posted_again(world: World) -> None:
    world.running()
    calls = world.when_called("chat.postMessage")
    world.emulator.faults.replace(
        [
            {"kind": "lost_answer", "method": "chat.postMessage", "times": 3},
            {"kind": "http", "method": "conversations.history", "times": 1},
            {"kind": "lost_answer", "method": "conversations.open", "times": 1},
        ]
    )
    tell(world, 2)
    world.act("say", user="U0KEES", text="Iemand geholpen met zijn fiets")
    world.end_with_each_once(texts=[story(n) for n in range(2)])
    assert len(world.written_by_bot_to("U0KEES")) == 1
    assert calls.done == 3


@pytest.mark.long
@pytest.mark.parametrize("over_socket", [False, True], ids=["http", "socket"])
def test_a_busy_day_on_a_bad_line_ends_well(world: World, over_socket: bool) -> None:
    world.running(over_socket=over_socket)
    world.emulator.rates.enforced = True
    world.emulator.faults.replace(
        [
            {"kind": "lost_answer", "method": "chat.postMessage", "probability": 0.3, "times": 12},
            {"kind": "ratelimited", "retry_after": 2, "probability": 0.1, "times": 12},
            {"kind": "http", "probability": 0.1, "times": 12},
            {"kind": "delay_after", "seconds": 1, "probability": 0.3},
        ]
    )
    for first in range(0, 30, 6):
        for number in range(first, first + 6):
            world.tell_until_heard(USERS[number % len(USERS)], story(number))
    world.end_with_each_once(texts=[story(n) for n in range(30)], patience=300)


@pytest.mark.parametrize("over_socket", [False, True], ids=["http", "socket"])
def test_it_starts_while_slack_is_down_and_works_once_slack_is_back(world: World, over_socket: bool) -> None:
    world.emulator.faults.replace(AWAY)
    calls = world.when_called("*")
    program = world.program(over_socket=over_socket)
    program.start()
    if over_socket:
        wait_until(lambda: calls.failed >= 3, "it tried again")
        assert world.act("command", user="sanne", channel="#fans", command="/fan", text=story(0))["failure"]
    else:
        tell(world, 3)  # people are heard; what they told is posted later
    world.emulator.faults.replace([])
    if over_socket:
        wait_until(world.is_connected, "the program is connected to Slack")
        tell(world, 3)
    world.end_with_each_once(texts=[story(n) for n in range(3)])


def test_it_starts_while_nobody_listens_at_slacks_address(world: World) -> None:
    port = free_port()
    program = world.program()
    program.slack_url = f"http://127.0.0.1:{port}/api/"
    program.start()
    assert program.fan("U0SANNE", story(0))
    world.acknowledged.append(story(0))
    with running(world.emulator, port=port):
        world.end_with_each_once(texts=[story(0)])
