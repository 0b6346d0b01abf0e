"""The pages of the walls: a screen that follows what happens, and lists to read."""

import json
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from bot.features.wall_screen import actions, rules, screens
from bot.features.wall_screen.screens import Wall
from bot.features.wall_screen.watching import Seen, Watch
from bot.pages.render import HEADERS, STATIC, fragment, page
from bot.services import Services

STREAM = {**HEADERS, "X-Accel-Buffering": "no"}  # a proxy that waits for more would hold up what is new


def routes(services: Services) -> list[BaseRoute]:
    pages = WallPages(services)
    return [
        Route("/wall/{token}", pages.show, methods=["GET"]),
        Route("/wall/{token}/stream", pages.stream, methods=["GET"]),
    ]


class WallPages:
    """Answers who comes with a screen's link; who comes with another is told, kindly, that it opens nothing."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._version = _version()
        self._watch = Watch(self._look)

    async def show(self, request: Request) -> Response:
        """The screen, or with `?list` what hangs on the walls as a page to read."""
        return await run_in_threadpool(self._list if "list" in request.query_params else self._screen, request)

    async def stream(self, request: Request) -> Response:
        """What the screen shows, each time that it changes. 404 without a link, 503 with too many screens open."""
        token = request.path_params["token"]
        workspace_id = await run_in_threadpool(actions.workspace_of_screen, self._services, token)
        if workspace_id is None:
            return Response(status_code=404, headers=HEADERS)
        if self._watch.is_full(workspace_id):
            return Response(status_code=503, headers={**HEADERS, "Retry-After": "60"})
        if request.method == "HEAD":
            return Response(media_type="text/event-stream", headers=STREAM)
        events = self._watch.events(workspace_id, token)
        return StreamingResponse(events, media_type="text/event-stream", headers=STREAM)

    def _screen(self, request: Request) -> Response:
        token = request.path_params["token"]
        workspace_id = actions.workspace_of_screen(self._services, token)
        if workspace_id is None:
            return self._unknown()
        wall, _ = actions.wall_now(self._services, workspace_id)
        return page("wall", wall.say, wall=wall, token=token, version=self._version, **_words(wall))

    def _list(self, request: Request) -> Response:
        token, asked = request.path_params["token"], request.query_params
        workspace_id = actions.workspace_of_screen(self._services, token)
        if workspace_id is None:
            return self._unknown()
        chosen = asked["list"] if asked["list"] in screens.WALLS else next(iter(screens.WALLS))
        typed, before = asked.get("q", "")[: rules.LONGEST_SEARCH], rules.place_of(asked.get("before", ""))
        listed = actions.read_list(self._services, workspace_id, chosen, typed, before)
        older = {"list": chosen, "q": typed, "before": rules.written_place(listed.older)} if listed.older else None
        return page(
            "wall_list", listed.say, token=token, walls=screens.WALLS, chosen=chosen, typed=typed,
            is_first=before is None, cards=listed.cards, older=urlencode(older) if older else None,
        )  # fmt: skip

    def _unknown(self) -> Response:
        settings = self._services.settings
        return page("wall_unknown", self._services.speakers[settings.language], status=404)

    def _look(self, workspace_id: int) -> Seen:
        wall, tokens = actions.wall_now(self._services, workspace_id)
        html = fragment("wall_cards", wall.say, wall=wall, **_words(wall))
        shown = {"html": html, "resting": wall.is_resting, "version": self._version}
        return Seen(f"event: wall\ndata: {json.dumps(shown)}\n\n", tokens)


def _words(wall: Wall) -> dict[str, Any]:
    return {"date": wall.say.day(wall.today), "made": screens.count_line(wall)}


def _version() -> str:
    """Changes when the page does: a screen that has been on for weeks then loads it anew."""
    files = [*STATIC.glob("wall*"), *STATIC.parent.glob("templates/wall*")]
    return sha256(b"".join(path.read_bytes() for path in sorted(files))).hexdigest()[:16]
