"""The page's clock: where it can go, and what it shows."""

import asyncio
from datetime import UTC, datetime
from types import SimpleNamespace

import httpx
import pytest

from bot.emulator import clock_menu
from bot.emulator.clock import Clock
from bot.emulator.server import Emulator
from bot.emulator.tryout import Step

ZONE = "Europe/Amsterdam"


@pytest.fixture
def clock() -> Clock:
    clock = Clock()
    clock.set(datetime(2026, 11, 20, 16, 30, tzinfo=UTC))
    return clock


def now(clock: Clock) -> str:
    return f"{datetime.fromtimestamp(clock.now() + 0.5, UTC):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("how", "typed", "expected"),
    [
        ("tomorrow", "", "2026-11-21 08:00"),
        ("hour", "", "2026-11-20 17:30"),
        ("to", "2026-07-01T12:15", "2026-07-01 10:15"),
    ],
)
def test_the_clock_goes_where_it_is_sent_in_the_readers_zone(clock, how, typed, expected):
    clock_menu.move(clock, how, typed, ZONE)

    assert now(clock) == expected


def test_an_hour_further_is_an_hour_also_in_the_night_when_the_clocks_change(clock):
    clock.set(datetime(2026, 10, 25, 0, 30, tzinfo=UTC))
    clock_menu.move(clock, "hour", "", ZONE)

    assert now(clock) == "2026-10-25 01:30"


def test_the_clock_goes_back_to_real_time(clock):
    clock_menu.move(clock, "now", "", ZONE)

    assert clock.ahead == 0


@pytest.mark.parametrize("typed", ["", "gisteren", "9999-12-31T23:59", "0001-01-01T00:00"])
def test_a_moment_that_cannot_be_is_refused_in_dutch(clock, typed):
    with pytest.raises(ValueError, match="Kies een"):
        clock_menu.move(clock, "to", typed, ZONE)


async def posted(emulator: Emulator, deed: str, **fields: str) -> httpx.Response:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(emulator.app), base_url="http://here") as http:
        return await http.post(f"/do/{deed}", data={"as": "U0SANNE", **fields})


async def page(emulator: Emulator) -> str:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(emulator.app), base_url="http://here") as http:
        return (await http.get("/?as=U0SANNE")).text


@pytest.fixture
def real_2026(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is really November 2026."""
    moment = datetime(2026, 11, 20, 16, 30, tzinfo=UTC).timestamp()
    monkeypatch.setattr("bot.emulator.clock.time", SimpleNamespace(time=lambda: moment))


def test_the_page_tells_the_time_only_when_it_is_not_the_real_one(real_2026, emulator):
    assert "data-ahead" not in asyncio.run(page(emulator))
    moved = asyncio.run(posted(emulator, "clock", move="to", moment="2026-11-23T09:00"))

    assert moved.status_code == 204
    assert ">ma 23 nov 09:00</span>" in asyncio.run(page(emulator))
    asyncio.run(posted(emulator, "clock", move="to", moment="2027-11-23T09:00"))
    assert ">di 23 nov 2027 09:00</span>" in asyncio.run(page(emulator))
    asyncio.run(posted(emulator, "clock", move="now"))
    assert "data-ahead" not in asyncio.run(page(emulator))


def test_moving_the_clock_tells_the_app_and_ticks_off_its_step():
    emulator, moments = Emulator(steps=[Step("Zet de klok vooruit.", "clock", "moved")]), []
    emulator.clock.on_move.append(moments.append)
    asyncio.run(posted(emulator, "clock", move="hour"))

    assert len(moments) == 1
    assert emulator.try_out.done == 1
    answer = asyncio.run(posted(emulator, "clock", move="to", moment="ooit"))
    assert (answer.status_code, answer.text) == (400, "Kies een datum en een tijd.")
    assert asyncio.run(posted(emulator, "clock", move="onzin")).status_code == 400
