"""The words of /fanclub, as people type them."""

import json
from typing import Any

import pytest
from slack_bolt import App, BoltRequest

from bot.features.coach import listeners as coach
from bot.features.office import listeners as office
from bot.features.participants import listeners as participants
from bot.features.stories import listeners as stories
from bot.features.stories.screens import TELL
from bot.services import Services
from bot.wiring import hub, privacy
from bot.wiring.gateway import build_app
from storage.database import Database
from tests.fakes import FakeOffice, FakeSlack
from tests.features.stories.test_screens import me_speaking
from tests.limits import complaints_about_message
from tests.wiring import payloads


@pytest.fixture
def database(sqlite: Database) -> Database:
    """One kind is enough here: nothing in it asks the record anything of its own."""
    return sqlite


@pytest.fixture
def app(services: Services, slack: FakeSlack) -> App:
    return build_app(services, slack, slack)  # type: ignore[arg-type]


def asked(app: App, typed: str, user: str = "U0SANNE") -> dict[str, Any]:
    answer = app.dispatch(BoltRequest(body=payloads.command(typed, user, "/fanclub"), mode="socket_mode"))
    assert answer.status == 200
    return json.loads(answer.body) if answer.body else {}


def text_of(answer: dict[str, Any]) -> str:
    return json.dumps(answer, ensure_ascii=False)


@pytest.mark.parametrize(
    ("typed", "handler", "rest"),
    [
        ("", participants.open_club, ""),
        ("   ", participants.open_club, ""),
        ("meedoen", participants.join_by_word, ""),
        ("Ik doe mee!", participants.join_by_word, ""),
        ("JOIN", participants.join_by_word, ""),
        ("stop", participants.leave_by_word, ""),
        ("afwezig", participants.open_absence, ""),
        ("vrij", participants.open_absence, ""),
        ("instellingen.", participants.open_my_settings, ""),
        ("kantoor", office.open_office, ""),
        ("uitnodigen", participants.open_invitation, ""),
        ("tip", coach.give_tip, ""),
        ("Tip  niet  van ons ", coach.give_tip, "niet  van ons "),
        ("tip: klacht", coach.give_tip, "klacht"),
        ("mijn gegevens", privacy.see_by_word, ""),
        ("MIJN\n GEGEVENS", privacy.see_by_word, ""),
        ("gegevens", privacy.see_by_word, ""),
        ("my data", privacy.see_by_word, ""),
        ("wis  mij", privacy.erase_by_word, ""),
        ("wís mij", privacy.erase_by_word, ""),
        ("erase me please", privacy.erase_by_word, "please"),
        ("vertel Paraplu uitgeleend, in de régen", stories.tell, "Paraplu uitgeleend, in de régen"),
    ],
)
def test_a_word_is_known_however_it_is_typed(typed: str, handler: object, rest: str) -> None:
    assert hub.handler_of(typed) == (handler, rest)


@pytest.mark.parametrize("typed", ["wis", "mijn", "mij", "tipje", "blabla", "🎉", "<@U1>", "'; drop table story; --"])
def test_a_word_that_is_not_one_is_nobodys(typed: str) -> None:
    assert hub.handler_of(typed) is None


def test_no_two_words_are_spelled_alike() -> None:
    spelled = [spelling for word in hub.WORDS for spelling in {*word.nl, *word.en}]

    assert len(spelled) == len(set(spelled)) == len(hub.BY_SPELLING)


@pytest.mark.parametrize("word", ["help", "hulp", "HULP", " ? "])
def test_help_lists_the_words_in_ones_own_language(app: App, office: FakeOffice, word: str) -> None:
    office.person("U0SANNE", "Sanne", language="nl")
    office.person("U0KIRI", "Kiri", language="en")

    dutch, english = asked(app, word), asked(app, word, "U0KIRI")

    assert dutch["response_type"] == "ephemeral"
    assert complaints_about_message(dutch) == complaints_about_message(english) == []
    assert "/fanclub mijn gegevens" in text_of(dutch)
    assert "/fanclub my data" in text_of(english)
    assert "/fanclub uitnodigen" not in text_of(dutch)
    assert "Voor managers" not in text_of(dutch)


def test_a_manager_sees_what_managers_can_do_too(app: App, office: FakeOffice) -> None:
    office.person("U0FATIMA", "Fatima")

    office.person("U0ADMIN", "Ada", is_admin=True)

    assert "/fanclub uitnodigen" in text_of(asked(app, "hulp", "U0FATIMA"))
    assert "Voor managers" in text_of(asked(app, "hulp", "U0FATIMA"))
    assert "/fanclub kantoor" in text_of(asked(app, "hulp", "U0FATIMA"))
    assert "/fanclub kantoor" in text_of(asked(app, "hulp", "U0ADMIN"))


def test_a_word_that_nobody_knows_gets_help_and_a_kind_line(app: App) -> None:
    answer = asked(app, "koffie *zetten* <!channel> " + "x" * 500)

    assert complaints_about_message(answer) == []
    assert "koffie *zetten* @channel" in text_of(answer)
    assert "x" * 100 not in text_of(answer)
    assert "/fanclub hulp" in text_of(answer)
    assert "Bedoelde je" not in text_of(answer)


def test_a_slip_of_the_finger_is_understood(app: App) -> None:
    answer = asked(app, "buget")

    assert "Bedoelde je" in text_of(answer)
    assert "/fanclub budget" in text_of(answer)
    assert "Bedoelde je" not in text_of(asked(app, "kantoren"))  # for managers: she is none


@pytest.mark.parametrize("language", ["nl", "en"])
def test_help_fits_for_everybody(language: str) -> None:
    me = me_speaking(language)

    assert complaints_about_message(hub.help_message(me).body()) == []
    assert complaints_about_message(hub.unknown_message("x" * 4000, me).body()) == []


def test_a_story_can_be_told_by_its_word(app: App, office: FakeOffice, slack: FakeSlack) -> None:
    asked(app, "verhaal Paraplu meegegeven aan een klant")
    assert [story.text for story in office.stories()] == ["Paraplu meegegeven aan een klant"]

    asked(app, "vertel")
    assert slack.asked("views_open")[-1]["view"]["callback_id"] == TELL


def test_without_words_a_story_to_tell_aloud_is_given(app: App, office: FakeOffice) -> None:
    asked(app, "vertel Paraplu meegegeven aan een klant")

    assert "Paraplu meegegeven aan een klant" in text_of(asked(app, "verhaal"))


def test_every_word_answers(app: App, slack: FakeSlack, office: FakeOffice) -> None:
    office.person("U0FATIMA", "Fatima")
    for word in hub.WORDS:
        slack.calls.clear()
        answer = asked(app, word.nl[0], "U0FATIMA")
        assert answer or slack.asked("views_open"), word.nl
        assert "Er ging bij ons iets mis" not in text_of(answer), word.nl
