"""Runs the emulator alone: python -m bot.emulator."""

import argparse
import sys
from pathlib import Path

import uvicorn
from starlette.applications import Starlette

from bot.emulator.clock import Clock
from bot.emulator.json_text import read_json
from bot.emulator.manifest import apply_manifest
from bot.emulator.origins import HOST, ONLY_HERE
from bot.emulator.roster import de_wilg
from bot.emulator.server import Emulator, configured, listening_on


def main() -> None:
    asked = _arguments()
    try:
        emulator = _emulator(asked)
        listening = listening_on(HOST, asked.port)
    except (OSError, OverflowError, ValueError) as error:
        sys.exit(f"python -m bot.emulator: {error}")
    with listening:
        url = f"http://{HOST}:{listening.getsockname()[1]}"
        emulator.found_at(f"{url}/")
        print(*_greeting(url, asked), sep="\n", flush=True)
        app = Starlette(routes=emulator.routes, middleware=ONLY_HERE)
        uvicorn.Server(configured(app, HOST, asked.port)).run([listening])


def _emulator(asked: argparse.Namespace) -> Emulator:
    clock = Clock()
    others = [de_wilg(clock)] if asked.two else []
    emulator = Emulator(clock=clock, request_url=asked.request_url, signing_secret=asked.signing_secret, others=others)
    if asked.manifest:
        for team in emulator.teams.values():
            apply_manifest(team.workspace, read_json(asked.manifest.read_text("utf-8")))
    return emulator


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m bot.emulator", description=__doc__)
    parser.add_argument("--port", type=int, default=3001, help="0 takes a free one (default: 3001)")
    parser.add_argument("--request-url", help="deliver over HTTP to this address instead of Socket Mode")
    parser.add_argument("--signing-secret", default="emulator", help="signs what goes to the request address")
    parser.add_argument("--manifest", type=Path, help="the app's manifest (JSON): its commands and shortcuts")
    parser.add_argument("--two", action="store_true", help="a second workspace beside De Linde: De Wilg")
    return parser.parse_args()


def _greeting(url: str, asked: argparse.Namespace) -> list[str]:
    app = f"SLACK_SIGNING_SECRET={asked.signing_secret}" if asked.request_url else "SLACK_APP_TOKEN=xapp-emulator"
    second = " (SLACK_BOT_TOKEN=xoxb-T1WILG for De Wilg)" if asked.two else ""
    return [
        f"Page: {url}/",
        f"Control: {url}/control/",
        f"Bot: SLACK_API_URL={url}/api/ SLACK_BOT_TOKEN=xoxb-emulator {app}{second}",
    ]


if __name__ == "__main__":
    main()
