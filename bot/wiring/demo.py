"""The demo: the same program on a Slack workspace of its own, with a few weeks of stories in it."""

import asyncio
import fcntl
import os
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import Future
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, Literal

import structlog
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from starlette.applications import Starlette

from bot.emulator.keeping import load_workspace, save_workspace
from bot.emulator.manifest import apply_manifest
from bot.emulator.model import Message
from bot.emulator.origins import HOST as LOOPBACK
from bot.emulator.origins import ONLY_HERE
from bot.emulator.server import Emulator
from bot.emulator.tryout import Step
from bot.features.office.jobs import refresh_everybody
from bot.i18n.translate import LANGUAGES
from bot.kernel.clock import RealClock, local_day
from bot.kernel.office import Me
from bot.settings import Settings, SettingsError
from bot.slack.pace import Pace
from bot.wiring.assembly import assemble
from bot.wiring.demo_past import ZONE, Past, the_past, told
from bot.wiring.gateway import me_of
from bot.wiring.manifest import manifest
from bot.wiring.requests import Asking
from bot.wiring.run import stop_signal
from bot.wiring.server import AddressTakenError, WebServer
from storage.database import Database
from storage.migrate import DatabaseNewerError, upgrade

log = structlog.get_logger()

Language = Literal["nl", "en"]

Faults = tuple[type[Exception], ...]

PORTS = range(3000, 3020)
KEEP_AFTER = 1  # seconds that changes gather before they are written
FULL: Faults = (OSError, OperationalError)
BROKEN: Faults = (OSError, ValueError, SQLAlchemyError, DatabaseNewerError)


def run_demo(port: int | None, keep: Path | None, language: Language) -> int:
    """Serve the demo until a signal says stop; answers the exit code. Raises AddressTakenError and SettingsError."""
    server = _server(port)
    stop = stop_signal()
    with tempfile.TemporaryDirectory(prefix="fanperdag-") as temporary, _alone_in(keep or Path(temporary)) as folder:
        demo = Demo(server, folder, language)
        demo.start()
        print(f"\n  Eén fan per dag, demo: http://{LOOPBACK}:{server.port}/\n\n  Stop with Ctrl-C.\n", flush=True)
        stop.wait()
        demo.stop()
    return 0


class Demo:
    """The emulator and the bot on one server, in a folder of their own. Raises SettingsError when that can't be it."""

    def __init__(self, server: WebServer, folder: Path, language: Language = "nl") -> None:
        self._server = server
        self.url = f"http://{LOOPBACK}:{server.port}"
        self._folder, self._kept = folder, folder / "workspace.json"
        with _kept_in(folder, BROKEN):
            workspace = load_workspace(self._kept) if self._kept.exists() else None
        self.emulator = Emulator(workspace, address=f"{self.url}/", steps=steps_to_try(language), language=language)
        with _kept_in(folder, BROKEN):
            if workspace is None:  # the record without its workspace: whoever kept it was cut short
                for left in folder.glob("demo.db*"):
                    left.unlink()
            database = Database(f"sqlite:///{folder / 'demo.db'}")
            upgrade(database)
        self._loop = Future[asyncio.AbstractEventLoop]()  # the server's, once it serves
        self._pace = Pace(RealClock().seconds)
        self.bot = assemble(demo_settings(self.url, server.port, language), database, pace=self._pace)
        self._past = Past(self.bot.services, self._me, self._send)
        self.emulator.links = self._past.addresses
        self.emulator.clock.on_move.append(self.bot.services.clock.move_to)

    def start(self) -> None:
        """Serve, tell what was told before today (unless that was kept), and begin. Raises SettingsError."""
        settings, services = self.bot.settings, self.bot.services
        apply_manifest(
            self.emulator.workspace, manifest(settings, services.speakers[settings.language], over_http=False)
        )
        routes = [*self.emulator.routes, *self.bot.web.routes]
        self._server.start(Starlette(routes=routes, middleware=ONLY_HERE, lifespan=self._lifespan))
        self.bot.introduce()
        refresh_everybody(services, lambda _workspace: self.bot.slack)
        if not self._kept.exists():
            with _kept_in(self._folder, FULL):
                with self._pace.lifted():
                    self._tell_the_past()
                self.between_requests(self._save)
            self.between_requests(self.emulator.exchanges.clear)
        self.bot.start()
        asyncio.run_coroutine_threadsafe(self._keep_changes(), self._loop.result())
        if self.bot.sockets:
            self.bot.sockets.wait_connected(seconds=10)

    def stop(self) -> None:
        self.bot.stop()
        self._server.stop()
        self._keep()

    @asynccontextmanager
    async def _lifespan(self, _app: Starlette) -> AsyncIterator[None]:
        self._loop.set_result(asyncio.get_running_loop())
        yield

    def between_requests(self, deed: Callable[[], object]) -> None:
        """In the server's thread: nobody else is to read or change a workspace while requests come."""

        async def done() -> None:
            deed()

        asyncio.run_coroutine_threadsafe(done(), self._loop.result()).result()

    async def _keep_changes(self) -> None:
        async for _ in self.emulator.workspace.changes.listen():
            self._keep()
            await asyncio.sleep(KEEP_AFTER)

    def _keep(self) -> None:
        try:
            self._save()
        except OSError as error:  # the demo goes on without
            log.error("workspace not kept", folder=str(self._folder), reason=error.strerror)

    def _save(self) -> None:
        save_workspace(self.emulator.workspace, self._kept)

    def _tell_the_past(self) -> None:
        """Each thing at its own time, so that the record is as real as any."""
        for moment, kind, entry in the_past(local_day(self.bot.real_clock.now(), ZONE)):
            self.emulator.clock.set(moment)
            if kind == "chat":
                self._chat(entry)
            else:
                self._past.tell(kind, entry)
        self.emulator.clock.reset()
        self._past.furnish()
        self._past.make_links()
        self._past.begin_reminders()

    def _chat(self, entry: dict[str, Any]) -> None:
        workspace, channel = self.emulator.workspace, entry["channel"]
        said = (channel, entry["who"], entry["text"])
        self.between_requests(lambda: workspace.add_message(Message(workspace.next_ts(channel), *said)))

    def _me(self, slack_id: str) -> Me:
        team_id = self.emulator.workspace.team_id
        return me_of(self.bot.services, Asking(team_id, slack_id, "", is_stranger=False, request_key=None))

    def _send(self) -> None:
        while self.bot.sender.send_due():
            pass


def steps_to_try(language: Language) -> list[Step]:
    """What the page invites a newcomer to try; a feature adds a line to `demo.toml`."""
    steps = [(step[language], {name: step[name] for name in step if name not in LANGUAGES}) for step in told()["try"]]
    return [Step(sentence, **rest) for sentence, rest in steps]


def demo_settings(url: str, port: int, language: Language) -> Settings:
    """Settings of the demo's own: it doesn't look at the environment, and not at `.env`."""
    return Settings.model_construct(
        slack_bot_token="xoxb-demo",  # noqa: S106 - the emulator takes any
        slack_app_token="xapp-demo",  # noqa: S106
        slack_api_url=f"{url}/api/",
        port=port,
        language=language,
        stories_channel="C0FANS",
        customer_wall_channel="C0KLANTWAND",
        change_wall_channel="C0WALL",
        team_wall_channel="C0TEAM",
        managers=frozenset({"U0FATIMA"}),
    )


@contextmanager
def _alone_in(folder: Path) -> Iterator[Path]:
    """The folder, made if need be, for this program alone. Raises SettingsError when another one has it."""
    with _kept_in(folder, FULL):
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield folder
    except BlockingIOError:
        raise SettingsError(f"--keep {folder}: another demo is at work there. Choose another folder") from None
    finally:
        os.close(handle)


@contextmanager
def _kept_in(folder: Path, faults: Faults) -> Iterator[None]:
    """What is wrong with the folder, or with what is in it, is one line."""
    try:
        yield
    except faults as error:
        if isinstance(error, OSError):
            raise SettingsError(f"--keep {folder}: can't be used ({error.strerror})") from None
        reason = str(getattr(error, "orig", error)).splitlines()[0]
        raise SettingsError(f"--keep {folder}: can't be used ({reason}). Choose another folder") from None


def _server(port: int | None) -> WebServer:
    """On the port that was asked for, or the first that is free."""
    if port is not None:
        return WebServer(LOOPBACK, port)
    for candidate in PORTS:
        try:
            return WebServer(LOOPBACK, candidate)
        except AddressTakenError:
            continue
    raise AddressTakenError(f"Ports {PORTS[0]} to {PORTS[-1]} are all taken; choose another one with --port")
