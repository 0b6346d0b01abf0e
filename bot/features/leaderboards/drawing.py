"""A leaderboard as Slack draws it: its own tables and charts, and the same in text where it doesn't take those."""

from decimal import Decimal

from bot.features.leaderboards import wording
from bot.features.leaderboards.rules import GroupsBoard, TeamBoard
from bot.features.leaderboards.wording import Cell, Shown, Table
from bot.kernel.office import Say
from bot.slack.blocks import Json
from bot.slack.charts import bar_chart, emoji_bars, line_chart

MEDALS = {1: "🥇", 2: "🥈", 3: "🥉"}


def drawn(seen: Shown, say: Say) -> list[Json]:
    """The board in Slack's own blocks: a table of who is on it, a chart of groups, a line of the team."""
    board, table = seen.board, wording.table_of(seen.board, seen.today, say)
    if isinstance(board, TeamBoard):
        points = _points(board, say)
        return [line_chart(say(wording.CAPTIONS[seen.mode]), say("Fans"), points)] if points else []
    if not board.rows:
        return []
    if isinstance(board, GroupsBoard):
        each = [(one.name, float(one.per_head)) for one in board.rows]
        return [bar_chart(say("Fans per head"), say("Fans"), each), _table(table, say(wording.CAPTIONS[seen.mode]))]
    return [_table(table, say(wording.CAPTIONS[seen.mode]))]


def written(seen: Shown, say: Say) -> list[Json]:
    """The same in words and bars of emoji."""
    board = seen.board
    if isinstance(board, TeamBoard):
        return [emoji_bars(_points(board, say))]
    if not board.rows:
        return []
    places = [MEDALS.get(one.place, f"{one.place}.") for one in board.rows]
    scores, beside = wording.scores(board), _beside(wording.table_of(board, seen.today, say), say)
    rows = [(f"{place} {name}", float(number)) for place, (name, number) in zip(places, scores, strict=True)]
    behind = [wording.shown(number, say) + more for (_, number), more in zip(scores, beside, strict=True)]
    return [emoji_bars(rows, behind)]


def _points(board: TeamBoard, say: Say) -> list[tuple[str, float]]:
    return [(wording.short_name(period, say), fans) for period, fans in board.points]


def _beside(table: Table, say: Say) -> list[str]:
    """What stands behind the number that decides, such as " · Compliments 2 · Applause 7"; zeroes say nothing."""
    after = table.name_at + 2
    return [
        "".join(
            f" · {name} {wording.shown(cell, say)}"
            for name, cell in zip(table.columns[after:], row[after:], strict=True)
            if cell
        )
        for row in table.rows
    ]


def _table(table: Table, caption: str) -> Json:
    rows = [[_cell(name) for name in table.columns], *([_cell(cell) for cell in row] for row in table.rows)]
    return {"type": "data_table", "caption": caption, "rows": rows, "row_header_column_index": table.name_at}


def _cell(cell: Cell) -> Json:
    if isinstance(cell, str):
        return {"type": "raw_text", "text": cell}
    return {"type": "raw_number", "value": float(cell) if isinstance(cell, Decimal) else cell}
