"""Every screen stays within what Slack takes, in both languages and with the longest stories."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from bot.features.stories import screens
from bot.features.stories.rules import LONGEST_CUSTOMER, MOST_HELPERS
from bot.features.stories.screens import DraftChoice
from bot.i18n.translate import speakers
from bot.kernel.office import Me, Say
from bot.slack.blocks import home
from storage.people import Person, Standing
from storage.stories import Draft, Moment, Story
from tests.fakes import FANS, MONDAY, an_office
from tests.limits import complaints_about_message, complaints_about_view

SPEAKERS = speakers()
LONG = {
    "letters": "x" * 3000,
    "words": ("woord " * 500).strip(),
    "emoji": "🎉" * 3000,
    "families": "👩‍👩‍👧" * 600,
    "ampersands": "&" * 3000,
    "tags": "<" * 3000,
    "lines": "a\n" * 1500,
}


def me_speaking(language: str, channel: str | None = FANS) -> Me:
    say: Say = SPEAKERS[language]
    office = an_office(say, stories_channel=channel)
    return Me(office, 1, "U0SANNE", "Sanne", office.zone, Standing.MEMBER, is_admin=False, say=say)


def a_story(text: str = "Paraplu meegegeven", **fields: Any) -> Story:
    values: dict[str, Any] = {"id": 10**12, "workspace_id": 1, "teller_id": 1, "day": date(2026, 9, 30)}
    return Story(**values | {"text": text, "told_at": MONDAY, "posted_on": MONDAY.date()} | fields)


def people(count: int) -> list[Person]:
    return [Person(workspace_id=1, slack_id=f"U{number:010}", name="N" * 120) for number in range(count)]


@pytest.fixture(params=["nl", "en"])
def me(request: pytest.FixtureRequest) -> Me:
    return me_speaking(request.param)


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_the_post_of_the_longest_story_is_taken_by_slack(me: Me, text: str) -> None:
    story = a_story(text, moment=Moment.QUESTION, unasked=True, customer="K" * LONGEST_CUSTOMER)
    message = screens.story_message(story, people(1)[0], people(MOST_HELPERS), 10_000, me.office)

    assert complaints_about_message(message.body()) == []


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
@pytest.mark.parametrize("choice", DraftChoice)
def test_a_draft_and_what_becomes_of_it_are_taken_by_slack(me: Me, text: str, choice: DraftChoice) -> None:
    draft = Draft(id=10**12, workspace_id=1, person_id=1, text=text, written_at=MONDAY)

    assert complaints_about_message(screens.draft_message(draft, me).body()) == []
    assert complaints_about_message(screens.settled_message(draft, choice, me, [screens.NO_CHANNEL]).body()) == []


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_the_answers_are_taken_by_slack(me: Me, text: str) -> None:
    for is_shared in (True, False):
        remarks = [] if is_shared else [screens.NO_CHANNEL]
        assert complaints_about_message(screens.told_message(10**12, is_shared, remarks, me).body()) == []
        assert complaints_about_view(screens.saved_window(is_shared, remarks, me)) == []
    assert complaints_about_message(screens.undone_message(a_story(text), me.say).body()) == []
    assert complaints_about_message(screens.undone_message(None, me.say).body()) == []
    assert complaints_about_message(screens.more_message(me.office).body()) == []
    assert complaints_about_message(screens.help_message(me).body()) == []


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_home_is_taken_by_slack(me: Me, text: str) -> None:
    stories: Sequence[Story] = [a_story(text, id=number, is_shared=number % 2 == 0) for number in range(1, 6)]

    for is_told in (True, False):
        cards = [*screens.today_card(is_told, me), *screens.last_stories_card(stories, me)]
        assert complaints_about_view(home(cards)) == []
    assert screens.last_stories_card([], me) == []


def test_what_is_left_of_an_erased_story_is_taken_by_slack_and_names_nobody(me: Me) -> None:
    left = screens.story_message(a_story(""), people(1)[0], people(MOST_HELPERS), 3, me.office).body()

    assert complaints_about_message(left) == []
    assert [block["type"] for block in left["blocks"]] == ["section"]
    assert "NNN" not in json.dumps(left)
    assert complaints_about_view(home(screens.last_stories_card([a_story("")], me))) == []


def test_home_quotes_the_beginning_of_a_long_story(me: Me) -> None:
    said = json.dumps(screens.last_stories_card([a_story("woord " * 100)], me))

    assert "woord " * 20 in said
    assert "woord " * 24 not in said


def test_everybody_reads_a_post_in_the_language_of_the_office() -> None:
    for language, expected in {"nl": "Sanne maakte een fan: Paraplu meegegeven", "en": "Sanne made a fan"}.items():
        sanne = Person(workspace_id=1, slack_id="U0SANNE", name="Sanne")
        post = screens.story_message(a_story(), sanne, [], 0, me_speaking(language).office)
        assert post.text.startswith(expected)


def test_the_answer_names_the_channel_where_there_is_one(me: Me) -> None:
    named = json.dumps(screens.told_message(1, True, [], me).body())
    unnamed = json.dumps(screens.told_message(1, True, [], me_speaking(me.say.language, channel=None)).body())

    assert f'"channel_id": "{FANS}"' in named
    assert "channel_id" not in unnamed


def test_help_names_the_command_as_it_is_called_here(me: Me) -> None:
    said = json.dumps(screens.help_message(me).body(), ensure_ascii=False)

    assert "/fan " in said


def test_a_story_of_today_says_no_date_and_one_of_before_does(me: Me) -> None:
    sanne = Person(workspace_id=1, slack_id="U0SANNE", name="Sanne")
    today = screens.story_message(a_story(day=MONDAY.date()), sanne, [], 0, me.office).body()
    before = screens.story_message(a_story(day=date(2026, 10, 30)), sanne, [], 0, me.office).body()

    assert "november" not in json.dumps(today).lower()
    assert me.say.day(date(2026, 10, 30)) in json.dumps(before)
