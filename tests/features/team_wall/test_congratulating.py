"""Birthdays and jubilees: one post a day, once, of who gave the date and works here; on both databases."""

from datetime import date
from threading import Barrier, Thread

import pytest

from bot.features.team_wall import actions, reporting
from bot.features.team_wall.congratulating import congratulate
from bot.kernel.choices import Choice
from bot.kernel.errors import BotError
from bot.kernel.office import Me
from storage.people import Standing
from tests.fakes import FakeOffice
from tests.features.team_wall.team import TEAM_WALL, Team

TUESDAY, FRIDAY, SATURDAY, MONDAY = (date(2026, 11, day) for day in (3, 6, 7, 9))


def test_a_birthday_is_posted_without_an_age(team: Team, sanne: Me) -> None:
    team.gives(sanne, "3", "11")
    team.tick(TUESDAY)

    assert team.channel() == ["🎂 Congratulations on your birthday, Sanne."]


def test_all_of_a_day_are_in_one_post(team: Team, sanne: Me, bram: Me, fatima: Me) -> None:
    team.gives(sanne, "3", "11", "2014-05-03")
    team.gives(bram, "3", "11")
    team.gives(fatima, began="2025-11-03")
    team.tick(TUESDAY)

    assert team.channel() == [
        "🎂 Congratulations on your birthdays, Bram and Sanne.\n"
        "🎉 Fatima has worked here for 1 year.\n"
        "🎉 Sanne has worked here for 12 and a half years."
    ]


def test_however_often_the_clock_ticks_it_is_posted_once(team: Team, sanne: Me) -> None:
    team.gives(sanne, "3", "11")
    for hour in (9, 10, 9, 17):
        team.tick(TUESDAY, hour)

    assert len(team.channel()) == len(team.kept(sanne)) == 1
    assert team.office.queued(TEAM_WALL)[0].revision == 2  # put, and brought in line, at once


def test_before_nine_nobody_is_congratulated_and_after_a_late_start_they_are(team: Team, sanne: Me) -> None:
    team.gives(sanne, "3", "11")
    team.tick(TUESDAY, hour=8)
    assert team.channel() == []

    team.tick(TUESDAY, hour=22)
    assert len(team.channel()) == 1


def test_a_birthday_on_saturday_is_on_friday_with_its_day(team: Team, sanne: Me) -> None:
    team.gives(sanne, "7", "11")
    for day in (FRIDAY, SATURDAY, MONDAY):
        team.tick(day)

    assert team.channel() == ["🎂 Congratulations on your birthday, Sanne (Saturday 7 November)."]


def test_or_on_monday_when_the_office_chose_that(team: Team, sanne: Me) -> None:
    team.choose(Choice.WEEKEND_BIRTHDAYS, "after")
    team.gives(sanne, "7", "11")
    team.tick(FRIDAY)
    assert team.channel() == []

    team.tick(MONDAY)
    assert team.channel() == ["🎂 Congratulations on your birthday, Sanne (Saturday 7 November)."]


def test_a_setting_that_changes_in_between_congratulates_nobody_twice(team: Team, sanne: Me) -> None:
    team.gives(sanne, "7", "11")
    team.tick(FRIDAY)
    team.choose(Choice.WEEKEND_BIRTHDAYS, "after")
    team.tick(MONDAY)

    assert len(team.channel()) == 1


def test_a_birthday_comes_every_year(team: Team, sanne: Me) -> None:
    team.gives(sanne, "3", "11")
    team.tick(TUESDAY)
    team.tick(date(2027, 11, 3))

    assert len(team.channel()) == 2


def test_who_gives_their_birthday_on_the_day_itself_is_added(team: Team, sanne: Me, bram: Me) -> None:
    team.gives(sanne, "3", "11")
    team.tick(TUESDAY)
    team.gives(bram, "3", "11")
    team.tick(TUESDAY, hour=14)

    assert team.channel() == ["🎂 Congratulations on your birthdays, Sanne and Bram."]


def test_off_means_off_also_for_the_post_that_stands(team: Team, sanne: Me, bram: Me) -> None:
    team.gives(sanne, "3", "11")
    team.gives(bram, "3", "11")
    team.tick(TUESDAY)
    assert team.gives(sanne) is False
    team.tick(TUESDAY, hour=10)
    assert team.channel() == ["🎂 Congratulations on your birthday, Bram."]

    team.gives(bram)
    assert team.channel() == []
    assert team.office.rows("own_dates") == 0


def test_who_changes_their_mind_once_more_is_back(team: Team, sanne: Me) -> None:
    team.gives(sanne, "3", "11")
    team.tick(TUESDAY)
    team.gives(sanne)
    team.gives(sanne, "3", "11")
    team.tick(TUESDAY, hour=10)

    assert len(team.channel()) == 1


def test_a_jubilee_that_is_off_leaves_the_birthday(team: Team, sanne: Me) -> None:
    team.gives(sanne, "3", "11", "2021-11-03")
    team.tick(TUESDAY)
    assert "5 years" in team.channel()[0]

    team.gives(sanne, "3", "11")
    assert team.channel() == ["🎂 Congratulations on your birthday, Sanne."]


@pytest.mark.parametrize("standing", [Standing.GONE, Standing.GUEST, Standing.STRANGER])
def test_who_does_not_work_here_any_more_is_not_congratulated(team: Team, sanne: Me, standing: Standing) -> None:
    team.gives(sanne, "3", "11")
    team.office.person("U0SANNE", "Sanne", standing=standing)
    team.tick(TUESDAY)

    assert team.channel() == []


def test_a_guest_gives_no_dates(team: Team, office: FakeOffice) -> None:
    guest = office.person("U0GAST", "Gast", standing=Standing.GUEST)

    with pytest.raises(BotError, match="As a guest"):
        team.gives(guest, "3", "11")


def test_without_a_channel_it_is_on_the_wall_and_a_channel_that_comes_later_gets_it(team: Team, sanne: Me) -> None:
    team.choose(Choice.TEAM_WALL_CHANNEL, "")
    team.gives(sanne, "3", "11")
    team.tick(TUESDAY)
    assert (team.channel(), team.wall(sanne)) == ([], ["Sanne"])

    team.choose(Choice.TEAM_WALL_CHANNEL, TEAM_WALL)
    team.tick(TUESDAY, hour=11)
    assert len(team.channel()) == 1


def test_the_office_s_own_clock_decides_which_day_it_is(team: Team, sanne: Me) -> None:
    team.choose(Choice.ZONE, "Pacific/Auckland")
    team.gives(sanne, "4", "11")
    team.tick(TUESDAY, hour=22)  # ten o'clock on Wednesday there

    assert len(team.channel()) == 1


def test_another_workspace_congratulates_its_own(team: Team, sanne: Me, office: FakeOffice) -> None:
    theirs = office.person_elsewhere("T0EIK", "U0EIK", "Eikje")
    team.gives(theirs, "3", "11")
    team.tick(TUESDAY)

    assert team.channel() == []
    assert office.rows("celebration") == 1


def test_two_ticks_at_once_congratulate_once(team: Team, sanne: Me, bram: Me) -> None:
    team.gives(sanne, "3", "11")
    team.gives(bram, "3", "11")
    team.services.clock.move_to(team.services.clock.now().replace(day=3))
    barrier = Barrier(3)

    def tick() -> None:
        barrier.wait()
        congratulate(team.services, sanne.workspace_id)

    threads = [Thread(target=tick) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert team.channel() == ["🎂 Congratulations on your birthdays, Bram and Sanne."]
    assert len(team.kept(sanne)) == 2


def test_names_beyond_forty_are_counted(team: Team, office: FakeOffice) -> None:
    for number in range(45):
        team.gives(office.person(f"U{number:09}", f"Naam{number:02}"), "3", "11")
    team.tick(TUESDAY)

    [post] = team.channel()
    assert "Naam39" in post
    assert "Naam40" not in post
    assert post.endswith("And 5 more.")


def test_a_workspace_in_which_it_fails_holds_up_no_other(team: Team, sanne: Me, office: FakeOffice) -> None:
    elsewhere = office.person_elsewhere("T0EIK", "U0EIK", "Eikje")
    team.gives(sanne, "3", "11")
    team.gives(elsewhere, "3", "11")
    team.choose(Choice.ZONE, "Nowhere/AtAll")
    team.tick(TUESDAY)

    assert {one.workspace_id for one in team.kept(elsewhere)} == {elsewhere.workspace_id}


# Who left


def test_leavers_disappear_from_the_post_of_their_day_and_their_dates_go(team: Team, sanne: Me, bram: Me) -> None:
    team.gives(sanne, "3", "11")
    team.gives(bram, "3", "11")
    team.tick(TUESDAY)
    team.leaves(sanne)

    assert team.channel() == ["🎂 Congratulations on your birthday, Bram."]
    assert team.wall(bram) == ["Bram"]
    assert team.office.rows("own_dates") == 1
    team.tick(TUESDAY, hour=15)
    assert len(team.channel()) == 1


def test_what_a_leaver_told_of_themself_goes_and_of_others_stays_without_their_name(
    team: Team, sanne: Me, bram: Me
) -> None:
    team.tells(sanne, "Wij gaan trouwen")
    team.tells(sanne, "Bram is vader geworden", occasion="birth", about="U0BRAM")
    team.tells(bram, "Sanne is geslaagd", about="U0SANNE")
    team.tells(bram, "Taart in de keuken")
    team.leaves(sanne)

    assert team.wall(bram) == ["Taart in de keuken", "Bram is vader geworden"]
    assert team.channel() == [
        "a colleague tells of a birth: Bram is vader geworden",
        "Bram has good news: Taart in de keuken",
    ]


def test_who_left_is_off_the_wall_before_the_clock_has_its_turn(team: Team, sanne: Me, bram: Me) -> None:
    team.tells(sanne, "Wij gaan trouwen")
    team.office.person("U0SANNE", "Sanne", standing=Standing.GONE)

    assert team.wall(bram) == []


def test_many_posts_of_a_leaver_go_a_few_at_a_time(team: Team, sanne: Me, bram: Me) -> None:
    for number in range(25):
        team.tells(sanne, f"Mop {number}", occasion="joke")
    team.leaves(sanne)
    assert len(team.channel()) == 5

    team.leaves(sanne)
    assert team.channel() == []


# Erasing


def test_who_is_erased_is_in_nothing_of_it(team: Team, sanne: Me, bram: Me, fatima: Me) -> None:
    team.gives(sanne, "3", "11")
    team.gives(bram, "3", "11")
    team.tick(TUESDAY)
    team.tells(sanne, "Wij gaan trouwen")
    told = team.tells(bram, "Sanne is geslaagd", about="U0SANNE")
    reporting.report(team.services, bram, told)
    with team.services.database.writing(sanne) as tx:
        actions.forget_about(tx, team.services, sanne)
        actions.forget_author(tx, team.services, sanne)

    assert team.channel() == ["🎂 Congratulations on your birthday, Bram."]
    assert "Sanne" not in str([post.body for post in team.office.queued("U0FATIMA")])
