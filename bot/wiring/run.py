"""The program on Slack: from settings to serving, until somebody stops it."""

import gc
import os
import signal
import threading
from collections.abc import Callable

import structlog

from bot.settings import Settings, SettingsError, must_reach_slack
from bot.wiring.assembly import Bot, assemble
from bot.wiring.server import WebServer
from storage.database import Database
from storage.migrate import upgrade

log = structlog.get_logger()

PAUSES = (1, 2, 5, 10, 30)  # seconds between tries to reach Slack; the last one repeats
GARBAGE = 10_000  # new objects between two looks for garbage: at Python's own 700, each request has several looks
LONGEST_STOP = 8.0  # seconds; whoever stops a program kills it after ten


def run(settings: Settings) -> int:
    """Serve until a signal says stop; answers the exit code.

    Raises SettingsError, AddressTakenError and DatabaseNewerError.
    """
    must_reach_slack(settings)
    stop = stop_signal()  # before anybody can reach the program, so that nobody ends it halfway
    database = Database(settings.database_url)
    upgrade(database)
    server = WebServer(settings.host, settings.port)
    bot = assemble(settings, database)
    met = bot.introduce()
    bot.start()
    server.start(bot.web)
    gc.set_threshold(GARBAGE)
    gc.freeze()  # what the start made stays; to look through all of it again and again would halt everything
    say_how(bot, server.port)
    refused: list[str] = []
    if not met:
        log.warning("Slack is out of reach; serving, and trying again", url=settings.slack_api_url)
        threading.Thread(target=_keep_trying, args=(bot, stop, refused.append), daemon=True).start()
    stop.wait()
    _end_in_time()
    server.stop()
    bot.stop()
    if refused:
        raise SettingsError(refused[0])
    return 0


def stop_signal() -> threading.Event:
    """Is set when the program is asked to end."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    return stop


def _end_in_time() -> None:
    """A call that Slack leaves hanging must not hold up the end: the record knows that its outcome is uncertain."""
    timer = threading.Timer(LONGEST_STOP, os._exit, [0])
    timer.daemon = True
    timer.start()


def say_how(bot: Bot, port: int) -> None:
    mode = "Socket Mode" if bot.sockets else "HTTP at /slack/events"
    log.info("serving", mode=mode, host=bot.settings.host, port=port)
    if not bot.settings.stories_channel:
        log.warning("STORIES_CHANNEL is not set: stories are kept, and posted nowhere")


def _keep_trying(bot: Bot, stop: threading.Event, refuse: Callable[[str], None]) -> None:
    failures = 0
    while not stop.wait(PAUSES[min(failures, len(PAUSES) - 1)]):
        try:
            if bot.introduce():
                log.info("Slack is within reach again")
                return
        except SettingsError as error:
            refuse(str(error))
            stop.set()
        failures += 1
