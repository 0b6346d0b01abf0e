"""What figures are made of, beside a recount in plain Python; on both databases."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from bot.kernel.clock import local_day
from storage import figures
from storage.compliments import Compliment, ComplimentAbout
from storage.database import Database, InWorkspace
from storage.figures import By, Gesture, Told
from storage.participants import Participant
from storage.people import Part, Person, Standing
from storage.spending import LedgerEntry, PaidWith, Spending, SpendingStatus
from storage.stories import Applause, Moment, Story, add_story
from tests.fakes import MONDAY
from tests.storage.records import TODAY, somebody, told

FIRST, LAST = date(2026, 12, 21), date(2027, 1, 10)  # over a year's end, and week 53
WEEKS = [(FIRST + timedelta(days=7 * number), FIRST + timedelta(days=7 * number + 6)) for number in range(3)]
ZONES = ("Europe/Amsterdam", "Pacific/Kiritimati", "Pacific/Pago_Pago", "America/New_York")


@dataclass(frozen=True)
class Line:
    """A story as the recount knows it."""

    teller: int  # 0 to 3
    day: date
    moment: str | None
    is_shared: bool
    gesture: str
    applauded_by: frozenset[int]
    is_deleted: bool


@dataclass(frozen=True)
class Praise:
    about: int
    day: date
    is_placed: bool


MOMENTS = st.sampled_from([None, *Moment])
NEAR = st.dates(FIRST - timedelta(days=2), LAST + timedelta(days=9))
# The days of stories: of a moment in a zone, or filled in afterwards.
HOURS = st.builds(lambda day, hour, zone: local_day(datetime.combine(day, time(hour), ZoneInfo("UTC")), zone),
                  NEAR, st.integers(0, 23), st.sampled_from(ZONES))  # fmt: skip
LINES = st.builds(
    Line, st.integers(0, 3), HOURS, MOMENTS, st.booleans(), st.sampled_from(Gesture),
    st.frozensets(st.integers(0, 3)), st.booleans(),
)  # fmt: skip
PRAISES = st.builds(Praise, st.integers(0, 3), NEAR, st.booleans())


def naive(lines: Sequence[Line], praises: Sequence[Praise], by: By) -> list[Told]:
    """The same question, asked of a list."""
    found = []
    shared = [one for one in lines if one.is_shared and not one.is_deleted and FIRST <= one.day <= LAST]
    for kind in {getattr(one, by.value) for one in shared}:
        these = [one for one in shared if getattr(one, by.value) == kind]
        followed = sum(
            praise.about == one.teller and one.day <= praise.day <= one.day + timedelta(days=7)
            for one in these for praise in praises if praise.is_placed
        )  # fmt: skip
        applause = sum(len(one.applauded_by - {one.teller}) for one in these)
        found.append(Told(kind, len(these), len({one.teller for one in these}), applause, followed))
    return sorted(found, key=str)


def write(database: Database, who: InWorkspace, people: list[int], lines: Sequence[Line]) -> None:
    own: dict[str, Any] = {"workspace_id": who.workspace_id}
    with database.writing(who) as tx:
        for one in lines:
            teller = people[one.teller]
            cents = 500 if one.gesture == Gesture.PAID else None
            story = add_story(tx, **own, teller_id=teller, text="x", day=one.day, moment=one.moment,
                              is_shared=one.is_shared, told_at=MONDAY, spent_cents=cents)  # fmt: skip
            if one.gesture == Gesture.GIFT:
                tx.add(Spending(**own, person_id=teller, day=one.day, cents=100, currency="EUR", what_for="x",
                                story_id=story, paid_with=PaidWith.CUPBOARD, asked_at=MONDAY))  # fmt: skip
            for number in one.applauded_by:
                tx.add(Applause(**own, story_id=story, person_id=people[number], changed_at=MONDAY))
            tx.flush()
            if one.is_deleted:
                tx.exec(delete(Story).where(Story.id == story))  # type: ignore[arg-type]


def praise(database: Database, who: InWorkspace, people: list[int], praises: Sequence[Praise]) -> None:
    own: dict[str, Any] = {"workspace_id": who.workspace_id}
    with database.writing(who) as tx:
        for one in praises:
            said = Compliment(**own, text="x", day=one.day, entered_at=MONDAY, is_placed=one.is_placed,
                              placed_at=MONDAY if one.is_placed else None)  # fmt: skip
            tx.add(said)
            tx.flush()
            tx.add(ComplimentAbout(**own, compliment_id=said.id or 0, person_id=people[one.about]))


def forget(database: Database) -> None:
    with database.writing() as tx:
        for table in (Spending, Story, Compliment):
            tx.exec(delete(table))


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(LINES, max_size=12), st.lists(PRAISES, max_size=6))
def test_the_offices_counts_are_those_of_a_recount(
    database: Database, here: InWorkspace, there: InWorkspace, lines: list[Line], praises: list[Praise]
) -> None:
    forget(database)
    for who in (here, there):  # the other office has the same, and none of it counts here
        people = [somebody(database, who, f"U{number}") for number in range(4)]
        write(database, who, people, lines)
        praise(database, who, people, praises)

    shared = [one for one in lines if one.is_shared and not one.is_deleted and FIRST <= one.day <= LAST]
    with database.reading(here) as tx:
        for by in By:
            assert sorted(figures.told_by_kind(tx, by, FIRST, LAST), key=str) == naive(lines, praises, by)
        assert figures.team_days(tx, FIRST, LAST) == Counter(one.day for one in shared)
        assert figures.tellers(tx, FIRST, LAST) == len({one.teller for one in shared})
        each = [{one.teller for one in shared if first <= one.day <= last} for first, last in WEEKS]
        assert figures.tellers_in(tx, WEEKS) == [len(tellers) for tellers in each]
        assert figures.tellers(tx, FIRST, LAST, WEEKS[::2]) == len(each[1])


def join(database: Database, who: InWorkspace, person_id: int, **values: Any) -> None:
    with database.writing(who) as tx:
        tx.add(
            Participant(workspace_id=who.workspace_id, person_id=person_id, joined_at=MONDAY, joined_on=TODAY,
                        on_board=False, remind_at=time(9), second_at=time(16), volume="light")
        )  # fmt: skip
        person = tx.get(Person, person_id)
        assert person is not None
        for name, value in ({"part": Part.JOINED} | values).items():
            setattr(person, name, value)


def test_ones_own_days_and_kinds_hold_private_stories_too(
    database: Database, here: InWorkspace, sanne: int, bram: int
) -> None:
    told(database, here, sanne, moment=Moment.COMPLAINT, spent_cents=500)
    told(database, here, sanne, is_shared=False)
    told(database, here, sanne, day=TODAY - timedelta(days=400))
    told(database, here, bram)

    with database.reading(here) as tx:
        assert figures.own_days(tx, sanne, TODAY - timedelta(days=30), TODAY) == {TODAY: 2}
        year = (TODAY - timedelta(days=365), TODAY)
        assert figures.own_kinds(tx, sanne, By.MOMENT, *year) == {Moment.COMPLAINT: 1, None: 1}
        assert figures.own_kinds(tx, sanne, By.GESTURE, *year) == {Gesture.PAID: 1, Gesture.FREE: 1}
        assert figures.team_days(tx, *year) == {TODAY: 2}


def test_what_was_refused_or_undone_was_not_spent_on_a_story(database: Database, here: InWorkspace, sanne: int) -> None:
    story = told(database, here, sanne)
    with database.writing(here) as tx:
        for status in (SpendingStatus.REFUSED, SpendingStatus.UNDONE):
            tx.add(Spending(workspace_id=here.workspace_id, person_id=sanne, day=TODAY, cents=100, currency="EUR",
                            what_for="x", story_id=story, status=status, asked_at=MONDAY))  # fmt: skip

    with database.reading(here) as tx:
        assert figures.own_kinds(tx, sanne, By.GESTURE, TODAY, TODAY) == {Gesture.FREE: 1}


def test_who_takes_part_is_counted_and_who_left_is_not(
    database: Database, here: InWorkspace, there: InWorkspace, their_sanne: int
) -> None:
    people = [somebody(database, here, f"U{number}") for number in range(4)]
    for number, values in enumerate(({}, {}, {"standing": Standing.GONE}, {"part": Part.LEFT})):
        join(database, here, people[number], **values)
        told(database, here, people[number])
    told(database, there, their_sanne)

    with database.reading(here) as tx:
        found = figures.taking_part(tx, TODAY - timedelta(days=5), TODAY)
        assert (found.people, found.told) == (2, 2)
        assert figures.taking_part(tx, TODAY - timedelta(days=5), TODAY - timedelta(days=1)).told == 0
        assert figures.days_of_participants(tx, TODAY, TODAY) == {TODAY: 2}
        assert figures.team_days(tx, TODAY, TODAY) == {TODAY: 4}


def test_the_ledger_tells_what_was_spent_on_customers_and_when(
    database: Database, here: InWorkspace, there: InWorkspace, sanne: int, bram: int, their_sanne: int
) -> None:
    lines: list[tuple[InWorkspace, int, int, date, bool]] = [
        (here, sanne, 750, TODAY, False), (here, sanne, -250, TODAY, False), (here, bram, 100, TODAY, False),
        (here, bram, 9000, TODAY, True), (here, sanne, 4000, TODAY - timedelta(days=40), False),
        (there, their_sanne, 5000, TODAY, False),
    ]  # fmt: skip
    for who, person, cents, day, is_staff in lines:
        with database.writing(who) as tx:
            own: dict[str, Any] = {"workspace_id": who.workspace_id, "person_id": person, "day": day, "cents": cents}
            spending = Spending(**own, currency="EUR", what_for="x", asked_at=MONDAY, is_staff=is_staff)
            tx.add(spending)
            tx.flush()
            # The books of October were closed: what was spent then stands in a later month.
            entry = LedgerEntry(**own, spending_id=spending.id or 0, month="2026-11", is_staff=is_staff,
                                booked_at=MONDAY)  # fmt: skip
            tx.add(entry)

    with database.reading(here) as tx:
        assert figures.spent(tx, TODAY, TODAY) == 600
        assert figures.spent(tx, TODAY, TODAY, sanne) == 500
        assert figures.spent(tx, TODAY - timedelta(days=60), TODAY) == 4600
        assert figures.spent(tx, TODAY + timedelta(days=1), TODAY + timedelta(days=9)) == 0
