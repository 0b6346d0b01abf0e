"""Which week a digest is about, and what a manager may say in it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.features.digest import rules
from bot.features.digest.rules import State
from bot.i18n.translate import speakers
from bot.kernel.errors import BotError
from bot.kernel.weekly import Edited, Weekly
from tests.fakes import an_office

MONDAY = date(2026, 11, 2)
OFFICE = an_office(speakers()["nl"], weekly=Weekly("C0FANS"))


def test_a_digest_tells_of_what_came_since_the_one_before() -> None:
    winter = date(2026, 10, 26)  # the clock went back in the night before
    begins, ends = rules.bounds_of(winter, OFFICE)

    assert begins.astimezone(UTC) == datetime(2026, 10, 23, 13, tzinfo=UTC)
    assert ends.astimezone(UTC) == datetime(2026, 10, 30, 14, tzinfo=UTC)


def test_after_a_week_without_one_it_tells_of_that_week_too() -> None:
    tuesdays = an_office(OFFICE.say, weekly=Weekly("C0FANS", 1), workdays=frozenset({0}))
    after_easter = date(2026, 4, 13)

    assert rules.bounds_of(after_easter, tuesdays)[0].date() == date(2026, 3, 30)


def test_it_goes_on_where_the_last_one_that_stands_ended_whatever_the_moment_is_now() -> None:
    thursdays = an_office(OFFICE.say, weekly=Weekly("C0FANS", 3))
    friday, before = datetime(2026, 10, 23, 13, tzinfo=UTC), datetime(2026, 10, 16, 13, tzinfo=UTC)
    ended = {MONDAY - timedelta(weeks=2): friday, MONDAY - timedelta(weeks=3): before}

    assert rules.bounds_of(MONDAY, thursdays, ended)[0] == friday
    assert rules.bounds_of(MONDAY - timedelta(weeks=2), thursdays, ended) == (before, friday)


def test_where_it_wasnt_kept_up_to_when_the_last_one_told_that_is_its_moment_as_it_is_now() -> None:
    assert rules.bounds_of(MONDAY, OFFICE, {MONDAY - timedelta(weeks=2): None})[0].date() == date(2026, 10, 23)


@pytest.mark.parametrize(
    ("since", "begins"),
    [
        (date(2026, 11, 2), date(2026, 10, 30)),
        (date(2026, 10, 19), date(2026, 10, 16)),
        (date(2026, 9, 28), date(2026, 10, 30)),
        (date(2026, 11, 9), date(2026, 10, 30)),
    ],
)
def test_the_first_one_tells_of_all_weeks_that_were_to_have_one_but_not_of_months(since: date, begins: date) -> None:
    office = an_office(OFFICE.say, weekly=Weekly("C0FANS", since=since))

    assert rules.bounds_of(MONDAY, office)[0].date() == begins


def test_where_nothing_goes_out_it_is_the_week_itself() -> None:
    begins, ends = rules.bounds_of(MONDAY, an_office(OFFICE.say))

    assert (begins.date(), ends.date()) == (MONDAY, MONDAY + timedelta(days=7))


@pytest.mark.parametrize(("hour", "opened"), [(6, [MONDAY]), (8, [MONDAY]), (13, [MONDAY])])
def test_a_digest_on_monday_is_open_on_its_morning(hour: int, opened: list[date]) -> None:
    office = an_office(OFFICE.say, weekly=Weekly("C0FANS", 0))
    after = MONDAY + timedelta(days=7)

    assert rules.mondays_open(datetime(2026, 11, 9, hour, tzinfo=UTC), office) == [*opened, after]


@pytest.mark.parametrize(
    ("now", "opened"),
    [
        (datetime(2026, 11, 4, 9, tzinfo=UTC), [MONDAY]),
        (datetime(2026, 11, 7, 9, tzinfo=UTC), [MONDAY]),
        (datetime(2026, 11, 9, 10, 59, tzinfo=UTC), [MONDAY, MONDAY + timedelta(days=7)]),
        (datetime(2026, 11, 9, 11, 0, tzinfo=UTC), [MONDAY + timedelta(days=7)]),
    ],
)
def test_until_monday_noon_the_last_week_is_open_too(now: datetime, opened: list[date]) -> None:
    assert rules.mondays_open(now, OFFICE) == opened


def test_beside_a_week_that_has_its_digest_the_next_one_is_open_unless_two_are() -> None:
    after = MONDAY + timedelta(days=7)

    assert rules.and_next([MONDAY]) == [MONDAY, after]
    assert rules.and_next([MONDAY, after]) == [MONDAY, after]


def test_the_state_of_a_week() -> None:
    skipped = an_office(OFFICE.say, weekly=OFFICE.weekly, digest=Edited(MONDAY, is_skipped=True))

    assert rules.state_of(OFFICE, MONDAY, is_posted=False) == State.COMING
    assert rules.state_of(OFFICE, MONDAY, is_posted=True) == State.POSTED
    assert rules.state_of(skipped, MONDAY, is_posted=False) == State.SKIPPED
    assert rules.state_of(skipped, MONDAY + timedelta(days=7), is_posted=False) == State.COMING
    assert rules.state_of(an_office(OFFICE.say), MONDAY, is_posted=False) == State.OFF


def test_words_are_tidied_and_have_an_end() -> None:
    assert rules.read_words("  Dank!\u202e\r\n  ") == "Dank!"
    assert rules.read_words(" ") == ""
    with pytest.raises(BotError, match="too long"):
        rules.read_words("x" * (rules.LONGEST_WORDS + 1))


@pytest.mark.parametrize("typed", ["", None, "2026-10-26", "vandaag", 20261102])
def test_a_week_that_is_over_cant_be_changed(typed: object) -> None:
    assert rules.read_monday("2026-11-02", [MONDAY]) == MONDAY
    with pytest.raises(BotError, match="over"):
        rules.read_monday(typed, [MONDAY])


@pytest.mark.parametrize(
    ("totals", "is_best"), [([1, 2, 3], True), ([3, 2, 3], False), ([0, 0, 3], False), ([3], False), ([0, 0], False)]
)
def test_a_best_week_is_better_than_all_before_it(totals: list[int], is_best: bool) -> None:
    assert rules.is_best(totals) is is_best
