"""The poster of a link for customers, made at the command line, where no bot is running."""

from bot.features.links import actions as links
from bot.i18n.translate import speakers
from bot.kernel.clock import DomainClock, RealClock
from bot.services import Services
from bot.settings import Settings
from bot.slack.outbox import Outbox
from storage.database import Database


def poster(settings: Settings, database: Database, name: str) -> bytes:
    """The PDF. Raises BotError without such a link, or while the world can't reach the page."""
    clock = RealClock()
    outbox = Outbox(clock, lambda: None)  # nothing is posted
    return links.poster(Services(settings, database, outbox, DomainClock(clock), speakers()), name)
