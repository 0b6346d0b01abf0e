"""What Slack refuses in rich text and in the fields of a form."""

import pytest

from bot.emulator.clock import Clock
from bot.emulator.errors import SlackError
from bot.emulator.roster import de_linde
from bot.emulator.validation import check_message, check_view

WORKSPACE = de_linde(Clock())
WORDS = {"type": "plain_text", "text": "x"}


def rich(*parts):
    section = {"type": "rich_text_section", "elements": list(parts)}
    return {"type": "rich_text", "elements": [section]}


def form(kind, **more):
    element = {"type": kind, "action_id": "a", **more}
    field = {"type": "input", "label": WORDS, "element": element}
    return {"type": "modal", "title": WORDS, "submit": WORDS, "blocks": [field]}


@pytest.mark.parametrize(
    "part",
    [
        {"type": "text"},
        {"type": "text", "text": 5},
        {"type": "text", "text": ""},
        {"type": "text", "text": "a", "style": "bold"},
        {"type": "date", "timestamp": "x", "format": "{date}"},
        {"type": "date", "timestamp": 1},
        {"type": "date", "timestamp": 1, "format": 5},
        {"type": "date", "timestamp": 10**30, "format": "{date}"},
        {"type": "link", "url": 5},
        {"type": "user", "user_id": ["U0SANNE"]},
        {"type": "broadcast", "range": "all"},
        {"type": "emoji"},
    ],
)
def test_a_part_of_rich_text_that_nobody_could_read_is_refused(part):
    with pytest.raises(SlackError, match="invalid_blocks"):
        check_message(WORKSPACE, "hoi", [rich(part)])


def test_rich_text_may_hold_every_kind_of_part():
    parts = [
        {"type": "text", "text": "a", "style": {"bold": True, "code": True}},
        {"type": "emoji", "name": "tada", "unicode": "1f389"},
        {"type": "link", "url": "https://x/", "text": "x", "unsafe": True},
        {"type": "user", "user_id": "U0SANNE"},
        {"type": "usergroup", "usergroup_id": "S1"},
        {"type": "channel", "channel_id": "C0FANS", "style": {"italic": True}},
        {"type": "team", "team_id": "T1"},
        {"type": "broadcast", "range": "here"},
        {"type": "color", "value": "#f00"},
        {"type": "date", "timestamp": 1720710212, "format": "{date}", "fallback": "toen", "url": "https://x/"},
    ]

    check_message(WORKSPACE, "hoi", [rich(*parts)])


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("datepicker", {"initial_date": "2026-02-31"}),
        ("datepicker", {"initial_date": "0000-01-01"}),
        ("datepicker", {"initial_date": "20260201"}),
        ("timepicker", {"initial_time": "1٣:00"}),
        ("plain_text_input", {"min_length": 30, "max_length": 3}),
        ("number_input", {"is_decimal_allowed": False, "min_value": "9", "max_value": "3"}),
        ("number_input", {"is_decimal_allowed": False, "initial_value": "9.5"}),
        ("number_input", {"is_decimal_allowed": True, "initial_value": "٣"}),
        ("rich_text_input", {"initial_value": "tekst"}),
        ("rich_text_input", {"initial_value": {"type": "rich_text", "elements": [5]}}),
        ("conversations_select", {"filter": {"include": ["iedereen"]}}),
        ("conversations_select", {"filter": {"include": []}}),
        ("conversations_select", {"filter": {}}),
    ],
)
def test_a_field_that_nobody_could_fill_in_is_refused(kind, given):
    with pytest.raises(SlackError, match="invalid_arguments"):
        check_view(WORKSPACE, form(kind, **given), "modal")


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("datepicker", {"initial_date": "2028-02-29"}),
        ("plain_text_input", {"min_length": 3, "max_length": 3}),
        ("number_input", {"is_decimal_allowed": True, "initial_value": "9.5", "min_value": "-1", "max_value": "10"}),
        ("rich_text_input", {"initial_value": rich({"type": "text", "text": "alvast"})}),
        ("conversations_select", {"filter": {"include": ["public", "im"], "exclude_bot_users": True}}),
    ],
)
def test_a_field_within_its_own_borders_is_accepted(kind, given):
    check_view(WORKSPACE, form(kind, **given), "modal")
