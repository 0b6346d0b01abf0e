"""Groups, profiles, the team, and what the app's scopes allow."""

import pytest

SCOPES = {"oauth_config": {"scopes": {"bot": ["chat:write", "channels:history"]}}}


def test_groups_and_their_members_are_listed(slack, control):
    added = control("group", handle="directie", name="Directie", users=["fatima", "U0OUD"])["id"]

    plain = slack.usergroups_list()["usergroups"]
    whole = slack.usergroups_list(include_users=True, include_count=True)["usergroups"][-1]
    assert [group["handle"] for group in plain] == ["verkoop", "service", "directie"]
    assert "users" not in plain[0]
    assert (whole["id"], whole["users"], whole["user_count"]) == (added, ["U0FATIMA"], 1)
    assert slack.usergroups_users_list(usergroup=added)["users"] == ["U0FATIMA"]


def test_a_group_out_of_use_is_listed_when_asked_for(slack, control, refused):
    control("group", id="S0VERKOOP", handle="verkoop", users=["bram"], deleted=True)

    assert [group["id"] for group in slack.usergroups_list()["usergroups"]] == ["S0SERVICE"]
    assert len(slack.usergroups_list(include_disabled=True)["usergroups"]) == 2
    assert refused(slack.usergroups_users_list, usergroup="S0VERKOOP").response["error"] == "no_such_subteam"


def test_a_profile_a_bot_and_a_team_can_be_asked_for(slack, refused):
    assert slack.users_profile_get(user="U0DAAN")["profile"]["status_emoji"] == ":palm_tree:"
    assert slack.bots_info(bot="B0BOT")["bot"]["user_id"] == "U0BOT"
    assert refused(slack.bots_info, bot="B9").response["error"] == "bot_not_found"
    assert slack.team_info()["team"]["domain"] == "de-linde"


def test_a_pause_of_notifications_can_be_asked_for(slack, control):
    control("user", id="U0BRAM", dnd_start=1_800_000_000, dnd_end=1_800_030_000)

    bram, sanne = slack.dnd_info(user="U0BRAM"), slack.dnd_info(user="U0SANNE")
    assert (bram["dnd_enabled"], bram["next_dnd_end_ts"]) == (True, 1_800_030_000)
    assert not sanne["dnd_enabled"]


def test_members_are_counted_where_slack_counts_them(slack):
    info = slack.conversations_info

    assert "num_members" not in info(channel="C0FANS")["channel"]
    assert info(channel="C0FANS", include_num_members=True)["channel"]["num_members"] == 14
    assert slack.conversations_list()["channels"][1]["num_members"] == 14
    assert "num_members" not in slack.users_conversations()["channels"][0]


@pytest.mark.parametrize(
    ("method", "key", "arguments"),
    [
        ("users_list", "members", {}),
        ("conversations_list", "channels", {}),
        ("users_conversations", "channels", {}),
        ("conversations_members", "members", {"channel": "C0FANS"}),
    ],
)
def test_every_list_comes_in_pages(slack, method, key, arguments):
    pages = [page[key] for page in getattr(slack, method)(limit=2, **arguments)]

    whole = getattr(slack, method)(**arguments)[key]
    assert all(1 <= len(page) <= 2 for page in pages)
    assert [item for page in pages for item in page] == whole


@pytest.mark.parametrize(
    "given", ["٣", "b25k", "b2Zmc2V0Ong=", "b2Zmc2V0Oi0x"]
)  # the last three: ond, offset:x, offset:-1
def test_a_cursor_that_nobody_gave_is_refused(slack, refused, given):
    assert refused(slack.users_list, cursor=given).response["error"] == "invalid_cursor"


def test_who_is_deactivated_leaves_the_channels(slack, control):
    control("user", id="U0BRAM", deleted=True)

    assert "U0BRAM" not in slack.conversations_members(channel="C0FANS")["members"]


def test_a_zone_that_does_not_exist_is_bad_input(control):
    assert control.post("user", id="U0BRAM", tz="Europe/Deventer").json()["error"].startswith("tz:")


def test_a_manifest_s_scopes_are_all_that_an_app_may_do(slack, control, refused):
    control("manifest", **SCOPES)

    error = refused(slack.users_info, user="U0SANNE").response
    assert error["error"] == "missing_scope"
    assert (error["needed"], error["provided"]) == ("users:read", "channels:history,chat:write")
    assert (
        slack.chat_postMessage(channel="C0FANS", text="hoi").headers["x-oauth-scopes"] == "channels:history,chat:write"
    )
    assert slack.conversations_history(channel="C0FANS")["ok"]
    slack.chat_postMessage(channel="U0SANNE", text="hoi")
    error = refused(slack.conversations_history, channel="D0SANNE").response
    assert error["needed"] == "im:history"
