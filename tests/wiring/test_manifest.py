"""The app as Slack is to know it."""

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.i18n.translate import speakers
from bot.settings import Settings, SettingsError
from bot.wiring.manifest import COMMANDS, create_link, manifest

LONGEST = {"name": 35, "description": 140}  # of the app, as Slack's schema has it
NEEDED = {  # what each scope is for; one that is not here is too many
    "chat:write": "post, change and delete",
    "commands": "the commands and the shortcuts",
    "files:read": "the photo with a compliment or with good news",
    "files:write": "the file with one's own data, and taking it away again",
    "users:read": "names, zones, standing",
    "im:history": "words to the bot; a lost answer in a direct message",
    "im:write": "a first direct message",
    "channels:history": "a lost answer in a channel",
    "groups:history": "a lost answer in a private channel",
    "channels:join": "the check of the walls' channels",
    "usergroups:read": "groups of people that are Slack's own",
}


def made(language: str = "nl", *, over_http: bool = False, **settings: Any) -> dict[str, Any]:
    public: dict[str, Any] = {"public_url": "https://fan.example.nl/"} if over_http else {}
    return manifest(Settings.model_construct(**public, **settings), speakers()[language], over_http=over_http)


@pytest.fixture(params=["nl", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_no_more_is_asked_than_is_needed() -> None:
    assert set(made()["oauth_config"]["scopes"]["bot"]) == set(NEEDED)
    assert "user" not in made()["oauth_config"]["scopes"]


def test_no_message_of_a_channel_is_ever_heard() -> None:
    heard = made()["settings"]["event_subscriptions"]["bot_events"]

    assert heard == ["app_home_opened", "message.im", "team_join", "user_change"]


def test_names_fit(language: str) -> None:
    made_in = made(language)

    for part, longest in LONGEST.items():
        assert 0 < len(made_in["display_information"][part]) <= longest
    for command in made_in["features"]["slash_commands"]:
        assert 0 < len(command["description"]) <= 2000
        assert 0 < len(command["usage_hint"]) <= 1000
    for shortcut in made_in["features"]["shortcuts"]:
        assert len(shortcut["name"]) <= 24
        assert len(shortcut["description"]) <= 150
    assert len(made_in["features"]["bot_user"]["display_name"]) <= 80


def test_socket_mode_needs_no_address() -> None:
    assert made()["settings"]["socket_mode_enabled"] is True
    assert "http" not in json.dumps(made())


def test_over_http_everything_goes_to_the_one_address() -> None:
    over_http = made(over_http=True)
    address = "https://fan.example.nl/slack/events"

    assert over_http["settings"]["socket_mode_enabled"] is False
    assert over_http["settings"]["event_subscriptions"]["request_url"] == address
    assert over_http["settings"]["interactivity"]["request_url"] == address
    assert over_http["settings"]["interactivity"]["message_menu_options_url"] == address
    assert {command["url"] for command in over_http["features"]["slash_commands"]} == {address}


def test_over_http_without_an_address_is_an_error_that_names_the_variable() -> None:
    with pytest.raises(SettingsError, match="PUBLIC_URL"):
        manifest(Settings.model_construct(), speakers()["nl"], over_http=True)


def test_every_command_of_the_settings_is_there_under_the_name_that_the_office_chose() -> None:
    renamed = made(command_fan="/fanverhaal", command_fanclub="/club")["features"]["slash_commands"]

    assert [command["command"] for command in renamed] == [
        "/fanverhaal",
        "/klantwand",
        "/idee",
        "/budget",
        "/topfans",
        "/club",
    ]
    assert set(COMMANDS) == set(Settings.model_construct().commands)


def test_people_can_write_to_the_bot_and_see_home() -> None:
    home = made()["features"]["app_home"]

    assert (home["home_tab_enabled"], home["messages_tab_enabled"]) == (True, True)
    assert home["messages_tab_read_only_enabled"] is False


def test_the_link_holds_the_whole_manifest(language: str) -> None:
    link = create_link(made(language))
    asked = parse_qs(urlsplit(link).query)

    assert link.startswith("https://api.slack.com/apps?new_app=1&manifest_json=")
    assert json.loads(asked["manifest_json"][0]) == made(language)
    assert link.isascii()
