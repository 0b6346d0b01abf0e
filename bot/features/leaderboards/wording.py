"""A leaderboard in words: its sentences, its columns, and what counts on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from bot.features.leaderboards.rules import Board, GroupsBoard, Others, PeopleBoard, TeamBoard, TiedFirst
from bot.i18n.translate import later
from bot.kernel.boards import MIN_GROUP, MOST_A_DAY
from bot.kernel.office import Say
from bot.kernel.periods import Period, PeriodKind, name_of
from bot.kernel.weekly import BoardMode

CAPTIONS = {
    BoardMode.PEOPLE: later("The first ten"),
    BoardMode.GROUPS: later("Fans a group"),
    BoardMode.TEAM: later("Fans together"),
}
MODES = {
    BoardMode.PEOPLE: later("People, the first ten"),
    BoardMode.GROUPS: later("Groups, per head"),
    BoardMode.TEAM: later("The team together"),
}
_COUNTED = {
    BoardMode.PEOPLE: later(
        "Counted: fan stories that were shared, at most {most} a person a day. Your own applause doesn't count."
        " Only people who want their name here are on it; you choose that in your settings."
    ),
    BoardMode.GROUPS: later(
        "Counted: fan stories that were shared, at most {most} a person a day, divided by the people in the group."
        " A group of fewer than {least} isn't shown, nor one of which the number of a few colleagues would follow."
    ),
    BoardMode.TEAM: later("Counted: fan stories that were shared, at most {most} a person a day, of everybody."),
}

Cell = str | int | Decimal


class Shown(Protocol):
    """A board, and which it is."""

    @property
    def period(self) -> Period: ...
    @property
    def mode(self) -> BoardMode: ...
    @property
    def board(self) -> Board: ...
    @property
    def today(self) -> date | None: ...  # the office's; None: it stands longer than today


@dataclass(frozen=True)
class Table:
    """A board's rows beneath their headings; `name_at` is the column of who or what a row is about."""

    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    name_at: int


def title(seen: Shown, say: Say) -> str:
    """What stands above a board."""
    return say("Top fans: {period}", period=name_of(seen.period, seen.today, say))


def period_called(seen: Shown, say: Say) -> str:
    """The board's period, to begin a sentence with."""
    name = name_of(seen.period, seen.today, say)
    return name[:1].upper() + name[1:]


def table_of(board: Board, today: date | None, say: Say) -> Table:
    """The board as a table; of the team that are its periods, the newest first."""
    if isinstance(board, TeamBoard):
        rows: list[list[Cell]] = [[name_of(period, today, say), fans] for period, fans in reversed(board.points)]
        return Table([say("Period"), say("Fans")], rows, 0)
    if isinstance(board, GroupsBoard):
        columns = [say("Place"), say("Group"), say("Fans per head"), say("Fans"), say("People")]
        return Table(columns, [(one.place, one.name, one.per_head, one.fans, one.heads) for one in board.rows], 1)
    columns = [say("Place"), say("Name"), say("Fans"), say("Compliments"), say("Ideas done"), say("Applause")]
    people = [(one.place, one.name, one.fans, one.compliments, one.ideas, one.applause) for one in board.rows]
    return _without_zeroes(Table(columns, people, 1))


def _without_zeroes(table: Table) -> Table:
    """Without the columns, beside the one that decides, in which nobody has anything."""
    always = table.name_at + 1
    kept = [at for at in range(len(table.columns)) if at <= always or any(row[at] for row in table.rows)]
    rows = [[row[at] for at in kept] for row in table.rows]
    return Table([table.columns[at] for at in kept], rows, table.name_at)


def is_empty(board: Board) -> bool:
    """Whether nothing was told, so that there is nothing to draw."""
    if isinstance(board, TeamBoard):
        return not (board.is_few or any(fans for _, fans in board.points))
    return not (board.rows or board.others or board.tied_first)


def empty_line(seen: Shown, say: Say) -> str:
    period = period_called(seen, say)
    if seen.today is not None and seen.today in seen.period:
        return say("{period}: no fan stories yet. Who tells the first?", period=period)
    return say("{period}: no fan stories were told.", period=period)


def beneath(seen: Shown, say: Say) -> str:
    """The sentences under the rows: who else made fans, and all together; empty when there is no more to say."""
    board = seen.board
    if isinstance(board, TeamBoard):
        return team_line(seen, board, say)
    nobody = say("This time no group is shown by itself.")
    is_few = board.others is not None and board.others.people is None
    parts = [nobody] if isinstance(board, GroupsBoard) and not (board.rows or board.tied_first or is_few) else []
    parts += [_tied_line(board, board.tied_first, say)] if board.tied_first else []
    if is_few and not (board.rows or board.tied_first):
        return " ".join([*parts, _some_line(board, say)])
    if board.others:
        parts.append(say("And other colleagues.") if is_few else _others_line(board.others, say))
    if board.total is not None and board.others:
        parts.append(say.plural("Together: one fan.", "Together: {number} fans.", board.total))
    return " ".join(parts)


def team_line(seen: Shown, board: TeamBoard, say: Say) -> str:
    period = period_called(seen, say)
    if board.total is None:
        return say("{period}: a few colleagues made fans.", period=period)
    return say.plural("{period}: one fan together.", "{period}: {number} fans together.", board.total, period=period)


def sentence(seen: Shown, say: Say) -> str:
    """The whole board for who hears it instead of seeing it."""
    board = seen.board
    if is_empty(board):
        return empty_line(seen, say)
    if isinstance(board, TeamBoard):
        return team_line(seen, board, say)
    named = [f"{name} {shown(number, say)}" for name, number in scores(board)]
    first = [f"{title(seen, say)}. {', '.join(named)}." if named else f"{title(seen, say)}."]
    return " ".join([*first, *([rest] if (rest := beneath(seen, say)) else [])])


def scores(board: PeopleBoard | GroupsBoard) -> list[tuple[str, int | Decimal]]:
    """Who stands on it, with the number that decides their place."""
    if isinstance(board, GroupsBoard):
        return [(one.name, one.per_head) for one in board.rows]
    return [(one.name, one.fans) for one in board.rows]


def counted_line(mode: BoardMode, say: Say) -> str:
    """What counts, and how."""
    return say(_COUNTED[mode], most=MOST_A_DAY, least=MIN_GROUP)


def short_name(period: Period, say: Say) -> str:
    """A period beneath a chart: at most 20 characters, and no other of the same chart is called so."""
    first = period.first
    if period.kind == PeriodKind.DAY:
        return f"{first.day}-{first.month}"
    if period.kind == PeriodKind.WEEK:
        return say("wk {number}", number=first.isocalendar().week)
    if period.kind == PeriodKind.MONTH:
        return name_of(period, first, say).split()[0]
    if period.kind == PeriodKind.QUARTER:
        return say("Q{number} {year}", number=(first.month + 2) // 3, year=first.year)
    return f"{first.year}"


def shown(number: Cell, say: Say) -> str:
    """A cell as people write it: 3,5 in Dutch."""
    written = str(number)
    return written.replace(".", ",") if isinstance(number, Decimal) and say.language == "nl" else written


def _tied_line(board: PeopleBoard | GroupsBoard, tied: TiedFirst, say: Say) -> str:
    each = shown(tied.each, say)
    if isinstance(board, GroupsBoard):
        return say("{number} groups share the first place, each with {each} per head.", number=tied.count, each=each)
    return say("{number} colleagues share the first place, each with {each}.", number=tied.count, each=each)


def _some_line(board: PeopleBoard | GroupsBoard, say: Say) -> str:
    """Where nobody is named: of one day, or of so few."""
    if board.total is not None:
        return say.plural(
            "A few colleagues told of one fan.", "A few colleagues told of fans: {number} together.", board.total
        )
    return say("Colleagues told of fans.")


def _others_line(others: Others, say: Say) -> str:
    return say("And {number} colleagues: {fans} fans.", number=others.people, fans=others.fans)
