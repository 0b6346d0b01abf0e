"""Two workspaces in one database, with people: what belongs to one is never the other's."""

import pytest

from storage.database import Database, InWorkspace
from tests.storage.records import enter, somebody


@pytest.fixture
def here(database: Database) -> InWorkspace:
    return enter(database, "T0LINDE")


@pytest.fixture
def there(database: Database) -> InWorkspace:
    return enter(database, "T0EIK")


@pytest.fixture
def sanne(database: Database, here: InWorkspace) -> int:
    return somebody(database, here, "U0SANNE", "Sanne")


@pytest.fixture
def bram(database: Database, here: InWorkspace) -> int:
    return somebody(database, here, "U0BRAM", "Bram")


@pytest.fixture
def their_sanne(database: Database, there: InWorkspace) -> int:
    return somebody(database, there, "U0SANNE", "Sanne elders")
