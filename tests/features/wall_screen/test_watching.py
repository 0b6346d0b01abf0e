"""One looks for all screens: each gets what is new, nobody keeps more than the last, and a revoked one ends."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest
from sqlalchemy.exc import OperationalError

from bot.features.wall_screen import watching
from bot.features.wall_screen.watching import ALIVE, GONE, RETRY, Seen, Watch

PATIENCE = 10  # seconds


def test_what_is_new_is_there_within_two_seconds() -> None:
    assert watching.EVERY <= 1  # one look may just have missed it


class Wall:
    """What is looked at; counts how often."""

    def __init__(self) -> None:
        self.seen = Seen("first", frozenset({"a", "b"}))
        self.looks = 0
        self.failing: Iterator[bool] = iter(())
        self.failure: Exception = OperationalError("select", None, Exception("away"))

    def look(self, _workspace_id: int) -> Seen:
        self.looks += 1
        if next(self.failing, False):
            raise self.failure
        return self.seen


@pytest.fixture
def wall() -> Wall:
    return Wall()


async def first(stream: AsyncIterator[str], count: int) -> list[str]:
    return [await asyncio.wait_for(anext(stream), PATIENCE) for _ in range(count)]


def test_each_screen_gets_the_wall_and_then_what_changes(wall: Wall) -> None:
    async def watch() -> list[list[str]]:
        watch = Watch(wall.look, every=0.001)
        one, other = watch.events(1, "a"), watch.events(1, "b")
        begun = [await first(one, 2), await first(other, 2)]
        wall.seen = Seen("second", wall.seen.tokens)
        return [*begun, await first(one, 1), await first(other, 1)]

    assert asyncio.run(watch()) == [[RETRY, "first"], [RETRY, "first"], ["second"], ["second"]]


def test_two_hundred_screens_are_looked_for_by_one(wall: Wall) -> None:
    async def watch() -> set[str]:
        watch = Watch(wall.look, every=PATIENCE)
        streams = [watch.events(1, "a") for _ in range(200)]
        return {event for got in await asyncio.gather(*(first(one, 2) for one in streams)) for event in got}

    assert asyncio.run(watch()) == {RETRY, "first"}
    assert wall.looks == 1


def test_a_screen_that_reads_slowly_gets_the_last_alone(wall: Wall) -> None:
    async def watch() -> list[str]:
        watch = Watch(wall.look, every=0.001)
        slow, quick = watch.events(1, "a"), watch.events(1, "b")
        begun = await first(slow, 2), await first(quick, 2)
        for number in range(20):
            wall.seen = Seen(f"change {number}", wall.seen.tokens)
            await first(quick, 1)
        return begun[0] + await first(slow, 1)

    assert asyncio.run(watch()) == [RETRY, "first", "change 19"]


def test_a_revoked_screen_ends_and_the_others_go_on(wall: Wall) -> None:
    async def watch() -> tuple[list[str], list[str]]:
        watch = Watch(wall.look, every=0.001)
        revoked, other = watch.events(1, "a"), watch.events(1, "b")
        await first(revoked, 2)
        await first(other, 2)
        wall.seen = Seen("second", frozenset({"b"}))
        return [event async for event in revoked], await first(other, 1)

    assert asyncio.run(watch()) == ([GONE], ["second"])


def test_a_quiet_stream_says_that_it_is_alive(wall: Wall) -> None:
    async def watch() -> list[str]:
        return await first(Watch(wall.look, every=PATIENCE, beat=0.001).events(1, "a"), 60)

    assert ALIVE in asyncio.run(watch())


def test_nobody_looks_where_no_screen_is_open(wall: Wall) -> None:
    async def watch() -> int:
        watch = Watch(wall.look, every=0.001)
        stream = watch.events(1, "a")
        await first(stream, 2)
        await stream.aclose()  # type: ignore[attr-defined]
        while len(asyncio.all_tasks()) > 1:  # the one that looks
            await asyncio.sleep(0)
        return watch.open_screens(1)

    assert asyncio.run(watch()) == 0


def test_a_screen_keeps_what_it_has_while_the_record_is_away(wall: Wall) -> None:
    async def watch() -> list[str]:
        watch = Watch(wall.look, every=0.001)
        stream = watch.events(1, "a")
        begun = await first(stream, 2)
        wall.failing = iter([True] * 5)
        wall.seen = Seen("second", wall.seen.tokens)
        return begun + await first(stream, 1)

    assert asyncio.run(watch()) == [RETRY, "first", "second"]


def test_one_link_cannot_fill_the_process(wall: Wall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "SCREENS", 1)

    async def watch() -> tuple[bool, bool, bool]:
        watch = Watch(wall.look, every=0.001)
        before = watch.is_full(1)
        stream = watch.events(1, "a")
        await first(stream, 2)
        return before, watch.is_full(1), watch.is_full(2)

    assert asyncio.run(watch()) == (False, True, False)


def test_another_failure_than_the_records_is_survived_too(wall: Wall) -> None:
    async def watch() -> list[str]:
        watch = Watch(wall.look, every=0.001)
        stream = watch.events(1, "a")
        begun = await first(stream, 2)
        wall.failure, wall.failing = KeyError("a card"), iter([True] * 5)
        wall.seen = Seen("second", wall.seen.tokens)
        return begun + await first(stream, 1)

    assert asyncio.run(watch()) == [RETRY, "first", "second"]


def test_screens_are_let_go_when_looking_keeps_failing_and_find_the_wall_again(wall: Wall) -> None:
    async def watch() -> tuple[list[str], list[str]]:
        watch = Watch(wall.look, every=0.001)
        stream = watch.events(1, "a")
        await first(stream, 2)
        wall.failing = iter([True] * watching.FAILURES)
        return [event async for event in stream], await first(watch.events(1, "a"), 2)

    assert asyncio.run(watch()) == ([], [RETRY, "first"])
