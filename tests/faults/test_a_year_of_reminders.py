"""Fifty people in six zones, and programs that start and end at any moment: each due day has one reminder."""

import dataclasses
import random
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from threading import Barrier, Thread
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select

from bot.features.habit.actions import skip_reminder
from bot.features.habit.reminding import remind_due
from bot.features.office.actions import remember_profiles
from bot.kernel.calendar import HolidayRules, holidays_in
from bot.kernel.clock import DomainClock, local_day
from bot.kernel.office import Me
from bot.services import Services
from bot.slack.outbox import Outbox
from bot.slack.profiles import Profile
from storage.absences import Absence
from storage.database import Database, InWorkspace
from storage.outbox import Post
from storage.participants import plan_anew
from storage.people import Standing
from storage.reminders import Reminder
from tests.fakes import FakeOffice, StoppedClock
from tests.features.habit.club import join

ZONES = (
    *("Europe/Amsterdam", "Europe/London", "America/New_York"),
    *("Asia/Kolkata", "Australia/Sydney", "Pacific/Auckland"),
)
LONGEST_PAUSE = 230  # minutes between two looks at the clock; what is four hours late is dropped
VOLUMES = ("light", "normal", "weekly")
Days = set[tuple[int, date]]


@dataclasses.dataclass(frozen=True)
class Life:
    """Somebody, and what they chose."""

    me: Me
    own: frozenset[int]
    away: list[tuple[date, date]]
    volume: str
    at: time
    second: time

    def moment(self, day: date, *, is_second: bool = False) -> datetime:
        return datetime.combine(day, self.second if is_second else self.at, ZoneInfo(self.me.zone)).astimezone(UTC)


@dataclasses.dataclass
class Simulated:
    """People with days of their own, and the time that goes by for them."""

    office: FakeOffice
    database: Database
    clock: StoppedClock
    chance: random.Random
    people: dict[int, Life] = dataclasses.field(default_factory=dict)
    moved: dict[int, list[date]] = dataclasses.field(default_factory=dict)
    ticks: list[datetime] = dataclasses.field(default_factory=list)

    def fill(self, count: int, days: int) -> None:
        """They all join now, and some are away for a while during the days to come."""
        today = self.clock.now().date()
        for number in range(count):
            me = self.office.person(f"U0P{number:03d}", f"Persoon {number}", zone=ZONES[number % len(ZONES)])
            own = frozenset(self.chance.sample(range(7), self.chance.randint(2, 6)))
            volume = VOLUMES[number // len(ZONES) % len(VOLUMES)]
            # Both reminders of a day are answered on that day, and exist in the nights of daylight saving.
            at = time(self.chance.randint(4, 14) if volume == "normal" else self.chance.randint(0, 19),
                      self.chance.choice((0, 15, 30, 45)))  # fmt: skip
            second = time(at.hour + self.chance.randint(1, 5), self.chance.choice((0, 30))) if at.hour < 15 else at
            chosen = {"remind_at": at, "second_at": second, "volume": volume}
            away = [self._absence(today, days) for _ in range(self.chance.randint(0, 3))]
            if volume == "weekly":  # at the beginning of some weeks, so that the first own day is a later one
                own = frozenset({self.chance.randint(0, 1), 4, self.chance.randint(5, 6)})
                mondays = [today + timedelta(days=ahead - today.weekday()) for ahead in range(7, days, 7)]
                away = [(day, day + timedelta(days=1)) for day in mondays if self.chance.random() < 0.5]
            me = join(self.office, me, own, joined_on=today, due_at=self.clock.now(), **chosen)
            with self.database.writing(InWorkspace(me.workspace_id)) as tx:
                for first, last in away:
                    tx.add(Absence(workspace_id=me.workspace_id, person_id=me.person_id, first_day=first,
                                   last_day=last, entered_at=self.clock.now()))  # fmt: skip
            self.people[me.person_id] = Life(me, own, away, volume, at, second)

    def _absence(self, today: date, days: int) -> tuple[date, date]:
        first = today + timedelta(days=self.chance.randint(1, days))
        return first, first + timedelta(days=self.chance.choice((0, 1, self.chance.randint(0, 20))))

    def program(self) -> Services:
        """A program that has just been started: it knows what is in the record, and nothing else."""
        return dataclasses.replace(
            self.office.services, clock=DomainClock(self.clock), outbox=Outbox(self.clock, lambda: None)
        )

    def live(self, until: datetime, travellers: int = 0) -> None:
        """Time goes by, in steps of any length; everybody answers, so that nobody is asked whether it is too much.

        Now and then somebody's next reminder is worked out anew.
        """
        answered: Days = set()
        while self.clock.now() < until:
            self.clock.pass_time(minutes=self.chance.randint(5, LONGEST_PAUSE))
            services = self.program()
            if self.chance.random() < 0.3:
                with self.database.writing(InWorkspace(self.office.workspace_id)) as tx:
                    plan_anew(tx, self.clock.now(), self.chance.sample(list(self.people), 9))
            remind_due(services)
            self.ticks.append(self.clock.now())
            for person_id, day in self.reminded(self.clock.now().date() - timedelta(days=3)) - answered:
                life = self.people[person_id]
                if life.volume != "normal" or self.clock.now() >= life.moment(day, is_second=True):
                    skip_reminder(services, life.me, day)
                    answered.add((person_id, day))
            if travellers and self.chance.random() < 0.02:
                self._travel(services, self.chance.choice(list(self.people)[:: len(ZONES)][:travellers]))

    def _travel(self, services: Services, person_id: int) -> None:
        me = self.people[person_id].me
        zone = self.chance.choice(ZONES)
        now = self.clock.now()
        self.moved.setdefault(person_id, []).extend({local_day(now, me.zone), local_day(now, zone)})
        profile = Profile(me.slack_id, me.name, zone, Standing.MEMBER, is_admin=False)
        remember_profiles(services, me.workspace_id, [profile])
        self.people[person_id] = dataclasses.replace(self.people[person_id], me=dataclasses.replace(me, zone=zone))

    def reminded(self, since: date = date.min) -> Days:
        with self.database.reading(InWorkspace(self.office.workspace_id)) as tx:
            found = select(Reminder.person_id, Reminder.day).where(Reminder.day >= since, Reminder.posts > 0)
            return {(person_id, day) for person_id, day in tx.exec(found)}

    def reminded_twice(self) -> Days:
        with self.database.reading(InWorkspace(self.office.workspace_id)) as tx:
            return set(tx.exec(select(Reminder.person_id, Reminder.day).where(Reminder.posts == 2)))

    def posts(self) -> Counter[str]:
        with self.database.reading(InWorkspace(self.office.workspace_id)) as tx:
            return Counter(key for key in tx.exec(select(Post.key)) if key.startswith("reminder:"))

    def expected(self, first: date, last: date) -> Days:
        """Worked out day by day, without what the program knows of it."""
        monday = first - timedelta(days=first.weekday())
        every = [monday + timedelta(days=ahead) for ahead in range((last - monday).days + 1)]
        closed = {day for year in {monday.year, last.year} for day in holidays_in(year, self._rules(), "nl")}
        found: Days = set()
        for person_id, life in self.people.items():
            weeks: set[tuple[int, int]] = set()
            for day in every:
                is_away = any(start <= day <= end for start, end in life.away)
                week = day.isocalendar()[:2]
                if day.weekday() not in life.own or day in closed or is_away or week in weeks:
                    continue
                weeks |= {week} if life.volume == "weekly" else set()
                found.add((person_id, day))
        return {(person_id, day) for person_id, day in found if day >= first}

    def expected_twice(self, expected: Days) -> Days:
        """Of these the days whose first reminder went out before the second was due: else there is no point to it."""
        return {
            (person_id, day)
            for person_id, day in expected
            if (life := self.people[person_id]).volume == "normal"
            and any(life.moment(day) <= tick < life.moment(day, is_second=True) for tick in self.ticks)
        }

    def _rules(self) -> HolidayRules:
        with self.database.reading(InWorkspace(self.office.workspace_id)) as tx:
            return self.office.services.office(tx).calendar[0][1]


def lived(office: FakeOffice, database: Database, clock: StoppedClock, start: datetime, days: int, seed: int) -> None:
    clock.pass_time(seconds=(start - clock.now()).total_seconds())
    simulated = Simulated(office, database, clock, random.Random(seed))
    simulated.fill(54 if days > 100 else 36, days)
    simulated.live(start + timedelta(days=days), travellers=6)

    # Of the first and the last two days the moment itself decides, of a day of travel the place.
    first, last = start.date() + timedelta(days=2), start.date() + timedelta(days=days - 2)
    unsure = {(person, day + timedelta(days=near)) for person, moved in simulated.moved.items() for day in moved
              for near in (-1, 0, 1)}  # fmt: skip
    found = {one for one in simulated.reminded() if first <= one[1] <= last}
    assert found - unsure == simulated.expected(first, last) - unsure
    twice, expected = simulated.reminded_twice(), simulated.expected_twice(simulated.expected(first, last))
    twice = {one for one in twice if first <= one[1] <= last and one[0] not in simulated.moved}
    assert twice == {one for one in expected if one[0] not in simulated.moved}
    assert len(twice) > days / 2
    assert found <= simulated.expected(first, last) | unsure
    assert len(found) > 2 * days  # the world is not an empty one
    assert set(simulated.posts().values()) == {1}
    assert len(simulated.posts()) == len(simulated.reminded()) + len(simulated.reminded_twice())


@pytest.mark.parametrize(
    "start",
    [datetime(2026, 3, 20, 7, tzinfo=UTC), datetime(2026, 10, 1, 7, tzinfo=UTC)],
    ids=["spring, and autumn in the south", "autumn, and spring in the south"],
)
def test_each_due_day_has_one_reminder(
    office: FakeOffice, database: Database, clock: StoppedClock, start: datetime
) -> None:
    lived(office, database, clock, start, days=24, seed=start.month)


@pytest.mark.long
def test_each_due_day_of_a_year_has_one_reminder(office: FakeOffice, database: Database, clock: StoppedClock) -> None:
    lived(office, database, clock, datetime(2026, 1, 5, 6, tzinfo=UTC), days=365, seed=1)


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_two_replicas_double_nothing(office: FakeOffice, database: Database, clock: StoppedClock) -> None:
    start = datetime(2026, 3, 20, 7, tzinfo=UTC)
    clock.pass_time(seconds=(start - clock.now()).total_seconds())
    simulated = Simulated(office, database, clock, random.Random(7))
    simulated.fill(40, days=5)
    errors: list[BaseException] = []
    for _ in range(30):
        clock.pass_time(hours=3, minutes=50)
        together = Barrier(2)
        replicas = [Thread(target=_tick, args=(simulated.program(), together, errors)) for _ in range(2)]
        for replica in replicas:
            replica.start()
        for replica in replicas:
            replica.join()

    assert errors == []
    assert len(simulated.posts()) == len(simulated.reminded()) + len(simulated.reminded_twice()) > 40
    assert set(simulated.posts().values()) == {1}


def _tick(services: Services, together: Barrier, errors: list[BaseException]) -> None:
    try:
        together.wait(timeout=20)
        remind_due(services, batch=5)
    except BaseException as error:
        errors.append(error)
