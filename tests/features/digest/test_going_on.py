"""What a digest tells when the one before it was skipped, was refused, or went out at another moment."""

from datetime import date, datetime, time, timedelta

import pytest
from sqlmodel import select

from bot.features.digest import actions
from bot.kernel.office import Me
from storage.outbox import Post
from tests.fakes import FANS, StoppedClock
from tests.features.digest.club import FIRST, FRIDAY, Club, at, weeks

NEXT = FIRST + weeks(1)
SATURDAY = FRIDAY + timedelta(days=1)


def skipped(club: Club, monday: date = FIRST) -> None:
    club.services.clock.move_to(at(monday, 9))
    actions.skip(club.services, club.me(club.fatima), monday.isoformat(), is_skipped=True)


def test_after_a_change_from_fridays_to_mondays_nothing_is_lost(club: Club, sanne: Me) -> None:
    club.tick()
    club.told(sanne, "Zaterdag een held", day=SATURDAY)
    club.said("Van zaterdag", day=SATURDAY)
    club.goes_out(weekday=0, at=time(10), since=NEXT)
    club.tick(at(NEXT + weeks(1), 10))

    thread = club.thread(NEXT)
    assert "Zaterdag een held" in thread["digest-story"]
    assert "Van zaterdag" in thread["digest-compliments"]


def test_after_a_change_to_an_earlier_moment_nothing_is_told_twice(club: Club, sanne: Me) -> None:
    club.said("Donderdagavond", entered_at=at(FRIDAY - timedelta(days=1), 20))
    club.tick()
    club.goes_out(weekday=3, at=time(10), since=NEXT)
    club.told(sanne, "Nieuw", day=NEXT)
    club.tick(at(FRIDAY + timedelta(days=6), 10))

    assert "Donderdagavond" in club.thread()["digest-compliments"]
    assert list(club.thread(NEXT)) == ["digest-story", "digest-tip"]


def test_other_words_for_a_post_that_stands_dont_move_up_to_when_it_told(club: Club, sanne: Me) -> None:
    club.tick()
    club.said("Van zaterdag", day=SATURDAY)
    club.goes_out(weekday=3, at=time(10), since=NEXT)
    actions.reword(club.services, club.me(club.fatima), NEXT.isoformat(), "Volgende week")
    club.services.clock.move_to(at(NEXT, 11))
    with club.services.database.writing(club.here) as tx:
        actions.posting.renew(tx, club.services, club.services.office(tx), FIRST)
    club.tick(at(FRIDAY + timedelta(days=6), 10))

    assert "Van zaterdag" in club.thread(NEXT)["digest-compliments"]


@pytest.mark.parametrize("is_first", [True, False])
def test_what_a_skipped_week_had_is_told_in_the_next_one(club: Club, sanne: Me, bram: Me, is_first: bool) -> None:
    club.goes_out(since=FIRST if is_first else FIRST - weeks(1))
    if not is_first:
        club.said("Allang gezegd", day=FIRST - weeks(1))
        club.tick(at(FRIDAY - weeks(1)))
    club.said("Overgeslagen")
    club.told(sanne, "Ook overgeslagen")
    skipped(club)
    club.tick()
    club.told(bram, by=[], day=NEXT)
    club.tick(at(FRIDAY + weeks(1)))

    thread = club.thread(NEXT)
    assert thread["digest-compliments"].endswith(": Overgeslagen")
    assert "Ook overgeslagen" in thread["digest-story"]


@pytest.mark.parametrize("is_dropped", [True, False])
def test_what_a_week_that_slack_refused_had_is_told_in_the_next_one_its_story_too(
    club: Club, sanne: Me, bram: Me, is_dropped: bool
) -> None:
    club.goes_out(since=FIRST - weeks(1))
    club.tick(at(FRIDAY - weeks(1)))
    club.said("Geweigerd")
    story = club.told(sanne, "Ook geweigerd", by=[bram, club.fatima])
    with club.services.database.writing(club.here) as tx:
        for post in tx.exec(select(Post)):
            post.ts = "1.1"
    club.tick()
    with club.services.database.writing(club.here) as tx:
        post = tx.exec(select(Post).where(Post.key == f"digest:{FIRST}")).one()
        post.is_waiting, post.parked_reason, post.body = False, "is_archived", None if is_dropped else post.body
    club.told(bram, day=NEXT)
    club.tick(at(FRIDAY + weeks(1)))

    assert "Geweigerd" in club.thread(NEXT)["digest-compliments"]
    assert "Ook geweigerd" in club.thread(NEXT)["digest-story"]
    assert club.week_of(story) == NEXT


def test_after_a_long_silence_it_doesnt_tell_of_months(club: Club, sanne: Me) -> None:
    club.tick()
    for week in range(7):
        club.said(f"Week {week}", day=FIRST + weeks(week))
    club.told(sanne, day=FIRST + weeks(6))
    club.tick(at(FRIDAY + weeks(6)))

    assert club.thread(FIRST + weeks(6))["digest-compliments"].endswith(": Week 6")


def test_a_digest_from_before_this_was_kept_has_its_moment_as_it_is_now(club: Club, sanne: Me) -> None:
    club.told(sanne)
    club.tick()
    with club.services.database.writing(club.here) as tx:
        post = tx.exec(select(Post).where(Post.key == f"digest:{FIRST}")).one()
        blocks = [{**block, "block_id": f"teller-{sanne.person_id}"} for block in (post.body or {})["blocks"][1:2]]
        post.body = {**(post.body or {}), "blocks": blocks}
    club.said("Van zaterdag", day=SATURDAY)
    club.told(sanne, "Weer Sanne", day=NEXT)
    club.tick(at(FRIDAY + weeks(1)))

    thread = club.thread(NEXT)
    assert thread["digest-compliments"].endswith(": Van zaterdag")
    assert "digest-story" not in thread  # they had it last week


@pytest.mark.parametrize("moment", [at(FRIDAY), at(FRIDAY, 23), at(NEXT, 9)])
def test_it_is_news_until_monday_noon_and_so_is_its_thread(
    club: Club, sanne: Me, clock: StoppedClock, moment: datetime
) -> None:
    club.told(sanne)
    club.tick(moment)

    ends = clock.now() + (at(NEXT, 12) - moment)
    assert [post.not_after for post in club.office.queued(FANS)] == [ends] * 3
