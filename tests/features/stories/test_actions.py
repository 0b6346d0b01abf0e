"""Telling, changing, removing and applauding stories, on both databases."""

import pytest
from pytest import raises

from bot.features.stories import actions
from bot.features.stories.rules import TypedStory
from bot.features.stories.screens import DraftChoice
from bot.kernel.errors import BotError, FormError
from bot.kernel.office import Me
from storage.people import Standing
from tests.fakes import FANS, FakeOffice

UMBRELLA = "Paraplu meegegeven aan een klant in de regen"


def test_a_story_told_in_one_go_is_saved_and_posted(office: FakeOffice, sanne: Me) -> None:
    told = actions.share_story(office.services, sanne, f"  {UMBRELLA} ")

    [story] = office.stories()
    assert (story.id, story.text, story.teller_id, str(story.day)) == (told.story_id, UMBRELLA, sanne.person_id, "2026-11-02")
    assert office.posts() == [f"Sanne maakte een fan: {UMBRELLA}"]
