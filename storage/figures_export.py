"""What an export holds of the figures: a line for each month of each workspace, and nothing that is one person's."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import CompoundSelect, distinct, extract, func, literal, select, union_all
from sqlmodel import Session, col

from storage.compliments import Compliment
from storage.export import AT_A_TIME, in_month
from storage.spending import LedgerEntry
from storage.stories import Applause, Story
from storage.workspaces import Workspace


@dataclass(frozen=True)
class ExportedFigures:
    """A line of the export. What is empty would have been the figure of a few people, too few to disappear among."""

    workspace: str  # Slack's id of the team
    month: str  # YYYY-MM
    fans: int | None  # stories that the team may read
    tellers: int | None
    applause: int | None  # but for one's own
    compliments: int  # on the wall
    spent_cents: int | None  # on customers, from the ledger
    cents_a_fan: int | None


def figures_count(tx: Session, month: str = "") -> int:
    months = _counted(month).subquery()
    each = select(months.c.team, months.c.month).distinct().subquery()
    return int(tx.execute(select(func.count()).select_from(each)).scalar_one())


def figures_to_export(tx: Session, fewest: int, month: str = "") -> Iterator[ExportedFigures]:
    """Month by month of every workspace in which anything happened; `month` is YYYY-MM, empty: all. Reads as it goes.

    With fewer than `fewest` people who told something nothing of theirs is told, nor what fewer than that spent.
    """
    found = tx.execute(_counted(month).order_by("team", "month").execution_options(yield_per=AT_A_TIME))
    for (team, number), rows in groupby(found, lambda row: (row.team, row.month)):
        yield _figures(team, int(number), {row.what: int(row.amount) for row in rows}, fewest)


def _figures(team: str, month: int, amounts: dict[str, int], fewest: int) -> ExportedFigures:
    fans, tellers, spent = amounts.get("fans", 0), amounts.get("tellers", 0), amounts.get("spent", 0)
    is_many = tellers >= fewest
    are_spent = is_many and amounts.get("spenders", 0) >= fewest
    return ExportedFigures(
        workspace=team, month=f"{month // 100:04d}-{month % 100:02d}", fans=fans if is_many else None,
        tellers=tellers if is_many else None, applause=amounts.get("applause", 0) if is_many else None,
        compliments=amounts.get("compliments", 0), spent_cents=spent if are_spent else None,
        cents_a_fan=round(spent / fans) if are_spent and fans else None,
    )  # fmt: skip


def _counted(month: str) -> CompoundSelect[Any]:
    """Rows of a team, a month such as 202611, what was counted in it, and how much that is."""
    shared = col(Story.is_shared).is_(True)
    stories = _each(Story, Story.day, month).where(shared)
    fans = stories.add_columns(literal("fans").label("what"), func.count().label("amount"))
    tellers = stories.add_columns(literal("tellers"), func.count(distinct(col(Story.teller_id))))
    applause = stories.add_columns(literal("applause"), func.count()).join(
        Applause, (col(Applause.story_id) == Story.id) & (col(Applause.person_id) != Story.teller_id)
    )
    compliments = _each(Compliment, Compliment.day, month).add_columns(literal("compliments"), func.count())
    spent = _each(LedgerEntry, LedgerEntry.day, month).add_columns(literal("spent"), func.sum(LedgerEntry.cents))
    each = _each(LedgerEntry, LedgerEntry.day, month).where(col(LedgerEntry.is_staff).is_(False))
    people = each.group_by(col(LedgerEntry.person_id)).having(func.sum(LedgerEntry.cents) != 0).subquery()
    spenders = select(people.c.team, people.c.month, literal("spenders"), func.count()).select_from(people)
    return union_all(
        fans,
        tellers,
        applause.where(col(Applause.is_given).is_(True)),
        compliments.where(col(Compliment.is_placed).is_(True)),
        spent.where(col(LedgerEntry.is_staff).is_(False)),
        spenders.group_by(people.c.team, people.c.month),
    )


def _each(table: Any, day: Any, month: str) -> Any:
    number = extract("year", day) * 100 + extract("month", day)
    found: Any = select(col(Workspace.team_id).label("team"), number.label("month")).select_from(table)
    found = found.join(Workspace, col(Workspace.id) == table.workspace_id).where(*in_month(day, month))
    return found.group_by(col(Workspace.team_id), number)
