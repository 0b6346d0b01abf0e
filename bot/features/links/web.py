"""The poster of a link, to print: `/poster/<token>.pdf`."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot.features.links import actions
from bot.pages.render import HEADERS
from bot.services import Services

# A browser's own viewer of PDFs is a page with styles of its own: the pages' policy would forbid those.
OF_PDF = {name: value for name, value in HEADERS.items() if name != "Content-Security-Policy"}


def routes(services: Services) -> list[BaseRoute]:
    """The posters of links for customers, while the world can reach what they lead to."""

    async def poster(request: Request) -> Response:
        made = await run_in_threadpool(actions.poster_of, services, str(request.path_params["token"]))
        if made is None:
            return PlainTextResponse("There is no poster here.", 404, HEADERS)
        shown = OF_PDF | {"Content-Disposition": 'inline; filename="poster.pdf"'}
        return Response(made, headers=shown, media_type="application/pdf")

    return [Route("/poster/{token}.pdf", poster)]
