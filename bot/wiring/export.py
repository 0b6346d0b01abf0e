"""Writing the record out: what can be exported, and the two forms in which."""

import csv
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, fields
from datetime import date
from typing import Any, TextIO

from sqlmodel import Session

from storage.database import Database
from storage.export import ExportedStory, stories_to_export

EXPORTS: Mapping[str, tuple[type[Any], Callable[[Session], Iterator[Any]]]] = {
    "stories": (ExportedStory, stories_to_export),
}
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet runs a cell that begins with one of these


def export(database: Database, what: str, form: str, out: TextIO) -> int:
    """Write all rows of `what` as "csv" or "json", one by one; answers how many."""
    kind, rows = EXPORTS[what]
    with database.reading() as tx:
        found = (asdict(row) for row in rows(tx))
        if form == "json":
            return _write_json(found, out)
        return _write_csv(found, [field.name for field in fields(kind)], out)


def _write_csv(rows: Iterator[dict[str, Any]], names: list[str], out: TextIO) -> int:
    writer = csv.DictWriter(out, names)
    writer.writeheader()
    count = 0
    for row in rows:
        writer.writerow({name: harmless(value) for name, value in row.items()})
        count += 1
    return count


def _write_json(rows: Iterator[dict[str, Any]], out: TextIO) -> int:
    count = 0
    out.write("[")
    for row in rows:
        out.write(",\n" if count else "\n")
        json.dump(row, out, ensure_ascii=False, default=_as_text)
        count += 1
    out.write("\n]\n")
    return count


def harmless(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula."""
    if isinstance(value, str):
        return "'" + value if value.startswith(FORMULA) else value
    return _as_text(value) if isinstance(value, date) else value


def _as_text(moment: date) -> str:
    return moment.isoformat()
