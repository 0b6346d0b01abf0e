"""Making a page of a template: in one language, escaped, under a strict Content-Security-Policy."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles

STATIC = Path(__file__).parent / "static"
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",  # the address of a page is its key
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
    "Cache-Control": "no-store",
}
_TEMPLATES = Environment(
    loader=PackageLoader("bot.pages"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)


def page(template: str, say: Callable[..., str], status: int = 200, **values: Any) -> Response:
    """The page of `templates/<template>.html`; in it `say(…)` speaks the visitor's language."""
    return HTMLResponse(fragment(template, say, **values), status, HEADERS)


def fragment(template: str, say: Callable[..., str], **values: Any) -> str:
    """The HTML of `templates/<template>.html`, for a page that is open already."""
    return _TEMPLATES.get_template(f"{template}.html").render(say=say, **values)


class _Static(StaticFiles):
    """Files that a browser asks for anew, so that after an update a page and its script fit together."""

    def file_response(self, *args: Any, **more: Any) -> Response:
        response = super().file_response(*args, **more)
        response.headers["Cache-Control"] = "no-cache"
        return response


def static_files() -> list[BaseRoute]:
    """What the pages load: styles, scripts and pictures of our own."""
    return [Mount("/static", _Static(directory=STATIC))]
