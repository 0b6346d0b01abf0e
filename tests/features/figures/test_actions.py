"""Reading figures: who gets which, and what is in them; on both databases."""

from datetime import date, timedelta

import pytest

from bot.features.figures import actions
from bot.features.figures.rules import OfficeFigures
from bot.kernel.boards import MIN_GROUP
from bot.kernel.errors import BotError
from bot.kernel.links import new_token
from bot.kernel.office import Me
from storage.figures import Gesture
from storage.links import LinkKind
from storage.people import Standing
from storage.stories import Moment
from tests.fakes import MONDAY, FakeOffice, StoppedClock
from tests.features.figures.told import TODAY, applaud, compliment, join, link, spend, story, team

DAY = timedelta(days=1)


def test_ones_own_figures_hold_all_of_ones_own_and_nothing_of_others(office: FakeOffice, sanne: Me, bram: Me) -> None:
    story(office, sanne, moment=Moment.COMPLAINT, spent_cents=500)
    story(office, sanne, TODAY - 3 * DAY, is_shared=False)
    story(office, sanne, TODAY - 400 * DAY)
    story(office, bram)
    spend(office, sanne, 500)
    spend(office, bram, 9900)
    own = actions.own_figures(office.services, sanne)

    assert (own.weeks[-1][1], own.weeks[-2][1]) == (1, 1)
    assert (own.months[-1][1], own.months[-2][1], own.year) == (1, 1, 2)
    assert own.moments == {Moment.COMPLAINT: 1, None: 1}
    assert own.gestures == {Gesture.PAID: 1, Gesture.FREE: 1}
    assert own.cents_a_fan == 250
    assert own.best is None


def test_ones_own_week_is_that_of_ones_own_clock(office: FakeOffice) -> None:
    far = office.person("U0FAR", "Far", zone="Pacific/Pago_Pago")  # where it is Sunday
    story(office, far, TODAY - DAY)

    assert actions.own_figures(office.services, far).weeks[-1][1] == 1


def test_without_stories_ones_own_figures_are_nought(office: FakeOffice, sanne: Me) -> None:
    own = actions.own_figures(office.services, sanne)

    assert (own.year, own.cents_a_fan, own.best, own.moments) == (0, None, None, {})


def test_guests_have_no_figures(office: FakeOffice) -> None:
    with pytest.raises(BotError):
        actions.own_figures(office.services, office.person("U0GAST", "Gast", standing=Standing.GUEST))


def test_the_offices_figures_are_for_managers(office: FakeOffice, sanne: Me, fatima: Me) -> None:
    with pytest.raises(BotError):
        actions.office_figures(office.services, sanne)
    assert actions.office_figures(office.services, fatima).year is None


def test_an_admin_of_slack_sees_no_figures(office: FakeOffice) -> None:
    with pytest.raises(BotError):
        actions.office_figures(office.services, office.person("U0ADMIN", "Admin", is_admin=True))


def test_until_enough_people_told_something_no_number_is_said(office: FakeOffice, fatima: Me) -> None:
    for number, colleague in enumerate(team(office, MIN_GROUP), 1):
        story(office, colleague, moment=Moment.QUESTION)
        spend(office, colleague, 1000)
        figures = actions.office_figures(office.services, fatima)
        assert figures.is_told is (number >= MIN_GROUP)
        assert figures == OfficeFigures() or figures.year == figures.weeks[-1][1] == number == MIN_GROUP


def test_a_week_or_a_month_of_a_few_people_has_no_number(office: FakeOffice, fatima: Me) -> None:
    people = team(office, MIN_GROUP + 1)
    for colleague in people:
        story(office, colleague, TODAY - 340 * DAY)  # in November, and in no week
        story(office, colleague, TODAY - 5 * DAY)
    for colleague in people[:MIN_GROUP]:
        story(office, colleague, date(2026, 7, 1))
    for day in (1, 2, 3):
        story(office, people[0], date(2026, 8, day))
    for colleague in people[: MIN_GROUP - 1]:
        story(office, colleague)
    figures = actions.office_figures(office.services, fatima)

    assert [count for _, count in figures.months][-6:] == [0, 4, None, 0, 5, None]
    assert [count for _, count in figures.weeks][-3:] == [0, 5, None]
    assert figures.year == 5 + 5 + 4 + 3 + 3


def test_weeks_of_a_few_people_alone_are_left_out_as_a_line(office: FakeOffice, fatima: Me) -> None:
    people = team(office, MIN_GROUP)
    for colleague in people:
        story(office, colleague, TODAY - 100 * DAY)
    story(office, people[0])
    figures = actions.office_figures(office.services, fatima)

    assert (figures.weeks, figures.year) == ((), MIN_GROUP + 1)


def test_what_a_few_people_told_cannot_be_taken_from_the_years_total(office: FakeOffice, fatima: Me) -> None:
    people = team(office, MIN_GROUP + 1)
    for colleague in people:
        for back in (70, 65, 40):
            story(office, colleague, TODAY - back * DAY)
    for colleague in people[1:]:
        story(office, colleague, TODAY - 12 * DAY)
    story(office, people[0], TODAY)
    figures = actions.office_figures(office.services, fatima)

    assert [count for _, count in figures.months][-4:] == [10, 5, None, None]  # the 4 of October with the one of today
    assert [count for _, count in figures.weeks if count != 0] == [10, 5, None, None]
    assert figures.year == 20


def test_what_a_few_people_told_in_a_week_cannot_be_taken_from_its_month(
    office: FakeOffice, clock: StoppedClock, fatima: Me
) -> None:
    clock.pass_time(days=21)  # Monday 23 November: all but the Sunday of this month is in its weeks
    people = team(office, MIN_GROUP + 1)
    for colleague in people:
        story(office, colleague, TODAY - 340 * DAY)
        for day in (3, 10, 11):
            story(office, colleague, date(2026, 11, day))
    story(office, people[0], date(2026, 11, 17))
    figures = actions.office_figures(office.services, fatima)

    assert figures.months[-1][1] == 16
    assert [count for _, count in figures.weeks][-4:] == [None, 10, None, 0]  # six by five people together


@pytest.mark.parametrize(("spending", "cents"), [(MIN_GROUP - 1, None), (MIN_GROUP, 80)])
def test_the_cost_of_a_fan_is_said_when_enough_people_spent(
    office: FakeOffice, fatima: Me, spending: int, cents: int | None
) -> None:
    people = team(office, 5)
    for number, colleague in enumerate(people):
        story(office, colleague)
        spend(office, colleague, 100) if number < spending else None
    for amount in (700, -700):  # was taken back
        spend(office, people[4], amount)

    assert actions.office_figures(office.services, fatima).cents_a_fan == cents


def test_one_busy_person_has_no_figures_as_an_office(office: FakeOffice, sanne: Me, fatima: Me) -> None:
    for number in range(30):
        story(office, sanne, TODAY - number * DAY)

    assert not actions.office_figures(office.services, fatima).is_told


def test_what_the_office_told_is_counted_without_private_stories(office: FakeOffice, fatima: Me) -> None:
    people = team(office, 5)
    for colleague in people:
        told = story(office, colleague, TODAY - 3 * DAY, moment=Moment.COMPLAINT)
        story(office, colleague, TODAY - 3 * DAY, is_shared=False)
        for other in people:
            applaud(office, other, told)
    compliment(office, people[0], TODAY)
    compliment(office, people[1], TODAY + 30 * DAY)
    for colleague in people[:4]:
        spend(office, colleague, 250)
    spend(office, people[0], 7000, is_staff=True)
    figures = actions.office_figures(office.services, fatima)

    assert (figures.year, figures.weeks[-1][1], figures.weeks[-2][1]) == (5, 0, 5)
    assert figures.cents_a_fan == 200
    assert figures.a_day == 2.5  # from Friday on: that day and this
    assert figures.taking_part is not None
    assert (figures.taking_part.people, figures.taking_part.told) == (5, 5)
    [share] = figures.moments
    assert (share.kind, share.applause, share.compliments) == (Moment.COMPLAINT, 4.0, 0.2)
    assert [one.kind for one in figures.gestures] == [Gesture.FREE]
    assert figures.pace is None  # after one day it would be a guess


def test_who_has_left_stays_in_what_the_team_made(office: FakeOffice, fatima: Me) -> None:
    for number in range(4):
        colleague = join(office, office.person(f"U0G{number}", "Weg"))
        story(office, colleague)
        office.person(f"U0G{number}", "Weg", standing=Standing.GONE)
    figures = actions.office_figures(office.services, fatima)

    assert figures.year == 4
    assert figures.taking_part is None  # nobody takes part any more


def test_after_some_weeks_the_year_has_a_pace(office: FakeOffice, fatima: Me) -> None:
    for colleague in team(office, 4):
        for back in range(60):
            story(office, colleague, TODAY - back * DAY)
    figures = actions.office_figures(office.services, fatima)

    assert figures.pace is not None
    assert figures.pace.fans > 240
    assert 350 < figures.pace.each < 370  # one a day, in weekends too


def test_who_takes_no_part_any_more_counts_for_the_year_and_not_for_its_pace(office: FakeOffice, fatima: Me) -> None:
    others = [office.person(f"U0Q{number}", "Weg") for number in range(6)]
    for colleague in others:
        for back in range(1, 31):
            story(office, colleague, TODAY - back * DAY)
    for colleague in team(office, 4):
        story(office, colleague, TODAY - 9 * DAY)
    figures = actions.office_figures(office.services, fatima)

    assert figures.year == 184
    assert figures.pace is not None
    assert 184 <= figures.pace.fans < 184 + 44  # not a fan a working day for each of these four


@pytest.mark.parametrize(("back", "told"), [(27, 4), (28, 0)])
def test_four_weeks_are_twenty_eight_days_with_today(office: FakeOffice, fatima: Me, back: int, told: int) -> None:
    for colleague in team(office, 4):
        story(office, colleague, TODAY - back * DAY)
    figures = actions.office_figures(office.services, fatima)

    assert figures.taking_part is not None
    assert figures.taking_part.told == told


def test_a_link_leads_to_the_figures_of_its_own_office(office: FakeOffice, fatima: Me) -> None:
    for colleague in team(office, 4):
        story(office, colleague)
    token = link(office, fatima)
    found = actions.figures_of_link(office.services, token)

    assert found is not None
    assert (found[0].workspace_id, found[1].year) == (office.workspace_id, 4)
    for other in ("", "x", new_token(), link(office, fatima, LinkKind.SCREEN), link(office, fatima, revoked_at=MONDAY)):
        assert actions.figures_of_link(office.services, other) is None


def test_the_card_at_home_counts_this_week_and_this_month(office: FakeOffice, sanne: Me) -> None:
    story(office, sanne)
    story(office, sanne, date(2026, 11, 1))
    story(office, sanne, date(2026, 10, 31))
    with office.services.database.reading(sanne) as tx:
        card = actions.home_card(tx, office.services, sanne)

    assert "1 " in card[1]["elements"][0]["text"]
    assert "2 " in card[1]["elements"][0]["text"]
