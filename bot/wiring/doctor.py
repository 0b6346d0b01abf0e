"""Is everything as it should be? Each check is a line, and what is wrong comes with its remedy."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse
from sqlalchemy.exc import SQLAlchemyError

from bot.kernel.clock import RealClock
from bot.settings import Settings, SettingsError, must_reach_slack
from bot.slack.client import UNREACHABLE, web_client
from bot.wiring.manifest import SCOPES
from bot.wiring.server import WHO
from storage.database import Database
from storage.migrate import DatabaseNewerError, pending
from storage.outbox import parked_posts

TOLERANCE = 60  # seconds that this machine's clock may be off; Slack refuses signatures at 300
HEALTH = "healthz"
SCOPES_ANEW = "Give the app the manifest anew (fanperdag manifest), and install it again: see the line on scopes"
BASE = "Set it to where the world reaches this program, such as https://fan.example.com"


@dataclass(frozen=True)
class Finding:
    """What was looked at, and what to do about it; no remedy, nothing wrong."""

    what: str
    says: str
    remedy: str = ""

    @property
    def is_fine(self) -> bool:
        return not self.remedy


def examine(settings: Settings, clock: RealClock) -> Iterator[Finding]:
    """One finding after the other, as each is known."""
    yield _tokens(settings)
    yield _commands(settings)
    yield from _slack(settings, clock)
    yield from _record(settings)
    yield from _address(settings)


def _tokens(settings: Settings) -> Finding:
    try:
        must_reach_slack(settings)
    except SettingsError as error:
        return Finding("tokens", "incomplete", str(error))
    return Finding("tokens", "HTTP" if _is_over_http(settings) else "Socket Mode")


def _is_over_http(settings: Settings) -> bool:
    return bool(settings.slack_signing_secret) and not settings.slack_app_token


def _commands(settings: Settings) -> Finding:
    """Slack takes the last of two commands with one name, and the other is never heard of again."""
    named = settings.commands
    said = ", ".join(named.values())
    twice = sorted(f"COMMAND_{name.upper()}" for name, typed in named.items() if list(named.values()).count(typed) > 1)
    remedy = f"Give {' and '.join(twice)} different names, and make the app's manifest anew" if twice else ""
    return Finding("commands", said, remedy)


def _slack(settings: Settings, clock: RealClock) -> Iterator[Finding]:
    if not settings.slack_bot_token:
        return
    slack = web_client(settings.slack_bot_token, settings.slack_api_url)
    who = _asked("SLACK_BOT_TOKEN", slack.auth_test)
    if isinstance(who, Finding):
        yield who
        return
    yield Finding("SLACK_BOT_TOKEN", f"{who['user']} in {who['team']}")
    yield _scopes(str(_header(who, "x-oauth-scopes") or ""))
    yield _time(str(_header(who, "date") or ""), clock)
    if token := settings.slack_app_token:
        opened = _asked("SLACK_APP_TOKEN", lambda: slack.apps_connections_open(app_token=token))
        yield opened if isinstance(opened, Finding) else Finding("SLACK_APP_TOKEN", "Socket Mode opens")
    channel = settings.stories_channel
    if not channel:
        yield Finding("STORIES_CHANNEL", "not set", "Set it to the id of the channel in which stories are posted")
        return
    read = _asked(
        "STORIES_CHANNEL",
        lambda: slack.conversations_history(channel=channel, limit=1),
        f"Check the id {channel}, and invite the bot there: /invite",
    )
    yield read if isinstance(read, Finding) else Finding("STORIES_CHANNEL", "the bot is a member")


def _asked(
    what: str, call: Callable[[], SlackResponse], remedy: str = "Copy it anew from your app's pages at Slack"
) -> SlackResponse | Finding:
    """What Slack answers, or what is wrong: `remedy` is for what Slack refuses, whatever the reason."""
    try:
        return call()
    except SlackApiError as error:
        word = str(error.response.get("error"))
        return Finding(what, f"Slack says {word}", SCOPES_ANEW if word == "missing_scope" else remedy)
    except UNREACHABLE as error:
        reason = getattr(error, "reason", error)
        return Finding(what, f"Slack is out of reach ({reason})", "Check the network, a proxy, and SLACK_API_URL")


def _header(answer: SlackResponse, name: str) -> str | None:
    headers = {key.lower(): value for key, value in dict(answer.headers).items()}
    return headers.get(name)


def _scopes(granted: str) -> Finding:
    has = {scope.strip() for scope in granted.split(",") if scope.strip()}
    if not has:
        return Finding("scopes", "Slack didn't tell")
    missing = sorted(set(SCOPES) - has)
    if missing:
        return Finding(
            "scopes", f"missing: {', '.join(missing)}", "Add them at Slack (OAuth & Permissions) and install anew"
        )
    return Finding("scopes", "all there")


def _time(date: str, clock: RealClock) -> Finding:
    if not date:
        return Finding("clock", "Slack didn't tell the time")
    off = abs((parsedate_to_datetime(date) - clock.now()).total_seconds())
    if off > TOLERANCE:
        return Finding(
            "clock", f"{off:.0f} seconds off", "Let the machine keep its time (NTP): Slack's signatures depend on it"
        )
    return Finding("clock", "right")


def _record(settings: Settings) -> Iterator[Finding]:
    database = Database(settings.database_url, threads=1)
    if database.is_new:
        folder = Path(database.file).parent
        remedy = "" if folder.is_dir() else f"Check DATABASE_URL: there is no folder {folder}"
        yield Finding("database", "not there yet; the first start makes it", remedy)
        return
    try:
        behind = pending(database)
        yield Finding("database", "reachable")
        if behind:
            yield Finding(
                "tables", "older than this program", "fanperdag migrate, or start the bot: it does so by itself"
            )
            return
        yield Finding("tables", "up to date")
        with database.reading() as tx:
            parked = parked_posts(tx)
        yield _parked(parked)
    except DatabaseNewerError as error:
        yield Finding("tables", f"made by a newer version ({error})", "Install that version")
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", error)).strip().split("\n")[0]
        yield Finding("database", reason, "Check DATABASE_URL, and that the database runs")
    finally:
        database.close()


def _parked(parked: dict[str, int]) -> Finding:
    if not parked:
        return Finding("outbox", "nothing is stuck")
    told = ", ".join(f"{count} x {reason}" for reason, count in parked.items())
    return Finding(
        "outbox", f"Slack refuses {told}", "Mend the cause (above, or in Slack), then restart: they are tried again"
    )


def _address(settings: Settings) -> Iterator[Finding]:
    url = settings.public_url
    if url is None and _is_over_http(settings):
        yield Finding("PUBLIC_URL", "not set", f"{BASE}: over HTTP, Slack calls that")
    elif url is not None and not _is_base(url):
        yield Finding("PUBLIC_URL", f"{url} is no address that pages can stand under", BASE)
        return
    elif url is not None and _is_over_http(settings) and not url.startswith("https:"):
        yield Finding("PUBLIC_URL", f"{url} is not https", f"{BASE}: Slack calls nothing but https")
        return
    yield _web(settings)


def _is_base(url: str) -> bool:
    """Whether something can be put behind it. A path may be part of it: a proxy can take that off."""
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and parts.port != 0 and not parts.query and not parts.fragment
    except ValueError:
        return False


def _web(settings: Settings) -> Finding:
    base = settings.pages_url
    proxied = f"Check what stands before the bot. {BASE}; with a path only where your proxy takes that off again"
    try:
        with urlopen(base + HEALTH, timeout=5) as answer:  # noqa: S310 - the address is the installation's own
            name, program = WHO
            if answer.headers.get(name) == program:
                return Finding("web", f"{base} answers {answer.status}")
    except (*UNREACHABLE, ValueError) as error:  # the last one: characters that no address has
        reason = getattr(error, "reason", error)
        remedy = proxied if settings.public_url else "Start the bot, then ask again"
        return Finding("web", f"{base} doesn't answer ({reason})", remedy)
    remedy = proxied if settings.public_url else "Stop it, or give the bot another PORT"
    return Finding("web", f"another program answers at {base}", remedy)
