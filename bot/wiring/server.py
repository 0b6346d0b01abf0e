"""A web server in a thread of its own, on an address that is taken before anything else starts."""

import socket
import threading

import uvicorn
from starlette.applications import Starlette

GRACE = 2  # seconds; a stream that a browser holds open would hold up a stop for longer
WAITING = 2048  # connections
LARGEST_FRAME = 2**24  # bytes
WHO = ("X-Program", "fanperdag")  # a header on each answer, by which the doctor knows the bot from another program


class AddressTakenError(Exception):
    """Another program listens there, or nobody can: one line that says why."""


class WebServer:
    """Serves an app. Port 0 is any free one."""

    def __init__(self, host: str, port: int) -> None:
        try:
            self._socket = socket.create_server(
                (host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET, backlog=WAITING
            )
        except (OSError, OverflowError, UnicodeError) as error:  # the last two: no port there is, no name of a host
            reason = getattr(error, "strerror", None) or str(error)
            raise AddressTakenError(f"Can't listen on {host} port {port} ({reason})") from None
        # asyncio does this for sockets of its own alone; without it a kept connection waits 40 ms for each answer
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.port = int(self._socket.getsockname()[1])
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None

    def start(self, app: Starlette) -> None:
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=GRACE,
            ws_max_size=LARGEST_FRAME,
            headers=[WHO],
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, args=([self._socket],), name="web", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End after the requests under way."""
        if self._server and self._thread:
            self._server.should_exit = True
            self._thread.join()
        self._socket.close()
