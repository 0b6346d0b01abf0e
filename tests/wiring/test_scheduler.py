"""What the clock starts: the reminders also when the clock is moved."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from apscheduler.schedulers.background import BackgroundScheduler

from bot.wiring.scheduler import build_scheduler
from tests.fakes import FakeOffice, FakeSlack, StoppedClock
from tests.features.habit.club import MONDAY, at, days_sent, join
from tests.programs import wait_until


@pytest.fixture
def scheduler(office: FakeOffice, clock: StoppedClock) -> Iterator[BackgroundScheduler]:
    built = build_scheduler(office.services, lambda _workspace: FakeSlack(), clock)  # type: ignore[arg-type, return-value]
    built.start()
    yield built
    built.shutdown()


def test_reminders_are_looked_for_every_fifteen_seconds(scheduler: BackgroundScheduler) -> None:
    trigger: Any = scheduler.get_job("reminders").trigger

    assert trigger.interval == timedelta(seconds=15)


def test_a_clock_that_is_moved_brings_the_reminder_at_once(
    scheduler: BackgroundScheduler, office: FakeOffice, clock: StoppedClock
) -> None:
    clock.pass_time(hours=-3)
    me = join(office, office.person("U0SANNE", "Sanne"))

    office.services.clock.move_to(at(MONDAY, 8))
    office.services.clock.move_to(at(MONDAY, 8, 30))

    wait_until(lambda: days_sent(office, me) == ["2026-11-02"], "the reminder is queued", patience=10)
