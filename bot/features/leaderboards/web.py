"""The page of a leaderboard, and the same as a file: `/board/<token>` and `/board/<token>.csv`."""

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot.features.leaderboards import wording
from bot.features.leaderboards.actions import Seen
from bot.features.leaderboards.export import csv_of
from bot.features.leaderboards.reading import Read, read_board, workspace_of_board
from bot.features.leaderboards.rules import TeamBoard
from bot.kernel.office import Say
from bot.kernel.periods import code_of, name_of
from bot.pages import charts
from bot.pages.render import HEADERS, page
from bot.services import Services


def routes(services: Services) -> list[BaseRoute]:
    """The pages of boards, for who has a link."""

    async def show(request: Request) -> Response:
        return await run_in_threadpool(_show, services, request)

    async def file(request: Request) -> Response:
        return await run_in_threadpool(_file, services, request)

    return [Route("/board/{token}.csv", file), Route("/board/{token}", show)]


def _show(services: Services, request: Request) -> Response:
    token = str(request.path_params["token"])
    workspace_id = workspace_of_board(services, token)
    if workspace_id is None:
        return page("wall_unknown", services.speakers[services.settings.language], status=404)
    read = read_board(services, workspace_id, request.query_params.get("period", ""))
    return page("board", read.office.say, token=token, **_values(read, read.office.say))


def _file(services: Services, request: Request) -> Response:
    workspace_id = workspace_of_board(services, str(request.path_params["token"]))
    if workspace_id is None:
        return PlainTextResponse("There is no board here.", 404, HEADERS)
    read = read_board(services, workspace_id, request.query_params.get("period", ""))
    if read.wrong:
        return PlainTextResponse(read.office.say.error(read.wrong), 400, HEADERS)
    made = csv_of(services, workspace_id, read.code, read.seen.mode)
    named = {"Content-Disposition": f'attachment; filename="board-{read.code}.csv"'}
    return Response(made, headers=HEADERS | named, media_type="text/csv")


def _values(read: Read, say: Say) -> dict[str, Any]:
    seen = read.seen
    table = wording.table_of(seen.board, seen.today, say)
    return {
        "company": read.office.name,
        "period": wording.period_called(seen, say),
        "wrong": say.error(read.wrong) if read.wrong else "",
        "kinds": [(code_of(one), say(name), kind == seen.period.kind) for kind, name, one in read.kinds],
        "before": (code_of(read.before), name_of(read.before, seen.today, say)),
        "after": (code_of(read.after), name_of(read.after, seen.today, say)) if read.after else None,
        "code": read.code,
        "empty": wording.empty_line(seen, say) if wording.is_empty(seen.board) else "",
        "is_team": isinstance(seen.board, TeamBoard),
        "heading": say("Fans together") if isinstance(seen.board, TeamBoard) else table.columns[2],
        "summary": wording.sentence(seen, say),
        "drawn": _drawn(seen, say),
        "columns": table.columns,
        "rows": [[wording.shown(cell, say) for cell in row] for row in table.rows],
        "name_at": table.name_at,
        "beneath": wording.beneath(seen, say),
        "counted": wording.counted_line(seen.mode, say),
        "made": say.day(read.today),
    }


def _drawn(seen: Seen, say: Say) -> charts.Line | charts.Bars:
    board = seen.board
    if isinstance(board, TeamBoard):
        points = [charts.Point(wording.short_name(one, say), fans, str(fans)) for one, fans in board.points]
        return charts.line(points)
    scores = wording.scores(board)
    return charts.bars([charts.Point(name, float(number), wording.shown(number, say)) for name, number in scores])
