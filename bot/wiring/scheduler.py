"""What the clock starts, and when."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger
from slack_sdk import WebClient

from bot.features.budgets import jobs as budgets
from bot.features.change_wall import jobs as change_wall
from bot.features.customer_page import jobs as customer_page
from bot.features.groups import jobs as groups
from bot.features.habit import jobs as habit
from bot.features.office import jobs as office
from bot.features.stories import jobs as stories
from bot.features.team_wall import jobs as team_wall
from bot.features.thanks import jobs as thanks
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
    by_the_clock = (
        *(habit.remind, team_wall.congratulate, change_wall.refresh_clocks, change_wall.nudge_managers),
        *(budgets.ask_in_digest, budgets.close_months),
    )

    def look_anew() -> None:
        for job in by_the_clock:
            moved: dict[str, Any] = {"id": f"{job.__qualname__} {job.__module__}", "replace_existing": True}
            scheduler.add_job(job, None, (services,), max_instances=3, **moved)

    services.clock.when_moved(look_anew)
    scheduler.add_job(stories.expire_drafts, IntervalTrigger(hours=1), (services,), id="drafts")
    scheduler.add_job(change_wall.forget_undecided, IntervalTrigger(hours=1), (services,), id="undecided ideas")
    scheduler.add_job(change_wall.refresh_clocks, IntervalTrigger(hours=1), (services,), id="waiting ideas")
    scheduler.add_job(change_wall.nudge_managers, IntervalTrigger(hours=1), (services,), id="nudges")
    scheduler.add_job(change_wall.follow_threads, IntervalTrigger(minutes=10), everybody, id="threads of ideas")
    scheduler.add_job(team_wall.congratulate, IntervalTrigger(minutes=5), (services,), id="birthdays")
    scheduler.add_job(team_wall.let_leavers_go, IntervalTrigger(hours=1), (services,), id="leavers")
    scheduler.add_job(budgets.ask_in_digest, IntervalTrigger(minutes=5), (services,), id="digest of spendings")
    scheduler.add_job(budgets.close_months, IntervalTrigger(hours=1), (services,), id="closing months")
    scheduler.add_job(budgets.give_ideas, IntervalTrigger(hours=1), (services,), id="ideas for budgets")
    scheduler.add_job(thanks.tell_managers, IntervalTrigger(hours=1), (services,), id="stories without thanks")
    scheduler.add_job(customer_page.forget_visits, IntervalTrigger(minutes=30), (services,), id="visits")
    scheduler.add_job(forget_handled, IntervalTrigger(hours=1), id="handled requests")
    return scheduler
