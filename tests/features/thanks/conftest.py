"""The colleagues of these tests, a story to thank for, and a cupboard with something in it."""

from dataclasses import replace

import pytest

from bot.features.gifts import actions as gifts
from bot.features.stories.actions import share_story
from bot.features.thanks import actions
from bot.kernel.facts import GiftPromised, GiftReturned, StoryChanged, StoryRemoved
from bot.kernel.office import Me
from bot.services import Services
from storage.people import Part
from tests.fakes import FakeOffice, StoppedClock
from tests.features.gifts.shelf import Shelf

STORY = "Samen met de klant naar de bushalte gelopen"


@pytest.fixture
def office(services: Services, clock: StoppedClock) -> FakeOffice:
    """Thanks and gifts hear of each other, whatever else does."""
    reactions = dict(services.reactions) | {
        GiftPromised: (gifts.hand_out,),
        GiftReturned: (gifts.take_in,),
        StoryChanged: (actions.follow_story,),
        StoryRemoved: (actions.follow_story,),
    }
    return FakeOffice(replace(services, reactions=reactions), clock)


@pytest.fixture
def sanne(office: FakeOffice) -> Me:
    """She told a story, and takes part."""
    return office.person("U0SANNE", "Sanne", part=Part.JOINED)


@pytest.fixture
def story(office: FakeOffice, sanne: Me) -> int:
    return share_story(office.services, sanne, STORY).story_id


@pytest.fixture
def shelf(office: FakeOffice, fatima: Me) -> Shelf:
    return Shelf(office, fatima)
