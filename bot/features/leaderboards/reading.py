"""What the page of a leaderboard shows: finding whose link it is, and reading the board in the office's mode."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from bot.features.leaderboards.actions import Seen, board_of
from bot.i18n.translate import later
from bot.kernel.errors import BotError
from bot.kernel.links import is_token
from bot.kernel.office import Office
from bot.kernel.periods import DAY, Period, PeriodKind, code_of, period_of, previous, read_period
from bot.services import Services
from storage.database import InWorkspace
from storage.links import LinkKind, link_by_token

OFFERED = {
    PeriodKind.DAY: later("Day"),
    PeriodKind.WEEK: later("Week"),
    PeriodKind.MONTH: later("Month"),
    PeriodKind.QUARTER: later("Quarter"),
    PeriodKind.YEAR: later("Year"),
}


@dataclass(frozen=True)
class Read:
    """A board, the office that it is of, and what was wrong with the period that was asked for."""

    office: Office
    seen: Seen
    today: date  # the office's
    wrong: BotError | None

    @property
    def before(self) -> Period:
        return previous(self.seen.period, 2)[0]

    @property
    def after(self) -> Period | None:
        """The period that follows; None when that is still to come."""
        following = period_of(self.seen.period.kind, self.seen.period.last + DAY)
        return following if following.first <= self.today else None

    @property
    def kinds(self) -> Sequence[tuple[PeriodKind, str, Period]]:
        """Each kind, what it is called (English), and its period of today."""
        return [(kind, name, period_of(kind, self.today)) for kind, name in OFFERED.items()]

    @property
    def code(self) -> str:
        return code_of(self.seen.period)


def workspace_of_board(services: Services, token: str) -> int | None:
    """The workspace whose board a link opens; None when it was revoked, or never made."""
    if not is_token(token):
        return None
    with services.database.reading() as tx:
        link = link_by_token(tx, token, LinkKind.BOARD)
        return link.workspace_id if link else None


def read_board(services: Services, workspace_id: int, asked: str) -> Read:
    """The board of the period that was asked for, or of the usual one when that can't be.

    In the office's mode alone: where it shows no names, no address does.
    """
    with services.database.reading(InWorkspace(workspace_id)) as tx:
        office, wrong = services.office(tx), None
        now = services.clock.now().astimezone(ZoneInfo(office.zone))
        try:
            period = read_period(asked, now)
        except BotError as error:
            period, wrong = read_period("", now), error
        board = board_of(tx, office, period, office.board_mode)
        return Read(office, Seen(period, office.board_mode, board, now.date()), now.date(), wrong)
