"""A board as a file for a spreadsheet: for a manager in Slack, and on the page."""

from collections.abc import Sequence

from bot.features.leaderboards.actions import board_of
from bot.features.leaderboards.posting import period_for
from bot.features.leaderboards.rules import Board, GroupsBoard, Others, TeamBoard
from bot.i18n.translate import later
from bot.kernel.office import Me, Say
from bot.kernel.periods import code_of
from bot.kernel.roles import must_be_manager
from bot.kernel.spreadsheets import sheet
from bot.kernel.weekly import BoardMode
from bot.services import Services
from bot.slack.blocks import Message
from storage.database import InWorkspace
from storage.outbox import Post

FILE = "board-file:"  # the beginning of the key of such a file; then the period, the mode, the manager, the moment
HEADINGS = {
    BoardMode.PEOPLE: (later("Place"), later("Name"), later("Fans"), later("Compliments"), later("Ideas done"),
                       later("Applause")),
    BoardMode.GROUPS: (later("Place"), later("Group"), later("Fans per head"), later("Fans"), later("People")),
    BoardMode.TEAM: (later("Period"), later("First day"), later("Last day"), later("Fans")),
}  # fmt: skip
Cells = Sequence[object]


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
    code, mode = post.key.split(":")[1:3]
    with services.database.reading(InWorkspace(post.workspace_id)) as tx:
        office = services.office(tx)
    if post.target not in office.managers:
        return _file([], BoardMode(mode), office.say)
    return csv_of(services, post.workspace_id, code, BoardMode(mode))


def csv_of(services: Services, workspace_id: int, code: str, mode: BoardMode) -> str:
    """The board of a period of one workspace, as on the screen. Raises BotError for a period that can't be."""
    with services.database.reading(InWorkspace(workspace_id)) as tx:
        office = services.office(tx)
        board = board_of(tx, office, period_for(services, office, code), mode)
    return _file(_rows(board, office.say), mode, office.say)


def _rows(board: Board, say: Say) -> list[Cells]:
    if isinstance(board, TeamBoard):
        return [(code_of(one), one.first, one.last, fans) for one, fans in board.points]
    if isinstance(board, GroupsBoard):
        groups = [(one.place, one.name, one.per_head, one.fans, one.heads) for one in board.rows]
        return [*groups, *_others(board.others, board.total, BoardMode.GROUPS, say)]
    people = [(one.place, one.name, one.fans, one.compliments, one.ideas, one.applause) for one in board.rows]
    return [*people, *_others(board.others, board.total, BoardMode.PEOPLE, say)]


def _others(others: Others | None, total: int | None, mode: BoardMode, say: Say) -> list[Cells]:
    """A row as long as the headings, for who has none of their own."""
    if others is None:
        return []
    name, fans = say("a few colleagues"), total
    if others.people is not None:
        name, fans = say("{number} colleagues", number=others.people), others.fans
    told = {"Name": name, "Group": name, "Fans": fans}
    return [[told.get(heading, "") for heading in HEADINGS[mode]]]


def _file(rows: list[Cells], mode: BoardMode, say: Say) -> str:
    return sheet(rows, [say(heading) for heading in HEADINGS[mode]])
