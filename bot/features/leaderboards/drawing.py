"""A leaderboard as Slack draws it: its own tables and charts, and the same in text where it doesn't take those."""

from collections.abc import Sequence
from decimal import Decimal

from bot.features.leaderboards import wording
from bot.features.leaderboards.rules import GroupsBoard, TeamBoard
from bot.features.leaderboards.wording import Cell, Shown, Table
from bot.kernel.office import Say
from bot.slack.blocks import Json, paragraph, words

LONGEST_LABEL = 20  # characters in a chart; Slack refuses more
LONGEST_BAR = 10  # marks
MEDALS = {1: "🥇", 2: "🥈", 3: "🥉"}
MARK = "🟪"


def drawn(seen: Shown, say: Say) -> list[Json]:
    """The board in Slack's own blocks: a table of who is on it, a chart of groups, a line of the team."""
    board, table = seen.board, wording.table_of(seen.board, seen.today, say)
    if isinstance(board, TeamBoard):
        labels = [wording.short_name(period, say) for period, _ in board.points]
        return [_chart(say("Fans together"), "line", say, labels, [fans for _, fans in board.points])]
    if not board.rows:
        return []
    if isinstance(board, GroupsBoard):
        labels = _labels([one.name for one in board.rows])
        bars = _chart(say("Fans per head"), "bar", say, labels, [float(one.per_head) for one in board.rows])
        return [bars, _table(table, wording.title(seen, say))]
    return [_table(table, wording.title(seen, say))]


def written(seen: Shown, say: Say) -> list[Json]:
    """The same in words and bars of emoji."""
    board = seen.board
    if isinstance(board, TeamBoard):
        found = [(f"{wording.short_name(period, say)} ", fans) for period, fans in board.points]
        return [paragraph(*_bars(found, [""] * len(found), say))]
    if not board.rows:
        return []
    places = [MEDALS.get(one.place, f"{one.place}.") for one in board.rows]
    rows = [(f"{place} {name} ", number) for place, (name, number) in zip(places, wording.scores(board), strict=True)]
    return [paragraph(*_bars(rows, _beside(wording.table_of(board, seen.today, say), say), say))]


def _bars(rows: Sequence[tuple[str, int | Decimal]], beside: Sequence[str], say: Say) -> list[Json]:
    most = max(number for _, number in rows) or 1
    parts = []
    for (name, number), more in zip(rows, beside, strict=True):
        bar = MARK * max(round(LONGEST_BAR * number / most), 1 if number else 0)
        parts += [words(name, bold=True), words(f"{bar} {wording.shown(number, say)}{more}\n")]
    return parts


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


def _chart(title: str, kind: str, say: Say, labels: Sequence[str], values: Sequence[float]) -> Json:
    data = [{"label": label, "value": value} for label, value in zip(labels, values, strict=True)]
    chart = {"type": kind, "series": [{"name": say("Fans"), "data": data}], "axis_config": {"categories": labels}}
    return {"type": "data_visualization", "title": title, "chart": chart}


def _labels(names: Sequence[str]) -> list[str]:
    """Each name in the room that a chart has for it, no two alike."""
    found: list[str] = []
    for number, name in enumerate(names, 1):
        cut = name if len(name) <= LONGEST_LABEL else name[: LONGEST_LABEL - 1] + "…"
        ending = f" ({number})"
        found.append(name[: LONGEST_LABEL - len(ending)] + ending if cut in found else cut)
    return found
