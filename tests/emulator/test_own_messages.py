"""What the app hears of its own messages and of everybody's: posts, changes, deletions, reactions."""

import pytest

IM = "D0SANNE"


@pytest.fixture
def bot(connect):
    return connect()


def event_of(bot):
    return bot.next().payload["event"]


def test_the_app_hears_its_own_direct_message(bot, slack):
    ts = slack.chat_postMessage(channel="U0SANNE", text="Goedemorgen")["ts"]

    event = event_of(bot)
    assert (event["type"], event["channel"], event["channel_type"]) == ("message", IM, "im")
    assert (event["user"], event["bot_id"], event["app_id"]) == ("U0BOT", "B0BOT", "A0BOT")
    assert (event["ts"], event["event_ts"], event["text"]) == (ts, ts, "Goedemorgen")
    assert event["bot_profile"]["app_id"] == "A0BOT"
    assert "subtype" not in event


def test_the_app_hears_its_own_change(bot, slack):
    ts = slack.chat_postMessage(channel="U0SANNE", text="Goedemorgen")["ts"]
    slack.chat_update(channel=IM, ts=ts, text="Goedemiddag")

    event_of(bot)
    event = event_of(bot)
    assert (event["subtype"], event["hidden"], event["channel_type"]) == ("message_changed", True, "im")
    assert (event["message"]["text"], event["previous_message"]["text"]) == ("Goedemiddag", "Goedemorgen")
    assert event["message"]["ts"] == event["previous_message"]["ts"] == ts
    assert event["message"]["bot_id"] == "B0BOT"
    assert event["ts"] == event["event_ts"] > ts
    assert "user" not in event
    assert "bot_id" not in event


def test_the_app_hears_its_own_deletion(bot, slack):
    ts = slack.chat_postMessage(channel="U0SANNE", text="Goedemorgen")["ts"]
    slack.chat_delete(channel=IM, ts=ts)

    event_of(bot)
    event = event_of(bot)
    assert (event["subtype"], event["deleted_ts"], event["hidden"]) == ("message_deleted", ts, True)
    assert event["previous_message"]["text"] == "Goedemorgen"


def test_a_deleted_message_with_replies_changes_into_a_mark(bot, slack):
    ts = slack.chat_postMessage(channel="U0SANNE", text="begin")["ts"]
    slack.chat_postMessage(channel=IM, text="antwoord", thread_ts=ts)
    slack.chat_delete(channel=IM, ts=ts)

    [_, _, event] = [event_of(bot) for _ in range(3)]
    assert event["subtype"] == "message_changed"
    assert event["message"]["subtype"] == "tombstone"


def test_an_answer_in_the_channel_comes_back_where_the_app_listens(bot, control):
    control("command", user="sanne", channel="@sanne", command="/fan")
    url = bot.next().payload["response_url"]
    from slack_sdk.webhook import WebhookClient

    WebhookClient(url).send(text="voor ons beiden", response_type="in_channel")
    WebhookClient(url).send(text="voor jou")
    control("home", user="sanne")

    assert event_of(bot)["text"] == "voor ons beiden"
    assert event_of(bot)["type"] == "app_home_opened"


def test_a_person_s_change_and_deletion_are_told(bot, control):
    control("say", user="sanne", channel="@sanne", text="hoi")
    ts = event_of(bot)["ts"]

    control("edit", user="sanne", channel="@sanne", ts=ts, text="hallo & dag")
    control("delete", user="sanne", channel="@sanne", ts=ts)

    changed, deleted = event_of(bot), event_of(bot)
    assert changed["message"]["text"] == "hallo &amp; dag"
    assert changed["message"]["edited"]["user"] == "U0SANNE"
    assert (deleted["subtype"], deleted["previous_message"]["user"]) == ("message_deleted", "U0SANNE")


def test_nobody_changes_what_somebody_else_said(control, slack):
    ts = slack.chat_postMessage(channel="C0FANS", text="van de bot")["ts"]

    answer = control.post("edit", user="sanne", channel="#fans", ts=ts, text="van mij").json()
    assert answer["error"] == "cant_update_message"


def test_who_did_not_subscribe_hears_nothing(bot, control, slack):
    control("manifest", settings={"event_subscriptions": {"bot_events": ["app_home_opened"]}})

    slack.chat_postMessage(channel="U0SANNE", text="Goedemorgen")
    control("home", user="sanne")

    assert event_of(bot)["type"] == "app_home_opened"


def test_who_subscribed_to_channels_hears_those_that_the_app_is_in(bot, control):
    control("manifest", settings={"event_subscriptions": {"bot_events": ["message.channels", "app_mention"]}})

    control("say", user="sanne", channel="#algemeen", text="zonder bot")
    control("say", user="sanne", channel="#fans", text="hé @bot, kijk")

    message, mention = event_of(bot), event_of(bot)
    assert (message["type"], message["channel_type"], message["text"]) == ("message", "channel", "hé <@U0BOT>, kijk")
    assert (mention["type"], mention["ts"]) == ("app_mention", message["ts"])


def test_reactions_are_kept_and_told(bot, control, slack):
    ts = slack.chat_postMessage(channel="C0FANS", text="hoi")["ts"]

    control("react", user="sanne", channel="#fans", ts=ts, name="tada")
    slack.reactions_add(channel="C0FANS", timestamp=ts, name="tada")
    got = slack.reactions_get(channel="C0FANS", timestamp=ts)
    control("react", user="sanne", channel="#fans", ts=ts, name="tada")
    slack.reactions_remove(channel="C0FANS", timestamp=ts, name="tada")

    assert got["message"]["reactions"] == [{"name": "tada", "users": ["U0SANNE", "U0BOT"], "count": 2}]
    kinds = [event_of(bot) for _ in range(4)]
    assert [event["type"] for event in kinds] == ["reaction_added"] * 2 + ["reaction_removed"] * 2
    assert kinds[0]["item"] == {"type": "message", "channel": "C0FANS", "ts": ts}
    assert (kinds[0]["user"], kinds[0]["item_user"]) == ("U0SANNE", "U0BOT")


def test_what_somebody_reacted_to_is_listed(slack, control, refused):
    first = slack.chat_postMessage(channel="C0FANS", text="een")["ts"]
    second = slack.chat_postMessage(channel="U0SANNE", text="twee")["ts"]
    for ts, name in ((first, "tada"), (first, "eyes")):
        slack.reactions_add(channel="C0FANS", timestamp=ts, name=name)
    control("react", user="sanne", channel="@sanne", ts=second, name="heart")

    own = slack.reactions_list(limit=1)
    assert [(one["type"], one["channel"], one["message"]["ts"]) for one in own["items"]] == [
        ("message", "C0FANS", first)
    ]
    rest = slack.reactions_list(cursor=own["response_metadata"]["next_cursor"])
    assert [one["message"]["ts"] for one in rest["items"]] == [first]
    assert rest["response_metadata"]["next_cursor"] == ""
    assert [one["message"]["ts"] for one in slack.reactions_list(user="U0SANNE")["items"]] == [second]
    assert refused(slack.reactions_list, user="U0NIEMAND").response["error"] == "user_not_found"


@pytest.mark.parametrize(
    ("method", "arguments", "error"),
    [
        ("reactions_add", {"name": "eyes"}, "already_reacted"),
        ("reactions_add", {"name": ":eyes:"}, "invalid_name"),
        ("reactions_add", {"name": "geen_emoji"}, "invalid_name"),
        ("reactions_add", {"name": "tada", "timestamp": "1.000000"}, "message_not_found"),
        ("reactions_add", {"name": "tada", "timestamp": ""}, "no_item_specified"),
        ("reactions_add", {"name": "tada", "channel": "C0ALGEMEEN"}, "not_in_channel"),
        ("reactions_remove", {"name": "tada"}, "no_reaction"),
        ("reactions_get", {"timestamp": "1.000000"}, "message_not_found"),
    ],
)
def test_a_reaction_that_slack_refuses_is_refused(slack, refused, method, arguments, error):
    ts = slack.chat_postMessage(channel="C0FANS", text="hoi")["ts"]
    slack.reactions_add(channel="C0FANS", timestamp=ts, name="eyes")

    given = {"channel": "C0FANS", "timestamp": ts, **arguments}
    assert refused(getattr(slack, method), **given).response["error"] == error


def test_the_app_hears_that_it_joined(bot, slack):
    slack.conversations_join(channel="C0ALGEMEEN")

    event = event_of(bot)
    assert (event["type"], event["user"], event["channel"]) == ("member_joined_channel", "U0BOT", "C0ALGEMEEN")
