"""What Slack tells of somebody."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from bot.slack.profiles import PAGE, everybody, one, profile_of
from storage.people import Standing
from tests.fakes import TEAM, FakeSlack


def user(slack_id: str = "U1", **more: Any) -> dict[str, Any]:
    return {"id": slack_id, "name": "sanne.j", "tz": "Europe/Amsterdam", "profile": {"display_name": "Sanne"}} | more


@pytest.mark.parametrize(
    ("marks", "standing"),
    [
        ({}, Standing.MEMBER),
        ({"is_restricted": True}, Standing.GUEST),
        ({"is_ultra_restricted": True, "is_restricted": True}, Standing.GUEST),
        ({"deleted": True}, Standing.GONE),
        ({"deleted": True, "is_restricted": True}, Standing.GONE),
        ({"is_bot": True}, Standing.BOT),
        ({"is_bot": True, "deleted": True}, Standing.BOT),
        ({"is_stranger": True}, Standing.STRANGER),
        ({"id": "USLACKBOT"}, Standing.BOT),  # Slack doesn't mark its own bot as one
    ],
)
def test_who_belongs_is_read_from_the_marks(marks: dict[str, Any], standing: Standing) -> None:
    assert profile_of(user(**marks), TEAM).standing == standing


@pytest.mark.parametrize(
    ("user_object", "name"),
    [
        ({"profile": {"display_name": "Sanne", "real_name": "Sanne Jansen"}}, "Sanne"),
        ({"profile": {"display_name": "", "real_name": "Sanne Jansen"}}, "Sanne Jansen"),
        ({"profile": {}, "real_name": "Sanne J."}, "Sanne J."),
        ({"profile": {}}, "sanne.j"),
        ({"profile": {"display_name": "\u202eennaS\u0000 "}}, "ennaS"),
        ({"profile": {"display_name": "x" * 500}}, "x" * 120),
    ],
)
def test_a_name_is_what_colleagues_see(user_object: dict[str, Any], name: str) -> None:
    assert profile_of(user(**user_object), TEAM).name == name


def test_a_zone_may_be_unknown_and_owners_count_as_admins() -> None:
    assert profile_of(user(tz=None), TEAM).zone is None
    assert profile_of(user(is_owner=True), TEAM).is_admin
    assert not profile_of(user(), TEAM).is_admin


def test_everybody_is_read_a_page_at_a_time() -> None:
    slack = FakeSlack(users=[user(f"U{number}") for number in range(2 * PAGE + 1)])

    assert [len(page) for page in everybody(slack, TEAM)] == [PAGE, PAGE, 1]  # type: ignore[arg-type]


def test_one_profile_is_asked_for_by_id_and_an_unknown_one_is_an_error() -> None:
    slack = FakeSlack(users=[user("U1"), user("U2", tz="Europe/London")])
    assert one(slack, "U2", TEAM).zone == "Europe/London"  # type: ignore[arg-type]

    slack.fail("users_info", "user_not_found")
    with pytest.raises(SlackApiError):
        one(slack, "U9", TEAM)  # type: ignore[arg-type]
