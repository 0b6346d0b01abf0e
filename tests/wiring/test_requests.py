"""Reading who is asking, and which request it is."""

from typing import Any

import pytest
from slack_bolt import BoltRequest

from bot.wiring.requests import Asking, asking, request_key
from tests.fakes import TEAM
from tests.wiring import payloads


def who(body: dict[str, Any]) -> Asking | None:
    return asking(body, BoltRequest(body=body, mode="socket_mode").context)


@pytest.mark.parametrize(
    "body",
    [
        payloads.command("x"),
        payloads.click("story.applaud"),
        payloads.home_click("story.tell"),
        payloads.submission({"type": "modal", "blocks": []}, {}),
        payloads.shortcut("story.tell"),
        payloads.message("x"),
        payloads.home_opened(),
    ],
)
def test_every_kind_of_request_tells_who_is_asking(body: dict[str, Any]) -> None:
    found = who(body)

    assert found is not None
    assert (found.team_id, found.slack_id, found.is_stranger) == (TEAM, "U0SANNE", False)
    assert found.request_key


def test_a_change_of_a_profile_is_no_act_of_its_person() -> None:
    assert who(payloads.profile_event("user_change", "U0EMMA")) is None
    assert who(payloads.profile_event("team_join", "U0EMMA")) is None


def test_what_comes_from_nobody_in_particular_has_no_asker() -> None:
    assert who(payloads.event({"type": "tokens_revoked"})) is None
    assert who({}) is None


@pytest.mark.parametrize("echo", [{"bot_id": "B1"}, {"subtype": "message_changed"}, {"subtype": "message_deleted"}])
def test_an_echo_of_a_message_is_from_nobody(echo: dict[str, Any]) -> None:
    assert who(payloads.message("x", **echo)) is None


def test_people_of_another_company_are_told_apart() -> None:
    by_click, by_message = payloads.click("story.applaud"), payloads.message("x", user_team="T0ELSE")
    by_click["user"]["team_id"] = "T0ELSE"

    for body in (by_click, by_message):
        found = who(body)
        assert found is not None
        assert (found.is_stranger, found.team_id) == (True, TEAM)


def test_deliveries_of_one_request_have_one_key() -> None:
    assert request_key(payloads.message("x", event_id="Ev1")) == request_key(payloads.message("x", event_id="Ev2"))
    assert request_key(payloads.home_opened()) == request_key(payloads.home_opened())


def test_different_requests_have_different_keys() -> None:
    form = {"type": "modal", "blocks": []}
    bodies = [
        payloads.message("x", ts="1.1"),
        payloads.message("x", ts="1.2"),
        payloads.home_opened(),
        payloads.click("a", at="1.1"),
        payloads.click("a", at="1.2"),
        payloads.click("a", "", "U0BRAM", at="1.1"),
        payloads.submission(form, {}, view_id="V1"),
        payloads.submission(form, {}, view_id="V2"),
        payloads.command("x"),
        payloads.command("y"),
        payloads.shortcut("story.tell"),
    ]

    assert len({request_key(body) for body in bodies}) == len(bodies)
    assert all(len(request_key(body) or "") <= 200 for body in bodies)


def test_a_key_fits_however_long_a_trigger_is() -> None:
    assert len(request_key(payloads.command(trigger_id="t" * 500)) or "") == 200


def test_a_request_without_any_mark_has_no_key() -> None:
    assert request_key({"type": "view_closed"}) is None
