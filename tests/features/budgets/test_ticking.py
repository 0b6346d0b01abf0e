"""What time does to budgets: the digest, months that close, one idea a month."""

from datetime import UTC, date, datetime

import pytest

from bot.features.budgets import actions, closing, deciding, jobs
from bot.features.budgets.rules import Decision
from bot.features.participants.actions import join_club
from bot.features.participants.rules import TypedChoices
from bot.kernel.office import Me
from bot.services import Services
from bot.wiring.gateway import me_of
from bot.wiring.requests import Asking
from storage.absences import Absence
from storage.office import change_office
from tests.fakes import MONDAY, TEAM, FakeOffice, StoppedClock
from tests.features.budgets.spenders import spend


@pytest.fixture
def ilse(office: FakeOffice, services: Services, fatima: Me) -> Me:
    """Another manager, away until the end of the week."""
    ilse = office.person("U0ILSE", "Ilse")
    with services.database.writing(fatima) as tx:
        change_office(tx, "managers", ["U0FATIMA", "U0ILSE"], fatima.person_id, MONDAY)
        days = {"first_day": MONDAY.date(), "last_day": MONDAY.date().replace(day=8), "entered_at": MONDAY}
        tx.add(Absence(workspace_id=ilse.workspace_id, person_id=ilse.person_id, **days))
    return me_of(services, Asking(TEAM, ilse.slack_id, "Ilse", is_stranger=False, request_key=None))


def test_what_waits_without_hurry_comes_in_one_message_a_day(
    services: Services, sanne: Me, bram: Me, fatima: Me, office: FakeOffice, clock: StoppedClock
) -> None:
    spend(services, sanne, "25")
    spend(services, bram, "30")

    jobs.ask_in_digest(services)
    jobs.ask_in_digest(services)
    assert len(office.posts("U0FATIMA")) == 1
    assert str(office.queued("U0FATIMA")[0].body).count("spending.agree") == 2

    clock.pass_time(days=1)
    jobs.ask_in_digest(services)
    assert [post.key for post in office.queued("U0FATIMA")] == ["spending-digest:2026-11-03:U0FATIMA"]


def test_no_digest_comes_before_nine_in_a_weekend_or_about_nothing(
    services: Services, sanne: Me, fatima: Me, office: FakeOffice, clock: StoppedClock
) -> None:
    jobs.ask_in_digest(services)
    spend(services, sanne, "25")
    clock.pass_time(hours=-2.5)  # half past seven
    jobs.ask_in_digest(services)
    clock.pass_time(hours=2.5, days=5)  # Saturday
    jobs.ask_in_digest(services)

    assert office.posts("U0FATIMA") == []


def test_who_is_away_hears_of_it_after_one_working_day(
    services: Services, fatima: Me, ilse: Me, sanne: Me, office: FakeOffice, clock: StoppedClock
) -> None:
    spend(services, sanne, "25")

    told = []
    for _ in range(3):
        jobs.ask_in_digest(services)
        told.append([len(office.posts(manager)) for manager in ("U0FATIMA", "U0ILSE")])
        clock.pass_time(days=1)

    assert told == [[1, 0], [1, 0], [1, 1]]  # Monday asked, Tuesday went by; yesterday's makes way for today's


def test_nobodys_digest_has_their_own(services: Services, fatima: Me, office: FakeOffice) -> None:
    spend(services, fatima, "25")

    jobs.ask_in_digest(services)

    assert office.posts("U0FATIMA") == []


def test_a_decision_leaves_the_days_digest(
    services: Services, sanne: Me, bram: Me, fatima: Me, office: FakeOffice
) -> None:
    first, second = spend(services, sanne, "25"), spend(services, bram, "30")
    jobs.ask_in_digest(services)

    deciding.decide_spending(services, fatima, first.spending.id or 0, Decision.APPROVE)
    assert str(office.queued("U0FATIMA")[0].body).count("spending.agree") == 1

    actions.undo_spending(services, bram, second.spending.id or 0)
    assert "spending.agree" not in str(office.queued("U0FATIMA")[0].body)


def test_the_month_before_closes_by_itself_on_the_fifth(
    services: Services, sanne: Me, fatima: Me, clock: StoppedClock
) -> None:
    spend(services, sanne, "5")
    clock.pass_time(days=32)  # the fourth of December
    jobs.close_months(services)
    assert not closing.overview(services, fatima, "2026-11").is_closed

    clock.pass_time(days=1)
    jobs.close_months(services)
    jobs.close_months(services)

    assert closing.overview(services, fatima, "2026-11").is_closed


def ideas(office: FakeOffice, slack_id: str) -> int:
    return sum(post.key.startswith("budget-idea:") for post in office.queued(slack_id))


def test_who_spent_nothing_for_a_while_reads_one_idea_a_month(
    services: Services, sanne: Me, bram: Me, office: FakeOffice, clock: StoppedClock
) -> None:
    for me in (sanne, bram):
        join_club(services, me, TypedChoices(at="9:00", days=("0", "1", "2"), volume="light", board="yes"))
    clock._now = datetime(2026, 12, 14, 10, tzinfo=UTC)
    spend(services, bram, "5")
    jobs.give_ideas(services)
    assert ideas(office, "U0SANNE") == 0

    for day in (15, 15, 16, 21):  # a Tuesday: the first working day from the fifteenth on
        clock._now = datetime(2026, 12, day, 10, tzinfo=UTC)
        jobs.give_ideas(services)

    assert (ideas(office, "U0SANNE"), ideas(office, "U0BRAM")) == (1, 0)
    clock._now = datetime(2027, 1, 18, 10, tzinfo=UTC)
    jobs.give_ideas(services)
    assert (ideas(office, "U0SANNE"), ideas(office, "U0BRAM")) == (2, 1)


def test_who_does_not_take_part_reads_none(
    services: Services, sanne: Me, office: FakeOffice, clock: StoppedClock
) -> None:
    spend(services, sanne, "5")
    clock._now = datetime(2027, 1, 15, 10, tzinfo=UTC)

    jobs.give_ideas(services)

    assert ideas(office, "U0SANNE") == 0


def test_who_is_away_sleeps_or_has_a_day_off_reads_no_idea(
    services: Services, sanne: Me, bram: Me, office: FakeOffice, clock: StoppedClock
) -> None:
    asleep = office.person("U0AROHA", "Aroha", zone="Pacific/Auckland")
    for me, days in ((sanne, "01234"), (bram, "024"), (asleep, "01234")):
        join_club(services, me, TypedChoices(at="9:00", days=tuple(days), volume="light", board="yes"))
    with services.database.writing(sanne) as tx:
        span = {"first_day": date(2026, 12, 10), "last_day": date(2026, 12, 31), "entered_at": MONDAY}
        tx.add(Absence(workspace_id=sanne.workspace_id, person_id=sanne.person_id, **span))

    clock._now = datetime(2026, 12, 15, 10, tzinfo=UTC)  # a Tuesday
    jobs.give_ideas(services)
    assert [ideas(office, one) for one in ("U0SANNE", "U0BRAM", "U0AROHA")] == [0, 0, 0]

    for day, hour in ((15, 21), (16, 10)):  # in Auckland it is Wednesday morning, and here the day after
        clock._now = datetime(2026, 12, day, hour, tzinfo=UTC)
        jobs.give_ideas(services)
    assert [ideas(office, one) for one in ("U0SANNE", "U0BRAM", "U0AROHA")] == [0, 1, 1]


def test_what_is_asked_in_the_evening_is_in_the_digest_of_the_next_morning(
    services: Services, sanne: Me, fatima: Me, office: FakeOffice, clock: StoppedClock
) -> None:
    clock.pass_time(hours=8)  # six o'clock
    spend(services, sanne, "25")
    for _ in range(6):  # until midnight
        jobs.ask_in_digest(services)
        clock.pass_time(hours=1)
    assert office.posts("U0FATIMA") == []
    clock.pass_time(hours=9)
    jobs.ask_in_digest(services)

    assert [post.key for post in office.queued("U0FATIMA")] == ["spending-digest:2026-11-03:U0FATIMA"]
