"""The chat page: rendered here, kept up to date by server-sent events, never loading anything from outside."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.emulator.deeds import Deeds, RefusedError, persona
from bot.emulator.read_marks import ReadMarks
from bot.emulator.rendering import TEMPLATES
from bot.emulator.screen import Asked, Screen, Shared, screen_for
from bot.emulator.workspace import Workspace

if TYPE_CHECKING:  # the server imports this module
    from bot.emulator.server import Emulator

STATIC = Path(__file__).parent / "static"
BREATH = 0.05  # seconds between two updates of a page, so that a burst of changes becomes one
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


def routes(emulator: "Emulator") -> list[BaseRoute]:
    places = Places(emulator)
    return [
        Route("/", places.show),
        Route("/stream", places.stream),
        Route("/exchanges/{number}", places.exchange),
        Route("/do/{deed}", places.do, methods=["POST"]),
        Mount("/emulator/static", Static(directory=STATIC)),
    ]


class Static(StaticFiles):
    """Files that a browser asks for anew, so that after an update the page and its script fit together."""

    def file_response(self, *args: Any, **more: Any) -> Response:
        response = super().file_response(*args, **more)
        response.headers["Cache-Control"] = "no-cache"
        return response


class Page:
    """Shows the workspace to the persona that the address names."""

    def __init__(self, shared: Shared) -> None:
        self._shared = shared

    async def show(self, request: Request) -> Response:
        try:
            screen = self._screen(request)
        except RefusedError as refused:
            return PlainTextResponse(str(refused), refused.status, HEADERS)
        return HTMLResponse(screen.render("page"), headers=HEADERS)

    async def stream(self, request: Request) -> Response:
        try:
            screen = self._screen(request)
        except RefusedError as refused:
            return PlainTextResponse(str(refused), refused.status, HEADERS)
        changes = self._watched(request) if screen.asked.developer else self._changes(request)
        return StreamingResponse(changes, media_type="text/event-stream", headers=HEADERS)

    async def exchange(self, request: Request) -> Response:
        """One request with its answer, in full."""
        found = self._shared.exchanges.numbered(request.path_params["number"])
        if found is None:
            return PlainTextResponse("Dit verzoek is niet meer bewaard.", 404, HEADERS)
        return HTMLResponse(TEMPLATES.get_template("exchange.html").render(one=found), headers=HEADERS)

    async def _watched(self, request: Request) -> AsyncIterator[str]:
        """While this runs each request that goes over the wire counts as a change."""
        self._shared.exchanges.watchers += 1
        try:
            async for change in self._changes(request):
                yield change
        finally:
            self._shared.exchanges.watchers -= 1

    async def _changes(self, request: Request) -> AsyncIterator[str]:
        sent: dict[str, str] = {}
        async for _ in self._shared.workspace.changes.listen():
            screen = self._screen(request)
            fragments = screen.fragments()
            news = {name: html for name, html in fragments.items() if sent.get(name) != html}
            if news:
                yield f"data: {json.dumps({'title': screen.title(), 'fragments': news})}\n\n"
            sent = fragments
            await asyncio.sleep(BREATH)

    def _screen(self, request: Request) -> Screen:
        asked, workspace = request.query_params, self._shared.workspace
        viewer = persona(workspace, asked.get("as") or workspace.personas()[0].id)
        place = Asked(
            at=asked.get("at", ""),
            thread=asked.get("thread", ""),
            new=asked.get("new"),
            developer=asked.get("developer") == "1",
            words=asked.get("words", ""),
            way=asked.get("way", ""),
        )
        return screen_for(self._shared, viewer, place, f"{request.url.scheme}://{request.url.netloc}")


class Places:
    """The page in each workspace; who one is says in which."""

    def __init__(self, emulator: "Emulator") -> None:
        workspaces = [team.workspace for team in emulator.teams.values()]
        self._places: list[tuple[Workspace, Page, Deeds]] = []
        for team in emulator.teams.values():
            others = tuple(one for one in workspaces if one is not team.workspace)
            shared = Shared(team.workspace, emulator.try_out, emulator.exchanges, ReadMarks(), others, emulator.links)
            page = Page(shared)
            deeds = Deeds(team.workspace, team.people, emulator.try_out)
            self._places.append((team.workspace, page, deeds))

    def _of(self, user_id: object) -> tuple[Page, Deeds]:
        """Of somebody whom nobody knows: the first workspace, which says so."""
        found = (place[1:] for place in self._places if user_id in place[0].users)
        return next(found, self._places[0][1:])

    async def show(self, request: Request) -> Response:
        return await self._of(request.query_params.get("as"))[0].show(request)

    async def stream(self, request: Request) -> Response:
        return await self._of(request.query_params.get("as"))[0].stream(request)

    async def exchange(self, request: Request) -> Response:
        return await self._places[0][1].exchange(request)

    async def do(self, request: Request) -> Response:
        try:
            form = await request.form()
        except HTTPException:  # some field holds more than a megabyte
            return PlainTextResponse("Dat is te veel tekst in één keer.", 413)
        return await self._of(form.get("as"))[1].do(request)
