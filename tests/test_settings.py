"""The environment and `.env`: what is taken, and the one line about what is not."""

import os
from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError, must_reach_slack, read_settings

GOOD = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "STORIES_CHANNEL": "C1"}


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """No setting from outside, and a folder without `.env`."""
    for name in [name for name in os.environ if name.lower() in Settings.model_fields]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def read(monkeypatch: pytest.MonkeyPatch, **values: str) -> Settings:
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    return read_settings()


def test_nothing_set_is_a_dutch_office_with_a_file_beside_it() -> None:
    found = read_settings()

    assert (found.language, found.timezone, found.currency) == ("nl", "Europe/Amsterdam", "EUR")
    assert (found.host, found.port) == ("127.0.0.1", 3000)
    assert found.database_url == "sqlite:///fanperdag.db"
    assert (found.stories_channel, found.manager_ids, found.commands) == ("", frozenset(), {"fan": "/fan"})


@pytest.mark.parametrize(
    ("name", "value", "hint"),
    [
        ("SLACK_API_URL", "slack.com/api", "http"),
        ("DATABASE_URL", "mysql://x", "sqlite:///"),
        ("DATABASE_URL", "postgresql://x/y", "postgresql+psycopg"),
        ("DATABASE_URL", "/tmp/fan.db", "sqlite:///"),
        ("PORT", "drieduizend", "integer"),
        ("PORT", "70000", "65535"),
        ("PORT", "-1", "0"),
        ("PUBLIC_URL", "fan.example.nl", "https://"),
        ("TIMEZONE", "Amsterdam", "Europe/Amsterdam"),
        ("CURRENCY", "euro", "EUR"),
        ("STORIES_CHANNEL", "#fans", "C0123ABCD"),
        ("MANAGERS", "fatima", "U0123ABCD"),
        ("MANAGERS", "U1,@fatima", "U0123ABCD"),
        ("COMMAND_FAN", "fan", "/fan"),
        ("COMMAND_FAN", "/Fan", "/fan"),
        ("COMMAND_FAN", "/fan verhaal", "/fan"),
        ("COMMAND_FAN", "/", "/fan"),
        ("LOG_LEVEL", "loud", "debug"),
    ],
)
def test_a_wrong_value_is_one_line_that_names_the_variable_and_what_is_expected(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, hint: str
) -> None:
    with pytest.raises(SettingsError) as wrong:
        read(monkeypatch, **{name: value})

    line = str(wrong.value)
    assert line.startswith(name)
    assert hint in line
    assert "\n" not in line
    assert "value_error" not in line


def test_right_values_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    found = read(
        monkeypatch,
        SLACK_API_URL="http://127.0.0.1:9999/api",
        PUBLIC_URL="https://fan.example.nl",
        CURRENCY="usd",
        MANAGERS="U0FATIMA, W0JEROEN,",
        COMMAND_FAN="/fanverhaal",
        STORIES_CHANNEL="C1",
        PORT="0",
        DATABASE_URL="postgresql+psycopg://fan:geheim@db/fan",
    )

    assert (found.slack_api_url, found.public_url) == ("http://127.0.0.1:9999/api/", "https://fan.example.nl/")
    assert (found.currency, found.port, found.commands) == ("USD", 0, {"fan": "/fanverhaal"})
    assert found.manager_ids == {"U0FATIMA", "W0JEROEN"}


def test_an_empty_value_is_no_value(monkeypatch: pytest.MonkeyPatch) -> None:
    found = read(monkeypatch, PORT="", MANAGERS="", TIMEZONE="", DATABASE_URL="", STORIES_CHANNEL="")

    assert (found.port, found.timezone, found.manager_ids) == (3000, "Europe/Amsterdam", frozenset())


@pytest.mark.parametrize("value", ["nl_NL:nl", "en_US:en", "nl_NL.UTF-8", "en_GB", "nl:en"])
def test_a_language_list_of_a_linux_desktop_is_no_choice_for_the_bot(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    assert read(monkeypatch, LANGUAGE=value).language == "nl"


def test_a_language_can_be_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read(monkeypatch, LANGUAGE="en").language == "en"


@pytest.mark.parametrize(
    "url",
    [
        "mysql://fan:geheim@db/fan",
        "postgresql://fan:geheim@db/fan",
        "postgresql+psycopg://fan:geheim@db:vijf/fan",
        "postgresql+psycopg2://fan:geheim@db/fan",
        "geheim",
        "://fan:geheim@",
    ],
)
def test_a_password_in_an_address_is_never_printed(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    with pytest.raises(SettingsError) as wrong:
        read(monkeypatch, DATABASE_URL=url)

    assert "geheim" not in str(wrong.value)
    assert "DATABASE_URL" in str(wrong.value)
    assert wrong.value.__cause__ is None
    assert wrong.value.__suppress_context__


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch, bare: Path) -> None:
    (bare / ".env").write_text("PORT=4000\nTIMEZONE=Europe/Brussels\nSOMETHING_ELSE=1\n", encoding="utf-8")

    assert (read_settings().port, read_settings().timezone) == (4000, "Europe/Brussels")
    assert read(monkeypatch, PORT="5000").port == 5000


def test_settings_do_not_change_while_it_runs() -> None:
    with pytest.raises(ValueError, match="frozen"):
        read_settings().port = 1  # type: ignore[misc]


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"SLACK_BOT_TOKEN": ""}, ["SLACK_BOT_TOKEN", "fanperdag demo"]),
        ({"SLACK_BOT_TOKEN": "xapp-1"}, ["SLACK_BOT_TOKEN", "xoxb-"]),
        ({"SLACK_BOT_TOKEN": "xoxp-1"}, ["SLACK_BOT_TOKEN", "xoxb-"]),
        ({"SLACK_APP_TOKEN": "xoxb-1"}, ["SLACK_APP_TOKEN", "xapp-"]),
        ({"SLACK_APP_TOKEN": ""}, ["SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"]),
    ],
)
def test_tokens_that_cannot_work_are_named(
    monkeypatch: pytest.MonkeyPatch, changes: dict[str, str], named: list[str]
) -> None:
    settings = read(monkeypatch, **GOOD | changes)
    with pytest.raises(SettingsError) as wrong:
        must_reach_slack(settings)

    assert [name for name in named if name not in str(wrong.value)] == []
    assert "\n" not in str(wrong.value)
    assert "-1" not in str(wrong.value)  # a token is a secret, a wrong one too


@pytest.mark.parametrize("changes", [{}, {"SLACK_APP_TOKEN": "", "SLACK_SIGNING_SECRET": "s"}])
def test_a_whole_set_of_tokens_is_enough(monkeypatch: pytest.MonkeyPatch, changes: dict[str, str]) -> None:
    must_reach_slack(read(monkeypatch, **GOOD | changes))


def test_a_language_that_the_desktop_set_leaves_the_one_in_the_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("LANGUAGE=en\n")
    monkeypatch.setenv("LANGUAGE", "nl_BE:nl")

    assert read_settings(tmp_path / ".env").language == "en"


def test_a_wrong_language_in_the_file_stops_the_start(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("LANGUAGE=de\n")
    monkeypatch.delenv("LANGUAGE", raising=False)

    with pytest.raises(SettingsError, match="LANGUAGE"):
        read_settings(tmp_path / ".env")
