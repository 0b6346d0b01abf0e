"""App Home: the features' cards in their order, and when it is drawn again."""

from collections.abc import Callable
from typing import Any

from slack_bolt import App
from sqlmodel import Session

from bot.features.stories import actions as stories
from bot.kernel.facts import Fact
from bot.kernel.office import Me
from bot.kernel.roles import refusal
from bot.services import Services
from bot.slack.blocks import Json, home, line
from bot.slack.reply import Reply
from storage.people import note_home

Card = Callable[[Session, Services, Me], list[Json]]

CARDS: tuple[Card, ...] = (stories.home_card,)


def open_home(event: dict[str, Any], me: Me, services: Services, reply: Reply) -> None:
    if event.get("tab") == "home":
        show_home(services, me)
    reply.done()


def show_home(services: Services, me: Me) -> None:
    """Draw somebody's Home."""
    with services.database.writing(me) as tx:
        note_home(tx, me.person_id, services.clock.now())
        _draw(tx, services, me)


def redraw(tx: Session, services: Services, fact: Fact) -> None:
    """A reaction: draw the Home of the person whose act it was, if they ever opened it."""
    if fact.me.has_home:
        _draw(tx, services, fact.me)


def _draw(tx: Session, services: Services, me: Me) -> None:
    error = refusal(me)
    blocks = [line(me.say.error(error))] if error else [block for card in CARDS for block in card(tx, services, me)]
    services.outbox.show_home(tx, _key(me.person_id), home(blocks), to=me.slack_id)


def _key(person_id: int) -> str:
    return f"home:{person_id}"


def register(app: App) -> None:
    app.event("app_home_opened")(open_home)
