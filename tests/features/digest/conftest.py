"""The colleagues of these tests, and an office that hears of what digests hear of."""

from dataclasses import replace

import pytest

from bot.features.digest import posting
from bot.kernel.facts import (
    ComplimentChanged,
    ComplimentRemoved,
    ComplimentTakenBack,
    OfficeChanged,
    StoryChanged,
    StoryRemoved,
    WallOfChangeMoved,
)
from bot.kernel.office import Me
from bot.services import Services
from tests.fakes import FakeOffice, StoppedClock
from tests.features.digest.club import Club


@pytest.fixture
def office(services: Services, clock: StoppedClock) -> FakeOffice:
    reactions = dict(services.reactions) | {
        StoryChanged: (posting.follow_story,),
        StoryRemoved: (posting.follow_story,),
        ComplimentChanged: (posting.follow_compliment,),
        ComplimentRemoved: (posting.follow_compliment,),
        ComplimentTakenBack: (posting.follow_compliment,),
        WallOfChangeMoved: (posting.follow_ideas,),
        OfficeChanged: (posting.follow_channel,),
    }
    return FakeOffice(replace(services, reactions=reactions), clock)


@pytest.fixture
def club(office: FakeOffice, fatima: Me) -> Club:
    return Club(office, fatima)
