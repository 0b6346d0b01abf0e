"""An office drawn at random, written into the record, and counted again by hand."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.kernel.periods import Period, PeriodKind
from storage.compliments import Compliment, ComplimentAbout
from storage.groups import GroupMember, PeopleGroup
from storage.ideas import Idea, IdeaAnswer, Status
from storage.participants import Participant
from storage.people import Part, Person, Standing
from storage.rows import workspace_of
from storage.stories import Applause, Story

ZONES = ("Europe/Amsterdam", "America/New_York", "Pacific/Auckland", "Pacific/Kiritimati")
TURNS = (  # of the clock, of the year, of a week 53, and an hour like another
    datetime(2026, 3, 29, 1, tzinfo=UTC),
    datetime(2026, 10, 25, 1, tzinfo=UTC),
    datetime(2026, 12, 31, 23, tzinfo=UTC),
    datetime(2027, 1, 3, 23, tzinfo=UTC),
    datetime(2026, 11, 20, 14, tzinfo=UTC),
)
BACK, AHEAD = -12 * 24, 3 * 24  # hours around such a turn in which things happen


@dataclass
class Someone:
    number: int
    standing: Standing
    part: Part
    on_board: bool
    has_left: bool
    zone: str
    id: int = 0

    @property
    def name(self) -> str:
        return f"P{self.number}"

    @property
    def is_named(self) -> bool:
        return self.part == Part.JOINED and self.on_board and not self.has_left


@dataclass
class Told:
    teller: int  # who of the people, here and below
    hours: int
    days_back: int  # entered afterwards
    is_shared: bool
    is_deleted: bool
    applause: list[tuple[int, bool]]


@dataclass
class Said:
    hours: int
    is_placed: bool
    about: set[int]


@dataclass
class Suggested:
    suggester: int
    is_anonymous: bool
    answers: list[tuple[Status, int]]  # with the hour; the last one gives the status


@dataclass
class World:
    """What happened in an office around a turn of the clock or the calendar."""

    zone: str
    turn: datetime
    kind: PeriodKind
    people: list[Someone]
    told: list[Told]
    said: list[Said]
    suggested: list[Suggested]
    groups: list[set[int]]

    def at(self, hours: int) -> datetime:
        return self.turn + timedelta(hours=hours)

    def day_of(self, told: Told) -> date:
        local = self.at(told.hours).astimezone(ZoneInfo(self.people[told.teller].zone))
        return local.date() - timedelta(days=told.days_back)

    def write(self, tx: Session) -> None:
        """All of it, and then what was deleted is deleted."""
        own = {"workspace_id": workspace_of(tx)}
        for one in self.people:
            person = Person(**own, slack_id=f"U{one.number}", name=one.name, standing=one.standing, part=one.part)
            tx.add(person)
            tx.flush()
            one.id = person.id or 0
            if one.part in (Part.JOINED, Part.LEFT):
                left = self.turn if one.has_left else None
                tx.add(Participant(**own, person_id=one.id, joined_at=self.turn, joined_on=self.turn.date(),
                                   left_at=left, on_board=one.on_board, remind_at=time(9), second_at=time(16),
                                   volume="light"))  # fmt: skip
        for told in self.told:
            self._write_story(tx, told)
        for said in self.said:
            self._write_compliment(tx, said)
        for suggested in self.suggested:
            self._write_idea(tx, suggested)
        for number, members in enumerate(self.groups):
            group = PeopleGroup(**own, name=f"G{number}")
            tx.add(group)
            tx.flush()
            tx.add_all(GroupMember(**own, group_id=group.id or 0, person_id=self.people[one].id) for one in members)

    def _write_story(self, tx: Session, told: Told) -> None:
        own, at = {"workspace_id": workspace_of(tx)}, self.at(told.hours)
        story = Story(**own, teller_id=self.people[told.teller].id, text="", day=self.day_of(told), told_at=at,
                      is_shared=told.is_shared)  # fmt: skip
        tx.add(story)
        tx.flush()
        for who, is_given in dict(told.applause).items():
            person_id = self.people[who].id
            tx.add(Applause(**own, story_id=story.id or 0, person_id=person_id, is_given=is_given, changed_at=at))
        tx.flush()
        if told.is_deleted:
            tx.delete(story)
            tx.flush()

    def _write_compliment(self, tx: Session, said: Said) -> None:
        own, at = {"workspace_id": workspace_of(tx)}, self.at(said.hours)
        placed = {"is_placed": said.is_placed, "placed_at": at if said.is_placed else None}
        compliment = Compliment(**own, text="", day=at.date(), entered_at=at, **placed)
        tx.add(compliment)
        tx.flush()
        for who in said.about:
            tx.add(ComplimentAbout(**own, compliment_id=compliment.id or 0, person_id=self.people[who].id))

    def _write_idea(self, tx: Session, one: Suggested) -> None:
        own = {"workspace_id": workspace_of(tx)}
        status = one.answers[-1][0] if one.answers else Status.NEW
        idea = Idea(**own, title="", suggester_id=self.people[one.suggester].id, is_anonymous=one.is_anonymous,
                    status=status, suggested_at=self.turn, posted_on=self.turn.date())  # fmt: skip
        tx.add(idea)
        tx.flush()
        for answer, hours in one.answers:
            tx.add(IdeaAnswer(**own, idea_id=idea.id or 0, status=answer, words="", answered_at=self.at(hours)))

    def fans(self, period: Period, who: Callable[[Someone], bool]) -> Counter[str]:
        """By name, of those who are asked for: at most three a day."""
        a_day: Counter[tuple[str, date]] = Counter()
        for told in self.told:
            one, day = self.people[told.teller], self.day_of(told)
            if who(one) and told.is_shared and not told.is_deleted and day in period:
                a_day[one.name, day] += 1
        found: Counter[str] = Counter()
        for (name, _), number in a_day.items():
            found[name] += min(number, 3)
        return found

    def compliments(self, who: int, period: Period) -> int:
        return sum(who in said.about and said.is_placed and self.at(said.hours).date() in period for said in self.said)

    def applause(self, who: int, period: Period) -> int:
        count = 0
        for told in self.told:
            if told.teller == who and told.is_shared and not told.is_deleted and self.day_of(told) in period:
                count += sum(is_given for by, is_given in dict(told.applause).items() if by != who)
        return count

    def ideas(self, who: int, period: Period) -> int:
        count = 0
        for one in self.suggested:
            done = [self.at(hours) for status, hours in one.answers if status == Status.DONE]
            if one.suggester == who and not one.is_anonymous and one.answers and one.answers[-1][0] == Status.DONE:
                count += max(done).astimezone(ZoneInfo(self.zone)).date() in period
        return count


def world(seed: int) -> World:
    """One of very many: whole offices, for what is drawn piece by piece stays too small to go wrong."""
    chance = Random(seed)
    count = chance.randint(2, 9)

    def happens(one_in: int) -> bool:
        return chance.randrange(one_in) == 0

    def who() -> int:
        return chance.randrange(count)

    def some(most: int) -> set[int]:
        return set(chance.sample(range(count), min(count, chance.randint(0, most))))

    def hours() -> int:
        return chance.randint(*chance.choice([(BACK, AHEAD), (-30, 30), (-14, 14)]))

    def answers() -> list[tuple[Status, int]]:
        at = sorted(hours() for _ in range(chance.randint(0, 3)))
        return [(chance.choice([Status.DOING, Status.DONE, Status.DONE]), one) for one in at]

    people = [
        Someone(
            number=one,
            standing=chance.choice([Standing.MEMBER] * 5 + [Standing.GONE, Standing.GUEST]),
            part=chance.choice([Part.JOINED] * 5 + [Part.UNASKED, Part.LEFT]),
            on_board=not happens(5),
            has_left=happens(6),
            zone=chance.choice(ZONES),
        )
        for one in range(count)
    ]
    return World(
        zone=chance.choice(ZONES),
        turn=chance.choice(TURNS),
        kind=chance.choice(list(PeriodKind)),
        people=people,
        told=[
            Told(who(), hours(), chance.choice([0, 0, 0, 1, 7]), not happens(6), happens(8),
                 [(who(), not happens(4)) for _ in range(chance.randint(0, 4))])
            for _ in range(chance.randint(0, 40))
        ],
        said=[Said(hours(), not happens(4), some(3)) for _ in range(chance.randint(0, 8))],
        suggested=[Suggested(who(), happens(5), answers()) for _ in range(chance.randint(0, 8))],
        groups=[some(7) for _ in range(chance.randint(0, 3))],
    )  # fmt: skip
