"""The rule that was bent in a story: chosen in the form, kept beside the story, and told to who follows it."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import Session

from bot.features.stories import actions, bending
from bot.features.stories.bending import MOST
from bot.features.stories.form import story_form, typed_story
from bot.features.stories.rules import Bendable, TypedStory
from bot.kernel.errors import FormError
from bot.kernel.facts import RuleBent
from bot.kernel.office import Me
from bot.services import Reactions, Services
from storage import permissions
from storage.permissions import Permission
from tests.fakes import MONDAY, FakeOffice
from tests.features.stories.test_form import TODAY, a_story, as_submitted
from tests.features.stories.test_screens import me_speaking
from tests.limits import complaints_about_view

TEXT = "Paraplu meegegeven zonder bon"
AddRule = Callable[[str], int]


@pytest.fixture
def told() -> list[int]:
    """The rules of which was announced that they were bent."""
    return []


@pytest.fixture
def reactions(told: list[int]) -> Reactions:
    def note(_tx: Session, _services: Services, fact: RuleBent) -> None:
        told.append(fact.permission_id)

    return {RuleBent: (note,)}


@pytest.fixture
def add_rule(services: Services, fatima: Me) -> AddRule:
    def add(text: str) -> int:
        with services.database.writing(fatima) as tx:
            return permissions.add_permission(tx, text, "", fatima.person_id, services.clock.now()).id or 0

    return add


def withdraw(services: Services, me: Me, rule_id: int) -> None:
    with services.database.writing(me) as tx:
        permission = permissions.permission_by_id(tx, rule_id)
        assert permission is not None
        permission.is_in_force = False


def bent_in(services: Services, me: Me, story_id: int) -> str | None:
    bent = bending.rules_to_name(services, me, story_id).bent
    return bent.text if bent else None


def test_a_story_names_the_rule_that_was_bent(
    services: Services, sanne: Me, add_rule: AddRule, told: list[int]
) -> None:
    rule_id = add_rule("Zonder bon")
    story = actions.tell_story(services, sanne, TypedStory(TEXT, rule=str(rule_id)))

    assert bent_in(services, sanne, story.story_id) == "Zonder bon"
    assert told == [rule_id]


def test_a_story_that_is_changed_names_another_rule_or_none(
    services: Services, sanne: Me, add_rule: AddRule, told: list[int]
) -> None:
    first, second = add_rule("Zonder bon"), add_rule("Naar de klant")
    story_id = actions.tell_story(services, sanne, TypedStory(TEXT, rule=str(first))).story_id
    actions.change_story(services, sanne, story_id, TypedStory(TEXT + ".", rule=str(first)))
    assert told == [first]
    actions.change_story(services, sanne, story_id, TypedStory(TEXT, rule=str(second)))
    assert bent_in(services, sanne, story_id) == "Naar de klant"
    actions.change_story(services, sanne, story_id, TypedStory(TEXT))

    assert bent_in(services, sanne, story_id) is None
    assert told == [first, second]


def test_a_rule_that_is_gone_is_an_error_at_its_field_and_the_story_is_not_told(
    services: Services, office: FakeOffice, sanne: Me, add_rule: AddRule
) -> None:
    rule_id = add_rule("Zonder bon")
    withdraw(services, sanne, rule_id)
    for rule in (str(rule_id), "999999999"):
        with pytest.raises(FormError) as raised:
            actions.tell_story(services, sanne, TypedStory(TEXT, rule=rule))
        assert list(raised.value.fields) == ["rule"]

    assert office.stories() == []
    assert office.posts() == []


def test_a_story_keeps_a_rule_that_was_withdrawn_since(services: Services, sanne: Me, add_rule: AddRule) -> None:
    rule_id = add_rule("Zonder bon")
    story_id = actions.tell_story(services, sanne, TypedStory(TEXT, rule=str(rule_id))).story_id
    withdraw(services, sanne, rule_id)
    actions.change_story(services, sanne, story_id, TypedStory(TEXT + "!", rule=str(rule_id)))

    assert bent_in(services, sanne, story_id) == "Zonder bon"
    assert [rule.id for rule in bending.rules_to_name(services, sanne, story_id).rules] == [rule_id]
    assert bending.rules_to_name(services, sanne) == Bendable([], None)


def test_a_story_that_is_removed_takes_it_along(
    services: Services, office: FakeOffice, sanne: Me, add_rule: AddRule
) -> None:
    story_id = actions.tell_story(services, sanne, TypedStory(TEXT, rule=str(add_rule("Zonder bon")))).story_id
    actions.remove_story(services, sanne, story_id)

    assert office.rows("story_permission") == 0
    assert office.rows("permission") == 1


def test_no_other_office_s_rule_can_be_named(services: Services, office: FakeOffice, add_rule: AddRule) -> None:
    elsewhere = office.person_elsewhere("T0OTHER", "U0OTHER", "Otto")
    with pytest.raises(FormError):
        actions.tell_story(services, elsewhere, TypedStory(TEXT, rule=str(add_rule("Zonder bon"))))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_form_asks_for_a_rule_where_there_is_any(language: str) -> None:
    me = me_speaking(language)
    rules = [
        Permission(id=number, workspace_id=1, text=f"{number}" + "é" * 140, written_at=MONDAY)
        for number in range(MOST + 1)
    ]
    view = story_form(me, TODAY, a_story(), bendable=Bendable(rules, rules[7]))
    changed: dict[str, Any] = {"rule": {"selected_option": {"value": "12"}}}

    assert complaints_about_view(view) == []
    assert typed_story(as_submitted(view)).rule == "7"
    assert typed_story(as_submitted(view, **changed)).rule == "12"
    assert "rule" not in [block["block_id"] for block in story_form(me, TODAY)["blocks"]]
