"""The chat page: rendered here, kept up to date by server-sent events, never loading anything from outside."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.emulator.deeds import Deeds, RefusedError, persona
from bot.emulator.screen import ReadMarks, Screen, screen_for
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
    page, deeds = Page(emulator.workspace), Deeds(emulator.workspace, emulator.people)
    return [
        Route("/", page.show),
        Route("/stream", page.stream),
        Route("/do/{deed}", deeds.do, methods=["POST"]),
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

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._marks = ReadMarks()

    async def show(self, request: Request) -> Response:
        try:
            screen = self._screen(request)
        except RefusedError as refused:
            return PlainTextResponse(str(refused), refused.status, HEADERS)
        return HTMLResponse(screen.render("page"), headers=HEADERS)

    async def stream(self, request: Request) -> Response:
        try:
            self._screen(request)
        except RefusedError as refused:
            return PlainTextResponse(str(refused), refused.status, HEADERS)
        return StreamingResponse(self._changes(request), media_type="text/event-stream", headers=HEADERS)

    async def _changes(self, request: Request) -> AsyncIterator[str]:
        sent: dict[str, str] = {}
        async for _ in self._workspace.changes.listen():
            screen = self._screen(request)
            fragments = screen.fragments()
            news = {name: html for name, html in fragments.items() if sent.get(name) != html}
            if news:
                yield f"data: {json.dumps({'title': screen.title(), 'fragments': news})}\n\n"
            sent = fragments
            await asyncio.sleep(BREATH)

    def _screen(self, request: Request) -> Screen:
        asked = request.query_params
        viewer = persona(self._workspace, asked.get("as") or self._workspace.personas()[0].id)
        origin = f"{request.url.scheme}://{request.url.netloc}"
        return screen_for(self._workspace, self._marks, viewer, asked.get("at", ""), asked.get("thread", ""), origin)
