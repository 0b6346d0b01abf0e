"""Writing the record out: what can be exported, and the two forms in which."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, fields
from datetime import date
from typing import Any, TextIO

from sqlmodel import Session

from bot.kernel.spreadsheets import write_csv
from storage.database import Database
from storage.export import ExportedStory, stories_to_export
from storage.ledger_export import ExportedEntry, entries_to_export

EXPORTS: Mapping[str, tuple[type[Any], Callable[[Session, str], Iterator[Any]]]] = {
    "stories": (ExportedStory, lambda tx, _month: stories_to_export(tx)),
    "spending": (ExportedEntry, entries_to_export),
}
WITH_MONTH = {"spending"}  # of these one month can be asked for


def export(database: Database, what: str, form: str, out: TextIO, month: str = "") -> int:
    """Write all rows of `what` as "csv" or "json", one by one; answers how many. `month` is YYYY-MM; empty: all."""
    kind, rows = EXPORTS[what]
    with database.reading() as tx:
        found = (asdict(row) for row in rows(tx, month))
        if form == "json":
            return _write_json(found, out)
        return write_csv(found, [field.name for field in fields(kind)], out)


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
