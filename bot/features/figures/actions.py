"""Reading figures: one's own, the office's for its managers, and the office's for who has the link."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session

from bot.features.figures import rules, screens
from bot.features.figures.rules import Line, OfficeFigures, OfficeLine, Own
from bot.kernel.boards import MIN_GROUP
from bot.kernel.calendar import due_days
from bot.kernel.links import is_token
from bot.kernel.office import Me, Office
from bot.kernel.periods import Period
from bot.kernel.roles import must_be_manager, must_belong
from bot.services import Services
from bot.slack.blocks import Json
from storage import figures
from storage.database import InWorkspace
from storage.figures import By, Days
from storage.links import LinkKind, link_by_token


def own_figures(services: Services, me: Me) -> Own:
    """Somebody's own, also of what they kept for themselves. Raises BotError for who can't take part."""
    must_belong(me)
    today = services.clock.today(me.zone)
    year = rules.year_until(today)
    with services.database.reading(me) as tx:
        by_day = figures.own_days(tx, me.person_id, *rules.span_to_read(today))
        moments, gestures = (figures.own_kinds(tx, me.person_id, by, *year) for by in (By.MOMENT, By.GESTURE))
        cents = figures.spent(tx, *year, person_id=me.person_id)
    weeks, months = rules.lines_of(by_day, today)
    fans = rules.within(by_day, *year)
    best = rules.best_weekday({day: count for day, count in by_day.items() if day >= year[0]})
    return Own(weeks, months, fans, moments, gestures, rules.cents_a_fan(cents, fans), best)


def office_figures(services: Services, me: Me) -> OfficeFigures:
    """The office's. Raises BotError for who is no manager."""
    must_be_manager(me)
    with services.database.reading(me) as tx:
        return figures_of(tx, services, me.office)


def figures_of_link(services: Services, token: str) -> tuple[Office, OfficeFigures] | None:
    """The office that a link leads to, and its figures; None when the link opens nothing."""
    workspace_id = _workspace_of(services, token) if is_token(token) else None
    if workspace_id is None:
        return None
    with services.database.reading(InWorkspace(workspace_id)) as tx:
        office = services.office(tx)
        return office, figures_of(tx, services, office)


def _workspace_of(services: Services, token: str) -> int | None:
    with services.database.reading() as tx:
        link = link_by_token(tx, token, LinkKind.FIGURES)
        return link.workspace_id if link else None


def figures_of(tx: Session, services: Services, office: Office) -> OfficeFigures:
    """The office's figures over the twelve months that end with its today."""
    today = services.clock.today(office.zone)
    year = rules.year_until(today)
    by_day = figures.team_days(tx, *rules.span_to_read(today))
    weeks, months = rules.lines_of(by_day, today)
    fans = rules.within(by_day, *year)
    if figures.tellers(tx, *year) < MIN_GROUP:
        return OfficeFigures()
    part = figures.taking_part(tx, today - (rules.LATELY - 1) * rules.DAY, today)
    cents, own = figures.spent(tx, *year), figures.days_of_participants(tx, *rules.span_to_read(today))
    workdays = _workdays(office, year[0], today)
    return OfficeFigures(
        *_lines(tx, weeks, months, year), fans,
        a_day=rules.a_working_day({day: count for day, count in by_day.items() if day >= year[0]}, workdays, today),
        taking_part=part if part.people >= MIN_GROUP else None,
        pace=rules.pace(by_day, own, part.people, workdays, today),
        cents_a_fan=rules.cents_a_fan(cents, fans) if figures.spenders(tx, *year) >= MIN_GROUP else None,
        moments=rules.moments(figures.told_by_kind(tx, By.MOMENT, *year)),
        gestures=rules.gestures(figures.told_by_kind(tx, By.GESTURE, *year)),
    )  # fmt: skip


def _lines(tx: Session, weeks: Line, months: Line, year: Days) -> tuple[OfficeLine, OfficeLine]:
    """Both lines without what would be a few people's own, also when it is taken from the year, or a week from a month.

    Then more stays away, for what isn't shown to be of enough people together. Empty when no number is left.
    """
    shown_months = _of_many(tx, months, [year], year[1])
    known = [_days(month, year[1]) for month, count in shown_months if count]
    return _of_many(tx, weeks, [year, *known], year[1]), shown_months


def _of_many(tx: Session, line: Line, known: Sequence[Days], today: date) -> OfficeLine:
    """A line beside which the totals of the `known` days are shown."""
    left = rules.without_few(line, figures.tellers_in(tx, [_days(period, today) for period, _ in line]))
    while telling := next(filter(None, (_telling(tx, left, days, today) for days in known)), None):
        left = rules.without_least(left, telling)
    return left if any(count for _, count in left) else ()


def _telling(tx: Session, line: OfficeLine, known: Days, today: date) -> list[Period]:
    """The periods of which the numbers, taken from that of the known days, leave what a few people told."""
    is_any_left_out = any(count is None and rules.overlap(_days(period, today), known) for period, count in line)
    inside = [one for one, count in line if count and known[0] <= one.first and _days(one, today)[1] <= known[1]]
    if not (is_any_left_out and inside):
        return []
    rest = figures.tellers(tx, *known, without=[_days(period, today) for period in inside])
    return inside if 0 < rest < MIN_GROUP else []


def _days(period: Period, today: date) -> Days:
    return period.first, min(period.last, today)


def _workdays(office: Office, first: date, today: date) -> list[date]:
    """The office's working days from `first` to the end of this year."""
    return due_days(first, date(today.year, 12, 31), [(first, office.workdays)], office.calendar, (), ())


def home_card(tx: Session, services: Services, me: Me) -> list[Json]:
    """At Home: this week and this month, and the way to one's own figures."""
    today = services.clock.today(me.zone)
    week, month = rules.this_week_and_month(today)
    by_day = figures.own_days(tx, me.person_id, min(week, month), today)
    return screens.home_card(rules.within(by_day, week, today), rules.within(by_day, month, today), me)
