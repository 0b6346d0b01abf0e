"""What leaderboards, digests and figures count alike."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.kernel.periods import Period, PeriodKind

MOST_A_DAY = 3  # stories of one person on one day that count for a board
MIN_GROUP = 4  # people: a number of fewer could be one person's
PAST: Mapping[PeriodKind, int] = {  # periods in a line, the last of them included
    PeriodKind.DAY: 14,
    PeriodKind.WEEK: 12,
    PeriodKind.MONTH: 12,
    PeriodKind.QUARTER: 8,
    PeriodKind.YEAR: 2,  # of ten thousand people a third takes longer than Slack waits for an answer
}


def totals(periods: Sequence[Period], by_day: Mapping[date, int]) -> list[tuple[Period, int]]:
    """Each of these periods with what its days have together; `by_day` may lack days, and have others."""
    return [(period, sum(number for day, number in by_day.items() if day in period)) for period in periods]
