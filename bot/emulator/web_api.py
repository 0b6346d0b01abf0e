"""The Web API: one address a method, in Slack's manner of asking and answering."""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot.emulator import (
    chat_methods,
    connection,
    conversation_methods,
    file_methods,
    group_methods,
    reaction_methods,
    scopes,
    user_methods,
    view_methods,
)
from bot.emulator.calls import Call, Method
from bot.emulator.errors import SlackError
from bot.emulator.faults import Faults
from bot.emulator.json_text import read_json
from bot.emulator.model import Json
from bot.emulator.origins import is_from_elsewhere
from bot.emulator.rates import Rates
from bot.emulator.sockets import Sockets
from bot.emulator.team import Team
from bot.emulator.tokens import Tokens
from bot.emulator.uploads import Uploads

KEPT_CALLS = 2000
METHODS: dict[str, Method] = {
    **chat_methods.METHODS,
    **conversation_methods.METHODS,
    **file_methods.METHODS,
    **group_methods.METHODS,
    **reaction_methods.METHODS,
    **user_methods.METHODS,
    **view_methods.METHODS,
}
WITH_APP_TOKEN = "apps.connections.open"  # noqa: S105 - a method's name
WITHOUT_TOKEN = "api.test"  # noqa: S105 - a method's name


@dataclass(frozen=True)
class Record:
    """A call as it came, and what was answered."""

    method: str
    arguments: Json
    answer: Json
    at: float  # the workspace's clock


class WebApi:
    """Checks the token, merges the arguments, calls the method, applies faults and rates."""

    def __init__(
        self,
        teams: Mapping[str, Team],
        tokens: Tokens,
        sockets: Sockets,
        uploads: Uploads,
        faults: Faults,
        rates: Rates,
    ) -> None:
        self._teams, self._tokens, self._sockets, self._uploads = teams, tokens, sockets, uploads
        self._faults, self._rates = faults, rates
        self.calls: deque[Record] = deque(maxlen=KEPT_CALLS)
        self.on_call: list[Callable[[Record], None]] = []
        self.routes: list[BaseRoute] = [Route("/api/{method}", self._receive, methods=["GET", "POST"])]

    async def _receive(self, request: Request) -> Response:
        if is_from_elsewhere(request):
            return JSONResponse({"ok": False, "error": "origin: a page from elsewhere may not call this"}, 403)
        method = request.path_params["method"]
        rule = self._faults.for_call(method)
        if rule is not None:
            self._tell(self._record(method, {}, {"ok": False, "error": f"fault: {rule.kind}"}))
        return await connection.faulty(rule, request, partial(self._respond, method))

    async def _respond(self, method: str, request: Request) -> Response:
        arguments: Json = {}
        headers: dict[str, str] = {}
        try:
            arguments = await _arguments(request)
            team = self._team(method, _token(request, arguments))
            scopes.check(team.workspace, method, str(arguments.get("channel", "")))
            headers = scopes.headers(team.workspace)
            wait = self._rates.wait(team.workspace, method, str(arguments.get("channel", "")))
            if wait:
                self._tell(self._record(method, arguments, {"ok": False, "error": "ratelimited"}))
                return connection.ratelimited(wait)
            answer = {"ok": True, **self._call(team, method, arguments, request)}
        except SlackError as error:
            answer = _refusal(error)
        record = self._record(method, arguments, answer)
        self.calls.append(record)
        self._tell(record)
        return JSONResponse(answer, headers=headers)

    def _record(self, method: str, arguments: Json, answer: Json) -> Record:
        return Record(method, arguments, answer, next(iter(self._teams.values())).workspace.clock.now())

    def _tell(self, record: Record) -> None:
        for told in self.on_call:
            told(record)

    def _team(self, method: str, token: str) -> Team:
        if method not in METHODS:
            raise SlackError("unknown_method")
        if method == WITHOUT_TOKEN:
            return next(iter(self._teams.values()))
        team = self._teams[self._tokens.team_of(token)]
        if token.startswith("xapp-") != (method == WITH_APP_TOKEN):
            raise SlackError("not_allowed_token_type")
        return team

    def _call(self, team: Team, method: str, arguments: Json, request: Request) -> Json:
        address = team.workspace.address = str(request.base_url)
        return METHODS[method](Call(method, arguments, team, self._sockets, self._uploads, address))


def _refusal(error: SlackError) -> Json:
    answer: Json = {"ok": False, "error": error.error, **error.details}
    if error.messages:
        answer["response_metadata"] = {"messages": error.messages}
    return answer


def _token(request: Request, arguments: Json) -> str:
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else str(arguments.get("token") or "")


async def _arguments(request: Request) -> Json:
    """Query, form and JSON together; the body wins."""
    merged: Json = dict(request.query_params)
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind == "application/json":
        merged |= _object(await request.body())
    elif kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
        merged |= {name: _text(value) for name, value in (await request.form()).items()}
    return merged


def _text(value: UploadFile | str) -> str:
    """No method takes a file: those have an address of their own."""
    return value if isinstance(value, str) else value.filename or ""


def _object(body: bytes) -> Json:
    try:
        found: Any = read_json(body or b"{}")  # slack_sdk announces JSON also when it sends nothing
    except ValueError:
        raise SlackError("invalid_json") from None
    if not isinstance(found, dict):
        raise SlackError("json_not_object")
    return found
