"""Boards that stand in channels, when somebody on them wants their name there no more."""

from collections import defaultdict
from datetime import date
from typing import Any

from sqlmodel import Session

from bot.features.leaderboards import export, screens, standing
from bot.features.leaderboards.posting import BOARD, WEEKLY, period_for, seen_in
from bot.kernel.facts import PlanChanged, StandingChanged
from bot.kernel.office import Me, Office
from bot.kernel.periods import Period, PeriodKind, period_of
from bot.kernel.weekly import BoardMode
from bot.services import Services
from storage.boards import takes_part_by_name
from storage.standing import posts_under

Bodies = list[tuple[str, dict[str, Any]]]  # of boards that stand, by their keys


def follow_name(tx: Session, services: Services, fact: PlanChanged | StandingChanged) -> None:
    """A reaction: who stops, left the company, or wants their name on boards no more, is on none that stands."""
    if takes_part_by_name(tx, fact.me.person_id):
        return
    naming = [(key, body) for key, body in with_names(tx) if standing.names(body, fact.me.person_id)]
    if naming:
        redraw(tx, services, services.office(tx), naming)


def forget_name(tx: Session, services: Services, me: Me) -> None:
    """Take somebody who had themselves erased off the boards that stand, and take boards sent as files away.

    The record has no name for them any more when this is called; which of the files name them is kept nowhere.
    """
    naming = [(key, body) for key, body in with_names(tx) if standing.names(body, me.person_id)]
    redraw(tx, services, services.office(tx), naming)
    for key, _ in posts_under(tx, export.FILE):
        if key.split(":")[2] == BoardMode.PEOPLE:
            services.outbox.remove(tx, key)


def with_names(tx: Session) -> Bodies:
    """All boards with names that stand, or will."""
    found = [*posts_under(tx, BOARD), *posts_under(tx, WEEKLY)]
    return [(key, body) for key, body in found if standing.mode_in(body) is BoardMode.PEOPLE]


def redraw(tx: Session, services: Services, office: Office, boards: Bodies) -> None:
    """Make these anew, without haste, those of a period in all its channels alike; what is right already stays."""
    by_period: dict[Period, Bodies] = defaultdict(list)
    for key, body in boards:
        by_period[_period_under(key, services, office)].append((key, body))
    turns = 0
    for period, stand in by_period.items():
        message = screens.board_message(seen_in(tx, office, period, BoardMode.PEOPLE), office.say)
        changed = [key for key, body in stand if body != message.body()]
        services.outbox.change_alike(tx, changed, message, turns)
        turns += len(changed)


def _period_under(key: str, services: Services, office: Office) -> Period:
    """Which period's board stands under a key."""
    if key.startswith(WEEKLY):
        return period_of(PeriodKind.WEEK, date.fromisoformat(key.removeprefix(WEEKLY)))
    return period_for(services, office, key.split(":")[2])
