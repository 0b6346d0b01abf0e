"""The web server: Slack's requests in HTTP mode, checked before anything looks at them."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from slack_bolt import App, BoltRequest
from slack_sdk.signature import Clock, SignatureVerifier
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot.features.customer_page import web as customer_page
from bot.features.figures import web as figures
from bot.features.leaderboards import web as leaderboards
from bot.features.links import web as links
from bot.features.wall_screen import web as wall_screen
from bot.kernel.clock import RealClock
from bot.pages.render import static_files
from bot.services import Services
from bot.wiring.requests import AT_A_TIME, is_shaped

LARGEST = 1_000_000  # bytes; Slack's own requests are far smaller
EVENTS = "/slack/events"

Handler = Callable[[Request], Awaitable[Response]]


class _SlackClock(Clock):
    """The real clock, in the form that the SDK's signature check asks for."""

    def __init__(self, clock: RealClock) -> None:
        self._clock = clock

    def now(self) -> float:
        return self._clock.now().timestamp()


def slack_events(app: App, signing_secret: str, clock: RealClock) -> Handler:
    """Answers what Slack sends: 401 for a wrong signature, 413 for too much, 400 for what can't be read."""
    verifier = SignatureVerifier(signing_secret, clock=_SlackClock(clock))
    in_line = asyncio.Semaphore(AT_A_TIME)

    async def answer(request: Request) -> Response:
        try:
            body = await _read(request)
        except ClientDisconnect:
            return Response(status_code=400)
        if body is None:
            return PlainTextResponse("too large", status_code=413)
        if not _is_signed(verifier, body, request):
            return PlainTextResponse("invalid signature", status_code=401)
        async with in_line:
            return await run_in_threadpool(_dispatch, app, body, request)

    return answer


async def _read(request: Request) -> bytes | None:
    """The body, or None when it is larger than it may be."""
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > LARGEST:
        return None
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            return None
    return bytes(body)


def _is_signed(verifier: SignatureVerifier, body: bytes, request: Request) -> bool:
    timestamp = request.headers.get("x-slack-request-timestamp", "")
    signature = request.headers.get("x-slack-signature", "")
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) < 20 and signature.isascii()):
        return False  # the SDK's check raises for these
    try:
        return bool(verifier.is_valid(body=body, timestamp=timestamp, signature=signature))
    except UnicodeDecodeError:
        return False


def _dispatch(app: App, body: bytes, request: Request) -> Response:
    headers: dict[str, str | Sequence[str]] = {name: [value] for name, value in request.headers.items()}
    try:
        asked = BoltRequest(body=body.decode(), query=request.url.query, headers=headers)
    except (ValueError, AttributeError, TypeError, RecursionError):  # Bolt looks into it while it reads it
        return PlainTextResponse("unreadable", status_code=400)
    if not is_shaped(asked.body):
        return PlainTextResponse("unreadable", status_code=400)
    answer = app.dispatch(asked)
    return Response(
        content=answer.body,
        status_code=answer.status,
        headers={name: values[0] for name, values in answer.headers.items() if name.lower() != "content-length"},
    )


def pages(services: Services) -> list[BaseRoute]:
    """What the features let a browser open."""
    features = (customer_page, figures, leaderboards, links, wall_screen)
    return [*(route for feature in features for route in feature.routes(services)), *static_files()]


def build_web(routes: list[BaseRoute], events: Handler | None, is_ready: Callable[[], bool]) -> Starlette:
    """One server for the features' pages, for who watches over the program, and in HTTP mode for Slack."""
    slack = [Route(EVENTS, events, methods=["POST"])] if events else []
    return Starlette(routes=[*slack, Route("/healthz", _alive), Route("/readyz", _readiness(is_ready)), *routes])


async def _alive(_request: Request) -> Response:
    """The process answers."""
    return PlainTextResponse("ok")


def _readiness(is_ready: Callable[[], bool]) -> Callable[[Request], Response]:
    def answer(_request: Request) -> Response:
        """The database answers: Slack may send work here."""
        return PlainTextResponse("ok") if is_ready() else PlainTextResponse("not ready", status_code=503)

    return answer
