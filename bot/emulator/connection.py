"""What a fault rule does to one HTTP call, down to cutting the connection."""

import asyncio
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from bot.emulator.faults import Rule


class CutResponse(Response):
    """No answer at all: the connection ends, as when a network fails."""

    async def __call__(self, _scope: Scope, receive: Receive, _send: Send) -> None:
        # ASGI has no word for it, so this asks uvicorn's own object for the socket; under another server
        # the call ends without an answer, which that server turns into an error of its own.
        transport = getattr(getattr(receive, "__self__", None), "transport", None)
        if transport is not None:
            transport.close()
            while (await receive())["type"] != "http.disconnect":
                pass


async def faulty(rule: Rule | None, request: Request, work: Callable[[Request], Awaitable[Response]]) -> Response:
    """Do the work, in the way that the rule (if there is one) allows."""
    return await _before(request, rule) or await _after(await work(request), rule)


async def _before(request: Request, rule: Rule | None) -> Response | None:
    """The answer that a rule gives instead of doing the call, or None when the call is to be done."""
    if rule is None or rule.kind in ("lost_answer", "delay_after"):
        return None
    if rule.kind == "error":
        return JSONResponse({"ok": False, "error": rule.error})
    if rule.kind == "ratelimited":
        return ratelimited(rule.retry_after)
    if rule.kind == "http":
        return Response("upstream error", rule.status)
    if rule.kind in ("delay", "drop"):
        await asyncio.sleep(rule.seconds)
    if rule.kind == "delay":
        return None
    await request.body()
    return CutResponse()


async def _after(response: Response, rule: Rule | None) -> Response:
    """What becomes of the answer once the call is done."""
    if rule is not None and rule.kind == "lost_answer":
        return CutResponse()
    if rule is not None and rule.kind == "delay_after":
        await asyncio.sleep(rule.seconds)
    return response


def ratelimited(retry_after: int) -> Response:
    return JSONResponse({"ok": False, "error": "ratelimited"}, 429, headers={"Retry-After": str(retry_after)})
