"""How long the office's figures of a year take, with few and with very many stories of other years in the table."""

import gc
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bot.features.figures.actions import office_figures
from bot.features.figures.rules import OfficeFigures
from bot.kernel.office import Me
from bot.services import Services
from storage.compliments import Compliment, ComplimentAbout
from storage.database import Database, InWorkspace
from storage.participants import Participant
from storage.people import Person, person_by_slack_id
from storage.spending import LedgerEntry, Spending
from storage.stories import Applause, Moment, Story
from storage.workspaces import enter_workspace
from tests.benchmarks.boards import ratio, said, takes_part
from tests.benchmarks.tick import TODAY, WEDNESDAY, databases, insert_all, markdown, parts, person, services_on, tidied

PEOPLE = 10_000  # and as many stories in the twelve months
MANY = 1_000_000  # stories in the table
DAYS, BEFORE = 360, 1800  # over which the year's were told, and over which the others were
TIMES = 9  # that the figures are asked
PAID = 5  # one in so many stories cost something
MOMENTS = (*Moment, None)


def the_figures(folder: Path, people: int = PEOPLE, many: int = MANY) -> list[str]:
    """All figures, as a part of the report."""
    (folder / "figures").mkdir()
    rows: list[list[str]] = []
    with databases(folder / "figures") as kinds:
        for kind, new_database in kinds.items():
            rows.append([kind, *ratio(*times_of(new_database, people, many))])
            print(f"The office's figures, {kind}: {rows}", flush=True)
    return [
        "## The office's figures",
        "",
        f"Of twelve months in which {people:,} people told {people:,} stories, median of {TIMES}; the other stories in "
        f"the table are of the {BEFORE // 360} years before. To reach: at most 3 times as long.",
        "",
        *markdown(["", f"{people:,} stories: ms", f"{many:,} stories: ms", "ratio"], rows),
    ]


def times_of(new_database: Callable[[], Database], people: int, many: int) -> tuple[float, float]:
    """Seconds that the figures take, their median: with few stories and with many; in turns, for fairness."""
    offices = [opened(new_database(), people, stories) for stories in (people, many)]
    first = [office_figures(*office) for office in offices]  # prepares what the others use
    assert what_is_the_same(first[0]) == what_is_the_same(first[1])
    took: list[list[float]] = [[], []]
    gc.collect()
    for _ in range(TIMES):
        for office, seconds in zip(offices, took, strict=True):
            began = time.perf_counter()
            office_figures(*office)
            seconds.append(time.perf_counter() - began)
    for services, _ in offices:
        services.database.close()
    few, more = map(statistics.median, took)
    return few, more


def what_is_the_same(figures: OfficeFigures) -> Any:
    """All but the line of months, whose first ones have days before the twelve months in them."""
    assert figures.moments
    assert figures.gestures
    return replace(figures, months=())


def opened(database: Database, people: int, stories: int) -> tuple[Services, Me]:
    """An office with so many people, and a manager of it who asks."""
    with database.writing() as tx:
        workspace = enter_workspace(tx, "T0LINDE", WEDNESDAY).id or 0
    for numbers in parts(range(1, people + 1), 10_000):
        insert_all(database, Person, [person(workspace, number) for number in numbers])
        insert_all(database, Participant, [takes_part(workspace, number) for number in numbers])
    for numbers in parts(range(1, stories + 1), 10_000):
        insert_all(database, Story, [told(workspace, number, people, stories) for number in numbers])
        insert_all(database, Applause, [applauded(workspace, number, people, stories) for number in numbers])
        paid = [number for number in numbers if (stories - number) % PAID == 0]
        insert_all(database, Spending, [spent(workspace, number, people, stories) for number in paid])
        insert_all(database, LedgerEntry, [entered(workspace, number, people, stories) for number in paid])
    number_said = range(1, people // 10 + 1)
    insert_all(database, Compliment, [said(workspace, number) for number in number_said])
    about = [{"workspace_id": workspace, "compliment_id": number, "person_id": number} for number in number_said]
    insert_all(database, ComplimentAbout, about)
    tidied(database)
    services = services_on(database, WEDNESDAY)
    with database.reading(InWorkspace(workspace)) as tx:
        asking = person_by_slack_id(tx, "U000001")
        assert asking is not None
        me = services.me(tx, asking)
    return services, replace(me, office=replace(me.office, managers=frozenset({me.slack_id})))


def day_of(number: int, people: int, stories: int) -> date:
    """The last ones are of these twelve months, the others of the years before."""
    back = stories - number
    if back < people:
        return TODAY - timedelta(days=back * DAYS // people)
    return TODAY - timedelta(days=400 + (back - people) * BEFORE // max(stories - people, 1))


def told(workspace: int, number: int, people: int, stories: int) -> dict[str, Any]:
    back = stories - number
    day = day_of(number, people, stories)
    return {
        "workspace_id": workspace, "id": number, "teller_id": back % people + 1, "text": "Een klant verder geholpen",
        "day": day, "is_shared": True, "told_at": WEDNESDAY, "posted_on": day, "moment": MOMENTS[back % len(MOMENTS)],
        "spent_cents": 500 if back % PAID == 0 else None,
    }  # fmt: skip


def applauded(workspace: int, number: int, people: int, stories: int) -> dict[str, Any]:
    who = (stories - number) * 7 % people + 1
    return {"workspace_id": workspace, "story_id": number, "person_id": who, "is_given": True, "changed_at": WEDNESDAY}


def spent(workspace: int, number: int, people: int, stories: int) -> dict[str, Any]:
    return {
        "workspace_id": workspace, "id": number, "person_id": (stories - number) % people + 1, "cents": 500,
        "day": day_of(number, people, stories), "currency": "EUR", "what_for": "Bloemen", "story_id": number,
        "asked_at": WEDNESDAY,
    }  # fmt: skip


def entered(workspace: int, number: int, people: int, stories: int) -> dict[str, Any]:
    day = day_of(number, people, stories)
    return {
        "workspace_id": workspace, "spending_id": number, "person_id": (stories - number) % people + 1, "cents": 500,
        "day": day, "month": f"{day:%Y-%m}", "booked_at": WEDNESDAY,
    }  # fmt: skip


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="figures-") as name:
        print("\n".join(the_figures(Path(name), many=int(sys.argv[1]) if sys.argv[1:] else MANY)))
