"""What the clock starts, and when."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger
from slack_sdk import WebClient

from bot.features.budgets import jobs as budgets
from bot.features.change_wall import jobs as change_wall
from bot.features.customer_page import jobs as customer_page
from bot.features.digest import jobs as digest
from bot.features.figures import jobs as figures
from bot.features.groups import jobs as groups
from bot.features.habit import jobs as habit
from bot.features.leaderboards import jobs as leaderboards
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


Job = Callable[[Services], None]
JobAskingSlack = Callable[[Services, Callable[[int], WebClient]], None]


def post_the_week(services: Services) -> None:
    """The digest, and then the board that stands in its thread."""
    digest.post_digests(services)
    leaderboards.post_weekly_boards(services)


# What looks for what is due, and how often; each goes through all workspaces.
TICKS: Mapping[str, tuple[Job, timedelta]] = {
    "reminders": (habit.remind, timedelta(seconds=15)),
    "drafts": (stories.expire_drafts, timedelta(hours=1)),
    "undecided ideas": (change_wall.forget_undecided, timedelta(hours=1)),
    "waiting ideas": (change_wall.refresh_clocks, timedelta(hours=1)),
    "nudges": (change_wall.nudge_managers, timedelta(hours=1)),
    "birthdays": (team_wall.congratulate, timedelta(minutes=5)),
    "leavers": (team_wall.let_leavers_go, timedelta(hours=1)),
    "digest of spendings": (budgets.ask_in_digest, timedelta(minutes=5)),
    "closing months": (budgets.close_months, timedelta(hours=1)),
    "ideas for budgets": (budgets.give_ideas, timedelta(hours=1)),
    "stories without thanks": (thanks.tell_managers, timedelta(hours=1)),
    "the week": (post_the_week, timedelta(minutes=1)),
    "calls taken up": (customer_page.follow_calls, timedelta(minutes=15)),
    "a year ago": (figures.year_ago, timedelta(minutes=15)),
    "visits": (customer_page.forget_visits, timedelta(minutes=30)),
}
# Of these, what is looked for at once when somebody moves the clock.
AT_A_MOVE = (
    *("reminders", "birthdays", "waiting ideas", "nudges"),
    *("digest of spendings", "closing months", "ideas for budgets", "stories without thanks", "the week", "a year ago"),
    "calls taken up",
)
ASKING_SLACK: Mapping[str, tuple[JobAskingSlack, BaseTrigger | None]] = {
    "profiles": (office.refresh_everybody, CronTrigger(hour=2, jitter=1800)),
    "profiles at the start": (office.refresh_everybody, None),
    "groups": (groups.refresh_groups, CronTrigger(hour=3, jitter=1800)),
    "newcomers": (office.meet_newcomers, IntervalTrigger(seconds=30)),
    "threads of ideas": (change_wall.follow_threads, IntervalTrigger(minutes=10)),
}


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

    def look_anew() -> None:
        """Beside the ticks and those of a move before: these may be at work, and done with who is due only now."""
        for name in AT_A_MOVE:
            moved: dict[str, Any] = {"id": f"{name} at a new time", "replace_existing": True, "max_instances": 3}
            scheduler.add_job(TICKS[name][0], None, (services,), **moved)

    for name, (tick, every) in TICKS.items():
        scheduler.add_job(tick, IntervalTrigger(seconds=int(every.total_seconds())), (services,), id=name)
    for name, (job, trigger) in ASKING_SLACK.items():
        scheduler.add_job(job, trigger, (services, slack), id=name)
    scheduler.add_job(try_parked, IntervalTrigger(minutes=5), id="refused posts")
    scheduler.add_job(forget_handled, IntervalTrigger(hours=1), id="handled requests")
    services.clock.when_moved(look_anew)
    return scheduler
