"""The environment and `.env`: what is taken, and the one line about what is not."""

import os
from datetime import time
from pathlib import Path

import pytest
from dotenv import dotenv_values

from bot.kernel.calendar import Country
from bot.settings import Settings, SettingsError, misspelt, must_reach_slack, read_settings

GOOD = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "STORIES_CHANNEL": "C1"}
COMMANDS = {name: f"/{name}" for name in ("fan", "klantwand", "idee", "budget", "topfans", "fanclub")}
EXAMPLE = Path(__file__).parent.parent / ".env.example"


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
    assert (found.stories_channel, found.manager_ids, found.commands) == ("", frozenset(), COMMANDS)
    assert (found.country, found.reminder_time, found.workdays) == (Country.NL, time(9), frozenset(range(5)))
    assert (found.budget_per_day, found.budget_per_month) == (1000, 10000)
    assert (found.customer_wall_channel, found.change_wall_channel) == ("", "")


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
        ("CUSTOMER_WALL_CHANNEL", "klanten", "C0123ABCD"),
        ("CHANGE_WALL_CHANNEL", "#idee", "C0123ABCD"),
        ("COUNTRY", "DE", "NL or BE"),
        ("COUNTRY", "Nederland", "NL or BE"),
        ("REMINDER_TIME", "25:00", "09:00"),
        ("REMINDER_TIME", "'s ochtends", "09:00"),
        ("REMINDER_TIME", "half vijf", "09:00"),
        ("WORKDAYS", "elke dag", "mon-fri"),
        ("WORKDAYS", "-", "mon-fri"),
        ("BUDGET_PER_DAY", "tien", "7.50"),
        ("BUDGET_PER_DAY", "-5", "7.50"),
        ("BUDGET_PER_MONTH", "1.250", "7.50"),
        ("COMMAND_FANCLUB", "fanclub", "/fan"),
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
        CUSTOMER_WALL_CHANNEL="G2",
        CHANGE_WALL_CHANNEL="C3",
        COUNTRY="be",
        TIMEZONE="europe/brussels",
        REMINDER_TIME="half 9",
        WORKDAYS="di-za",
        BUDGET_PER_DAY="7,50",
        BUDGET_PER_MONTH="0",
        COMMAND_FANCLUB="/club",
        PORT="0",
        DATABASE_URL="postgresql+psycopg://fan:geheim@db/fan",
    )

    assert (found.slack_api_url, found.public_url) == ("http://127.0.0.1:9999/api/", "https://fan.example.nl/")
    assert (found.currency, found.port) == ("USD", 0)
    assert found.commands == COMMANDS | {"fan": "/fanverhaal", "fanclub": "/club"}
    assert (found.stories_channel, found.customer_wall_channel, found.change_wall_channel) == ("C1", "G2", "C3")
    assert (found.country, found.timezone, found.reminder_time) == (Country.BE, "Europe/Brussels", time(8, 30))
    assert (found.workdays, found.budget_per_day, found.budget_per_month) == ({1, 2, 3, 4, 5}, 750, 0)
    assert found.manager_ids == {"U0FATIMA", "W0JEROEN"}


def test_an_empty_value_is_no_value(monkeypatch: pytest.MonkeyPatch) -> None:
    empty = {name.upper(): "" for name in Settings.model_fields}

    assert read(monkeypatch, **empty) == read_settings(None)


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


def test_the_example_has_every_setting_with_its_own_value_and_no_other() -> None:
    assert set(dotenv_values(EXAMPLE)) == {name.upper() for name in Settings.model_fields}
    assert read_settings(EXAMPLE) == read_settings(None)


def test_the_example_explains_each_setting() -> None:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    blocks = [block for block in "\n".join(lines).split("\n\n") if "=" in block]

    assert [block for block in blocks if not block.startswith("# ")] == []


def test_a_name_that_is_nearly_a_setting_is_noticed(bare: Path) -> None:
    names = ["TIMEZON", "STORY_CHANNEL", "MANAGER", "SLACK_TOKEN", "BUDGET_DAY"]
    (bare / ".env").write_text("\n".join(f"{name}=x" for name in names), encoding="utf-8")

    assert misspelt() == {
        "TIMEZON": "TIMEZONE", "STORY_CHANNEL": "STORIES_CHANNEL", "MANAGER": "MANAGERS",
        "SLACK_TOKEN": "SLACK_BOT_TOKEN", "BUDGET_DAY": "BUDGET_PER_DAY",
    }  # fmt: skip


def test_what_belongs_to_somebody_else_is_left_alone(bare: Path) -> None:
    assert misspelt() == {}
    (bare / ".env").write_text("SOMETHING_ELSE=1\nPOSTGRES_PASSWORD=1\nport=4000\nTZ=1\nPATH=1\n", encoding="utf-8")

    assert misspelt() == {}
