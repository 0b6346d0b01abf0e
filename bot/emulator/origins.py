"""Where a request comes from: a page from elsewhere must not make this workspace do anything."""

from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request

HOST = "127.0.0.1"  # loopback alone: whoever reaches the page can be anybody
# Another web site can't reach this server by giving its own name this machine's address.
ONLY_HERE = [Middleware(TrustedHostMiddleware, allowed_hosts=[HOST, "localhost"])]


def is_from_elsewhere(request: Request) -> bool:
    """Programs name no origin, and may. For an image's address a page sends none either, but then its browser tells."""
    if request.headers.get("sec-fetch-site") in ("cross-site", "same-site"):
        return True
    origin = request.headers.get("origin")
    return origin is not None and origin.partition("://")[2] != request.headers.get("host")
