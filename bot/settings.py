"""The settings of this installation; the only reader of the environment and of `.env`."""

import os
from collections.abc import Callable, Mapping
from datetime import time
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from dotenv import dotenv_values
from pydantic import AfterValidator, BeforeValidator, Field, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from bot.kernel.calendar import Country, Workdays, read_country, read_time, read_workdays
from bot.kernel.clock import read_zone
from bot.kernel.errors import BotError
from bot.kernel.money import read_cents, read_currency
from bot.slack.client import SLACK_API

T = TypeVar("T")
NEARLY = 0.8  # of 1: TIMEZON and STORY_CHANNEL are, OTHER_PORT is not


class SettingsError(Exception):
    """One line that names the variable and says what is expected."""


def _web_address(url: str) -> str:
    if not url.startswith(("http://", "https://")):
        raise ValueError("expected an address that begins with http:// or https://")
    return url.rstrip("/") + "/"


def _database(url: str) -> str:
    try:
        kind = make_url(url).drivername
    except (ArgumentError, ValueError):  # a ValueError for a port that is no number
        kind = ""
    if kind not in {"sqlite", "postgresql+psycopg"}:
        raise ValueError("expected sqlite:///file.db or postgresql+psycopg://user:password@host/name")
    return url


def _channel(channel: str) -> str:
    if channel and not channel.startswith(("C", "G")):
        raise ValueError("expected a channel's id, such as C0123ABCD (in Slack: the channel's name, then About)")
    return channel


def _command(name: str) -> str:
    if not name.startswith("/") or len(name) < 2 or len(name) > 32 or name != name.lower() or " " in name:
        raise ValueError("expected a slash and one word in small letters, such as /fan")
    return name


def _managers(ids: str | frozenset[str]) -> frozenset[str]:
    found = frozenset(name.strip() for name in ids.split(",") if name.strip()) if isinstance(ids, str) else ids
    if not all(name.startswith(("U", "W")) and name.isalnum() for name in found):
        raise ValueError("expected Slack user ids with commas in between, such as U0123ABCD,U0456EFGH")
    return found


def _country(typed: str) -> Country:
    return _as_typed(read_country, typed, "expected a country whose holidays are known: NL or BE")


def _time(typed: str) -> time:
    return _as_typed(read_time, typed, "expected a time such as 09:00")


def _workdays(typed: str) -> Workdays:
    return _as_typed(read_workdays, typed, "expected days of the week, such as mon-fri")


def _zone(typed: str) -> str:
    return _as_typed(read_zone, typed, "expected a zone such as Europe/Amsterdam")


def _currency(typed: str) -> str:
    return _as_typed(read_currency, typed, "expected a currency of three letters, such as EUR")


def _cents(typed: str) -> int:
    return _as_typed(read_cents, typed, "expected an amount such as 10 or 7.50")


def _as_typed(read: Callable[[str], T], typed: str | T, expected: str) -> T:
    """What a first value means, read the way it would be in Slack."""
    if not isinstance(typed, str):
        return typed
    try:
        return read(typed)
    except BotError:
        raise ValueError(expected) from None


class Settings(BaseSettings):
    """Every setting, by the name it has in the environment, there in capitals. `.env.example` explains them."""

    model_config = SettingsConfigDict(env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore", frozen=True)

    slack_bot_token: str = ""
    slack_app_token: str = ""
    slack_signing_secret: str = ""
    slack_api_url: Annotated[str, AfterValidator(_web_address)] = SLACK_API
    database_url: Annotated[str, AfterValidator(_database)] = "sqlite:///fanperdag.db"
    host: str = "127.0.0.1"
    port: int = Field(default=3000, ge=0, le=65535)
    public_url: Annotated[str, AfterValidator(_web_address)] | None = None
    language: Literal["nl", "en"] = "nl"
    timezone: Annotated[str, BeforeValidator(_zone)] = "Europe/Amsterdam"
    currency: Annotated[str, BeforeValidator(_currency)] = "EUR"
    stories_channel: Annotated[str, AfterValidator(_channel)] = ""
    customer_wall_channel: Annotated[str, AfterValidator(_channel)] = ""
    change_wall_channel: Annotated[str, AfterValidator(_channel)] = ""
    team_wall_channel: Annotated[str, AfterValidator(_channel)] = ""
    country: Annotated[Country, BeforeValidator(_country)] = Country.NL
    reminder_time: Annotated[time, BeforeValidator(_time)] = time(9, 0)
    workdays: Annotated[Workdays, NoDecode, BeforeValidator(_workdays)] = frozenset(range(5))
    budget_per_day: Annotated[int, BeforeValidator(_cents)] = 1000  # cents
    budget_per_month: Annotated[int, BeforeValidator(_cents)] = 10000  # cents
    managers: Annotated[frozenset[str] | str, NoDecode, AfterValidator(_managers)] = frozenset()
    command_fan: Annotated[str, AfterValidator(_command)] = "/fan"
    command_klantwand: Annotated[str, AfterValidator(_command)] = "/klantwand"
    command_idee: Annotated[str, AfterValidator(_command)] = "/idee"
    command_budget: Annotated[str, AfterValidator(_command)] = "/budget"
    command_topfans: Annotated[str, AfterValidator(_command)] = "/topfans"
    command_fanclub: Annotated[str, AfterValidator(_command)] = "/fanclub"
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["console", "json"] = "console"

    @property
    def manager_ids(self) -> frozenset[str]:
        return frozenset(self.managers)

    @property
    def pages_url(self) -> str:
        """The address of the pages, with a slash at the end: what the world sees, else this machine's own."""
        return self.public_url or f"http://{self.host}:{self.port}/"

    @property
    def commands(self) -> dict[str, str]:
        """What each command is called here."""
        names = ("fan", "klantwand", "idee", "budget", "topfans", "fanclub")
        return {name: getattr(self, f"command_{name}") for name in names}


def read_settings(env_file: Path | None = Path(".env")) -> Settings:
    """Read the environment, and beneath it `.env`. Raises SettingsError for the first value that is wrong."""
    try:
        return Settings(_env_file=env_file, **_own_language(env_file))
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]).upper()
        reason = first["msg"].removeprefix("Value error, ")
        value = "" if "password" in reason else f"={first['input']!r}"  # an address may hold a password
        raise SettingsError(f"{name}{value}: {reason[0].lower()}{reason[1:]}.") from None


def misspelt(env_file: Path | None = Path(".env")) -> Mapping[str, str]:
    """The names in `.env` that are no settings but nearly: each with the one that was probably meant."""
    written = {name: name.lower() for name in dotenv_values(env_file)} if env_file else {}
    unknown = {name: small for name, small in written.items() if small not in Settings.model_fields}
    near = {name: get_close_matches(small, Settings.model_fields, 1, NEARLY) for name, small in unknown.items()}
    return {name: meant[0].upper() for name, meant in near.items() if meant}


def _own_language(env_file: Path | None) -> dict[str, Any]:
    """Many a Linux desktop sets LANGUAGE itself, to a list such as nl_NL:en: that is no choice for the bot."""
    if os.environ.get("LANGUAGE", "nl") in ("nl", "en"):
        return {}
    chosen = dotenv_values(env_file).get("LANGUAGE") if env_file else None
    return {"language": chosen or "nl"}


def must_reach_slack(settings: Settings) -> None:
    """Raise SettingsError when the tokens can't work: none, half a set, or one of another kind."""
    if not settings.slack_bot_token:
        raise SettingsError("SLACK_BOT_TOKEN is missing. To try it without Slack: fanperdag demo")
    if not settings.slack_bot_token.startswith("xoxb-"):
        raise SettingsError("SLACK_BOT_TOKEN should begin with xoxb- (in Slack: Install App, Bot User OAuth Token)")
    if settings.slack_app_token and not settings.slack_app_token.startswith("xapp-"):
        raise SettingsError("SLACK_APP_TOKEN should begin with xapp- (in Slack: Basic Information, App-Level Tokens)")
    if not settings.slack_app_token and not settings.slack_signing_secret:
        raise SettingsError(
            "SLACK_APP_TOKEN is missing (for Socket Mode), or SLACK_SIGNING_SECRET (for HTTP): set one of the two"
        )
