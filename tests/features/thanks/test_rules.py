"""How often one can thank, and when a week begins and the managers hear of the last one."""

from datetime import UTC, date, datetime

import pytest

from bot.features.thanks import rules
from bot.features.thanks.rules import Where
from bot.i18n.translate import speakers
from tests.fakes import an_office

SAY = speakers()["nl"]


@pytest.mark.parametrize(
    ("is_posted", "takes_part", "wheres"),
    [
        (True, True, [Where.THREAD, Where.PRIVATE]),
        (True, False, [Where.THREAD]),
        (False, True, [Where.PRIVATE]),
        (False, False, []),
    ],
)
def test_thanks_are_read_where_they_can_be(is_posted: bool, takes_part: bool, wheres: list[Where]) -> None:
    assert rules.where_possible(is_posted=is_posted, takes_part=takes_part) == wheres


def test_a_week_begins_on_monday_where_somebody_lives() -> None:
    monday = rules.monday_of(date(2026, 11, 8))

    assert monday == date(2026, 11, 2)
    assert rules.beginning_of(monday, "Europe/Amsterdam").astimezone(UTC) == datetime(2026, 11, 1, 23, tzinfo=UTC)
    assert rules.beginning_of(monday, "Asia/Tokyo").astimezone(UTC) == datetime(2026, 11, 1, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "is_time"),
    [
        (datetime(2026, 11, 2, 7, 59, tzinfo=UTC), False),  # a minute before nine in Amsterdam
        (datetime(2026, 11, 2, 8, 0, tzinfo=UTC), True),
        (datetime(2026, 11, 7, 8, 0, tzinfo=UTC), False),  # a Saturday
        (datetime(2026, 4, 27, 12, 0, tzinfo=UTC), False),  # King's Day, a Monday
    ],
)
def test_managers_hear_of_it_on_working_days_from_nine(moment: datetime, is_time: bool) -> None:
    assert rules.is_time_to_tell(moment, an_office(SAY)) is is_time
