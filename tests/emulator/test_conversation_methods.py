"""History, threads, and what conversations there are."""

import pytest


def post(slack, *texts, **more):
    return [slack.chat_postMessage(channel="C0FANS", text=text, **more)["ts"] for text in texts]


def texts(answer):
    return [message["text"] for message in answer["messages"]]


def test_history_is_newest_first(slack):
    post(slack, "een", "twee", "drie")

    assert texts(slack.conversations_history(channel="C0FANS")) == ["drie", "twee", "een"]


def test_history_comes_in_pages(slack):
    post(slack, "een", "twee", "drie")

    first = slack.conversations_history(channel="C0FANS", limit=2)
    cursor = first["response_metadata"]["next_cursor"]
    second = slack.conversations_history(channel="C0FANS", limit=2, cursor=cursor)

    assert (texts(first), first["has_more"]) == (["drie", "twee"], True)
    assert (texts(second), second["has_more"]) == (["een"], False)


def test_slack_sdk_walks_the_pages_of_history(slack):
    post(slack, "een", "twee", "drie")

    pages = [texts(page) for page in slack.conversations_history(channel="C0FANS", limit=1)]

    assert pages == [["drie"], ["twee"], ["een"]]


@pytest.mark.parametrize(("inclusive", "expected"), [(False, ["twee"]), (True, ["drie", "twee", "een"])])
def test_history_between_two_moments(slack, inclusive, expected):
    first, _, last = post(slack, "een", "twee", "drie")

    answer = slack.conversations_history(channel="C0FANS", oldest=first, latest=last, inclusive=inclusive)

    assert texts(answer) == expected


def test_metadata_comes_back_when_asked_for(slack):
    metadata = {"event_type": "outbox", "event_payload": {"id": "abc"}}
    post(slack, "hoi", metadata=metadata)

    asked = slack.conversations_history(channel="C0FANS", include_all_metadata=True)["messages"][0]
    unasked = slack.conversations_history(channel="C0FANS")["messages"][0]

    assert asked["metadata"] == metadata
    assert "metadata" not in unasked


def test_replies_are_in_the_thread_and_not_in_history(slack):
    [parent] = post(slack, "begin")
    post(slack, "antwoord", "nog een", thread_ts=parent)

    history = slack.conversations_history(channel="C0FANS")
    thread = slack.conversations_replies(channel="C0FANS", ts=parent)

    assert texts(history) == ["begin"]
    assert history["messages"][0]["reply_count"] == 2
    assert texts(thread) == ["begin", "antwoord", "nog een"]


def test_a_reply_to_a_reply_joins_the_thread(slack):
    [parent] = post(slack, "begin")
    [reply] = post(slack, "antwoord", thread_ts=parent)

    [second] = post(slack, "nog een", thread_ts=reply)

    thread = slack.conversations_replies(channel="C0FANS", ts=parent)["messages"]
    assert thread[-1]["ts"] == second
    assert thread[-1]["thread_ts"] == parent


def test_a_thread_comes_in_pages(slack):
    [parent] = post(slack, "begin")
    post(slack, "a", "b", thread_ts=parent)

    pages = [texts(page) for page in slack.conversations_replies(channel="C0FANS", ts=parent, limit=2)]

    assert pages == [["begin", "a"], ["b"]]


@pytest.mark.parametrize(
    ("method", "arguments", "error"),
    [
        ("conversations_history", {"channel": "C0ALGEMEEN"}, "not_in_channel"),
        ("conversations_history", {"channel": "#fans"}, "channel_not_found"),
        ("conversations_history", {"channel": "C0FANS", "limit": 1001}, "invalid_limit"),
        ("conversations_history", {"channel": "C0FANS", "cursor": "!"}, "invalid_cursor"),
        ("conversations_history", {"channel": "C0FANS", "oldest": "gisteren"}, "invalid_ts_oldest"),
        ("conversations_replies", {"channel": "C0FANS", "ts": "1.000000"}, "thread_not_found"),
        ("conversations_open", {"users": ""}, "users_list_not_supplied"),
        ("conversations_open", {"users": "U0NIEMAND"}, "user_not_found"),
        ("conversations_open", {"users": "U0OUD"}, "user_disabled"),
        ("conversations_open", {"users": "U0BOT"}, "cannot_dm_bot"),
        ("conversations_info", {"channel": "C0NERGENS"}, "channel_not_found"),
        ("conversations_members", {"channel": "C0NERGENS"}, "channel_not_found"),
        ("conversations_list", {"types": "geheim"}, "invalid_types"),
        ("conversations_join", {"channel": "D0SANNE"}, "channel_not_found"),
        ("users_info", {"user": "U0NIEMAND"}, "user_not_found"),
        ("users_conversations", {"user": "U0NIEMAND"}, "user_not_found"),
    ],
)
def test_a_question_that_slack_refuses_is_refused(slack, refused, method, arguments, error):
    assert refused(getattr(slack, method), **arguments).response["error"] == error


def test_a_missing_argument_is_named(slack, refused):
    error = refused(slack.api_call, api_method="conversations.info")

    assert error.response["error"] == "invalid_arguments"
    assert error.response["response_metadata"]["messages"] == ["[ERROR] missing required field: channel"]


def test_a_bot_can_join_a_channel(slack):
    assert not slack.conversations_info(channel="C0ALGEMEEN")["channel"]["is_member"]

    slack.conversations_join(channel="C0ALGEMEEN")

    assert slack.conversations_info(channel="C0ALGEMEEN")["channel"]["is_member"]
    assert slack.conversations_join(channel="C0ALGEMEEN")["warning"] == "already_in_channel"


def test_conversations_are_listed_by_type(slack):
    direct = slack.conversations_open(users="U0SANNE")["channel"]["id"]

    channels = [c["name"] for c in slack.conversations_list()["channels"]]
    ims = [c["id"] for c in slack.conversations_list(types="im")["channels"]]
    own = [c["name"] for c in slack.users_conversations()["channels"]]

    assert channels == ["algemeen", "fans", "klantwand", "wall-of-change", "medewerkerswand"]
    assert ims == [direct]
    assert own == ["fans", "klantwand", "wall-of-change", "medewerkerswand"]


def test_members_come_in_pages(slack, emulator):
    found = [member for page in slack.conversations_members(channel="C0FANS", limit=5) for member in page["members"]]

    assert sorted(found) == sorted(emulator.workspace.channels["C0FANS"].members)


def test_a_person_has_a_zone_and_on_request_a_locale(slack):
    user = slack.users_info(user="U0WARD")["user"]

    assert (user["tz"], user["real_name"]) == ("Europe/Brussels", "Ward Peeters")
    assert "locale" not in user
    assert slack.users_info(user="U0WARD", include_locale=True)["user"]["locale"] == "nl-NL"


def test_the_list_of_people_tells_guests_strangers_bots_and_the_deactivated_apart(slack):
    users = {user["id"]: user for page in slack.users_list(limit=4) for user in page["members"]}

    assert users["U0GAST"]["is_restricted"]
    assert users["U0OUD"]["deleted"]
    assert users["U0VREEMD"]["is_stranger"]
    assert users["U0VREEMD"]["team_id"] != users["U0SANNE"]["team_id"]
    assert users["U0BOT"]["is_bot"]
    assert users["U0JEROEN"]["is_admin"]
