"""Working out for many people at once when each is reminded next, from what the record has of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.features.habit import rules
from bot.features.habit.rules import Due, Plan, Verdict, Volume
from bot.features.habit.streaks import MILESTONES, milestone, passed, programme_day
from bot.kernel.calendar import Dated, Span, Workdays, due_days, in_force
from bot.kernel.clock import is_zone
from bot.kernel.office import Office
from bot.kernel.tips import Tip, fresh_tip, seen_since, tip_in_turn
from storage.absences import absences_from
from storage.participants import working_days_of
from storage.people import Part, Standing
from storage.reminders import Answer, days_free
from storage.reminding import DECIDING, DuePerson, Next
from storage.tips import tips_shown_to, who_had

BEFORE_ALL = datetime.min.replace(tzinfo=UTC)  # the record holds no moment before somebody joined


@dataclass(frozen=True)
class Known:
    """What the record has of each of many people, by their id, besides their row."""

    since: date  # the Monday of the week before what is due, in any zone: the first due day of a week depends on it
    workdays: Mapping[int, Dated[Workdays]]
    away: Mapping[int, Sequence[Span]]  # from then on; of who is in the 66-day start, from when they joined
    free: Mapping[int, Sequence[date]]  # of who is in the 66-day start
    tips: Mapping[int, Tip | None]  # the one that is new to them


@dataclass(frozen=True)
class Decision:
    """What becomes of one person: the verdict on what is due (None: nothing was planned yet), and what is then."""

    plan: Plan
    verdict: Verdict | None
    then: Next
    # Only of what is sent:
    day: date = date.min  # that it is for
    has_second: bool = False  # the day has had both by then
    number: int = 0  # of the day, for the line
    at: time = time()  # what the person's clock shows


def known_of(tx: Session, people: Sequence[DuePerson], now: datetime, tips: Sequence[Tip]) -> Known:
    """In a few questions; of absences no more than matters to the oldest reminder, and to the 66-day start."""
    ids = [person.person_id for person in people]
    newcomers = [person for person in people if person.said_milestone < MILESTONES[-1]]
    before = min(person.due_at for person in people).date() - timedelta(days=2)
    since = before - timedelta(days=before.weekday())
    joined = min((person.joined_on for person in newcomers), default=since)
    return Known(
        since=since,
        workdays=working_days_of(tx, ids),
        away=absences_from(tx, ids, min(since, joined)),
        free=days_free(tx, [person.person_id for person in newcomers], joined) if newcomers else {},
        tips=_new_tips(tx, people, now.date(), tips) if tips else {},
    )


def _new_tips(tx: Session, people: Sequence[DuePerson], today: date, tips: Sequence[Tip]) -> Mapping[int, Tip | None]:
    """For each the tip whose turn it is, or another one when they had it lately."""
    since = seen_since(today - timedelta(days=1))
    chosen: dict[int, Tip | None] = {one.person_id: tip_in_turn(tips, today, one.person_id) for one in people}
    again = who_had(tx, [(person_id, tip.id) for person_id, tip in chosen.items() if tip], since)
    for person_id, seen in tips_shown_to(tx, again, since).items() if again else ():
        chosen[person_id] = fresh_tip(tips, seen, today, person_id)
    return chosen


@dataclass
class Planner:
    """What is next for the people of an office, at one moment.

    Colleagues mostly have the same plan, and working out what is next takes longer than all else that the tick does
    for somebody; so it is done once for all to whom the same applies.
    """

    office: Office
    now: datetime
    known: Known
    _decisions: dict[Any, Decision] = field(default_factory=dict)

    def decide(self, person: DuePerson) -> Decision | None:
        """What becomes of one person; None when they can't take part (any more)."""
        if person.part != Part.JOINED or person.standing != Standing.MEMBER:
            return None
        workdays, away = self.known.workdays[person.person_id], self._away(person)
        same = (person[:DECIDING], tuple(workdays), away)
        if same not in self._decisions:
            self._decisions[same] = self._decide(person)
        return self._decisions[same]

    def _decide(self, person: DuePerson) -> Decision:
        plan, had = self._plan(person), (person.last_day, person.has_second)
        if person.due_day is None:
            return Decision(plan, None, _next(_put_off(person) or rules.next_due(plan, person.due_at, *had)))
        due = Due(person.due_at, person.due_day, person.due_is_second)
        told, skipped = [due.day] if person.is_told else [], [due.day] if person.day_answer == Answer.SKIPPED else []
        verdict = rules.judge(due, plan, self.now, told, skipped)
        if verdict != Verdict.SEND:
            return Decision(plan, verdict, _next(rules.next_due(plan, due.moment, *had)))
        has_second = due.is_second or (person.has_second and person.last_day == due.day)
        then = _next(rules.next_due(plan, self.now, due.day, has_second))
        number = rules.day_number(due.day, in_force(plan.workdays, due.day))
        at = self.now.astimezone(ZoneInfo(plan.zone)).time()
        return Decision(plan, verdict, then, due.day, has_second, number, at)

    def then_weekly(self, person: DuePerson) -> Next:
        """What comes after the reminder that is sent now, for who is reminded once a week from here on."""
        return _next(rules.next_due(self._plan(person, Volume.WEEKLY), self.now, person.due_day))

    def milestones(self, person: DuePerson, plan: Plan, day: date) -> tuple[int | None, int]:
        """The milestone of the 66-day start that gets its word on this day, and the last one that was passed by then.

        What was passed is kept as if it was said: who has one reminder a week is counted for no longer than others.
        """
        said = person.said_milestone
        if passed((day - person.joined_on).days + 1) <= said:
            return None, said  # were all days due; who is through it is spared the counting
        free = frozenset(self.known.free.get(person.person_id, ()))
        away = self.known.away[person.person_id]
        own = due_days(person.joined_on, day, plan.workdays, plan.rules, away, free)
        number = programme_day(person.joined_on, own, day)
        return milestone(number, said), max(passed(number), said)

    def _plan(self, person: DuePerson, volume: Volume | None = None) -> Plan:
        return Plan(
            at=person.remind_at,
            volume=volume or Volume(person.volume),
            second_at=person.second_at,
            # The office's when Slack gives none, or one that this machine doesn't know.
            zone=person.zone if person.zone and is_zone(person.zone) else self.office.zone,
            since=BEFORE_ALL,
            workdays=self.known.workdays[person.person_id] or ((date.min, self.office.workdays),),
            rules=self.office.calendar,
            away=self._away(person),
            free=frozenset([person.due_day]) if person.due_day and person.day_answer == Answer.FREE else frozenset(),
        )

    def _away(self, person: DuePerson) -> tuple[Span, ...]:
        """The absences that matter to what is due and next."""
        return tuple(span for span in self.known.away[person.person_id] if span[1] >= self.known.since)


def _put_off(person: DuePerson) -> Due | None:
    """The reminder that comes back, when the plan was made anew meanwhile."""
    day, until = person.last_day, person.last_until
    if person.last_answer != Answer.SNOOZED or day is None or until is None or until <= person.due_at:
        return None
    return Due(until, day)


def _next(due: Due | None) -> Next:
    return Next(due.moment, due.day, due.is_second) if due else Next()
