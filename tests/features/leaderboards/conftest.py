"""An office on the Friday of its week."""

import pytest

from bot.services import Services
from tests.fakes import FakeOffice, FakeSlack, SmallServer, StoppedClock
from tests.features.leaderboards.telling import InSlack, Telling


@pytest.fixture
def telling(office: FakeOffice, clock: StoppedClock) -> Telling:
    clock.pass_time(days=4, hours=4)  # Friday two o'clock in Amsterdam
    return Telling(office)


@pytest.fixture
def in_slack(services: Services, slack: FakeSlack, small_server: SmallServer) -> InSlack:
    return InSlack(services, slack, small_server)
