"""What may be spent without asking."""

from datetime import date, timedelta

import pytest

from bot.kernel.budgets import Room, Verdict, caps_of, judge, judged, room_in
from bot.kernel.caps import Caps
from storage.spending import Books, PersonCap, month_after, month_of, open_month, span_of
from tests.fakes import MONDAY

DAY = date(2026, 11, 2)
CAPS = Caps(1000, 5000)


def cap(first_day: date, day_cents: int | None, month_cents: int | None = None) -> PersonCap:
    return PersonCap(
        workspace_id=1, person_id=1, first_day=first_day, day_cents=day_cents, month_cents=month_cents, set_at=MONDAY
    )


@pytest.mark.parametrize(
    ("cents", "spent_day", "spent_month", "verdict"),
    [
        (1000, 0, 0, Verdict.BOOK), (1001, 0, 0, Verdict.ASK), (1, 1000, 1000, Verdict.ASK),
        (250, 750, 750, Verdict.BOOK),
        (1, 0, 5000, Verdict.ASK), (1000, 0, 4000, Verdict.BOOK), (1000, 0, 4001, Verdict.ASK),
    ],
)  # fmt: skip
def test_both_caps_hold_at_once(cents: int, spent_day: int, spent_month: int, verdict: Verdict) -> None:
    assert judge(cents, CAPS, spent_day, spent_month) is verdict


def test_a_soft_day_is_booked_within_the_months_cap_and_marked() -> None:
    soft = Caps(1000, 5000, is_soft=True)

    assert judge(1500, soft, 0, 0) is Verdict.OVER
    assert judge(1000, soft, 0, 0) is Verdict.BOOK
    assert judge(1500, soft, 0, 4000) is Verdict.ASK


def test_somebodys_own_caps_hold_from_their_first_day_on() -> None:
    own = [cap(DAY, 2000), cap(DAY + timedelta(days=7), None, 100)]
    office = ((date.min, CAPS), (DAY + timedelta(days=3), Caps(500, 5000)))

    assert caps_of(office, own, DAY - timedelta(days=1)) == CAPS
    assert caps_of(office, own, DAY) == Caps(2000, 5000)
    assert caps_of(office, own, DAY + timedelta(days=4)) == Caps(2000, 5000)
    assert caps_of(office, own, DAY + timedelta(days=8)) == Caps(500, 100)
    assert caps_of(office, [], DAY + timedelta(days=4)) == Caps(500, 5000)


def test_what_is_left_is_never_below_nothing() -> None:
    books = Books(1, DAY, spent_day=1200, spent_month=1200, own_caps=(), closed_until="")

    assert room_in(((date.min, CAPS),), books) == Room(0, 3800)
    assert room_in(((date.min, CAPS),), books).cents == 0
    assert judged(1, ((date.min, CAPS),), books) is Verdict.ASK


def test_a_month_ends_on_its_last_day() -> None:
    assert span_of("2026-02") == (date(2026, 2, 1), date(2026, 2, 28))
    assert span_of("2028-02")[1] == date(2028, 2, 29)
    assert (month_after("2026-12"), month_after("2026-01"), month_of(DAY)) == ("2027-01", "2026-02", "2026-11")


def test_what_is_of_a_closed_month_stands_in_the_first_open_one() -> None:
    assert open_month(DAY, "") == open_month(DAY, "2026-10") == "2026-11"
    assert open_month(DAY, "2026-11") == "2026-12"
    assert open_month(DAY, "2026-12") == "2027-01"
