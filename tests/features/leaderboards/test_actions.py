"""Who sees which board, and what counts on it."""

from datetime import date, time, timedelta

import pytest

from bot.features.leaderboards.actions import Seen, see_board
from bot.features.leaderboards.rules import GroupsBoard, Others, PeopleBoard, TeamBoard
from bot.kernel.choices import Choice
from bot.kernel.errors import BotError
from bot.kernel.office import Me
from bot.kernel.periods import code_of
from bot.kernel.weekly import BoardMode
from storage.boards import told_by
from storage.database import InWorkspace
from storage.groups import add_group, replace_members
from storage.office import change_office
from storage.participants import Participant
from storage.people import Part, Person, Standing
from storage.stories import Story
from tests.fakes import FakeOffice, StoppedClock
from tests.storage.records import applauded, told

TODAY = date(2026, 11, 2)  # a Monday
HERE = "2026-W45"


def takes_part(office: FakeOffice, who: Me, *, on_board: bool = True) -> None:
    with office.services.database.writing(who) as tx:
        tx.get_one(Person, who.person_id).part = Part.JOINED
        tx.add(Participant(workspace_id=who.workspace_id, person_id=who.person_id, joined_at=office.real_clock.now(),
                           joined_on=TODAY, on_board=on_board, remind_at=time(9), second_at=time(16),
                           volume="light"))  # fmt: skip


def tells(office: FakeOffice, who: Me, day: date = TODAY, times: int = 1) -> int:
    """The id of the first of these stories."""
    here = InWorkspace(who.workspace_id)
    return min(told(office.services.database, here, who.person_id, day=day) for _ in range(times))


def people(seen: Seen) -> PeopleBoard:
    assert isinstance(seen.board, PeopleBoard)
    return seen.board


def names(seen: Seen) -> list[tuple[str, int]]:
    return [(row.name, row.fans) for row in people(seen).rows]


@pytest.fixture(autouse=True)
def both_take_part(office: FakeOffice, sanne: Me, bram: Me) -> None:
    takes_part(office, sanne)
    takes_part(office, bram)


def test_three_stories_of_a_person_count_a_day(office: FakeOffice, sanne: Me, bram: Me) -> None:
    tells(office, sanne, times=5)
    tells(office, sanne, TODAY + timedelta(days=1))
    tells(office, bram, times=3)

    assert names(see_board(office.services, bram, HERE)) == [("Sanne", 4), ("Bram", 3)]


def test_ones_own_applause_does_not_count(office: FakeOffice, sanne: Me, bram: Me) -> None:
    story, here = tells(office, sanne), InWorkspace(sanne.workspace_id)
    for who in (sanne, bram):
        applauded(office.services.database, here, story, who.person_id)

    assert [row.applause for row in people(see_board(office.services, bram, HERE)).rows] == [1]


def test_a_deleted_story_is_gone_from_the_board(office: FakeOffice, sanne: Me) -> None:
    story = tells(office, sanne, times=2)
    with office.services.database.writing(sanne) as tx:
        tx.delete(tx.get_one(Story, story))

    assert names(see_board(office.services, sanne, HERE)) == [("Sanne", 1)]


def test_who_wants_no_name_on_it_counts_among_the_others(office: FakeOffice, sanne: Me) -> None:
    tells(office, sanne)
    for number in range(4):
        who = office.person(f"U0{number}", f"Stille {number}")
        takes_part(office, who, on_board=False)
        tells(office, who, times=2)

    board = people(see_board(office.services, sanne, HERE))

    assert [row.name for row in board.rows] == ["Sanne"]
    assert (board.others, board.total) == (Others(4, 8), 9)


def test_who_left_is_nowhere_but_the_team_keeps_what_they_told(office: FakeOffice, sanne: Me, fatima: Me) -> None:
    gone = office.person("U0WEG", "Wim", standing=Standing.GONE)
    takes_part(office, gone)
    tells(office, gone)
    tells(office, sanne)
    team = see_board(office.services, fatima, HERE, BoardMode.TEAM).board

    board = people(see_board(office.services, sanne, HERE))
    assert [row.name for row in board.rows] == ["Sanne"]
    assert (board.others, board.total) == (Others(None, None), 2)
    assert isinstance(team, TeamBoard)
    assert team.total == 2
    assert len(team.points) == 12


def test_who_has_no_name_yet_is_not_named(office: FakeOffice, sanne: Me) -> None:
    nameless = office.person("U0NIEUW", "")
    takes_part(office, nameless)
    tells(office, nameless)

    assert people(see_board(office.services, sanne, HERE)).others == Others(None, None)


def test_groups_are_measured_a_head(office: FakeOffice, sanne: Me, fatima: Me) -> None:
    members = [sanne.person_id, *(office.person(f"U0{number}", "Ed").person_id for number in range(4))]
    with office.services.database.writing(sanne) as tx:
        group = add_group(tx, "Balie")
        assert group is not None
        replace_members(tx, group.id or 0, members)
    office.person("U00", "Ed", standing=Standing.GONE)
    tells(office, sanne, times=2)

    board = see_board(office.services, fatima, HERE, BoardMode.GROUPS).board

    assert isinstance(board, GroupsBoard)
    assert [(row.name, row.heads, row.fans, str(row.per_head)) for row in board.rows] == [("Balie", 4, 2, "0.5")]


def test_nobody_told_anything(office: FakeOffice, sanne: Me, fatima: Me) -> None:
    for mode in BoardMode:
        board = see_board(office.services, fatima, HERE, mode).board
        assert board.total == 0


def test_until_monday_noon_one_sees_last_week(office: FakeOffice, sanne: Me, clock: StoppedClock) -> None:
    assert code_of(see_board(office.services, sanne, "").period) == "2026-W44"

    clock.pass_time(hours=2)
    assert code_of(see_board(office.services, sanne, "").period) == HERE


@pytest.mark.parametrize("typed", ["2026-W54", "2027", "iets"])
def test_a_period_that_cannot_be_is_refused(office: FakeOffice, sanne: Me, typed: str) -> None:
    with pytest.raises(BotError):
        see_board(office.services, sanne, typed)


@pytest.mark.parametrize(
    ("chosen", "seen"),
    [
        (BoardMode.PEOPLE, ["people", "groups", "team"]),
        (BoardMode.GROUPS, ["groups", "groups", "team"]),
        (BoardMode.TEAM, ["team", "team", "team"]),
    ],
)
def test_who_manages_nothing_sees_no_more_about_people_than_the_office_chose(
    office: FakeOffice, sanne: Me, fatima: Me, chosen: BoardMode, seen: list[str]
) -> None:
    with office.services.database.writing(fatima) as tx:
        change_office(tx, Choice.BOARD_MODE, chosen, fatima.person_id, office.real_clock.now())
    sanne, fatima = office.person("U0SANNE", "Sanne"), office.person("U0FATIMA", "Fatima")

    assert see_board(office.services, sanne, HERE).mode == chosen
    assert [see_board(office.services, sanne, HERE, mode).mode for mode in BoardMode] == seen
    assert [see_board(office.services, fatima, HERE, mode).mode for mode in BoardMode] == list(BoardMode)


def test_of_a_day_on_which_few_told_the_team_has_no_number(office: FakeOffice, sanne: Me, bram: Me) -> None:
    for number in range(4):
        who = office.person(f"U0{number}", f"Ed {number}")
        tells(office, who)
    tells(office, sanne)
    tells(office, bram, TODAY - timedelta(days=1), times=2)

    today = see_board(office.services, sanne, "2026-11-02", BoardMode.TEAM).board
    yesterday = see_board(office.services, sanne, "2026-11-01", BoardMode.TEAM).board

    assert isinstance(today, TeamBoard)
    assert isinstance(yesterday, TeamBoard)
    assert (today.total, today.is_few) == (5, False)
    assert (yesterday.total, yesterday.is_few) == (None, True)
    assert sum(fans for _, fans in [*today.points, *yesterday.points]) == 5
    assert see_board(office.services, sanne, HERE, BoardMode.TEAM).board.total == 5


def test_of_a_single_day_the_others_have_no_number(office: FakeOffice, sanne: Me) -> None:
    tells(office, sanne)
    for number in range(4):
        tells(office, office.person(f"U0{number}", f"Stille {number}"))
    board = people(see_board(office.services, sanne, "2026-11-02"))

    assert [row.name for row in board.rows] == ["Sanne"]
    assert (board.others, board.total) == (Others(None, None), None)


def test_who_does_not_work_here_sees_no_board(office: FakeOffice) -> None:
    guest = office.person("U0GAST", "Gerda", standing=Standing.GUEST)

    with pytest.raises(BotError, match="colleagues"):
        see_board(office.services, guest, HERE)


def test_another_workspace_is_another_board(office: FakeOffice, sanne: Me) -> None:
    theirs = office.person_elsewhere("T0EIK", "U0SANNE", "Sanne elders")
    tells(office, theirs)

    assert people(see_board(office.services, sanne, HERE)).total == 0
    with office.services.database.reading(theirs) as tx:
        assert [one.fans for one in told_by(tx, TODAY, TODAY, 3)] == [1]
