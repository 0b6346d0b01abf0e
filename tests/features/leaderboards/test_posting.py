"""The board that goes out by itself each week: when, where, and never twice."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from threading import Barrier

import pytest

from bot.features.leaderboards import posting
from bot.features.leaderboards.jobs import post_weekly_boards
from bot.kernel.errors import BotError
from bot.kernel.office import Me
from bot.kernel.weekly import BoardMode, Edited, Weekly
from bot.slack.blocks import Message, line
from storage.database import InWorkspace
from storage.outbox import post_by_key
from tests.fakes import FakeOffice, StoppedClock
from tests.features.leaderboards.telling import THIS_WEEK, Telling, complaints

ALONE = Weekly(channel="C0WEEK", has_digest=False)


@pytest.fixture
def told(telling: Telling, fatima: Me) -> Telling:
    """On Friday two o'clock Sanne has made three fans this week."""
    telling.colleague("Sanne", 3)
    telling.chooses(weekly=ALONE)
    return telling


def digest_goes_out(office: FakeOffice, channel: str = "C0WEEK") -> None:
    with office.services.database.writing(InWorkspace(office.workspace_id)) as tx:
        office.services.outbox.post(tx, f"digest:{THIS_WEEK}", Message("35", [line("35")]), to=channel)


def test_it_goes_out_at_its_hour_and_once(told: Telling, office: FakeOffice, clock: StoppedClock) -> None:
    post_weekly_boards(office.services)
    assert office.posts("C0WEEK") == []
    clock.pass_time(hours=1)
    for _ in range(3):
        post_weekly_boards(office.services)
        clock.pass_time(minutes=1)

    [post] = office.queued("C0WEEK")
    assert complaints(post.body or {}) == []
    assert "Sanne 3" in office.posts("C0WEEK")[0]
    assert post.thread_key is None


def test_after_a_weekend_without_power_it_comes_until_monday_noon(
    told: Telling, office: FakeOffice, clock: StoppedClock
) -> None:
    clock.pass_time(days=2, hours=20)  # Monday ten o'clock
    post_weekly_boards(office.services)
    assert "Sanne 3" in office.posts("C0WEEK")[0]

    other = replace(ALONE, channel="C0ANDERS")
    told.chooses(weekly=other)
    clock.pass_time(days=4, hours=5, minutes=1)
    told.tells(office.person("U0SANNE", "Sanne"), 1, date(2026, 11, 9))
    clock.pass_time(days=3)  # Monday after noon: that week's is old news
    post_weekly_boards(office.services)
    assert office.posts("C0ANDERS") == []


@pytest.mark.parametrize("weekly", [Weekly(), replace(ALONE, has_board=False)])
def test_it_does_not_go_out_for_who_did_not_ask(
    told: Telling, office: FakeOffice, clock: StoppedClock, weekly: Weekly
) -> None:
    told.chooses(weekly=weekly)
    clock.pass_time(hours=2)
    post_weekly_boards(office.services)

    assert office.rows("outbox") == 0


def test_it_shows_the_team_as_the_office_likes_it(told: Telling, office: FakeOffice, clock: StoppedClock) -> None:
    told.chooses(mode=BoardMode.TEAM)
    clock.pass_time(hours=2)
    post_weekly_boards(office.services)

    assert "Sanne" not in str([post.body for post in office.queued("C0WEEK")])


def test_with_a_digest_it_waits_for_that_and_stands_in_its_thread(
    told: Telling, office: FakeOffice, clock: StoppedClock
) -> None:
    told.chooses(weekly=Weekly(channel="C0WEEK"))
    clock.pass_time(hours=2)
    post_weekly_boards(office.services)
    assert office.rows("outbox") == 0

    digest_goes_out(office)
    post_weekly_boards(office.services)
    _, board = office.queued("C0WEEK")
    assert board.thread_key == f"digest:{THIS_WEEK}"


def test_without_the_digest_that_a_manager_skipped_it_stands_by_itself(
    told: Telling, office: FakeOffice, clock: StoppedClock
) -> None:
    told.chooses(weekly=Weekly(channel="C0WEEK"), digest=Edited(THIS_WEEK, is_skipped=True))
    clock.pass_time(hours=2)
    post_weekly_boards(office.services)

    [board] = office.queued("C0WEEK")
    assert board.thread_key is None


def test_an_empty_week_has_no_board_beneath_its_digest_and_one_kind_line_without(
    telling: Telling, office: FakeOffice, clock: StoppedClock
) -> None:
    telling.chooses(weekly=Weekly(channel="C0WEEK"))
    clock.pass_time(hours=2)
    digest_goes_out(office)
    post_weekly_boards(office.services)
    assert len(office.queued("C0WEEK")) == 1

    clock.pass_time(days=7)
    telling.chooses(weekly=ALONE)
    post_weekly_boards(office.services)
    assert len(office.queued("C0WEEK")) == 2


def test_what_is_told_after_an_empty_weeks_digest_brings_no_board_and_no_tick_counts_again(
    telling: Telling, office: FakeOffice, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    telling.chooses(weekly=Weekly(channel="C0WEEK"))
    clock.pass_time(hours=2)
    digest_goes_out(office)
    post_weekly_boards(office.services)
    clock.pass_time(hours=20)
    telling.tells(telling.colleague("Sanne"), 1, date(2026, 11, 7))
    monkeypatch.delattr(posting, "board_of")  # whoever counts now fails

    for _ in range(3):
        posting.post_weekly(office.services, office.workspace_id)
        clock.pass_time(minutes=1)
    assert len(office.queued("C0WEEK")) == 1


def test_where_the_digest_went_to_another_channel_the_board_stands_by_itself(
    told: Telling, office: FakeOffice, clock: StoppedClock
) -> None:
    told.chooses(weekly=Weekly(channel="C0NIEUW"))
    clock.pass_time(hours=1)
    digest_goes_out(office)  # before the channel was changed
    post_weekly_boards(office.services)

    [board] = office.queued("C0NIEUW")
    assert board.thread_key is None


@pytest.mark.parametrize("is_refused_first", [True, False])
def test_where_slack_refused_the_digest_the_board_stands_by_itself(
    told: Telling, office: FakeOffice, clock: StoppedClock, is_refused_first: bool
) -> None:
    told.chooses(weekly=Weekly(channel="C0WEEK"))
    clock.pass_time(hours=1)
    digest_goes_out(office)
    if not is_refused_first:
        post_weekly_boards(office.services)
        assert office.queued("C0WEEK")[-1].thread_key is not None
    with office.services.database.writing(told.workspace) as tx:
        digest = post_by_key(tx, f"digest:{THIS_WEEK}")
        assert digest is not None
        digest.parked_reason, digest.is_waiting = "is_archived", False
    told.chooses(weekly=Weekly(channel="C0NIEUW"))
    for _ in range(3):
        post_weekly_boards(office.services)

    [board] = office.queued("C0NIEUW")
    assert board.thread_key is None
    assert "Sanne 3" in (board.body or {})["text"]


def test_only_workspaces_that_chose_a_channel_are_looked_at(
    told: Telling, office: FakeOffice, clock: StoppedClock
) -> None:
    office.person_elsewhere("T0ANDERS", "U0FATIMA", "Fatima van elders")
    assert posting.workspaces(office.services) == [office.workspace_id]

    told.chooses(weekly=Weekly())
    assert posting.workspaces(office.services) == []


def test_two_managers_at_once_post_it_once(told: Telling, office: FakeOffice, fatima: Me) -> None:
    told.chooses(managers=["U0FATIMA", "U0BRAM"])
    fatima, bram = office.person("U0FATIMA", "Fatima"), office.person("U0BRAM", "Bram")
    news = [posting.post_board(office.services, me, "2026-W45", BoardMode.PEOPLE, "C0FANS") for me in (fatima, bram)]

    assert news == [True, False]
    assert len(office.queued("C0FANS")) == 1


def test_two_clicks_in_the_same_moment_post_it_once(told: Telling, office: FakeOffice) -> None:
    told.chooses(managers=["U0FATIMA", "U0BRAM"])
    both = [office.person("U0FATIMA", "Fatima"), office.person("U0BRAM", "Bram")]
    together = Barrier(2)

    def post(me: Me) -> None:
        together.wait(10)
        posting.post_board(office.services, me, "2026-W45", BoardMode.PEOPLE, "C0FANS")

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(post, both))
    assert len(office.queued("C0FANS")) == 1


def test_two_replicas_post_the_week_once(told: Telling, office: FakeOffice, clock: StoppedClock) -> None:
    clock.pass_time(hours=2)
    together = Barrier(2)

    def tick(_: int) -> None:
        together.wait(10)
        post_weekly_boards(office.services)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(tick, range(2)))
    assert len(office.queued("C0WEEK")) == 1


def test_who_is_no_manager_posts_nothing(told: Telling, office: FakeOffice, bram: Me) -> None:
    with pytest.raises(BotError):
        posting.post_board(office.services, bram, "2026-W45", BoardMode.PEOPLE, "C0FANS")
