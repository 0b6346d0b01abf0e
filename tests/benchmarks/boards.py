"""How long the same week's board of ten thousand people takes, with few and with very many stories in the table."""

import gc
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.features.leaderboards.actions import see_board
from bot.features.leaderboards.rules import TeamBoard
from bot.kernel.office import Me
from bot.kernel.weekly import BoardMode, monday_of
from bot.services import Services
from storage.compliments import CameIn, Compliment, ComplimentAbout, Consent
from storage.database import Database, InWorkspace
from storage.groups import GroupMember, PeopleGroup
from storage.participants import Participant
from storage.people import Person, person_by_slack_id
from storage.stories import Applause, Story
from storage.workspaces import enter_workspace
from tests.benchmarks.tick import (
    WEDNESDAY,
    databases,
    insert_all,
    markdown,
    participant,
    parts,
    person,
    services_on,
    tidied,
)

PEOPLE, MANY = 10_000, 1_000_000  # people, and as many stories in the week; stories in the table
GROUPS = 50
WEEKS = 104  # over which the others were told, before the last twelve, which the team's board counts
TIMES = 15  # that each board is asked
WEEK = monday_of(WEDNESDAY.date())
MODES = {"people": BoardMode.PEOPLE, "groups": BoardMode.GROUPS, "team": BoardMode.TEAM}


def the_boards(folder: Path, people: int = PEOPLE, many: int = MANY) -> list[str]:
    """All figures, as a part of the report."""
    (folder / "boards").mkdir()
    rows: list[list[str]] = []
    with databases(folder / "boards") as kinds:
        for kind, new_database in kinds.items():
            few, more = times_of(new_database, people, many)
            rows += [[f"{kind}: {mode}", *ratio(few[mode], more[mode])] for mode in MODES]
            print(f"The boards, {kind}: {rows}", flush=True)
    return [
        "## The leaderboard",
        "",
        f"The board of a week in which {people:,} people told {people:,} stories, median of {TIMES}; the other stories "
        f"in the table are of the {WEEKS} weeks before the last twelve. To reach: at most 1.5 times as long.",
        "",
        *markdown(["", f"{people:,} stories: ms", f"{many:,} stories: ms", "ratio"], rows),
    ]


def ratio(few: float, many: float) -> list[str]:
    return [f"{few * 1000:.1f}", f"{many * 1000:.1f}", f"{many / few:.2f}"]


def times_of(new_database: Callable[[], Database], people: int, many: int) -> list[dict[str, float]]:
    """Seconds that each board takes, its median: with few stories and with many; in turns, as the machine's pace is."""
    offices = [opened(new_database(), people, stories) for stories in (people, many)]
    assert fans_of(*offices[0]) == fans_of(*offices[1])
    took: list[dict[str, list[float]]] = [{mode: [] for mode in MODES} for _ in offices]
    gc.collect()
    for _ in range(TIMES):
        for mode, board_mode in MODES.items():
            for (services, me), seconds in zip(offices, took, strict=True):
                began = time.perf_counter()
                see_board(services, me, "week", board_mode)
                seconds[mode].append(time.perf_counter() - began)
    for services, _ in offices:
        services.database.close()
    return [{mode: statistics.median(seconds) for mode, seconds in each.items()} for each in took]


def fans_of(services: Services, me: Me) -> list[int | None]:
    """What the boards say, which must be the same; asking it is the first turn, which doesn't count."""
    boards = [see_board(services, me, "week", mode).board for mode in MODES.values()]
    assert all(isinstance(board, TeamBoard) or board.rows or board.tied_first for board in boards)
    return [board.total for board in boards]


def opened(database: Database, people: int, stories: int) -> tuple[Services, Me]:
    """An office with so many people, and a manager of it who asks."""
    with database.writing() as tx:
        workspace = enter_workspace(tx, "T0LINDE", WEDNESDAY).id or 0
    own = {"workspace_id": workspace}
    for numbers in parts(range(1, people + 1), 10_000):
        insert_all(database, Person, [person(workspace, number) for number in numbers])
        insert_all(database, Participant, [takes_part(workspace, number) for number in numbers])
    insert_all(database, PeopleGroup, [own | {"id": one + 1, "name": f"Groep {one}"} for one in range(GROUPS)])
    members = [{"group_id": number % GROUPS + 1, "person_id": number} for number in range(1, people + 1)]
    insert_all(database, GroupMember, [own | one for one in members])
    for numbers in parts(range(1, stories + 1), 10_000):
        insert_all(database, Story, [told(workspace, number, people, stories) for number in numbers])
        insert_all(database, Applause, [applauded(workspace, number, people) for number in numbers if number % 3 == 0])
    insert_all(database, Compliment, [said(workspace, number) for number in range(1, people // 10 + 1)])
    about = [{"compliment_id": number, "person_id": number % 12 + 1} for number in range(1, people // 10 + 1)]
    insert_all(database, ComplimentAbout, [own | one for one in about])
    tidied(database)
    services = services_on(database, WEDNESDAY)
    with database.reading(InWorkspace(workspace)) as tx:
        asking = person_by_slack_id(tx, "U000001")
        assert asking is not None
        me = services.me(tx, asking)
    return services, replace(me, office=replace(me.office, managers=frozenset({me.slack_id})))


def takes_part(workspace: int, number: int) -> dict[str, Any]:
    return participant(workspace, number, False, 0) | {"on_board": number % 5 > 0}


def told(workspace: int, number: int, people: int, stories: int) -> dict[str, Any]:
    """The last ones are of this week, and of people with a low number a few more each; the others go back in time."""
    back = stories - number
    teller = (back % 12 if back % 9 == 0 else back % people) + 1
    first = WEEK - timedelta(weeks=0 if back < people else 12 + (back - people) * WEEKS // max(stories - people, 1))
    return {
        "workspace_id": workspace, "id": number, "teller_id": teller, "text": "Een klant verder geholpen dan gevraagd",
        "day": first + timedelta(days=back % 3), "is_shared": True, "told_at": WEDNESDAY, "posted_on": first,
    }  # fmt: skip


def applauded(workspace: int, story: int, people: int) -> dict[str, Any]:
    who = story * 7 % people + 1
    return {"workspace_id": workspace, "story_id": story, "person_id": who, "is_given": True, "changed_at": WEDNESDAY}


def said(workspace: int, number: int) -> dict[str, Any]:
    return {
        "workspace_id": workspace, "id": number, "text": "Wat fijn", "day": WEEK - timedelta(days=number % 200 - 2),
        "customer": "", "consent": Consent.ANONYMOUS, "came_in": CameIn.TALK, "is_placed": True, "folded": "",
        "entered_at": WEDNESDAY, "placed_at": WEDNESDAY, "contact": "", "answer": "", "for_whom": "",
    }  # fmt: skip


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="boards-") as name:
        print("\n".join(the_boards(Path(name), many=int(sys.argv[1]) if sys.argv[1:] else MANY)))
