"""Whether the bot is a member of a channel, joining one, and Slack's user groups."""

from typing import Any

import pytest

from bot.slack.channels import Membership, join, memberships
from bot.slack.usergroups import people_in, usergroups
from tests.fakes import FakeSlack


@pytest.mark.parametrize(
    ("word", "membership"),
    [
        ("not_in_channel", Membership.OUT),
        ("channel_not_found", Membership.HIDDEN),
        ("missing_scope", Membership.UNKNOWN),
        ("ratelimited", Membership.UNKNOWN),
    ],
)
def test_slacks_word_says_what_the_bot_is_in_a_channel(slack: FakeSlack, word: str, membership: Membership) -> None:
    client: Any = slack
    slack.closed["C1"] = word

    assert memberships(client, ["C1"]) == {"C1": membership}
    assert memberships(client, ["C2"]) == {"C2": Membership.IN}


def test_each_channel_is_asked_about_once(slack: FakeSlack) -> None:
    client: Any = slack

    assert memberships(client, ["C1", "C2", "C1"]) == {"C1": Membership.IN, "C2": Membership.IN}
    assert slack.asked("history") == [{"channel": "C1", "limit": 1}, {"channel": "C2", "limit": 1}]


def test_a_slack_that_is_away_is_not_asked_about_the_others(slack: FakeSlack) -> None:
    client: Any = slack
    slack.lose("history", TimeoutError())

    assert set(memberships(client, ["C1", "C2", "C3"]).values()) == {Membership.UNKNOWN}
    assert len(slack.asked("history")) == 1


def test_a_public_channel_is_joined(slack: FakeSlack) -> None:
    client: Any = slack
    slack.closed["C1"] = "not_in_channel"

    assert join(client, "C1")
    assert memberships(client, ["C1"]) == {"C1": Membership.IN}


@pytest.mark.parametrize("error", ["missing_scope", "is_archived", "channel_not_found"])
def test_a_channel_that_does_not_let_the_bot_in_is_no_error(slack: FakeSlack, error: str) -> None:
    client: Any = slack
    slack.fail("join", error)
    slack.lose("join", TimeoutError())

    assert [join(client, "C1"), join(client, "C1"), join(client, "C1")] == [False, False, True]


def test_user_groups_are_listed_by_name(slack: FakeSlack) -> None:
    client: Any = slack
    slack.usergroups = [
        {"id": "S2", "name": "winkel :tada:", "handle": "winkel", "users": []},
        {"id": "S1", "name": "", "handle": "balie", "users": ["U1"]},
        {"id": "S3", "name": " ", "handle": "", "users": []},
        {"id": "S4", "name": "Directie", "handle": "directie", "users": []},
    ]

    assert usergroups(client) == [("S1", "balie"), ("S4", "Directie"), ("S2", "winkel 🎉")]
    assert people_in(client, "S1") == ["U1"]


def test_user_groups_that_slack_does_not_tell_of_are_none(slack: FakeSlack) -> None:
    client: Any = slack
    slack.fail("usergroups_list", "missing_scope")
    slack.lose("usergroups_list", TimeoutError())
    slack.lose("usergroups_users_list", TimeoutError())

    assert [usergroups(client), usergroups(client)] == [[], []]
    assert [people_in(client, "S1"), people_in(client, "S1")] == [None, None]
