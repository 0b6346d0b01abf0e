"""Two workspaces in one database: what belongs to one is never the other's."""

import pytest

from storage.database import Database, InWorkspace
from tests.storage.records import enter


@pytest.fixture
def here(database: Database) -> InWorkspace:
    return enter(database, "T0LINDE")


@pytest.fixture
def there(database: Database) -> InWorkspace:
    return enter(database, "T0EIK")
