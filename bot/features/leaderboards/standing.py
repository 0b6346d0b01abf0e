"""What a board that stands in Slack carries of itself: how it shows the team, and who is named on it."""

from typing import Any

from bot.features.leaderboards.rules import PeopleBoard
from bot.features.leaderboards.wording import Shown
from bot.kernel.weekly import BoardMode

_MARK = "board-"


def mark_of(seen: Shown) -> str:
    """The id of a board's first block, such as `board-people:3,14`: at most ten people."""
    named = ",".join(str(row.person_id) for row in seen.board.rows) if isinstance(seen.board, PeopleBoard) else ""
    return f"{_MARK}{seen.mode.value}:{named}"


def mode_in(body: dict[str, Any]) -> BoardMode:
    """How a board that stands shows the team."""
    return BoardMode(_mark_in(body).partition(":")[0])


def names(body: dict[str, Any], person_id: int) -> bool:
    """Whether a board that stands names somebody, whatever they were called then."""
    return str(person_id) in _mark_in(body).partition(":")[2].split(",")


def _mark_in(body: dict[str, Any]) -> str:
    marks = (str(block.get("block_id", "")) for block in body.get("blocks", ()))
    return next((mark.removeprefix(_MARK) for mark in marks if mark.startswith(_MARK)), f"{BoardMode.PEOPLE.value}:")
