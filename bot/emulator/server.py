"""The emulator as a whole, and a server to run it on."""

import socket
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property

import uvicorn
from starlette.applications import Starlette
from starlette.routing import BaseRoute
from starlette.types import ASGIApp

from bot.emulator import page
from bot.emulator.clock import Clock
from bot.emulator.control import ControlOfPeople
from bot.emulator.control_reading import Reading
from bot.emulator.control_world import ControlOfWorld
from bot.emulator.delivery import Delivery
from bot.emulator.exchanges import Exchanges
from bot.emulator.faults import Faults
from bot.emulator.http_delivery import RequestUrl
from bot.emulator.rates import Rates
from bot.emulator.response_urls import ResponseUrls
from bot.emulator.roster import de_linde
from bot.emulator.sockets import Sockets
from bot.emulator.team import new_team
from bot.emulator.tokens import Tokens
from bot.emulator.tryout import Step, TryOut
from bot.emulator.uploads import Uploads
from bot.emulator.web_api import WebApi
from bot.emulator.workspace import Workspace

Links = Sequence[tuple[str, str]]  # what each page is called, and its address

STOP_SECONDS = 2  # open streams would hold a stop for longer


class Emulator:
    """A workspace with everything around it, or several that one app is installed in.

    With a `request_url` payloads go there over HTTP as long as no socket is open. Without `tokens` each token that
    begins with xoxb- or xapp- will do. `address` is where the app finds this server, until its first call tells.
    `steps` are what the page invites a newcomer to try; `links` the pages outside the workspace that it leads to: as
    they are, or a function that tells them whenever the page is drawn (so a quick one). `language` is the app's, nl or
    en: in it are the words around the steps, and those that Slack itself puts in a form.
    """

    def __init__(
        self,
        workspace: Workspace | None = None,
        clock: Clock | None = None,
        *,
        request_url: str | None = None,
        signing_secret: str = "emulator",  # noqa: S107 - there is nothing to protect
        tokens: Iterable[str] | Mapping[str, str] | None = None,
        others: Iterable[Workspace] = (),
        address: str = "http://127.0.0.1:3001/",
        steps: Iterable[Step] = (),
        links: Links | Callable[[], Links] = (),
        language: str = "nl",
    ) -> None:
        self.links = links if callable(links) else lambda: links
        self.clock = workspace.clock if workspace else clock or Clock()
        self.workspace = workspace or de_linde(self.clock)
        self.faults, self.rates = Faults(), Rates()
        target = RequestUrl(request_url, signing_secret) if request_url else None
        self.delivery = Delivery(Sockets(self.workspace.app_id), target, self.faults)
        self._response_urls = ResponseUrls(self.faults)
        workspaces = {one.team_id: one for one in (self.workspace, *others)}
        self.teams = {team: new_team(one, self.delivery, self._response_urls) for team, one in workspaces.items()}
        self.people = self.teams[self.workspace.team_id].people
        self.found_at(address)
        known = Tokens(list(workspaces), tokens)
        self._uploads = Uploads(workspaces, known.team_of)
        self._api = WebApi(self.teams, known, self.delivery.sockets, self._uploads, self.faults, self.rates)
        self.calls = self._api.calls
        self.try_out = TryOut(tuple(steps), self.workspace.changes.notify, language)
        self.exchanges = Exchanges(self.clock, self.workspace.changes.notify)
        self.exchanges.on_exchange.append(self.try_out.exchanged)
        self.exchanges.on_clear.append(self.try_out.begin_anew)
        self.delivery.on_answer.append(self.exchanges.delivered)
        self._api.on_call.append(self.exchanges.called)
        self._people_control = ControlOfPeople(self.teams)
        self._world_control = ControlOfWorld(self.teams, self.faults, self.rates, self.delivery)
        self._reading = Reading(self.teams, self._api)

    def found_at(self, address: str) -> None:
        """Where the app reaches this server, until it calls and tells; ends in a slash."""
        for team in self.teams.values():
            team.workspace.address = address

    @cached_property
    def routes(self) -> list[BaseRoute]:
        """Web API, sockets, response addresses, control, and the page."""
        addresses = (self._api, self.delivery.sockets, self._response_urls, self._uploads)
        parts = (*addresses, self._people_control, self._world_control, self._reading)
        return [*(route for part in parts for route in part.routes), *page.routes(self)]

    @cached_property
    def app(self) -> Starlette:
        return Starlette(routes=self.routes)


def configured(app: ASGIApp, host: str, port: int) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        log_level="warning",
        lifespan="off",
        timeout_graceful_shutdown=STOP_SECONDS,
        ws_max_size=2**24,
    )


def listening_on(host: str, port: int) -> socket.socket:
    """Without delay: asyncio switches Nagle's algorithm off only on sockets of its own, which costs 40 ms an answer."""
    listening = socket.create_server((host, port), backlog=2048)
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


@contextmanager
def serving(app: ASGIApp, host: str = "127.0.0.1", port: int = 0) -> Iterator[str]:
    """Serve from a thread on a free port; gives the address, without a slash at the end."""
    with listening_on(host, port) as listening:
        server = uvicorn.Server(configured(app, host, port))
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        try:
            yield f"http://{host}:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


@contextmanager
def running(emulator: Emulator, host: str = "127.0.0.1", port: int = 0) -> Iterator[str]:
    """As `serving`; the emulator knows where it is found."""
    with serving(emulator.app, host, port) as url:
        emulator.found_at(f"{url}/")
        yield url
