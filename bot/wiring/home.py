"""App Home: the features' cards in their order, and when it is drawn again."""

from collections.abc import Callable
from typing import Any

from slack_bolt import App
from sqlmodel import Session

from bot.features.budgets import showing as budgets
from bot.features.change_wall import actions as change_wall
from bot.features.customer_page import notes as customer_page
from bot.features.customer_wall import actions as customer_wall
from bot.features.digest import actions as digest
from bot.features.figures import actions as figures
from bot.features.gifts import actions as gifts
from bot.features.habit import actions as habit
from bot.features.office import actions as office
from bot.features.participants import actions as participants
from bot.features.permissions import actions as permissions
from bot.features.stories import actions as stories
from bot.features.team_wall import reporting as team_wall
from bot.features.thanks import actions as thanks
from bot.features.to_nots import actions as to_nots
from bot.kernel.facts import (
    Act,
    ComplimentChanged,
    ComplimentPlaced,
    ComplimentRemoved,
    HomesOutdated,
    NoteTakenUp,
)
from bot.kernel.office import Me
from bot.kernel.roles import refusal
from bot.services import Services
from bot.slack.blocks import Json, divider, header, home, line
from bot.slack.reply import Reply
from bot.wiring import privacy
from storage.people import Part, note_home, people_by_ids

Card = Callable[[Session, Services, Me], list[Json]]
Concerning = ComplimentPlaced | ComplimentChanged | ComplimentRemoved | NoteTakenUp | HomesOutdated


def welcome_card(_tx: Session, _services: Services, me: Me) -> list[Json]:
    """For who opens Home for the first time; at the next drawing it is gone."""
    if me.has_home:
        return []
    say, fan, fanclub = me.say, me.office.commands["fan"], me.office.commands["fanclub"]
    third = say(
        "3. Would you like a reminder on your working days? Press the button below, or type {fanclub} join.",
        fanclub=fanclub,
    )
    if me.part == Part.JOINED:
        third = say("3. Your reminder comes on your working days. Change it whenever you like, at the bottom.")
    return [
        header(say("Welcome, this is how it works")),
        line(say("1. Do a little more for one customer today than they expect. A kind word is enough.")),
        line(say("2. Tell it in a sentence: with the button below, or with {fan} anywhere in Slack.", fan=fan)),
        line(third),
        divider(),
    ]  # fmt: skip


def setting_up_card(tx: Session, services: Services, me: Me) -> list[Json]:
    """The way through the settings, on top for as long as nobody took it."""
    if me.office.is_set_up or not (card := office.home_card(tx, services, me)):
        return []
    return [*card[1:], divider()]  # its line beneath it, for on top there is nothing to be parted from


def joining_card(tx: Session, services: Services, me: Me) -> list[Json]:
    """Near the top as long as somebody has the choice before them; who made it finds it at the bottom."""
    return participants.home_card(tx, services, me) if me.part in (Part.UNASKED, Part.ASKED) else []


def taking_part_card(tx: Session, services: Services, me: Me) -> list[Json]:
    return participants.home_card(tx, services, me) if me.part in (Part.JOINED, Part.LEFT) else []


def settings_card(tx: Session, services: Services, me: Me) -> list[Json]:
    return office.home_card(tx, services, me) if me.office.is_set_up else []


# Today first, what is one's own on top, settings at the bottom.
CARDS: tuple[Card, ...] = (
    welcome_card,
    setting_up_card,
    stories.home_card,
    habit.home_card,
    joining_card,
    customer_page.home_card,
    budgets.home_card,
    stories.last_stories_card,
    digest.home_card,
    figures.home_card,
    thanks.home_card,
    gifts.home_card,
    customer_wall.home_card,
    change_wall.home_card,
    team_wall.home_card,
    permissions.home_card,
    to_nots.home_card,
    taking_part_card,
    privacy.home_card,
    settings_card,
)


def open_home(event: dict[str, Any], me: Me, services: Services, reply: Reply) -> None:
    if event.get("tab") == "home":
        show_home(services, me)
    reply.done()


def show_home(services: Services, me: Me) -> None:
    """Draw somebody's Home."""
    with services.database.writing(me) as tx:
        note_home(tx, me.person_id, services.clock.now())
        _draw(tx, services, me)


def redraw(tx: Session, services: Services, fact: Act) -> None:
    """A reaction, the last of a fact's: draw the Home of the person whose act it was, if they ever opened it."""
    if fact.me.has_home:
        _draw(tx, services, fact.me)


def redraw_concerned(tx: Session, services: Services, fact: Concerning) -> None:
    """A reaction, the last of a fact's: draw the opened Homes of whose act it was and of whom it concerns.

    By their ids, whoever acts: two that draw each other's Home at one moment then don't wait for each other.
    """
    own = [fact.me.person_id] if isinstance(fact, Act) else []
    for person in sorted(people_by_ids(tx, {*own, *fact.concerns}), key=lambda one: one.id or 0):
        if person.home_opened_at is not None:
            _draw(tx, services, services.me(tx, person))


def _draw(tx: Session, services: Services, me: Me) -> None:
    error = refusal(me)
    blocks = [line(me.say.error(error))] if error else [block for card in CARDS for block in card(tx, services, me)]
    services.outbox.show_home(tx, _key(me.person_id), home(blocks), to=me.slack_id)


def _key(person_id: int) -> str:
    return f"home:{person_id}"


def register(app: App) -> None:
    app.event("app_home_opened")(open_home)
