"""An office with rules that may be bent, two managers, and a wall of change."""

from collections.abc import Callable

import pytest

from bot.features.change_wall import actions as change_wall
from bot.features.permissions import actions
from bot.features.permissions.rules import TypedRule
from bot.features.permissions.screens import View
from bot.kernel.facts import RuleBent, RuleProposed, StoryChanged
from bot.kernel.office import Me
from bot.services import Reactions
from bot.settings import Settings
from tests.fakes import FANS, FakeOffice

WALL = "C0WALL"
RECEIPT, DRIVE = "Terugnemen zonder bon, tot 50 euro", "Naar een klant rijden"
Write = Callable[..., int]


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
def reactions() -> Reactions:
    """What responds to rules, and nothing else."""
    return {
        RuleBent: (actions.put_to_managers,),
        RuleProposed: (change_wall.suggest_rule,),
        StoryChanged: (actions.follow_story,),
    }


@pytest.fixture
def write(office: FakeOffice, fatima: Me) -> Write:
    """Puts a rule in the list; answers its number."""

    def put(text: str = RECEIPT, details: str = "") -> int:
        actions.write_rule(office.services, fatima, TypedRule(text, details))
        page = actions.page_of(office.services, fatima, View(text))
        return next(one.id or 0 for one in page.rules if one.text == text)

    return put
