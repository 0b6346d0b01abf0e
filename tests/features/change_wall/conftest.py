"""An office with a wall of change, and ideas on it."""

from collections.abc import Callable

import pytest

from bot.features.change_wall import actions
from bot.features.change_wall.rules import TypedIdea
from bot.kernel.office import Me
from bot.settings import Settings
from tests.fakes import FANS, FakeOffice

WALL = "C0WALL"
Suggest = Callable[..., int]


@pytest.fixture
def settings() -> Settings:
    return Settings.model_construct(
        slack_bot_token="xoxb-test",
        slack_signing_secret="secret",
        stories_channel=FANS,
        change_wall_channel=WALL,
        managers=frozenset({"U0FATIMA", "U0WARD"}),
    )


@pytest.fixture
def suggest(office: FakeOffice) -> Suggest:
    """Puts an idea on the wall, whatever it looks like; answers its number."""

    def put(me: Me, title: str, *, about: str = "", pain: str = "", is_anonymous: bool = False) -> int:
        typed = TypedIdea(title, about, pain, is_anonymous=is_anonymous)
        idea_id = actions.suggest(office.services, me, typed).idea.id or 0
        actions.post_anyway(office.services, me, idea_id)
        return idea_id

    return put
