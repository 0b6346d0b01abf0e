"""Faults on purpose, as the clients see them."""

import time
from http.client import RemoteDisconnected

import pytest
from slack_sdk import WebClient

from bot.emulator.faults import Faults


@pytest.fixture
def post(slack):
    def post(text="hoi"):
        return slack.chat_postMessage(channel="C0FANS", text=text)

    return post


def texts(control):
    return [message["text"] for message in control.get("messages", channel="#fans")]


def test_a_method_can_fail_with_any_error(control, post, refused):
    control("faults", rules=[{"method": "chat.postMessage", "kind": "error", "error": "fatal_error"}])

    assert refused(post).response["error"] == "fatal_error"
    assert texts(control) == []


def test_a_method_can_be_rate_limited(control, post, refused):
    control("faults", rules=[{"method": "chat.postMessage", "kind": "ratelimited", "retry_after": 7}])

    response = refused(post).response
    assert (response.status_code, response["error"], response.headers["Retry-After"]) == (429, "ratelimited", "7")


def test_a_method_can_answer_any_http_status(control, post, refused):
    control("faults", rules=[{"kind": "http", "status": 503}])

    assert refused(post).response.status_code == 503


def test_a_lost_answer_means_that_it_was_done(control, post):
    control("faults", rules=[{"method": "chat.postMessage", "kind": "lost_answer"}])

    with pytest.raises(RemoteDisconnected):
        post()
    assert texts(control) == ["hoi"]


def test_a_client_that_tries_again_after_a_lost_answer_posts_twice(control, url):
    control("faults", rules=[{"method": "chat.postMessage", "kind": "lost_answer", "times": 1}])

    WebClient("xoxb-test", base_url=f"{url}/api/").chat_postMessage(channel="C0FANS", text="hoi")

    assert texts(control) == ["hoi", "hoi"]


@pytest.mark.parametrize(
    "rule", [{"kind": "refuse"}, {"kind": "down", "method": "x"}, {"kind": "drop", "seconds": 0.01}]
)
def test_a_cut_connection_means_that_nothing_was_done(control, post, rule):
    control("faults", rules=[rule])

    with pytest.raises(RemoteDisconnected):
        post()
    assert texts(control) == []


@pytest.mark.parametrize("kind", ["delay", "delay_after"])
def test_a_delay_makes_a_method_slow(control, post, kind):
    control("faults", rules=[{"kind": kind, "seconds": 0.2}])
    started = time.monotonic()

    assert post()["ok"]
    assert time.monotonic() - started >= 0.2


def test_a_rule_applies_as_often_as_it_says(control, post, refused):
    control("faults", rules=[{"kind": "error", "times": 2}])

    refused(post)
    refused(post)
    assert post()["ok"]


def test_a_rule_for_one_method_leaves_the_others_alone(control, post, slack):
    control("faults", rules=[{"kind": "error", "method": "chat.update"}])

    assert post()["ok"]


def test_new_rules_take_the_place_of_the_old_and_a_reset_clears_them(control, post, refused):
    control("faults", rules=[{"kind": "error"}])
    control("faults", rules=[{"kind": "http"}])
    assert refused(post).response.status_code == 503

    control("reset")
    assert post()["ok"]


def test_a_rule_of_chance_applies_sometimes():
    faults = Faults()
    faults.replace([{"kind": "error", "probability": 0.5}])

    hits = [faults.for_call("auth.test") is not None for _ in range(200)]

    assert any(hits)
    assert not all(hits)


@pytest.mark.parametrize(
    "rules",
    [
        "geen lijst",
        ["geen object"],
        [{"kind": "onweer"}],
        [{}],
        [{"kind": "error", "often": 1}],
        [{"kind": "delay", "seconds": -1}],
        [{"kind": "delay", "seconds": "lang"}],
    ],
)
def test_a_rule_that_makes_no_sense_is_bad_input(control, rules):
    response = control.post("faults", rules=rules)

    assert response.status_code == 400
    assert response.json()["error"].startswith("rules:")


@pytest.mark.parametrize(("new_id", "different"), [(False, 1), (True, 2)])
def test_an_event_can_come_twice(connect, control, new_id, different):
    bot = connect()
    control("faults", rules=[{"kind": "deliver_twice", "method": "events_api", "new_id": new_id, "times": 1}])

    control("home", user="sanne")

    events = [bot.next().payload for _ in range(2)]
    assert len({event["event_id"] for event in events}) == different
    assert len({event["event"]["event_ts"] for event in events}) == 1


def test_a_command_can_come_twice(connect, control):
    bot = connect()
    control("faults", rules=[{"kind": "deliver_twice"}])

    control("command", user="sanne", channel="#fans", command="/fan")

    assert bot.next().payload == bot.next().payload
