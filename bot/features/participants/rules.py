"""Who may be asked, and what people filled in about their own times, days and absence."""

from datetime import date, timedelta

from bot.kernel.calendar import Span
from bot.kernel.errors import BotError, FormError

LONGEST_ABSENCE = timedelta(days=366)


def read_absence(first: str, last: str, today: date) -> Span:
    """The first and the last day of an absence, both included, from two date pickers (YYYY-MM-DD).

    Raises FormError at "first" or "last" when it ends before it starts, is longer than a year, or long ago.
    """
    wrong: dict[str, BotError] = {}
    start, end = _read_day("first", first, wrong), _read_day("last", last, wrong)
    if start is None or end is None:
        raise FormError(wrong)
    if end < start:
        raise FormError({"last": BotError("This is before the first day.")})
    if end - start >= LONGEST_ABSENCE:
        raise FormError({"last": BotError("That is more than a year. Set a year at most, and the rest later.")})
    if end < today - LONGEST_ABSENCE:
        raise FormError({"last": BotError("That is more than a year ago.")})
    return start, end


def _read_day(name: str, typed: str, wrong: dict[str, BotError]) -> date | None:
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        wrong[name] = BotError("I can't read that as a day.") if typed.strip() else BotError("Choose a day.")
        return None
