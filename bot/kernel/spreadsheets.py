"""Rows for a spreadsheet: CSV in which no cell does anything. One kind for programs, one for people."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Any, TextIO

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet runs a cell that begins with one of these
UTF_8 = "\ufeff"  # the mark by which Excel knows that accents are written in it
BETWEEN = ";"  # what Excel expects wherever amounts have a comma, as in the Netherlands and Belgium


def write_csv(rows: Iterable[Mapping[str, Any]], names: Sequence[str], out: TextIO) -> int:
    """For programs: write the rows one by one beneath their names; answers how many."""
    writer = csv.DictWriter(out, names)
    writer.writeheader()
    count = 0
    for row in rows:
        writer.writerow({name: harmless(value) for name, value in row.items()})
        count += 1
    return count


def sheet(rows: Iterable[Sequence[Any]], headings: Sequence[str]) -> str:
    """For people: a file that a Dutch or Belgian Excel opens as it is, the rows beneath their headings."""
    out = StringIO(UTF_8, newline="")
    out.seek(0, 2)
    writer = csv.writer(out, delimiter=BETWEEN)
    writer.writerow(headings)
    writer.writerows([_with_comma(harmless(cell)) for cell in row] for row in rows)
    return out.getvalue()


def harmless(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula."""
    if isinstance(value, str):
        return "'" + value if value.startswith(FORMULA) else value
    return value.isoformat() if isinstance(value, date) else value


def _with_comma(value: Any) -> Any:
    return str(value).replace(".", ",") if isinstance(value, Decimal) else value
