"""What the clock starts, and when."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger
from slack_sdk import WebClient

from bot.features.groups import jobs as groups
from bot.features.habit import jobs as habit
from bot.features.office import jobs as office
from bot.features.stories import jobs as stories
from bot.kernel.clock import RealClock
from bot.services import Services
from bot.slack.delivery import MENDABLE
from storage.handled import forget_handled_before
from storage.outbox import release_first_parked

REMEMBER_HANDLED = timedelta(hours=24)  # Slack redelivers within minutes
LATE = 3600  # seconds; a tick that is missed for longer waits for its next turn


def build_scheduler(services: Services, slack: Callable[[int], WebClient], clock: RealClock) -> BackgroundScheduler:
    """A few ticks that look for what is due; not a job a person."""
    scheduler = BackgroundScheduler(
        timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": LATE}
    )

    def forget_handled() -> None:
        with services.database.writing() as tx:
            forget_handled_before(tx, clock.now() - REMEMBER_HANDLED)

    def try_parked() -> None:
        with services.database.writing() as tx:
            release_first_parked(tx, MENDABLE, clock.now())

    everybody = (services, slack)
    scheduler.add_job(office.refresh_everybody, CronTrigger(hour=2, jitter=1800), everybody, id="profiles")
    scheduler.add_job(groups.refresh_groups, CronTrigger(hour=3, jitter=1800), everybody, id="groups")
    scheduler.add_job(office.refresh_everybody, None, everybody, id="profiles at the start")
    scheduler.add_job(office.meet_newcomers, IntervalTrigger(seconds=30), everybody, id="newcomers")
    scheduler.add_job(try_parked, IntervalTrigger(minutes=5), id="refused posts")
    scheduler.add_job(habit.remind, IntervalTrigger(seconds=15), (services,), id="reminders")
    # Beside the tick, and beside one of a move before: they may be at work, and done with who is due only now.
    moved: dict[str, Any] = {"id": "reminders at a new time", "replace_existing": True, "max_instances": 3}
    services.clock.when_moved(lambda: scheduler.add_job(habit.remind, None, (services,), **moved))
    scheduler.add_job(stories.expire_drafts, IntervalTrigger(hours=1), (services,), id="drafts")
    scheduler.add_job(forget_handled, IntervalTrigger(hours=1), id="handled requests")
    return scheduler
