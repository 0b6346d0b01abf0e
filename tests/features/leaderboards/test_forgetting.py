"""Boards that stand in channels, after somebody on them left, changed their mind, or had themselves erased."""

from collections.abc import Sequence
from typing import Any

import pytest

from bot.features.leaderboards import export, posting
from bot.features.leaderboards.forgetting import follow_name, forget_name, redraw, with_names
from bot.features.leaderboards.jobs import post_weekly_boards
from bot.kernel.facts import PlanChanged, StandingChanged
from bot.kernel.office import Me
from bot.kernel.weekly import BoardMode, Weekly
from storage.participants import participant_of
from storage.people import Standing, people_by_ids
from storage.personal import blank_participant, make_nameless
from tests.fakes import FakeOffice, StoppedClock
from tests.features.leaderboards.telling import Telling

HERE = "2026-W45"


@pytest.fixture
def standing(telling: Telling, office: FakeOffice, clock: StoppedClock, fatima: Me) -> Telling:
    """Sanne and Bram stand on the week's board and on two that Fatima posted; the team's stands there too."""
    telling.colleague("Sanne de Vries", 3)
    telling.colleague("Bram", 2)
    telling.chooses(weekly=Weekly(channel="C0WEEK", has_digest=False))
    clock.pass_time(hours=2)
    post_weekly_boards(office.services)
    for channel, mode in (("C0FANS", BoardMode.PEOPLE), ("C0FANS", BoardMode.TEAM), ("C0TEAM", BoardMode.PEOPLE)):
        posting.post_board(office.services, fatima, HERE, mode, channel)
    return telling


def sanne(office: FakeOffice, name: str = "Sanne de Vries") -> Me:
    return office.person("U0SANNEDEVRIES", name)


def bodies(office: FakeOffice) -> Sequence[dict[str, Any]]:
    return [post.body or {} for where in ("C0WEEK", "C0FANS", "C0TEAM") for post in office.queued(where)]


def revisions(office: FakeOffice) -> list[int]:
    return [post.revision for where in ("C0WEEK", "C0FANS", "C0TEAM") for post in office.queued(where)]


@pytest.mark.parametrize("name", ["Sanne de Vries", "Sanne Jansen"])
def test_who_is_erased_stands_on_no_board_any_more_whatever_they_were_called(
    standing: Telling, office: FakeOffice, name: str
) -> None:
    me = sanne(office, name)
    with office.services.database.writing(me) as tx:
        make_nameless(tx, me.person_id, office.services.clock.now())
        blank_participant(tx, me.person_id, office.services.clock.now())
        forget_name(tx, office.services, me)

    assert len(bodies(office)) == 4
    assert "Sanne" not in str(bodies(office))
    assert "Bram" in str(bodies(office))
    assert revisions(office) == [2, 2, 1, 2]


def test_boards_with_names_in_managers_files_go_with_who_is_erased(
    standing: Telling, office: FakeOffice, fatima: Me
) -> None:
    for mode in BoardMode:
        export.queue_file(office.services, fatima, HERE, mode)
    me = sanne(office)
    with office.services.database.writing(me) as tx:
        forget_name(tx, office.services, me)

    assert [post.key.split(":")[2] for post in office.queued("U0FATIMA")] == ["groups", "team"]


@pytest.mark.parametrize("has_left", [True, False])
def test_who_leaves_or_wants_no_name_on_it_is_taken_off(standing: Telling, office: FakeOffice, has_left: bool) -> None:
    me = sanne(office)
    with office.services.database.writing(me) as tx:
        row = participant_of(tx, me.person_id)
        assert row is not None
        row.on_board, row.left_at = False, office.services.clock.now() if has_left else None
        tx.flush()
        follow_name(tx, office.services, PlanChanged(me))

    assert "Sanne" not in str(bodies(office))
    assert revisions(office) == [2, 2, 1, 2]


def test_who_leaves_the_company_is_taken_off(standing: Telling, office: FakeOffice) -> None:
    me = sanne(office)
    with office.services.database.writing(me) as tx:
        people_by_ids(tx, [me.person_id])[0].standing = Standing.GONE
        tx.flush()
        follow_name(tx, office.services, StandingChanged(me, Standing.MEMBER))

    assert "Sanne" not in str(bodies(office))
    assert "Bram" in str(bodies(office))


def test_other_times_and_somebody_who_joins_change_no_board(standing: Telling, office: FakeOffice) -> None:
    silent = standing.colleague("Stille", on_board=False)
    for me in (sanne(office), silent, standing.colleague("Nieuw")):
        with office.services.database.writing(me) as tx:
            follow_name(tx, office.services, PlanChanged(me))

    assert revisions(office) == [1, 1, 1, 1]


def test_all_boards_say_what_is_right_now_one_after_the_other(standing: Telling, office: FakeOffice) -> None:
    me = sanne(office)
    with office.services.database.writing(me) as tx:
        redraw(tx, office.services, office.services.office(tx), with_names(tx))
    assert revisions(office) == [1, 1, 1, 1]  # nothing is different

    with office.services.database.writing(me) as tx:
        people_by_ids(tx, [me.person_id])[0].name = "Sanne Jansen"
        tx.flush()
        redraw(tx, office.services, office.services.office(tx), with_names(tx))
    assert "Vries" not in str(bodies(office))
    assert revisions(office) == [2, 2, 1, 2]
