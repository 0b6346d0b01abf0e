"""Where boards stand in Slack: in the channel that a manager chose, and each week by themselves."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.features.leaderboards import screens
from bot.features.leaderboards.actions import Seen, board_of
from bot.features.leaderboards.wording import is_empty
from bot.kernel.choices import Choice
from bot.kernel.errors import BotError
from bot.kernel.office import Me, Office
from bot.kernel.periods import Period, PeriodKind, code_of, period_of, read_period
from bot.kernel.roles import must_be_manager
from bot.kernel.weekly import BoardMode, time_left, week_due
from bot.services import Services
from storage.database import InWorkspace
from storage.office import workspaces_with_choice
from storage.outbox import Post, post_by_key

BOARD = "board:"  # the beginning of the key of a board that a manager posted; then channel, period, mode, day
WEEKLY = "weekly-board:"  # the beginning of the key of a board that went out by itself; then its Monday
DIGEST = "digest:"  # of another feature: the week's first message, in whose thread the board stands


def period_for(services: Services, office: Office, code: str) -> Period:
    """The period that a code stands for, or words do. Raises BotError for one that can't be."""
    return read_period(code, services.clock.now().astimezone(ZoneInfo(office.zone)))


def post_board(services: Services, me: Me, code: str, mode: BoardMode, channel: str) -> bool:
    """Let the board of a period stand in a channel; false when it stood there today already, and was renewed.

    Raises BotError for who is no manager, and when nothing was told.
    """
    must_be_manager(me)
    period = period_for(services, me.office, code)
    key = f"{BOARD}{channel}:{code_of(period)}:{mode.value}:{services.clock.today(me.office.zone)}"
    with services.database.writing(me) as tx:
        seen = seen_in(tx, me.office, period, mode)
        message = screens.board_message(seen, me.office.say)
        if services.outbox.stands(tx, key):
            services.outbox.change(tx, key, message)
            return False
        if is_empty(seen.board):
            raise BotError("Nothing was told in that period, so there is nothing to post.")
        services.outbox.post(tx, key, message, to=channel)
        return True


def workspaces(services: Services) -> Sequence[int]:
    """Those that chose a channel for what goes out each week."""
    with services.database.reading() as tx:
        return [one for one, weekly in workspaces_with_choice(tx, Choice.WEEKLY).items() if weekly.get("channel")]


def post_weekly(services: Services, workspace_id: int) -> None:
    """The week's board, once, when it is due: in the thread of the week's digest, or by itself where there is none."""
    with services.database.reading(InWorkspace(workspace_id)) as tx:
        if _due(tx, services, services.office(tx)) is None:
            return
    with services.database.writing(InWorkspace(workspace_id)) as tx:
        office = services.office(tx)
        week = _due(tx, services, office)
        if week is None:
            return
        seen, digest = seen_in(tx, office, week, office.board_mode), _digest(tx, office, week)
        is_told = digest is not None and is_empty(seen.board)  # the digest has said that there is nothing
        thread = digest.key if digest and not is_told and not _is_lost(digest, office) else None
        message = screens.board_message(seen, office.say)
        services.outbox.remove(tx, _key(week))  # from a thread that will never be there
        left = time_left(services.clock.now(), week.first, office.weekly, office.workdays, office.calendar, office.zone)
        services.outbox.post(tx, _key(week), message, to=office.weekly.channel, thread=thread, within=left)
        if is_told:  # what is told after it is no reason to begin anew, and no tick has to look again
            services.outbox.remove(tx, _key(week))


def _due(tx: Session, services: Services, office: Office) -> Period | None:
    """The week whose board is to be posted now; with a digest it waits until that is there."""
    weekly = office.weekly
    monday = week_due(services.clock.now(), weekly, office.workdays, office.calendar, office.zone)
    if monday is None or not weekly.has_board:
        return None
    week = period_of(PeriodKind.WEEK, monday)
    digest, board = _digest(tx, office, week), post_by_key(tx, _key(week))
    if board is not None:
        return week if digest and _waits_in_vain(board, digest) else None
    return None if _has_digest(office, week) and digest is None else week


def _waits_in_vain(board: Post, digest: Post) -> bool:
    """Whether it is to stand in the thread of what Slack refused."""
    return board.body is not None and board.ts is None and board.thread_key is not None and _is_refused(digest)


def _is_refused(digest: Post) -> bool:
    return digest.ts is None and digest.parked_reason is not None


def _is_lost(digest: Post, office: Office) -> bool:
    """Whether the board doesn't go with the digest: Slack refused that, or it went where the office isn't any more."""
    return _is_refused(digest) or digest.target != office.weekly.channel


def _has_digest(office: Office, week: Period) -> bool:
    return office.weekly.has_digest and not office.digest.of(week.first).is_skipped


def _digest(tx: Session, office: Office, week: Period) -> Post | None:
    """The first message of the week's digest, if the week has one."""
    post = post_by_key(tx, f"{DIGEST}{week.first}") if _has_digest(office, week) else None
    return post if post is not None and post.body is not None else None


def _key(week: Period) -> str:
    return f"{WEEKLY}{week.first}"


def seen_in(tx: Session, office: Office, period: Period, mode: BoardMode) -> Seen:
    """The board as it is in this transaction, called by a name that stays right while it stands."""
    return Seen(period, mode, board_of(tx, office, period, mode), None)
