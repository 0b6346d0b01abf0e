"""The team of these tests."""

import pytest

from bot.kernel.office import Me
from tests.fakes import FakeOffice
from tests.features.team_wall.team import Team


@pytest.fixture
def team(office: FakeOffice, fatima: Me) -> Team:
    return Team(office, fatima)
