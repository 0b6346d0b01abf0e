"""Building all parts, starting them, and stopping them in reverse."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import structlog
from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse
from sqlmodel import Session
from starlette.applications import Starlette

from bot.features.office.actions import report_refusal
from bot.i18n.translate import speakers
from bot.kernel.choices import Choice
from bot.kernel.clock import DomainClock, RealClock
from bot.kernel.office import LONGEST_NAME
from bot.kernel.tips import read_tips, read_topics
from bot.services import Services
from bot.settings import Settings, SettingsError
from bot.slack.client import AT_FIRST_CONTACT, UNREACHABLE, WHILE_THEY_WAIT, web_client
from bot.slack.delivery import MENDABLE, TOKEN_REFUSED
from bot.slack.outbox import Outbox
from bot.slack.pace import Pace
from bot.slack.sender import Sender
from bot.wiring import privacy
from bot.wiring.files import contents_of, is_file
from bot.wiring.gateway import build_app
from bot.wiring.reactions import REACTIONS
from bot.wiring.scheduler import build_scheduler
from bot.wiring.sockets import Sockets
from bot.wiring.web import build_web, pages, slack_events
from storage.database import Database
from storage.office import begin_with
from storage.outbox import Post, release_claims, release_parked
from storage.workspaces import enter_workspace

log = structlog.get_logger()


@dataclass
class Bot:
    """The running program, but for its web server, which `web` is served by."""

    settings: Settings
    services: Services
    app: App
    sender: Sender
    sockets: Sockets | None
    scheduler: Any
    web: Starlette
    slack: WebClient
    real_clock: RealClock

    def start(self) -> None:
        """Begin to work. What waited in the outbox is posted."""
        with self.services.database.writing() as tx:
            release_parked(tx, MENDABLE, self.real_clock.now())
            if self.services.database.is_sqlite:  # there is no other process that could hold a claim
                release_claims(tx)
        self.sender.start()
        self.scheduler.start()
        if self.sockets:
            self.sockets.start()

    def stop(self) -> None:
        """End: what was taken on is answered, what is queued stays in the record."""
        if self.sockets:
            self.sockets.stop()
        self.sender.stop()
        self.scheduler.shutdown()
        self.services.database.close()

    def introduce(self) -> bool:
        """Show Slack the tokens, and learn which workspace they are for; false when Slack is out of reach.

        Raises SettingsError when Slack refuses one of them.
        """
        who = _shown("SLACK_BOT_TOKEN", self.slack.auth_test)
        if who is None:
            return False
        with self.services.database.writing() as tx:
            enter_workspace(tx, str(who["team_id"]), self.services.clock.now())
            begin_with(tx, Choice.NAME, str(who.get("team") or "")[:LONGEST_NAME])
        if not self.sockets:
            return True
        token = self.settings.slack_app_token
        return _shown("SLACK_APP_TOKEN", lambda: self.slack.apps_connections_open(app_token=token)) is not None


def _shown(variable: str, call: Callable[[], SlackResponse]) -> SlackResponse | None:
    """What Slack answers to a token; None when it doesn't answer. Raises SettingsError when it refuses the token."""
    try:
        return call()
    except SlackApiError as error:
        if (word := str(error.response.get("error"))) in TOKEN_REFUSED:
            raise SettingsError(f"Slack refuses {variable} ({word}): copy it anew from your app's pages") from None
        return None
    except UNREACHABLE:
        return None


def assemble(
    settings: Settings,
    database: Database,
    clock: DomainClock | None = None,
    real_clock: RealClock | None = None,
    pace: Pace | None = None,
) -> Bot:
    """All parts, not yet started, on a database whose tables are up to date."""
    real_clock = real_clock or RealClock()
    slack = web_client(settings.slack_bot_token, settings.slack_api_url)
    hasty = web_client(settings.slack_bot_token, settings.slack_api_url, WHILE_THEY_WAIT)
    work = threading.Event()  # the outbox rings, the sender hears
    services = _services(settings, database, Outbox(real_clock, work.set), clock or DomainClock(real_clock))
    sender = Sender(
        database,
        lambda _workspace: slack,
        real_clock,
        pace or Pace(real_clock.seconds),
        lambda tx, post, reason: _hear_refusal(tx, services, post, reason),
        work,
        lambda post: contents_of(services, post),
    )
    introducer = web_client(settings.slack_bot_token, settings.slack_api_url, AT_FIRST_CONTACT)
    app = build_app(services, hasty, introducer)
    over_http = bool(settings.slack_signing_secret) and not settings.slack_app_token
    sockets = Sockets(app, web_client(settings.slack_app_token, settings.slack_api_url)) if not over_http else None
    events = slack_events(app, settings.slack_signing_secret, real_clock) if over_http else None
    return Bot(
        settings=settings,
        services=services,
        app=app,
        sender=sender,
        sockets=sockets,
        scheduler=build_scheduler(services, lambda _workspace: slack, real_clock),
        web=build_web(pages(services), events, database.answers),
        slack=slack,
        real_clock=real_clock,
    )


def _hear_refusal(tx: Session, services: Services, post: Post, reason: str) -> None:
    """Slack won't have a post: who can do something about it hears so."""
    if is_file(post):
        privacy.report_refused_file(tx, services, post)
    else:
        report_refusal(tx, services, post, reason)


def _services(settings: Settings, database: Database, outbox: Outbox, clock: DomainClock) -> Services:
    written = files("bot.i18n")
    return Services(
        settings=settings,
        database=database,
        outbox=outbox,
        clock=clock,
        speakers=speakers(),
        reactions=REACTIONS,
        tips=read_tips(written / "tips.toml"),
        topics=read_topics(written / "topics.toml"),
    )
