"""What somebody filled in, from Slack's state of a view."""

from typing import Any

import pytest

from bot.slack.forms import as_list, as_text, filled_in


def state(element: dict[str, Any]) -> dict[str, Any]:
    return {"state": {"values": {"field": {"any_action": element}}}}


@pytest.mark.parametrize(
    ("element", "value"),
    [
        ({"type": "plain_text_input", "value": "woorden"}, "woorden"),
        ({"type": "plain_text_input", "value": None}, None),
        ({"type": "plain_text_input"}, None),
        ({"type": "number_input", "value": "20"}, "20"),
        ({"type": "datepicker", "selected_date": "2026-11-02"}, "2026-11-02"),
        ({"type": "timepicker", "selected_time": "09:00"}, "09:00"),
        ({"type": "static_select", "selected_option": {"value": "a", "text": {}}}, "a"),
        ({"type": "static_select", "selected_option": None}, None),
        ({"type": "radio_buttons", "selected_option": {"value": "team"}}, "team"),
        ({"type": "checkboxes", "selected_options": [{"value": "yes"}]}, ["yes"]),
        ({"type": "checkboxes", "selected_options": []}, []),
        ({"type": "multi_users_select", "selected_users": ["U1", "U2"]}, ["U1", "U2"]),
        ({"type": "multi_users_select", "selected_users": None}, []),
        ({"type": "users_select", "selected_user": "U1"}, "U1"),
        ({"type": "conversations_select", "selected_conversation": "C1"}, "C1"),
        ({"type": "conversations_select", "selected_conversation": None}, None),
        ({"type": "multi_channels_select", "selected_channels": ["C1"]}, ["C1"]),
    ],
)
def test_each_kind_of_field_is_read(element: dict[str, Any], value: Any) -> None:
    assert filled_in(state(element)) == {"field": value}


def test_a_view_without_fields_is_an_empty_form() -> None:
    assert filled_in({"type": "modal"}) == {}
    assert filled_in({"state": {"values": {"field": {}}}}) == {"field": None}


def test_what_was_left_empty_is_an_empty_text_or_list() -> None:
    assert (as_text(None), as_list(None)) == ("", [])
    assert (as_text("x"), as_list(["x"])) == ("x", ["x"])
