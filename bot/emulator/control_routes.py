"""How the control interface answers: JSON, and 400 with the field's name when the request is no good."""

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.emulator.errors import SlackError
from bot.emulator.model import Json


def answered(endpoint: Callable[[Request], Awaitable[Json]]) -> Callable[[Request], Awaitable[Response]]:
    async def respond(request: Request) -> Response:
        origin = request.headers.get("origin")
        if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
            return _refused("origin: a page from elsewhere may not control this workspace", 403)
        try:
            return JSONResponse(await endpoint(request))
        except SlackError as error:
            return _refused(" ".join([error.error, *error.messages]))
        except ValueError as error:
            return _refused(str(error))

    return respond


def _refused(sentence: str, status: int = 400) -> Response:
    return JSONResponse({"ok": False, "error": sentence}, status)
