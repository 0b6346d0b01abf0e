"""Looking at a leaderboard."""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.features.leaderboards import rules
from bot.features.leaderboards.rules import Board
from bot.kernel.boards import MOST_A_DAY, PAST
from bot.kernel.office import Me, Office
from bot.kernel.periods import DAY, Period, PeriodKind, previous, read_period
from bot.kernel.roles import must_belong
from bot.kernel.weekly import BoardMode
from bot.services import Services
from storage.boards import beside, fans_by_day, teams, tellers_by_day, told_by


@dataclass(frozen=True)
class Seen:
    """A board, and which it is."""

    period: Period
    mode: BoardMode
    board: Board
    today: date | None  # the office's; None: it is to stand longer than today


def see_board(services: Services, me: Me, typed: str, mode: BoardMode | None = None) -> Seen:
    """The board of the period that somebody typed, in the office's mode unless they chose another that they may see.

    Raises BotError for who doesn't work here, and for a period that can't be.
    """
    must_belong(me)
    chosen = mode if mode in rules.modes_for(me.office.board_mode, me.is_manager) else me.office.board_mode
    now = services.clock.now().astimezone(ZoneInfo(me.office.zone))
    period = read_period(typed, now)
    with services.database.reading(me) as tx:
        return Seen(period, chosen, board_of(tx, me.office, period, chosen), now.date())


def board_of(tx: Session, office: Office, period: Period, mode: BoardMode) -> Board:
    """The board as it is now: a story that was deleted since is no longer in it."""
    if mode == BoardMode.TEAM:
        periods = previous(period, PAST[period.kind])
        span = (periods[0].first, period.last)
        tellers_a_day = tellers_by_day(tx, *span) if period.kind == PeriodKind.DAY else None
        return rules.team_board(periods, fans_by_day(tx, *span, MOST_A_DAY), tellers_a_day)
    tellers = told_by(tx, period.first, period.last, MOST_A_DAY)
    if mode == BoardMode.GROUPS:
        return rules.groups_board(tellers, teams(tx), period.kind)
    named = [one.person_id for _, one in rules.leaders(tellers)[0]]
    begins, ends = (datetime.combine(day, time(), ZoneInfo(office.zone)) for day in (period.first, period.last + DAY))
    return rules.people_board(tellers, beside(tx, named, period.first, period.last, begins, ends), period.kind)
