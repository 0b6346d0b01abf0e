"""What figures say: of somebody's own stories, and of the office's as far as they are no one person's."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.kernel.boards import MIN_GROUP, totals
from bot.kernel.periods import Period, PeriodKind, period_of, previous
from storage.figures import Days, Gesture, TakingPart, Told

WEEKS = MONTHS = 12  # in a line, the present one included
LATELY = 28  # days in which somebody who takes part tells something
FANS_A_YEAR = 300  # of one person who keeps it up, by the book
PACE_OVER = 20  # working days: the last four weeks
PACE_FROM = 5  # working days; of fewer nothing can be said
BEST_FROM = 5  # stories; of fewer no day is the best
DAY = timedelta(days=1)

Line = Sequence[tuple[Period, int]]
OfficeLine = Sequence[tuple[Period, int | None]]  # None: it would be a few people's own


@dataclass(frozen=True)
class Own:
    """Somebody's own figures; for nobody else."""

    weeks: Line
    months: Line
    year: int  # stories in the last twelve months
    moments: Mapping[str | None, int]
    gestures: Mapping[str | None, int]
    cents_a_fan: int | None
    best: int | None  # day of the week, 0 = Monday


@dataclass(frozen=True)
class Share:
    """How stories of one kind were received."""

    kind: str
    stories: int
    applause: float  # a story
    compliments: float  # a story


@dataclass(frozen=True)
class Pace:
    """How many fans this year will have if who takes part goes on like this."""

    fans: int  # with all that was made so far, by whomever
    each: int  # that each who takes part makes in a whole year; the book's measure is 300


@dataclass(frozen=True)
class OfficeFigures:
    """The office's figures over the last twelve months; what would be a few people's own is empty."""

    weeks: OfficeLine = ()
    months: OfficeLine = ()
    year: int | None = None
    a_day: float | None = None  # fans a working day
    taking_part: TakingPart | None = None  # and how many of them told something in the last four weeks
    pace: Pace | None = None
    cents_a_fan: int | None = None
    moments: Sequence[Share] = field(default=())  # the most applauded first
    gestures: Sequence[Share] = field(default=())

    @property
    def is_told(self) -> bool:
        """Whether enough people told something to say how much that is."""
        return self.year is not None


def year_until(today: date) -> tuple[date, date]:
    """The first and the last day of the twelve months that end with today."""
    return same_day_before(today, 1) + DAY, today


def same_day_before(today: date, years: int) -> date:
    """This day, so many years ago; for 29 February the 28th."""
    try:
        return today.replace(year=today.year - years)
    except ValueError:
        return today.replace(year=today.year - years, day=28)


def lines_of(by_day: Mapping[date, int], today: date) -> tuple[Line, Line]:
    """The last twelve weeks and months, this one included."""
    weeks = previous(period_of(PeriodKind.WEEK, today), WEEKS)
    months = previous(period_of(PeriodKind.MONTH, today), MONTHS)
    return totals(weeks, by_day), totals(months, by_day)


def without_few(line: Line, tellers: Sequence[int]) -> OfficeLine:
    """The line without the periods in which fewer than MIN_GROUP told something; in the others it was that many."""
    return [
        (period, None if 0 < people < MIN_GROUP else count)
        for (period, count), people in zip(line, tellers, strict=True)
    ]


def without_least(line: OfficeLine, among: Collection[Period]) -> OfficeLine:
    """The line without the smallest number of these periods that is more than nothing; of two alike the later stays."""
    least = min((count, period.first) for period, count in line if count and period in among)
    return [(period, None if (count, period.first) == least else count) for period, count in line]


def overlap(one: Days, other: Days) -> bool:
    """Whether these have a day in common."""
    return one[0] <= other[1] and other[0] <= one[1]


def this_week_and_month(today: date) -> tuple[date, date]:
    """The first days of both."""
    return period_of(PeriodKind.WEEK, today).first, period_of(PeriodKind.MONTH, today).first


def span_to_read(today: date) -> tuple[date, date]:
    """The days that have to be known for the lines, the twelve months, and the pace."""
    return previous(period_of(PeriodKind.MONTH, today), MONTHS + 1)[0].first, today


def within(by_day: Mapping[date, int], first: date, last: date) -> int:
    return sum(count for day, count in by_day.items() if first <= day <= last)


def best_weekday(by_day: Mapping[date, int]) -> int | None:
    """The day of the week with most stories (0 = Monday); None for too few, and when two have as many."""
    counts: Counter[int] = Counter()
    for day, count in by_day.items():
        counts[day.weekday()] += count
    first, second = [*counts.most_common(2), (0, 0), (0, 0)][:2]
    return first[0] if counts.total() >= BEST_FROM and first[1] > second[1] else None


def cents_a_fan(cents: int, fans: int) -> int | None:
    return round(cents / fans) if fans else None


def a_working_day(by_day: Mapping[date, int], workdays: Sequence[date], today: date) -> float | None:
    """Fans a working day, from the first day with a story on; `workdays` in order. None: there is nothing to say."""
    told = [day for day, count in by_day.items() if count and day <= today]
    counted = [day for day in workdays if told and min(told) <= day <= today]
    return sum(by_day[day] for day in told) / len(counted) if counted else None


def pace(
    by_day: Mapping[date, int], own: Mapping[date, int], people: int, workdays: Sequence[date], today: date
) -> Pace | None:
    """Where this year ends if who takes part goes on as in the last twenty working days before today.

    `by_day` are all stories, `own` those of the `people` who take part, `workdays` has this year's, until 31 December.
    None for too few people, and as long as it would be a guess.
    """
    told = [day for day, count in own.items() if count]
    seen = [day for day in workdays if told and min(told) <= day < today][-PACE_OVER:]
    if people < MIN_GROUP or len(seen) < PACE_FROM:
        return None
    rate = within(own, seen[0], today - DAY) / len(seen)
    so_far = within(by_day, date(today.year, 1, 1), today)
    year = [day for day in workdays if day.year == today.year]
    left = sum(day > today for day in year)
    return Pace(so_far + round(rate * left), round(rate * len(year) / people))


def moments(told: Sequence[Told]) -> list[Share]:
    """How each moment was received, the most applauded first; one of which few people told anything isn't shown.

    What isn't shown can be taken from the total: then one more stays away, for all that is left to be of enough people.
    """
    known = sorted((one for one in told if one.kind is not None), key=lambda one: (one.stories, str(one.kind)))
    shown = [one for one in known if one.tellers >= MIN_GROUP]
    rest = [one for one in told if one not in shown]
    if rest and max(one.tellers for one in rest) < MIN_GROUP:
        shown = shown[1:]
    return sorted(_shares(shown), key=lambda share: (-share.applause, -share.compliments, share.kind))


def _shares(told: Sequence[Told]) -> list[Share]:
    return [
        Share(one.kind, one.stories, one.applause / one.stories, one.compliments / one.stories)
        for one in told
        if one.kind is not None
    ]


def gestures(told: Sequence[Told]) -> list[Share]:
    """Free and spent, in that order: all that was told, or nothing. Who misses one could take it from the total."""
    if any(one.tellers < MIN_GROUP for one in told):
        told = _merged(told)
    if any(one.tellers < MIN_GROUP for one in told):
        return []
    order = list(Gesture)
    return sorted(_shares(told), key=lambda share: order.index(Gesture(share.kind)))


def _merged(told: Sequence[Told]) -> list[Told]:
    """With gifts from the cupboard among what was paid; the tellers of both may be the same, so the most of them."""
    free = [one for one in told if one.kind == Gesture.FREE]
    rest = [one for one in told if one.kind != Gesture.FREE]
    if not rest:
        return free
    stories, applause = sum(one.stories for one in rest), sum(one.applause for one in rest)
    tellers, compliments = max(one.tellers for one in rest), sum(one.compliments for one in rest)
    return [*free, Told(Gesture.PAID, stories, tellers, applause, compliments)]
