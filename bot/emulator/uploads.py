"""The addresses outside the Web API at which files come in and go out."""

from collections.abc import Callable
from secrets import token_hex

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot.emulator.errors import SlackError
from bot.emulator.files import SHOWABLE, visible_file
from bot.emulator.model import File
from bot.emulator.workspace import Workspace

# Slack sends who has no token to a page to sign in, with HTTP 200: an app that forgets it saves that page as its file.
SIGN_IN = "<!DOCTYPE html><html><head><title>Slack</title></head><body>Sign in to your workspace</body></html>"


class Uploads:
    """What the app uploads, and everybody's files; `team_of` tells which workspace a token is for."""

    def __init__(self, workspaces: dict[str, Workspace], team_of: Callable[[str], str]) -> None:
        self._workspaces, self._team_of = workspaces, team_of
        self._expected: dict[str, tuple[Workspace, File]] = {}
        self.routes: list[BaseRoute] = [
            Route("/upload/v1/{ticket}", self._receive, methods=["POST"]),
            Route("/files-pri/{team}-{file}/{name:path}", self._give),
        ]

    def expect(self, workspace: Workspace, file: File) -> str:
        """What lets one upload in, one time."""
        ticket = token_hex(16)
        self._expected[ticket] = workspace, file
        return ticket

    async def _receive(self, request: Request) -> Response:
        """The bytes as they are, or as the only file of a form."""
        workspace, file = self._expected.pop(request.path_params["ticket"], (None, None))
        if workspace is None or file is None:
            return PlainTextResponse("Error - invalid upload ticket", 404)
        content = await _content(request)
        if len(content) != file.size:
            return PlainTextResponse("Error - size mismatch", 400)
        file.content = content
        return PlainTextResponse(f"OK - {file.size}")

    async def _give(self, request: Request) -> Response:
        """To the app with its token, and to this server's own page."""
        workspace = self._workspaces.get(request.path_params["team"])
        file = workspace.files.get(request.path_params["file"]) if workspace else None
        if workspace is None or file is None or file.content is None:
            return PlainTextResponse("Not found", 404)
        if not self._may_read(request, workspace, file):
            return HTMLResponse(SIGN_IN)
        # Never as a page of this server: what somebody uploaded must not run here.
        shown = file.mimetype in SHOWABLE or file.mimetype == "image/webp"
        headers = {"X-Content-Type-Options": "nosniff", "Content-Disposition": "inline" if shown else "attachment"}
        return Response(file.content, media_type=file.mimetype, headers=headers)

    def _may_read(self, request: Request, workspace: Workspace, file: File) -> bool:
        if request.headers.get("sec-fetch-site") in (
            "same-origin",
            "none",
        ):  # a browser's word, which no page can forge
            return True
        try:
            token = request.headers.get("authorization", "").removeprefix("Bearer ")
            return self._team_of(token) == workspace.team_id and visible_file(workspace, file.id) is file
        except SlackError:
            return False


async def _content(request: Request) -> bytes:
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        return await request.body()
    async with request.form() as form:
        for value in form.values():
            if not isinstance(value, str):
                return await value.read()
    return b""
