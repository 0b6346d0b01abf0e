"""Words of /fanclub typed to the bot: they ask for something, and tell no story."""

import json

import pytest
from slack_bolt import App, BoltRequest

from bot.services import Services
from bot.wiring.gateway import build_app
from storage.database import Database
from tests.fakes import FakeOffice, FakeSlack
from tests.wiring import payloads


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Nothing here differs between the databases."""
    return sqlite


@pytest.fixture
def app(services: Services, slack: FakeSlack) -> App:
    return build_app(services, slack, slack)  # type: ignore[arg-type]


def answer_to(app: App, office: FakeOffice, typed: str) -> str:
    assert app.dispatch(BoltRequest(body=payloads.message(typed), mode="socket_mode")).status == 200
    [answer] = office.queued("U0SANNE")
    return json.dumps(answer.body)


@pytest.mark.parametrize(
    ("typed", "button"),
    [("stop", "participant.leave"), ("Stoppen!", "participant.leave"), ("Afwezig", "participant.absence")],
)
def test_a_word_of_fanclub_typed_alone_is_answered_with_how_to_ask_it(
    app: App, office: FakeOffice, typed: str, button: str
) -> None:
    answer = answer_to(app, office, typed)

    assert f"/fanclub {typed.lower().strip('!')}" in answer
    assert button in answer
    assert office.rows("draft") == 0


def test_a_word_without_a_button_says_what_to_type(app: App, office: FakeOffice) -> None:
    answer = answer_to(app, office, "mijn  gegevens")

    assert "/fanclub mijn gegevens" in answer
    assert "action_id" not in answer


@pytest.mark.parametrize("typed", ["hulp", "Help!", "?"])
def test_help_typed_to_the_bot_is_explained(app: App, office: FakeOffice, typed: str) -> None:
    assert "/fan " in answer_to(app, office, typed)
    assert office.rows("draft") == 0


def test_words_around_such_a_word_make_a_story_of_it(app: App, office: FakeOffice) -> None:
    answer_to(app, office, "Stoppen met de kassa en eerst helpen")

    assert office.rows("draft") == 1
