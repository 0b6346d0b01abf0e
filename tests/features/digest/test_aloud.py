"""A story to tell aloud in a meeting: each once."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.features.digest import aloud, listeners
from bot.features.digest.aloud import suggest_story
from bot.kernel.errors import BotError
from bot.kernel.office import Me
from bot.slack.reply import Reply
from storage.people import Standing
from tests.fakes import FakeOffice, FakeSlack, SmallServer
from tests.features.digest.club import FIRST, Club, weeks
from tests.limits import complaints_about_message


def offered(club: Club, me: Me, skip: int = 0) -> str:
    """The words of the story that somebody is offered."""
    found = suggest_story(club.services, me, skip)
    return found.told.story.text if found else ""


def test_the_one_with_most_applause_of_the_last_weeks_comes_first_and_then_the_older_ones(
    club: Club, sanne: Me, bram: Me
) -> None:
    club.told(sanne, "Oud, veel applaus", by=[bram, club.fatima], day=FIRST - weeks(9))
    club.told(sanne, "Ouder", day=FIRST - weeks(20))
    club.told(sanne, "Nieuw, een applaus", by=[bram], day=FIRST - weeks(8))
    club.told(sanne, "Nieuw, twee keer", by=[bram, club.fatima])
    club.told(sanne, "Nieuwst, geen applaus", by=[sanne])

    listed = [offered(club, bram, skip) for skip in range(6)]
    assert listed == [
        "Nieuw, twee keer", "Nieuw, een applaus", "Nieuwst, geen applaus", "Oud, veel applaus", "Ouder",
        "Nieuw, twee keer",
    ]  # fmt: skip


def test_what_was_told_aloud_isnt_offered_again(club: Club, sanne: Me, bram: Me) -> None:
    first, second = club.told(sanne, "Eerste", by=[bram]), club.told(sanne, "Tweede")
    aloud.tell_story(club.services, bram, first)
    assert offered(club, sanne) == "Tweede"
    aloud.tell_story(club.services, sanne, second)

    assert offered(club, bram) == ""


def test_two_dont_tell_the_same_one(club: Club, sanne: Me, bram: Me) -> None:
    story = club.told(sanne)
    aloud.tell_story(club.services, bram, story)

    with pytest.raises(BotError, match="already"):
        aloud.tell_story(club.services, sanne, story)


def test_what_wasnt_told_after_all_comes_back_the_same_day_only(club: Club, sanne: Me, bram: Me) -> None:
    story = club.told(sanne, "Toch niet")
    aloud.tell_story(club.services, bram, story)
    aloud.put_back(club.services, bram, story)
    assert offered(club, bram) == "Toch niet"
    aloud.tell_story(club.services, bram, story)
    club.services.clock.move_to(club.services.clock.now() + weeks(1))
    aloud.put_back(club.services, bram, story)

    assert offered(club, bram) == ""


@pytest.mark.parametrize(
    ("profile", "values"),
    [
        ({"standing": Standing.GONE}, {}),
        ({"standing": Standing.STRANGER}, {}),
        ({"name": ""}, {}),
        ({}, {"text": ""}),
        ({}, {"is_shared": False}),
    ],
)
def test_never_of_who_left_or_has_no_name_nor_one_without_words_or_kept_for_oneself(
    club: Club, office: FakeOffice, sanne: Me, bram: Me, profile: dict[str, str], values: dict[str, Any]
) -> None:
    story = club.told(sanne, **values)
    office.person("U0SANNE", **{"name": "Sanne"} | profile)

    assert suggest_story(club.services, bram) is None
    with pytest.raises(BotError, match="not there"):
        aloud.tell_story(club.services, bram, story)


def test_guests_arent_asked(club: Club, office: FakeOffice, sanne: Me) -> None:
    story, guest = club.told(sanne), office.person("U0GAST", "Gast", standing=Standing.GUEST)

    for act in (lambda: suggest_story(club.services, guest), lambda: aloud.tell_story(club.services, guest, story)):
        with pytest.raises(BotError, match="guest"):
            act()


def test_there_is_no_other_where_there_is_one(club: Club, sanne: Me) -> None:
    club.told(sanne)
    found = suggest_story(club.services, sanne, 7)

    assert found is not None
    assert (found.skipped, found.has_another) == (0, False)


def test_messages_fit_and_mention_nobody(club: Club, office: FakeOffice, sanne: Me) -> None:
    club.told(sanne, "é" * 3000, by=[club.fatima])
    found = suggest_story(club.services, sanne)
    assert found is not None
    for message in (
        aloud.suggested_message(found, sanne), aloud.taken_message(found.told, sanne), aloud.none_message(sanne),
    ):  # fmt: skip
        assert complaints_about_message(message.body()) == []


def test_the_word_offers_one_and_the_buttons_take_it_or_another(
    club: Club, slack: FakeSlack, small_server: SmallServer, sanne: Me, bram: Me
) -> None:
    club.told(sanne, "Eerste", by=[bram])
    club.told(sanne, "Tweede", by=[])

    def said(listener: Callable[..., None], what: Any) -> str:
        """What the private line says after somebody typed a word, or clicked a button."""
        reply = Reply({"response_url": small_server.url}, lambda **_: None, slack)  # type: ignore[arg-type]
        listener(what, bram, club.services, reply)
        return str(small_server.asked[-1][1])

    assert "Eerste" in said(listeners.story_aloud, "")
    assert "Tweede" in said(listeners.another, {"value": "1"})
    assert "Eerste" in said(listeners.tell, {"value": "1"})
    assert offered(club, sanne) == "Tweede"
    assert "Eerste" in said(listeners.not_now, {"value": "1"})
    said(listeners.tell, {"value": "2"})
    said(listeners.tell, {"value": "1"})
    assert "no story left" in said(listeners.story_aloud, "")


@pytest.mark.parametrize("value", ["", "x", "999999999", "9" * 30, None])
def test_a_button_with_nonsense_marks_nothing(
    club: Club, slack: FakeSlack, small_server: SmallServer, sanne: Me, value: Any
) -> None:
    club.told(sanne, "Eerste")
    reply = Reply({"response_url": small_server.url}, lambda **_: None, slack)  # type: ignore[arg-type]
    with pytest.raises(BotError, match="not there"):
        listeners.tell({"value": value}, sanne, club.services, reply)

    assert offered(club, sanne) == "Eerste"
