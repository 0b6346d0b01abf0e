"""The week's digest as the clock lets it go out: once, and with what the week had."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from bot.emulator.validation import MESSAGE_BLOCKS, block_messages
from bot.features.customer_wall import moderating
from bot.features.digest import actions, jobs, posting
from bot.features.stories import actions as stories
from bot.kernel.choices import Choice
from bot.kernel.office import Me
from bot.kernel.weekly import Edited, edited_as_json
from storage.compliments import Consent
from storage.ideas import Status
from storage.people import Standing
from storage.personal import make_nameless
from tests.fakes import FANS, FakeOffice
from tests.features.digest.club import FIRST, FRIDAY, Club, at, weeks
from tests.features.digest.given import flowers, moves
from tests.limits import complaints_about_message


def test_on_friday_at_three_the_week_stands_in_the_channel_and_the_rest_in_its_thread(
    club: Club, sanne: Me, bram: Me
) -> None:
    club.told(sanne, "Met de klant meegelopen", by=[bram])
    club.told(bram, day=FRIDAY)
    club.said("Wat een geduld")
    club.moved("Stoelen bij de balie")
    club.tick()

    [post] = club.digests()
    assert "In week 45 we made 2 fans." in str((post.body or {})["text"])
    thread = club.thread()
    assert list(thread) == ["digest-story", "digest-compliments", "digest-ideas", "digest-tip"]
    assert "Sanne" in thread["digest-story"]
    assert "Met de klant meegelopen" in thread["digest-story"]
    assert "Wat een geduld" in thread["digest-compliments"]
    assert "Stoelen bij de balie" in thread["digest-ideas"]


def test_however_often_the_clock_ticks_there_is_one(club: Club, sanne: Me) -> None:
    club.told(sanne)
    for moment in (at(FRIDAY), at(FRIDAY, 15, 5), at(FRIDAY, 23), at(FIRST + weeks(1), 9)):
        club.tick(moment)

    assert len(club.digests()) == 1


@pytest.mark.parametrize("moment", [at(FRIDAY, 14, 59), at(FRIDAY - timedelta(days=1), 16), at(FIRST + weeks(1), 12)])
def test_not_before_its_hour_nor_when_the_next_week_is_under_way(club: Club, sanne: Me, moment: datetime) -> None:
    club.told(sanne)
    club.tick(moment)

    assert club.digests() == []


@pytest.mark.parametrize("weekly", [{"channel": ""}, {"has_digest": False}])
def test_nothing_goes_out_that_no_manager_chose(club: Club, sanne: Me, weekly: dict[str, Any]) -> None:
    club.told(sanne)
    club.goes_out(**weekly)
    club.tick()

    assert club.digests() == []


def test_two_replicas_post_one_and_mark_one_story(club: Club, sanne: Me, bram: Me) -> None:
    stories = [club.told(sanne, by=[bram]), club.told(bram, by=[sanne])]
    club.services.clock.move_to(at(FRIDAY))
    with ThreadPoolExecutor(4) as replicas:
        list(replicas.map(lambda _: jobs.post_digests(club.services), range(8)))

    assert len(club.digests()) == 1
    assert [club.week_of(story) for story in stories] == [FIRST, None]


def test_a_skipped_week_has_none_and_marks_no_story(club: Club, sanne: Me) -> None:
    story = club.told(sanne)
    club.choose(Choice.DIGEST, edited_as_json(Edited(FIRST, is_skipped=True)))
    club.tick()

    assert club.digests() == []
    assert club.week_of(story) is None


def test_what_was_changed_in_another_week_doesnt_count(club: Club, sanne: Me) -> None:
    club.told(sanne)
    club.choose(Choice.DIGEST, edited_as_json(Edited(FIRST - weeks(1), "Dit was vorige week", is_skipped=True)))
    club.tick()

    [post] = club.digests()
    assert "Dit was vorige week" not in str(post.body)


def test_a_manager_opens_it_with_words_of_their_own(club: Club, sanne: Me) -> None:
    club.told(sanne)
    club.choose(Choice.DIGEST, edited_as_json(Edited(FIRST, "Dank voor *deze* week, <!channel>")))
    club.tick()

    [post] = club.digests()
    opening = (post.body or {})["blocks"][0]["elements"][0]["elements"][0]
    assert opening == {"type": "text", "text": "Dank voor *deze* week, <!channel>"}
    assert "&lt;!channel&gt;" in (post.body or {})["text"]


def test_a_week_without_stories_has_a_kind_word_and_no_thread(club: Club, sanne: Me) -> None:
    club.told(sanne, day=FIRST - timedelta(days=4))
    club.told(sanne, is_shared=False, posted_on=None)
    club.tick()

    [post] = club.digests()
    assert [block["type"] for block in (post.body or {})["blocks"]] == ["section"]
    assert "quiet one" in (post.body or {})["text"]
    assert club.thread() == {}


def test_a_quiet_week_after_a_weekend_with_a_story_sends_people_to_that_one(club: Club, sanne: Me) -> None:
    club.told(sanne, "Zaterdag een held", day=FIRST - timedelta(days=2))
    club.tick()

    assert "What came just before it is in the thread" in str((club.digests()[0].body or {})["text"])
    assert "Zaterdag een held" in club.thread()["digest-story"]


def test_a_compliment_that_waited_for_a_moderator_is_in_the_digest_of_the_week_in_which_it_was_placed(
    club: Club,
) -> None:
    waited = club.said("Lang gewacht", day=FIRST - weeks(1), is_placed=False)
    club.office.services.clock.move_to(at(FRIDAY, 10))
    moderating.place_compliment(club.services, club.me(club.fatima), waited)
    club.tick()

    assert "Lang gewacht" in club.thread()["digest-compliments"]


def test_a_week_without_stories_still_has_its_compliments(club: Club) -> None:
    club.said()
    club.tick()

    assert list(club.thread()) == ["digest-compliments", "digest-tip"]


def test_a_week_runs_from_monday_to_sunday_where_the_office_is(club: Club, sanne: Me) -> None:
    sunday = FIRST + timedelta(days=6)
    club.told(sanne, day=sunday)
    club.told(sanne, day=FIRST - timedelta(days=1))
    club.told(sanne, day=sunday + timedelta(days=1))
    club.tick(at(FIRST + weeks(1), 9))

    assert "we made 1 fan." in str((club.digests()[0].body or {})["text"])


def test_what_came_after_the_last_digest_is_in_this_one(club: Club, sanne: Me, bram: Me) -> None:
    saturday = FRIDAY + timedelta(days=1)
    club.told(sanne)
    club.tick()
    club.told(bram, "Zaterdag een held", day=saturday)
    club.said("Van zaterdag", day=saturday)
    club.moved("Van zondag", moved_at=at(saturday + timedelta(days=1)))
    club.tick(at(FIRST + weeks(1), 9))  # of the week before there is one already
    club.told(club.fatima, by=[], day=FIRST + weeks(1))
    club.tick(at(FRIDAY + weeks(1)))

    thread = club.thread(FIRST + weeks(1))
    assert "Zaterdag een held" in thread["digest-story"]
    assert "Van zaterdag" in thread["digest-compliments"]
    assert "Van zondag" in thread["digest-ideas"]
    assert "we made 1 fan." in str((club.digests()[1].body or {})["text"])


def test_each_moment_belongs_to_one_digest(club: Club, sanne: Me) -> None:
    moments = [at(FRIDAY) - weeks(1) - timedelta(seconds=1), at(FRIDAY) - weeks(1), at(FRIDAY, 14, 59), at(FRIDAY)]
    for number, moment in enumerate(moments):
        club.moved(f"Idee {number}", moved_at=moment)
        club.said(f"Lof {number}", entered_at=moment)
    club.told(sanne, "Te vroeg", told_at=moments[0])
    club.told(sanne, "Te laat", told_at=moments[3])
    club.tick()

    thread = club.thread()
    assert thread["digest-ideas"].endswith(": Idee 2 Idee 1")
    assert thread["digest-compliments"].endswith(": Lof 2 Lof 1")
    assert "digest-story" not in thread


def test_on_monday_it_is_about_the_week_before(club: Club, sanne: Me) -> None:
    club.goes_out(weekday=0, at=time(9))
    club.told(sanne, "Vorige week")
    club.tick(at(FIRST + weeks(1), 8, 59))
    assert club.digests() == []
    club.tick(at(FIRST + weeks(1), 9))

    assert "In week 45 we made 1 fan." in str((club.digests()[0].body or {})["text"])
    assert "Vorige week" in club.thread()["digest-story"]
    assert len(club.digests()) == 1


def test_a_week_that_was_skipped_stays_so_when_the_one_before_is_changed(club: Club, sanne: Me) -> None:
    club.told(sanne)
    club.tick()
    monday = FIRST + weeks(1)
    club.services.clock.move_to(at(monday, 9))
    actions.skip(club.services, club.me(club.fatima), monday.isoformat(), is_skipped=True)
    actions.reword(club.services, club.me(club.fatima), FIRST.isoformat(), "Nog een woord")
    club.tick(at(FRIDAY + weeks(1)))

    [post] = club.digests()
    assert "Nog een woord" in str(post.body)


def test_workspaces_that_chose_no_channel_arent_looked_at(club: Club, office: FakeOffice) -> None:
    office.person_elsewhere("T0EIK", "U0PIET", "Piet")
    assert posting.workspaces(club.services) == [office.workspace_id]
    club.goes_out(channel="")
    assert posting.workspaces(club.services) == []


def test_the_line_has_twelve_weeks_and_a_plainer_way_to_say_it(club: Club, sanne: Me) -> None:
    for week in range(14):
        for day in range(3 if week == 0 else 1):
            club.told(sanne, day=FIRST - weeks(week) + timedelta(days=day))
    club.tick()

    body: dict[str, Any] = club.digests()[0].body or {}
    chart = body["blocks"][-1]["chart"]
    assert [point["value"] for point in chart["series"][0]["data"]] == [1] * 11 + [3]
    assert chart["axis_config"]["categories"] == [str(number) for number in range(34, 46)]
    assert block_messages(body["blocks"], "message", MESSAGE_BLOCKS, "/blocks") == []
    assert complaints_about_message(body | {"blocks": body["plainer"]}) == []
    assert "🟪" * 10 + " 3" in str(body["plainer"])
    assert "🟪" * 3 + " 1" in str(body["plainer"])
    assert "Our best week of the last twelve." in body["text"]


def test_a_year_with_a_week_53_has_twelve_different_weeks(club: Club, sanne: Me) -> None:
    club.told(sanne, day=date(2027, 1, 5))
    club.tick(at(date(2027, 1, 8)))

    body: dict[str, Any] = club.digests()[0].body or {}
    assert body["blocks"][-1]["chart"]["axis_config"]["categories"][-3:] == ["52", "53", "1"]


def test_what_was_given_away_has_counts_and_never_an_amount(club: Club) -> None:
    club.told(club.fatima)
    moves(club)
    flowers(club)
    club.tick()

    said = club.thread()["digest-given"]
    assert said == "Given away from the cupboard: 2 × 🍫 Chocolade. 1 time we bought something for a customer."
    assert "€" not in said


def test_compliments_are_named_as_far_as_the_customer_allows(club: Club) -> None:
    club.said("Eerste", consent=Consent.FULL_NAME)
    club.said("Tweede", consent=Consent.FIRST_NAME)
    club.said("Derde", consent=Consent.NOT_ON_SCREEN)
    club.said("Wacht nog", is_placed=False)
    club.tick()

    [post] = [one for one in club.office.queued(FANS) if one.key.startswith("digest-compliments")]
    said = [block["elements"][0]["elements"][-1]["text"] for block in (post.body or {})["blocks"][1:]]
    assert said == ["\n— a customer", "\n— Ria", "\n— Ria de Wit"]
    assert "Wacht nog" not in str(post.body)


def test_a_no_and_an_idea_without_words_are_not_among_what_moved(club: Club) -> None:
    club.told(club.fatima)
    club.moved("Geen koffie", status=Status.NO_BUT)
    club.moved("")
    club.moved("Nog niet geplaatst", posted_on=None)
    club.tick()

    assert "digest-ideas" not in club.thread()


class TestTheStoryOfTheWeek:
    def test_is_the_one_with_most_applause_but_for_the_tellers_own(self, club: Club, sanne: Me, bram: Me) -> None:
        mine = club.told(sanne, "Van mijzelf", by=[sanne])
        theirs = club.told(bram, "Van Bram", by=[sanne, club.fatima])
        club.told(bram, "Voor mezelf", by=[sanne, club.fatima, bram], is_shared=False)
        club.tick()

        assert (club.week_of(mine), club.week_of(theirs)) == (None, FIRST)
        assert "Van Bram" in club.thread()["digest-story"]

    def test_is_of_equals_the_first(self, club: Club, sanne: Me, bram: Me) -> None:
        first = club.told(bram)
        club.told(sanne)
        club.tick()

        assert club.week_of(first) == FIRST

    def test_is_not_from_who_had_it_in_the_last_four_weeks(self, club: Club, sanne: Me, bram: Me) -> None:
        club.told(sanne, day=FIRST - weeks(4), week_of=FIRST - weeks(4))
        club.told(sanne, "Alweer Sanne", by=[bram, club.fatima])
        club.told(bram, "Nu Bram")
        club.tick()

        assert "Nu Bram" in club.thread()["digest-story"]

    def test_can_be_from_who_had_it_five_weeks_ago(self, club: Club, sanne: Me) -> None:
        club.told(sanne, day=FIRST - weeks(5), week_of=FIRST - weeks(5))
        club.told(sanne, "Weer Sanne")
        club.tick()

        assert "Weer Sanne" in club.thread()["digest-story"]

    def test_is_never_one_that_nobody_applauded(self, club: Club, sanne: Me) -> None:
        club.told(sanne, by=[sanne])
        club.tick()

        assert "digest-story" not in club.thread()

    @pytest.mark.parametrize("words", ["", "Dank"])
    def test_gives_its_teller_a_rest_also_when_it_was_taken_away(
        self, club: Club, sanne: Me, bram: Me, words: str
    ) -> None:
        story = club.told(sanne, by=[bram])
        club.tick()
        stories.remove_story(club.services, sanne, story)
        if words:
            actions.reword(club.services, club.me(club.fatima), FIRST.isoformat(), words)
        club.told(sanne, "Weer Sanne", by=[bram, club.fatima], day=FIRST + weeks(1))
        club.told(bram, "Nu Bram", day=FIRST + weeks(1))
        club.tick(at(FRIDAY + weeks(1)))

        assert "Nu Bram" in club.thread(FIRST + weeks(1))["digest-story"]

    def test_isnt_there_the_second_week_that_one_person_tells_alone(self, club: Club, sanne: Me) -> None:
        club.told(sanne, day=FIRST - weeks(1))
        club.tick(at(FRIDAY - weeks(1)))
        club.told(sanne)
        club.tick()

        assert "digest-story" in club.thread(FIRST - weeks(1))
        assert "digest-story" not in club.thread()
        assert len(club.digests()) == 2

    @pytest.mark.parametrize(
        "profile", [{"standing": Standing.GONE}, {"standing": Standing.GUEST}, {"standing": Standing.BOT}, {"name": ""}]
    )
    def test_is_never_from_who_is_no_colleague_or_has_no_name(
        self, club: Club, office: FakeOffice, sanne: Me, profile: dict[str, str]
    ) -> None:
        club.told(sanne)
        office.person("U0SANNE", **{"name": "Sanne"} | profile)
        club.tick()

        assert "digest-story" not in club.thread()
        assert len(club.digests()) == 1  # it was told all the same

    def test_is_never_one_without_words(self, club: Club, sanne: Me) -> None:
        club.told(sanne, "")
        club.tick()

        assert "digest-story" not in club.thread()

    def test_has_no_mention_that_would_notify(self, club: Club, sanne: Me) -> None:
        club.told(sanne, "Dank aan <@U0BRAM>" + "é" * 3000)
        club.tick()

        [post] = [one for one in club.office.queued(FANS) if one.key.startswith("digest-story")]
        assert complaints_about_message(post.body or {}) == []
        assert '"type": "user"' not in str(post.body).replace("'", '"')


def test_another_workspace_has_its_own(club: Club, office: FakeOffice, sanne: Me) -> None:
    office.person_elsewhere("T0EIK", "U0SANNE", "Sanne elders")
    club.told(sanne)
    club.tick()

    assert len(club.digests()) == 1
    assert office.rows("outbox") == len(office.queued(FANS))


def test_a_broken_file_of_tips_doesnt_stop_it(club: Club, sanne: Me) -> None:
    club.told(sanne)
    club.services.clock.move_to(at(FRIDAY))
    jobs.post_digests(replace(club.services, tips=()))

    assert list(club.thread()) == ["digest-story"]


def test_who_was_erased_has_no_story_of_the_week(club: Club, sanne: Me) -> None:
    club.told(sanne)
    with club.services.database.writing(club.here) as tx:
        make_nameless(tx, sanne.person_id, club.services.clock.now())
    club.tick()

    assert "digest-story" not in club.thread()
