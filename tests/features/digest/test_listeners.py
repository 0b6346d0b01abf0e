"""The managers' window of the week's digest, and their card at Home."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.features.digest import actions, form, listeners, screens
from bot.features.digest.actions import home_card
from bot.features.digest.form import SAVE, SKIP, UNSKIP
from bot.kernel.choices import Choice
from bot.kernel.errors import BotError
from bot.kernel.office import Me
from storage.office import office_changes
from tests.fakes import FakeOffice, FakeSlack
from tests.features.digest.club import FIRST, FRIDAY, Club, at, weeks
from tests.features.heard import Heard, Json, texts_in
from tests.limits import complaints_about_view

WEDNESDAY = FIRST + timedelta(days=2)


@pytest.fixture
def heard(club: Club, slack: FakeSlack, sanne: Me) -> Heard:
    club.services.clock.move_to(at(WEDNESDAY))
    club.told(sanne, "Met de klant meegelopen")
    return Heard(club.services, slack, listeners.register)


def opened(heard: Heard, action: str = screens.OPEN, value: str = "", view: Json | None = None) -> Json:
    shown = heard.click(action, value, view=view)
    assert shown is not None
    assert complaints_about_view(shown) == []
    return shown


def saved(heard: Heard, window: Json, words: str) -> Json:
    answer = heard.send(window, {"words": {"value": words}})
    assert complaints_about_view(answer["view"]) == []
    shown: Json = answer["view"]
    return shown


def test_a_manager_sees_the_whole_of_it_before_it_goes_out(heard: Heard, club: Club) -> None:
    window = texts_in(opened(heard))

    assert "Friday 6 November" in window
    assert "15:00" in window
    assert "In week 45 we made 1 fan." in window
    assert "week 45 " in window
    assert "Met de klant meegelopen" in window
    assert club.digests() == []


def test_other_words_are_seen_at_once_and_posted(heard: Heard, club: Club) -> None:
    after = saved(heard, opened(heard), "Wat een week")
    assert "Wat een week" in texts_in(after)
    club.tick()

    assert "Wat een week In week 45" in str((club.digests()[0].body or {})["text"])


def test_words_that_are_taken_out_again_make_place_for_the_usual_ones(heard: Heard, club: Club) -> None:
    saved(heard, saved(heard, opened(heard), "Wat een week"), "")
    club.tick()

    assert "Another week of customers" in str((club.digests()[0].body or {})["text"])


def test_words_change_a_post_that_stands(heard: Heard, club: Club) -> None:
    window = opened(heard)
    club.tick()
    after = saved(heard, window, "Alsnog bedankt")

    assert "It stands in" in texts_in(after)
    assert SKIP not in str(after)
    assert "Alsnog bedankt" in str((club.digests()[0].body or {})["text"])


def test_a_week_is_skipped_and_posted_after_all_with_the_words_it_had(heard: Heard, club: Club) -> None:
    window = saved(heard, opened(heard), "Wat een week")
    skipped = opened(heard, SKIP, "2026-11-02", window)
    assert "is skipped" in texts_in(skipped)
    club.tick()
    assert club.digests() == []
    opened(heard, UNSKIP, "2026-11-02", skipped)
    club.tick(at(FRIDAY, 17))

    assert "Wat een week" in str((club.digests()[0].body or {})["text"])


def test_what_was_changed_is_in_the_history_once(heard: Heard, club: Club) -> None:
    window = opened(heard)
    saved(heard, window, "Wat een week")
    saved(heard, window, "Wat een week")
    with club.services.database.reading(club.here) as tx:
        changes = [change.value for change in office_changes(tx, 9) if change.name == Choice.DIGEST]

    assert changes == [{"monday": "2026-11-02", "words": "Wat een week", "is_skipped": False}]


def test_a_window_without_changes_changes_nothing(heard: Heard, club: Club) -> None:
    saved(heard, opened(heard), " ")

    with club.services.database.reading(club.here) as tx:
        assert [change for change in office_changes(tx, 9) if change.name == Choice.DIGEST] == []


def test_a_digest_that_stands_cant_be_skipped(heard: Heard, club: Club, fatima: Me) -> None:
    club.tick()

    with pytest.raises(BotError, match="stands already"):
        actions.skip(club.services, fatima, "2026-11-02", is_skipped=True)


def test_a_window_of_a_week_that_is_over_says_so(heard: Heard, club: Club, fatima: Me) -> None:
    club.services.clock.move_to(at(FIRST + weeks(1), 13))

    with pytest.raises(BotError, match="over"):
        actions.reword(club.services, fatima, "2026-11-02", "Te laat")


def test_on_monday_morning_the_window_is_of_the_week_to_come_once_the_last_one_stands(heard: Heard, club: Club) -> None:
    club.services.clock.move_to(at(FIRST + weeks(1), 9))
    assert opened(heard)["private_metadata"] == "2026-11-02"
    club.tick(at(FIRST + weeks(1), 9))

    assert opened(heard)["private_metadata"] == "2026-11-09"


@pytest.mark.parametrize("moment", [at(FRIDAY, 18), at(FRIDAY + timedelta(days=2), 20), at(FIRST + weeks(1), 13)])
def test_once_this_weeks_stands_the_window_is_of_the_next_one(heard: Heard, club: Club, moment: datetime) -> None:
    club.tick()
    club.services.clock.move_to(moment)
    window = saved(heard, opened(heard), "Tot volgende week")

    assert window["private_metadata"] == "2026-11-09"
    assert "Friday 13 November" in texts_in(window)
    opened(heard, SKIP, "2026-11-09", window)
    club.tick(at(FRIDAY + weeks(1)))
    assert len(club.digests()) == 1


def test_words_for_the_next_week_leave_those_of_this_one(heard: Heard, club: Club) -> None:
    first = saved(heard, opened(heard), "Deze week")
    club.tick()
    saved(heard, opened(heard), "Volgende week")
    saved(heard, first, "Toch deze")
    club.tick(at(FRIDAY + weeks(1)))

    said = [str((post.body or {})["text"]) for post in club.digests()]
    assert [text.partition(" In")[0].partition(" Week")[0] for text in said] == ["Toch deze", "Volgende week"]


def test_a_digest_that_is_due_goes_out_within_minutes_and_says_so(heard: Heard, club: Club) -> None:
    skipped = opened(heard, SKIP, "2026-11-02", opened(heard))
    club.tick()
    club.services.clock.move_to(at(FRIDAY, 18))
    after = texts_in(opened(heard, UNSKIP, "2026-11-02", skipped))

    assert "within a few minutes" in after
    assert "15:00" not in after


def test_too_many_words_are_refused_at_the_field(heard: Heard) -> None:
    assert list(heard.send(opened(heard), {"words": {"value": "x" * 501}})["errors"]) == ["words"]


def test_an_office_that_chose_no_channel_is_told_where_to(heard: Heard, club: Club) -> None:
    club.goes_out(channel="")
    window = opened(heard)

    assert "/fanclub office" in texts_in(window).replace(" | ", "")
    assert SKIP not in str(window)


@pytest.mark.parametrize("user", ["U0SANNE", "U0ADMIN"])
def test_only_managers_see_it_or_change_it(heard: Heard, club: Club, office: FakeOffice, user: str) -> None:
    me = office.person(user, "Sanne", is_admin=user == "U0ADMIN")
    acts: list[Any] = [
        lambda: actions.see_digest(club.services, me),
        lambda: actions.reword(club.services, me, "2026-11-02", "Hallo"),
        lambda: actions.skip(club.services, me, "2026-11-02", is_skipped=True),
    ]
    for act in acts:
        with pytest.raises(BotError, match="managers"):
            act()

    assert club.me(me).office.digest.monday is None


@pytest.mark.parametrize("value", ["", "x", "2026-10-26", "٣"])
def test_a_button_with_nonsense_skips_nothing(heard: Heard, club: Club, value: str) -> None:
    window = opened(heard)
    heard.click(SKIP, value, view=window)
    club.tick()

    assert len(club.digests()) == 1


def test_a_preview_of_everything_fits(club: Club, fatima: Me, sanne: Me) -> None:
    club.services.clock.move_to(at(WEDNESDAY))
    club.told(sanne, "é" * 3000)
    for _ in range(4):
        club.said("é" * 3000)
        club.moved("é" * 150)
    actions.reword(club.services, fatima, "2026-11-02", "é" * 500)

    assert complaints_about_view(form.digest_window(actions.see_digest(club.services, club.me(fatima)), fatima)) == []


class TestTheCardAtHome:
    def card(self, club: Club, me: Me, hour: int = 9) -> str:
        club.services.clock.move_to(at(FRIDAY, hour))
        with club.services.database.reading(club.here) as tx:
            return texts_in({"blocks": home_card(tx, club.services, club.me(me))})

    def test_is_there_for_managers_on_the_day_itself(self, club: Club, sanne: Me) -> None:
        assert "Today at 15:00" in self.card(club, club.fatima)
        assert self.card(club, sanne) == ""

    def test_says_that_a_week_is_skipped(self, club: Club) -> None:
        club.services.clock.move_to(at(WEDNESDAY))
        actions.skip(club.services, club.fatima, "2026-11-02", is_skipped=True)

        assert "is skipped" in self.card(club, club.fatima)

    def test_is_gone_when_it_was_posted(self, club: Club) -> None:
        club.tick()

        assert self.card(club, club.fatima, 16) == ""

    def test_isnt_there_on_other_days_nor_where_nothing_goes_out(self, club: Club) -> None:
        with club.services.database.reading(club.here) as tx:
            assert home_card(tx, club.services, club.me(club.fatima)) == []
        club.goes_out(channel="")
        assert self.card(club, club.fatima) == ""


def test_the_form_is_sent_under_its_own_name(heard: Heard) -> None:
    assert opened(heard)["callback_id"] == SAVE
