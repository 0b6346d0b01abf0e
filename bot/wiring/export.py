"""Writing the record out: what can be exported, and the two forms in which."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, TextIO

from sqlmodel import Session

from bot.kernel.boards import MIN_GROUP
from bot.kernel.spreadsheets import write_csv
from storage.database import Database
from storage.export import ExportedStory, stories_count, stories_to_export
from storage.figures_export import ExportedFigures, figures_count, figures_to_export
from storage.ledger_export import (
    ExportedCompany,
    ExportedEntry,
    companies_count,
    companies_to_export,
    entries_count,
    entries_to_export,
)
from storage.wall_export import (
    ExportedCompliment,
    ExportedIdea,
    compliments_count,
    compliments_to_export,
    ideas_count,
    ideas_to_export,
)

Rows = Iterator[Any]
Watch = Callable[[Rows, int], Rows]  # lets rows go by, of which so many will come


@dataclass(frozen=True)
class Export:
    """One thing that can be exported: a line's class, the lines of a month (empty: all), and how many they are."""

    line: type[Any]
    rows: Callable[[Session, str], Rows]
    count: Callable[[Session, str], int]


def _figures(tx: Session, month: str) -> Rows:
    return figures_to_export(tx, MIN_GROUP, month)


EXPORTS: Mapping[str, Export] = {
    "stories": Export(ExportedStory, stories_to_export, stories_count),
    "compliments": Export(ExportedCompliment, compliments_to_export, compliments_count),
    "ideas": Export(ExportedIdea, ideas_to_export, ideas_count),
    "spending": Export(ExportedEntry, entries_to_export, entries_count),
    "companies": Export(ExportedCompany, companies_to_export, companies_count),
    "figures": Export(ExportedFigures, _figures, figures_count),
}


def export(database: Database, what: str, form: str, out: TextIO, month: str = "", watch: Watch | None = None) -> int:
    """Write all rows of `what` as "csv" or "json", one by one; answers how many. `month` is YYYY-MM; empty: all.

    `watch` sees them go by; only for it are they counted beforehand.
    """
    one = EXPORTS[what]
    with database.reading() as tx:
        rows = one.rows(tx, month)
        seen = watch(rows, one.count(tx, month)) if watch else rows
        found = (asdict(row) for row in seen)
        if form == "json":
            return _write_json(found, out)
        return write_csv(found, [field.name for field in fields(one.line)], out)


def _write_json(rows: Iterator[dict[str, Any]], out: TextIO) -> int:
    count = 0
    out.write("[")
    for row in rows:
        out.write(",\n" if count else "\n")
        json.dump(row, out, ensure_ascii=False, default=_as_text)
        count += 1
    out.write("\n]\n")
    return count


def _as_text(moment: date) -> str:
    return moment.isoformat()
