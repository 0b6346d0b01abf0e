"""What must fit together within one field of a form, and the values that no calendar and no menu has."""

from datetime import date
from typing import Any

from bot.emulator.shapes import Messages, error, flag, items, one_of, shape


def real_date(value: Any, pointer: str) -> Messages:
    try:
        is_date = date.fromisoformat(value).isoformat() == value
    except (TypeError, ValueError):
        is_date = False
    if not is_date:
        yield error("must have the form YYYY-MM-DD", pointer)


def lengths_fit(element: Any, pointer: str) -> Messages:
    if element.get("min_length", 0) > element.get("max_length", 3000):
        yield error("cannot be greater than max_length", f"{pointer}/min_length")


def numbers_fit(element: Any, pointer: str) -> Messages:
    if float(element.get("min_value", "-inf")) > float(element.get("max_value", "inf")):
        yield error("cannot be greater than max_value", f"{pointer}/min_value")
    if not element["is_decimal_allowed"] and "." in element.get("initial_value", ""):
        yield error("must be an integer", f"{pointer}/initial_value")


def _one_field_at_least(chosen: Any, pointer: str) -> Messages:
    if not chosen:
        yield error("must provide at least one field", pointer)


FILTER = shape(
    {},
    {
        "include": items(one_of("im", "mpim", "private", "public"), 4),
        "exclude_external_shared_channels": flag,
        "exclude_bot_users": flag,
    },
    _one_field_at_least,
)
