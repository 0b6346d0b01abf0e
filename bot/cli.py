"""The command line: `fanperdag`."""

import json
import re
import sys
from pathlib import Path
from typing import Annotated, Literal

import structlog
import typer
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from bot.i18n.translate import speakers
from bot.kernel.clock import RealClock
from bot.kernel.errors import BotError
from bot.settings import Settings, SettingsError, misspelt, read_settings
from bot.wiring import run as running
from bot.wiring.doctor import examine
from bot.wiring.export import EXPORTS, Rows, export
from bot.wiring.logs import configure_logs
from bot.wiring.manifest import create_link, manifest
from bot.wiring.poster import poster
from bot.wiring.server import AddressTakenError
from storage.database import Database
from storage.migrate import DatabaseNewerError, pending, upgrade

log = structlog.get_logger()

MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])", re.ASCII)  # of the years that periods are written in
NO_DATABASE = ("SQLITE_NOTADB", "SQLITE_CORRUPT")

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


def main() -> None:
    """Run a command; what the person at the keyboard can mend is one line, and exit code 2."""
    try:
        app()
    except DatabaseNewerError as error:
        _give_up(f"DATABASE_URL: made by a newer version of the program (it is at {error}). Install that version")
    except SQLAlchemyError as error:
        refused = getattr(error, "orig", None)
        if not isinstance(error, OperationalError) and getattr(refused, "sqlite_errorname", "") not in NO_DATABASE:
            raise  # a fault of the program's own
        reason = str(refused).strip().splitlines()[0]  # without the address: it may hold a password
        _give_up(f"DATABASE_URL: the database can't be used ({reason})")
    except (SettingsError, AddressTakenError) as error:
        _give_up(str(error))


def _give_up(line: str) -> None:
    print(f"fanperdag: {line}", file=sys.stderr)
    sys.exit(2)


def _settings() -> Settings:
    settings = read_settings()
    configure_logs(settings.log_level, settings.log_format)
    for name, meant in misspelt().items():
        log.warning(f"{name} in .env is no setting; is {meant} meant?")
    return settings


@app.command()
def run() -> None:
    """Start on Slack, with the settings from the environment and .env."""
    sys.exit(running.run(_settings()))


@app.command()
def demo(
    port: Annotated[int | None, typer.Option(help="where to listen; without it 3000, or the next that is free")] = None,
    keep: Annotated[Path | None, typer.Option(help="a folder in which workspace and record are kept")] = None,
    language: Annotated[Literal["nl", "en"], typer.Option(help="what the bot speaks; the page is in Dutch")] = "nl",
) -> None:
    """Start on a Slack workspace in your browser. Needs no account and no settings."""
    from bot.wiring.demo import run_demo  # the emulator with it: `run` starts without either

    configure_logs("warning")
    sys.exit(run_demo(port, keep, language))


@app.command("manifest")
def print_manifest(
    mode: Annotated[Literal["socket", "http"], typer.Option(help="how Slack reaches the bot")] = "socket",
) -> None:
    """Print Slack's manifest of the app, and the link that creates it."""
    settings = _settings()
    made = manifest(settings, speakers()[settings.language], over_http=mode == "http")
    print(json.dumps(made, indent=2, ensure_ascii=False))
    print(f"Create the app with it: {create_link(made)}", file=sys.stderr)


@app.command()
def migrate() -> None:
    """Bring the database's tables up to date. `run` does so by itself."""
    database = Database(_settings().database_url)
    print("The tables were brought up to date." if upgrade(database) else "The tables were up to date.")


@app.command("poster")
def print_poster(
    name: Annotated[str, typer.Argument(help="of the link for customers; without it the first one")] = "",
    to: Annotated[Path, typer.Option(help="the file to write")] = Path("poster.pdf"),
) -> None:
    """Write an A4 to print (PDF): a QR code that leads customers to the page, and an invitation."""
    settings = _settings()
    try:
        made = poster(settings, _record(settings), name)
    except BotError as error:
        raise SettingsError(str(error)) from None
    try:
        to.write_bytes(made)
    except OSError as error:
        raise SettingsError(f"Can't write {to} ({error.strerror})") from None
    print(f"The poster is in {to}.")


@app.command()
def doctor() -> None:
    """Check tokens, channels, database and address; what is wrong comes with its remedy."""
    findings = []
    for finding in examine(_settings(), RealClock()):
        findings.append(finding)
        print(f"{'ok' if finding.is_fine else '!!'}  {finding.what}: {finding.says}")
        if finding.remedy:
            print(f"      {finding.remedy}")
    sys.exit(0 if all(finding.is_fine for finding in findings) else 1)


@app.command("export")
def write_export(
    what: Annotated[str, typer.Argument(help=f"one of: {', '.join(EXPORTS)}")],
    form: Annotated[Literal["csv", "json"], typer.Option("--format")] = "csv",
    month: Annotated[str, typer.Option(help="YYYY-MM; without it all months")] = "",
) -> None:
    """Write the record to standard output; where that is a file, a terminal is told how far it is."""
    if what not in EXPORTS:
        raise SettingsError(f"There is no export of {what}; there is: {', '.join(EXPORTS)}")
    if month and not MONTH.fullmatch(month):
        raise SettingsError("--month: expected a month such as 2026-11")
    watch = _progress if sys.stderr.isatty() and not sys.stdout.isatty() else None
    export(_record(_settings()), what, form, sys.stdout, month, watch)


def _progress(rows: Rows, count: int) -> Rows:
    from tqdm import tqdm  # for who exports; `run` starts without it

    return iter(tqdm(rows, total=count, unit=" rows", file=sys.stderr))


def _record(settings: Settings) -> Database:
    """The record that is there. Raises SettingsError when there is none, or one of an older version."""
    database = Database(settings.database_url)
    if database.is_new or pending(database):
        raise SettingsError("DATABASE_URL: there is no record there, or one of an older version: fanperdag migrate")
    return database
