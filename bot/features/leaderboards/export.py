"""A board as a file for a spreadsheet: for a manager in Slack, and on the page."""

from collections.abc import Mapping, Sequence
from io import StringIO

from bot.features.leaderboards.actions import board_of
from bot.features.leaderboards.posting import period_for
from bot.features.leaderboards.rules import Board, GroupsBoard, Others, TeamBoard
from bot.kernel.office import Me, Say
from bot.kernel.periods import code_of
from bot.kernel.roles import must_be_manager
from bot.kernel.spreadsheets import write_csv
from bot.kernel.weekly import BoardMode
from bot.services import Services
from bot.slack.blocks import Message
from storage.database import InWorkspace
from storage.outbox import Post

FILE = "board-file:"  # the beginning of the key of such a file; then the period, the mode, the manager, the moment
NAMES = {
    BoardMode.PEOPLE: ("place", "name", "fans", "compliments", "ideas_done", "applause"),
    BoardMode.GROUPS: ("place", "group", "fans_per_head", "fans", "people"),
    BoardMode.TEAM: ("period", "first", "last", "fans"),
}
Cells = Mapping[str, object]


def queue_file(services: Services, me: Me, code: str, mode: BoardMode) -> None:
    """Let a board stand as a file in a manager's messages with the bot. Raises BotError."""
    must_be_manager(me)
    code = code_of(period_for(services, me.office, code))
    with services.database.writing(me) as tx:
        moment = services.clock.now().isoformat(timespec="microseconds")
        stem = me.say("top-fans")
        text = Message(me.say("The board of {period} as a file.", period=code))
        key = f"{FILE}{code}:{mode.value}:{me.slack_id}:{moment}"
        services.outbox.post_file(tx, key, text, name=f"{stem}-{code}.csv", to=me.slack_id)


def file_contents(services: Services, post: Post) -> str:
    """What stands in a file that is about to be sent: the board as it is now, and nothing for who lost the role."""
    with services.database.reading(InWorkspace(post.workspace_id)) as tx:
        may_see = post.target in services.office(tx).managers
    code, mode = post.key.split(":")[1:3]
    return csv_of(services, post.workspace_id, code, BoardMode(mode)) if may_see else _csv([], BoardMode(mode))


def csv_of(services: Services, workspace_id: int, code: str, mode: BoardMode) -> str:
    """The board of a period of one workspace, as on the screen. Raises BotError for a period that can't be."""
    with services.database.reading(InWorkspace(workspace_id)) as tx:
        office = services.office(tx)
        board = board_of(tx, office, period_for(services, office, code), mode)
    return _csv(_rows(board, office.say), mode)


def _rows(board: Board, say: Say) -> list[Cells]:
    if isinstance(board, TeamBoard):
        return [
            {"period": code_of(one), "first": one.first, "last": one.last, "fans": fans} for one, fans in board.points
        ]
    if isinstance(board, GroupsBoard):
        groups = [(one.place, one.name, str(one.per_head), one.fans, one.heads) for one in board.rows]
        return [*_named(groups, BoardMode.GROUPS), *_others(board.others, board.total, "group", say)]
    people = [(one.place, one.name, one.fans, one.compliments, one.ideas, one.applause) for one in board.rows]
    return [*_named(people, BoardMode.PEOPLE), *_others(board.others, board.total, "name", say)]


def _named(rows: Sequence[tuple[object, ...]], mode: BoardMode) -> list[Cells]:
    return [dict(zip(NAMES[mode], row, strict=True)) for row in rows]


def _others(others: Others | None, total: int | None, column: str, say: Say) -> list[Cells]:
    if others is None:
        return []
    if others.people is None:
        return [{column: say("a few colleagues"), "fans": total}]
    return [{column: say("{number} colleagues", number=others.people), "fans": others.fans}]


def _csv(rows: list[Cells], mode: BoardMode) -> str:
    out = StringIO(newline="")
    write_csv(rows, NAMES[mode], out)
    return out.getvalue()
