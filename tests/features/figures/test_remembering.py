"""A year ago today: who reads their story again, when, and how often; on both databases."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.features.figures import remembering
from bot.features.figures.jobs import year_ago
from bot.features.figures.remembering import is_year_ago
from bot.features.stories import actions as stories
from bot.features.stories.rules import TypedStory
from bot.kernel.office import Me
from storage.participants import work_on
from storage.people import Part, Standing
from tests.fakes import FakeOffice
from tests.features.figures.told import applaud, away, join, remembered, story

TUESDAY = date(2026, 11, 3)
BEFORE = date(2025, 11, 3)
FLOWERS = "Bloemen *meegegeven* <!channel>"


def at(office: FakeOffice, day: date, hour: int, zone: str = "Europe/Amsterdam") -> None:
    office.services.clock.move_to(datetime.combine(day, time(hour), ZoneInfo(zone)).astimezone(UTC))


@pytest.fixture
def sanne(office: FakeOffice) -> Me:
    """She takes part, and told a story on 3 November 2025."""
    me = join(office, office.person("U0SANNE", "Sanne", language="en"))
    story(office, me, BEFORE, FLOWERS)
    return me


def test_a_story_comes_back_after_exactly_a_year_word_for_word(office: FakeOffice, sanne: Me) -> None:
    at(office, TUESDAY, 12)

    assert remembered(office, sanne) == ["A year ago today you made a fan: Bloemen *meegegeven* &lt;!channel&gt;"]
    [post] = office.queued(sanne.slack_id)
    assert FLOWERS in str((post.body or {})["blocks"])
    assert "mrkdwn" not in str(post.body)


@pytest.mark.parametrize(
    ("day", "hour"), [(TUESDAY, 11), (TUESDAY, 17), (date(2026, 11, 2), 13), (date(2026, 11, 4), 13)]
)
def test_on_no_other_day_and_at_no_other_hour(office: FakeOffice, sanne: Me, day: date, hour: int) -> None:
    at(office, day, hour)

    assert remembered(office, sanne) == []


def test_it_comes_once_however_often_the_clock_ticks(office: FakeOffice, sanne: Me) -> None:
    for hour in (12, 13, 12, 16):
        at(office, TUESDAY, hour)
        remembered(office, sanne)
        year_ago(office.services)

    assert len(office.posts(sanne.slack_id)) == 1


def test_it_comes_once_a_month_at_most(office: FakeOffice, sanne: Me) -> None:
    for day in (date(2025, 11, 10), date(2025, 12, 3)):
        story(office, sanne, day, f"Verhaal van {day}")
    for day in (TUESDAY, date(2026, 11, 10), date(2026, 12, 3)):
        at(office, day, 14)
        remembered(office, sanne)

    assert [text.rpartition(": ")[2][:9] for text in office.posts(sanne.slack_id)] == ["Bloemen *", "Verhaal v"]


@pytest.mark.parametrize(("again", "number"), [(date(2026, 11, 30), 1), (date(2026, 12, 1), 2)])
def test_in_one_month_it_comes_once_however_long_that_is(office: FakeOffice, again: date, number: int) -> None:
    me = join(office, office.person("U0WARD", "Ward"))
    for day in (date(2026, 11, 2), again):
        story(office, me, day.replace(year=2025))
        at(office, day, 14)
        remembered(office, me)

    assert len(office.posts(me.slack_id)) == number


@pytest.mark.parametrize(("days", "number"), [(27, 1), (28, 2)])
def test_after_one_there_are_four_weeks_without(office: FakeOffice, days: int, number: int) -> None:
    me, first = join(office, office.person("U0WARD", "Ward")), date(2026, 11, 4)
    for day in (first, first + timedelta(days=days)):
        story(office, me, day.replace(year=2025))
        at(office, day, 14)
        remembered(office, me)

    assert len(office.posts(me.slack_id)) == number


def test_it_comes_on_ones_own_working_days_alone(office: FakeOffice, sanne: Me) -> None:
    with office.services.database.writing(sanne) as tx:
        work_on(tx, sanne.person_id, [5], date(2026, 1, 1))  # Saturdays
    story(office, sanne, date(2025, 11, 7), "Op zaterdag")
    at(office, TUESDAY, 14)
    assert remembered(office, sanne) == []
    at(office, date(2026, 11, 7), 14)

    assert remembered(office, sanne) == ["A year ago today you made a fan: Op zaterdag"]


def test_of_several_the_most_applauded_comes_back(office: FakeOffice, sanne: Me, bram: Me) -> None:
    loved = story(office, sanne, BEFORE, "Geliefd")
    story(office, sanne, BEFORE, "Later")
    applaud(office, bram, loved)
    at(office, TUESDAY, 14)

    assert remembered(office, sanne) == ["A year ago today you made a fan: Geliefd"]


@pytest.mark.parametrize("values", [{"part": Part.LEFT}, {"part": Part.UNASKED}, {"standing": Standing.GONE}])
def test_who_takes_no_part_gets_nothing_unasked(office: FakeOffice, sanne: Me, values: dict[str, str]) -> None:
    office.person("U0SANNE", "Sanne", **values)
    at(office, TUESDAY, 14)

    assert remembered(office, sanne) == []


def test_what_somebody_kept_for_themselves_is_not_brought_up(office: FakeOffice) -> None:
    me = join(office, office.person("U0WARD", "Ward"))
    story(office, me, BEFORE, is_shared=False)
    at(office, TUESDAY, 14)

    assert remembered(office, me) == []


def test_who_is_away_is_left_alone(office: FakeOffice, sanne: Me) -> None:
    away(office, sanne, TUESDAY, TUESDAY)
    at(office, TUESDAY, 14)

    assert remembered(office, sanne) == []


def test_an_absence_that_is_over_holds_nothing_up(office: FakeOffice, sanne: Me) -> None:
    away(office, sanne, TUESDAY - timedelta(days=7), TUESDAY - timedelta(days=1))
    at(office, TUESDAY, 14)

    assert len(remembered(office, sanne)) == 1


@pytest.mark.parametrize("day", [date(2026, 11, 7), date(2026, 12, 25)])  # a Saturday, Christmas
def test_not_on_a_day_off(office: FakeOffice, sanne: Me, day: date) -> None:
    story(office, sanne, day.replace(year=2025), "Op een vrije dag")
    at(office, day, 14)

    assert remembered(office, sanne) == []


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_it_comes_in_the_afternoon_of_ones_own_clock(office: FakeOffice, zone: str) -> None:
    me = join(office, office.person("U0FAR", "Far", zone=zone))
    story(office, me, BEFORE)
    at(office, TUESDAY, 11, zone)
    assert remembered(office, me) == []
    at(office, TUESDAY, 12, zone)
    assert len(remembered(office, me)) == 1


def test_only_where_there_was_a_story_anything_is_looked_at(office: FakeOffice, sanne: Me) -> None:
    office.person_elsewhere("T0EIK", "U0PIET", "Piet")
    at(office, TUESDAY, 14)

    assert remembering.workspaces(office.services) == [office.workspace_id]


def test_it_says_what_the_story_says_and_goes_with_it(office: FakeOffice, sanne: Me) -> None:
    other = story(office, sanne, text="Van vandaag")
    at(office, TUESDAY, 12)
    remembered(office, sanne)
    stories.change_story(office.services, sanne, 1, TypedStory(text="Tulpen meegegeven", day=BEFORE.isoformat()))
    stories.remove_story(office.services, sanne, other)
    [stands] = office.posts(sanne.slack_id)
    stories.remove_story(office.services, sanne, 1)

    assert stands.endswith("Tulpen meegegeven")
    assert office.posts(sanne.slack_id) == []


def test_a_leap_day_has_no_year_ago() -> None:
    assert not is_year_ago(date(2027, 2, 28), date(2028, 2, 29))
    assert is_year_ago(date(2027, 2, 28), date(2028, 2, 28))
    assert not is_year_ago(date(2028, 2, 29), date(2029, 3, 1))
