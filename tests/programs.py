"""The program as a process of its own: started, asked, killed."""

import multiprocessing
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode

from slack_sdk.signature import SignatureVerifier

from bot.cli import main

SECRET = "a signing secret"
PATIENCE = 60.0  # seconds until a test gives up waiting


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def wait_until(holds: Callable[[], bool], what: str, patience: float = PATIENCE) -> None:
    """Wait for a condition, and fail with its name when it doesn't come."""
    end = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < end, f"waited {patience:.0f} s in vain: {what}"
        time.sleep(0.02)


# Keeps a process that has imported everything and becomes a program at once: imports are most of a start.
READY = multiprocessing.get_context("forkserver")
READY.set_forkserver_preload(["tests.faults.spending", "tests.programs", "psycopg", "uvicorn.protocols.http.auto"])


class Forked:
    """A function as a program of its own, out of the process that is ready; to be dealt with as a `Popen`.

    What it says goes to the end of a file, if one is given.
    """

    def __init__(self, run: Callable[..., None], *arguments: object, said: Path | None = None) -> None:
        self._process = READY.Process(target=_run, args=(run, arguments, said))
        self._process.start()
        self.pid = self._process.pid or 0

    def poll(self) -> int | None:
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)
        self.wait()

    def wait(self, timeout: float | None = None) -> int:
        self._process.join(timeout)
        assert self._process.exitcode is not None, f"it hasn't ended within {timeout} s"
        return self._process.exitcode


def _run(run: Callable[..., None], arguments: tuple[object, ...], said: Path | None) -> None:
    if said is not None:
        with said.open("ab") as out:
            os.dup2(out.fileno(), 1)
            os.dup2(out.fileno(), 2)
    run(*arguments)


def forked(folder: Path, environment: dict[str, str], log: Path) -> Forked:
    """`fanperdag run`, at once."""
    return Forked(_serve, folder, environment, said=log)


def _serve(folder: Path, environment: dict[str, str]) -> None:
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["fanperdag", "run"]
    main()


def anew(folder: Path, environment: dict[str, str], log: Path) -> subprocess.Popen[bytes]:
    """As somebody starts it who has only that."""
    with log.open("ab") as said:
        return subprocess.Popen(
            [sys.executable, "-m", "bot", "run"], cwd=folder, env=environment, stdout=said, stderr=said
        )


@dataclass
class Program:
    """`fanperdag run` over HTTP or in Socket Mode, against whatever speaks Slack's API at `slack_url`."""

    slack_url: str
    database_url: str
    folder: Path
    port: int = field(default_factory=free_port)
    process: Forked | subprocess.Popen[bytes] | None = None
    more: dict[str, str] = field(default_factory=dict)  # further settings
    over_socket: bool = False
    launch: Callable[[Path, dict[str, str], Path], Forked | subprocess.Popen[bytes]] = forked

    def start(self) -> None:
        way_in = {"SLACK_APP_TOKEN": "xapp-test"} if self.over_socket else {"SLACK_SIGNING_SECRET": SECRET}
        environment = {name: value for name, value in os.environ.items() if not name.startswith("SLACK_")} | {
            **way_in,
            "SLACK_BOT_TOKEN": "xoxb-test",
            "SLACK_API_URL": self.slack_url,
            "DATABASE_URL": self.database_url,
            "STORIES_CHANNEL": "C0FANS",
            "PORT": str(self.port),
            "PYTHONPATH": str(Path(__file__).parent.parent),
            **self.more,
        }
        self.process = self.launch(self.folder, environment, self.folder / "program.log")
        wait_until(self.serves, f"the program serves; its log: {self.folder / 'program.log'}")

    def serves(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, (self.folder / "program.log").read_text()[-3000:]
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        except OSError:
            return False
        return True

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    @property
    def events_url(self) -> str:
        """Where it hears Slack over HTTP."""
        return f"http://127.0.0.1:{self.port}/slack/events"

    def kill(self) -> None:
        """Without a warning, as a power cut would."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def end(self) -> int:
        """As somebody who stops it; answers the exit code."""
        assert self.process is not None
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=30)

    def fan(self, user: str, text: str) -> bool:
        """Send a signed `/fan`; whether it was acknowledged with a story."""
        status, answer = self.post(self.fan_body(user, text))
        return status == 200 and b"story.undo" in answer

    def fan_body(self, user: str, text: str) -> str:
        """What Slack sends for a `/fan`; each is another request."""
        trigger = f"{random.getrandbits(40)}.{random.getrandbits(40)}"
        return urlencode(
            {
                "command": "/fan",
                "text": text,
                "team_id": "T0LINDE",
                "user_id": user,
                "user_name": user.lower(),
                "channel_id": "C0FANS",
                "trigger_id": trigger,
                "response_url": "http://127.0.0.1:9/",
                "api_app_id": "A0BOT",
            }
        )

    def post(self, body: str) -> tuple[int, bytes]:
        """Send a signed form; status 0 when there was no answer."""
        timestamp = str(int(time.time()))
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": SignatureVerifier(SECRET).generate_signature(timestamp=timestamp, body=body) or "",
        }
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("POST", "/slack/events", body, headers)
            response = connection.getresponse()
            return response.status, response.read()
        except (OSError, HTTPException):
            return 0, b""
        finally:
            connection.close()
