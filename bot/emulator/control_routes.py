"""How the control interface answers: JSON, and 400 with the field's name when the request is no good."""

from collections.abc import Awaitable, Callable, Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot.emulator.control_input import Input, read
from bot.emulator.errors import SlackError
from bot.emulator.model import Json
from bot.emulator.origins import is_from_elsewhere
from bot.emulator.team import Team

Deed = Callable[[Input], Awaitable[Json]]


def answered(endpoint: Callable[[Request], Awaitable[Json]]) -> Callable[[Request], Awaitable[Response]]:
    async def respond(request: Request) -> Response:
        if is_from_elsewhere(request):
            return _refused("origin: a page from elsewhere may not control this workspace", 403)
        try:
            return JSONResponse(await endpoint(request))
        except SlackError as error:
            return _refused(" ".join([error.error, *error.messages]))
        except ValueError as error:
            return _refused(str(error))

    return respond


def deed_routes(teams: Mapping[str, Team], deeds: Mapping[str, Deed]) -> list[BaseRoute]:
    """POST /control/<name> for each."""

    def route(name: str, deed: Deed) -> Route:
        async def endpoint(request: Request) -> Json:
            return {"ok": True, **await deed(await read(teams, request))}

        return Route(f"/control/{name}", answered(endpoint), methods=["POST"])

    return [route(name, deed) for name, deed in deeds.items()]


def _refused(sentence: str, status: int = 400) -> Response:
    return JSONResponse({"ok": False, "error": sentence}, status)
