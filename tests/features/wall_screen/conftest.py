"""An office with walls."""

import pytest

from tests.fakes import FakeOffice
from tests.features.wall_screen.hung import Walls


@pytest.fixture
def walls(office: FakeOffice) -> Walls:
    return Walls(office)
