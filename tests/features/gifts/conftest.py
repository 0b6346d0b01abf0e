"""The cupboard of these tests."""

import pytest

from bot.kernel.office import Me
from tests.fakes import FakeOffice
from tests.features.gifts.shelf import Shelf


@pytest.fixture
def shelf(office: FakeOffice, fatima: Me, bram: Me) -> Shelf:
    return Shelf(office, fatima, bram)
