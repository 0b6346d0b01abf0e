"""Rows for a spreadsheet: CSV in which no cell does anything."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TextIO

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet runs a cell that begins with one of these


def write_csv(rows: Iterable[Mapping[str, Any]], names: Sequence[str], out: TextIO) -> int:
    """Write the rows one by one beneath their names; answers how many."""
    writer = csv.DictWriter(out, names)
    writer.writeheader()
    count = 0
    for row in rows:
        writer.writerow({name: harmless(value) for name, value in row.items()})
        count += 1
    return count


def harmless(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula."""
    if isinstance(value, str):
        return "'" + value if value.startswith(FORMULA) else value
    return value.isoformat() if isinstance(value, date) else value
