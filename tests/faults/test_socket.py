"""Socket Mode: the connection cut while requests are under way, and large frames that come together."""

import random
import threading

import pytest

from storage.database import Database
from tests.emulator.clients import Control
from tests.faults.world import USERS, World, at_once, drafts_kept
from tests.programs import wait_until

LARGE = 60_000  # bytes of one frame, near the buffer's size; several come in one read


def cut_again_and_again(world: World, stories: int, cuts: int, seed: int) -> None:
    """People tell on, and repeat what went wrong, while the connection ends at random moments."""
    world.running(over_socket=True)
    texts = [f"Verhaal {number}: fiets gerepareerd" for number in range(stories)]
    over = threading.Event()
    cutter = threading.Thread(target=_cut, args=(world, over, cuts, random.Random(seed)))
    cutter.start()
    at_once(*(lambda mine=mine: _tell(world, mine, texts) for mine in range(4)))
    over.set()
    cutter.join()
    world.end_with_each_once(texts=texts, patience=60 + 2 * stories)


def _tell(world: World, mine: int, texts: list[str]) -> None:
    for text in texts[mine::4]:
        world.tell_until_heard(USERS[mine], text)


def _cut(world: World, over: threading.Event, cuts: int, chance: random.Random) -> None:
    control = Control(world.url)
    for number in range(cuts):
        over.wait(chance.uniform(0.02, 0.2))  # the fault itself: nothing waits for it
        wait_until(world.is_connected, "the program is connected again")
        control("disconnect", cut=number % 4 != 3)  # and now and then a polite word, as every few hours
    control.close()


def test_a_socket_that_is_cut_in_the_middle_loses_and_doubles_nothing(world: World) -> None:
    cut_again_and_again(world, stories=6, cuts=4, seed=1)


@pytest.mark.long
def test_a_socket_that_is_cut_forty_times_loses_and_doubles_nothing(world: World) -> None:
    cut_again_and_again(world, stories=80, cuts=40, seed=2)


def send_large_frames(world: World, waves: int) -> None:
    """Messages of many bytes to the bot, sixteen at the same time; each becomes one draft and one answer."""
    program = world.running(over_socket=True)
    told = [(user, f"Bericht {number} van {user}: pakje bezorgd") for number in range(2 * waves) for user in USERS[:8]]
    for wave in range(waves):
        together = told[16 * wave : 16 * (wave + 1)]
        outcomes = at_once(*(lambda user=user, text=text: _say(world, user, text) for user, text in together))
        assert [outcome["failure"] for outcome in outcomes] == [None] * len(together)
    database = Database(program.database_url)
    wait_until(lambda: world.all_posted(database), "all is posted")
    assert sorted(drafts_kept(database)) == sorted(text for _, text in told)
    database.close()
    assert {user: len(world.written_by_bot_to(user)) for user in USERS[:8]} == dict.fromkeys(USERS[:8], 2 * waves)
    assert program.end() == 0


def _say(world: World, user: str, text: str) -> dict[str, object]:
    channel = world.emulator.workspace.im_of(user).id
    ts = world.emulator.workspace.next_ts(channel)
    element = {"type": "text", "text": "x" * LARGE}
    block = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [element]}]}
    message = {"type": "message", "channel": channel, "channel_type": "im", "user": user, "text": text, "ts": ts}
    return world.act("event", event={**message, "blocks": [block]})


def test_large_frames_that_come_together_all_arrive(world: World) -> None:
    send_large_frames(world, waves=1)


@pytest.mark.long
def test_a_hundred_large_frames_in_waves_all_arrive(world: World) -> None:
    send_large_frames(world, waves=7)
