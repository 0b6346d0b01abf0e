"""Taking somebody who had themselves erased out of the boards that stand in channels."""

from datetime import date

from sqlmodel import Session

from bot.features.leaderboards import screens
from bot.features.leaderboards.posting import BOARD, WEEKLY, period_for, seen_in
from bot.kernel.office import Me, Office
from bot.kernel.periods import Period, PeriodKind, period_of
from bot.kernel.weekly import BoardMode
from bot.services import Services
from storage.personal import keys_saying


def forget_name(tx: Session, services: Services, me: Me) -> None:
    """Write the boards that name somebody anew.

    The record has no name for them any more when this is called; `me` still knows it.
    """
    if not me.name:
        return
    office = services.office(tx)
    for key in [*keys_saying(tx, BOARD, me.name), *keys_saying(tx, WEEKLY, me.name)]:
        period, mode = _board_under(key, services, office)
        message = screens.board_message(seen_in(tx, office, period, mode), office.say)
        services.outbox.change(tx, key, message)


def _board_under(key: str, services: Services, office: Office) -> tuple[Period, BoardMode]:
    """Which board stands under a key."""
    if key.startswith(WEEKLY):
        return period_of(PeriodKind.WEEK, date.fromisoformat(key.removeprefix(WEEKLY))), office.board_mode
    _, _, code, mode, _ = key.split(":")
    return period_for(services, office, code), BoardMode(mode)
